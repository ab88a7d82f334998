//! A sweep: servers or rate from one value to another, both lanes, with the knee marked and what limits there.

use leptos::prelude::*;
use protocol::{Knee, SweepPoint, Varied};
use scenario::{SweepProblem, sweep_csv};

use super::exporting;
use super::field::short_field;
use super::sweep_chart::{SWEEP_CHARTS, by, sweep_charts};
use crate::browser::save_file;
use crate::components::{CopyButton, Prose, ToolButton};
use crate::scenes::controls::{
    button, code, columns, line, note, section, select, status, table, text,
};
use crate::scenes::saving::Kind;
use crate::state::fleet::load::{LoadStudio, Sweep, SweepState, Sweeping};
use crate::state::memo;
use crate::wording::load;
use crate::wording::taking::saved;

/// What is typed of a sweep.
#[derive(Clone, Copy)]
struct Typed {
    varied: RwSignal<usize>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    points: RwSignal<String>,
}

impl Typed {
    fn varied(self) -> Varied {
        if self.varied.get() == 0 {
            Varied::Servers
        } else {
            Varied::Rate
        }
    }

    fn number(text: RwSignal<String>) -> f64 {
        text.with(|text| text.trim().parse().unwrap_or(f64::NAN))
    }

    fn sweep(self, studio: LoadStudio) -> Sweep {
        Sweep {
            order: studio.order(),
            varied: self.varied(),
            from: Self::number(self.from),
            to: Self::number(self.to),
            points: self
                .points
                .with(|text| text.trim().parse().unwrap_or_default()),
        }
    }

    fn command(self, studio: LoadStudio) -> String {
        let name = if self.varied() == Varied::Servers {
            "servers"
        } else {
            "rate"
        };
        format!(
            "cargo xtask sweep '{}' --vary {name} --from {} --to {} --points {} --csv sweep.csv",
            studio.fragment(),
            self.from.with(|it| shell_word(it)),
            self.to.with(|it| shell_word(it)),
            self.points.with(|it| shell_word(it))
        )
    }
}

/// What is typed, without what a shell would take for its own.
fn shell_word(typed: &str) -> String {
    typed
        .trim()
        .chars()
        .filter(|it| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '+'))
        .collect()
}

/// The section.
pub(super) fn sweep_section(studio: LoadStudio) -> AnyView {
    let text_signal = |it: &str| RwSignal::new(it.to_owned());
    let typed = Typed {
        varied: RwSignal::new(0),
        from: text_signal("4"),
        to: text_signal("32"),
        points: text_signal("8"),
    };
    let content = view! {
        {settings(studio, typed)}
        {run_bar(studio, typed)}
        {points(studio.sweep)}
        {native(studio, typed)}
    }
    .into_any();
    section(
        "load-sweep",
        "Sweep",
        "modelled",
        "The run of the settings above with one number changed from point to point, on as many workers as this browser has cores, 8 at most. The knee is where answers a second, divided by their mean time, are the most (Kleinrock’s power); where servers are varied, divided by their number too.",
        content,
    )
}

fn settings(studio: LoadStudio, typed: Typed) -> AnyView {
    let choose = move |place: usize| {
        typed.varied.set(place);
        let (from, to) = if place == 0 {
            (String::from("4"), String::from("32"))
        } else {
            let rate = untrack(|| scenario::arrival_rate(&studio.form.simulation()));
            (
                (rate / 4.0).round().to_string(),
                (rate * 2.0).round().to_string(),
            )
        };
        typed.from.set(from);
        typed.to.set(to);
    };
    view! {
        <div class="load-picks">
            {select(
                String::from("sweep-varied"),
                "Vary",
                vec![String::from("the number of servers"), String::from("the rate λ")],
                typed.varied.into(),
                Callback::new(choose),
            )} {short_field("sweep-from", "From value", "", typed.from)}
            {short_field("sweep-to", "To value", "", typed.to)} {short_field("sweep-points", "Points", "", typed.points)}
        </div>
    }
    .into_any()
}

fn run_bar(studio: LoadStudio, typed: Typed) -> AnyView {
    let sweep = studio.sweep;
    let is_running = memo(move || {
        sweep
            .state
            .with(|state| matches!(state, SweepState::Running { .. }))
    });
    let has_died = memo(move || {
        sweep
            .state
            .with(|state| matches!(state, SweepState::Died { .. }))
    });
    view! {
        <div class="tools">
            <ToolButton
                label="Run the sweep"
                main=true
                on_press=Callback::new(move |()| sweep.begin(untrack(|| typed.sweep(studio))))
            />
            <ToolButton
                label="Stop the sweep"
                idle=Signal::derive(move || !is_running.get())
                on_press=Callback::new(move |()| sweep.stop())
            />
            {move || has_died.get().then(|| button("Try again", move || sweep.again()))}
        </div>
        <p class="note said" role="status">
            {move || view! { <Prose text=state_words(sweep) /> }}
        </p>
    }
    .into_any()
}

