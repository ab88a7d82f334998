//! Scripts that make a worker fail as real browsers make them fail. They run before the worker's own.

use crate::page::Page;

/// The browser has no files of its own to offer.
pub const FILES_MISSING: &str =
    "Object.defineProperty(self, 'FileSystemSyncAccessHandle', { value: undefined });\n";

/// The browser has files, and refuses them: so do private windows.
pub const FILES_REFUSED: &str = "\
if (self.StorageManager) StorageManager.prototype.getDirectory =
  () => Promise.reject(new DOMException('made to fail', 'SecurityError'));
";

/// The worker fails on a request to `/orders`, before it can answer.
pub const DIE_ON_ORDERS: &str = "\
addEventListener('message', (event) => {
  if (!(event.data instanceof Uint8Array)) return;
  if (!new TextDecoder('latin1').decode(event.data).includes('/orders')) return;
  event.stopImmediatePropagation();
  throw new Error('made to fail');
});
";

/// The worker fails when it is called upon to, whatever else is asked of it: see [`Page::kill_worker`].
///
/// [`Page::kill_worker`]: crate::Page::kill_worker
pub const DIE_ON_CALL: &str =
    "new BroadcastChannel('die').onmessage = () => { throw new Error('made to fail'); };\n";

/// A lab worker fails once it has told a few things of what it does.
pub const DIE_IN_LAB: &str = "\
const post = self.postMessage.bind(self);
let told = 0;
self.postMessage = (...all) => {
  post(...all);
  if (self.name !== 'lab' || ++told !== 3) return;
  reportError(new Error('made to fail'));
  close();
};
";

/// The worker fails before it has begun.
pub const DIE_ON_START: &str = "throw new Error('made to fail');\n";

/// The server's clock is an hour ahead: longer than a token is good for, and than a session may be idle.
pub const AN_HOUR_LATER: &str = "\
const now = Date.now.bind(Date);
Date.now = () => now() + 3_600_000;
";

impl Page {
    /// Calls upon a worker that runs [`DIE_ON_CALL`] to fail as soon as it is done with what it does.
    ///
    /// # Errors
    /// Where the page does not answer.
    pub async fn kill_worker(&self) -> anyhow::Result<()> {
        self.script("new BroadcastChannel('die').postMessage(null)", Vec::new())
            .await?;
        Ok(())
    }
}
