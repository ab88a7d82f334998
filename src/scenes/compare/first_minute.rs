//! What to press first, and why; then what to try next. It offers, and never insists.

use leptos::prelude::*;
use protocol::{Lane, Preset};

use super::kept::FirstMinuteHidden;
use crate::browser::{focus, go_to, next_frame};
use crate::components::{Prose, ToolButton};
use crate::state::guide::Tour;
use crate::state::memo;
use crate::state::{History, Playground, Progress, Stage};
use crate::wording::{self, Experiment};

/// Where an experiment begins and where it goes on: what a user would look for.
struct Way {
    experiment: Experiment,
    stage: fn(&Progress) -> Stage,
    begins_at: &'static str,
    goes_on_at: &'static str,
}

const SEND: &str = "#send";

const WAYS: [Way; 3] = [
    Way {
        experiment: Experiment::Kill,
        stage: |progress| progress.kill,
        begins_at: ".kill",
        goes_on_at: SEND,
    },
    Way {
        experiment: Experiment::Change,
        stage: |progress| progress.change,
        begins_at: "#token-payload",
        goes_on_at: SEND,
    },
    Way {
        experiment: Experiment::Logout,
        stage: |progress| progress.logout,
        begins_at: "#sign-out",
        goes_on_at: ".kept-copy button",
    },
];

/// The first minute.
#[component]
pub(super) fn FirstMinute() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let progress = memo(move || playground.history.with(History::progress));
    let FirstMinuteHidden(is_hidden) = expect_context();
    let tour = expect_context::<Tour>();
    // What it offers is the difference between the two extremes; who takes the tour is led by that.
    let is_offered = memo(move || {
        tour.stop.with(Option::is_none)
            && Lane::BOTH.map(|lane| Preset::of(&playground.scheme(lane)))
                == [Some(Preset::Stateful), Some(Preset::Stateless)]
    });
    let step = move |text: &'static str, target: &'static str| {
        view! {
            <p>
                <Prose text=text />
            </p>
            <ToolButton label="Show me where" on_press=Callback::new(move |()| go_to(target)) />
        }
        .into_any()
    };
    let content = move || {
        let progress = progress.get();
        if !progress.has_sent && !progress.signed_in {
            step(wording::FIRST_SIGN_IN, "#sign-in")
        } else if !progress.has_sent {
            step(wording::FIRST_SEND, SEND)
        } else if progress.is_complete() {
            view! {
                <p>
                    <Prose text=wording::ALL_TRIED />
                </p>
            }
            .into_any()
        } else {
            view! {
                <p>"Try next, in any order:"</p>
                <ul>{WAYS.iter().map(|way| offer(way, &progress)).collect_view()}</ul>
            }
            .into_any()
        }
    };
    // The button that was pressed is gone, and the other one stands in its place.
    let turn = move |hidden: bool| {
        is_hidden.set(hidden);
        next_frame(|| focus(".hide-or-show"));
    };
    view! {
        <Show when=move || is_offered.get()>
        <Show
            when=move || !is_hidden.get()
            fallback=move || {
                view! {
                    <p class="first-minute-hidden">
                        <button
                            type="button"
                            class="quiet small hide-or-show"
                            on:click=move |_| turn(false)
                        >
                            "Show what to try"
                        </button>
                    </p>
                }
            }
        >
            <section class="first-minute" aria-label="What to try">
                <div class="offers" role="status">
                    {content}
                </div>
                <button
                    type="button"
                    class="quiet small hide-or-show"
                    on:click=move |_| turn(true)
                >
                    "Hide"
                </button>
            </section>
        </Show>
        </Show>
    }
}

fn offer(way: &Way, progress: &Progress) -> impl IntoView + use<> {
    let stage = (way.stage)(progress);
    let target = match stage {
        Stage::Open => Some(way.begins_at),
        Stage::Begun => Some(way.goes_on_at),
        Stage::Done => None,
    };
    let (title, text) = wording::experiment(way.experiment, stage);
    view! {
        <li class:done=stage == Stage::Done>
            <span>
                {(stage == Stage::Done).then_some("✓ ")} <b>{title}</b> " " <Prose text=text />
            </span>
            {target
                .map(|target| {
                    view! {
                        <ToolButton
                            label="Show me where"
                            name=format!("Show me where: {title}")
                            on_press=Callback::new(move |()| go_to(target))
                        />
                    }
                })}
        </li>
    }
}
