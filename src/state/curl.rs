//! A request as a curl command for a POSIX shell.

use protocol::Request;

/// Fields that curl writes by itself.
const WRITTEN_BY_CURL: [&str; 2] = ["Host", "Content-Length"];

/// The request, to an origin such as `https://example.org`.
pub(crate) fn curl(request: &Request, origin: &str) -> String {
    let url = quoted(&format!("{origin}{}", request.target));
    let mut command = format!("curl -i -X {} {url}", quoted(&request.method));
    for header in &request.headers {
        if !WRITTEN_BY_CURL.contains(&header.name.as_str()) {
            let field = quoted(&format!("{}: {}", header.name, header.value));
            command.push_str(&format!(" \\\n  -H {field}"));
        }
    }
    if !request.body.is_empty() {
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

    #[test]
    fn hostile_values_stay_values() {
        let request = Request {
            method: String::from("POST"),
            target: String::from("/sub/login?x='; rm -rf ~; '"),
            headers: vec![
                Header::new("Host", "example.org"),
                Header::new("Cookie", "sid=$(id)'`id`"),
            ],
            body: String::from("{\"a\":\"'\"}"),
        };
        assert_eq!(
            curl(&request, "https://example.org"),
            "curl -i -X 'POST' 'https://example.org/sub/login?x='\\''; rm -rf ~; '\\''' \\\n  -H 'Cookie: sid=$(id)'\\''`id`' \\\n  --data-raw '{\"a\":\"'\\''\"}'"
        );
    }
}
