//! A trial of the cookie rules, and its outcome: what was pasted goes into an empty jar, and one request is made with
//! it. Nothing here is a real cookie. Sections are those of RFC 6265bis, draft 22.

use serde::{Deserialize, Serialize};

use crate::{Cookie, CookieHeld, CookieRule, Initiator, SameSite, Storing, Timestamp};

/// Where a URL leads, as far as cookies care.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Scheme, host and port, as a URL parser normalises them.
    pub origin: String,
    /// The path, without the query.
    pub path: String,
}

/// What kind of text holds cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CookieText {
    /// `Set-Cookie` lines of an answer, one a line.
    SetCookie,
    /// Lines that page script assigns to `document.cookie`, one a line.
    Assigned,
    /// Names and values alone: a `Cookie` field, or what `document.cookie` gives.
    Pairs,
}

/// What is to be put into the jar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pasted {
    /// A text as someone pasted it.
    Text {
        /// The text.
        text: String,
        /// What kind it is; `None` where that is to be found out.
        kind: Option<CookieText>,
    },
    /// `Set-Cookie` lines, each as the field's value.
    Lines(Vec<String>),
}

/// What holds for a cookie without `SameSite`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Defaults {
    /// It is treated as `Lax`, with the two-minute exception for unsafe methods. 5.6.7.2.
    #[default]
    Chromium,
    /// It is sent with all requests, as in other browsers.
    Others,
}

/// A request that is tried with the jar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialRequest {
    /// Where it goes.
    pub to: Place,
    /// Its method.
    pub method: String,
    /// Who caused it.
    pub initiator: Initiator,
    /// When.
    pub at: Timestamp,
}

/// A trial: what is stored, and what a request carries of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JarTrial {
    /// What is put into the jar.
    pub pasted: Pasted,
    /// The URL that answered with it, or the page's whose script assigned it.
    pub set_by: Place,
    /// Who caused the request that was answered.
    pub set_for: Initiator,
    /// When.
    pub set_at: Timestamp,
    /// The request; `None` where there is none to try.
    pub request: Option<TrialRequest>,
    /// What holds where a cookie has no `SameSite`.
    pub defaults: Defaults,
    /// Which line's cookie the table of `SameSite` is about; `None` for the first that was stored.
    pub at_hand: Option<u32>,
    /// How many lines are tried at most.
    pub most_lines: u32,
}

/// What came of a trial.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JarOutcome {
    /// What kind of text it was; `None` where there was nothing to read.
    pub kind: Option<CookieText>,
    /// Whether a field's name was taken off (`Set-Cookie:`, `Cookie:`, `document.cookie =`).
    pub unwrapped: bool,
    /// How many lines were left out as another field of an answer.
    pub other_fields: u32,
    /// How many lines were too many to try.
    pub left_out: u32,
    /// Line by line.
    pub lines: Vec<LineOutcome>,
    /// The jar that came of it, in the order in which the cookies were first stored.
    pub jar: Vec<Cookie>,
    /// What the request does with each cookie: first those that are sent, in their order, then those that are held.
    pub decisions: Vec<JarDecision>,
    /// The value of the `Cookie` field; `None` where no cookie is sent.
    pub header: Option<String>,
    /// The line whose cookie is at hand.
    pub at_hand: Option<u32>,
    /// What would be sent of that cookie by `SameSite`, initiator and method; empty where it is not in the jar.
    pub matrix: Vec<MatrixCell>,
}

/// What became of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineOutcome {
    /// The line as it was read, the field's name taken off; its beginning only, where it is too long to be shown.
    pub line: Excerpt,
    /// What the jar did with it.
    pub storing: Storing,
    /// Whether a later line replaced or removed the cookie.
    pub replaced: bool,
    /// Its attributes, at most 24, in the line's order; none where the line was refused before they were read.
    pub attributes: Vec<AttributeRead>,
    /// What ASVS 5.0, 3.3 asks of it; none where the line can't be read.
    pub grades: Vec<CookieGrade>,
}

