use super::*;
use wasm_encoder::{
    CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection, GlobalSection,
    GlobalType, ImportSection, MemorySection, MemoryType, Module, NameMap, NameSection,
    TableSection, TypeSection, ValType,
};
use wasmparser::{Parser, Payload, Validator};

/// Those that are late, by the program's numbers: `far`, in the table; `deep`, which only `far` calls; `cold`, which `main`
/// calls; and `short`.
const LATE: [&str; 4] = ["far", "deep", "cold", "short"];

/// Imports `js`; has `main`, exported, which calls `cold` and `short`, and `shared`, which `deep` calls.
fn program() -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([], []);
    types.ty().function([ValType::I32], [ValType::I32]);
    types.ty().function([ValType::I32], []);
    let mut imports = ImportSection::new();
    imports.import("page", "js", EntityType::Function(0));
    let mut functions = FunctionSection::new();
    let mut code = CodeSection::new();
    let mut names = NameMap::new();
    names.append(0, "js");
    let mut add = |name: &str, calls: &[u32], is_long: bool| {
        functions.function(1);
        let mut body = Function::new([(1, ValType::I64)]);
        let mut instructions = body.instructions();
        instructions.local_get(0);
        for &called in calls {
            instructions.call(called);
        }
        if is_long {
            instructions.global_get(0).i32_add();
            for _ in 0..STUB_OCTETS {
                instructions.nop();
            }
        }
        instructions.end();
        code.function(&body);
        names.append(functions.len(), name);
    };
    add("main", &[4, 6, 0], true);
    add("far", &[3], true);
    add("deep", &[5, 0], true);
    add("cold", &[], true);
    add("shared", &[], true);
    add("short", &[], false);
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 3,
        maximum: Some(3),
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut globals = GlobalSection::new();
    let number = GlobalType {
        val_type: ValType::I32,
        mutable: true,
        shared: false,
    };
    globals.global(number, &ConstExpr::i32_const(7));
    let mut exports = ExportSection::new();
    exports.export("main", ExportKind::Func, 1);
    exports.export("memory", ExportKind::Memory, 0);
    exports.export("functions", ExportKind::Table, 0);
    exports.export("stack", ExportKind::Global, 0);
    let mut elements = ElementSection::new();
    let listed = [5_u32, 2];
    elements.active(
        None,
        &ConstExpr::i32_const(1),
        Elements::Functions(listed.as_slice().into()),
    );
    let mut named = NameSection::new();
    named.functions(&names);
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports)
        .section(&functions)
        .section(&tables)
        .section(&memories)
        .section(&globals)
        .section(&exports)
        .section(&elements)
        .section(&code)
        .section(&named);
    module.finish()
}

/// What is imported and exported, how many functions there are, and what is put where.
fn seen(module: &[u8]) -> Vec<String> {
    Validator::new().validate_all(module).expect("a module");
    let mut seen = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload.expect("a section") {
            Payload::ImportSection(section) => seen.extend(section.into_imports().map(|import| {
                let import = import.expect("an import");
                format!("imports {}.{}", import.module, import.name)
            })),
            Payload::FunctionSection(section) => seen.push(format!("has {}", section.count())),
            Payload::ExportSection(section) => seen.extend(section.into_iter().map(|export| {
                let export = export.expect("an export");
                format!("exports {} {}", export.name, export.index)
            })),
            Payload::ElementSection(section) => {
                for element in section {
                    let filled = program::filled(element.expect("an element"));
                    let filled = filled.expect("functions").into_iter();
                    seen.extend(filled.map(|(function, Place { table, index })| {
                        format!("{function} in {table} at {index}")
                    }));
                }
            }
            Payload::CustomSection(section) => seen.push(format!("says {}", section.name())),
            _ => {}
        }
    }
    seen
}

fn late_functions(names: &[&str]) -> LateFunctions {
    let lines: Vec<String> = names.iter().map(|name| list::digest(name)).collect();
    LateFunctions::read(&lines.join("\n")).expect("a list")
}

#[test]
fn both_halves_reach_each_other_through_tables_alone() {
    let halves = split(&program(), &late_functions(&LATE)).expect("it can be split");
    let halves = halves.expect("there are late ones");
    // `main`, a stub for `far`, one for `cold`, `shared`, and `short`, which is no longer than a stub.
    let start = [
        "imports page.js",
        "imports late.ask",
        "has 5",
        "exports main 2",
        "exports memory 0",
        "exports functions 0",
        "exports stack 0",
        "exports late 1",
        "5 in 0 at 1",
        "3 in 0 at 2",
        "0 in 1 at 1",
        "5 in 1 at 2",
    ];
    assert_eq!(seen(&halves.start), start);
    // `far`, `deep`, `cold`: the first and the last take the places that their stubs go on to.
    let late = [
        "imports program.functions",
        "imports program.memory",
        "imports program.stack",
        "imports program.late",
        "has 3",
        "0 in 0 at 2",
        "2 in 1 at 0",
    ];
    assert_eq!(seen(&halves.late), late);
}

#[test]
fn without_late_functions_a_program_stays_whole() {
    let none = late_functions(&["elsewhere"]);
    assert!(split(&program(), &none).expect("it can be read").is_none());
    assert!(split(b"no program", &none).is_err());
}

#[test]
fn a_list_that_fits_the_program_no_longer_is_said_to_be_old() {
    let summary = |list: &[&str]| {
        let halves = split(&program(), &late_functions(list)).expect("it can be split");
        halves.expect("there are late ones").summary
    };
    assert!(!summary(&LATE).contains("list"), "{}", summary(&LATE));
    let old = [LATE[0], "gone", "gone as well", "renamed", "inlined"];
    assert!(
        summary(&old).contains("20 % of their list"),
        "{}",
        summary(&old)
    );
}

#[test]
fn a_list_is_of_digests_and_comments() {
    let with_digits = "a::function::h0123456789abcdef";
    let list = late_functions(&["a::function", "whole::h0123456789abcdef"]);
    assert!(list.has(with_digits) && list.has("a::function"));
    assert!(list.has("whole::h0123456789abcdef"));
    assert!(!list.has("whole::hfedcba9876543210") && !list.has("a::func"));
    assert!(LateFunctions::read("# a comment\n\n").is_ok());
    assert!(LateFunctions::read("a::function").is_err());
}

#[test]
fn a_list_that_is_made_names_what_did_not_run_and_nothing_else() {
    let names = [
        (1, "all::h0123456789abcdef"),
        (2, "all::hfedcba9876543210"),
        (3, "some::h0123456789abcdef"),
        (4, "some::hfedcba9876543210"),
        (5, "none"),
    ];
    let names = names.map(|(number, name)| (number, name.to_owned())).into();
    let text = LateFunctions::of(&names, &BTreeSet::from([4, 5]));
    let list = LateFunctions::read(&text).expect("it can be read");
    let late: Vec<u32> = (1..=5).filter(|it| list.has(&names[it])).collect();
    assert_eq!(late, [1, 2, 3]);
    assert!(list.has("all::h00000000deadbeef"), "another compiler's");
}

#[test]
fn a_counted_program_is_the_same_and_tells() {
    let counted = counted(&program()).expect("it can be read");
    let expected = [
        "imports page.js",
        "imports late.ran",
        "has 6",
        "exports main 2",
        "exports memory 0",
        "exports functions 0",
        "exports stack 0",
        "6 in 0 at 1",
        "3 in 0 at 2",
    ];
    assert_eq!(seen(&counted), expected);
}
