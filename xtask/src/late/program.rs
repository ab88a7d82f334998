//! What is to be known of a program before it is split.

use super::Place;
use anyhow::{Context, bail, ensure};
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::{
    ConstExpr, Element, ElementItems, ElementKind, ExternalKind, FuncType, FunctionBody,
    KnownCustom, Name, Operator, Parser, Payload, TypeRef, ValType,
};

/// A program, read. All indices are its own.
#[derive(Default)]
pub(super) struct Program<'a> {
    pub(super) octets: &'a [u8],
    /// How many functions it imports: they come first.
    pub(super) imported: u32,
    /// The type of each function, imported ones too.
    pub(super) types: Vec<u32>,
    kinds: Vec<FuncType>,
    bodies: Vec<FunctionBody<'a>>,
    /// The functions that each of its own calls by name.
    pub(super) calls: BTreeMap<u32, BTreeSet<u32>>,
    /// The functions that are exported.
    pub(super) exported: BTreeSet<u32>,
    /// The export's name of each memory, table and global.
    pub(super) exports: BTreeMap<(Kind, u32), &'a str>,
    /// Which function stands where.
    pub(super) in_tables: Vec<(u32, Place)>,
    pub(super) names: BTreeMap<u32, &'a str>,
    tables: u32,
}

/// What the halves share besides functions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Memory,
    Table,
    Global,
}

impl<'a> Program<'a> {
    pub(super) fn read(octets: &'a [u8]) -> anyhow::Result<Self> {
        let mut program = Self {
            octets,
            ..Self::default()
        };
        for payload in Parser::new(0).parse_all(octets) {
            program.take_in(payload?)?;
        }
        let bodies = program.bodies.clone();
        for (function, body) in program.own().zip(bodies) {
            program.calls.insert(function, called(&body)?);
        }
        Ok(program)
    }

    /// Its own functions.
    pub(super) fn own(&self) -> impl Iterator<Item = u32> + use<> {
        self.imported..self.types.len() as u32
    }

    /// How many octets a function of its own has.
    pub(super) fn length(&self, function: u32) -> u32 {
        self.body(function).as_bytes().len() as u32
    }

    pub(super) fn body(&self, function: u32) -> &FunctionBody<'a> {
        &self.bodies[(function - self.imported) as usize]
    }

    /// How many tables it has.
    pub(super) const fn tables(&self) -> u32 {
        self.tables
    }

    /// The type of functions that take these values and give none.
    pub(super) fn type_of(&self, values: &[ValType]) -> anyhow::Result<u32> {
        let is_it = |it: &FuncType| it.params() == values && it.results().is_empty();
        let kind = self.kinds.iter().position(is_it);
        Ok(u32::try_from(kind.with_context(|| {
            format!("the program has no function that takes {values:?} and gives nothing")
        })?)?)
    }

    /// How many values a function takes.
    pub(super) fn parameters(&self, function: u32) -> u32 {
        self.kinds[self.types[function as usize] as usize]
            .params()
            .len() as u32
    }

    fn take_in(&mut self, payload: Payload<'a>) -> anyhow::Result<()> {
        match payload {
            Payload::TypeSection(section) => {
                for kind in section.into_iter_err_on_gc_types() {
                    self.kinds.push(kind?);
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    let TypeRef::Func(kind) = import.ty else {
                        bail!("{} is imported, and no function", import.name);
                    };
                    self.types.push(kind);
                    self.imported += 1;
                }
            }
            Payload::FunctionSection(section) => {
                for kind in section {
                    self.types.push(kind?);
                }
            }
            Payload::TableSection(section) => self.tables = section.count(),
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    let kind = match export.kind {
                        ExternalKind::Func => {
                            self.exported.insert(export.index);
                            continue;
                        }
                        ExternalKind::Memory => Kind::Memory,
                        ExternalKind::Table => Kind::Table,
                        ExternalKind::Global => Kind::Global,
                        other => bail!("{} is exported, a {other:?}", export.name),
                    };
                    self.exports.insert((kind, export.index), export.name);
                }
            }
            Payload::StartSection { func, .. } => {
                self.exported.insert(func);
            }
            Payload::ElementSection(section) => {
                for element in section {
                    self.in_tables.extend(filled(element?)?);
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    for part in names {
                        if let Name::Function(names) = part? {
                            for name in names {
                                let name = name?;
                                self.names.insert(name.index, name.name);
                            }
                        }
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// The functions that this one calls by name.
fn called(body: &FunctionBody<'_>) -> anyhow::Result<BTreeSet<u32>> {
    let mut called = BTreeSet::new();
    for operator in body.get_operators_reader()? {
        match operator? {
            Operator::Call { function_index } => {
                called.insert(function_index);
            }
            Operator::ReturnCall { .. } | Operator::RefFunc { .. } => {
                bail!("a function is meant in a way that can't be split");
            }
            _ => {}
        }
    }
    Ok(called)
}

/// What an element puts where.
pub(super) fn filled(element: Element<'_>) -> anyhow::Result<Vec<(u32, Place)>> {
    let ElementKind::Active {
        table_index,
        offset_expr,
    } = element.kind
    else {
        bail!("functions are put into no table");
    };
    let table = table_index.unwrap_or(0);
    let places = (constant(&offset_expr)?..).map(|index| Place { table, index });
    let filled = functions(element.items)?.into_iter().zip(places);
    Ok(filled
        .filter_map(|(function, place)| Some((function?, place)))
        .collect())
}

/// The functions that are put into a table. Where there is none, a place stays as it is at first: empty.
fn functions(items: ElementItems<'_>) -> anyhow::Result<Vec<Option<u32>>> {
    match items {
        ElementItems::Functions(functions) => {
            let functions = functions.into_iter().map(|it| it.map(Some));
            Ok(functions.collect::<Result<_, _>>()?)
        }
        ElementItems::Expressions(_, expressions) => expressions
            .into_iter()
            .map(|expression| match only(&expression?)? {
                Operator::RefFunc { function_index } => Ok(Some(function_index)),
                Operator::RefNull { .. } => Ok(None),
                other => bail!("{other:?} is put into a table"),
            })
            .collect(),
    }
}

/// The place in a table that an expression gives.
fn constant(expression: &ConstExpr<'_>) -> anyhow::Result<u32> {
    let Operator::I32Const { value } = only(expression)? else {
        bail!("a place in a table is computed");
    };
    u32::try_from(value).context("a place in a table is negative")
}

/// The only operator of an expression.
fn only<'a>(expression: &ConstExpr<'a>) -> anyhow::Result<Operator<'a>> {
    let mut operators = expression.get_operators_reader();
    let only = operators.read()?;
    ensure!(
        matches!(operators.read()?, Operator::End),
        "a table is filled by what is computed"
    );
    Ok(only)
}
