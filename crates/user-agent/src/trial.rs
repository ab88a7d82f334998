//! A trial: lines go into an empty jar, and one request is made with it. It has no rule of its own: [`Jar`] stores and
//! selects. It never touches a jar that is kept.

use protocol::{
    AttributeRead, CookieText, Defaults, Excerpt, Initiator, JarDecision, JarOutcome, JarTrial,
    LineOutcome, Pasted, Place, Site, Storing, Timestamp,
};

use crate::context::{RequestContext, SameSiteDefaults, Source};
use crate::grade::grades;
use crate::jar::{Jar, is_same, pair};
use crate::matrix::matrix;
use crate::pasted::{Lines, lines_of};
use crate::reconciliation::guess;
use crate::set_cookie::{SetCookie, split_pair};
use crate::storage::admit;

/// After how many octets a line's text is cut: no line that is stored has a reason to be longer. Ours.
const LONGEST_LINE_OCTETS: usize = 8192;
/// After how many octets an attribute's name is cut. Ours.
const LONGEST_NAME_OCTETS: usize = 64;
/// After how many octets an attribute's value is cut. Ours.
const LONGEST_VALUE_OCTETS: usize = 200;
/// How many attributes of a line are reported. Ours.
const MOST_ATTRIBUTES: usize = 24;

/// Tries lines and a request on an empty jar.
pub fn try_jar(trial: &JarTrial) -> JarOutcome {
    let mut found = match &trial.pasted {
        Pasted::Text { text, kind } => lines_of(text, *kind),
        Pasted::Lines(lines) => Lines {
            kind: (!lines.is_empty()).then_some(CookieText::SetCookie),
            lines: lines.iter().map(String::as_str).collect(),
            ..Lines::default()
        },
    };
    let all = found.lines.len();
    found
        .lines
        .truncate(usize::try_from(trial.most_lines).unwrap_or(usize::MAX));
    let source = match found.kind {
        Some(CookieText::Assigned) => Source::Script,
        _ => Source::Http,
    };
    let set = context(&trial.set_by, "GET", trial.set_for, trial.defaults);

    let mut jar = Jar::default();
    let mut lines: Vec<LineOutcome> = found
        .lines
        .iter()
        .map(|line| match found.kind {
            Some(CookieText::Pairs) => hold_pair(&mut jar, line, &set, trial.set_at),
            _ => store_line(&mut jar, line, &set, source, trial.set_at),
        })
        .collect();
    for line in &mut lines {
        if let Storing::Stored(cookie) = &line.storing {
            line.replaced = !jar.cookies.contains(cookie);
        }
    }

    let mut outcome = JarOutcome {
        kind: found.kind,
        unwrapped: found.unwrapped,
        other_fields: count(found.other_fields),
        left_out: count(all - lines.len()),
        at_hand: at_hand(&lines, trial.at_hand).map(count),
        ..JarOutcome::default()
    };
    if let Some(request) = &trial.request {
        let there = context(
            &request.to,
            &request.method,
            request.initiator,
            trial.defaults,
        );
        let decisions = jar.decisions(&there, request.at);
        let sent: Vec<String> = decisions
            .iter()
            .filter(|(_, decision)| decision.is_ok())
            .map(|(position, _)| pair(&jar.cookies[*position]))
            .collect();
        outcome.header = (!sent.is_empty()).then(|| sent.join("; "));
        outcome.decisions = decisions
            .into_iter()
            .map(|(position, decision)| JarDecision {
                cookie: count(position),
                held: decision.err(),
            })
            .collect();
        let line = at_hand(&lines, trial.at_hand).and_then(|position| lines.get(position));
        if let Some(Storing::Stored(cookie)) = line.map(|line| &line.storing)
            && let Some(cookie) = jar.cookies.iter().find(|held| is_same(held, cookie))
        {
            outcome.matrix = matrix(cookie, &set, source, &there, request.at);
        }
    }
    outcome.lines = lines;
    outcome.jar = jar.cookies;
    outcome
}

/// The line that was asked for; else the first whose cookie is in the jar, else the first.
fn at_hand(lines: &[LineOutcome], asked: Option<u32>) -> Option<usize> {
    asked
        .and_then(|asked| usize::try_from(asked).ok())
        .filter(|asked| *asked < lines.len())
        .or_else(|| {
            lines
                .iter()
                .position(|line| matches!(line.storing, Storing::Stored(_)) && !line.replaced)
        })
        .or((!lines.is_empty()).then_some(0))
}

fn store_line(
    jar: &mut Jar,
    line: &str,
    set: &RequestContext,
    source: Source,
    now: Timestamp,
) -> LineOutcome {
    let storing = jar.store(line, set, source, now).storing;
    let read = admit(line, set, source, now);
    LineOutcome {
        line: Excerpt::of(line, LONGEST_LINE_OCTETS),
        storing,
        replaced: false,
        attributes: read.as_ref().map(attributes).unwrap_or_default(),
        grades: grades(read.as_ref(), source),
    }
}

/// Holds a cookie of which name and value alone are known, as it is when page script finds one.
fn hold_pair(jar: &mut Jar, text: &str, set: &RequestContext, now: Timestamp) -> LineOutcome {
    let storing = match SetCookie::read(text, now) {
        Err(rule) => Storing::Refused(rule),
        Ok(_) => {
            let cookie = guess(split_pair(text).0, text, set, now);
            jar.cookies.push(cookie.clone());
            Storing::Stored(cookie)
        }
    };
    LineOutcome {
        line: Excerpt::of(text, LONGEST_LINE_OCTETS),
        storing,
        replaced: false,
        attributes: Vec::new(),
        grades: Vec::new(),
    }
}

fn attributes(said: &SetCookie<'_>) -> Vec<AttributeRead> {
    said.attributes
        .iter()
        .take(MOST_ATTRIBUTES)
        .map(|read| AttributeRead {
            name: Excerpt::of(read.name, LONGEST_NAME_OCTETS),
            value: Excerpt::of(read.value, LONGEST_VALUE_OCTETS),
            kind: read.kind,
            effect: read.effect,
        })
        .collect()
}

fn context(
    place: &Place,
    method: &str,
    initiator: Initiator,
    defaults: Defaults,
) -> RequestContext {
    let site = Site {
        origin: place.origin.clone(),
        base_path: place.path.clone(),
    };
    RequestContext {
        initiator,
        same_site_defaults: match defaults {
            Defaults::Chromium => SameSiteDefaults::default(),
            Defaults::Others => SameSiteDefaults {
                lax_by_default: false,
                lax_allow_unsafe_seconds: 0,
            },
        },
        ..RequestContext::new(&site, &place.path, method)
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
