//! What is said in the cookie scene: of lines, attributes, rules and grades. Sections are those of RFC 6265bis, draft 22.

use protocol::{
    AttributeEffect, AttributeKind, AttributeRead, Cookie, CookieGrade, CookieHeld, CookieRule,
    CookieText, Defaults, GradeFinding, JarOutcome, LineOutcome, SameSite, Storing,
};

use super::cookie::{held, rule_against, same_site_word, storing};
use super::time;
use crate::state::Readback;

/// How a verdict is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It went well.
    Good,
    /// It did not.
    Bad,
    /// It is neither good nor bad.
    Neither,
}

/// What is said above the fields.
pub(crate) const LEAD: &str = "Paste `Set-Cookie` lines and the URL that answered with them. The same rules that the lanes’ user agent goes by say what is stored, and what a request carries. Nothing here touches a cookie of a lane, unless you say so.";
/// What stands where no line does.
pub(crate) const NO_LINES: &str = "No line yet. Paste what a server answered, from your browser’s network panel or from `curl -v`, or take an example. Each line is then stored or refused here, by a rule that is named.";
/// What stands where no jar does.
pub(crate) const EMPTY_JAR: &str = "Nothing is stored, so there is nothing to send.";
/// What stands where a URL can't be read.
pub(crate) const NO_URL: &str = "This is not an http or https URL. With one, such as `https://example.org/`, the rules can be tried.";
/// What stands where no number does.
pub(crate) const NO_SECONDS: &str =
    "This is no whole number of seconds: the request is tried at once.";
/// What is said of methods.
pub(crate) const METHOD_NOTE: &str =
    "A real link or image always asks with GET; here any method can be tried.";
/// What stands where there is no cookie for the table.
pub(crate) const NO_MATRIX: &str =
    "The cookie of this line is not in the jar, so there is nothing to send in any case.";
/// What stands where there is no grade.
pub(crate) const NO_GRADE: &str =
    "There is no line whose attributes could be read, so there is nothing to grade.";
/// What is said of the grade.
pub(crate) const GRADE_NOTE: &str =
    "For a cookie that proves who someone is. Others may have reasons of their own.";
/// What is said of trying.
pub(crate) const PROBE_NOTE: &str = "To see what this browser really does, the line is written to `document.cookie` under a name of its own, read back, and removed again. Page script can try only what script may do, on this page’s own URL.";
/// What stands where a line has no name.
pub(crate) const NO_PROBE: &str = "A nameless cookie can’t be tried under another name.";

/// What a text can be taken for, first that it is to be found out.
pub(crate) const KINDS: [&str; 4] = [
    "as detected",
    "Set-Cookie lines",
    "assigned to document.cookie",
    "names and values alone",
];
/// The defaults.
pub(crate) const DEFAULTS: [&str; 2] = ["Chromium: as Lax", "other browsers: none"];

/// What the text was taken for, and what was done to read it.
pub(crate) fn taken_for(outcome: &JarOutcome) -> String {
    let Some(kind) = outcome.kind else {
        return String::new();
    };
    let mut said = String::from(match kind {
        CookieText::SetCookie => "Read as `Set-Cookie` lines.",
        CookieText::Assigned => {
            "Read as lines that page script assigns to `document.cookie`: script may not set HttpOnly."
        }
        CookieText::Pairs => {
            "Read as names and values alone, as in a `Cookie` field or in what `document.cookie` gives. Attributes are not in it, so each is taken for a cookie that goes wherever it can on this host."
        }
    });
    if outcome.unwrapped {
        said.push_str(" The field’s name was taken off.");
    }
    for (count, what) in [
        (outcome.other_fields, "of another field, and left out"),
        (outcome.left_out, "too many to be tried here"),
    ] {
        match count {
            0 => {}
            1 => said.push_str(&format!(" 1 line is {what}.")),
            _ => said.push_str(&format!(" {count} lines are {what}.")),
        }
    }
    said
}

/// A line's fate: its mark, a word, and why.
pub(crate) fn fate(line: &LineOutcome) -> (Mark, &'static str, String) {
    match &line.storing {
        Storing::Stored(cookie) => {
            let mut said = format!("{}.", goes_to(cookie));
            if line.replaced {
                said.push_str(" A later line replaces or removes it.");
            }
            (Mark::Good, "stored", said)
        }
        Storing::Removed { .. } => (
            Mark::Good,
            "removed",
            format!("Its life is over. {}.", storing(&line.storing)),
        ),
        Storing::Refused(rule) => (
            Mark::Bad,
            "refused",
            format!(
                "{}. ({})",
                capital(&rule_against(rule)),
                rule_reference(rule)
            ),
        ),
    }
}

/// To which hosts and paths a cookie goes.
fn goes_to(cookie: &Cookie) -> String {
    format!(
        "Goes to `{}`{}, to `{}` and below",
        cookie.domain,
        if cookie.host_only {
            " alone"
        } else {
            " and all hosts below it"
        },
        cookie.path
    )
}

