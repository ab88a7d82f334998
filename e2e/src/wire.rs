//! As much of HTTP/1.1 as a browser needs to be given files: one request a connection, a thread each, and the
//! connection closed after it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
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

/// Something that listens, for as long as the process lives or until it is ended.
pub(crate) struct Listening {
    address: SocketAddr,
    is_over: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

/// Listens at that address of this machine.
pub(crate) fn listen(
    address: SocketAddr,
    answer: impl Fn(&str) -> Answer + Send + Sync + 'static,
) -> std::io::Result<Listening> {
    let listener = TcpListener::bind(address)?;
    let address = listener.local_addr()?;
    let answer = Arc::new(answer);
    let is_over = Arc::new(AtomicBool::new(false));
    let is_over_yet = is_over.clone();
    let thread = std::thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            if is_over_yet.load(Ordering::SeqCst) {
                break;
            }
            let answer = answer.clone();
            let is_over = is_over_yet.clone();
            // Connections that were opened ahead must not outlive it.
            let answer = move |path: &str| (!is_over.load(Ordering::SeqCst)).then(|| answer(path));
            // The browser may leave at any time: that is no failure.
            std::thread::spawn(move || converse(connection, answer));
        }
    });
    Ok(Listening {
        address,
        is_over,
        thread,
    })
}

impl Listening {
    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on the machine refuses connections there, and who is connected gets no answer.
    pub(crate) fn end(self) {
        self.is_over.store(true, Ordering::SeqCst);
        // It looks when someone comes.
        let _ = TcpStream::connect(self.address);
        let _ = self.thread.join();
    }
}

fn converse(
    mut connection: TcpStream,
    answer: impl FnOnce(&str) -> Option<Answer>,
) -> std::io::Result<()> {
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
    let Some(Answer {
        found,
        headers,
        content,
    }) = answer(target.split('?').next().unwrap_or_default())
    else {
        return Ok(());
    };
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
