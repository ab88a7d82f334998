//! The SQL console on the live database, with export and import of its file.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::{ev, html};
use protocol::{SqlOutcome, SqlProblem, SqlResult, SqlValue};

use super::value::{is_moment, value};
use crate::browser::{LinkState, caret, save_file, take_file};
use crate::components::ToolButton;
use crate::scenes::controls::{Line, button, data_table, line, note, section, status};
use crate::state::store::{SqlAnswer, StoreStudio, is_on_edge_line};
use crate::state::{Playground, memo};
use crate::wording::store_console;

/// Under which name the database is saved.
const FILE_NAME: &str = "ticket-or-passport.sqlite3";

/// How many rows of a result are shown at first.
const ROWS_AT_ONCE: usize = 100;

/// Statements to begin with.
const EXAMPLES: [(&str, &str); 6] = [
    ("SELECT * FROM sessions", "SELECT * FROM sessions"),
    ("DELETE FROM sessions", "DELETE FROM sessions"),
    (
        "EXPLAIN a lookup",
        "EXPLAIN SELECT * FROM sessions WHERE id_hash = x'00'",
    ),
    (
        "UPDATE users SET role",
        "UPDATE users SET role = 'admin' WHERE id = 42",
    ),
    ("DROP TABLE sessions", "DROP TABLE sessions"),
    (
        "An endless query",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    ),
];

/// The section.
pub(super) fn console(studio: StoreStudio, playground: Playground) -> AnyView {
    let content = view! {
        {broken(studio)}
        {field(studio)}
        {move || studio.sql_answer.get().map(|answer| answer_view(playground, &answer))}
        {files(playground)}
    }
    .into_any();
    section(
        "store-sql",
        "SQL console",
        "what the observer may do",
        "Statements run on the live database. `DELETE FROM sessions` really signs everyone out of the stateful lane; `DROP TABLE` really breaks the server. What reaches beyond the database is refused, what takes too long is stopped, and an open transaction is rolled back.",
        content,
    )
}

fn broken(studio: StoreStudio) -> AnyView {
    let repair = move |()| spawn_local(async move { studio.repair().await });
    let said = move || {
        studio.repaired.get().map(|made| match made {
            Ok(made) => store_console::repaired(&made),
            Err(why) => why,
        })
    };
    view! {
        <div role="status">
            {move || {
                studio
                    .broken
                    .get()
                    .map(|why| {
                        view! {
                            <p class="banner trouble">
                                {store_console::broken(&why)} " "
                                <ToolButton
                                    label="Repair"
                                    main=true
                                    on_press=Callback::new(repair)
                                />
                            </p>
                        }
                    })
            }} <p class="note said">{said}</p>
        </div>
    }
    .into_any()
}

fn field(studio: StoreStudio) -> AnyView {
    let node = NodeRef::<html::Textarea>::new();
    let run = move || spawn_local(async move { studio.run_sql().await });
    let go_through = move |event: &ev::KeyboardEvent, older: bool| {
        let Some(field) = node.get_untracked() else {
            return;
        };
        let text = studio.sql.get_untracked();
        let (on_first, on_last) = is_on_edge_line(&text, caret(&field));
        let mut found = None;
        if older && on_first {
            studio
                .sql_history
                .update_value(|history| found = history.older(&text));
        } else if !older && on_last {
            studio
                .sql_history
                .update_value(|history| found = history.newer());
        }
        if let Some(found) = found {
            event.prevent_default();
            studio.sql.set(found);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" if event.ctrl_key() || event.meta_key() => {
            event.prevent_default();
            run();
        }
        "ArrowUp" if !event.shift_key() => go_through(&event, true),
        "ArrowDown" if !event.shift_key() => go_through(&event, false),
        _ => {}
    };
    let examples =
        EXAMPLES.map(|(label, text)| button(label, move || studio.sql.set(String::from(text))));
    let runs = Signal::derive(move || studio.sql_runs.get());
    view! {
        <label for="store-sql-text" class="note">
            "Statements"
        </label>
        <textarea
            id="store-sql-text"
            node_ref=node
            class="mono sql-text"
            rows="4"
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            aria-describedby="store-sql-keys"
            prop:value=move || studio.sql.get()
            on:input:target=move |event| studio.sql.set(event.target().value())
            on:keydown=on_key
        ></textarea>
        <div class="tools">
            <ToolButton label="Run" main=true idle=runs on_press=Callback::new(move |()| run()) />
            <span class="note" id="store-sql-keys">
                "Ctrl or Cmd and Enter runs; arrow up in the first line goes back to what was run before."
            </span>
        </div>
        <div class="tools" role="group" aria-label="Examples">
            {examples}
        </div>
    }
    .into_any()
}

fn answer_view(playground: Playground, answer: &SqlAnswer) -> AnyView {
    let outcome = match &answer.outcome {
        Ok(outcome) => outcome,
        Err(why) => {
            return view! {
                <p class="trouble" role="alert">
                    {why.clone()}
                </p>
            }
            .into_any();
        }
    };
    let grain = playground.link_state.with_untracked(|state| match state {
        LinkState::Ready { opening, .. } => opening.timer_grain_microseconds,
        _ => 0.0,
    });
    let result = match &outcome.result {
        Ok(result) => result_view(result),
        Err(problem) => problem_view(&answer.text, problem),
    };
    let rolled_back = outcome
        .rolled_back
        .then(|| note(store_console::ROLLED_BACK));
    view! {
        <div class="sql-answer">
            <div role="status">
                {note(store_console::sql_ran(outcome, grain))} {rolled_back}
            </div>
            {result}
            {plan(outcome)}
        </div>
    }
    .into_any()
}

