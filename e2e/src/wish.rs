//! What a system may wish for, of the pages that it shows.

/// What the system asks pages to look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Colours {
    /// As CSS says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// One thing that a system may wish for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wish {
    /// Colours.
    Colours(Colours),
    /// Less motion.
    LessMotion,
    /// Motion, as most do.
    Motion,
    /// A few colours of the user's own, in the place of the page's.
    ForcedColours,
}
