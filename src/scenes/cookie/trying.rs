//! The line at hand in this very browser: into the stateful lane, or only to see what the browser does with it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Errand, Lane, Presented, Storing};

use crate::components::{Prose, ToolButton, VerdictLine};
use crate::state::memo;
use crate::state::{CookieStudio, Playground, session_cookie_name};
use crate::wording::{self, Verdict, cookie_studio};

/// What was tried, said: a line of machine text, then sentences.
type Said = Option<(String, Vec<String>)>;

/// The buttons, and what came of them.
#[component]
pub(super) fn Trying() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let studio = expect_context::<CookieStudio>();
    let line = memo(move || {
        studio
            .with_line_at_hand(|line| (!line.line.is_cut()).then(|| line.line.text.clone()))
            .flatten()
    });
    let idle = Signal::derive(move || line.with(Option::is_none));
    let used = RwSignal::new(Said::None);
    let answer = RwSignal::new(None::<Verdict>);
    let probed = RwSignal::new(Said::None);
    let still_stands = move |of: &Option<String>| line.with_untracked(|line| line == of);
    // What came of another line is no longer about what stands here.
    Effect::new(move |_| {
        line.track();
        used.set(Said::None);
        answer.set(None);
        probed.set(Said::None);
    });

    let use_it = move |()| {
        let Some(line) = line.get_untracked() else {
            return;
        };
        spawn_local(async move {
            let said = match playground.assign_cookie(line.clone()).await {
                Ok((effect, readback)) => {
                    let mut said = vec![
                        format!(
                            "The model: {}.",
                            wording::stored_as(&effect, playground.clock()).trim_end_matches('.')
                        ),
                        format!("This browser: {}.", wording::readback(&readback)),
                    ];
                    let wanted =
                        session_cookie_name(Lane::A, &playground.session_cookie.get_untracked());
                    if let Storing::Stored(cookie) = &effect.storing
                        && cookie.name != wanted
                    {
                        said.push(cookie_studio::other_name(&cookie.name, wanted));
                    }
                    said
                }
                Err(reason) => vec![reason],
            };
            let line = Some(line);
            if still_stands(&line) {
                used.set(line.map(|line| (line, said)));
            }
        });
    };
    let send = move |()| {
        let errand = Errand {
            lane: Lane::A,
            method: String::from("GET"),
            path: String::from("/me"),
            headers: Vec::new(),
            body: String::new(),
            credential: Presented::FromBrowser,
        };
        let sent_beside = line.get_untracked();
        spawn_local(async move {
            let recorded = playground.send(vec![errand]).await;
            if still_stands(&sent_beside) {
                answer.set(recorded.first().map(|recorded| wording::verdict(recorded)));
            }
        });
    };
    let probe = move |()| {
        let Some(line) = line.get_untracked() else {
            return;
        };
        spawn_local(async move {
            let asked = Some(line.clone());
            let said = match playground.probe_cookie(&line).await {
                None => (line, vec![String::from(cookie_studio::NO_PROBE)]),
                Some(Err(reason)) => (line, vec![reason]),
                Some(Ok(probe)) => (
                    probe.line,
                    vec![
                        format!(
                            "The model, for script on this page: {}",
                            cookie_studio::modelled(&probe.model)
                        ),
                        cookie_studio::probed(&probe.model, &probe.readback).to_owned(),
                    ],
                ),
            };
            if still_stands(&asked) {
                probed.set(Some(said));
            }
        });
    };
    view! {
        <h3>"In this browser"</h3>
        <div class="tools">
            <ToolButton
                label="Use it in the stateful lane"
                main=true
                idle=idle
                on_press=Callback::new(use_it)
            />
            <ToolButton label="Send GET /me" on_press=Callback::new(send) />
            <ToolButton
                label="What this browser really does with it"
                idle=idle
                on_press=Callback::new(probe)
            />
        </div>
        <div role="status">
            {move || said_view(used.get())}
            {move || answer.get().map(|verdict| view! { <VerdictLine verdict=verdict /> })}
            {move || said_view(probed.get())}
        </div>
        <p class="note">
            <Prose text=cookie_studio::PROBE_NOTE />
        </p>
    }
}

fn said_view(said: Said) -> impl IntoView {
    said.map(|(line, sentences)| {
        let sentences: Vec<_> = sentences
            .into_iter()
            .map(|text| {
                view! {
                    <p>
                        <Prose text=text />
                    </p>
                }
            })
            .collect();
        view! {
            <div class="tried">
                <p class="mono line-text">{wording::assignment(&shorten(&line))}</p>
                {sentences}
            </div>
        }
    })
}

/// As much of a line as is worth showing again.
fn shorten(line: &str) -> String {
    match line.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