fn plan(outcome: &SqlOutcome) -> AnyView {
    let plan = outcome.plan.join("\n");
    (!plan.is_empty())
        .then(|| {
            view! {
                <h3>"Plan " <small>"EXPLAIN QUERY PLAN"</small></h3>
                <pre class="cell">{plan}</pre>
            }
        })
        .into_any()
}

fn result_view(result: &SqlResult) -> AnyView {
    if result.columns.is_empty() {
        return ().into_any();
    }
    let is_cut = result.is_cut.then(|| note(store_console::CUT));
    if result.rows.is_empty() {
        return view! { <p class="empty">{store_console::NO_ROWS}</p> }.into_any();
    }
    let result = result.clone();
    let count = result.rows.len();
    // Thousands of cells at once would hold the page up.
    let shown = RwSignal::new(ROWS_AT_ONCE);
    let more = Signal::derive(move || shown.get() >= count);
    let rows = move || {
        let shown = shown.get().min(count);
        let caption = match (count, shown) {
            (1, _) => String::from("The result: 1 row"),
            (count, shown) if shown < count => {
                format!("The result: the first {shown} of {count} rows")
            }
            (count, _) => format!("The result: {count} rows"),
        };
        let lines = result.rows.iter().take(shown);
        let lines = lines.map(|row| row_line(row, &result.columns)).collect();
        data_table(caption, result.columns.clone(), lines)
    };
    let show_more = (count > ROWS_AT_ONCE).then(|| {
        view! {
            <div class="tools">
                <ToolButton
                    label="Show more rows"
                    idle=more
                    on_press=Callback::new(move |()| shown.update(|shown| *shown += ROWS_AT_ONCE))
                />
            </div>
        }
    });
    view! {
        {is_cut}
        {rows}
        {show_more}
    }
    .into_any()
}

fn row_line(row: &[SqlValue], columns: &[String]) -> Line {
    let cells = row.iter().zip(columns);
    line(
        cells
            .map(|(one, column)| value(one, is_moment(column)))
            .collect(),
    )
}

fn problem_view(text: &str, problem: &SqlProblem) -> AnyView {
    let marked = match problem {
        SqlProblem::Sqlite {
            offset: Some(offset),
            ..
        } => split_at_octet(text, *offset as usize).map(|(before, after)| {
            // A mark needs something to stand on.
            let rest = if after.is_empty() { "␄" } else { after };
            let end = rest
                .char_indices()
                .skip(1)
                .find(|(_, it)| it.is_whitespace() || "(),;".contains(*it))
                .map_or(rest.len(), |(end, _)| end);
            view! {
                <pre class="cell">
                    {before.to_owned()} <mark class="trouble-mark">{rest[..end].to_owned()}</mark>
                    {rest[end..].to_owned()}
                </pre>
            }
        }),
        _ => None,
    };
    view! {
        <div role="alert">
            <p class="trouble">
                <crate::components::Prose text=store_console::sql_problem(problem) />
            </p>
            {marked}
        </div>
    }
    .into_any()
}

fn split_at_octet(text: &str, octet: usize) -> Option<(&str, &str)> {
    text.split_at_checked(octet)
}

fn files(playground: Playground) -> AnyView {
    let said = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let is_busy = Signal::derive(move || busy.get());
    let export = move |()| {
        busy.set(true);
        spawn_local(async move {
            let saved = playground.export_database().await.and_then(|file| {
                save_file(FILE_NAME, &file).map(|()| store_console::exported(file.len()))
            });
            said.set(Some(saved.unwrap_or_else(|why| why)));
            busy.set(false);
        });
    };
    let import = move |field| {
        busy.set(true);
        spawn_local(async move {
            if let Some(read) = take_file(field).await {
                let words = match read {
                    Ok(file) => match playground.import_database(file).await {
                        Ok(Ok(octets)) => store_console::imported(octets),
                        Ok(Err(problem)) => store_console::import_problem(&problem),
                        Err(why) => why,
                    },
                    Err(why) => why,
                };
                said.set(Some(words));
            }
            busy.set(false);
        });
    };
    let persistence = memo(move || {
        playground.link_state.with(|state| match state {
            LinkState::Ready { opening, .. } => Some(opening.persistence.clone()),
            _ => None,
        })
    });
    let is_where = move || {
        persistence.get().map(|it| match it {
            protocol::Persistence::Opfs => {
                "The database is a file in this browser’s private file system."
            }
            protocol::Persistence::Memory { .. } => {
                "The database is in memory here: export it to keep it."
            }
        })
    };
    view! {
        <h3>"The database’s file"</h3>
        <div class="tools">
            <ToolButton
                label="Export the database"
                idle=is_busy
                on_press=Callback::new(export)
            />
            <span class="pick">
                <label for="store-import">"Import a database"</label>
                " "
                <input
                    id="store-import"
                    type="file"
                    accept=".sqlite3,.sqlite,.db"
                    on:change:target=move |event| import(event.target())
                />
            </span>
        </div>
        <p class="note">{is_where}</p>
        {status(said)}
    }
    .into_any()
}
