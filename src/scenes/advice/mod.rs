//! Which of the two, for a system of one's own: the questions, the answer with its reasons, and what it must keep.

use leptos::prelude::*;
use protocol::{Lane, Preset};

use crate::browser::{page_address, print};
use crate::components::{CopyButton, Prose, ToolButton};
use crate::route::Scene;
use crate::scenes::controls::radios;
use crate::state::advice::{Advice, Answers, Question, checklist, recommend};
use crate::state::{PageLife, Playground, memo};
use crate::wording::{self, advice as words};

/// What stands before the answers in a link.
const ANSWERS: &str = "q=";

/// What was answered, for as long as the page lives.
#[derive(Clone, Copy)]
pub(super) struct Answered {
    answers: RwSignal<Answers>,
    /// What is said of the link that was followed, where it can't be read.
    link_said: RwSignal<Option<&'static str>>,
}

impl Answered {
    /// What was answered so far.
    pub(super) fn kept() -> Self {
        PageLife::keep(|| Self {
            answers: RwSignal::new(Answers::default()),
            link_said: RwSignal::new(None),
        })
    }

    /// The scene's fragment, with the answers. Tracked.
    pub(super) fn fragment(self) -> String {
        let answers = self.answers.get();
        format!("{}?{ANSWERS}{}", Scene::Advice.link(), answers.to_text())
    }

    fn take_link(self, fragment: &str) {
        let of_scene = fragment.strip_prefix(Scene::Advice.link());
        let Some(query) = of_scene.and_then(|rest| rest.strip_prefix('?')) else {
            return;
        };
        // What else a link holds is no matter of this scene's.
        let answers = query.split('&').find_map(|it| it.strip_prefix(ANSWERS));
        let Some(text) = answers else {
            return;
        };
        match Answers::of_text(text) {
            Some(answers) => {
                self.answers.set(answers);
                self.link_said.set(None);
            }
            None => self.link_said.set(Some(
                "The link’s answers can’t be read: it was cut or changed, or comes from another version.",
            )),
        }
    }
}

/// The scene.
pub(super) fn advice(playground: Playground, fragment: RwSignal<String>) -> AnyView {
    let answered = Answered::kept();
    Effect::new(move |_| fragment.with(|fragment| answered.take_link(fragment)));
    let answers = answered.answers;
    let found = memo(move || recommend(&answers.get()));
    let link = Signal::derive(move || format!("{}{}", page_address(), answered.fragment()));
    let clear = Callback::new(move |()| answers.set(Answers::default()));
    let none_yet = Signal::derive(move || answers.with(Answers::open) == Question::ALL.len());
    view! {
        <section class="advice" aria-labelledby="advice-title">
            <h2 id="advice-title" tabindex="-1">
                "Which should I use?"
            </h2>
            <p class="lead">
                "Six questions about your own system. The answer changes as you go, and each of its reasons can be tried here."
            </p>
            {move || answered.link_said.get().map(|said| view! { <p class="trouble" role="alert">{said}</p> })}
            <div class="advice-asked">
                <div class="advice-questions">
                    {Question::ALL.map(|question| asked(answers, question)).collect_view()}
                </div>
                <div class="tools no-print">
                    <CopyButton label="Copy a link to these answers" text=link />
                    <ToolButton
                        label="Print"
                        idle=none_yet
                        on_press=Callback::new(move |()| print())
                    />
                    <ToolButton label="Clear the answers" idle=none_yet on_press=clear />
                </div>
            </div>
            <div class="advice-answer">
                {move || match found.get() {
                    None => {
                        view! {
                            <p class="empty">
                                "No answer yet: answer a question, and what follows from it stands here."
                            </p>
                        }
                            .into_any()
                    }
                    Some(found) => answer(playground, &found),
                }}
            </div>
        </section>
    }
    .into_any()
}

fn asked(answers: RwSignal<Answers>, question: Question) -> AnyView {
    let (legend, labels) = words::question(question);
    let chosen = Signal::derive(move || {
        let answer = answers.with(|answers| answers.get(question));
        answer.unwrap_or(Question::CHOICES)
    });
    let choose = Callback::new(move |choice| answers.update(|it| it.set(question, choice)));
    radios(
        format!("advice-{}", question as usize),
        legend,
        labels.to_vec(),
        chosen,
        Signal::derive(Vec::new),
        choose,
    )
}

fn answer(playground: Playground, advice: &Advice) -> AnyView {
    let scheme = advice.scheme;
    let name = Preset::of(&scheme).map_or("Own scheme", wording::preset_name);
    let grounds = advice.grounds.iter().map(|ground| {
        let (said, stop) = words::ground(*ground);
        view! {
            <li>
                <Prose text=said />
                " "
                <a class="no-print" href=stop.link()>
                    {format!("See it: {}", wording::guide::stop(stop).title)}
                </a>
            </li>
        }
    });
    let warnings = advice.warnings.iter().map(|warning| {
        view! {
            <li>
                <Prose text=words::warning(*warning) />
            </li>
        }
    });
    let put = Lane::BOTH.map(|lane| {
        let (label, idle) = (
            match lane {
                Lane::A => "Put it into lane A",
                Lane::B => "Put it into lane B",
            },
            Signal::derive(move || playground.scheme(lane) == scheme),
        );
        let press = Callback::new(move |()| playground.change_scheme(lane, scheme));
        view! { <ToolButton label=label idle=idle on_press=press /> }
    });
    let is_put = move || {
        let lanes = Lane::BOTH
            .into_iter()
            .filter(|lane| playground.scheme(*lane) == scheme);
        let said: Vec<&str> = lanes.map(wording::side).collect();
        (!said.is_empty()).then(|| {
            view! {
                <p class="note no-print">
                    {format!("It is in {} now: ", said.join(" and "))}
                    <a href=Scene::Compare.link()>"go to Compare and sign in"</a> "."
                </p>
            }
        })
    };
    let items = checklist(&scheme).into_iter().map(|item| {
        let (number, said) = words::item(item);
        view! {
            <li>
                <span class="check-box" aria-hidden="true">
                    "☐"
                </span>
                <span class="mono">{number}</span>
                <span>
                    <Prose text=said />
                </span>
            </li>
        }
    });
    view! {
        <div role="status">
            <h3>{name}</h3>
            <p>
                <Prose text=wording::scheme_in_short(&scheme) />
                "."
            </p>
        </div>
        <h4>"Why"</h4>
        <ul>{grounds.collect_view()}</ul>
        {(!advice.warnings.is_empty())
            .then(|| {
                view! {
                    <h4>"Mind"</h4>
                    <ul>{warnings.collect_view()}</ul>
                }
            })}
        <p class="note">{format!("Second best: {}.", wording::preset_name(advice.second))}</p>
        <div class="tools no-print">{put}</div>
        {is_put}
        <h4>"What it must keep, by OWASP ASVS 5.0"</h4>
        <ul class="checklist">{items.collect_view()}</ul>
    }
    .into_any()
}
