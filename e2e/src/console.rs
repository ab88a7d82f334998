//! The browser's console must stay free of errors.

use anyhow::ensure;
use std::cell::RefCell;

/// Which errors a test causes itself.
#[derive(Default)]
pub(crate) struct Console {
    expected: RefCell<Vec<String>>,
}

impl Console {
    /// An error with these words is the test's own doing.
    pub(crate) fn expect(&self, part: &str) {
        self.expected.borrow_mut().push(part.to_owned());
    }

    /// Fails if there was any other error.
    pub(crate) fn check(&self, errors: Vec<String>) -> anyhow::Result<()> {
        let expected = self.expected.borrow();
        let errors: Vec<String> = errors
            .into_iter()
            .filter(|message| !expected.iter().any(|part| message.contains(part)))
            .collect();
        ensure!(errors.is_empty(), "errors in the console: {errors:#?}");
        Ok(())
    }
}
