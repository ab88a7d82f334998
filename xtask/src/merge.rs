//! Makes one module of WebAssembly of several that the splitter took out of one program: they import what all of it shares,
//! and reach each other through the table of functions alone.

use anyhow::bail;
use std::fmt;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, DataCountSection, DataSection, ElementSection, FunctionSection, ImportSection,
    Module, TypeSection,
};
use wasmparser::{Import, Parser, Payload, TypeRef};

/// One module that does what all of these do.
pub(crate) fn merged(modules: &[Vec<u8>]) -> anyhow::Result<Vec<u8>> {
    let mut merging = Merging::default();
    for module in modules {
        merging.take_in(module)?;
    }
    let count = DataCountSection {
        count: merging.data.len(),
    };
    let mut module = Module::new();
    module
        .section(&merging.types)
        .section(&merging.imports)
        .section(&merging.functions)
        .section(&merging.elements)
        .section(&count)
        .section(&merging.code)
        .section(&merging.data);
    Ok(module.finish())
}

/// What has been taken in so far.
#[derive(Default)]
struct Merging {
    types: TypeSection,
    imports: ImportSection,
    functions: FunctionSection,
    elements: ElementSection,
    code: CodeSection,
    data: DataSection,
    places: Places,
}

impl Merging {
    fn take_in(&mut self, module: &[u8]) -> anyhow::Result<()> {
        self.places.first_type = self.types.len();
        self.places.first_function = self.functions.len();
        self.places.first_element = self.elements.len();
        self.places.first_datum = self.data.len();
        for shared in self.places.shared() {
            shared.own.clear();
        }
        for payload in Parser::new(0).parse_all(module) {
            self.take_in_section(payload?)?;
        }
        Ok(())
    }

    fn take_in_section(&mut self, payload: Payload<'_>) -> anyhow::Result<()> {
        let places = &mut self.places;
        match payload {
            Payload::TypeSection(section) => places.parse_type_section(&mut self.types, section)?,
            Payload::FunctionSection(section) => {
                places.parse_function_section(&mut self.functions, section)?;
            }
            Payload::ElementSection(section) => {
                places.parse_element_section(&mut self.elements, section)?;
            }
            Payload::CodeSectionEntry(body) => places.parse_function_body(&mut self.code, body)?,
            Payload::DataSection(section) => places.parse_data_section(&mut self.data, section)?,
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    self.import(&import?)?;
                }
            }
            // The splitter writes one without any.
            Payload::ExportSection(section) if section.count() == 0 => {}
            // Names and features say nothing that is needed.
            Payload::Version { .. }
            | Payload::DataCountSection { .. }
            | Payload::CodeSectionStart { .. }
            | Payload::CustomSection(_)
            | Payload::End(_) => {}
            other => bail!("a part has what can't be merged: {other:?}"),
        }
        Ok(())
    }

    fn import(&mut self, import: &Import<'_>) -> anyhow::Result<()> {
        let places = &mut self.places;
        let shared = match import.ty {
            TypeRef::Memory(_) => &mut places.memories,
            TypeRef::Table(_) => &mut places.tables,
            TypeRef::Global(_) => &mut places.globals,
            other => bail!("a part imports {}, a {other:?}", import.name),
        };
        if shared.add(import) {
            let kind = places.entity_type(import.ty)?;
            self.imports.import(import.module, import.name, kind);
        }
        Ok(())
    }
}

/// Where what the module has that is being taken in stands in the whole.
#[derive(Default)]
struct Places {
    first_type: u32,
    first_function: u32,
    first_element: u32,
    first_datum: u32,
    memories: Shared,
    tables: Shared,
    globals: Shared,
}

impl Places {
    const fn shared(&mut self) -> [&mut Shared; 3] {
        [&mut self.memories, &mut self.tables, &mut self.globals]
    }
}

impl Reencode for Places {
    type Error = NotImported;

    fn type_index(&mut self, index: u32) -> Result<u32, Error<NotImported>> {
        Ok(self.first_type + index)
    }

    fn function_index(&mut self, index: u32) -> Result<u32, Error<NotImported>> {
        Ok(self.first_function + index)
    }

    fn element_index(&mut self, index: u32) -> Result<u32, Error<NotImported>> {
        Ok(self.first_element + index)
    }

    fn data_index(&mut self, index: u32) -> Result<u32, Error<NotImported>> {
        Ok(self.first_datum + index)
    }

    fn memory_index(&mut self, index: u32) -> Result<u32, Error<NotImported>> {
        self.memories.index(index)
    }

    fn table_index(&mut self, index: u32) -> Result<u32, Error<NotImported>> {
        self.tables.index(index)
    }

    fn global_index(&mut self, index: u32) -> Result<u32, Error<NotImported>> {
        self.globals.index(index)
    }
}

/// What is imported of one kind: by the whole, and by the module that is being taken in.
#[derive(Default)]
struct Shared {
    whole: Vec<(String, String)>,
    own: Vec<u32>,
}

