//! Scripts that make a worker fail as real browsers make them fail. They run before the worker's own.

/// The browser has no files of its own to offer.
pub const FILES_MISSING: &str =
    "Object.defineProperty(self, 'FileSystemSyncAccessHandle', { value: undefined });\n";

/// The browser has files, and refuses them: so do private windows.
pub const FILES_REFUSED: &str = "\
StorageManager.prototype.getDirectory =
  () => Promise.reject(new DOMException('made to fail', 'SecurityError'));
";

/// The worker fails on a request to `/orders`, before it can answer.
pub const DIE_ON_ORDERS: &str = "\
addEventListener('message', (event) => {
  if (!new TextDecoder('latin1').decode(event.data).includes('/orders')) return;
  event.stopImmediatePropagation();
  throw new Error('made to fail');
});
";

/// The worker fails before it has begun.
pub const DIE_ON_START: &str = "throw new Error('made to fail');\n";

/// The server's clock is an hour ahead: longer than a token is good for, and than a session may be idle.
pub const AN_HOUR_LATER: &str = "\
const now = Date.now.bind(Date);
Date.now = () => now() + 3_600_000;
";
