//! The last edits of the built index.html: where the worker is, and the names that files got from their contents.
//!
//! Only exact places that the project's own index.html and Trunk.toml provide are touched; a missing one is an error.

use anyhow::{Context, ensure};

/// The place in index.html that the build fills in.
const WORKER_META: &str = r#"<meta name="worker" content="">"#;

/// The attribute of boot.js's script element that names the page's WebAssembly.
const WASM_ATTRIBUTE: &str = "data-wasm";

/// Tells the page where the worker's entry is, relative to the page.
pub(crate) fn with_worker(html: &str, entry: &str) -> anyhow::Result<String> {
    ensure!(
        html.matches(WORKER_META).count() == 1,
        "index.html must hold {WORKER_META} once"
    );
    Ok(html.replace(
        WORKER_META,
        &format!(r#"<meta name="worker" content="{entry}">"#),
    ))
}

/// Tells boot.js how many bytes the page's WebAssembly has, for its progress. A response that the host compressed does
/// not say.
pub(crate) fn with_wasm_size(html: &str, bytes: usize) -> anyhow::Result<String> {
    let attribute = format!(" {WASM_ATTRIBUTE}=");
    ensure!(
        html.matches(&attribute).count() == 1,
        "index.html must hold {WASM_ATTRIBUTE} once"
    );
    Ok(html.replace(
        &attribute,
        &format!(" {WASM_ATTRIBUTE}-bytes=\"{bytes}\"{attribute}"),
    ))
}

/// Puts a file's new name wherever its old one is a whole value, in the same folder.
pub(crate) fn with_renamed(html: &str, old: &str, new: &str) -> anyhow::Result<String> {
    let (old, new) = (format!("\"./{old}\""), format!("\"./{new}\""));
    ensure!(html.contains(&old), "index.html must name {old}");
    Ok(html.replace(&old, &new))
}

/// The file that an attribute names, without its folder `./`.
pub(crate) fn file_in<'a>(html: &'a str, attribute: &str) -> anyhow::Result<&'a str> {
    let start = format!(" {attribute}=\"./");
    html.split_once(&start)
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(name, _)| name)
        .with_context(|| format!("index.html must hold {attribute} with a relative address"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = r#"<head><meta name="worker" content="">
<script src="./boot.js" data-js="./page.js" data-wasm="./page_bg.wasm"></script>
<link rel="modulepreload" href="./page.js"></head>"#;

    #[test]
    fn the_worker_is_named_once() {
        let html = with_worker(HTML, "worker-1f/worker.js").expect("there is a place");
        assert!(html.contains(r#"<meta name="worker" content="worker-1f/worker.js">"#));
        assert!(with_worker(&html, "other.js").is_err(), "it is taken");
        assert!(with_worker("<head></head>", "other.js").is_err());
    }

    #[test]
    fn the_size_stands_beside_the_file() {
        let html = with_wasm_size(HTML, 1234).expect("there is a place");
        assert!(html.contains(r#" data-wasm-bytes="1234" data-wasm="./page_bg.wasm""#));
        assert!(with_wasm_size("<script></script>", 1).is_err());
    }

    #[test]
    fn a_new_name_reaches_every_mention() {
        let html = with_renamed(HTML, "page.js", "page-9a.js").expect("it is named");
        assert_eq!(html.matches("./page-9a.js").count(), 2);
        assert!(!html.contains("./page.js"));
        assert!(html.contains("./page_bg.wasm"), "others keep their names");
        assert!(with_renamed(HTML, "absent.js", "x.js").is_err());
    }

    #[test]
    fn attributes_name_files() {
        let check = |attribute, expected: Option<&str>| {
            assert_eq!(file_in(HTML, attribute).ok(), expected, "{attribute}");
        };
        check("data-js", Some("page.js"));
        check("data-wasm", Some("page_bg.wasm"));
        check("src", Some("boot.js"));
        check("data-none", None);
    }
}
