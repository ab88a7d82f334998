//! The JavaScript that fetches the parts of a program: the splitter's, put into wasm-bindgen's, so that the program at the
//! start is fetched with no file more than before.
//!
//! Only exact places are touched; a missing one is an error, as when a new version of either tool writes otherwise.

use crate::late::{ASK, MODULE, RAN};
use anyhow::ensure;
use std::fmt::Write as _;

/// What the splitter begins with. Both end up in one module.
const IMPORT_OF_MAIN: &str = "import { initSync } from \"./main.js\";\n";

/// How the splitter fetches.
const FETCH: &str = "fetch(new URL(";

/// How the splitter exports what loads one part, before the part's name.
const EXPORT: &str = "export const __wasm_split_load_";

/// How wasm-bindgen imports the loader: once for each part, with a number between these.
const IMPORT_START: &str = "import * as import";
const IMPORT_END: &str = " from \"./loader.js\"";

/// Fetches a part. Its type is set here, as not every host knows WebAssembly's; what is not there is an error, whatever
/// the host sends in its place.
const FETCH_PART: &str = "\
async function fetchPart(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
    return new Response(response.body, { headers: { 'Content-Type': 'application/wasm' } });
}
";

/// One module of wasm-bindgen's and of the splitter's.
pub(crate) fn joined(glue: &str, loader: &str) -> anyhow::Result<String> {
    ensure!(
        loader.matches(IMPORT_OF_MAIN).count() == 1,
        "the splitter's loader must import the main part once"
    );
    ensure!(
        loader.contains(FETCH) && loader.contains(EXPORT),
        "the splitter's loader must fetch and export"
    );
    let mut joined = String::new();
    let mut imports = Vec::new();
    for line in glue.lines() {
        let imported = line.strip_prefix(IMPORT_START);
        match imported.and_then(|rest| rest.strip_suffix(IMPORT_END)) {
            Some(number) => imports.push(number),
            None => {
                let _ = writeln!(joined, "{line}");
            }
        }
    }
    ensure!(
        !imports.is_empty(),
        "wasm-bindgen must import the splitter's loader"
    );
    let exported: Vec<String> = loader
        .lines()
        .filter_map(|line| line.strip_prefix(EXPORT)?.split_once(' '))
        .map(|(part, _)| format!("__wasm_split_load_{part}"))
        .collect();
    joined += &loader
        .replace(IMPORT_OF_MAIN, "")
        .replace(FETCH, "fetchPart(new URL(");
    joined += FETCH_PART;
    for number in imports {
        let _ = writeln!(
            joined,
            "const import{number} = {{ {} }};",
            exported.join(", ")
        );
    }
    Ok(joined)
}

/// The same, with a part's new place wherever its old name is the whole address.
pub(crate) fn with_part(glue: &str, old: &str, new: &str) -> anyhow::Result<String> {
    let (old, new) = (format!("\"./{old}\""), format!("\"./{new}\""));
    ensure!(
        glue.matches(&old).count() == 1,
        "the page's JavaScript must name {old} once"
    );
    Ok(glue.replace(&old, &new))
}

/// How the splitter's loader begins to load what a part needs.
const NEEDED: &str = "const parallelStuff = deps.map(d => d());";
const NEEDED_AND_LATE: &str = "const parallelStuff = [...deps, loadLate].map(d => d());";

/// Where wasm-bindgen lists what the program imports.
const IMPORTS: &str = "        __proto__: null,\n        \"./main-part_bg.js\": import0,\n";

/// Where wasm-bindgen starts the program.
const START: &str = "    return __wbg_finalize_init(instance, module);\n}\n\nexport";
const LATE_AND_START: &str = "    await lateBeforeStart(instance);\n    return __wbg_finalize_init(instance, module);\n}\n\nexport";

/// Loads the late functions: with the first part, or at once where one of them is called before.
const LOAD_LATE: &str = include_str!("late/load.js");
/// Tells which functions ran.
const COUNT: &str = include_str!("late/count.js");

