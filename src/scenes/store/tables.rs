//! The tables as SQLite has them, page by page, and what the servers have in memory.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Lane, SqlValue, Table, TablePage, TableQuery};

use super::value::{hex, is_moment, value};
use crate::components::{Prose, ToolButton};
use crate::scenes::controls::{Line, data_table, named_button, note, section, select};
use crate::state::store::{Change, Row, StoreStudio, rows};
use crate::state::{LiveQuestion, Playground, memo};
use crate::wording::{self, store, store_console};

/// How many rows a page has.
const PAGE: u32 = 25;
/// What a server's memory can hold.
const IN_MEMORY: [Table; 4] = [
    Table::Sessions,
    Table::RefreshTokens,
    Table::Denylist,
    Table::TokenVersions,
];

/// A page as it is shown.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    query: TableQuery,
    page: Result<TablePage, String>,
    rows: Vec<Row>,
}

/// What is asked for. A handle: copy it freely.
#[derive(Clone, Copy)]
struct Asked {
    table: RwSignal<Table>,
    memory_of: RwSignal<Option<Lane>>,
    search: RwSignal<String>,
    /// The keys after which the pages up to this one begin.
    path: RwSignal<Vec<Vec<SqlValue>>>,
}

impl Asked {
    fn query(self) -> TableQuery {
        TableQuery {
            table: self.table.get(),
            memory_of: self.memory_of.get(),
            after: self.path.with(|path| path.last().cloned()),
            search: self.search.get(),
            limit: PAGE,
        }
    }

    fn choose(self, memory_of: Option<Lane>, table: Table) {
        self.path.set(Vec::new());
        self.memory_of.set(memory_of);
        self.table.set(table);
    }
}

/// The section.
pub(super) fn tables(studio: StoreStudio, playground: Playground) -> AnyView {
    let asked = Asked {
        table: studio.table,
        memory_of: RwSignal::new(None),
        search: RwSignal::new(String::new()),
        path: RwSignal::new(Vec::new()),
    };
    let shown = RwSignal::new(None::<Shown>);
    let question = LiveQuestion::<()>::new();
    Effect::new(move |_| {
        // Whatever happened may have changed a table.
        playground.history.track();
        playground.observation.track();
        studio.repaired.track();
        let _ = asked.query();
        question.ask(move || async move {
            let query = untrack(move || asked.query());
            let page = playground.read_table(query.clone()).await;
            shown.try_maybe_update(|shown| (take_in(shown, query, page), ()));
        });
    });
    let places: Vec<(Option<Lane>, Table)> = Table::ALL
        .into_iter()
        .map(|table| (None, table))
        .chain(
            Lane::BOTH
                .into_iter()
                .flat_map(|lane| IN_MEMORY.into_iter().map(move |table| (Some(lane), table))),
        )
        .collect();
    let names = places.iter().map(|(lane, table)| place_name(*lane, *table));
    let names: Vec<String> = names.collect();
    let at = {
        let places = places.clone();
        Signal::derive(move || {
            let now = (asked.memory_of.get(), asked.table.get());
            places.iter().position(|it| *it == now).unwrap_or_default()
        })
    };
    let choose = Callback::new(move |place: usize| {
        if let Some((lane, table)) = places.get(place) {
            asked.choose(*lane, *table);
        }
    });
    let content = view! {
        <div class="picks">
            {select(String::from("store-table"), "Table", names, at, choose)}
            <span class="pick">
                <label for="store-search">"Rows with"</label>
                " "
                <input
                    id="store-search"
                    type="search"
                    autocomplete="off"
                    prop:value=move || asked.search.get()
                    on:input:target=move |event| {
                        asked.path.set(Vec::new());
                        asked.search.set(event.target().value());
                    }
                />
            </span>
        </div>
        {move || shown.with(|shown| shown.as_ref().map(|it| page_view(studio, playground, it)))}
        {pages(asked, shown)}
    }
    .into_any();
    section(
        "store-tables",
        "Tables",
        "what the observer sees",
        "What the database and the servers’ memory hold, in the order of the key. Rows that are new, changed or gone since the last look are marked. Hashes stand in place of session IDs and refresh tokens: the secrets are stored nowhere.",
        content,
    )
}

fn place_name(memory_of: Option<Lane>, table: Table) -> String {
    match memory_of {
        None => table.name().to_owned(),
        Some(lane) => format!("memory of {}’s server: {}", store::lane(lane), table.name()),
    }
}

/// Takes an answer in, and says whether it differs. What is the same as before keeps its marks: nothing happened to it.
fn take_in(shown: &mut Option<Shown>, query: TableQuery, page: Result<TablePage, String>) -> bool {
    let before = shown.as_ref().filter(|before| before.query == query);
    if before.is_some_and(|before| before.page == page) {
        return false;
    }
    let before = before.and_then(|before| before.page.as_ref().ok());
    let rows = page
        .as_ref()
        .map_or_else(|_| Vec::new(), |page| rows(before, page));
    *shown = Some(Shown { query, page, rows });
    true
}

