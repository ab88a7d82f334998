//! When a thread is kept awake.

/// Messages no further apart than this are a storm; and so long is the next one waited for. In milliseconds: about what a
/// slow machine takes for a request and its answer.
const STORM_MILLISECONDS: f64 = 2.0;

/// Whether a thread is kept awake. All moments are milliseconds of one clock that never goes back.
#[derive(Default)]
pub(crate) struct Watch {
    last_message: Option<f64>,
    is_kept: bool,
}

impl Watch {
    /// There was a message. Whether the thread is to be kept awake from now on.
    pub(crate) fn message(&mut self, now: f64) -> bool {
        let begins = !self.is_kept && self.is_storm(now);
        self.is_kept |= begins;
        self.last_message = Some(now);
        begins
    }

    /// Whether the thread is to be kept awake any longer.
    pub(crate) fn goes_on(&mut self, now: f64) -> bool {
        self.is_kept = self.is_storm(now);
        self.is_kept
    }

    /// It can't be kept awake.
    pub(crate) const fn end(&mut self) {
        self.is_kept = false;
    }

    fn is_storm(&self, now: f64) -> bool {
        self.last_message
            .is_some_and(|last| now - last < STORM_MILLISECONDS)
    }
}

#[cfg(test)]
mod tests {
    use super::Watch;

    #[test]
    fn one_message_keeps_nobody_awake() {
        let mut watch = Watch::default();
        assert!(!watch.message(1_000.0));
        assert!(!watch.message(1_002.0), "too late to be of a storm");
    }

    #[test]
    fn a_storm_keeps_awake_once_and_as_long_as_it_lasts() {
        let mut watch = Watch::default();
        watch.message(1_000.0);
        assert!(watch.message(1_001.9));
        assert!(!watch.message(1_002.5), "it is awake already");
        assert!(watch.goes_on(1_004.4));
        assert!(!watch.goes_on(1_004.5));

        assert!(!watch.message(1_100.0), "the storm is over");
        assert!(watch.message(1_100.5), "another one begins");
    }

    #[test]
    fn what_can_t_be_kept_awake_is_tried_again() {
        let mut watch = Watch::default();
        watch.message(1_000.0);
        assert!(watch.message(1_000.5));
        watch.end();
        assert!(watch.message(1_001.0));
    }
}
