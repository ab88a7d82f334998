//! From what the page asks for to what goes over the wire: the part of page script and user agent.

use protocol::{
    Carrier, Check, Cost, Errand, Fact, Header, Outcome, PageContext, Party, Presented, Request,
    Scheme, Step, Timestamp,
};
use user_agent::{Jar, RequestContext};

/// The localStorage key of the stateless lane's token.
const TOKEN_KEY: &str = "access_token";

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
    let mut headers = vec![
        Header::new("Host", host),
        Header::new("Accept", "application/json"),
    ];
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
    let steps = match (&errand.credential, scheme.carrier) {
        (Presented::Copy(copy), carrier) => vec![attach_copy(&mut request, carrier, copy)],
        (Presented::FromBrowser, Carrier::Cookie) => attach_cookies(&mut request, page, jar, now),
        (Presented::FromBrowser, Carrier::LocalStorage) => vec![attach_token(&mut request, page)],
    };
    (request, steps)
}

/// Whoever kept a copy sends it as it is: no browser decides anything.
fn attach_copy(request: &mut Request, carrier: Carrier, copy: &str) -> Step {
    let fact = Fact::Copy {
        bytes: u32::try_from(copy.len()).unwrap_or(u32::MAX),
    };
    let header = match carrier {
        Carrier::Cookie => Header::new("Cookie", copy),
        Carrier::LocalStorage => Header::new("Authorization", format!("Bearer {copy}")),
    };
    // A field that the page set itself gives way: both stand at most once. RFC 9110, 5.3.
    set(&mut request.headers, &header);
    step(
        Party::CopyHolder,
        Check::CopyPresented,
        Outcome::Passed(fact),
    )
}

/// The user agent decides cookie by cookie. RFC 6265bis, 5.8.3.
fn attach_cookies(
    request: &mut Request,
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

/// Page script attaches the token, unless the page set the field itself. RFC 6750, 2.1.
fn attach_token(request: &mut Request, page: &PageContext) -> Step {
    let key = String::from(TOKEN_KEY);
    let fact = match &page.token {
        Some(token) if request.header("Authorization").is_none() => {
            let bytes = u32::try_from(token.len()).unwrap_or(u32::MAX);
            request.headers.push(Header::new(
                "Authorization",
                format!("Bearer {}", without_line_breaks(token)),
            ));
            Outcome::Passed(Fact::TokenAttached { key, bytes })
        }
        _ => Outcome::Noted(Fact::NoToken { key }),
    };
    step(Party::PageScript, Check::BearerAttached, fact)
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
