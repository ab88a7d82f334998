//! What rids a browser of a lane's cookies: at a sign-out, and when all starts anew. It never says who may ask for it.

use protocol::{Carrier, Credential, Header, Lane, Request, Site};

use crate::cookie_field::removal_line;
use crate::origin::check_origin;
use crate::routes::Route;
use crate::{Server, access_cookie, refresh_cookie, session_cookie};

/// A sign-out from the site's own pages clears the cookies whatever the server found: the user wants to be rid of them.
/// Another site's request never does, however it was refused. ASVS 3.5.1.
pub(crate) fn clearing_at_sign_out(server: &Server, request: &Request, site: &Site) -> Vec<Header> {
    let signs_out = matches!(server.route(request, site), Ok((Route::SignOut, _)))
        && check_origin(request, site).is_ok();
    if signs_out {
        clearing_headers(server, site, request)
    } else {
        Vec::new()
    }
}

/// What rids the browser of the cookies that this server's scheme gave it. `Clear-Site-Data` is modelled: no real
/// browser gets to see it, and the `Set-Cookie` lines alone do the work.
pub(crate) fn clearing_headers(server: &Server, site: &Site, request: &Request) -> Vec<Header> {
    let (lane, scheme) = (server.lane(), server.scheme());
    let mut headers = match (scheme.credential, scheme.carrier) {
        (Credential::SessionId, Carrier::Cookie) => {
            session_cookie::clearing_headers(lane, &server.policy().cookie, site, request)
        }
        (Credential::AccessToken | Credential::AccessAndRefresh, Carrier::Cookie) => {
            vec![access_cookie::cookie(lane, site).clearing_header(site)]
        }
        _ => Vec::new(),
    };
    if scheme.credential == Credential::AccessAndRefresh {
        headers.push(refresh_cookie::cookie(lane, site).clearing_header(site));
    }
    if !headers.is_empty() {
        headers.push(Header::new("Clear-Site-Data", "\"cookies\""));
    }
    headers
}

/// The lines that rid a browser of both lanes' cookies, under every name and path that any scheme or settings give them.
pub fn removal_lines(site: &Site) -> Vec<String> {
    Lane::BOTH
        .into_iter()
        .flat_map(|lane| {
            let names = lane.names();
            let mut places = session_cookie::places(lane, site);
            places.push((names.access_token, site.base_path.clone()));
            places.push((names.refresh_cookie, refresh_cookie::path(site)));
            places.push((names.balancer_cookie, site.base_path.clone()));
            places
        })
        .map(|(name, path)| removal_line(name, &path, site))
        .collect()
}
