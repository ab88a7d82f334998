//! The terms under which the token is judged: allowlist, expected claims, leeway. They start from the server's.

use leptos::prelude::*;
use protocol::TokenCheck;

use crate::components::ToolButton;
use crate::state::Studio;
use crate::state::memo;
use crate::state::terms::{FAMILIES, OPTIONAL, Terms};
use crate::state::token_link::claim;
use crate::wording;

/// The terms.
#[component]
pub(super) fn TermsPanel() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let terms = memo(move || studio.terms());
    let by_server = memo(move || studio.are_the_servers_terms());
    let leeway = memo(move || terms.with(Terms::leeway_seconds).err());
    view! {
        <section aria-labelledby="studio-terms">
            <h2 id="studio-terms">"Terms"</h2>
            <p class="note" role="status">
                {move || wording::terms_state(by_server.get())}
            </p>
            <div class="tools">
                <ToolButton
                    label="Terms as the server’s"
                    idle=by_server
                    on_press=Callback::new(move |()| studio.take_the_servers_terms())
                />
            </div>
            <fieldset class="switches">
                <legend>"Algorithms that are allowed"</legend>
                {FAMILIES
                    .map(|(family, names)| {
                        let boxes: Vec<_> = names
                            .iter()
                            .map(|&name| {
                                check_box(
                                    name,
                                    Signal::derive(move || {
                                        terms.with(|it| it.algorithms.iter().any(|it| it == name))
                                    }),
                                    Callback::new(move |on| {
                                        studio.change_terms(|it| it.allow(name, on));
                                    }),
                                )
                            })
                            .collect();
                        view! {
                            <div class="switch-row" role="group" aria-label=family>
                                {boxes}
                            </div>
                        }
                    })}
            </fieldset>
            <div class="studio-fields">
                {text_field(
                    studio,
                    terms,
                    "Others, by name",
                    "studio-others",
                    |it| &it.others,
                    |it| &mut it.others,
                )} {expected(studio, terms, TokenCheck::Issuer, |it| &it.issuer, |it| &mut it.issuer)}
                {expected(studio, terms, TokenCheck::Audience, |it| &it.audience, |it| &mut it.audience)}
                {expected(
                    studio,
                    terms,
                    TokenCheck::Type,
                    |it| &it.token_type,
                    |it| &mut it.token_type,
                )}
                {text_field(
                    studio,
                    terms,
                    "Leeway in seconds",
                    "studio-leeway",
                    |it| &it.leeway,
                    |it| &mut it.leeway,
                )}
            </div>
            <p class="note trouble" role="alert">
                {move || leeway.get().map(wording::leeway_problem)}
            </p>
            <fieldset class="switches">
                <legend>"Checks that run. Those before the claims always do."</legend>
                <div class="switch-row">
                    {OPTIONAL
                        .map(|check| {
                            check_box(
                                claim(check),
                                Signal::derive(move || {
                                    terms.with(|it| !it.left_out.contains(&check))
                                }),
                                Callback::new(move |on| {
                                    studio.change_terms(|it| it.run(check, on));
                                }),
                            )
                        })}
                </div>
            </fieldset>
            <p class="note">"The clock is the one in the header of the page."</p>
        </section>
    }
}

fn check_box(label: &'static str, on: Signal<bool>, change: Callback<bool>) -> AnyView {
    view! {
        <label>
            <input
                type="checkbox"
                prop:checked=on
                on:change:target=move |event| change.run(event.target().checked())
            />
            <code>{label}</code>
        </label>
    }
    .into_any()
}

type Read = fn(&Terms) -> &String;
type Write = fn(&mut Terms) -> &mut String;

/// What is expected of a claim.
fn expected(
    studio: Studio,
    terms: Memo<Terms>,
    check: TokenCheck,
    read: Read,
    write: Write,
) -> AnyView {
    let (label, id) = match check {
        TokenCheck::Issuer => ("Expected iss", "studio-iss"),
        TokenCheck::Audience => ("Expected aud", "studio-aud"),
        _ => ("Expected typ", "studio-typ"),
    };
    text_field(studio, terms, label, id, read, write)
}

fn text_field(
    studio: Studio,
    terms: Memo<Terms>,
    label: &'static str,
    id: &'static str,
    read: Read,
    write: Write,
) -> AnyView {
    view! {
        <label for=id>{label}</label>
        <input
            id=id
            class="mono"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            prop:value=move || terms.with(|terms| read(terms).clone())
            on:input:target=move |event| {
                let typed = event.target().value();
                studio.change_terms(|terms| *write(terms) = typed);
            }
        />
    }
    .into_any()
}
