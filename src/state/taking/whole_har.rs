//! The whole history as a HAR.

use super::har::HarWriter;
use crate::browser::{milliseconds, next_task, site};
use crate::state::Playground;

/// How long is written before the page does something else, in milliseconds.
const SLICE_MILLISECONDS: f64 = 20.0;

impl Playground {
    /// The history as a HAR, with credentials or without, written in slices: a long one never holds the page up.
    pub(crate) async fn har(self, with_credentials: bool) -> String {
        let log = self.log();
        let all = log.entries().map(|entry| &**entry);
        let mut writer = HarWriter::new(site(), with_credentials, all);
        let mut begun = milliseconds();
        for entry in log.entries() {
            writer.add(entry);
            if milliseconds() - begun > SLICE_MILLISECONDS {
                next_task().await;
                begun = milliseconds();
            }
        }
        writer.finish()
    }
}
