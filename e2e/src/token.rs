//! A compact token as someone takes it apart by hand.

use anyhow::{Context, ensure};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// The two readable parts.
#[derive(Clone, Debug)]
pub struct Token {
    /// Its header.
    pub header: Value,
    /// Its claims.
    pub payload: Value,
    signature: String,
}

impl Token {
    /// Reads a token without checking anything but that it is one.
    ///
    /// # Errors
    /// Where it is none.
    pub fn read(text: &str) -> anyhow::Result<Self> {
        let parts: Vec<&str> = text.split('.').collect();
        ensure!(parts.len() == 3, "not three parts: {text}");
        Ok(Self {
            header: content(parts[0])?,
            payload: content(parts[1])?,
            signature: parts[2].to_owned(),
        })
    }

    /// As text, with the signature that it had.
    pub fn text(&self) -> String {
        format!(
            "{}.{}.{}",
            encoded(&self.header.to_string()),
            encoded(&self.payload.to_string()),
            self.signature
        )
    }

    /// As text, with another header, which need not be JSON.
    pub fn with_header(&self, header: &str) -> String {
        format!(
            "{}.{}.{}",
            encoded(header),
            encoded(&self.payload.to_string()),
            self.signature
        )
    }
}

fn content(part: &str) -> anyhow::Result<Value> {
    let bytes = URL_SAFE_NO_PAD.decode(part).context("not base64url")?;
    serde_json::from_slice(&bytes).context("not JSON")
}

fn encoded(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}
