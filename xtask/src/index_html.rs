//! The last edits of the built index.html: where the worker is, its one style sheet, and the names that files got from
//! their contents.
//!
//! Only exact places that the project's own index.html and Trunk.toml provide are touched; a missing one is an error.

use anyhow::{Context, ensure};

/// The place in index.html that the build fills in.
const WORKER_META: &str = r#"<meta name="worker" content="">"#;

/// Another one.
const BUILD_META: &str = r#"<meta name="build" content="">"#;
const LANGUAGE_META: &str = r#"<meta name="language" lang="de" content="">"#;

/// How Trunk links a style sheet, up to its name.
const STYLE_START: &str = r#"<link rel="stylesheet" href="./"#;

/// The attribute of boot.js's script element that names the page's WebAssembly.
const WASM_ATTRIBUTE: &str = "data-wasm";

/// Tells the page where the worker's entry is, relative to the page, and lets it be fetched before boot.js asks for it: the
/// worker's thread takes longer to start than it has until its program can come.
pub(crate) fn with_worker(html: &str, folder: &str) -> anyhow::Result<String> {
    ensure!(
        html.matches(WORKER_META).count() == 1,
        "index.html must hold {WORKER_META} once"
    );
    let html = html.replace(
        WORKER_META,
        &format!(r#"<meta name="worker" content="{folder}/worker.js">"#),
    );
    before_script(
        &html,
        &format!(r#"<link rel="modulepreload" href="./{folder}/worker.js">"#),
    )
}

/// Tells the page which build it is.
pub(crate) fn with_build(html: &str, build: &str) -> anyhow::Result<String> {
    ensure!(
        html.matches(BUILD_META).count() == 1,
        "index.html must hold {BUILD_META} once"
    );
    Ok(html.replace(
        BUILD_META,
        &format!(r#"<meta name="build" content="{build}">"#),
    ))
}

/// Tells the page where its other language is.
pub(crate) fn with_language(html: &str, names: &str) -> anyhow::Result<String> {
    ensure!(
        html.matches(LANGUAGE_META).count() == 1,
        "index.html must hold {LANGUAGE_META} once"
    );
    Ok(html.replace(
        LANGUAGE_META,
        &format!(r#"<meta name="language" lang="de" content="{names}">"#),
    ))
}

/// The style sheets that the page names, in their order.
pub(crate) fn styles(html: &str) -> Vec<&str> {
    let mut named = Vec::new();
    for link in html.split(STYLE_START).skip(1) {
        named.extend(link.split_once('"').map(|(name, _)| name));
    }
    named
}

/// Puts one style sheet in the place of all, and lets it be fetched while the script before it is.
pub(crate) fn with_one_style(html: &str, style: &str) -> anyhow::Result<String> {
    let mut left = String::new();
    let mut parts = html.split(STYLE_START);
    left.push_str(parts.next().unwrap_or_default());
    for (place, part) in parts.enumerate() {
        let (_, rest) = part
            .split_once("/>")
            .context("each link to a style sheet must end in />")?;
        if place == 0 {
            left.push_str(STYLE_START);
            left.push_str(style);
            left.push_str("\"/>");
            left.push_str(rest);
        } else {
            left.push_str(rest.trim_start());
        }
    }
    before_script(
        &left,
        &format!(r#"<link rel="preload" href="./{style}" as="style">"#),
    )
}

/// Puts a line before boot.js's script element, which the parser stops at.
fn before_script(html: &str, line: &str) -> anyhow::Result<String> {
    const SCRIPT: &str = "<script src=\"./boot";
    ensure!(
        html.matches(SCRIPT).count() == 1,
        "index.html must hold {SCRIPT} once"
    );
    Ok(html.replace(SCRIPT, &format!("{line}\n    {SCRIPT}")))
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
<link rel="modulepreload" href="./page.js">
<link rel="stylesheet" href="./base-1.css"/>
<link rel="stylesheet" href="./lane-2.css"/></head>"#;

    #[test]
    fn the_worker_is_named_once() {
        let html = with_worker(HTML, "worker-1f").expect("there is a place");
        assert!(html.contains(r#"<meta name="worker" content="worker-1f/worker.js">"#));
        let (before, _) = html.split_once("<script").expect("there is the script");
        assert!(before.contains(r#"<link rel="modulepreload" href="./worker-1f/worker.js">"#));
        assert!(with_worker(&html, "other").is_err(), "it is taken");
        assert!(with_worker("<head></head>", "other").is_err());
    }

    #[test]
    fn one_style_sheet_takes_the_place_of_all() {
        assert_eq!(styles(HTML), ["base-1.css", "lane-2.css"]);
        let html = with_one_style(HTML, "style-3.css").expect("there is a place");
        assert_eq!(styles(&html), ["style-3.css"]);
        let (before, after) = html.split_once("<script").expect("there is the script");
        assert!(before.contains(r#"<link rel="preload" href="./style-3.css" as="style">"#));
        assert!(after.contains("</head>"), "{html}");
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
