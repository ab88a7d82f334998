//! The browser's console must stay free of errors.

use crate::page::Page;
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
    fn check(&self, errors: Vec<String>) -> anyhow::Result<()> {
        let expected = self.expected.borrow();
        let errors: Vec<String> = errors
            .into_iter()
            .filter(|message| !expected.iter().any(|part| message.contains(part)))
            .collect();
        ensure!(errors.is_empty(), "errors in the console: {errors:#?}");
        Ok(())
    }
}

impl Page {
    /// Fails if there was an error that the test did not expect.
    pub(crate) async fn check_console(&self) -> anyhow::Result<()> {
        self.errors.check(self.console_errors().await?)
    }

    /// What the console holds of errors.
    pub(crate) async fn console_errors(&self) -> anyhow::Result<Vec<String>> {
        let origin = self.site.origin();
        let mut errors = self.engine.errors_in_console(&self.driver, &origin).await?;
        errors.extend(self.site.errors_told());
        Ok(errors)
    }
}