fn page_view(studio: StoreStudio, playground: Playground, shown: &Shown) -> AnyView {
    let page = match &shown.page {
        Ok(page) => page,
        Err(why) => {
            let repair = move |()| spawn_local(async move { studio.repair().await });
            return view! {
                <p class="banner trouble" role="alert">
                    {store_console::unreadable(why)}
                    " "
                    <ToolButton label="Repair" main=true on_press=Callback::new(repair) />
                </p>
            }
            .into_any();
        }
    };
    let query = &shown.query;
    let name = place_name(query.memory_of, query.table);
    let found = match (page.total, query.search.is_empty()) {
        (0, _) => String::from("empty"),
        (1, true) => String::from("1 row"),
        (total, true) => format!("{} rows", wording::grouped(total)),
        (total, false) => format!(
            "rows with “{}” of {}",
            query.search,
            wording::grouped(total)
        ),
    };
    let caption = format!("{name}: {found} (counted)");
    let gave_up = page
        .gave_up
        .then(|| note("The search took too long and gave up before the table’s end."));
    if shown.rows.is_empty() {
        let why = if query.search.is_empty() {
            empty_text(query.table)
        } else {
            "No row has that in it."
        };
        return view! {
            <p class="note">{caption}</p>
            <p class="empty">
                <Prose text=why />
            </p>
            {gave_up}
        }
        .into_any();
    }
    let kills = query.table == Table::Sessions;
    let mut columns = page.columns.clone();
    if kills {
        columns.push(String::from("end it"));
    }
    let lines = shown
        .rows
        .iter()
        .map(|row| row_line(playground, &page.columns, row, kills))
        .collect();
    view! {
        {data_table(caption, columns, lines)}
        {gave_up}
    }
    .into_any()
}

fn row_line(playground: Playground, columns: &[String], row: &Row, kills: bool) -> Line {
    let mark = match row.change {
        Change::None => None,
        Change::New => Some(("row-new", "new")),
        Change::Changed(_) => Some(("row-changed", "changed")),
        Change::Gone => Some(("row-gone", "gone")),
    };
    let changed = match row.change {
        Change::Changed(columns) => columns,
        _ => 0,
    };
    let mut cells: Vec<AnyView> = row
        .values
        .iter()
        .zip(columns)
        .enumerate()
        .map(|(place, (one, column))| {
            let shown = value(one, is_moment(column));
            if changed & (1 << place.min(63)) == 0 {
                shown
            } else {
                view! { <span class="cell-changed">{shown}</span> }.into_any()
            }
        })
        .collect();
    if kills {
        cells.push(match (row.values.first(), row.change) {
            (Some(SqlValue::Blob(hash)), change) if change != Change::Gone => {
                kill(playground, hex(hash))
            }
            (Some(SqlValue::Text(hash)), change) if change != Change::Gone => {
                kill(playground, hash.clone())
            }
            _ => ().into_any(),
        });
    }
    Line { mark, cells }
}

fn kill(playground: Playground, id_hash: String) -> AnyView {
    let name = format!("Kill the session {}", crate::wording::short_hash(&id_hash));
    named_button("Kill", name, move || {
        let id_hash = id_hash.clone();
        spawn_local(async move { playground.kill(id_hash).await });
    })
}

fn pages(asked: Asked, shown: RwSignal<Option<Shown>>) -> AnyView {
    let next = memo(move || shown.with(|shown| shown.as_ref()?.page.as_ref().ok()?.next.clone()));
    let is_first = Signal::derive(move || asked.path.with(Vec::is_empty));
    let is_last = Signal::derive(move || next.with(Option::is_none));
    let go_on = move |()| {
        if let Some(key) = next.get_untracked() {
            asked.path.update(|path| path.push(key));
        }
    };
    let number = move || {
        let number = asked.path.with(Vec::len) + 1;
        format!("Page {number}")
    };
    view! {
        <div class="tools" role="group" aria-label="Pages of the table">
            <ToolButton
                label="First"
                idle=is_first
                on_press=Callback::new(move |()| asked.path.set(Vec::new()))
            />
            <ToolButton
                label="Previous"
                idle=is_first
                on_press=Callback::new(move |()| asked.path.update(|path| drop(path.pop())))
            />
            <ToolButton label="Next" idle=is_last on_press=Callback::new(go_on) />
            <span class="note">{number}</span>
        </div>
    }
    .into_any()
}

/// What would stand in an empty table.
const fn empty_text(table: Table) -> &'static str {
    match table {
        Table::Users => "No users: nobody can sign in. Repair adds the sample users.",
        Table::Sessions => "No sessions. A sign-in in a lane with session IDs adds a row here.",
        Table::RefreshTokens => {
            "No refresh tokens. A sign-in in a lane with refresh tokens adds a row, and each refresh one more."
        }
        Table::Denylist => {
            "Nothing is denied. A sign-out in a lane with a denylist puts the token’s `jti` here until its `exp`."
        }
        Table::TokenVersions => {
            "No version was raised. A sign-out in a lane with version numbers raises the user’s here."
        }
        Table::SigningKeys => "No keys: no token can be signed.",
        Table::Orders => "No orders. `POST /orders` adds a row here.",
        Table::AuditLog => "Nothing was written down yet. Sign-ins, kills and refusals are.",
    }
}
