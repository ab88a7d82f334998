//! A host for sites, as one finds them on the web: files compressed and kept by browsers, connections that stay open,
//! the headers that we recommend, and a line of a given rate before all of it. It writes down what it served, and when.

mod files;
mod line;

pub use files::Files;
pub use line::Line;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Browsers keep connections that they don't use for a while.
const IDLE_LIMIT: Duration = Duration::from_secs(60);

/// The host, for as long as the process lives.
pub struct Host {
    shared: Arc<Shared>,
    url: String,
}

struct Shared {
    files: Arc<Files>,
    headers: Vec<(String, String)>,
    line: Option<Line>,
    begun: Instant,
    served: Mutex<Vec<Served>>,
}

/// One answer. Times are since the host began.
#[derive(Clone, Debug)]
pub struct Served {
    pub path: String,
    /// Head and content, on the line.
    pub octets: usize,
    /// When its request had come.
    pub asked: Duration,
    /// When its first octet was sent.
    pub begun: Duration,
    /// When its last was.
    pub ended: Duration,
}

/// A request, as far as it matters for files.
struct Request {
    path: String,
    /// What the browser already has.
    has: Option<String>,
}

impl Host {
    /// Serves on any free port of this machine alone.
    ///
    /// # Errors
    /// Where there is no port.
    pub fn open(files: Arc<Files>, line: Option<Line>) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}/", listener.local_addr()?);
        let mut headers = e2e::headers_of_the_server()?;
        headers.retain(|(name, _)| name != "Cache-Control");
        let shared = Arc::new(Shared {
            files,
            headers,
            line,
            begun: Instant::now(),
            served: Mutex::default(),
        });
        let serving = shared.clone();
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let serving = serving.clone();
                // The browser may leave at any time: that is no failure.
                thread::spawn(move || serving.converse(&connection));
            }
        });
        Ok(Self { shared, url })
    }

    /// The site's address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What was served so far.
    pub fn served(&self) -> Vec<Served> {
        let served = self.shared.served.lock();
        served.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Shared {
    fn converse(&self, connection: &TcpStream) -> std::io::Result<()> {
        connection.set_nodelay(true)?;
        connection.set_read_timeout(Some(IDLE_LIMIT))?;
        let mut lines = BufReader::new(connection).lines();
        let mut is_first = true;
        while let Some(request) = next_request(&mut lines)? {
            let asked = self.begun.elapsed();
            if let Some(line) = &self.line {
                line.wait_for_round_trip(is_first);
            }
            is_first = false;
            let answer = self.answer(&request);
            let begun = self.begun.elapsed();
            match &self.line {
                Some(line) => line.send(connection, &answer)?,
                None => std::io::Write::write_all(&mut &*connection, &answer)?,
            }
            let served = Served {
                path: request.path,
                octets: answer.len(),
                asked,
                begun,
                ended: self.begun.elapsed(),
            };
            let all = self.served.lock();
            all.unwrap_or_else(PoisonError::into_inner).push(served);
        }
        Ok(())
    }

    /// Head and content.
    fn answer(&self, request: &Request) -> Vec<u8> {
        let Some(file) = self.files.find(&request.path) else {
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec();
        };
        let mut hash = DefaultHasher::new();
        file.content.hash(&mut hash);
        let tag = format!("\"{:x}\"", hash.finish());
        let is_had = request.has.as_ref() == Some(&tag);
        let mut head = String::from(if is_had {
            "HTTP/1.1 304 Not Modified\r\n"
        } else {
            "HTTP/1.1 200 OK\r\n"
        });
        let mut field = |name: &str, value: &str| head.push_str(&format!("{name}: {value}\r\n"));
        field("ETag", &tag);
        field("Cache-Control", file.keep);
        for (name, value) in &self.headers {
            field(name, value);
        }
        if !is_had {
            field("Content-Type", file.kind);
            field("Content-Encoding", "br");
            field("Content-Length", &file.content.len().to_string());
        }
        head.push_str("\r\n");
        let content: &[u8] = if is_had { &[] } else { &file.content };
        [head.as_bytes(), content].concat()
    }
}

/// The next request of a connection; `None` where the browser has closed it.
fn next_request(
    lines: &mut impl Iterator<Item = std::io::Result<String>>,
) -> std::io::Result<Option<Request>> {
    let Some(first) = lines.next().transpose()? else {
        return Ok(None);
    };
    let target = first.split(' ').nth(1).unwrap_or("/");
    let mut request = Request {
        path: target.split('?').next().unwrap_or_default().to_owned(),
        has: None,
    };
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("if-none-match")
        {
            request.has = Some(value.trim().to_owned());
        }
    }
    Ok(Some(request))
}

#[cfg(test)]
mod tests {
    use super::next_request;

    #[test]
    fn requests_are_read_one_after_another() {
        let text = "GET /a.js?1 HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"1f\"\r\n\r\nGET / HTTP/1.1\r\n\r\n";
        let mut lines = text.lines().map(|line| Ok(line.to_owned()));
        let first = next_request(&mut lines).expect("readable").expect("there");
        assert_eq!(
            (first.path.as_str(), first.has.as_deref()),
            ("/a.js", Some("\"1f\""))
        );
        let second = next_request(&mut lines).expect("readable").expect("there");
        assert_eq!((second.path.as_str(), second.has), ("/", None));
        assert!(next_request(&mut lines).expect("readable").is_none());
    }
}
