//! From what the page asks for to what goes over the wire: the part of page script and user agent.

use protocol::{
    Carrier, Check, Cost, Credential, Errand, Fact, Header, Lane, Outcome, PageContext, Party,
    Presented, Request, Scheme, Step, Timestamp,
};
use user_agent::{Jar, RequestContext};

/// Where a refresh token is exchanged: the one request that carries it.
const REFRESH_PATH: &str = "/refresh";

/// Methods that change nothing. RFC 9110, 9.2.1.
const SAFE_METHODS: [&str; 4] = ["GET", "HEAD", "OPTIONS", "TRACE"];

/// The request as it leaves the browser, and what page script and user agent did for it.
pub(crate) fn compose(
    errand: &Errand,
    scheme: Scheme,
    page: &PageContext,
    jar: &Jar,
    now: Timestamp,
) -> (Request, Vec<Step>) {
    let site = &page.site;
    let target = format!(
        "{}{}",
        site.base_path.trim_end_matches('/'),
        target_characters(&errand.path)
    );
    let host = site
        .origin
        .split_once("://")
        .map_or(site.origin.as_str(), |(_, host)| host);
    let mut headers = vec![Header::new("Host", host)];
    if let (Presented::FromBrowser, Some(user_agent)) = (&errand.credential, &page.user_agent) {
        headers.push(Header::new("User-Agent", without_line_breaks(user_agent)));
    }
    headers.push(Header::new("Accept", "application/json"));
    if !SAFE_METHODS.contains(&errand.method.as_str()) {
        headers.push(Header::new("Origin", site.origin.as_str()));
    }
    if !errand.body.is_empty() {
        headers.push(Header::new("Content-Type", "application/json"));
    }
    // Methods that come with content say so where there is none. RFC 9110, 8.6; Fetch, 4.6.
    if !errand.body.is_empty() || matches!(errand.method.as_str(), "POST" | "PUT") {
        headers.push(Header::new("Content-Length", errand.body.len().to_string()));
    }
    for header in errand.headers.iter().filter(|it| is_token(&it.name)) {
        set(&mut headers, header);
    }

    let mut request = Request {
        method: errand
            .method
            .chars()
            .filter(|character| is_token_character(*character))
            .collect(),
        target,
        headers,
        body: errand.body.clone(),
    };
    let steps = match &errand.credential {
        Presented::Copy(copy) => vec![attach_copy(&mut request, errand.lane, scheme.carrier, copy)],
        Presented::OtherDevice => vec![step(
            Party::CopyHolder,
            Check::OtherDeviceAsked,
            Outcome::Noted(Fact::Done),
        )],
        Presented::FromBrowser => {
            let refreshes = scheme.credential == Credential::AccessAndRefresh
                && errand.path.split('?').next() == Some(REFRESH_PATH);
            if scheme.carrier.is_bearer() && !refreshes {
                vec![attach_bearer(&mut request, errand.lane, scheme, page)]
            } else {
                attach_cookies(&mut request, errand.lane, page, jar, now)
            }
        }
    };
    (request, steps)
}

/// Whoever kept a copy sends it as it is: no browser decides anything. A cookie's copy names the cookie.
fn attach_copy(request: &mut Request, lane: Lane, carrier: Carrier, copy: &str) -> Step {
    let fact = Fact::Copy {
        bytes: u32::try_from(copy.len()).unwrap_or(u32::MAX),
    };
    let is_cookie = carrier == Carrier::Cookie
        || copy
            .split_once('=')
            .is_some_and(|(name, _)| lane.names().cookies().contains(&name));
    let header = if is_cookie {
        Header::new("Cookie", copy)
    } else {
        Header::new("Authorization", format!("Bearer {copy}"))
    };
    // A field that the page set itself gives way: both stand at most once. RFC 9110, 5.3.
    set(&mut request.headers, &header);
    step(
        Party::CopyHolder,
        Check::CopyPresented,
        Outcome::Passed(fact),
    )
}