/// A jar's row: the cookie, where it goes, how long it lasts from when it was set, and what else there is to it.
pub(crate) fn row(cookie: &Cookie) -> [String; 3] {
    let lasts = match cookie.expires {
        Some(expires) => time::duration(cookie.created, expires),
        None if cookie.attributes_known => String::from("until the browser closes"),
        None => String::from("unknown"),
    };
    let mut more = vec![format!("SameSite {}", same_site_word(cookie.same_site))];
    for (is_on, name) in [(cookie.secure, "Secure"), (cookie.http_only, "HttpOnly")] {
        if is_on {
            more.push(name.to_owned());
        }
    }
    [
        format!(
            "{}{}{}",
            cookie.domain,
            if cookie.host_only { "" } else { " and below" },
            cookie.path
        ),
        lasts,
        if cookie.attributes_known {
            more.join(" · ")
        } else {
            String::from("unknown")
        },
    ]
}

/// What an attribute means here, or why it does nothing; and whether it counts.
pub(crate) fn attribute(read: &AttributeRead) -> (bool, String) {
    let meaning = meaning(read);
    let ignored = match read.effect {
        AttributeEffect::Taken => return (true, meaning),
        AttributeEffect::Capped => return (true, format!("{meaning}; capped at 400 days (5.5)")),
        AttributeEffect::Unknown => match read.name.text.to_ascii_lowercase().as_str() {
            "partitioned" => {
                "not in the draft; browsers that know it keep a jar for each top-level site, and refuse it without Secure"
            }
            "priority" => "not in the draft; Chromium alone knows it",
            _ => "no browser rule knows this name (5.6)",
        },
        AttributeEffect::NoMeaning => match read.kind {
            AttributeKind::Path => {
                "it does not start with a slash, so the URL’s own folder holds (5.6.4)"
            }
            AttributeKind::Domain => {
                "it is empty, so the cookie is this host’s alone (5.7, step 10)"
            }
            AttributeKind::SameSite => "none of Strict, Lax, None: as if not given (5.6.7)",
            AttributeKind::MaxAge => "not a whole number of seconds (5.6.2)",
            _ => "not a date (5.6.1)",
        },
        AttributeEffect::TooLong => "its value is over 1,024 octets (5.6)",
        AttributeEffect::Repeated => "a later one of the same name counts (5.7)",
        AttributeEffect::MaxAgeWins => "`Max-Age` beats `Expires` (5.7, step 6)",
    };
    (false, format!("ignored: {ignored}"))
}

fn meaning(read: &AttributeRead) -> String {
    let value = read.value.text.as_str();
    String::from(match read.kind {
        AttributeKind::Expires => "the browser drops it at this moment (5.6.1)",
        AttributeKind::MaxAge if value.starts_with('-') || value.bytes().all(|it| it == b'0') => {
            "its life is over: this removes the cookie (5.6.2)"
        }
        AttributeKind::MaxAge => "the browser drops it after so many seconds (5.6.2)",
        AttributeKind::Domain => "meant for the named host and all hosts below it (5.6.3)",
        AttributeKind::Path => "sent to this path and what is below it (5.6.4)",
        AttributeKind::Secure => "sent over secure connections alone (5.6.5)",
        AttributeKind::HttpOnly => "out of page script’s sight (5.6.6)",
        AttributeKind::SameSite => match value.to_ascii_lowercase().as_str() {
            "strict" => "kept from every request that another site causes (5.6.7)",
            "lax" => {
                "of what another site causes, only with a link or form that opens the page by a safe method (5.6.7)"
            }
            _ => "sent whoever causes the request; needs `Secure` (5.6.7)",
        },
        AttributeKind::Unknown => "",
    })
}

/// Where a rule against a cookie stands.
pub(crate) const fn rule_reference(rule: &CookieRule) -> &'static str {
    match rule {
        CookieRule::WithoutCredentials => "Fetch, HTTP-network fetch",
        CookieRule::ControlCharacter => "RFC 6265bis, 5.6, step 1",
        CookieRule::TooLarge { .. } => "RFC 6265bis, 5.6, step 5",
        CookieRule::Empty => "RFC 6265bis, 5.7, step 2",
        CookieRule::PublicSuffix { .. } => "RFC 6265bis, 5.7, step 9",
        CookieRule::ForeignDomain { .. } => "RFC 6265bis, 5.7, step 10",
        CookieRule::SecureFromInsecure => "RFC 6265bis, 5.7, step 13",
        CookieRule::HttpOnlyFromScript => "RFC 6265bis, 5.7, step 15",
        CookieRule::OverlaysSecure => "RFC 6265bis, 5.7, step 16",
        CookieRule::CrossSite => "RFC 6265bis, 5.7, step 18",
        CookieRule::NoneWithoutSecure => "RFC 6265bis, 5.7, step 19",
        CookieRule::SecurePrefix => "RFC 6265bis, 5.7, step 20",
        CookieRule::HostPrefix => "RFC 6265bis, 5.7, step 21",
        CookieRule::NamelessPrefix => "RFC 6265bis, 5.7, step 22",
        CookieRule::OverwritesHttpOnly => "RFC 6265bis, 5.7, step 23",
    }
}

