//! Shortens the names by which a program in WebAssembly and its JavaScript know each other. wasm-bindgen ends each with
//! sixteen digits of a hash, which no compression makes smaller, in both files.

use crate::exports;
use anyhow::ensure;
use std::collections::{BTreeMap, BTreeSet};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ImportSection, Module};
use wasmparser::{Parser, Payload};

/// How wasm-bindgen begins the name of what is imported.
const PREFIX: &str = "__wbg_";
/// How many digits it ends it with.
const DIGITS: usize = 16;

/// The JavaScript and the program with shorter names. All else stays.
pub(crate) fn shortened(glue: &str, program: &[u8]) -> anyhow::Result<(String, Vec<u8>)> {
    let names = short_names(program)?;
    let text = replaced(glue, &names);
    for long in names.keys() {
        ensure!(
            glue.contains(long.as_str()),
            "the JavaScript does not name {long}"
        );
    }
    Ok((text, renamed(program, &names)?))
}

/// The short name of each import that ends with a hash: without it where that leaves it a name of its own, else with a
/// number.
fn short_names(program: &[u8]) -> anyhow::Result<BTreeMap<String, String>> {
    let mut all = Vec::new();
    for payload in Parser::new(0).parse_all(program) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                all.push(import?.name);
            }
        }
    }
    let without_hash = all.iter().filter(|name| stem(name).is_none());
    let mut taken: BTreeSet<String> = without_hash.map(|&name| name.to_owned()).collect();
    let mut names = BTreeMap::new();
    for name in all {
        let Some(stem) = stem(name) else { continue };
        let mut short = stem.to_owned();
        let mut number = 1;
        while !taken.insert(short.clone()) {
            number += 1;
            short = format!("{stem}_{number}");
        }
        names.insert(name.to_owned(), short);
    }
    Ok(names)
}

/// What stands before the hash.
fn stem(name: &str) -> Option<&str> {
    let (stem, digits) = name.rsplit_once('_')?;
    let is_hash = digits.len() == DIGITS && digits.bytes().all(|it| it.is_ascii_hexdigit());
    (is_hash && name.starts_with(PREFIX)).then_some(stem)
}

/// The text with each whole word that has a short name in that.
fn replaced(text: &str, names: &BTreeMap<String, String>) -> String {
    let is_in_word = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '$';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_in_word) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|it| !is_in_word(it)).unwrap_or(from.len());
        let (word, behind) = from.split_at(end);
        out.push_str(before);
        out.push_str(names.get(word).map_or(word, String::as_str));
        rest = behind;
    }
    out.push_str(rest);
    out
}

fn renamed(program: &[u8], names: &BTreeMap<String, String>) -> anyhow::Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(program) {
        let payload = payload?;
        if let Payload::ImportSection(section) = payload {
            let mut imports = ImportSection::new();
            for import in section.into_imports() {
                let import = import?;
                let name = names.get(import.name).map_or(import.name, String::as_str);
                let kind = RoundtripReencoder.entity_type(import.ty)?;
                imports.import(import.module, name, kind);
            }
            module.section(&imports);
        } else {
            exports::copy(&mut module, program, &payload)?;
        }
    }
    Ok(module.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{EntityType, TypeSection};

    fn importing(names: &[&str]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        for name in names {
            imports.import("./page_bg.js", name, EntityType::Function(0));
        }
        let mut module = Module::new();
        module.section(&types).section(&imports);
        module.finish()
    }

    #[test]
    fn a_hash_goes_on_both_sides_and_two_of_one_name_stay_apart() {
        let long = [
            "__wbg_new_0123456789abcdef",
            "__wbg_new_fedcba9876543210",
            "__wbg_get_00000000000000ff",
            "__wbindgen_throw_0123456789abcdef",
            "__wbg_get_short",
            "__wbg_set_2",
            "__wbg_set_0000000000000001",
            "__wbg_set_0000000000000002",
        ];
        let glue = "({ __wbg_new_0123456789abcdef: f, __wbg_new_fedcba9876543210: g,\n\
            __wbg_get_00000000000000ff(x) { return x; }, a__wbg_get_00000000000000ff: 1, __wbg_get_short: 2,\n\
            __wbg_set_2: 3, __wbg_set_0000000000000001: 4, __wbg_set_0000000000000002: 5 })";
        let (text, program) = shortened(glue, &importing(&long)).expect("they name each other");
        let expected = "({ __wbg_new: f, __wbg_new_2: g,\n\
            __wbg_get(x) { return x; }, a__wbg_get_00000000000000ff: 1, __wbg_get_short: 2,\n\
            __wbg_set_2: 3, __wbg_set: 4, __wbg_set_3: 5 })";
        assert_eq!(text, expected);
        let short = [
            "__wbg_new",
            "__wbg_new_2",
            "__wbg_get",
            "__wbindgen_throw_0123456789abcdef",
            "__wbg_get_short",
            "__wbg_set_2",
            "__wbg_set",
            "__wbg_set_3",
        ];
        assert_eq!(program, importing(&short));
    }

    #[test]
    fn what_only_the_program_names_is_an_error() {
        let program = importing(&["__wbg_new_0123456789abcdef"]);
        assert!(shortened("({})", &program).is_err());
        assert!(shortened("({})", b"no program").is_err());
    }
}