/// The user agent decides cookie by cookie. RFC 6265bis, 5.8.3. The lanes stand for two sites: those of the other lane
/// are none of this one's.
fn attach_cookies(
    request: &mut Request,
    lane: Lane,
    page: &PageContext,
    jar: &Jar,
    now: Timestamp,
) -> Vec<Step> {
    let no_cookie = || {
        vec![step(
            Party::UserAgent,
            Check::CookieSelected,
            Outcome::Noted(Fact::NoCookie),
        )]
    };
    // Where the browser has cookies disabled, it sends none, whatever earlier answers have set.
    if page.cookie.is_none() {
        return no_cookie();
    }
    let context = RequestContext::new(&page.site, request.path(), &request.method);
    let jar = jar.without(&lane.other().names().cookies());
    let selection = jar.select(&context, now);
    if let Some(value) = selection.header {
        request.headers.push(Header::new("Cookie", value));
    }
    if selection.decisions.is_empty() {
        return no_cookie();
    }
    selection
        .decisions
        .into_iter()
        .map(|(cookie, decision)| {
            let outcome = match decision {
                Ok(()) => Outcome::Passed(Fact::CookieSent {
                    name: cookie.name,
                    path: cookie.path,
                    same_site: cookie.same_site,
                    attributes_known: cookie.attributes_known,
                }),
                Err(rule) => Outcome::Noted(Fact::CookieHeld {
                    name: cookie.name,
                    rule,
                }),
            };
            step(Party::UserAgent, Check::CookieSelected, outcome)
        })
        .collect()
}

/// Page script attaches what it keeps, unless the page set the field itself. RFC 6750, 2.1.
fn attach_bearer(request: &mut Request, lane: Lane, scheme: Scheme, page: &PageContext) -> Step {
    let names = lane.names();
    let key = match scheme.credential {
        Credential::SessionId => names.session_id,
        Credential::AccessToken | Credential::AccessAndRefresh => names.access_token,
    };
    let (key, carrier) = (key.to_owned(), scheme.carrier);
    let outcome = match lane.of(&page.bearers) {
        Some(bearer) if request.header("Authorization").is_none() => {
            let bytes = u32::try_from(bearer.len()).unwrap_or(u32::MAX);
            request.headers.push(Header::new(
                "Authorization",
                format!("Bearer {}", without_line_breaks(bearer)),
            ));
            Outcome::Passed(Fact::TokenAttached {
                key,
                carrier,
                bytes,
            })
        }
        _ => Outcome::Noted(Fact::NoToken { key, carrier }),
    };
    step(Party::PageScript, Check::BearerAttached, outcome)
}

fn step(party: Party, check: Check, outcome: Outcome) -> Step {
    Step {
        party,
        check,
        outcome,
        cost: Cost::default(),
    }
}

fn set(headers: &mut Vec<Header>, header: &Header) {
    let header = Header::new(header.name.as_str(), without_line_breaks(&header.value));
    match headers
        .iter_mut()
        .find(|present| present.name.eq_ignore_ascii_case(&header.name))
    {
        Some(present) => *present = header,
        None => headers.push(header),
    }
}

/// The path and query as a request line can carry them: a fragment is never sent, and a space would end the target.
/// RFC 9112, 3.2; RFC 3986, 2.1.
fn target_characters(path: &str) -> String {
    let sent = path.split('#').next().unwrap_or_default();
    let mut target = String::with_capacity(sent.len());
    for octet in sent.bytes() {
        if octet.is_ascii_graphic() {
            target.push(char::from(octet));
        } else {
            target.push_str(&format!("%{octet:02X}"));
        }
    }
    target
}

/// A field name or a method. RFC 9110, 5.6.2.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_token_character)
}

const fn is_token_character(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(
            character,
            '!' | '#'
                | '$'
                | '%'
                | '&'
                | '\''
                | '*'
                | '+'
                | '-'
                | '.'
                | '^'
                | '_'
                | '`'
                | '|'
                | '~'
        )
}

/// A line break would start another field. RFC 9112, 11.1.
fn without_line_breaks(text: &str) -> String {
    text.replace(['\r', '\n', '\0'], " ")
}