/// A text, or the beginning of a long one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The text.
    pub text: String,
    /// How many octets the whole has.
    pub octets: u32,
}

impl Excerpt {
    /// The whole text, or as much of it as there is room for.
    pub fn of(text: &str, most_octets: usize) -> Self {
        Self {
            text: text[..text.floor_char_boundary(most_octets)].to_owned(),
            octets: u32::try_from(text.len()).unwrap_or(u32::MAX),
        }
    }

    /// Whether this is not the whole.
    pub const fn is_cut(&self) -> bool {
        (self.text.len() as u64) < self.octets as u64
    }
}

/// An attribute as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeRead {
    /// Its name as written.
    pub name: Excerpt,
    /// Its value as written.
    pub value: Excerpt,
    /// Which one it is.
    pub kind: AttributeKind,
    /// What it did.
    pub effect: AttributeEffect,
}

/// An attribute that the draft knows, or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttributeKind {
    /// 5.6.1.
    Expires,
    /// 5.6.2.
    MaxAge,
    /// 5.6.3.
    Domain,
    /// 5.6.4.
    Path,
    /// 5.6.5.
    Secure,
    /// 5.6.6.
    HttpOnly,
    /// 5.6.7.
    SameSite,
    /// Not in the draft.
    Unknown,
}

/// What an attribute did, or why it did nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttributeEffect {
    /// It counts.
    Taken,
    /// It counts, up to 400 days. 5.5.
    Capped,
    /// Ignored: its name is unknown. 5.6.
    Unknown,
    /// Ignored: its value has no meaning, so the default holds.
    NoMeaning,
    /// Ignored: its value is over 1,024 octets. 5.6.
    TooLong,
    /// Ignored: a later one of the same name counts. 5.7.
    Repeated,
    /// Ignored: `Max-Age` beats `Expires`. 5.7, step 6.
    MaxAgeWins,
}

/// What a request does with a cookie of the jar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JarDecision {
    /// Which cookie of the jar, from 0.
    pub cookie: u32,
    /// The rule that holds it; `None` where it is sent.
    pub held: Option<CookieHeld>,
}

/// What would become of the cookie at hand, with another `SameSite` and on another request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixCell {
    /// With this attribute.
    pub same_site: SameSite,
    /// On a request that this one caused.
    pub initiator: Initiator,
    /// With this method.
    pub method: String,
    /// What would come of it.
    pub fate: CookieFate,
}

/// What becomes of a cookie on its way from one answer to the next request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CookieFate {
    /// It is sent.
    Sent,
    /// It is stored, and held.
    Held(CookieHeld),
    /// It is not stored in the first place.
    Refused(CookieRule),
}

/// A requirement of ASVS 5.0 on how a cookie is set up, and how a line meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CookieGrade {
    /// The last number of the requirement: 1 for 3.3.1.
    pub requirement: u8,
    /// How it is met.
    pub finding: GradeFinding,
}

/// How a line meets a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GradeFinding {
    /// It does.
    Met,
    /// There is no `Secure`. 3.3.1.
    NoSecure,
    /// The name starts with neither `__Host-` nor `__Secure-`. 3.3.1.
    NoPrefix,
    /// There is no `SameSite`, so that browsers differ. 3.3.2.
    NoSameSite,
    /// `SameSite=None`: it depends on the cookie's purpose. 3.3.2.
    SameSiteNone,
    /// There is no `__Host-`. 3.3.3.
    NoHostPrefix,
    /// There is no `__Host-`, but a `Domain`: it depends on whether it is meant to be shared. 3.3.3.
    Shared,
    /// There is no `HttpOnly`. 3.3.4.
    NoHttpOnly,
    /// Page script set it, so script has its value. 3.3.4.
    SetByScript,
    /// Name and value are over 4,096 octets. 3.3.5.
    TooLarge,
}

impl GradeFinding {
    /// Whether it is met; `None` where that depends on what the cookie is for.
    pub const fn is_met(self) -> Option<bool> {
        match self {
            Self::Met => Some(true),
            Self::SameSiteNone | Self::Shared => None,
            _ => Some(false),
        }
    }
}
