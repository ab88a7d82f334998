//! Another site: one page on a host that is not the page's own, as whoever embeds it would have.

use anyhow::Context;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

/// The largest request that is read, in octets.
const REQUEST: usize = 16 * 1024;

/// A page of another site, until the program ends.
pub struct OtherSite {
    port: u16,
}

impl OtherSite {
    /// Opens it with this page, whatever it is asked for.
    ///
    /// # Errors
    /// Where no port is free.
    pub fn open(html: String) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("no port is free")?;
        let port = listener.local_addr()?.port();
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut request = [0; REQUEST];
                // Browsers open connections ahead, and may never use them.
                if stream.read(&mut request).is_ok_and(|read| read > 0) {
                    let _ = write!(
                        stream,
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{html}",
                        html.len()
                    );
                }
            }
        });
        Ok(Self { port })
    }

    /// Its address, by a name that makes it another site than `127.0.0.1`.
    pub fn url(&self) -> String {
        format!("http://localhost:{}/", self.port)
    }
}
