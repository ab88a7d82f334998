//! The form in which things are said.

/// A sentence, and what there is to see with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// The sentence, with `code` between backticks.
    pub(crate) sentence: String,
    /// What was seen: values, for machines' eyes.
    pub(crate) detail: Option<String>,
}

impl Said {
    pub(super) fn of(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            detail: None,
        }
    }

    pub(super) fn with(sentence: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            detail: Some(detail.into()),
        }
    }
}
