//! The C compiler for SQLite in the browser: a clang with the wasm32 back end, and its llvm-ar.
//!
//! Apple's clang has no such back end, so on a Mac Homebrew's comes first. Variables that the user set are kept.

use super::programs::{is_program, on_path};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use xshell::{Shell, cmd};

/// What the `cc` crate reads for our target.
const COMPILER: &str = "CC_wasm32_unknown_unknown";
const ARCHIVER: &str = "AR_wasm32_unknown_unknown";

/// Versions that distributions add to the names, newest first. Before 11, clang lacked what SQLite's build uses.
const VERSIONS: std::ops::RangeInclusive<u32> = 11..=30;

/// A compiler and the archiver that goes with it.
pub(super) struct WasmClang {
    compiler: PathBuf,
    archiver: PathBuf,
}

/// Finds a pair that works, if there is one.
pub(super) fn find(shell: &Shell) -> Option<WasmClang> {
    let own = |variable| std::env::var_os(variable).map(PathBuf::from);
    let compiler = own(COMPILER).or_else(|| {
        compilers(shell)
            .into_iter()
            .find(|compiler| targets_wasm(shell, compiler))
    })?;
    let archiver = own(ARCHIVER).or_else(|| archiver_for(&compiler))?;
    Some(WasmClang { compiler, archiver })
}

/// The variables that tell the build which ones to use.
pub(super) fn environment(shell: &Shell) -> Vec<(&'static str, OsString)> {
    let Some(found) = find(shell) else {
        return Vec::new();
    };
    vec![
        (COMPILER, found.compiler.into_os_string()),
        (ARCHIVER, found.archiver.into_os_string()),
    ]
}

fn compilers(shell: &Shell) -> Vec<PathBuf> {
    let mut found = Vec::new();
    if cfg!(target_os = "macos")
        && let Ok(prefix) = cmd!(shell, "brew --prefix llvm")
            .quiet()
            .ignore_stderr()
            .read()
    {
        found.push(PathBuf::from(prefix).join("bin/clang"));
    }
    found.extend(on_path(&["clang"]));
    for version in VERSIONS.rev() {
        found.extend(on_path(&[&format!("clang-{version}")]));
    }
    found
}

fn targets_wasm(shell: &Shell, compiler: &Path) -> bool {
    cmd!(shell, "{compiler} --print-targets")
        .quiet()
        .ignore_stderr()
        .read()
        .is_ok_and(|targets| names_wasm32(&targets))
}

fn names_wasm32(targets: &str) -> bool {
    targets
        .lines()
        .any(|line| line.split_whitespace().next() == Some("wasm32"))
}

/// Beside the compiler first, behind its links too: that one is of the same version.
fn archiver_for(compiler: &Path) -> Option<PathBuf> {
    let real = compiler.canonicalize().ok();
    let beside = [Some(compiler), real.as_deref()]
        .into_iter()
        .flatten()
        .filter_map(|compiler| Some(compiler.parent()?.join("llvm-ar")))
        .find(|archiver| is_program(archiver));
    beside.or_else(|| on_path(&["llvm-ar"])).or_else(|| {
        VERSIONS
            .rev()
            .find_map(|version| on_path(&[&format!("llvm-ar-{version}")]))
    })
}

#[cfg(test)]
mod tests {
    use super::names_wasm32;

    #[test]
    fn a_clang_is_ours_if_it_lists_the_target() {
        let clang =
            "  Registered Targets:\n    wasm32     - WebAssembly 32-bit\n    x86-64     - X86";
        assert!(names_wasm32(clang));
        let apple = "  Registered Targets:\n    aarch64    - AArch64\n    x86-64     - X86";
        assert!(!names_wasm32(apple));
    }
}
