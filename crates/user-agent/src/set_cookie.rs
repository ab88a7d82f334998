//! Reading a `Set-Cookie` line (5.6). It never judges whether the cookie may be stored.

use protocol::{CookieRule, IgnoredAttribute, SameSite, Timestamp};

use crate::date::cookie_date;

/// The most octets that name and value may have together. Sections 5.6, step 5, and 5.7, step 4.
const LONGEST_PAIR_OCTETS: usize = 4096;
/// The most octets that an attribute's value may have. Section 5.6, step 6 of the attributes.
const LONGEST_ATTRIBUTE_OCTETS: usize = 1024;
/// The longest life: 400 days. Section 5.5.
const LONGEST_LIFE_SECONDS: i64 = 34_560_000;
/// How many ignored attributes are reported at most, as a line may have any number. Ours.
const MOST_IGNORED: usize = 50;
/// After how many characters an ignored attribute's name is cut.
const LONGEST_IGNORED_NAME: usize = 64;

/// What a `Set-Cookie` line says.
#[derive(Debug)]
pub(crate) struct SetCookie<'line> {
    pub(crate) name: &'line str,
    pub(crate) value: &'line str,
    /// When the cookie ends: by `Max-Age`, else by `Expires`.
    pub(crate) expires: Option<Timestamp>,
    /// Whether that is by `Max-Age`.
    pub(crate) has_max_age: bool,
    /// In lower case, without a leading dot; empty where there is none.
    pub(crate) domain: String,
    /// `None` where there is no `Path` attribute, `Some(None)` where it asks for the default path.
    pub(crate) path: Option<Option<&'line str>>,
    pub(crate) secure: bool,
    pub(crate) http_only: bool,
    pub(crate) same_site: SameSite,
    /// Attributes that had no effect, in the line's order.
    pub(crate) ignored: Vec<IgnoredAttribute>,
}

/// What an attribute says, if it says something.
enum Attribute<'line> {
    Expires(Timestamp),
    MaxAge(Timestamp),
    Domain(String),
    Path(Option<&'line str>),
    Secure,
    HttpOnly,
    SameSite(SameSite),
}

impl<'line> SetCookie<'line> {
    /// Reads a line. Section 5.6.
    pub(crate) fn read(line: &'line str, now: Timestamp) -> Result<Self, CookieRule> {
        if has_control_character(line) {
            return Err(CookieRule::ControlCharacter);
        }
        let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
        let (name, value) = split_pair(pair);
        let octets = name.len() + value.len();
        if octets > LONGEST_PAIR_OCTETS {
            return Err(CookieRule::TooLarge {
                octets: u32::try_from(octets).unwrap_or(u32::MAX),
            });
        }
        // 5.7, step 2.
        if octets == 0 {
            return Err(CookieRule::Empty);
        }
        Ok(Self::with_attributes(name, value, attributes, now))
    }

    /// Of several attributes of one name the last counts (5.7, steps 6 to 17), so they are taken from the end.
    fn with_attributes(
        name: &'line str,
        value: &'line str,
        attributes: &'line str,
        now: Timestamp,
    ) -> Self {
        let (mut expires, mut max_age, mut domain, mut path) = (None, None, None, None);
        let (mut secure, mut http_only, mut same_site) = (None, None, None);
        let mut ignored = Vec::new();
        let mut expires_position = None;
        for text in attributes.rsplit(';') {
            let (name, value) = match text.split_once('=') {
                Some((name, value)) => (trim(name), trim(value)),
                None => (trim(text), ""),
            };
            if name.is_empty() && value.is_empty() {
                continue;
            }
            let known = is_known(name);
            let attribute = if value.len() > LONGEST_ATTRIBUTE_OCTETS {
                None
            } else {
                Attribute::read(name, value, now)
            };
            let has_meaning = attribute.as_ref().is_some_and(Attribute::has_meaning);
            let is_last = match attribute {
                None => false,
                Some(Attribute::Expires(at)) => fill(&mut expires, at),
                Some(Attribute::MaxAge(at)) => fill(&mut max_age, at),
                Some(Attribute::Domain(text)) => fill(&mut domain, text),
                Some(Attribute::Path(text)) => fill(&mut path, text),
                Some(Attribute::Secure) => fill(&mut secure, ()),
                Some(Attribute::HttpOnly) => fill(&mut http_only, ()),
                Some(Attribute::SameSite(mode)) => fill(&mut same_site, mode),
            };
            if is_last && has_meaning {
                if name.eq_ignore_ascii_case("expires") {
                    expires_position = Some((ignored.len(), name));
                }
            } else {
                ignored.push(ignore(name, !known));
            }
        }
        // 5.7, step 6: Max-Age beats Expires, wherever they stand.
        if max_age.is_some()
            && let Some((position, name)) = expires_position
        {
            ignored.insert(position, ignore(name, false));
        }
        ignored.reverse();
        ignored.truncate(MOST_IGNORED);
        Self {
            name,
            value,
            expires: max_age.or(expires),
            has_max_age: max_age.is_some(),
            domain: domain.unwrap_or_default(),
            path,
            secure: secure.is_some(),
            http_only: http_only.is_some(),
            same_site: same_site.unwrap_or(SameSite::Default),
            ignored,
        }
    }
}

