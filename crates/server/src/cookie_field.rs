//! What all cookies have in common: how they stand in a request, and the form of their `Set-Cookie` lines. It never says
//! what a cookie is for.

use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use protocol::{Header, Request, Site, Timestamp};

/// The values of the request's cookies of that name, in order. RFC 6265bis, 4.2.
pub(crate) fn values<'a>(request: &'a Request, name: &str) -> impl Iterator<Item = &'a str> {
    Cookie::split_parse(request.header("Cookie").unwrap_or_default())
        .filter_map(Result::ok)
        .filter(move |cookie| cookie.name() == name)
        .filter_map(|cookie| cookie.value_raw())
}

/// The value of the request's first cookie of that name.
pub(crate) fn value<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    values(request, name).next()
}

/// A cookie that page script never sees, sent to this site alone.
pub(crate) struct HiddenCookie {
    pub(crate) name: &'static str,
    pub(crate) path: String,
    pub(crate) same_site: SameSite,
}

impl HiddenCookie {
    /// What gives the browser the cookie for so long.
    pub(crate) fn setting_header(&self, site: &Site, value: &str, seconds: i64) -> Header {
        let cookie = Cookie::build((self.name, value))
            .path(self.path.as_str())
            .secure(is_https(site))
            .http_only(true)
            .same_site(self.same_site)
            .max_age(Duration::seconds(seconds))
            .build();
        set_cookie(cookie.to_string())
    }

    /// What rids the browser of the cookie.
    pub(crate) fn clearing_header(&self, site: &Site) -> Header {
        self.setting_header(site, "", 0)
    }
}

pub(crate) fn set_cookie(line: String) -> Header {
    Header::new("Set-Cookie", line)
}

/// Without `Secure` no `__Host-` cookie is removed, and from an insecure origin with it none at all.
pub(crate) fn removal_line(name: &str, path: &str, site: &Site) -> String {
    let secure = if name.starts_with("__Host-") || is_https(site) {
        "; Secure"
    } else {
        ""
    };
    format!("{name}=; Path={path}{secure}; Max-Age=0")
}

/// How many seconds are left until then, the begun one counted: a cookie of 0 seconds would be removed.
pub(crate) const fn seconds_until(then: Timestamp, now: Timestamp) -> i64 {
    let milliseconds = then.milliseconds().saturating_sub(now.milliseconds());
    milliseconds.div_euclid(1000) + (milliseconds.rem_euclid(1000) > 0) as i64
}

pub(crate) fn is_https(site: &Site) -> bool {
    site.origin.starts_with("https:")
}
