//! What can be done with what page script keeps: put it in its place, change it, sign it, delete it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Lane, TokenPart};

use super::draft_signal::DraftSignal;
use crate::browser::go_to_fragment;
use crate::components::ToolButton;
use crate::route::Scene;
use crate::state::memo;
use crate::state::token_parts::{part_text, signature, signing_input, with_part, with_signature};
use crate::state::{Held, Playground};
use crate::wording;

/// A change that is worth a button: what the issued token says, and what would be tempting.
const ROLE_ISSUED: &str = "\"role\":\"member\"";
const ROLE_WANTED: &str = "\"role\":\"admin\"";

/// The tools beside the editor of what page script keeps.
#[component]
pub(super) fn TokenTools(
    /// Of which lane.
    lane: Lane,
    /// Whether it is a token: a session ID has nothing in it to be changed.
    is_token: bool,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let draft = DraftSignal(*lane.of(&playground.drafts));
    let text = move || draft.text();
    let edit = move |text: String| draft.edit(text);
    let issued = move || lane.of(&playground.issued).get();
    let put = move |()| playground.put_bearer(lane, &untrack(text));
    let put_back = move |()| {
        if let Some(token) = untrack(issued) {
            edit(token);
        }
    };
    view! {
        <div class="tools">
            <ToolButton
                label="Put it into the browser"
                main=true
                idle=draft.is_held()
                on_press=Callback::new(put)
            />
            {is_token.then(|| view! { <TokenChanges lane=lane /> })}
            <ToolButton
                label="Put back the issued one"
                idle=Signal::derive(move || issued().is_none_or(|token| token == text()))
                on_press=Callback::new(put_back)
            />
            <ToolButton
                label="Undo"
                idle=draft.is_fresh()
                on_press=Callback::new(move |()| draft.on_undo().run(false))
            />
            {is_token.then(|| view! { <OpenInStudio lane=lane /> })}
            <ToolButton
                label="Delete it"
                idle=Signal::derive(move || playground.browser.with(|view| view.bearer(lane).is_none()))
                on_press=Callback::new(move |()| playground.delete_bearer(lane))
            />
        </div>
        <p class="note" role="status">
            {move || wording::draft_state(
                    draft.is_edited(),
                    if is_token { Held::Token } else { Held::SessionId },
                )}
        </p>
    }
}

/// What can be changed in a token.
#[component]
fn TokenChanges(lane: Lane) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let draft = DraftSignal(*lane.of(&playground.drafts));
    let text = move || draft.text();
    let edit = move |text: String| draft.edit(text);
    let issued = move || lane.of(&playground.issued).get();
    let issued_signature = move || issued().map(|token| signature(&token).to_owned());

    let sign = move |()| {
        let signed = untrack(text);
        spawn_local(async move {
            if let Some(signature) = playground.sign(signing_input(&signed)).await {
                edit(with_signature(&signed, &signature));
            }
        });
    };
    let keep_signature = move |()| {
        if let Some(signature) = untrack(issued_signature) {
            edit(with_signature(&untrack(text), &signature));
        }
    };
    let promote = move |()| {
        let token = untrack(text);
        let payload = part_text(&token, TokenPart::Payload).text;
        edit(with_part(
            &token,
            TokenPart::Payload,
            &payload.replace(ROLE_ISSUED, ROLE_WANTED),
        ));
    };
    let has_role = memo(move || {
        part_text(&draft.text(), TokenPart::Payload)
            .text
            .contains(ROLE_ISSUED)
    });
    view! {
        <ToolButton
                label="Make it say admin"
                idle=Signal::derive(move || !has_role.get())
                on_press=Callback::new(promote)
            />
        <ToolButton label="Re-sign as the server would" on_press=Callback::new(sign) />
        <ToolButton
                label="Keep the old signature"
                idle=Signal::derive(move || {
                    issued_signature().is_none_or(|old| signature(&draft.text()) == old)
                })
                on_press=Callback::new(keep_signature)
            />
    }
}

#[component]
fn OpenInStudio(lane: Lane) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let draft = DraftSignal(*lane.of(&playground.drafts));
    let text = move || draft.text();
    view! {
            <ToolButton
                label="Open in the studio"
                on_press=Callback::new(move |()| {
                    playground.for_studio.set(Some(untrack(text)));
                    go_to_fragment(Scene::Token.link());
                })
            />
    }
}
