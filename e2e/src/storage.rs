//! What the browser holds, as its developer tools show and change it.

use crate::page::Page;
use serde_json::json;
use thirtyfour::common::cookie::SameSite;

/// A cookie with its attributes, which no script sees.
#[derive(Clone, Debug)]
pub struct StoredCookie {
    /// Its value.
    pub value: String,
    /// Below which it is sent.
    pub path: String,
    /// Whether it goes along only on requests of this site and on links to it.
    pub is_lax: bool,
    /// Whether scripts don't see it.
    pub is_http_only: bool,
    /// When it ends, in seconds since 1970.
    pub expires: i64,
}

impl Page {
    /// The session cookie's value, as page script sees it.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn session_id(&self) -> anyhow::Result<Option<String>> {
        let cookies = self.script("return document.cookie", Vec::new()).await?;
        let cookies = cookies.as_str().unwrap_or_default();
        Ok(cookies
            .split("; ")
            .find_map(|pair| pair.strip_prefix("sid="))
            .map(str::to_owned))
    }

    /// The session cookie with its attributes.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn session_cookie(&self) -> anyhow::Result<StoredCookie> {
        let cookie = self.driver.get_named_cookie("sid").await?;
        Ok(StoredCookie {
            value: cookie.value,
            path: cookie.path.unwrap_or_default(),
            is_lax: matches!(cookie.same_site, Some(SameSite::Lax)),
            is_http_only: cookie.http_only.unwrap_or_default(),
            expires: cookie.expiry.unwrap_or_default(),
        })
    }

    /// Writes the session cookie.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn put_session_id(&self, value: &str) -> anyhow::Result<()> {
        let line = format!("sid={value}; path={}; samesite=lax", self.site.folder());
        self.script("document.cookie = arguments[0]", vec![json!(line)])
            .await?;
        Ok(())
    }

    /// Deletes the session cookie.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn delete_session_id(&self) -> anyhow::Result<()> {
        Ok(self.driver.delete_cookie("sid").await?)
    }

    /// The access token, as it is stored.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn token(&self) -> anyhow::Result<Option<String>> {
        let token = self
            .script("return localStorage.getItem('access_token')", Vec::new())
            .await?;
        Ok(token.as_str().map(str::to_owned))
    }

    /// Stores a token.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn put_token(&self, token: &str) -> anyhow::Result<()> {
        let script = "localStorage.setItem('access_token', arguments[0])";
        self.script(script, vec![json!(token)]).await?;
        Ok(())
    }

    /// Deletes the token.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn delete_token(&self) -> anyhow::Result<()> {
        self.script("localStorage.removeItem('access_token')", Vec::new())
            .await?;
        Ok(())
    }
}
