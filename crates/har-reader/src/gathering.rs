//! Gathers what was found: each thing once, with where it was seen first and how often.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use protocol::{HarCookie, HarFindings, HarPlace, HarToken};

use crate::entry::{Content, Entry, Pair, all, there};
use crate::tokens::{algorithm, tokens_in};

/// How many tokens are listed at most, and how many cookies.
const MOST_LISTED: usize = 1000;
/// How many octets of each are listed at most.
const MOST_OCTETS: usize = 1024 * 1024;
/// A URL may hold a picture: only so much of it is told.
const LONGEST_URL: usize = 2048;
/// How many characters of a name are told.
const LONGEST_NAME: usize = 64;

/// What was found so far.
#[derive(Default)]
pub(crate) struct Gathering {
    tokens: Listed<HarToken>,
    cookies: Listed<HarCookie>,
}

/// Different things in the order in which they were seen. Each is known by its text.
struct Listed<T> {
    places: HashMap<String, usize>,
    listed: Vec<T>,
    octets: usize,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self {
            places: HashMap::new(),
            listed: Vec::new(),
            octets: 0,
        }
    }
}

impl<T> Listed<T> {
    /// Counts it if it is known, else lists it where there is room.
    fn see(&mut self, text: &str, count: impl FnOnce(&mut T), make: impl FnOnce() -> (usize, T)) {
        if let Some(place) = self.places.get(text) {
            if let Some(known) = self.listed.get_mut(*place) {
                count(known);
            }
            return;
        }
        let (octets, thing) = make();
        let has_room = self.listed.len() < MOST_LISTED && self.octets + octets <= MOST_OCTETS;
        let place = if has_room {
            self.octets += octets;
            self.listed.push(thing);
            self.listed.len() - 1
        } else {
            usize::MAX
        };
        self.places.insert(text.to_owned(), place);
    }

    fn in_all(&self) -> u32 {
        u32::try_from(self.places.len()).unwrap_or(u32::MAX)
    }
}

impl Gathering {
    /// Looks through a request and its answer.
    pub(crate) fn take_in(&mut self, entry: &Entry<'_>) {
        let request = there(&entry.request);
        let url = request.map_or("", |request| &request.url.0);
        self.tokens_of(url, url, &HarPlace::Url);
        if let Some(request) = request {
            let mut has_cookies = false;
            for field in all(&request.headers) {
                self.request_field(url, field, &mut has_cookies);
            }
            if !has_cookies {
                for cookie in all(&request.cookies) {
                    self.cookie(url, &cookie.pair(), false);
                    let place = HarPlace::RequestField(String::from("Cookie"));
                    self.tokens_of(url, &cookie.pair(), &place);
                }
            }
            if let Some(content) = there(&request.content) {
                self.content(url, content, &HarPlace::RequestContent);
            }
        }
        if let Some(response) = there(&entry.response) {
            let mut has_cookies = false;
            for field in all(&response.headers) {
                self.response_field(url, field, &mut has_cookies);
            }
            if !has_cookies {
                for cookie in all(&response.cookies) {
                    self.cookie(url, &cookie.line(), true);
                    let place = HarPlace::ResponseField(String::from("Set-Cookie"));
                    self.tokens_of(url, &cookie.pair(), &place);
                }
            }
            if let Some(content) = there(&response.content) {
                self.content(url, content, &HarPlace::ResponseContent);
            }
        }
    }

    /// All of it, of a HAR of that many requests.
    pub(crate) fn findings(self, creator: String, requests: usize) -> HarFindings {
        HarFindings {
            creator,
            requests: u32::try_from(requests).unwrap_or(u32::MAX),
            tokens_in_all: self.tokens.in_all(),
            tokens: self.tokens.listed,
            cookies_in_all: self.cookies.in_all(),
            cookies: self.cookies.listed,
        }
    }

    fn request_field(&mut self, url: &str, field: &Pair<'_>, has_cookies: &mut bool) {
        let (name, value) = (&field.name.0, &field.value.0);
        if name.eq_ignore_ascii_case("Cookie") {
            *has_cookies = true;
            for pair in value.split(';').map(str::trim).filter(|it| !it.is_empty()) {
                self.cookie(url, pair, false);
            }
        }
        self.tokens_of(url, value, &HarPlace::RequestField(short(name)));
    }

    fn response_field(&mut self, url: &str, field: &Pair<'_>, has_cookies: &mut bool) {
        let (name, value) = (&field.name.0, &field.value.0);
        if name.eq_ignore_ascii_case("Set-Cookie") {
            *has_cookies = true;
            // Some programs write the lines of several fields as one value.
            for line in value.lines().map(str::trim).filter(|it| !it.is_empty()) {
                self.cookie(url, line, true);
            }
        }
        self.tokens_of(url, value, &HarPlace::ResponseField(short(name)));
    }

    fn content(&mut self, url: &str, content: &Content<'_>, place: &HarPlace) {
        let text = &content.text.0;
        if content.encoding.0.eq_ignore_ascii_case("base64") {
            let decoded = STANDARD.decode(text.as_bytes()).unwrap_or_default();
            self.tokens_of(url, &String::from_utf8_lossy(&decoded), place);
        } else {
            self.tokens_of(url, text, place);
        }
        if text.is_empty() {
            for field in all(&content.params) {
                let pair = format!("{}={}", field.name.0, field.value.0);
                self.tokens_of(url, &pair, place);
            }
        }
    }

    fn cookie(&mut self, url: &str, line: &str, was_set: bool) {
        let key = format!("{was_set}{line}");
        self.cookies.see(
            &key,
            |known| known.times += 1,
            || {
                let cookie = HarCookie {
                    line: line.to_owned(),
                    was_set,
                    url: cut(url),
                    times: 1,
                };
                (cookie.line.len() + cookie.url.len(), cookie)
            },
        );
    }

    fn tokens_of(&mut self, url: &str, text: &str, place: &HarPlace) {
        for found in tokens_in(text) {
            let token = &text[found.clone()];
            self.tokens.see(
                token,
                |known| known.times += 1,
                || {
                    let token = HarToken {
                        token: token.to_owned(),
                        algorithm: short(&algorithm(token).unwrap_or_default()),
                        place: place.clone(),
                        name: name_before(&text[..found.start]),
                        url: cut(url),
                        times: 1,
                    };
                    (token.token.len() + token.url.len(), token)
                },
            );
        }
    }
}

/// What a token is called where it stands: `name=`, or `"name": "`.
fn name_before(text: &str) -> String {
    let is_white = |it: char| it.is_ascii_whitespace();
    let text = text
        .strip_suffix('"')
        .unwrap_or(text)
        .trim_end_matches(is_white);
    let Some(text) = text.strip_suffix(['=', ':']) else {
        return String::new();
    };
    let text = text.trim_end_matches(is_white);
    let text = text.strip_suffix('"').unwrap_or(text);
    let is_name = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.' | '$');
    short(&text[text.trim_end_matches(is_name).len()..])
}

fn short(name: &str) -> String {
    name.chars().take(LONGEST_NAME).collect()
}

fn cut(url: &str) -> String {
    match url.char_indices().nth(LONGEST_URL) {
        None => url.to_owned(),
        Some((end, _)) => format!("{}…", &url[..end]),
    }
}
