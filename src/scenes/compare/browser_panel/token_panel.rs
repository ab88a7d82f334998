//! The token in localStorage, and its editor: compact text, header and payload, each of which carries its changes to
//! the others.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Carrier, Credential, Lane, TokenPart};

use super::super::kept_copy::KeptCopy;
use super::draft_signal::DraftSignal;
use super::next_request::NextRequest;
use crate::browser::{TOKEN_KEY, go_to_fragment};
use crate::components::{DraftField, PartField, ToolButton};
use crate::route::Scene;
use crate::state::memo;
use crate::state::token_parts::{part_text, signature, signing_input, with_part, with_signature};
use crate::state::{Playground, Studio};
use crate::wording::{self, Verdict};

/// A change that is worth a button: what the issued token says, and what would be tempting.
const ROLE_ISSUED: &str = "\"role\":\"member\"";
const ROLE_WANTED: &str = "\"role\":\"admin\"";

/// The token in the browser.
#[component]
pub(super) fn TokenPanel(
    /// Whose token.
    lane: Lane,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let held = move || playground.browser.with(|view| view.token.is_some());
    let typing = RwSignal::new(false);
    let has_editor = memo(move || {
        held()
            || typing.get()
            || playground
                .token_draft
                .with(|draft| !draft.text().is_empty())
    });
    let in_memory = move || playground.browser.with(|view| view.token_in_memory);
    view! {
        <div>
            <h3>"In the browser · localStorage " <small>"what page script sees"</small></h3>
            <Show when=move || !held()>
                <p class="empty">
                    "No token. After sign-in it stands here, and in localStorage under "
                    <code>{TOKEN_KEY}</code> "."
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
                <TokenEditor lane=lane />
            </Show>
            <p class="note">
                "Signed, not encrypted: whoever holds it can read it, and any script on this page can take it. OWASP advises against localStorage; it is used here because the comparison asks for it."
            </p>
            <Show when=in_memory>
                <p class="note trouble">
                    "This browser lets the page store nothing, so the token is in memory: it is gone when you leave the page."
                </p>
            </Show>
            <KeptCopy lane=lane />
        </div>
    }
}

#[component]
fn TokenEditor(lane: Lane) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let draft = DraftSignal(playground.token_draft);
    let compact = memo(move || draft.text());
    let edit = Callback::new(move |text| draft.edit(text));
    let question = move || async move {
        let mut page = Playground::page_context();
        if untrack(move || draft.is_edited()) {
            page.token = Some(untrack(move || draft.text()));
        }
        Verdict::of_preview(
            playground.preview(lane, page).await,
            Credential::AccessToken,
        )
    };
    view! {
        <div class="editor">
            <DraftField
                label="Access token"
                id="token-compact"
                text=compact
                coloured=true
                on_edit=edit
                on_undo=draft.on_undo()
            />
            <div class="token-parts">
                {[
                    ("Header", "token-header", TokenPart::Header),
                    ("Payload", "token-payload", TokenPart::Payload),
                ]
                    .map(|(label, id, part)| {
                        view! {
                            <PartField
                                label=label
                                id=id
                                part=part
                                compact=compact
                                on_edit=edit
                                on_undo=draft.on_undo()
                            />
                        }
                    })}
            </div>
            <NextRequest credential=Credential::AccessToken question=question />
            <TokenTools />
        </div>
    }
}

#[component]
fn TokenTools() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let studio = expect_context::<Studio>();
    let draft = DraftSignal(playground.token_draft);
    let text = move || draft.text();
    let edit = move |text: String| draft.edit(text);
    let issued = move || playground.issued.with(|issued| issued.token.clone());
    let issued_signature = move || issued().map(|token| signature(&token).to_owned());

    let put = move |()| playground.put_token(&untrack(text));
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
    let put_back = move |()| {
        if let Some(token) = untrack(issued) {
            edit(token);
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
        <div class="tools">
            <ToolButton
                label="Put it into the browser"
                main=true
                idle=draft.is_held()
                on_press=Callback::new(put)
            />
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
            <ToolButton
                label="Open in the studio"
                on_press=Callback::new(move |()| {
                    studio.load(untrack(text), None);
                    go_to_fragment(Scene::Token.link());
                })
            />
            <ToolButton
                label="Delete it"
                idle=Signal::derive(move || playground.browser.with(|view| view.token.is_none()))
                on_press=Callback::new(move |()| playground.delete_token())
            />
        </div>
        <p class="note" role="status">
            {move || wording::draft_state(draft.is_edited(), Carrier::LocalStorage)}
        </p>
    }
}
