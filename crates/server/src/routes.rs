//! Which routes there are.

use protocol::{Credential, Rejection, Request, Scheme, Service, Site};

use crate::trace::cut;

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// `POST /login`: sign in.
    SignIn,
    /// `POST /logout`: sign out.
    SignOut,
    /// `POST /refresh`: exchange the refresh token. RFC 6749, 6.
    Refresh,
    /// `GET /sessions`: the user's sessions.
    Sessions,
    /// `POST /sessions/end`: end one of them.
    EndSession,
    /// `POST /sessions/end-others`: end all of them but this one.
    EndOtherSessions,
    /// `GET /me`: who am I?
    Me,
    /// `GET /orders`: the user's orders.
    Orders,
    /// `POST /orders`: order something.
    PlaceOrder,
    /// `GET /admin/users`: all users, for an administrator.
    Users,
    /// `GET /.well-known/jwks.json`: the public halves of the keys that sign tokens. RFC 7517, 5.
    Keys,
    /// `GET /services/orders`, asked of the service of orders.
    ServiceOrders,
    /// `GET /services/billing`, asked of the service of bills.
    ServiceBills,
}

impl Route {
    /// Whether it changes something.
    pub(crate) const fn changes_something(self) -> bool {
        matches!(
            self,
            Self::SignIn
                | Self::SignOut
                | Self::Refresh
                | Self::EndSession
                | Self::EndOtherSessions
                | Self::PlaceOrder
        )
    }

    /// Whether its first question is by which credential the user is known. A sign-out's is not: whatever it finds, it
    /// answers with what rids the browser of cookies.
    pub(crate) const fn is_for_known_users(self) -> bool {
        !matches!(
            self,
            Self::SignIn | Self::SignOut | Self::Refresh | Self::Keys
        )
    }

    /// Whether a server that knows its users by this credential has it: who knows them by sessions has no keys to
    /// publish.
    const fn is_there_for(self, credential: Credential) -> bool {
        match self {
            Self::Keys => credential.is_token(),
            Self::Refresh => matches!(credential, Credential::AccessAndRefresh),
            Self::Sessions | Self::EndSession | Self::EndOtherSessions => {
                matches!(credential, Credential::SessionId)
            }
            Self::SignIn
            | Self::SignOut
            | Self::Me
            | Self::Orders
            | Self::PlaceOrder
            | Self::Users
            | Self::ServiceOrders
            | Self::ServiceBills => true,
        }
    }
}

/// Whose it is, path below the site's own, method, and route.
const ROUTES: [(Service, &str, &str, Route); 13] = [
    (Service::Main, "/login", "POST", Route::SignIn),
    (Service::Main, "/logout", "POST", Route::SignOut),
    (Service::Main, "/refresh", "POST", Route::Refresh),
    (Service::Main, "/sessions", "GET", Route::Sessions),
    (Service::Main, "/sessions/end", "POST", Route::EndSession),
    (
        Service::Main,
        "/sessions/end-others",
        "POST",
        Route::EndOtherSessions,
    ),
    (Service::Main, "/me", "GET", Route::Me),
    (Service::Main, "/orders", "GET", Route::Orders),
    (Service::Main, "/orders", "POST", Route::PlaceOrder),
    (Service::Main, "/admin/users", "GET", Route::Users),
    (Service::Main, "/.well-known/jwks.json", "GET", Route::Keys),
    (
        Service::Orders,
        "/services/orders",
        "GET",
        Route::ServiceOrders,
    ),
    (
        Service::Billing,
        "/services/billing",
        "GET",
        Route::ServiceBills,
    ),
];

/// Which service a path belongs to; what nobody has is the main server's to refuse.
pub fn service_of(path: &str) -> Service {
    let path = path.split('?').next().unwrap_or_default();
    ROUTES
        .iter()
        .find(|(_, known, ..)| *known == path)
        .map_or(Service::Main, |(service, ..)| *service)
}

/// The route of a request, with its path below the site's own. Each service has routes of its own, and so have schemes.
pub(crate) fn find(
    request: &Request,
    site: &Site,
    service: Service,
    scheme: &Scheme,
) -> Result<(Route, &'static str), Rejection> {
    let no_route = |path| Rejection::NoRoute { path: cut(path) };
    // All routes start with a slash: below `/sub/`, `/sub/me` is `/me`, and `/subme` is none.
    let below = request
        .path()
        .strip_prefix(site.base_path.trim_end_matches('/'))
        .ok_or_else(|| no_route(request.path()))?;
    let here: Vec<_> = ROUTES
        .iter()
        .filter(|(whose, path, _, route)| {
            *path == below && *whose == service && route.is_there_for(scheme.credential)
        })
        .collect();
    if here.is_empty() {
        return Err(no_route(below));
    }
    // What can be read can be asked for without its content. RFC 9110, 9.3.2.
    let asked = if is_head(request) {
        "GET"
    } else {
        request.method.as_str()
    };
    here.iter()
        .find(|(_, _, method, _)| *method == asked)
        .map(|(_, path, _, route)| (*route, *path))
        .ok_or_else(|| Rejection::MethodNotAllowed {
            allowed: here
                .iter()
                .map(|(_, _, method, _)| {
                    if *method == "GET" {
                        "GET, HEAD"
                    } else {
                        method
                    }
                })
                .collect::<Vec<_>>()
                .join(", "),
        })
}

/// Whether the answer is to have no content.
pub(crate) fn is_head(request: &Request) -> bool {
    request.method == "HEAD"
}
