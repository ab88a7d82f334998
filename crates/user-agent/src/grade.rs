//! How a `Set-Cookie` line meets ASVS 5.0, 3.3. It never decides whether the cookie is stored.

use protocol::{CookieGrade, CookieRule, GradeFinding, SameSite};

use crate::context::Source;
use crate::set_cookie::SetCookie;
use crate::storage::has_prefix;

/// Each requirement, in order. Of a line that was refused for its size that is all there is to say, and of one that
/// can't be read there is nothing.
pub(crate) fn grades(
    read: Result<&SetCookie<'_>, &CookieRule>,
    source: Source,
) -> Vec<CookieGrade> {
    let said = match read {
        Ok(said) => said,
        Err(CookieRule::TooLarge { .. }) => return vec![grade(5, GradeFinding::TooLarge)],
        Err(_) => return Vec::new(),
    };
    let is_host = has_prefix(said.name, "__Host-");
    vec![
        grade(
            1,
            if !said.secure {
                GradeFinding::NoSecure
            } else if is_host || has_prefix(said.name, "__Secure-") {
                GradeFinding::Met
            } else {
                GradeFinding::NoPrefix
            },
        ),
        grade(
            2,
            match said.same_site {
                SameSite::Strict | SameSite::Lax => GradeFinding::Met,
                SameSite::None => GradeFinding::SameSiteNone,
                SameSite::Default => GradeFinding::NoSameSite,
            },
        ),
        grade(
            3,
            if is_host {
                GradeFinding::Met
            } else if said.domain.is_empty() {
                GradeFinding::NoHostPrefix
            } else {
                GradeFinding::Shared
            },
        ),
        grade(
            4,
            match (source, said.http_only) {
                (Source::Script, _) => GradeFinding::SetByScript,
                (Source::Http, true) => GradeFinding::Met,
                (Source::Http, false) => GradeFinding::NoHttpOnly,
            },
        ),
        // What is larger was not read.
        grade(5, GradeFinding::Met),
    ]
}

const fn grade(requirement: u8, finding: GradeFinding) -> CookieGrade {
    CookieGrade {
        requirement,
        finding,
    }
}
