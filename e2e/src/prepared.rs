//! What kind of browser a test asks for.

/// How the browser is before the page is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prepared {
    /// As it comes. Other tests may have had it before: nothing of theirs is in it.
    #[default]
    Plainly,
    /// As it comes, and started for this test.
    JustStarted,
    /// Its user has blocked cookies and all site data.
    WithoutSiteData,
    /// Its user has blocked cookies in other sites' frames.
    WithoutOthersCookies,
}
