//! A request as JavaScript that calls `fetch`, to be pasted into a browser's console.

use protocol::{Header, Request};

use crate::browser::quoted;

/// Fields that no script may set, in lower case. Fetch, forbidden request-header.
const FORBIDDEN: [&str; 21] = [
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];
/// How the names of more of them start.
const FORBIDDEN_STARTS: [&str; 2] = ["proxy-", "sec-"];
/// Not forbidden; but a browser says its own name anyway.
const USER_AGENT: &str = "user-agent";
/// Methods that `fetch` refuses. Fetch, forbidden method.
const FORBIDDEN_METHODS: [&str; 3] = ["CONNECT", "TRACE", "TRACK"];
/// Methods with which `fetch` takes no content.
const WITHOUT_CONTENT: [&str; 2] = ["GET", "HEAD"];

/// The call, to an origin such as `https://example.org`. What script can't set is left out, and named in a comment before.
pub(crate) fn fetch(request: &Request, origin: &str) -> String {
    let (set, left_out): (Vec<&Header>, Vec<&Header>) =
        request.headers.iter().partition(|header| can_set(header));
    let mut lines = comments(request, &left_out);
    let url = literal(&format!("{origin}{}", request.target));
    lines.push(format!("await fetch({url}, {{"));
    lines.push(format!("  \"method\": {},", literal(&request.method)));
    if !set.is_empty() {
        lines.push(headers(&set));
    }
    if has_content(request) {
        lines.push(format!("  \"body\": {},", literal(&request.body)));
    }
    let credentials = if request.header("Cookie").is_some() {
        "include"
    } else {
        "omit"
    };
    lines.push(format!("  \"credentials\": \"{credentials}\""));
    lines.push(String::from("});"));
    lines.join("\n")
}

/// What differs from the request, a line each.
fn comments(request: &Request, left_out: &[&Header]) -> Vec<String> {
    let mut said = Vec::new();
    if !left_out.is_empty() {
        let names: Vec<String> = left_out
            .iter()
            .map(|header| in_comment(&header.name))
            .collect();
        let names = names.join(", ");
        said.push(format!("// Left out, as no script can set it: {names}."));
    }
    if request.header("Cookie").is_some() {
        said.push(String::from(
            "// The browser adds the cookies that it holds itself, where the page is of the same site.",
        ));
    }
    if FORBIDDEN_METHODS.contains(&&*request.method.to_ascii_uppercase()) {
        let method = in_comment(&request.method);
        said.push(format!(
            "// A browser refuses to send {method} for a script."
        ));
    }
    if !request.body.is_empty() && !has_content(request) {
        let method = in_comment(&request.method);
        said.push(format!(
            "// The content is left out: fetch sends none with {method}."
        ));
    }
    said
}

fn has_content(request: &Request) -> bool {
    !request.body.is_empty() && !WITHOUT_CONTENT.contains(&&*request.method.to_ascii_uppercase())
}

/// Whether script can set the field. A value is octets, which script writes as characters of Latin-1.
fn can_set(header: &Header) -> bool {
    let name = header.name.to_ascii_lowercase();
    let is_kept_from_script = FORBIDDEN.contains(&&*name)
        || FORBIDDEN_STARTS.iter().any(|start| name.starts_with(start))
        || name == USER_AGENT;
    let takes = |it: char| it <= '\u{ff}' && !matches!(it, '\0' | '\r' | '\n');
    !is_kept_from_script && header.value.chars().all(takes)
}

/// As an object where each name stands once, else as pairs. One name would set an object's prototype.
fn headers(set: &[&Header]) -> String {
    let names: Vec<String> = set.iter().map(|it| it.name.to_ascii_lowercase()).collect();
    let is_no_member =
        |(place, name): (usize, &String)| names[..place].contains(name) || name == "__proto__";
    let [open, between, close] = if names.iter().enumerate().any(is_no_member) {
        ["[[", ", ", "]]"]
    } else {
        ["{", ": ", "}"]
    };
    let fields: Vec<String> = set
        .iter()
        .map(|it| format!("{}{between}{}", literal(&it.name), literal(&it.value)))
        .collect();
    let joined = fields.join(if open == "[[" { "], [" } else { ", " });
    format!("  \"headers\": {open}{joined}{close},")
}

