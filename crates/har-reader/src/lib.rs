//! Looks through a HAR, version 1.2, for tokens and cookies. What is not as the standard says is read as far as it goes:
//! programs write HARs in many ways. It judges neither a token nor a cookie, fetches nothing, and keeps nothing.

mod entry;
mod gathering;
mod lenient;
mod tokens;

use serde_json::error::Category;

use protocol::{HarFindings, HarProblem};

use self::entry::Har;
use self::gathering::Gathering;

pub use self::tokens::tokens_in;

/// Some programs write one before JSON.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What stands in a file.
///
/// # Errors
/// Where it is no HAR, or has no requests.
pub fn read(content: &[u8]) -> Result<HarFindings, HarProblem> {
    let content = content.strip_prefix(BYTE_ORDER_MARK).unwrap_or(content);
    if content.iter().all(u8::is_ascii_whitespace) {
        return Err(HarProblem::Empty);
    }
    let har: Har<'_> = serde_json::from_slice(content).map_err(|error| problem(&error))?;
    let log = har.log.and_then(|log| log.0).ok_or(HarProblem::NotHar)?;
    let entries = log
        .entries
        .and_then(|list| list.0)
        .ok_or(HarProblem::NotHar)?;
    if entries.is_empty() {
        return Err(HarProblem::NoRequests);
    }
    let mut gathering = Gathering::default();
    for entry in &entries {
        if let Some(entry) = &entry.0 {
            gathering.take_in(entry);
        }
    }
    let creator = log.creator.and_then(|it| it.0).unwrap_or_default();
    let creator = format!("{} {}", creator.name.0, creator.version.0);
    Ok(gathering.findings(creator.trim().to_owned(), entries.len()))
}

fn problem(error: &serde_json::Error) -> HarProblem {
    match error.classify() {
        Category::Eof => HarProblem::CutOff,
        Category::Data => HarProblem::NotHar,
        Category::Syntax | Category::Io => HarProblem::NotJson {
            line: u32::try_from(error.line()).unwrap_or(u32::MAX),
            column: u32::try_from(error.column()).unwrap_or(u32::MAX),
        },
    }
}
