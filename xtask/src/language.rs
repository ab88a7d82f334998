//! The page's second language: its texts as the build places them, and what holds of them. Its keys are the English texts
//! of the page's sources.

use crate::contents::name_for;
use anyhow::Context;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// English, and what is said for it.
type Texts = BTreeMap<String, String>;

/// Where its files are, in the sources and in the build.
pub(crate) const FOLDER: &str = "language/";
/// What says the page in it, the texts that stand in the page's sources, and those that the page joins of others.
const PROGRAM: &str = "translate.js";
const TEXTS: &str = "de.json";
const JOINED: &str = "de-joined.json";

/// Names its files by their contents, all texts as one, without the space between them. Returns both names, below the
/// page.
pub(crate) fn place(staging: &Path) -> anyhow::Result<String> {
    let folder = staging.join(FOLDER);
    let read = |name: &str| {
        fs::read(folder.join(name)).with_context(|| format!("there is no {FOLDER}{name}"))
    };
    let mut texts: Texts = serde_json::from_slice(&read(TEXTS)?)?;
    texts.extend(serde_json::from_slice::<Texts>(&read(JOINED)?)?);
    let program = read(PROGRAM)?;
    for name in [PROGRAM, TEXTS, JOINED] {
        fs::remove_file(folder.join(name))?;
    }
    let mut names = Vec::new();
    for (old, contents) in [(PROGRAM, program), (TEXTS, serde_json::to_vec(&texts)?)] {
        let (stem, ending) = old.split_once('.').context("a name with an ending")?;
        let name = format!("{stem}-{}.{ending}", name_for(&[&contents]));
        fs::write(folder.join(&name), contents)?;
        names.push(format!("{FOLDER}{name}"));
    }
    Ok(names.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contents::files_below;
    use crate::project;

    fn catalogue(name: &str) -> (String, Texts) {
        let file = project::root().join(FOLDER).join(name);
        let text = fs::read_to_string(file).expect("the texts");
        let entries = serde_json::from_str(&text).expect("an object of texts");
        (text, entries)
    }

    /// All string literals of the page's sources, as they are when it runs, in one text, and what starts it.
    fn sources() -> String {
        let start = project::root().join("boot.js");
        let mut all = fs::read_to_string(start).expect("the start");
        for file in files_below(&project::root().join("src")).expect("sources") {
            let text = fs::read_to_string(file).expect("a source");
            // A line that ends in a backslash goes on where the next one begins.
            let mut joined = String::new();
            for part in text.split("\\\n") {
                joined.push_str(if joined.is_empty() {
                    part
                } else {
                    part.trim_start()
                });
            }
            all += &joined.replace("\\\"", "\"").replace("\\n", "\n");
        }
        all
    }

    fn placeholders(text: &str) -> usize {
        text.matches('{').count()
    }

    #[test]
    fn the_texts_stand_in_order_each_once() {
        for name in [TEXTS, JOINED] {
            let (text, entries) = catalogue(name);
            let written = serde_json::to_string_pretty(&entries).expect("JSON");
            assert!(
                text.trim_end() == written,
                "{name} is not sorted, or not one entry a line"
            );
        }
    }

    #[test]
    fn each_text_keeps_code_spaces_and_placeholders_of_its_english() {
        for (english, german) in [TEXTS, JOINED]
            .map(catalogue)
            .into_iter()
            .flat_map(|it| it.1)
        {
            let code = |text: &str| {
                let parts = text.split('`').map(str::to_owned).enumerate();
                parts.filter(|(place, _)| place % 2 == 1).count()
            };
            assert_eq!(code(&english), code(&german), "{english}");
            let ends = |text: &str| (text.starts_with(' '), text.ends_with(' '));
            assert_eq!(ends(&english), ends(&german), "{english:?}");
            for number in german.split('{').skip(1) {
                // As it stands, or translated.
                let number = number.strip_prefix('=').unwrap_or(number);
                let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
                let Ok(number) = digits.parse::<usize>() else {
                    continue;
                };
                assert!((1..=placeholders(&english)).contains(&number), "{english}");
            }
            assert!(!german.is_empty() || english.trim().is_empty(), "{english}");
        }
    }

    #[test]
    fn what_is_translated_is_said_by_the_page() {
        let sources = sources();
        let gone: Vec<String> = catalogue(TEXTS)
            .1
            .into_keys()
            .filter(|english| !sources.contains(english.as_str()))
            .collect();
        assert_eq!(gone, Vec::<String>::new(), "{} texts", gone.len());
    }
}