impl Shared {
    /// Takes one import in. Whether it is new to the whole.
    fn add(&mut self, import: &Import<'_>) -> bool {
        let name = (import.module.to_owned(), import.name.to_owned());
        let known = self.whole.iter().position(|it| *it == name);
        let index = known.unwrap_or(self.whole.len());
        self.own.push(u32::try_from(index).unwrap_or(u32::MAX));
        if known.is_none() {
            self.whole.push(name);
        }
        known.is_none()
    }

    fn index(&self, own: u32) -> Result<u32, Error<NotImported>> {
        let index = self.own.get(own as usize).copied();
        index.ok_or(Error::UserError(NotImported))
    }
}

/// A memory, table or global that a module has for itself.
#[derive(Debug)]
struct NotImported;

impl fmt::Display for NotImported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a part has a memory, table or global of its own")
    }
}

impl std::error::Error for NotImported {}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        ConstExpr, Elements, EntityType, ExportKind, ExportSection, Function, GlobalType,
        MemoryType, RefType, TableType, ValType,
    };
    use wasmparser::Validator;

    const fn memory() -> EntityType {
        EntityType::Memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        })
    }

    const fn table() -> EntityType {
        EntityType::Table(TableType {
            element_type: RefType::FUNCREF,
            minimum: 9,
            maximum: None,
            table64: false,
            shared: false,
        })
    }

    const fn global() -> EntityType {
        EntityType::Global(GlobalType {
            val_type: ValType::I32,
            mutable: false,
            shared: false,
        })
    }

    /// A part as the splitter makes them: two functions of this type, of which the second calls the first and stands in
    /// the table, and a datum.
    fn part(imports: &[(&str, EntityType)], parameters: usize, slot: i32, datum: &[u8]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function(vec![ValType::I32; parameters], []);
        let mut imported = ImportSection::new();
        for (name, kind) in imports {
            imported.import("shared", name, *kind);
        }
        let mut functions = FunctionSection::new();
        functions.function(1).function(1);
        let mut elements = ElementSection::new();
        let at = ConstExpr::i32_const(slot);
        elements.active(Some(0), &at, Elements::Functions([1_u32].as_slice().into()));
        let mut code = CodeSection::new();
        let mut first = Function::new([]);
        first.instructions().end();
        let mut second = Function::new([]);
        for parameter in 0..parameters {
            second.instructions().local_get(parameter as u32);
        }
        second.instructions().call(0).end();
        code.function(&first).function(&second);
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(slot), datum.iter().copied());
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imported)
            .section(&functions)
            .section(&elements)
            .section(&code)
            .section(&data);
        module.finish()
    }

    #[test]
    fn what_each_part_has_is_in_the_whole_and_what_they_share_is_imported_once() {
        let whole = merged(&[
            part(&[("memory", memory()), ("table", table())], 1, 3, b"one"),
            part(
                &[("table", table()), ("base", global()), ("memory", memory())],
                2,
                5,
                b"two",
            ),
        ])
        .expect("they are parts");
        Validator::new().validate_all(&whole).expect("a module");
        let mut seen = Vec::new();
        for payload in Parser::new(0).parse_all(&whole) {
            match payload.expect("a section") {
                Payload::ImportSection(section) => {
                    let imports = section.into_imports().map(|it| it.expect("an import").name);
                    seen.extend(imports.map(str::to_owned));
                }
                Payload::FunctionSection(section) => {
                    let types = section.into_iter().map(|it| it.expect("a function"));
                    seen.extend(types.map(|index| index.to_string()));
                }
                Payload::DataSection(section) => {
                    let data = section.into_iter().map(|it| it.expect("a datum").data);
                    seen.extend(data.map(|it| String::from_utf8_lossy(it).into_owned()));
                }
                Payload::ElementSection(section) => {
                    for element in section {
                        let element = element.expect("an element");
                        if let wasmparser::ElementItems::Functions(functions) = element.items {
                            let functions = functions.into_iter().map(|it| it.expect("one"));
                            seen.extend(functions.map(|index| format!("in the table {index}")));
                        }
                    }
                }
                _ => {}
            }
        }
        let expected = [
            "memory",
            "table",
            "base",
            "1",
            "1",
            "3",
            "3",
            "in the table 1",
            "in the table 3",
            "one",
            "two",
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn what_is_no_part_is_an_error() {
        assert!(merged(&[b"no module".to_vec()]).is_err());
        let function = part(&[("f", EntityType::Function(0))], 1, 0, b"");
        assert!(merged(&[function]).is_err(), "it imports a function");
        let own = part(&[], 1, 0, b"");
        assert!(merged(&[own]).is_err(), "its table is its own");
        let mut exports = ExportSection::new();
        exports.export("f", ExportKind::Func, 0);
        let mut module = Module::new();
        module.section(&exports);
        assert!(merged(&[module.finish()]).is_err(), "it exports something");
    }
}
