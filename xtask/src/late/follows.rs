//! The half of a program that follows: its late functions. They have no memory, no table and no global of their own.

use super::program::{Kind, Program};
use super::{PROGRAM, Place, Plan, TABLE, in_runs};
use anyhow::Context;
use std::collections::BTreeMap;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ElementSection, EntityType, Function, FunctionSection, ImportSection, Instruction,
    Module, TypeSection,
};
use wasmparser::{FromReader, Operator, Parser, Payload, SectionLimited};

/// Encodes it.
pub(super) fn encoded(program: &Program<'_>, plan: &Plan) -> anyhow::Result<Vec<u8>> {
    let places: BTreeMap<u32, u32> = plan.late.iter().copied().zip(0..).collect();
    let mut functions = FunctionSection::new();
    let mut code = CodeSection::new();
    for &function in &plan.late {
        functions.function(program.types[function as usize]);
        code.function(&moved(program, plan, &places, function)?);
    }
    let (types, imports) = shared(program, plan)?;
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports)
        .section(&functions)
        .section(&stands(program, plan, &places)?)
        .section(&code);
    Ok(module.finish())
}

/// The types of the whole, and what of it is imported besides functions, in its own order: all indices stay.
fn shared(program: &Program<'_>, plan: &Plan) -> anyhow::Result<(TypeSection, ImportSection)> {
    let mut types = TypeSection::new();
    let mut imports = ImportSection::new();
    for payload in Parser::new(0).parse_all(program.octets) {
        match payload? {
            Payload::TypeSection(section) => {
                RoundtripReencoder.parse_type_section(&mut types, section)?;
            }
            Payload::TableSection(section) => {
                import(program, &mut imports, Kind::Table, section, |table| {
                    Ok(RoundtripReencoder.table_type(table.ty)?.into())
                })?;
            }
            Payload::MemorySection(section) => {
                import(program, &mut imports, Kind::Memory, section, |memory| {
                    Ok(RoundtripReencoder.memory_type(memory)?.into())
                })?;
            }
            Payload::GlobalSection(section) => {
                import(program, &mut imports, Kind::Global, section, |global| {
                    Ok(RoundtripReencoder.global_type(global.ty)?.into())
                })?;
            }
            _ => {}
        }
    }
    // Behind the program's own tables.
    imports.import(PROGRAM, TABLE, plan.table());
    Ok((types, imports))
}

/// Imports all that the program has of a kind.
fn import<'a, T: FromReader<'a>>(
    program: &Program<'_>,
    imports: &mut ImportSection,
    kind: Kind,
    section: SectionLimited<'a, T>,
    entity: impl Fn(T) -> anyhow::Result<EntityType>,
) -> anyhow::Result<()> {
    for (index, item) in section.into_iter().enumerate() {
        let name = program.exports.get(&(kind, u32::try_from(index)?));
        let name = name.context("the program does not export what its late functions share")?;
        imports.import(PROGRAM, name, entity(item?)?);
    }
    Ok(())
}

/// Puts the late functions in the places that the start's stubs go on to.
fn stands(
    program: &Program<'_>,
    plan: &Plan,
    places: &BTreeMap<u32, u32>,
) -> anyhow::Result<ElementSection> {
    let in_both = plan
        .stubs
        .iter()
        .map(|(&function, &place)| (function, place));
    let all = program.in_tables.iter().copied().chain(in_both);
    let stands: BTreeMap<Place, u32> = all
        .filter_map(|(function, place)| Some((place, *places.get(&function)?)))
        .collect();
    in_runs(stands)
}

/// A late function as it is among the others: what stays in the start is called through the table of both.
fn moved(
    program: &Program<'_>,
    plan: &Plan,
    places: &BTreeMap<u32, u32>,
    function: u32,
) -> anyhow::Result<Function> {
    let body = program.body(function);
    let same = &mut RoundtripReencoder;
    let mut moved = same.new_function_with_parsed_locals(body)?;
    for operator in body.get_operators_reader()? {
        match operator? {
            Operator::Call { function_index } => match places.get(&function_index) {
                Some(place) => {
                    moved.instruction(&Instruction::Call(*place));
                }
                None => {
                    let place = plan.shared.get(&function_index);
                    let place = place.context("a late function calls what is nowhere")?;
                    moved.instruction(&Instruction::I32Const(i32::try_from(*place)?));
                    moved.instruction(&Instruction::CallIndirect {
                        type_index: program.types[function_index as usize],
                        table_index: program.tables(),
                    });
                }
            },
            other => {
                moved.instruction(&same.instruction(other)?);
            }
        }
    }
    Ok(moved)
}
