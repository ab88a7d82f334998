//! The cookie in the browser that carries the lane's credential, and its editor.

use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Cookie, CookieEffect, Credential, Lane, Storing};

use super::super::kept_copy::KeptCopy;
use super::cookie_switches::CookieSwitches;
use super::draft_signal::DraftSignal;
use super::last_lines::LastLines;
use super::next_request::NextRequest;
use super::refresh_cookie::RefreshCookie;
use crate::browser::site;
use crate::components::{DraftField, Prose, ToolButton};
use crate::state::memo;
use crate::state::{
    Held, Playground, Readback, assigning_line, credential_cookie, session_cookie_name,
};
use crate::wording::{self, Verdict};

/// What a script would write over a cookie that it can't read.
const OVERWRITING: &str = "overwritten-by-script";

/// Under which name the lane's credential is a cookie.
fn name(playground: Playground, lane: Lane) -> &'static str {
    let settings = playground.session_cookie.get();
    credential_cookie(lane, &playground.scheme(lane), &settings)
        .unwrap_or_else(|| session_cookie_name(lane, &settings))
}

/// The cookie as the user agent's model has it, for the observer's eyes.
fn stored(playground: Playground, lane: Lane) -> Option<Cookie> {
    let name = name(playground, lane);
    playground.observation.with(|seen| {
        let jar = &seen.as_ref()?.jar;
        jar.iter().find(|cookie| cookie.name == name).cloned()
    })
}

/// The line by which page script gives the cookie this value.
fn line(playground: Playground, lane: Lane, value: &str) -> String {
    let name = untrack(|| name(playground, lane));
    let stored = untrack(|| stored(playground, lane));
    assigning_line(name, value, stored.as_ref(), &site(), playground.clock())
}

/// The cookie in the browser.
#[component]
pub(super) fn CookiePanel(
    /// Whose cookie.
    lane: Lane,
    /// What is in it.
    credential: Credential,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let draft = DraftSignal(*lane.of(&playground.drafts));
    let shown = memo(move || {
        playground
            .browser
            .with(|view| view.cookie.is_some().then(|| view.cookies_of(lane)))
    });
    let is_hidden = memo(move || stored(playground, lane).is_some_and(|cookie| cookie.http_only));
    let typing = RwSignal::new(false);
    let has_editor = memo(move || {
        !is_hidden.get()
            && (typing.get()
                || shown.with(|shown| shown.as_ref().is_some_and(|text| !text.is_empty()))
                || !draft.text().is_empty())
    });
    let word = wording::credential_word(credential);
    let may_type = move || !is_hidden.get() && !has_editor.get() && shown.with(Option::is_some);
    view! {
        <div>
            <h3>"In the browser · cookie " <small>"what page script sees"</small></h3>
            {move || match shown.get() {
                None => {
                    view! {
                        <p class="empty">
                            "This browser has cookies disabled for this page, so the " {word}
                            " has nowhere to stay."
                        </p>
                    }
                        .into_any()
                }
                Some(text) if text.is_empty() && is_hidden.get() => {
                    view! { <HiddenCookie lane=lane credential=credential /> }.into_any()
                }
                Some(text) if text.is_empty() => {
                    view! {
                        <p class="empty">
                            {wording::no_cookie(credential)}
                        </p>
                    }
                        .into_any()
                }
                Some(text) => view! { <div class="cell">{text}</div> }.into_any(),
            }}
            <Show when=may_type>
                <ToolButton
                    label="Type one in"
                    on_press=Callback::new(move |()| typing.set(true))
                />
            </Show>
            <Show when=move || has_editor.get()>
                <CookieEditor lane=lane is_token=credential.is_token() />
            </Show>
            {if credential == Credential::SessionId {
                view! { <CookieSwitches lane=lane /> }.into_any()
            } else if credential == Credential::AccessAndRefresh {
                view! { <RefreshCookie lane=lane /> }.into_any()
            } else {
                view! { <LastLines lane=lane /> }.into_any()
            }}
            <KeptCopy lane=lane />
        </div>
    }
}

