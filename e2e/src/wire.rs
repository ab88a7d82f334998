//! As much of HTTP/1.1 as a browser needs to be given files: one request a connection, a thread each, and the
//! connection closed after it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// A request's head may have that many octets.
const HEAD_LIMIT: u64 = 64 * 1024;
/// Browsers open connections ahead, and may never use them.
const IDLE_LIMIT: Duration = Duration::from_secs(10);

/// An answer.
pub(crate) struct Answer {
    pub(crate) found: bool,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) content: Vec<u8>,
}

/// Listens on any free port of this machine alone, for as long as the process lives. The port's address.
pub(crate) fn listen(
    answer: impl Fn(&str) -> Answer + Send + Sync + 'static,
) -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?.to_string();
    let answer = Arc::new(answer);
    std::thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let answer = answer.clone();
            // The browser may leave at any time: that is no failure.
            std::thread::spawn(move || converse(connection, |path| answer(path)));
        }
    });
    Ok(address)
}

fn converse(mut connection: TcpStream, answer: impl FnOnce(&str) -> Answer) -> std::io::Result<()> {
    connection.set_read_timeout(Some(IDLE_LIMIT))?;
    let mut lines = BufReader::new((&connection).take(HEAD_LIMIT)).lines();
    let Some(request_line) = lines.next().transpose()? else {
        return Ok(());
    };
    // The fields say nothing that matters for files.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let target = request_line.split(' ').nth(1).unwrap_or("/");
    let Answer {
        found,
        headers,
        content,
    } = answer(target.split('?').next().unwrap_or_default());
    let status = if found { "200 OK" } else { "404 Not Found" };
    let mut head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n",
        content.len()
    );
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    connection.write_all(head.as_bytes())?;
    connection.write_all(&content)
}