/// The text as a string of JavaScript: JSON, but for what would end a script element or, before ES2019, a line.
fn literal(text: &str) -> String {
    quoted(text)
        .replace("</", "<\\/")
        .replace("<!--", "<\\u0021--")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// A name in a comment can't end its line.
fn in_comment(name: &str) -> String {
    let is_plain = |it: &char| it.is_ascii_graphic();
    name.chars().filter(is_plain).take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sample::request;

    const ORIGIN: &str = "https://example.org";

    #[test]
    fn what_script_can_set_stands_in_the_call_and_the_rest_is_named() {
        let request = request(
            "POST",
            "/sub/orders",
            &[
                ("Host", "example.org"),
                ("Cookie", "sid=abc"),
                ("Origin", ORIGIN),
                ("Sec-Fetch-Site", "same-origin"),
                ("User-Agent", "A browser"),
                ("Content-Type", "application/json"),
                ("X-Own", "it's \"so\""),
            ],
            "{\"item\":\"tea\"}",
        );
        let expected = r#"// Left out, as no script can set it: Host, Cookie, Origin, Sec-Fetch-Site, User-Agent.
// The browser adds the cookies that it holds itself, where the page is of the same site.
await fetch("https://example.org/sub/orders", {
  "method": "POST",
  "headers": {"Content-Type": "application/json", "X-Own": "it's \"so\""},
  "body": "{\"item\":\"tea\"}",
  "credentials": "include"
});"#;
        assert_eq!(fetch(&request, ORIGIN), expected);
    }

    #[test]
    fn without_a_cookie_none_goes_along() {
        let bearer = [("Authorization", "Bearer a.b.c")];
        let call = fetch(&request("GET", "/me", &bearer, ""), ORIGIN);
        assert!(call.contains("\"credentials\": \"omit\""), "{call}");
        assert!(
            call.contains("\"Authorization\": \"Bearer a.b.c\""),
            "{call}"
        );
        assert!(!call.contains("//  "), "{call}");
        assert!(call.starts_with("await fetch("), "{call}");
    }

    #[test]
    fn what_fetch_refuses_is_said() {
        for (method, headers, body, has, has_not) in [
            (
                "TRACE",
                vec![],
                "",
                "A browser refuses to send TRACE",
                "\"body\"",
            ),
            ("get", vec![], "x", "fetch sends none with get", "\"body\""),
            (
                "PUT",
                vec![("X-A", "日本")],
                "x",
                "set it: X-A.",
                "\"headers\"",
            ),
            (
                "PUT",
                vec![("X-A", "a\nb")],
                "x",
                "set it: X-A.",
                "\"headers\"",
            ),
            (
                "PUT",
                vec![("Proxy-X\n y", "1")],
                "x",
                "set it: Proxy-Xy.",
                "\"headers\"",
            ),
            (
                "PUT",
                vec![("X-A", "1"), ("x-a", "2")],
                "",
                r#""headers": [["X-A", "1"], ["x-a", "2"]],"#,
                "//",
            ),
            (
                "PUT",
                vec![("__proto__", "1")],
                "",
                r#""headers": [["__proto__", "1"]],"#,
                "//",
            ),
        ] {
            let call = fetch(&request(method, "/x", &headers, body), "");
            assert!(call.contains(has), "{call}");
            assert!(!call.contains(has_not), "{call}");
        }
    }

    #[test]
    fn hostile_values_stay_values() {
        for hostile in [
            "</script><script>alert(1)</script>",
            "<!-- -->",
            "`${alert(1)}`",
            "\" + alert(1) + \"",
            "\\\" \\",
            "a\r\nb\tc\u{0}",
            "\u{2028}\u{2029}",
            "ü 🎫",
        ] {
            let call = fetch(&request("PUT", "/x", &[], hostile), "");
            let line = call.lines().find(|line| line.starts_with("  \"body\": "));
            let literal = line
                .and_then(|line| line.strip_prefix("  \"body\": "))
                .and_then(|line| line.strip_suffix(','))
                .expect("the content stands in one line");
            let read: String = serde_json::from_str(literal).expect("it is JSON too");
            assert_eq!(read, hostile);
            assert!(!call.contains("</script"), "{call}");
            assert_eq!(call.lines().count(), 5, "{call}");
        }
    }
}
