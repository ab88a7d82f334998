//! What the balancer reads of a request, and what it writes into an answer: its own cookie, and where a credential
//! stands. It never judges a credential.

use protocol::{Credential, Fleet, FleetKeys, Header, Lane, Request, Scheme, Site};

use super::Asked;

/// Optional white space. RFC 9110, 5.6.3.
const BLANKS: [char; 2] = [' ', '\t'];
/// Where a sign-in and a refresh go: what they are asked for needs a signature where the credential is a token.
const SIGNING_PATHS: [&str; 2] = ["/login", "/refresh"];

/// What the balancer reads of a request. A cookie of its own that names no server is none.
pub(crate) fn read(
    request: &Request,
    path: &str,
    lane: Lane,
    scheme: &Scheme,
    fleet: &Fleet,
    has_public_halves: bool,
) -> Asked {
    let pinned = cookie(request, lane.names().balancer_cookie)
        .and_then(number)
        .filter(|server| (1..=fleet.servers).contains(server));
    Asked {
        pinned,
        id_hash: credential(request, lane).map(hash),
        needs_signature: fleet.keys == FleetKeys::PublicHalves
            && has_public_halves
            && scheme.credential.is_token()
            && request.method == "POST"
            && SIGNING_PATHS.contains(&path_alone(path)),
    }
}

/// Whether a later request could bring the balancer's cookie back. Where page script sends the credential, it has the
/// browser omit cookies: all of them but where a refresh token is given out or taken, whose cookie must travel.
pub(crate) fn can_come_back(scheme: &Scheme, path: &str) -> bool {
    let carries_refresh_cookie = scheme.credential == Credential::AccessAndRefresh
        && SIGNING_PATHS.contains(&path_alone(path));
    !scheme.carrier.is_bearer() || carries_refresh_cookie
}

/// What lets the browser name this server from now on, until it is closed. Page script may see the cookie: it says
/// nothing of who the user is.
pub(crate) fn pinning_header(lane: Lane, site: &Site, server: u32) -> Header {
    let secure = if site.origin.starts_with("https:") {
        "; Secure"
    } else {
        ""
    };
    let name = lane.names().balancer_cookie;
    let path = &site.base_path;
    Header::new(
        "Set-Cookie",
        format!("{name}={server}; SameSite=Lax{secure}; Path={path}"),
    )
}

fn path_alone(path: &str) -> &str {
    path.split('?').next().unwrap_or_default()
}

/// The session ID or the token. A refresh token is none: it is another one at each use, so that no hash of it would lead
/// to the same server twice.
fn credential(request: &Request, lane: Lane) -> Option<&str> {
    let names = lane.names();
    let cookies = [
        names.session_cookie,
        names.host_session_cookie,
        names.access_token,
    ];
    bearer(request).or_else(|| cookies.iter().find_map(|name| cookie(request, name)))
}

/// The access token of a request, by how this scheme carries one.
pub(crate) fn token<'a>(request: &'a Request, lane: Lane, scheme: &Scheme) -> Option<&'a str> {
    if scheme.carrier.is_bearer() {
        bearer(request)
    } else {
        cookie(request, lane.names().access_token)
    }
}

fn bearer(request: &Request) -> Option<&str> {
    let (scheme, text) = request.header("Authorization")?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("Bearer")
        .then(|| text.trim_matches(BLANKS))
}

fn cookie<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request
        .header("Cookie")?
        .split(';')
        .filter_map(|pair| pair.trim_matches(BLANKS).split_once('='))
        .find_map(|(of, value)| (of == name).then_some(value))
}

/// A server's number as the balancer itself writes it: neither a sign nor a leading zero.
fn number(value: &str) -> Option<u32> {
    let number: u32 = value.parse().ok()?;
    (number.to_string() == value).then_some(number)
}

/// FNV-1a: Fowler, Noll and Vo.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, octet| {
        (hash ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3)
    })
}
