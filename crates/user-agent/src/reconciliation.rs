//! Taking over what page script really finds in `document.cookie` before a request is made: the real browser's store
//! is the truth about names, values and deletions. Script can't see attributes or HttpOnly cookies, so those are
//! never changed here.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use protocol::{Cookie, SameSite, Timestamp};

use crate::context::{RequestContext, Source};
use crate::jar::{Jar, has_ended, pair, sending_order};
use crate::order::ordered;
use crate::retrieval::decide;
use crate::script::removal_line;
use crate::set_cookie::{has_control_character, split_pair, trim};

/// What there was to do before a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beginning {
    /// What page script is to assign to `document.cookie`, to remove what the real browser should not hold: a cookie
    /// whose time has come by the one clock, as it ages its cookies by real time; and one in the place of an HttpOnly
    /// cookie, which it knows nothing of.
    pub removal_lines: Vec<String>,
    /// What has changed in the real browser without a response that asked for it, ordered by name.
    pub changes: Vec<Change>,
}

/// A change in the real browser's store that no response asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A cookie is gone: the user deleted it, the browser refused or ended it by itself, or cookies are disabled.
    Deleted {
        /// Its name.
        name: String,
    },
    /// A cookie has another value.
    Edited {
        /// Its name.
        name: String,
    },
    /// There is a cookie that no response set. Its attributes are guessed, as freely as can be.
    Appeared {
        /// Its name.
        name: String,
    },
    /// Page script put a cookie in the place of an HttpOnly one, which stays as it is. Section 5.7, step 23.2.
    Refused {
        /// Its name.
        name: String,
    },
}

impl Change {
    /// The name of the cookie that was changed.
    pub fn name(&self) -> &str {
        match self {
            Self::Deleted { name }
            | Self::Edited { name }
            | Self::Appeared { name }
            | Self::Refused { name } => name,
        }
    }
}

/// The pairs in `document.cookie` by name, each list in its order.
type Shown<'a> = BTreeMap<&'a str, Vec<&'a str>>;

/// A cookie that `document.cookie` is expected to show.
#[derive(Clone, Copy)]
struct Expected<'a> {
    cookie: &'a Cookie,
    /// Its place in the jar; `None` for one that has just ended, which the real browser may still hold.
    position: Option<usize>,
}

impl Jar {
    /// Ends what has ended by the one clock, then takes over what page script sees. Both belong before a request, and
    /// in this order: script read `document.cookie` before it could remove what ends now, so an ended cookie that
    /// still shows is not one that the user made.
    ///
    /// `document_cookie` is `None` where the browser has cookies disabled; `context` is the page's own. The lines of
    /// earlier answers must have been assigned before `document.cookie` was read.
    pub fn begin(
        &mut self,
        document_cookie: Option<&str>,
        context: &RequestContext,
        now: Timestamp,
    ) -> Beginning {
        let (ended, standing): (Vec<_>, Vec<_>) = std::mem::take(&mut self.cookies)
            .into_iter()
            .partition(|cookie| has_ended(cookie, now));
        self.cookies = standing;
        let ended: Vec<Cookie> = ended
            .into_iter()
            .filter(|cookie| !cookie.http_only)
            .map(|cookie| Cookie {
                // From here on it is judged by everything but its end.
                expires: None,
                ..cookie
            })
            .collect();
        let shown = read_shown(document_cookie.unwrap_or_default());
        let (mut changes, left) = self.compare(&ended, shown, context, now);
        let appeared = self.take_over(left, context, now);
        let refused: Vec<&str> = appeared.iter().filter_map(refused_name).collect();
        let mut removal_lines: Vec<String> = ended.iter().map(removal_line).collect();
        for cookie in self.kept_from_script(context, now) {
            if refused.contains(&cookie.name.as_str()) {
                removal_lines.extend(self.intruder_lines(cookie, context));
            }
        }
        changes.extend(appeared);
        Beginning {
            removal_lines,
            changes: ordered(changes, |one, other| one.name().cmp(other.name())),
        }
    }

