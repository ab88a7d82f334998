//! What a test that failed says.

use std::fmt;

/// ChromeDriver's errors come with its own stack, which tells nothing here.
fn without_stack(error: &str) -> String {
    let lines = error.lines();
    lines
        .take_while(|line| !line.trim_start().starts_with("Stacktrace"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// What went wrong, in words and nothing else.
pub struct Failure(String);

impl Failure {
    pub(crate) const fn new(words: String) -> Self {
        Self(words)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self(without_stack(&format!("{error:#}")))
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
