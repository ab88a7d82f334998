//! A program that tells which of its functions ran: each begins with a call of the page's, with its number.

use super::RAN;
use super::program::Program;
use super::start::Places;
use crate::exports::copy;
use wasm_encoder::reencode::Reencode;
use wasm_encoder::{
    CodeSection, ElementSection, ExportSection, Function, FunctionSection, Instruction, Module,
    StartSection,
};
use wasmparser::{Parser, Payload, ValType};

/// The same program, which also imports what counts. Numbers are those that functions had before.
pub(crate) fn counted(octets: &[u8]) -> anyhow::Result<Vec<u8>> {
    let program = Program::read(octets)?;
    let ran = program.imported;
    let mut places = Places::moved(&program, program.own());
    let mut code = CodeSection::new();
    for function in program.own() {
        let body = program.body(function);
        let mut counted: Function = places.new_function_with_parsed_locals(body)?;
        counted.instruction(&Instruction::I32Const(i32::try_from(function)?));
        counted.instruction(&Instruction::Call(ran));
        for operator in body.get_operators_reader()? {
            counted.instruction(&places.instruction(operator?)?);
        }
        code.function(&counted);
    }

    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(octets) {
        let payload = payload?;
        match payload {
            Payload::ImportSection(section) => {
                let kind = program.type_of(&[ValType::I32])?;
                module.section(&places.imports(section, RAN, kind)?);
            }
            Payload::FunctionSection(section) => {
                let mut functions = FunctionSection::new();
                places.parse_function_section(&mut functions, section)?;
                module.section(&functions);
            }
            Payload::ExportSection(section) => {
                let mut exports = ExportSection::new();
                places.parse_export_section(&mut exports, section)?;
                module.section(&exports);
            }
            Payload::StartSection { func, .. } => {
                let function_index = places.function_index(func)?;
                module.section(&StartSection { function_index });
            }
            Payload::ElementSection(section) => {
                let mut elements = ElementSection::new();
                places.parse_element_section(&mut elements, section)?;
                module.section(&elements);
            }
            Payload::CodeSectionStart { .. } => {
                module.section(&code);
            }
            Payload::CodeSectionEntry(_) | Payload::CustomSection(_) => {}
            other => copy(&mut module, octets, &other)?,
        }
    }
    Ok(module.finish())
}
