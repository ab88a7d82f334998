//! Folders' files, and names that stand for contents.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Enough of a SHA-256, in hexadecimal digits, that no two builds of anyone share it.
const NAME_DIGITS: usize = 16;

/// The part of a name that stands for contents. Each part's length goes in, so that parts cannot be told differently.
pub(crate) fn name_for(contents: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in contents {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let mut name = String::new();
    for byte in hash.finalize() {
        let _ = write!(name, "{byte:02x}");
    }
    name.truncate(NAME_DIGITS);
    name
}

/// All files of a folder and its folders, sorted.
pub(crate) fn files_below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            files.extend(files_below(&entry.path())?);
        } else {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}
