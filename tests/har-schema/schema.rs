//! The schema beside this file, as a validator. Tests of several crates include it.

use std::path::Path;

use jsonschema::{Registry, Resource, Validator};
use serde_json::{Value, json};

/// Where its parts are, so that they find each other.
const PLACE: &str = "json-schema:///";

/// What is wrong with a HAR, by the standard's schema. The formats of dates and URLs are looked at too.
pub(crate) fn what_is_wrong(folder: &Path, har: &Value) -> Vec<String> {
    let schema = validator(folder);
    schema
        .iter_errors(har)
        .map(|it| format!("{}: {it}", it.instance_path()))
        .collect()
}

fn validator(folder: &Path) -> Validator {
    let mut registry = Registry::new();
    for file in std::fs::read_dir(folder).expect("the schema is there") {
        let path = file.expect("it can be listed").path();
        if path.extension().is_some_and(|it| it == "json") {
            let text = std::fs::read_to_string(&path).expect("it can be read");
            let part: Value = serde_json::from_str(&text).expect("it is JSON");
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            registry = registry
                .add(format!("{PLACE}{name}"), Resource::from_contents(part))
                .expect("it is a schema");
        }
    }
    let registry = registry.prepare().expect("its parts name each other");
    jsonschema::options()
        .with_registry(&registry)
        .should_validate_formats(true)
        .build(&json!({ "$ref": format!("{PLACE}har.json") }))
        .expect("it is a schema")
}
