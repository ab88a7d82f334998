//! An object that JSON text describes, and single members of it. The browser's own reader is at hand in the page, so that
//! its start carries none; natively, where tests run, serde_json stands in for it.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::JsValue as Value;

#[cfg(not(target_arch = "wasm32"))]
use serde_json::Value;

/// An object. What is no JSON, or no object, has no members.
pub(crate) struct JsonObject(Value);

#[cfg(target_arch = "wasm32")]
impl JsonObject {
    /// What the text describes.
    pub(crate) fn read(text: &str) -> Self {
        Self(js_sys::JSON::parse(text).unwrap_or_default())
    }

    fn member(&self, name: &str) -> Value {
        // Throws where it is no object.
        js_sys::Reflect::get(&self.0, &name.into()).unwrap_or_default()
    }

    /// A member that is a text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.member(name).as_string()
    }

    /// A member that is a number.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.member(name).as_f64()
    }

    /// A member that is true or false.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        self.member(name).as_bool()
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl JsonObject {
    /// What the text describes.
    pub(crate) fn read(text: &str) -> Self {
        Self(serde_json::from_str(text).unwrap_or_default())
    }

    /// A member that is a text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.0.get(name)?.as_str().map(str::to_owned)
    }

    /// A member that is a number.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.0.get(name)?.as_f64()
    }

    /// A member that is true or false.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        self.0.get(name)?.as_bool()
    }
}

/// The text as JSON: between quotation marks, with what may not stand there escaped. RFC 8259, 7.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(character);
            }
            '\0'..='\u{1f}' => quoted.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_read_as_it_was() {
        for text in [
            "",
            "a",
            "\"",
            "\\",
            "a\nb\u{0}\u{1f}",
            "ü🎫\u{7f}",
            "\\u0041",
        ] {
            let read: Result<String, _> = serde_json::from_str(&quoted(text));
            assert_eq!(read.expect("it is JSON"), text);
        }
    }
}
