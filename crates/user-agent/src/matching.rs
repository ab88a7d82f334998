//! How hosts and paths are compared (5.1.3 and 5.1.4). It never looks at a cookie's other attributes.

use std::net::Ipv4Addr;

/// Whether a host domain-matches a domain; both in lower case. Section 5.1.3.
pub fn domain_matches(host: &str, domain: &str) -> bool {
    host == domain
        || (!is_address(host)
            && !domain.is_empty()
            && host
                .strip_suffix(domain)
                .is_some_and(|rest| rest.ends_with('.')))
}

/// The path of a cookie that names none: the request's up to its last slash. Section 5.1.4.
pub fn default_path(request_path: &str) -> &str {
    match request_path.rfind('/') {
        Some(last) if last > 0 && request_path.starts_with('/') => &request_path[..last],
        _ => "/",
    }
}

/// Whether a request's path path-matches a cookie's. Section 5.1.4.
pub fn path_matches(request_path: &str, cookie_path: &str) -> bool {
    request_path
        .strip_prefix(cookie_path)
        .is_some_and(|rest| rest.is_empty() || cookie_path.ends_with('/') || rest.starts_with('/'))
}

/// Whether a domain is a public suffix, as far as this model knows: it is a single label.
pub(crate) fn is_public_suffix(domain: &str) -> bool {
    !domain.is_empty() && !domain.trim_matches('.').contains('.')
}

/// Whether a host is an IP address rather than a name.
fn is_address(host: &str) -> bool {
    host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok()
}