    /// Changes the jar's cookies to what is shown of them. Returns what none of them accounts for.
    fn compare<'a>(
        &mut self,
        ended: &[Cookie],
        mut shown: Shown<'a>,
        context: &RequestContext,
        now: Timestamp,
    ) -> (Vec<Change>, Shown<'a>) {
        let mut changes = Vec::new();
        let mut edited = Vec::new();
        let mut is_deleted = vec![false; self.cookies.len()];
        for (name, expected) in self.expected(ended, context, now) {
            let pairs: Vec<String> = expected.iter().map(|one| pair(one.cookie)).collect();
            let found = shown.remove(name.as_str()).unwrap_or_default();
            let (matches, extra) = align(&pairs, &found);
            for ((one, expected_pair), found_pair) in expected.iter().zip(&pairs).zip(matches) {
                let Some(position) = one.position else {
                    continue;
                };
                let name = one.cookie.name.clone();
                match found_pair {
                    None => {
                        is_deleted[position] = true;
                        changes.push(Change::Deleted { name });
                    }
                    Some(found_pair) if found_pair != expected_pair => {
                        edited.push((position, value_of(&name, found_pair)));
                        changes.push(Change::Edited { name });
                    }
                    Some(_) => {}
                }
            }
            if let Some(first) = extra.first() {
                shown.insert(split_pair(first).0, extra);
            }
        }
        for (position, value) in edited {
            self.cookies[position].value = value;
        }
        let mut is_deleted = is_deleted.into_iter();
        self.cookies.retain(|_| is_deleted.next() != Some(true));
        (changes, shown)
    }

    /// Adds what is shown beyond the jar's cookies.
    ///
    /// Not where the jar holds an HttpOnly cookie of that name for the page: a browser lets page script put no cookie in
    /// its place (5.7, step 23.2). Script can't see paths, so any of that name counts as one of that place.
    fn take_over(
        &mut self,
        left: Shown<'_>,
        context: &RequestContext,
        now: Timestamp,
    ) -> Vec<Change> {
        let mut kept_from_script = BTreeSet::new(); // Collecting it would sort, by more code.
        for cookie in self.kept_from_script(context, now) {
            kept_from_script.insert(cookie.name.clone());
        }
        let mut changes = Vec::new();
        for (name, pairs) in left {
            if kept_from_script.contains(name) {
                let name = name.to_owned();
                changes.push(Change::Refused { name });
                continue;
            }
            for found_pair in pairs {
                self.cookies.push(guess(name, found_pair, context, now));
                let name = name.to_owned();
                changes.push(Change::Appeared { name });
            }
        }
        changes
    }

    /// The lines that remove what page script assigned over an HttpOnly cookie. Script does not tell the path that it
    /// gave: it can be any that the page lies below, but for one where the name is someone else's by right. Ours.
    fn intruder_lines(&self, hidden: &Cookie, context: &RequestContext) -> Vec<String> {
        let is_taken = |path: &str| {
            self.cookies
                .iter()
                .any(|it| !it.http_only && it.name == hidden.name && it.path == path)
        };
        let mut paths: Vec<&str> = context
            .path
            .match_indices('/')
            .flat_map(|(at, _)| [&context.path[..at], &context.path[..=at]])
            .filter(|path| path.starts_with('/'))
            .collect();
        paths.push(&hidden.path);
        let mut paths = ordered(paths, Ord::cmp);
        paths.dedup();
        paths
            .into_iter()
            .filter(|path| !is_taken(path))
            .map(|path| {
                removal_line(&Cookie {
                    path: path.to_owned(),
                    ..hidden.clone()
                })
            })
            .collect()
    }

    /// The HttpOnly cookies that go where the page goes.
    fn kept_from_script(
        &self,
        context: &RequestContext,
        now: Timestamp,
    ) -> impl Iterator<Item = &Cookie> {
        self.cookies
            .iter()
            .filter(|cookie| cookie.http_only)
            .filter(move |cookie| decide(cookie, context, Source::Http, now).is_ok())
    }

    /// What `document.cookie` should show, by the name that it shows, each list in its order.
    fn expected<'a>(
        &'a self,
        ended: &'a [Cookie],
        context: &RequestContext,
        now: Timestamp,
    ) -> BTreeMap<String, Vec<Expected<'a>>> {
        let standing = self.cookies.iter().enumerate().map(|(position, cookie)| {
            let position = Some(position);
            Expected { cookie, position }
        });
        let ended = ended.iter().map(|cookie| Expected {
            cookie,
            position: None,
        });
        let all = standing
            .chain(ended)
            .filter(|one| decide(one.cookie, context, Source::Script, now).is_ok())
            .collect();
        let mut by_name: BTreeMap<String, Vec<Expected<'a>>> = BTreeMap::new();
        for one in ordered(all, |one, other| sending_order(one.cookie, other.cookie)) {
            // A nameless cookie `a=b` is shown like one of the name `a`.
            let shown = pair(one.cookie);
            let name = split_pair(&shown).0.to_owned();
            by_name.entry(name).or_default().push(one);
        }
        by_name
    }
}

