//! A folder outside the browser, for as long as something has it.

use crate::wait::until;
use anyhow::Context;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of its own, which goes with its owner.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// An empty one.
    ///
    /// # Errors
    /// Where it can't be made.
    pub fn new() -> anyhow::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "ticket-or-passport-e2e-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path)?;
        Ok(Self { path })
    }

    /// Writes a file into it; where it is.
    ///
    /// # Errors
    /// Where it can't be written.
    pub fn write(&self, name: &str, content: &[u8]) -> anyhow::Result<PathBuf> {
        let file = self.path.join(name);
        std::fs::write(&file, content)?;
        Ok(file)
    }

    /// Waits until the browser has saved the file of that name; where it is, and what it holds.
    ///
    /// # Errors
    /// Where it never has.
    pub async fn saved(&self, name: &str) -> anyhow::Result<(PathBuf, Vec<u8>)> {
        let file = self.path.join(name);
        until(&format!("the file {name}"), async || {
            let content = std::fs::read(&file).context("it is not there")?;
            Ok((!content.is_empty()).then(|| (file.clone(), content)))
        })
        .await
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}
