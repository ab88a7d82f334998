//! What stands for `document.cookie` in another site's frame, where the browser gives the page no cookies: the pairs that
//! page script would see, for as long as the page lives. Attributes and all that page script does not see stay in the
//! jar of the worker, as ever. It decides nothing but what has ended and which path is this page's.

use std::cell::RefCell;
use std::cmp::Reverse;

use protocol::Timestamp;

thread_local! {
    static PAIRS: RefCell<Vec<Pair>> = const { RefCell::new(Vec::new()) };
}

/// A cookie as page script would see it.
struct Pair {
    name: String,
    value: String,
    path: String,
    ends: Option<Timestamp>,
}

/// All that page script would see at this moment, on a page of that path.
pub(super) fn read(page: &str, now: Timestamp) -> String {
    PAIRS.with_borrow_mut(|pairs| {
        pairs.retain(|pair| pair.ends.is_none_or(|ends| now < ends));
        let shown = pairs.iter().filter(|pair| is_within(page, &pair.path));
        let mut shown: Vec<&Pair> = shown.collect();
        // RFC 6265bis, 5.8.3: longer paths first, then what is older.
        shown.sort_by_key(|pair| Reverse(pair.path.len()));
        let shown: Vec<String> = shown
            .into_iter()
            .map(|pair| format!("{}={}", pair.name, pair.value))
            .collect();
        shown.join("; ")
    })
}

/// Takes a line that the user agent has judged.
pub(super) fn write(line: &str, page: &str, now: Timestamp) {
    let mut parts = line.split(';').map(str::trim);
    let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
        return;
    };
    let (mut path, mut ends) = (folder(page), None);
    for attribute in parts {
        let (key, text) = attribute.split_once('=').unwrap_or((attribute, ""));
        match key.to_ascii_lowercase().as_str() {
            "path" if text.starts_with('/') => path = text.to_owned(),
            "max-age" => {
                let seconds: Option<i64> = text.parse().ok();
                ends = seconds.map(|seconds| now.plus_seconds(seconds));
            }
            "httponly" => return,
            _ => {}
        }
    }
    PAIRS.with_borrow_mut(|pairs| {
        let place = pairs
            .iter()
            .position(|pair| pair.name == name && pair.path == path);
        let pair = Pair {
            name: name.to_owned(),
            value: value.to_owned(),
            path,
            ends,
        };
        match place {
            Some(place) => pairs[place] = pair,
            None => pairs.push(pair),
        }
    });
}

/// The default path of a page's cookies. RFC 6265bis, 5.1.4.
fn folder(page: &str) -> String {
    match page.rfind('/') {
        None | Some(0) => String::from("/"),
        Some(end) => page[..end].to_owned(),
    }
}

/// RFC 6265bis, 5.1.4.
fn is_within(page: &str, path: &str) -> bool {
    page.strip_prefix(path)
        .is_some_and(|rest| rest.is_empty() || path.ends_with('/') || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_shows_what_page_script_would_see() {
        let at = Timestamp::from_seconds;
        let page = "/sub/index.html";
        for (line, now, shown) in [
            ("sid=1; Path=/sub/; SameSite=Lax", 0, "sid=1"),
            ("sid=2; path=/sub/; Max-Age=60", 0, "sid=2"),
            ("other=a=b; Max-Age=120", 1, "sid=2; other=a=b"),
            ("hidden=1; Path=/admin", 2, "sid=2; other=a=b"),
            ("secret=1; HttpOnly; Path=/sub/", 3, "sid=2; other=a=b"),
            ("no pair", 59, "sid=2; other=a=b"),
            ("late=1; Path=/", 60, "other=a=b; late=1"),
            ("late=; Path=/; Max-Age=0", 61, "other=a=b"),
            ("=; Max-Age=0", 121, ""),
            ("root=1; Path=/", 122, "root=1"),
            ("sid=3; Path=/sub/", 123, "sid=3; root=1"),
        ] {
            write(line, page, at(now));
            assert_eq!(read(page, at(now)), shown, "{line}");
        }
    }
}
