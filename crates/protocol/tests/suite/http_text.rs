//! Requests and responses as text. RFC 9112.

use protocol::{Header, Request, Response};

fn request(target: &str) -> Request {
    Request {
        method: String::from("POST"),
        target: target.to_owned(),
        headers: vec![
            Header::new("Host", "example.org"),
            Header::new("X-Twice", "first"),
            Header::new("x-twice", "second"),
        ],
        body: String::from("{}"),
    }
}

#[test]
fn a_request_is_written_as_it_goes_over_the_wire() {
    assert_eq!(
        request("/sub/login?x=1").to_string(),
        "POST /sub/login?x=1 HTTP/1.1\r\nHost: example.org\r\nX-Twice: first\r\nx-twice: second\r\n\r\n{}"
    );
}

#[test]
fn a_response_is_written_with_its_reason() {
    for (status, line) in [
        (200, "HTTP/1.1 200 OK"),
        (204, "HTTP/1.1 204 No Content"),
        (401, "HTTP/1.1 401 Unauthorized"),
        (405, "HTTP/1.1 405 Method Not Allowed"),
        (413, "HTTP/1.1 413 Payload Too Large"),
        (431, "HTTP/1.1 431 Request Header Fields Too Large"),
        // A code without a phrase keeps the space. RFC 9112, 4.
        (299, "HTTP/1.1 299 "),
        (0, "HTTP/1.1 0 "),
    ] {
        let response = Response {
            status,
            headers: vec![Header::new("Allow", "GET")],
            body: String::new(),
        };
        assert_eq!(
            response.to_string(),
            format!("{line}\r\nAllow: GET\r\n\r\n")
        );
    }
}

#[test]
fn fields_are_found_without_case_and_the_first_counts() {
    let request = request("/me");
    assert_eq!(request.header("X-TWICE"), Some("first"));
    assert_eq!(request.header("X-None"), None);
    assert_eq!(request.header(""), None);
}

#[test]
fn the_path_is_the_target_without_its_query() {
    for (target, path) in [
        ("/me", "/me"),
        ("/me?", "/me"),
        ("/me?a?b", "/me"),
        ("?x", ""),
        ("", ""),
    ] {
        assert_eq!(request(target).path(), path);
    }
}
