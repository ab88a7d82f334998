//! What this browser itself does with a cookie line that page script assigns: it is really written, under a name of its
//! own, read back, and removed again, so that no cookie of a lane is touched.

use protocol::Storing;

use super::page_script::readback_of;
use super::playground::Playground;
use super::record::Readback;
use crate::browser::Cookies;

/// What the name of a cookie that is tried ends with.
const SUFFIX: &str = "-probe";
/// The most octets of name and value. RFC 6265bis, 5.6, step 5.
const LONGEST_PAIR_OCTETS: usize = 4096;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Probe {
    /// The line that was assigned.
    pub(crate) line: String,
    /// What the user agent's model says of it, on this page.
    pub(crate) model: Storing,
    /// What this browser made of it.
    pub(crate) readback: Readback,
}

impl Playground {
    /// Tries a line; `None` where it has no name that could be changed.
    pub(crate) async fn probe_cookie(self, line: &str) -> Option<Result<Probe, String>> {
        let (name, line) = under_another_name(line)?;
        let model = match self.judge_cookie(line.clone()).await {
            Ok(effect) => effect.storing,
            Err(reason) => return Some(Err(reason)),
        };
        Cookies::write(&line);
        let readback = readback_of(&model, &name);
        // The same attributes name the same cookie, and of two lifetimes the last counts.
        let attributes = line
            .split_once(';')
            .map_or("", |(_, attributes)| attributes);
        Cookies::write(&format!("{name}=;{attributes}; Max-Age=0"));
        Some(Ok(Probe {
            line,
            model,
            readback,
        }))
    }
}

/// The line with another name, and that name. Where it would be too long by that, its value gives way.
fn under_another_name(line: &str) -> Option<(String, String)> {
    let pair = line.split(';').next()?;
    let attributes = &line[pair.len()..];
    let (name, value) = pair.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    if name.is_empty() {
        return None;
    }
    let octets = name.len() + value.len();
    let over = (octets + SUFFIX.len()).saturating_sub(LONGEST_PAIR_OCTETS);
    let value = if octets <= LONGEST_PAIR_OCTETS && over > 0 {
        &value[..value.floor_char_boundary(value.len().saturating_sub(over))]
    } else {
        value
    };
    let name = format!("{name}{SUFFIX}");
    let line = format!("{name}={value}{attributes}");
    Some((name, line))
}

#[cfg(test)]
mod tests {
    use super::under_another_name;

    #[test]
    fn a_line_is_tried_under_another_name_and_is_not_too_long_by_that() {
        let longest = format!("a={}", "ä".repeat(2047));
        let shortened = format!("a-probe={}", "ä".repeat(2044));
        let too_long = format!("a={}", "x".repeat(4096));
        let still_too_long = format!("a-probe={}", "x".repeat(4096));
        for (line, expected) in [
            ("sid=9f; Path=/", Some("sid-probe=9f; Path=/")),
            ("__Host-a=b=c;Secure", Some("__Host-a-probe=b=c;Secure")),
            (" a = b ", Some("a-probe=b")),
            ("a=", Some("a-probe=")),
            (&longest, Some(shortened.as_str())),
            (&too_long, Some(still_too_long.as_str())),
            ("=b", None),
            ("b; Path=/x=y", None),
            ("", None),
        ] {
            let line = under_another_name(line).map(|(_, line)| line);
            assert_eq!(line.as_deref(), expected);
        }
    }
}
