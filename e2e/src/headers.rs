//! The headers that a host should send: those of `cargo xtask serve`, read where it has them.

use anyhow::Context;
use std::path::Path;

const TRUNK_TOML: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../Trunk.toml");
const SECTION: &str = "[serve.headers]";

/// Name and value of each.
///
/// # Errors
/// Where Trunk.toml does not say.
pub fn of_the_server() -> anyhow::Result<Vec<(String, String)>> {
    let text = std::fs::read_to_string(TRUNK_TOML).context("Trunk.toml can't be read")?;
    let headers = parse(&text);
    for needed in ["Content-Security-Policy", "Cross-Origin-Embedder-Policy"] {
        anyhow::ensure!(
            headers.iter().any(|(name, _)| name == needed),
            "Trunk.toml has no {needed}"
        );
    }
    Ok(headers)
}

/// The section's lines: `Name = "value"`, nothing fancier.
fn parse(toml: &str) -> Vec<(String, String)> {
    toml.lines()
        .skip_while(|line| line.trim() != SECTION)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| {
            let (name, value) = line.split_once(" = ")?;
            let value = value.trim().strip_prefix('"')?.strip_suffix('"')?;
            (!name.starts_with('#')).then(|| (name.to_owned(), value.to_owned()))
        })
        .collect()
}

/// Whether what is at that path is another file once its content is another, as docs/hosting says: all but the page itself
/// and its service worker.
pub(crate) fn is_named_by_content(path: &str) -> bool {
    let endings = [".css", ".js", ".wasm"];
    endings.iter().any(|ending| path.ends_with(ending)) && !path.ends_with("/sw.js")
}

/// Lets browsers keep it for as long as they like.
pub(crate) fn let_keep(headers: &mut Vec<(String, String)>) {
    const NAME: &str = "Cache-Control";
    headers.retain(|(name, _)| name != NAME);
    let value = "public, max-age=31536000, immutable";
    headers.push((NAME.to_owned(), value.to_owned()));
}

/// A file's type, by its ending.
pub fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn only_the_headers_are_read() {
        let toml = "[serve]\nport = 8080\n[serve.headers]\n# A comment = \"no\"\nA = \"x 'y'; z\"\nB = \"2\"\n\n[[hooks]]\nC = \"no\"\n";
        let expected = [("A", "x 'y'; z"), ("B", "2")];
        assert_eq!(
            parse(toml),
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
    }
}
