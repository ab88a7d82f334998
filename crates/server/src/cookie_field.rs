//! What all cookies have in common: how they stand in a request, and the form of their `Set-Cookie` lines. It never says
//! what a cookie is for.

use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use protocol::{Header, Request, Site, Timestamp};

/// Optional white space. RFC 9110, 5.6.3.
pub(crate) const BLANKS: [char; 2] = [' ', '\t'];

/// The values of the request's cookies of that name, in order. RFC 6265bis, 4.2.
///
/// Read here and not by `cookie`, whose reader of pairs is that of whole `Set-Cookie` lines: with it each server that has
/// yet to open its database would bring along how dates are read. A test holds the two against each other, but for other
/// white space than what user agents take off (5.6): with that taken off too, a cookie that no user agent holds to the
/// rules of `__Host-` would be read as one that it does.
pub(crate) fn values<'a>(request: &'a Request, name: &str) -> impl Iterator<Item = &'a str> {
    request
        .header("Cookie")
        .unwrap_or_default()
        .split(';')
        .filter_map(|pair| pair.split_once('='))
        .filter(move |(found, _)| found.trim_matches(BLANKS) == name)
        .map(|(_, value)| value.trim_matches(BLANKS))
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

#[cfg(test)]
mod tests {
    use cookie::Cookie;
    use proptest::prelude::{prop, proptest};
    use protocol::{Header, Request};

    use super::values;

    fn with_field(field: &str) -> Request {
        Request {
            method: String::from("GET"),
            target: String::from("/me"),
            headers: vec![Header::new("Cookie", field)],
            body: String::new(),
        }
    }

    /// What the crate that writes our lines reads of a field.
    fn by_crate<'a>(field: &'a str, name: &str) -> Vec<&'a str> {
        Cookie::split_parse(field)
            .filter_map(Result::ok)
            .filter(|cookie| cookie.name() == name)
            .filter_map(|cookie| cookie.value_raw())
            .collect()
    }

    fn check(field: &str) {
        for name in ["a", "sid", "__Host-sid", "é"] {
            let request = with_field(field);
            let read: Vec<&str> = values(&request, name).collect();
            assert_eq!(read, by_crate(field, name), "{name} in {field:?}");
        }
    }

    #[test]
    fn pairs_are_read_as_the_crate_reads_them() {
        for field in [
            "",
            "a",
            "=1",
            "a=",
            "a=1",
            "a=1; sid=2; a=3",
            "a=1;sid=2;;; a = 3 ;",
            "sid=x=y==; a=\"quoted\"; a=\"",
            "__Host-sid=7; sid=a=1",
            "é=ü",
        ] {
            check(field);
        }
    }

    #[test]
    fn other_white_space_is_part_of_a_name_and_of_a_value() {
        for blank in ["\u{2003}", "\u{a0}", "\u{c}", "\u{b}"] {
            let request = with_field(&format!("{blank}__Host-sid=1; sid{blank}=2; a={blank}3"));
            assert_eq!(super::value(&request, "__Host-sid"), None, "{blank:?}");
            assert_eq!(super::value(&request, "sid"), None, "{blank:?}");
            assert_eq!(
                super::value(&request, "a"),
                Some(format!("{blank}3").as_str())
            );
        }
    }

    proptest! {
        #[test]
        fn any_field_is_read_as_the_crate_reads_it(parts in prop::collection::vec("(a|sid|é|[ -~]| |;|=|\"){0,4}", 0..12)) {
            check(&parts.concat());
        }
    }
}
