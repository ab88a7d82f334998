//! The half of a program that it starts with.

use super::program::Program;
use super::{ASK, MODULE, Place, Plan, TABLE, in_runs};
use crate::exports::copy;
use anyhow::Context;
use std::collections::BTreeMap;
use std::fmt;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ElementSection, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    ImportSection, Module, StartSection, TableSection,
};
use wasmparser::{ImportSectionReader, Parser, Payload};

/// Encodes it. What it has besides functions stays as it is.
pub(super) fn encoded(program: &Program<'_>, plan: &Plan) -> anyhow::Result<Vec<u8>> {
    let ask = program.imported;
    let staying: Vec<u32> = program.own().filter(|it| plan.is_in_start(*it)).collect();
    let mut places = Places::moved(program, staying.iter().copied());

    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(program.octets) {
        let payload = payload?;
        match payload {
            Payload::ImportSection(section) => {
                module.section(&places.imports(section, ASK, program.type_of(&[])?)?);
            }
            Payload::FunctionSection(_) => {
                let mut functions = FunctionSection::new();
                for function in &staying {
                    functions.function(program.types[*function as usize]);
                }
                module.section(&functions);
            }
            Payload::TableSection(section) => {
                let mut tables = TableSection::new();
                places.parse_table_section(&mut tables, section)?;
                tables.table(plan.table());
                module.section(&tables);
            }
            Payload::ExportSection(section) => {
                let mut exports = ExportSection::new();
                places.parse_export_section(&mut exports, section)?;
                exports.export(TABLE, ExportKind::Table, program.tables());
                module.section(&exports);
            }
            Payload::StartSection { func, .. } => {
                let function_index = places.function_index(func)?;
                module.section(&StartSection { function_index });
            }
            Payload::ElementSection(_) => {
                module.section(&stands(program, plan, &places)?);
            }
            Payload::CodeSectionStart { .. } => {
                let mut code = CodeSection::new();
                for function in &staying {
                    match plan.stubs.get(function) {
                        Some(place) => {
                            code.function(&stub(program, *function, *place, ask));
                        }
                        None => {
                            let body = program.body(*function).clone();
                            places.parse_function_body(&mut code, body)?;
                        }
                    }
                }
                module.section(&code);
            }
            // Names are of no use any more.
            Payload::CodeSectionEntry(_) | Payload::CustomSection(_) => {}
            other => copy(&mut module, program.octets, &other)?,
        }
    }
    Ok(module.finish())
}

/// Fills the tables: those of the whole as they were, with stubs in the place of late functions, and the table of both with
/// what late functions call.
fn stands(program: &Program<'_>, plan: &Plan, places: &Places) -> anyhow::Result<ElementSection> {
    let table = program.tables();
    let shared = plan
        .shared
        .iter()
        .map(|(&function, &index)| (function, Place { table, index }));
    let all = program.in_tables.iter().copied().chain(shared);
    let filled = all.map(|(function, place)| Some((place, *places.0.get(&function)?)));
    let filled: Option<BTreeMap<Place, u32>> = filled.collect();
    in_runs(filled.context("what stands in a table is in the start")?)
}

/// Asks for the late functions, and goes on to the one that stands in that place by then.
fn stub(program: &Program<'_>, function: u32, place: Place, ask: u32) -> Function {
    let mut stub = Function::new([]);
    let mut instructions = stub.instructions();
    instructions.call(ask);
    for parameter in 0..program.parameters(function) {
        instructions.local_get(parameter);
    }
    instructions.i32_const(place.index as i32);
    instructions.call_indirect(place.table, program.types[function as usize]);
    instructions.end();
    stub
}

/// Where functions are in a program that imports one more.
pub(super) struct Places(BTreeMap<u32, u32>);

impl Places {
    /// Those of the functions that are imported, and of these of its own.
    pub(super) fn moved(program: &Program<'_>, own: impl Iterator<Item = u32>) -> Self {
        let imported = (0..program.imported).map(|it| (it, it));
        Self(imported.chain(own.zip(program.imported + 1..)).collect())
    }

    /// What is imported, and the one function more, of this name and type.
    pub(super) fn imports(
        &mut self,
        section: ImportSectionReader<'_>,
        name: &str,
        kind: u32,
    ) -> anyhow::Result<ImportSection> {
        let mut imports = ImportSection::new();
        for import in section.into_imports() {
            let import = import?;
            imports.import(import.module, import.name, self.entity_type(import.ty)?);
        }
        imports.import(MODULE, name, EntityType::Function(kind));
        Ok(imports)
    }
}

impl Reencode for Places {
    type Error = Missing;

    fn function_index(&mut self, index: u32) -> Result<u32, Error<Missing>> {
        self.0.get(&index).copied().ok_or(Error::UserError(Missing))
    }
}

/// A function is meant that went away.
#[derive(Debug)]
pub(super) struct Missing;

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the start calls a function that it has neither itself nor a stub for")
    }
}

impl std::error::Error for Missing {}
