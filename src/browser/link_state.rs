//! What the page knows of its worker.

use protocol::Opening;

/// What can be said of the worker.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LinkState {
    /// It is opening the server.
    Starting,
    /// It answers.
    Ready {
        /// How the database was opened.
        opening: Opening,
        /// Why an earlier worker died, if one did.
        died_before: Option<String>,
    },
    /// Another tab has the server.
    Occupied,
    /// Another tab took the server over.
    TakenOver,
    /// It died, and is not started again.
    Dead {
        /// Why.
        reason: String,
    },
}

/// Why a command got no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoAnswer {
    /// The worker died while it carried the command out, or can't be started.
    Died {
        /// Why.
        reason: String,
    },
    /// Another tab has the server.
    Elsewhere,
}
