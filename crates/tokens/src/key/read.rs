//! What a key's text turns out to be. Hostile or broken, it gives a report and takes no longer for it.

use base64::alphabet;
use base64::engine::{DecodePaddingMode, Engine, GeneralPurpose, GeneralPurposeConfig};
use protocol::{GivenKey, KeyEncoding, KeyFormat, KeyProblem, KeyReport};

use super::{Key, jwk, pem};
use crate::object::{Fault, Json, Object};

/// The longest text that is looked at, in octets: no key is that long.
const MOST_OCTETS: usize = 64 * 1024;
/// How many keys of a set are read, and how many are told.
pub(crate) const MOST_KEYS: usize = 100;

/// Padding or none: it says nothing here.
const CONFIG: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const BASE64: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);
const BASE64URL: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG);

/// The keys that a text holds, and what is to be said of it. A set may hold both keys and problems.
pub fn read_keys(given: &GivenKey) -> (Vec<Key>, KeyReport) {
    let mut found = Found::default();
    let text = given.text.as_str();
    let trimmed = text.trim();
    if text.is_empty() || (trimmed.is_empty() && given.encoding != KeyEncoding::Text) {
        found.problem(KeyProblem::Empty);
    } else if text.len() > MOST_OCTETS {
        found.problem(KeyProblem::TooLarge);
    } else {
        match given.encoding {
            KeyEncoding::Detect if trimmed.starts_with("-----BEGIN") => found.pem(trimmed),
            KeyEncoding::Detect if trimmed.starts_with('{') => found.json(trimmed),
            KeyEncoding::Detect | KeyEncoding::Text => {
                found.secret(KeyFormat::Text, text.as_bytes());
            }
            KeyEncoding::Base64 => found.encoded(KeyFormat::Base64, &BASE64, text),
            KeyEncoding::Base64url => found.encoded(KeyFormat::Base64url, &BASE64URL, text),
        }
    }
    found.report.keys = found.keys.iter().map(Key::facts).collect();
    (found.keys, found.report)
}

/// What has been read so far.
#[derive(Default)]
struct Found {
    keys: Vec<Key>,
    report: KeyReport,
}

impl Found {
    fn problem(&mut self, problem: KeyProblem) {
        self.report.problems.push(problem);
    }

    fn secret(&mut self, format: KeyFormat, octets: &[u8]) {
        self.report.format = Some(format);
        self.keys.push(Key::secret(octets));
    }

    fn encoded(&mut self, format: KeyFormat, encoding: &GeneralPurpose, text: &str) {
        let text: String = text.split_whitespace().collect();
        match encoding.decode(text) {
            Ok(octets) => self.secret(format, &octets),
            Err(_) => self.problem(KeyProblem::NotBase64),
        }
    }

    fn pem(&mut self, text: &str) {
        pem::read(text, |format, key| {
            self.report.format = self.report.format.or(format);
            self.take(key)
        });
        if self.keys.is_empty() && self.report.problems.is_empty() {
            self.problem(KeyProblem::BrokenPem);
        }
    }

    fn json(&mut self, text: &str) {
        let object = match Object::parse(text.as_bytes()) {
            Ok(object) => object,
            Err(Fault::NotJson {
                line,
                column,
                message,
            }) => {
                return self.problem(KeyProblem::NotJson {
                    line,
                    column,
                    message,
                });
            }
            Err(Fault::NotObject) => return self.problem(KeyProblem::NotJwk),
        };
        match object.get("keys") {
            Some(Json::List(items)) => {
                self.report.format = Some(KeyFormat::Jwks);
                for item in items {
                    let key = match item {
                        Json::Object(jwk) => jwk::read(jwk),
                        _ => Err(KeyProblem::NotJwk),
                    };
                    if !self.take(key) {
                        break;
                    }
                }
                if items.is_empty() {
                    self.problem(KeyProblem::Empty);
                }
            }
            None if object.get("kty").is_some() => {
                self.report.format = Some(KeyFormat::Jwk);
                self.take(jwk::read(&object));
            }
            _ => self.problem(KeyProblem::NotJwk),
        }
    }

    /// Takes one key of several; whether there may be another.
    fn take(&mut self, key: Result<Key, KeyProblem>) -> bool {
        if self.keys.len() + self.report.problems.len() >= MOST_KEYS {
            self.problem(KeyProblem::TooMany);
            return false;
        }
        match key {
            Ok(key) => self.keys.push(key),
            Err(problem) => self.problem(problem),
        }
        true
    }
}
