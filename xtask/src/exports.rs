//! Takes exports out of a program in WebAssembly. Whatever an export reaches is needed from the start, as far as a splitter
//! can tell; those that one half of a program made for its other half, as Rust for C, nobody else calls.

use wasm_encoder::{ExportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// The same program without the exports of these names. All else stays, byte for byte.
pub(crate) fn without(program: &[u8], is_inner: impl Fn(&str) -> bool) -> anyhow::Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(program) {
        let payload = payload?;
        if let Payload::ExportSection(exports) = payload {
            let mut kept = ExportSection::new();
            for export in exports {
                let export = export?;
                if !is_inner(export.name) {
                    kept.export(export.name, export.kind.into(), export.index);
                }
            }
            module.section(&kept);
        } else {
            copy(&mut module, program, &payload)?;
        }
    }
    Ok(module.finish())
}

/// Takes a section over as it is.
pub(crate) fn copy(
    module: &mut Module,
    program: &[u8],
    payload: &Payload<'_>,
) -> anyhow::Result<()> {
    if let Some((id, range)) = payload.as_section() {
        let (start, end) = (usize::try_from(range.start)?, usize::try_from(range.end)?);
        let data = &program[start..end];
        module.section(&RawSection { id, data });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{ExportKind, GlobalSection, GlobalType, ValType};

    #[test]
    fn only_the_named_exports_go() {
        let mut globals = GlobalSection::new();
        let number = GlobalType {
            val_type: ValType::I32,
            mutable: false,
            shared: false,
        };
        globals.global(number, &wasm_encoder::ConstExpr::i32_const(7));
        let program = |names: &[&str]| {
            let mut exports = ExportSection::new();
            for name in names {
                exports.export(name, ExportKind::Global, 0);
            }
            let mut module = Module::new();
            module.section(&globals).section(&exports);
            module.finish()
        };
        let all = program(&["main", "sqlite3_os_init", "memory"]);
        let left = without(&all, |name| name.starts_with("sqlite3_")).expect("it is a program");
        assert_eq!(left, program(&["main", "memory"]));
        assert!(without(b"no program", |_| false).is_err());
    }
}