/// Where a rule that holds a cookie stands.
pub(crate) const fn held_reference(rule: &CookieHeld) -> &'static str {
    match rule {
        CookieHeld::WithoutCredentials => "Fetch, HTTP-network-or-cache fetch",
        CookieHeld::Expired { .. } => "RFC 6265bis, 5.7",
        CookieHeld::SameSite {
            same_site: SameSite::Default,
            ..
        } => "RFC 6265bis, 5.6.7.2 and 5.8.3",
        _ => "RFC 6265bis, 5.8.3",
    }
}

/// What a setting of the defaults says.
pub(crate) const fn defaults_note(defaults: Defaults) -> &'static str {
    match defaults {
        Defaults::Chromium => {
            "Chromium treats a cookie without SameSite as Lax, and lets it go with a POST from another site’s form in its first two minutes. (RFC 6265bis, 5.6.7.2)"
        }
        Defaults::Others => {
            "Firefox and Safari send a cookie without SameSite with all requests, though they may block other sites’ cookies by other means, which are not modelled."
        }
    }
}

/// Why a cookie is held, and where that stands.
pub(crate) fn why_held(rule: &CookieHeld) -> String {
    format!(": {}. ({})", held(rule), held_reference(rule))
}

/// What is said of the table, and of the rule that holds the cookie whatever its `SameSite`.
pub(crate) fn matrix_note(rule: Option<&CookieHeld>) -> String {
    match rule {
        None => String::from(
            "What would become of this cookie with each `SameSite`. Every cell comes from the code that judged the line and the request above. “Refused” means not stored in the first place.",
        ),
        Some(rule) => format!(
            "Whatever its `SameSite`, this request does not carry it: {}.",
            held(rule)
        ),
    }
}

/// What the model says of a line that was tried.
pub(crate) fn modelled(model: &Storing) -> String {
    match model {
        Storing::Refused(rule) => format!(
            "refused, {}. ({})",
            rule_against(rule),
            rule_reference(rule)
        ),
        model => format!("{}.", storing(model)),
    }
}

/// What this browser made of a line that was tried, against the model.
pub(crate) const fn probed(model: &Storing, readback: &Readback) -> &'static str {
    match (model, readback) {
        (Storing::Stored(_), Readback::AsModelled) => {
            "This browser: `document.cookie` showed it. Both agree."
        }
        (Storing::Stored(_), Readback::OutOfSight) => {
            "This browser: written, for a path whose cookies this page is not shown. What became of it can’t be seen."
        }
        (Storing::Stored(_), _) => "This browser: `document.cookie` did not show it. They differ.",
        (_, Readback::AsModelled) => "This browser: `document.cookie` did not show it. Both agree.",
        _ => "This browser: `document.cookie` showed it. They differ.",
    }
}

/// A requirement, and how it is met: its mark, a word, and why.
pub(crate) fn grade(grade: &CookieGrade) -> (String, Mark, &'static str, &'static str) {
    let (mark, word) = match grade.finding.is_met() {
        Some(true) => (Mark::Good, "met"),
        Some(false) => (Mark::Bad, "not met"),
        None => (Mark::Neither, "it depends"),
    };
    let reason = match (grade.finding, grade.requirement) {
        (GradeFinding::Met, 1) => "`Secure`, and a prefix by which browsers hold it to that.",
        (GradeFinding::Met, 2) => "SameSite is Strict or Lax.",
        (GradeFinding::Met, 3) => "`__Host-`: no other host can set or get it.",
        (GradeFinding::Met, 4) => "HttpOnly: a script that gets in can’t read it.",
        (GradeFinding::Met, _) => "Name and value are within 4,096 octets.",
        (GradeFinding::NoSecure, _) => "There is no `Secure`: it goes over plain http as well.",
        (GradeFinding::NoPrefix, _) => {
            "`Secure`, but the name starts with neither `__Host-` nor `__Secure-`."
        }
        (GradeFinding::NoSameSite, _) => {
            "There is no SameSite: what other sites can do with it differs by browser."
        }
        (GradeFinding::SameSiteNone, _) => {
            "`SameSite=None` lets every site cause requests with it. Only a cookie for embedding needs that."
        }
        (GradeFinding::NoHostPrefix, _) => {
            "The name does not start with `__Host-`: hosts beside and below can set one like it."
        }
        (GradeFinding::Shared, _) => {
            "`Domain` shares it with other hosts. Where that is not meant: `__Host-`, and no `Domain`."
        }
        (GradeFinding::NoHttpOnly, _) => {
            "There is no HttpOnly: a script that gets in can take it away."
        }
        (GradeFinding::SetByScript, _) => "Page script set it, so script has its value.",
        (GradeFinding::TooLarge, _) => "Name and value are over 4,096 octets: no browser keeps it.",
    };
    (
        format!("ASVS 3.3.{}", grade.requirement),
        mark,
        word,
        reason,
    )
}

/// With which name the stateful server looks, where a line has another.
pub(crate) fn other_name(name: &str, wanted: &str) -> String {
    format!(
        "The stateful server looks for a cookie `{wanted}`. This one is called `{name}`: the browser will send it, and the server will not look at it."
    )
}

/// With its first letter in upper case.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
