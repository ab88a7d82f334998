//! Token: one token on one screen, to see, to change, to sign and to send. What it says of a token is asked of the worker.

mod blast_radius;
mod claims;
mod editor;
mod holders;
mod key_panel;
mod lifetime_bar;
mod make_key;
mod sending;
mod start_bar;
mod terms_panel;
mod texts;
mod verdict;

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use self::blast_radius::BlastRadius;
use self::claims::Claims;
use self::editor::Editor;
use self::holders::Holders;
use self::key_panel::KeyPanel;
use self::sending::Sending;
use self::start_bar::StartBar;
use self::terms_panel::TermsPanel;
use self::texts::Texts;
use self::verdict::Checks;
use crate::state::memo;
use crate::state::{PageLife, Playground, Studio};

/// Typing has paused after this: what costs a signature is asked then.
const PAUSE: Duration = Duration::from_millis(300);

/// The scene.
#[component]
pub(crate) fn TokenScene(
    /// The address's fragment, which may hold a link's token.
    fragment: RwSignal<String>,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let studio = PageLife::keep(|| Studio::new(playground));
    if let Some(token) = playground.for_studio.get_untracked() {
        playground.for_studio.set(None);
        studio.load(token, None);
    }
    fragment.with_untracked(|fragment| studio.open_link(fragment));
    studio.begin();
    Effect::new(move |_| fragment.with(|fragment| studio.open_link(fragment)));
    keep_asking(studio);
    let texts = memo(move || studio.token.with(|token| Texts::of(token.text())));
    provide_context(texts);

    view! {
        <div class="token-studio">
            <StartBar />
            <Editor />
            <div class="studio-columns">
                <Checks />
                <div>
                    <Sending />
                    <Claims />
                </div>
            </div>
            <div class="studio-columns">
                <TermsPanel />
                <KeyPanel />
            </div>
            <div class="studio-columns">
                <BlastRadius />
                <Holders />
            </div>
        </div>
    }
}

/// Asks for the verdict at each change, and for the right signature once typing has paused.
fn keep_asking(studio: Studio) {
    let playground = expect_context::<Playground>();
    Effect::new(move |_| {
        studio.token.track();
        studio.own_terms.track();
        playground.token_algorithm.track();
        playground.observation.track();
        playground.clock_offset_seconds.track();
        playground.second.track();
        studio.inspected.ask(move || studio.inspect());
    });
    Effect::new(move |waiting: Option<Option<TimeoutHandle>>| {
        studio.token.track();
        studio.own_terms.track();
        studio.before.track();
        playground.token_algorithm.track();
        if let Some(waiting) = waiting.flatten() {
            waiting.clear();
        }
        let ask = move || studio.right.ask(move || studio.right_signature());
        set_timeout_with_handle(ask, PAUSE).ok()
    });
}
