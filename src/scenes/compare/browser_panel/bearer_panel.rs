//! What page script keeps of a lane, and its editor: a session ID, or a token with header and payload, each of which
//! carries its changes to the others.

use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use protocol::{Carrier, Credential, Lane, TokenPart};

use super::super::kept_copy::KeptCopy;
use super::draft_signal::DraftSignal;
use super::next_request::NextRequest;
use super::refresh_cookie::RefreshCookie;
use super::token_tools::TokenTools;
use crate::browser::BearerStorage;
use crate::components::{DraftField, PartField, ToolButton};
use crate::state::Playground;
use crate::state::memo;
use crate::wording::{self, Verdict};

/// What page script keeps.
#[component]
pub(super) fn BearerPanel(
    /// Of which lane.
    lane: Lane,
    /// What it is.
    credential: Credential,
    /// Where it is.
    carrier: Carrier,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let held = move || playground.browser.with(|view| view.bearer(lane).is_some());
    let typing = RwSignal::new(false);
    let draft = DraftSignal(*lane.of(&playground.drafts));
    let has_editor = memo(move || held() || typing.get() || !draft.text().is_empty());
    let fell_back = move || playground.browser.with(|view| *lane.of(&view.fell_back));
    let place = wording::carrier_word(carrier);
    let key = BearerStorage::key(lane, &playground.scheme_now(lane));
    view! {
        <div>
            <h3>{format!("In the browser · {place} ")} <small>"what page script sees"</small></h3>
            <Show when=move || !held()>
                <p class="empty">
                    {wording::may_be_empty(credential)} {place} " under " <code>{key}</code> "."
                </p>
            </Show>
            <Show
                when=move || has_editor.get()
                fallback=move || {
                    view! {
                        <ToolButton
                            label="Type one in"
                            on_press=Callback::new(move |()| typing.set(true))
                        />
                    }
                }
            >
                <Editor lane=lane is_token=credential.is_token() />
            </Show>
            <p class="note">{wording::bearer_note(credential, carrier)}</p>
            <Show when=fell_back>
                <p class="note trouble">{wording::fell_back(credential)}</p>
            </Show>
            {(credential == Credential::AccessAndRefresh)
                .then(|| view! { <RefreshCookie lane=lane /> })}
            <KeptCopy lane=lane />
        </div>
    }
}

/// IDs of elements: those of the lane that starts with such an editor are plain.
const fn ids(lane: Lane, is_token: bool) -> [&'static str; 3] {
    match (lane, is_token) {
        (Lane::B, true) => ["token-compact", "token-header", "token-payload"],
        (Lane::A, true) => ["token-compact-a", "token-header-a", "token-payload-a"],
        (Lane::A, false) => ["session-id", "", ""],
        (Lane::B, false) => ["session-id-b", "", ""],
    }
}

/// What a request with the draft would meet.
fn question(playground: Playground, lane: Lane) -> LocalBoxFuture<'static, Verdict> {
    Box::pin(async move {
        let draft = DraftSignal(*lane.of(&playground.drafts));
        let mut page = playground.page_context();
        if untrack(move || draft.is_edited()) {
            *lane.of_mut(&mut page.bearers) = Some(untrack(move || draft.text()));
        }
        Verdict::of_preview(playground.preview(lane, page).await)
    })
}

#[component]
fn Editor(lane: Lane, is_token: bool) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let draft = DraftSignal(*lane.of(&playground.drafts));
    let text = memo(move || draft.text());
    let edit = Callback::new(move |text| draft.edit(text));
    let [whole, header, payload] = ids(lane, is_token);
    let parts = move || {
        let part = |label, id, part| {
            view! {
                <PartField
                    label=label
                    id=id
                    part=part
                    compact=text
                    on_edit=edit
                    on_undo=draft.on_undo()
                />
            }
        };
        view! {
            <div class="token-parts">
                {part("Header", header, TokenPart::Header)}
                {part("Payload", payload, TokenPart::Payload)}
            </div>
        }
    };
    view! {
        <div class="editor">
            <DraftField
                label=if is_token { "Access token" } else { "Session ID" }
                id=whole
                text=text
                coloured=is_token
                on_edit=edit
                on_undo=draft.on_undo()
            />
            {is_token.then(parts)}
            <NextRequest lane=lane question=question />
            <TokenTools lane=lane is_token=is_token />
        </div>
    }
}
