//! Takes the functions that a first answer doesn't call out of a program in WebAssembly: they follow in a module of their
//! own, and the program starts while they are still on their way. Which ones they are is known from runs of it
//! (`xtask/late-functions`): the splitter's parts are what the source reaches through one place alone, and much of what is
//! called late has no such place, as what a generic library does for each type.
//!
//! Nothing depends on that list being right. Where the program calls one of them, directly or through its table of
//! functions, it calls a stub in its place, which asks for them all and then goes on to it; once they are there, they
//! stand in the table themselves.

mod counted;
mod follows;
mod list;
mod program;
mod start;
#[cfg(test)]
mod tests;

pub(crate) use counted::counted;
pub(crate) use list::LateFunctions;

use program::Program;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use wasm_encoder::{ConstExpr, ElementSection, Elements, RefType, TableType};

/// What the program imports to ask for its late functions: a function of this module and name.
pub(crate) const MODULE: &str = "late";
pub(crate) const ASK: &str = "ask";
/// What a counted program imports from the same, to tell which of its functions ran.
pub(crate) const RAN: &str = "ran";
/// What the late functions import all that they share from: the program's exports.
const PROGRAM: &str = "program";
/// The program's export through which the two reach each other: a table of functions.
const TABLE: &str = "late";

/// A shorter function is not worth the stub in its place.
const STUB_OCTETS: u32 = 24;

/// With fewer of a hundred entries found, a list is said to be old: much that could follow is in the start again.
const OLD_BELOW: usize = 80;

/// The two halves of a program.
pub(crate) struct Halves {
    pub(crate) start: Vec<u8>,
    pub(crate) late: Vec<u8>,
    /// How much is late, in words.
    pub(crate) summary: String,
}

/// Splits a program that still has its functions' names. `None` where it has none of the late ones.
pub(crate) fn split(program: &[u8], late: &LateFunctions) -> anyhow::Result<Option<Halves>> {
    let program = Program::read(program)?;
    let plan = Plan::of(&program, late);
    if plan.late.is_empty() {
        return Ok(None);
    }
    let octets: u32 = plan.late.iter().map(|it| program.length(*it)).sum();
    let all: u32 = program.own().map(|it| program.length(it)).sum();
    let mut summary = format!(
        "{} of {} functions follow later, {octets} of {all} bytes.",
        plan.late.len(),
        program.own().count()
    );
    let found = late.percent_found(program.names.values().copied());
    if found < OLD_BELOW {
        let _ = write!(
            summary,
            " Only {found} % of their list is found: `cargo xtask profile` makes it anew."
        );
    }
    Ok(Some(Halves {
        summary,
        start: start::encoded(&program, &plan)?,
        late: follows::encoded(&program, &plan)?,
    }))
}

/// The names of a program's own functions, by number.
pub(crate) fn names(program: &[u8]) -> anyhow::Result<BTreeMap<u32, String>> {
    let program = Program::read(program)?;
    let own = program.own();
    let named = own.filter_map(|it| Some((it, (*program.names.get(&it)?).to_owned())));
    Ok(named.collect())
}

/// Where each function goes. Functions are known by their index in the whole program.
struct Plan {
    late: BTreeSet<u32>,
    /// Late functions with a stub in the start, and the place that the stub goes on to.
    stubs: BTreeMap<u32, Place>,
    /// Functions that late ones call and that stay, and their places in the table of both.
    shared: BTreeMap<u32, u32>,
    /// How many places the table of both has.
    places: u32,
}

/// A place in a table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    table: u32,
    index: u32,
}

impl Plan {
    fn of(program: &Program<'_>, list: &LateFunctions) -> Self {
        let in_table: BTreeMap<u32, Place> = program.in_tables.iter().rev().copied().collect();
        let is_named = |function: &u32| {
            program
                .names
                .get(function)
                .is_some_and(|name| list.has(name))
        };
        let mut late: BTreeSet<u32> = program.own().filter(is_named).collect();
        // What is too short to be worth a stub stays, and may call what is late: that has a stub then, however short.
        let called = |late: &BTreeSet<u32>| -> BTreeSet<u32> {
            let staying = program.own().filter(|it| !late.contains(it));
            staying
                .flat_map(|it| program.calls[&it].iter().copied())
                .chain(program.exported.iter().copied())
                .collect()
        };
        let wanted = called(&late);
        late.retain(|it| {
            let needs_stub = wanted.contains(it) || in_table.contains_key(it);
            !needs_stub || program.length(*it) > STUB_OCTETS
        });

        let mut plan = Self {
            late,
            stubs: BTreeMap::new(),
            shared: BTreeMap::new(),
            places: 0,
        };
        let both = program.tables();
        let wanted = called(&plan.late);
        for &function in &plan.late {
            let place = match in_table.get(&function) {
                Some(place) => *place,
                None if wanted.contains(&function) => {
                    plan.places += 1;
                    let index = plan.places - 1;
                    Place { table: both, index }
                }
                None => continue,
            };
            plan.stubs.insert(function, place);
        }
        for function in &plan.late {
            for called in &program.calls[function] {
                if !plan.late.contains(called) && !plan.shared.contains_key(called) {
                    plan.shared.insert(*called, plan.places);
                    plan.places += 1;
                }
            }
        }
        plan
    }

    /// The table of both.
    fn table(&self) -> TableType {
        TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: u64::from(self.places),
            maximum: None,
            shared: false,
        }
    }

    /// Whether the start has a function there: itself or a stub.
    fn is_in_start(&self, function: u32) -> bool {
        !self.late.contains(&function) || self.stubs.contains_key(&function)
    }
}

/// Puts functions into tables, neighbours at a time.
fn in_runs(filled: BTreeMap<Place, u32>) -> anyhow::Result<ElementSection> {
    let mut elements = ElementSection::new();
    let mut filled = filled.into_iter().peekable();
    while let Some((first, function)) = filled.next() {
        let mut functions = vec![function];
        let mut index = first.index + 1;
        while let Some((_, function)) =
            filled.next_if(|(place, _)| place.table == first.table && place.index == index)
        {
            functions.push(function);
            index += 1;
        }
        let offset = ConstExpr::i32_const(i32::try_from(first.index)?);
        let functions = Elements::Functions(functions.into());
        elements.active(Some(first.table), &offset, functions);
    }
    Ok(elements)
}
