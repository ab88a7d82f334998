//! Reading a `Set-Cookie` line (5.6). It never judges whether the cookie may be stored.

use protocol::{AttributeEffect, AttributeKind, CookieRule, IgnoredAttribute, SameSite, Timestamp};

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
    /// All attributes, in the line's order.
    pub(crate) attributes: Vec<ReadAttribute<'line>>,
}

/// An attribute as it was read.
#[derive(Debug)]
pub(crate) struct ReadAttribute<'line> {
    pub(crate) name: &'line str,
    pub(crate) value: &'line str,
    pub(crate) kind: AttributeKind,
    pub(crate) effect: AttributeEffect,
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
        let mut reads = Vec::new();
        for text in attributes.rsplit(';') {
            let (name, value) = match text.split_once('=') {
                Some((name, value)) => (trim(name), trim(value)),
                None => (trim(text), ""),
            };
            if name.is_empty() && value.is_empty() {
                continue;
            }
            let kind = kind_of(name);
            let (attribute, mut effect) = if kind == AttributeKind::Unknown {
                (None, AttributeEffect::Unknown)
            } else if value.len() > LONGEST_ATTRIBUTE_OCTETS {
                (None, AttributeEffect::TooLong)
            } else {
                Attribute::read(kind, value, now)
            };
            let is_last = match attribute {
                None => true,
                Some(Attribute::Expires(at)) => fill(&mut expires, at),
                Some(Attribute::MaxAge(at)) => fill(&mut max_age, at),
                Some(Attribute::Domain(text)) => fill(&mut domain, text),
                Some(Attribute::Path(text)) => fill(&mut path, text),
                Some(Attribute::Secure) => fill(&mut secure, ()),
                Some(Attribute::HttpOnly) => fill(&mut http_only, ()),
                Some(Attribute::SameSite(mode)) => fill(&mut same_site, mode),
            };
            if !is_last {
                effect = AttributeEffect::Repeated;
            }
            reads.push(ReadAttribute {
                name,
                value,
                kind,
                effect,
            });
        }
        reads.reverse();
        // 5.7, step 6: Max-Age beats Expires, wherever they stand.
        if max_age.is_some() {
            for read in &mut reads {
                if read.kind == AttributeKind::Expires && read.counts() {
                    read.effect = AttributeEffect::MaxAgeWins;
                }
            }
        }
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
            attributes: reads,
        }
    }

    /// Attributes that had no effect, in the line's order.
    pub(crate) fn ignored(&self) -> Vec<IgnoredAttribute> {
        self.attributes
            .iter()
            .filter(|read| !read.counts())
            .take(MOST_IGNORED)
            .map(|read| IgnoredAttribute {
                name: read.name.chars().take(LONGEST_IGNORED_NAME).collect(),
                unknown: read.kind == AttributeKind::Unknown,
            })
            .collect()
    }
}

impl ReadAttribute<'_> {
    /// Whether it had an effect.
    fn counts(&self) -> bool {
        matches!(
            self.effect,
            AttributeEffect::Taken | AttributeEffect::Capped
        )
    }
}

impl<'line> Attribute<'line> {
    /// Reads an attribute, and says what it does; `None` where its value is to be ignored, as if it was not there.
    fn read(
        kind: AttributeKind,
        value: &'line str,
        now: Timestamp,
    ) -> (Option<Self>, AttributeEffect) {
        use AttributeEffect::{Capped, NoMeaning, Taken};
        let latest = now.plus_seconds(LONGEST_LIFE_SECONDS);
        let life = |ends: Option<Timestamp>, of: fn(Timestamp) -> Self| match ends {
            None => (None, NoMeaning),
            Some(at) if at > latest => (Some(of(latest)), Capped),
            Some(at) => (Some(of(at)), Taken),
        };
        // What says no more than leaving the attribute out would still counts against an earlier one of its name.
        let said = |attribute: Self, has_meaning: bool| {
            let effect = if has_meaning { Taken } else { NoMeaning };
            (Some(attribute), effect)
        };
        match kind {
            // 5.6.1
            AttributeKind::Expires => life(cookie_date(value), Self::Expires),
            // 5.6.2
            AttributeKind::MaxAge => life(max_age(value, now), Self::MaxAge),
            // 5.6.3
            AttributeKind::Domain => {
                let domain = value.strip_prefix('.').unwrap_or(value);
                said(
                    Self::Domain(domain.to_ascii_lowercase()),
                    !domain.is_empty(),
                )
            }
            // 5.6.4
            AttributeKind::Path => {
                let is_path = value.starts_with('/');
                said(Self::Path(is_path.then_some(value)), is_path)
            }
            // 5.6.5
            AttributeKind::Secure => said(Self::Secure, true),
            // 5.6.6
            AttributeKind::HttpOnly => said(Self::HttpOnly, true),
            // 5.6.7
            AttributeKind::SameSite => {
                let mode = match value.to_ascii_lowercase().as_str() {
                    "strict" => SameSite::Strict,
                    "lax" => SameSite::Lax,
                    "none" => SameSite::None,
                    _ => SameSite::Default,
                };
                said(Self::SameSite(mode), mode != SameSite::Default)
            }
            AttributeKind::Unknown => (None, AttributeEffect::Unknown),
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

/// Which attribute a name means. Section 5.6, compared without case.
pub(crate) fn kind_of(name: &str) -> AttributeKind {
    [
        ("expires", AttributeKind::Expires),
        ("max-age", AttributeKind::MaxAge),
        ("domain", AttributeKind::Domain),
        ("path", AttributeKind::Path),
        ("secure", AttributeKind::Secure),
        ("httponly", AttributeKind::HttpOnly),
        ("samesite", AttributeKind::SameSite),
    ]
    .into_iter()
    .find(|(known, _)| name.eq_ignore_ascii_case(known))
    .map_or(AttributeKind::Unknown, |(_, kind)| kind)
}

/// Fills an empty slot, and says whether it was empty.
fn fill<T>(slot: &mut Option<T>, content: T) -> bool {
    let was_empty = slot.is_none();
    slot.get_or_insert(content);
    was_empty
}
