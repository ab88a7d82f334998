//! A request as a curl command for a POSIX shell.

use protocol::Request;

/// Fields that curl writes by itself.
const WRITTEN_BY_CURL: [&str; 2] = ["host", "content-length"];
/// What curl takes for a pattern in a URL.
const PATTERNS: [char; 4] = ['[', ']', '{', '}'];

/// The request, to an origin such as `https://example.org`. The content of a HEAD is left out: curl sends none.
pub(crate) fn curl(request: &Request, origin: &str) -> String {
    let mut command = String::from("curl ");
    let is_head = request.method == "HEAD";
    if is_head {
        // The answer has no content, for which curl would wait.
        command.push_str("-I");
    } else {
        command.push_str("-i -X ");
        command.push_str(&quoted(&request.method));
    }
    if request.target.contains(PATTERNS) {
        command.push_str(" --globoff");
    }
    if request.path().contains("/.") {
        command.push_str(" --path-as-is");
    }
    command.push_str(&format!(
        " {}",
        quoted(&format!("{origin}{}", request.target))
    ));
    for header in &request.headers {
        if WRITTEN_BY_CURL.contains(&&*header.name.to_ascii_lowercase()) {
            continue;
        }
        // A field without a value ends with a semicolon: with a colon, curl would leave it out.
        let field = if header.value.is_empty() {
            format!("{};", header.name)
        } else {
            format!("{}: {}", header.name, header.value)
        };
        command.push_str(&format!(" \\\n  -H {}", quoted(&field)));
    }
    if !request.body.is_empty() && !is_head {
        if request.header("Content-Type").is_none() {
            // Else curl would call it a form.
            command.push_str(" \\\n  -H 'Content-Type:'");
        }
        command.push_str(&format!(" \\\n  --data-raw {}", quoted(&request.body)));
    }
    command
}

/// Between single quotes nothing has a meaning but the single quote itself.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use protocol::Header;

    use super::*;
    use crate::state::sample::request;

    #[test]
    fn hostile_values_stay_values() {
        let request = Request {
            method: String::from("POST"),
            target: String::from("/sub/login?x='; rm -rf ~; '"),
            headers: vec![
                Header::new("Host", "example.org"),
                Header::new("Cookie", "sid=$(id)'`id`"),
                Header::new("content-type", "application/json"),
            ],
            body: String::from("{\"a\":\"'\"}"),
        };
        assert_eq!(
            curl(&request, "https://example.org"),
            "curl -i -X 'POST' 'https://example.org/sub/login?x='\\''; rm -rf ~; '\\''' \\\n  -H 'Cookie: sid=$(id)'\\''`id`' \\\n  -H 'content-type: application/json' \\\n  --data-raw '{\"a\":\"'\\''\"}'"
        );
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn a_shell_gives_curl_each_value_as_it_was() {
        for hostile in [
            "plain",
            "it's",
            "\"double\"",
            "a\nb",
            "$HOME `id` $(id) \\ !! #",
            "</script><b>",
            "${x}",
            "ü 🎫 \u{2028}",
            "'''",
            "trailing\\",
        ] {
            let request = request(
                "PUT",
                &format!("/x?{hostile}"),
                &[("X-Own", hostile)],
                hostile,
            );
            let words = shell_words::split(&curl(&request, "https://example.org"))
                .expect("a shell can read it");
            let url = format!("https://example.org/x?{hostile}");
            let field = format!("X-Own: {hostile}");
            let globoff = words.iter().position(|word| word == "--globoff");
            let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
            if let Some(at) = globoff {
                words.remove(at);
            }
            let expected = [
                "curl",
                "-i",
                "-X",
                "PUT",
                &url,
                "-H",
                &field,
                "-H",
                "Content-Type:",
                "--data-raw",
                hostile,
            ];
            assert_eq!(words, expected, "{hostile:?}");
        }
    }

    #[test]
    fn what_curl_would_read_otherwise_is_told_it() {
        for (method, target, header, has, has_not) in [
            ("HEAD", "/me", ("A", "1"), "curl -I 'https:", "-X"),
            ("GET", "/a/../b", ("A", "1"), "--path-as-is", "--globoff"),
            ("GET", "/a?x[]={1}", ("A", "1"), "--globoff", "--path-as-is"),
            ("GET", "/me", ("X-Empty", ""), "-H 'X-Empty;'", "X-Empty:"),
            ("GET", "/me", ("content-length", "0"), "'GET'", "length"),
        ] {
            let command = curl(&request(method, target, &[header], ""), "https://a");
            assert!(command.contains(has), "{command}");
            assert!(!command.contains(has_not), "{command}");
        }
        let command = curl(&request("HEAD", "/me", &[], "content"), "https://a");
        assert_eq!(command, "curl -I 'https://a/me'");
    }
}
