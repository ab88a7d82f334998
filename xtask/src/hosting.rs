//! Holds what hosts are told to send to the one place that says it: the headers in Trunk.toml.

use crate::project;
use std::collections::BTreeMap;
use std::fs;

/// Header by name, in the order of names.
type Headers = BTreeMap<String, String>;

/// The one header that depends on the file.
const CACHING: &str = "Cache-Control";
/// For the page itself: a new build shows at the next reload.
const OF_THE_PAGE: &str = "no-cache";
/// For all else, which is named by its contents.
const OF_ALL_ELSE: &str = "public, max-age=31536000, immutable";
/// What "all else" ends in.
const ENDINGS: [&str; 3] = ["css", "js", "wasm"];
/// Ends so too, and keeps its name from build to build: the next one must be found under it.
const SERVICE_WORKER: &str = "sw.js";

fn read(file: &str) -> String {
    fs::read_to_string(project::root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn header((name, value): (&str, &str)) -> (String, String) {
    (name.trim().to_owned(), value.trim().to_owned())
}

/// What `trunk serve` sends.
fn of_trunk() -> Headers {
    let text = read("Trunk.toml");
    let (_, section) = text.split_once("[serve.headers]").expect("the section");
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    let headers = lines.filter(|line| !line.starts_with('#'));
    headers
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, value)| header((name, value.trim_matches('"'))))
        .collect()
}

/// What every host should send with every file, whatever it is.
fn of_every_file() -> Headers {
    let mut headers = of_trunk();
    assert_eq!(headers.remove(CACHING).as_deref(), Some(OF_THE_PAGE));
    assert!(headers.len() > 5, "{headers:?}");
    headers
}

/// A file as Netlify reads it: paths at the line's start, their headers below them.
fn of_rules(text: &str) -> BTreeMap<String, Headers> {
    let mut rules = BTreeMap::new();
    let mut path = "";
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with('/') {
            path = line;
        } else if let Some(found) = line.split_once(": ") {
            let (name, value) = header(found);
            let rule: &mut Headers = rules.entry(path.to_owned()).or_default();
            assert_eq!(rule.insert(name, value), None, "{line} stands twice");
        }
    }
    rules
}

/// The block of code after a heading of a page.
fn block<'a>(page: &'a str, heading: &str) -> &'a str {
    let (_, section) = page.split_once(heading).expect("the heading");
    let (_, block) = section.split_once("```\n").expect("a block");
    block.split_once("```").expect("its end").0
}

#[test]
fn nginx_sends_what_trunk_sends_and_lets_all_but_the_page_be_kept() {
    let text = read("docs/hosting/nginx.conf");
    let mut headers = Headers::new();
    for line in text.lines() {
        let Some(words) = line.trim().strip_prefix("add_header ") else {
            continue;
        };
        let (name, value) = words.split_once(' ').expect("a value");
        if name == CACHING {
            // Never with errors, so without `always`.
            assert_eq!(value, "$ticket_or_passport_cache;");
            continue;
        }
        let value = value.strip_suffix(" always;").expect("errors have it too");
        headers.extend([header((name, value.trim_matches('"')))]);
    }
    assert_eq!(headers, of_every_file());

    let (_, map) = text.split_once("map $uri").expect("a map");
    let (map, _) = map.split_once('}').expect("its end");
    let rules = map.lines().filter_map(|line| line.trim().strip_suffix(';'));
    let rules: Vec<_> = rules
        .map(|rule| rule.split_once("  ").map(header).expect("a value"))
        .collect();
    let quoted = |text: &str| format!("\"{text}\"");
    let kept = quoted(&format!(r"~\.(?:{})$", ENDINGS.join("|")));
    let expected = [
        ("default".to_owned(), quoted(OF_THE_PAGE)),
        // The first that fits counts.
        (quoted(r"~/sw\.js$"), quoted(OF_THE_PAGE)),
        (kept, quoted(OF_ALL_ELSE)),
    ];
    assert_eq!(rules, expected);
}

#[test]
fn rules_files_send_what_trunk_sends_and_let_all_but_the_page_be_kept() {
    let mut rules = of_rules(&read("docs/hosting/_headers"));
    assert_eq!(rules.remove("/*"), Some(of_every_file()));
    let caching = |value| Headers::from([header((CACHING, value))]);
    let service_worker = rules.remove(&format!("/{SERVICE_WORKER}"));
    assert_eq!(service_worker, Some(caching(OF_THE_PAGE)));
    let expected = ENDINGS.map(|ending| (format!("/*.{ending}"), caching(OF_ALL_ELSE)));
    assert_eq!(rules, BTreeMap::from(expected));
}

#[test]
fn the_page_on_headers_shows_what_trunk_sends() {
    let page = read("docs/hosting/README.md");
    let shown = block(&page, "## Headers").lines();
    let shown = shown.filter_map(|line| line.split_once(": ").map(header));
    assert_eq!(shown.collect::<Headers>(), of_every_file());
    for value in [OF_THE_PAGE, OF_ALL_ELSE] {
        assert!(
            page.contains(&format!("`Cache-Control: {value}`")),
            "{value}"
        );
    }
}

#[test]
fn the_page_itself_carries_the_policy_but_for_what_only_a_header_can_say() {
    let policy = of_trunk().remove("Content-Security-Policy");
    let policy = policy.expect("Trunk.toml has a policy");
    let in_meta = policy.strip_suffix("; frame-ancestors *");
    let in_meta = in_meta.expect("it ends with what a meta tag can't say");
    let meta = format!(r#"<meta http-equiv="Content-Security-Policy" content="{in_meta}">"#);
    assert!(read("index.html").contains(&meta), "{meta}");
}