impl<'line> Attribute<'line> {
    /// Reads an attribute; `None` where its name is unknown or its value is to be ignored.
    fn read(name: &str, value: &'line str, now: Timestamp) -> Option<Self> {
        let latest = now.plus_seconds(LONGEST_LIFE_SECONDS);
        match name.to_ascii_lowercase().as_str() {
            // 5.6.1
            "expires" => Some(Self::Expires(cookie_date(value)?.min(latest))),
            // 5.6.2
            "max-age" => Some(Self::MaxAge(max_age(value, now)?.min(latest))),
            // 5.6.3
            "domain" => {
                let domain = value.strip_prefix('.').unwrap_or(value);
                Some(Self::Domain(domain.to_ascii_lowercase()))
            }
            // 5.6.4
            "path" => Some(Self::Path(value.starts_with('/').then_some(value))),
            // 5.6.5
            "secure" => Some(Self::Secure),
            // 5.6.6
            "httponly" => Some(Self::HttpOnly),
            // 5.6.7
            "samesite" => Some(Self::SameSite(match value.to_ascii_lowercase().as_str() {
                "strict" => SameSite::Strict,
                "lax" => SameSite::Lax,
                "none" => SameSite::None,
                _ => SameSite::Default,
            })),
            _ => None,
        }
    }

    /// Whether its value says more than leaving the attribute out would.
    fn has_meaning(&self) -> bool {
        match self {
            Self::Domain(domain) => !domain.is_empty(),
            Self::Path(path) => path.is_some(),
            Self::SameSite(mode) => *mode != SameSite::Default,
            _ => true,
        }
    }
}

/// Name and value of a pair; without an equals sign it is all value. Section 5.6, steps 3 and 4.
pub(crate) fn split_pair(pair: &str) -> (&str, &str) {
    match pair.split_once('=') {
        Some((name, value)) => (trim(name), trim(value)),
        None => ("", trim(pair)),
    }
}

/// Whether there is a control character other than a tab. Section 5.6, step 1.
pub(crate) fn has_control_character(text: &str) -> bool {
    text.bytes()
        .any(|byte| byte.is_ascii_control() && byte != b'\t')
}

/// White space of the grammar: space and tab.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

/// When a `Max-Age` ends; `None` where it is not a number. Section 5.6.2.
fn max_age(value: &str, now: Timestamp) -> Option<Timestamp> {
    let (negative, digits) = match value.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, value),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // A number too long to be read is in any case over the limit.
    let seconds = digits.parse().unwrap_or(i64::MAX);
    Some(if negative || seconds == 0 {
        Timestamp::from_milliseconds(i64::MIN)
    } else {
        now.plus_seconds(seconds)
    })
}

fn is_known(name: &str) -> bool {
    [
        "expires", "max-age", "domain", "path", "secure", "httponly", "samesite",
    ]
    .iter()
    .any(|known| name.eq_ignore_ascii_case(known))
}

fn ignore(name: &str, unknown: bool) -> IgnoredAttribute {
    IgnoredAttribute {
        name: name.chars().take(LONGEST_IGNORED_NAME).collect(),
        unknown,
    }
}

/// Fills an empty slot, and says whether it was empty.
fn fill<T>(slot: &mut Option<T>, content: T) -> bool {
    let was_empty = slot.is_none();
    slot.get_or_insert(content);
    was_empty
}