fn state_words(sweep: Sweeping) -> String {
    let points = sweep.points.with(Vec::len);
    match sweep.state.get() {
        SweepState::Idle => String::new(),
        SweepState::Running { workers } => format!("Running on {}.", of_workers(workers)),
        SweepState::Stopped => format!("Stopped after {points} points."),
        SweepState::Done {
            milliseconds,
            workers,
        } => format!(
            "Done: {points} points on {} in {} (measured).",
            of_workers(workers),
            load::seconds(milliseconds / 1000.0)
        ),
        SweepState::Died { why } => format!(
            "A worker died, and with it the rest of the sweep. The {points} points that it told stand below. ({why})"
        ),
        SweepState::Refused(SweepProblem::Senseless(problem)) => {
            format!("Not run. {}", load::problem(problem))
        }
        SweepState::Refused(problem) => format!("Not run: {problem}."),
    }
}

fn of_workers(workers: usize) -> String {
    if workers == 1 {
        String::from("1 worker")
    } else {
        format!("{workers} workers")
    }
}

fn points(sweep: Sweeping) -> AnyView {
    let varied = memo(move || {
        sweep
            .ordered
            .with(|it| it.as_ref().map_or(Varied::Servers, |it| it.varied))
    });
    let said = RwSignal::new(None::<String>);
    let is_empty = memo(move || sweep.points.with(Vec::is_empty));
    let save = move || {
        let text = sweep.points.with_untracked(|points| {
            sweep
                .knees
                .with_untracked(|knees| sweep_csv(varied.get_untracked(), points, knees))
        });
        let name = "sweep.csv";
        said.set(Some(saved(name, save_file(name, text.as_bytes()))));
    };
    let [throughput, latency] = SWEEP_CHARTS;
    let save_chart = move |id: &'static str, title: &str| {
        let title = format!("{title}, {}", by(varied.get_untracked()));
        exporting::save_chart(id, &title, Kind::Svg, said);
    };
    let content = move || {
        if is_empty.get() {
            return view! {
                <p class="empty">"Nothing was swept yet. Each point becomes a row and a place in two charts."</p>
            }
            .into_any();
        }
        view! {
            {move || {
                sweep
                    .points
                    .with(|points| {
                        sweep.knees.with(|knees| told(varied.get(), points, knees))
                    })
            }}
            <div class="tools">
                {button("Save the throughput as SVG", move || save_chart(throughput.0, throughput.1))}
                {button("Save the latency as SVG", move || save_chart(latency.0, latency.1))}
                {button("Save the points as CSV", save)}
            </div>
            {status(said)}
        }
        .into_any()
    };
    content.into_any()
}

fn told(varied: Varied, points: &[SweepPoint], knees: &[Option<Knee>]) -> AnyView {
    let sentences = knees
        .iter()
        .zip([("Lane A", "ticket"), ("Lane B", "passport")])
        .enumerate()
        .map(|(lane, (knee, (name, class)))| {
            let said = knee
                .and_then(|knee| {
                    let point = points.get(knee.point as usize)?;
                    Some(load::knee(varied, point, lane, knee.limit))
                })
                .unwrap_or_else(|| load::NO_KNEE.to_owned());
            view! {
                <p class=format!("load-said {class}")>
                    <b>{name}</b>
                    <span>{said}</span>
                </p>
            }
        })
        .collect_view();
    view! {
        {sentences}
        {sweep_charts(varied, points, knees)}
        {numbers(varied, points, knees)}
    }
    .into_any()
}

fn numbers(varied: Varied, points: &[SweepPoint], knees: &[Option<Knee>]) -> AnyView {
    let lanes = points.first().map_or(0, |point| point.lanes.len());
    let first = match varied {
        Varied::Servers => "servers",
        Varied::Rate => "λ",
    };
    let mut names = columns(&[first]);
    for name in ["A", "B"].into_iter().take(lanes) {
        names.extend(
            ["answered/s", "p95", "p99", "servers", "store", "limit"]
                .map(|column| format!("{name}: {column}")),
        );
    }
    let lines = points
        .iter()
        .enumerate()
        .map(|(place, point)| {
            let mut cells = vec![code(load::digits(point.value))];
            for (lane, report) in point.lanes.iter().enumerate() {
                let is_knee = knees
                    .get(lane)
                    .copied()
                    .flatten()
                    .is_some_and(|knee| knee.point as usize == place);
                let mut limit = load::limit_word(report.limit).to_owned();
                if report.overload.is_some() {
                    limit.push_str(", overloaded");
                }
                if is_knee {
                    limit.push_str(" · knee");
                }
                cells.extend(
                    [
                        load::digits(report.throughput),
                        load::seconds(report.latency.p95),
                        load::seconds(report.latency.p99),
                        load::percent(report.utilisation),
                        load::percent(report.store_utilisation),
                    ]
                    .map(code),
                );
                cells.push(text(limit));
            }
            line(cells)
        })
        .collect();
    table(String::from("The points (modelled)"), names, lines)
}

fn native(studio: LoadStudio, typed: Typed) -> AnyView {
    let command = Signal::derive(move || typed.command(studio));
    view! {
        {note("The same sweep natively, over all cores of a machine:")}
        <pre class="load-command">
            <code>
                {move || {
                    command
                        .get()
                        .split_inclusive(' ')
                        .map(|word| view! { <span>{word.to_owned()}</span> })
                        .collect_view()
                }}
            </code>
        </pre>
        <CopyButton label="Copy the command" text=command />
    }
    .into_any()
}
