//! What was begun in the scene Store, for as long as the page lives.

use leptos::prelude::*;
use protocol::{Lane, Preset, SqlOutcome, Table};

use super::filling::Filling;
use super::link;
use super::meter::{Meter, meter};
use super::playing::Race;
use super::sql_history::SqlHistory;
use crate::state::{Playground, scheme_from_json};
use crate::wording::store;

/// Statements that were run, and what became of them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SqlAnswer {
    /// The text.
    pub(crate) text: String,
    /// What became of it; why nobody answered, where nobody did.
    pub(crate) outcome: Result<SqlOutcome, String>,
}

/// What was begun in the scene. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct StoreStudio {
    playground: Playground,
    /// The table that is shown.
    pub(crate) table: RwSignal<Table>,
    /// What stands in the SQL console.
    pub(crate) sql: RwSignal<String>,
    /// What was run in it before.
    pub(crate) sql_history: StoredValue<SqlHistory>,
    /// What became of what was run last.
    pub(crate) sql_answer: RwSignal<Option<SqlAnswer>>,
    /// Whether statements are running.
    pub(crate) sql_runs: RwSignal<bool>,
    /// Why the server can't work with its database, where it can't.
    pub(crate) broken: RwSignal<Option<String>>,
    /// What a repair made, or why it could not.
    pub(crate) repaired: RwSignal<Option<Result<Vec<String>, String>>>,
    /// The filling.
    pub(crate) filling: Filling,
    /// The race.
    pub(crate) race: Race,
    /// What sample runs of the two extremes say of them.
    pub(crate) extremes: RwSignal<Option<Result<[Meter; 2], String>>>,
    /// What came of a link.
    pub(crate) link_said: RwSignal<Option<String>>,
    opened: StoredValue<String>,
}

impl StoreStudio {
    /// With nothing begun.
    pub(crate) fn new(playground: Playground) -> Self {
        Self {
            playground,
            table: RwSignal::new(Table::Sessions),
            sql: RwSignal::new(String::from("SELECT * FROM sessions")),
            sql_history: StoredValue::new(SqlHistory::default()),
            sql_answer: RwSignal::new(None),
            sql_runs: RwSignal::new(false),
            broken: RwSignal::new(None),
            repaired: RwSignal::new(None),
            filling: Filling::new(playground),
            race: Race::new(playground),
            extremes: RwSignal::new(None),
            link_said: RwSignal::new(None),
            opened: StoredValue::new(String::new()),
        }
    }

    /// Opens what a link says, once. Where it can't be used, the schemes stay as they are.
    pub(crate) fn open_link(self, fragment: &str) {
        let Some(read) = link::read(fragment) else {
            return;
        };
        if self.opened.with_value(|opened| opened == fragment) {
            return;
        }
        self.opened.set_value(fragment.to_owned());
        let Ok(values) = read else {
            self.link_said.set(Some(store::BROKEN_LINK.to_owned()));
            return;
        };
        let mut schemes = Lane::BOTH.map(|lane| self.playground.scheme_now(lane));
        for (scheme, value) in schemes.iter_mut().zip(&values) {
            let Some(value) = value else { continue };
            match scheme_from_json(value, scheme) {
                Ok(linked) => *scheme = linked,
                Err(why) => {
                    self.link_said.set(Some(store::bad_link(&why)));
                    return;
                }
            }
        }
        for lane in Lane::BOTH {
            self.playground.change_scheme(lane, *lane.of(&schemes));
        }
        self.link_said.set(Some(store::LINK_OPENED.to_owned()));
    }

    /// Has both extremes run among servers that are thrown away, and measures them.
    pub(crate) async fn measure_extremes(self) {
        let mut meters = [Meter::default(); 2];
        for (place, preset) in [Preset::Stateful, Preset::Stateless]
            .into_iter()
            .enumerate()
        {
            let scheme = preset.scheme();
            match self.playground.sample_run(scheme).await {
                Ok(exchanges) => meters[place] = meter(&exchanges, &scheme),
                Err(why) => {
                    self.extremes.try_set(Some(Err(why)));
                    return;
                }
            }
        }
        self.extremes.try_set(Some(Ok(meters)));
    }

    /// Runs what stands in the SQL console.
    pub(crate) async fn run_sql(self) {
        if self.sql_runs.get_untracked() {
            return;
        }
        self.sql_runs.set(true);
        let text = self.sql.get_untracked();
        self.sql_history.update_value(|history| history.push(&text));
        let outcome = self.playground.run_sql(text.clone()).await;
        if let Ok(outcome) = &outcome {
            self.broken.set(outcome.broken.clone());
            self.repaired.set(None);
        }
        self.sql_answer.set(Some(SqlAnswer { text, outcome }));
        self.sql_runs.set(false);
    }

    /// Makes anew what the database lacks.
    pub(crate) async fn repair(self) {
        let made = self.playground.repair().await;
        if made.is_ok() {
            self.broken.set(None);
        }
        self.repaired.set(Some(made));
    }
}
