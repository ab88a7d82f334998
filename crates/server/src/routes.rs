//! Which routes there are.

use protocol::{Rejection, Request, Site};

use crate::trace::cut;

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// `POST /login`: sign in.
    SignIn,
    /// `POST /logout`: sign out.
    SignOut,
    /// `GET /me`: who am I?
    Me,
    /// `GET /orders`: the user's orders.
    Orders,
    /// `POST /orders`: order something.
    PlaceOrder,
    /// `GET /admin/users`: all users, for an administrator.
    Users,
}

impl Route {
    /// Whether it changes something.
    pub(crate) const fn changes_something(self) -> bool {
        matches!(self, Self::SignIn | Self::SignOut | Self::PlaceOrder)
    }
}

/// Path below the site's own, method, and route.
const ROUTES: [(&str, &str, Route); 6] = [
    ("/login", "POST", Route::SignIn),
    ("/logout", "POST", Route::SignOut),
    ("/me", "GET", Route::Me),
    ("/orders", "GET", Route::Orders),
    ("/orders", "POST", Route::PlaceOrder),
    ("/admin/users", "GET", Route::Users),
];

/// The route of a request, with its path below the site's own.
pub(crate) fn find(request: &Request, site: &Site) -> Result<(Route, &'static str), Rejection> {
    let no_route = |path| Rejection::NoRoute { path: cut(path) };
    // All routes start with a slash: below `/sub/`, `/sub/me` is `/me`, and `/subme` is none.
    let below = request
        .path()
        .strip_prefix(site.base_path.trim_end_matches('/'))
        .ok_or_else(|| no_route(request.path()))?;
    let here: Vec<_> = ROUTES.iter().filter(|(path, ..)| *path == below).collect();
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
        .find(|(_, method, _)| *method == asked)
        .map(|(path, _, route)| (*route, *path))
        .ok_or_else(|| Rejection::MethodNotAllowed {
            allowed: here
                .iter()
                .map(|(_, method, _)| {
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