fn refused_name(change: &Change) -> Option<&str> {
    match change {
        Change::Refused { name } => Some(name),
        _ => None,
    }
}

/// Reads `document.cookie`.
fn read_shown(document_cookie: &str) -> Shown<'_> {
    let mut by_name = Shown::new();
    for shown in document_cookie.split(';').map(trim) {
        // No browser holds a cookie with a control character: 5.7, step 3.
        if !shown.is_empty() && !has_control_character(shown) {
            let (name, _) = split_pair(shown);
            by_name.entry(name).or_default().push(shown);
        }
    }
    by_name
}

/// Which of the pairs found is which of those expected, and which are left over. As many as expected are taken in
/// their order; otherwise equal ones find each other first, and the rest in their order.
fn align<'a>(expected: &[String], found: &[&'a str]) -> (Vec<Option<&'a str>>, Vec<&'a str>) {
    if expected.len() == found.len() {
        return (found.iter().copied().map(Some).collect(), Vec::new());
    }
    let mut positions: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
    for (position, found_pair) in found.iter().enumerate() {
        positions.entry(found_pair).or_default().push_back(position);
    }
    let mut taken = vec![false; found.len()];
    let mut matches: Vec<Option<&str>> = Vec::with_capacity(expected.len());
    for expected_pair in expected {
        let equal = positions
            .get_mut(expected_pair.as_str())
            .and_then(VecDeque::pop_front);
        if let Some(position) = equal {
            taken[position] = true;
        }
        matches.push(equal.map(|position| found[position]));
    }
    let mut rest = found
        .iter()
        .copied()
        .zip(taken)
        .filter_map(|(found_pair, taken)| (!taken).then_some(found_pair));
    for unmatched in matches.iter_mut().filter(|one| one.is_none()) {
        *unmatched = rest.next();
    }
    (matches, rest.collect())
}

/// The value of a cookie of this name that is shown so: all of it, where the cookie is nameless.
fn value_of(name: &str, shown: &str) -> String {
    if name.is_empty() {
        shown.to_owned()
    } else {
        split_pair(shown).1.to_owned()
    }
}

/// A cookie of which only name and value are known: it goes wherever it could go.
pub(crate) fn guess(name: &str, shown: &str, context: &RequestContext, now: Timestamp) -> Cookie {
    Cookie {
        name: name.to_owned(),
        value: value_of(name, shown),
        domain: context.host.clone(),
        host_only: true,
        path: String::from("/"),
        expires: None,
        secure: false,
        http_only: false,
        same_site: SameSite::Default,
        created: now,
        attributes_known: false,
    }
}