/// The same, with what loads the program's late functions. All parts may call them, and wait for them.
pub(crate) fn with_late(glue: &str) -> anyhow::Result<String> {
    let mut glue = with_import(glue, ASK)?;
    for (place, with_late) in [(NEEDED, NEEDED_AND_LATE), (START, LATE_AND_START)] {
        ensure!(
            glue.matches(place).count() == 1,
            "the program's JavaScript must have {place} once"
        );
        glue = glue.replace(place, with_late);
    }
    Ok(glue + LOAD_LATE)
}

/// The same, with what tells which functions of a counted program of that name ran.
pub(crate) fn with_counts(glue: &str, name: &str) -> anyhow::Result<String> {
    Ok(with_import(glue, RAN)? + &COUNT.replace("PROGRAM", name))
}

/// The same, with a function of this name that the program imports.
fn with_import(glue: &str, name: &str) -> anyhow::Result<String> {
    ensure!(
        glue.matches(IMPORTS).count() == 1,
        "the program's JavaScript must have {IMPORTS} once"
    );
    let imports = format!("{IMPORTS}        \"{MODULE}\": {{ {name} }},\n");
    Ok(glue.replace(IMPORTS, &imports))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "\
import * as import1 from \"./loader.js\"
import * as import2 from \"./loader.js\"
const imports = { './loader.js': import1 };
";

    const LOADER: &str = "\
import { initSync } from \"./main.js\";

const shared = () => initSync();
const chunk = load(() => fetch(new URL(\"./chunk_3.wasm\", import.meta.url)));
export const __wasm_split_load_token = load(() => fetch(new URL(\"./split_token.wasm\", import.meta.url)), [chunk]);
export const __wasm_split_load_cookie = load(() => fetch(new URL(\"./split_cookie.wasm\", import.meta.url)), [chunk]);
";

    #[test]
    fn one_module_imports_nothing_and_knows_what_loads_each_part() {
        let joined = joined(GLUE, LOADER).expect("both are as the tools write them");
        assert!(
            !joined.contains("import {") && !joined.contains("import *"),
            "{joined}"
        );
        assert!(!joined.contains(" fetch(new"), "{joined}");
        for import in ["import1", "import2"] {
            let defined = format!(
                "const {import} = {{ __wasm_split_load_token, __wasm_split_load_cookie }};\n"
            );
            assert!(joined.contains(&defined), "{joined}");
        }
    }

    #[test]
    fn what_a_tool_writes_otherwise_is_an_error() {
        for (glue, loader) in [
            (GLUE, ""),
            ("", LOADER),
            (GLUE, &LOADER.replace("./main.js", "./other.js")),
            (GLUE, &LOADER.replace("fetch(", "load(")),
            (GLUE, &LOADER.replace("export ", "")),
            (&GLUE.replace("./loader.js", "./other.js"), LOADER),
        ] {
            assert!(joined(glue, loader).is_err(), "{glue}{loader}");
        }
    }

    #[test]
    fn late_functions_are_imported_and_loaded_with_the_first_part() {
        let glue = format!("{IMPORTS}{NEEDED}\n{START}");
        let late = with_late(&glue).expect("both places are there");
        assert!(late.contains("\"late\": { ask },"), "{late}");
        assert!(late.contains("[...deps, loadLate]"), "{late}");
        assert!(late.contains("await lateBeforeStart(instance);"), "{late}");
        for place in [IMPORTS, NEEDED, START] {
            assert!(with_late(&glue.replace(place, "")).is_err());
        }
        let counting = with_counts(&glue, "page").expect("the place is there");
        assert!(counting.contains("\"late\": { ran },"), "{counting}");
        assert!(counting.contains("program: \"page\""), "{counting}");
    }

    #[test]
    fn a_part_gets_its_name_once() {
        let named = with_part(LOADER, "split_token.wasm", "parts/token-1f.wasm");
        let named = named.expect("it is named");
        assert!(named.contains("URL(\"./parts/token-1f.wasm\", "), "{named}");
        assert!(!named.contains("split_token"), "{named}");
        assert!(with_part(&named, "split_token.wasm", "x.wasm").is_err());
    }
}
