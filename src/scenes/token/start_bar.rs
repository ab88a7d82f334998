//! Where to start from, and how to take things back and along: examples, the browser's token, undo, a link.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{copy, page_address};
use crate::components::{Prose, ToolButton};
use crate::state::examples::Example;
use crate::state::memo;
use crate::state::{LinkMade, Notice, Studio};
use crate::wording;

/// The bar.
#[component]
pub(super) fn StartBar() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let is_empty = memo(move || studio.token.with(|token| token.text().is_empty()));
    let share = move |()| {
        spawn_local(async move {
            let link = studio.link().await;
            let made = match &link {
                Ok((fragment, signed)) => {
                    let copied = copy(&format!("{}{fragment}", page_address())).await;
                    if copied {
                        LinkMade::Copied { signed: *signed }
                    } else {
                        LinkMade::Refused
                    }
                }
                Err(why) => LinkMade::None(*why),
            };
            studio.notice.set(Some(Notice::LinkMade(made)));
        });
    };
    let examples = Example::ALL.map(|example| {
        view! {
            <ToolButton
                label=wording::example_name(example)
                on_press=Callback::new(move |()| {
                    spawn_local(async move { studio.load_example(example).await });
                })
            />
        }
    });
    view! {
        <section class="start-bar" aria-labelledby="studio-start">
            <h2 id="studio-start">"Start from an example"</h2>
            <div class="tools" role="group" aria-label="Examples">
                {examples}
            </div>
            <div class="tools">
                <ToolButton
                    label="Take the browser’s"
                    idle=Signal::derive(move || studio.browsers_token().is_none())
                    on_press=Callback::new(move |()| studio.take_the_browsers())
                />
                <ToolButton
                    label="Undo"
                    idle=Signal::derive(move || studio.token.with(|token| !token.can_undo()))
                    on_press=Callback::new(move |()| studio.on_undo(None).run(false))
                />
                <ToolButton label="Copy link" idle=is_empty on_press=Callback::new(share) />
            </div>
            <p class="note" role="status">
                {move || {
                    let notice = studio.notice.get().map(|notice| wording::studio_notice(&notice));
                    let said = notice.unwrap_or_else(|| {
                        String::from(if is_empty.get() { wording::NO_TOKEN_YET } else { "" })
                    });
                    view! { <Prose text=said /> }
                }}
            </p>
        </section>
    }
}
