//! axe-core, the accessibility checker, on the page as it is.

use crate::page::Page;
use anyhow::{Context, ensure};
use serde_json::Value;

/// All of WCAG 2.2 AA that a machine can check, and axe-core's own best practices.
const RUN: &str = "\
const done = arguments[arguments.length - 1];
axe.run(document).then(
  ({ violations }) => done(violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => `${node.html}: ${node.failureSummary}`) }))),
  (error) => done([{ id: String(error) }]),
);";

/// Half a megabyte, which a page keeps.
const IS_THERE: &str = "return typeof axe === 'object'";

impl Page {
    /// Fails if axe-core, in the file that `AXE_CORE_JS` names, finds a violation.
    ///
    /// # Errors
    /// With what it found.
    pub async fn check_accessibility(&self, state: &str) -> anyhow::Result<()> {
        if self.script(IS_THERE, Vec::new()).await? != true {
            let file = std::env::var_os("AXE_CORE_JS")
                .context("AXE_CORE_JS must name axe-core's script: run `cargo xtask test`")?;
            let axe = std::fs::read_to_string(file).context("axe-core can't be read")?;
            self.driver.execute(axe, Vec::new()).await?;
        }
        let found = self.driver.execute_async(RUN, Vec::new()).await?;
        let none = matches!(found.json(), Value::Array(found) if found.is_empty());
        ensure!(none, "{state}: {:#}", found.json());
        Ok(())
    }
}
