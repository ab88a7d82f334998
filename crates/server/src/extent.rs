//! How far a server goes with a request: all the way, or up to where it would need a record or a key. What it does on the
//! way is the same code, so that the shorter way ends where the longer one goes on.

use protocol::{Credential, Header, Rejection, Request, Response, Site};

use crate::clearing::clearing_at_sign_out;
use crate::routes::Route;
use crate::trace::Trace;
use crate::{Server, known_session, known_token, session_login, token_login};

/// How far a server goes.
pub(crate) trait Extent {
    /// Answers a request of this route once its origin is allowed.
    fn carry_out(
        server: &Server,
        route: Route,
        request: &Request,
        site: &Site,
        trace: &mut Trace<'_, '_>,
    ) -> Result<Response, Rejection>;

    /// What goes with the answer, however that was.
    fn closing_headers(server: &Server, request: &Request, site: &Site) -> Vec<Header>;
}

/// All the way.
pub(crate) struct Whole;

impl Extent for Whole {
    fn carry_out(
        server: &Server,
        route: Route,
        request: &Request,
        site: &Site,
        trace: &mut Trace<'_, '_>,
    ) -> Result<Response, Rejection> {
        match server.scheme().credential {
            Credential::SessionId => session_login::carry_out(server, route, request, site, trace),
            Credential::AccessToken | Credential::AccessAndRefresh => {
                token_login::carry_out(server, route, request, site, trace)
            }
        }
    }

    fn closing_headers(server: &Server, request: &Request, site: &Site) -> Vec<Header> {
        clearing_at_sign_out(server, request, site)
    }
}

/// Up to the first record or key: who comes without a credential is refused.
pub(crate) struct Entry;

impl Extent for Entry {
    fn carry_out(
        server: &Server,
        route: Route,
        request: &Request,
        _: &Site,
        trace: &mut Trace<'_, '_>,
    ) -> Result<Response, Rejection> {
        if route.is_for_known_users() {
            match server.scheme().credential {
                Credential::SessionId => known_session::presented(server, request, trace)?,
                Credential::AccessToken | Credential::AccessAndRefresh => {
                    known_token::presented(server, request, trace)?
                }
            };
        }
        trace.store.note_key_use();
        Err(Rejection::StoreUnreachable)
    }

    fn closing_headers(_: &Server, _: &Request, _: &Site) -> Vec<Header> {
        Vec::new()
    }
}
