//! The key: the server's, or one that is given. What was read of it, its public half, and signing with it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{KeyEncoding, PublicHalf, Service, Signer};

use super::make_key::MakeKey;
use crate::components::{CopyButton, Prose, ToolButton};
use crate::state::memo;
use crate::state::token_parts::signature;
use crate::state::{Playground, Studio};
use crate::wording;

/// How a key's text may be read.
const ENCODINGS: [(KeyEncoding, &str); 4] = [
    (KeyEncoding::Detect, "as what it looks like"),
    (KeyEncoding::Text, "as a secret, in text"),
    (KeyEncoding::Base64, "as a secret, in base64"),
    (KeyEncoding::Base64url, "as a secret, in base64url"),
];

/// Stands for a signature that is not there yet.
const AWAITED: &str = "…";

/// How many keys of a set are told.
const SHOWN_KEYS: usize = 10;

/// The key.
#[component]
pub(super) fn KeyPanel() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let terms = memo(move || studio.terms());
    let own_key = memo(move || terms.with(|terms| terms.own_key));
    let choose = move |own: bool| studio.change_terms(|terms| terms.own_key = own);
    let encoding = move |event: leptos::ev::Event| {
        let index: usize = event_target_value(&event).parse().unwrap_or_default();
        if let Some((encoding, _)) = ENCODINGS.get(index) {
            studio.change_terms(|terms| terms.key.encoding = *encoding);
        }
    };
    view! {
        <section aria-labelledby="studio-key">
            <h2 id="studio-key">"Key"</h2>
            <fieldset class="switches first">
                <legend>"The key that verifies"</legend>
                <div class="switch-row">
                    {[("The server’s", false), ("One that is given", true)]
                        .map(|(label, own)| {
                            view! {
                                <label>
                                    <input
                                        type="radio"
                                        name="studio-key-choice"
                                        prop:checked=move || own_key.get() == own
                                        on:change=move |_| choose(own)
                                    />
                                    {label}
                                </label>
                            }
                        })}
                </div>
            </fieldset>
            <div class="draft">
                <label for="studio-given-key">"Given key: text, base64, PEM, JWK or JWKS"</label>
                <textarea
                    id="studio-given-key"
                    class="mono"
                    rows="4"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=move || terms.with(|terms| terms.key.text.clone())
                    on:input:target=move |event| {
                        let typed = event.target().value();
                        studio
                            .change_terms(|terms| {
                                terms.key.text = typed;
                                terms.own_key = true;
                            });
                    }
                ></textarea>
            </div>
            <div class="switch-row">
                <label for="studio-encoding">"Read it"</label>
                <select id="studio-encoding" on:change=encoding>
                    {ENCODINGS
                        .into_iter()
                        .enumerate()
                        .map(|(index, (encoding, name))| {
                            view! {
                                <option
                                    value=index.to_string()
                                    prop:selected=move || {
                                        terms.with(|terms| terms.key.encoding == encoding)
                                    }
                                >
                                    {name}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </div>
            <MakeKey />
            <KeyReading />
            <Signing />
            <PublicHalves />
            <p class="note">
                "A given key stays in this tab’s memory: it is stored nowhere, sent nowhere, and never in a link."
            </p>
        </section>
    }
}

/// What was read of the key, or of the server's.
#[component]
fn KeyReading() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let lines = memo(move || {
        let own_key = studio.terms().own_key;
        studio.inspected.answer.with(|answer| {
            let Some(Ok(inspection)) = answer else {
                return Vec::new();
            };
            let report = &inspection.key;
            let summary = own_key.then(|| wording::key_summary(report)).flatten();
            let facts = |key| format!("{}. {}", wording::key_facts(key), wording::key_power(key));
            summary
                .into_iter()
                .chain(report.keys.iter().take(SHOWN_KEYS).map(facts))
                .chain(report.problems.iter().map(wording::key_problem))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <div class="key-reading note" role="status">
            {move || {
                lines.get().into_iter().map(|line| view! { <p><Prose text=line /></p> }).collect_view()
            }}
        </div>
    }
}

#[component]
fn Signing() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let is_own = memo(move || studio.terms().own_key);
    let sign = move |signer: Signer| {
        spawn_local(async move { studio.sign(signer).await });
    };
    let with_the_key = move |()| {
        let terms = untrack(|| studio.terms());
        let token = untrack(|| studio.text());
        sign(Studio::signer(&terms, &token));
    };
    let right = memo(move || {
        studio.right.answer.with(|answer| {
            let Some(answer) = answer else {
                return Some(String::from(AWAITED));
            };
            let right = answer.as_ref()?;
            let right_one = right.signed.as_ref().ok()?;
            studio.token.with(|token| {
                Some(if token.text() != right.token {
                    String::from(AWAITED)
                } else if signature(token.text()) == right_one {
                    String::new()
                } else {
                    right_one.clone()
                })
            })
        })
    });
    view! {
        <div class="tools">
            <ToolButton
                label="Sign with this key"
                main=true
                idle=Signal::derive(move || !is_own.get())
                on_press=Callback::new(with_the_key)
            />
            <ToolButton
                label="Re-sign as the server would"
                on_press=Callback::new(move |()| sign(Signer::Service(Service::Main)))
            />
        </div>
        <p class="note right-signature">
            {move || view! { <Prose text=wording::right_signature(right.get().as_deref()) /> }}
        </p>
    }
}

/// The public half of the key, to be given away.
#[component]
fn PublicHalves() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let studio = expect_context::<Studio>();
    let asked = RwSignal::new(None);
    let key = memo(move || {
        let terms = studio.terms();
        (
            playground.token_algorithm.get(),
            terms.own_key.then_some(terms.key),
        )
    });
    let show = move |()| {
        let of = key.get_untracked();
        spawn_local(async move {
            let half = match playground.public_half(of.1.clone()).await {
                Ok(Some(half)) => Ok(half),
                Ok(None) => Err(wording::NO_PUBLIC_HALF.to_owned()),
                Err(reason) => Err(reason),
            };
            asked.set(Some((of, half)));
        });
    };
    // Another key has another half.
    let half = move || {
        let (of, half) = asked.get()?;
        (of == key.get()).then_some(half)
    };
    view! {
        <div class="tools">
            <ToolButton label="Show its public half" on_press=Callback::new(show) />
        </div>
        {move || {
            half()
                .map(|half| match half {
                    Ok(PublicHalf { pem, jwk, jwks }) => {
                        let shown = pem.clone();
                        view! {
                            <pre class="cell" tabindex="0" role="region" aria-label="Public half">
                                {shown}
                            </pre>
                            <div class="tools">
                                {[("Copy as PEM", pem), ("Copy as JWK", jwk), ("Copy as JWKS", jwks)]
                                    .map(|(label, text)| {
                                        view! { <CopyButton label=label text=text /> }
                                    })}
                            </div>
                        }
                            .into_any()
                    }
                    Err(reason) => view! { <p class="note">{reason}</p> }.into_any(),
                })
        }}
    }
}