/// What there is to see where page script sees nothing.
#[component]
fn HiddenCookie(lane: Lane, credential: Credential) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let outcome = RwSignal::new(None::<Result<CookieEffect, String>>);
    let overwrite = move |()| {
        let attempt = line(playground, lane, OVERWRITING);
        spawn_local(async move {
            let answer = playground.assign_cookie(attempt).await;
            outcome.set(Some(answer.map(|(effect, _)| effect)));
        });
    };
    let said = move || {
        outcome.get().map(|outcome| match outcome {
            Ok(effect) => view! {
                <p>
                    <code>{wording::assignment(&effect.line)}</code>
                </p>
                <p>
                    <Prose text=wording::script_attempt(&effect.storing) />
                </p>
            }
            .into_any(),
            Err(reason) => reason.into_any(),
        })
    };
    view! {
        <div class="cell">"document.cookie = ''"</div>
        <p class="note">
            {format!(
                "HttpOnly: the user agent holds the {} and sends it, and no script can read or replace it. A page can’t make such a cookie, so it is in the model’s jar alone; your browser’s developer tools don’t show it.",
                wording::credential_word(credential),
            )}
        </p>
        <ToolButton
            label="Try to overwrite it from script"
            on_press=Callback::new(overwrite)
        />
        <div class="note" role="status">
            {said}
        </div>
    }
}

/// What a request would meet once page script has assigned the draft.
fn question(playground: Playground, lane: Lane) -> LocalBoxFuture<'static, Verdict> {
    Box::pin(async move {
        let draft = DraftSignal(*lane.of(&playground.drafts));
        let mut page = playground.page_context();
        if untrack(move || draft.is_edited()) {
            let attempt = line(playground, lane, &untrack(move || draft.text()));
            match playground.judge_cookie(attempt).await {
                Ok(effect) => match effect.storing {
                    Storing::Stored(cookie) => {
                        let others = page.cookie.unwrap_or_default();
                        page.cookie = Some(with_cookie(&others, &cookie));
                    }
                    storing => return Verdict::of_script_cookie(&storing),
                },
                Err(reason) => return Verdict::silent(reason),
            }
        }
        Verdict::of_preview(playground.preview(lane, page).await)
    })
}

#[component]
fn CookieEditor(lane: Lane, is_token: bool) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let draft = DraftSignal(*lane.of(&playground.drafts));
    let text = memo(move || draft.text());
    let issued = move || lane.of(&playground.issued).get();
    // The text that the browser did not take.
    let not_taken = RwSignal::new(None);
    let put = move |()| {
        let value = text.get_untracked();
        let attempt = line(playground, lane, &value);
        spawn_local(async move {
            let assigned = playground.assign_cookie(attempt).await;
            let was_taken = !matches!(assigned, Ok((_, Readback::NotTaken)));
            not_taken.set((!was_taken).then_some(value));
        });
    };
    let put_back = move |()| {
        if let Some(value) = untrack(issued) {
            draft.edit(value);
        }
    };
    let delete = move |()| {
        let ending = line(playground, lane, "");
        spawn_local(async move { playground.delete_cookie(ending).await });
    };
    let is_gone = move || {
        playground
            .browser
            .with(|view| view.cookies_of(lane).is_empty())
    };
    view! {
        <div class="editor">
            <DraftField
                label=if is_token { "Access token" } else { "Session ID" }
                id=match lane {
                    Lane::A => "session-id",
                    Lane::B => "session-id-b",
                }
                text=text
                on_edit=Callback::new(move |text| draft.edit(text))
                on_undo=draft.on_undo()
                note=Signal::derive(move || text.with(|text| wording::cookie_value_note(text)))
            />
            <NextRequest lane=lane question=question />
            <div class="tools">
                <ToolButton
                    label="Put it into the browser"
                    main=true
                    idle=draft.is_held()
                    on_press=Callback::new(put)
                />
                <ToolButton
                    label="Put back the issued one"
                    idle=Signal::derive(move || issued().is_none_or(|value| value == text.get()))
                    on_press=Callback::new(put_back)
                />
                <ToolButton
                    label="Undo"
                    idle=draft.is_fresh()
                    on_press=Callback::new(move |()| draft.on_undo().run(false))
                />
                <ToolButton
                    label="Delete it"
                    idle=Signal::derive(is_gone)
                    on_press=Callback::new(delete)
                />
            </div>
            <p class="note" role="status">
                {move || {
                    if not_taken.with(|refused| refused.as_ref() == Some(&text.get())) {
                        return wording::COOKIE_NOT_TAKEN;
                    }
                    wording::draft_state(draft.is_edited(), Held::Cookie)
                }}
            </p>
        </div>
    }
}

/// What page script would see once this cookie is in the browser.
fn with_cookie(shown: &str, cookie: &Cookie) -> String {
    let prefix = format!("{}=", cookie.name);
    let new = format!("{prefix}{}", cookie.value);
    let mut pairs: Vec<&str> = shown.split("; ").filter(|pair| !pair.is_empty()).collect();
    match pairs.iter_mut().find(|pair| pair.starts_with(&prefix)) {
        Some(old) => *old = &new,
        None => pairs.push(&new),
    }
    pairs.join("; ")
}
