//! What the scene says to someone who is new to it.

use crate::state::Stage;

/// What there is to try once both servers know you.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Experiment {
    /// Kill the session.
    Kill,
    /// Change the token.
    Change,
    /// Sign out, and send copies.
    Logout,
}

/// With nothing done yet.
pub(crate) const FIRST_SIGN_IN: &str = "Start here: press “Sign in to both”. One server writes down who you are and gives your browser a ticket. The other signs a passport, hands it out, and forgets you.";
/// Once signed in.
pub(crate) const FIRST_SEND: &str = "Now press “Send to both”, and see what each server does to know you: one looks you up, the other checks a signature.";
/// Once all was tried.
pub(crate) const ALL_TRIED: &str = "You have seen the three: a killed session ends at once, a changed token is refused, and a copied token outlives its logout. Everything here can be changed: go on as you like.";

/// An experiment: its title, and what to do and expect.
pub(crate) const fn experiment(
    experiment: Experiment,
    stage: Stage,
) -> (&'static str, &'static str) {
    match (experiment, stage) {
        (Experiment::Kill, Stage::Open) => (
            "Kill the session.",
            "The server forgets you. Which of the two lanes will notice?",
        ),
        (Experiment::Change, Stage::Open) => (
            "Change the role in the token.",
            "Make it say `admin` and put it into the browser. Will the server believe it?",
        ),
        (Experiment::Kill, Stage::Begun) => ("The session is killed.", "Now send to both again."),
        (Experiment::Change, Stage::Begun) => {
            ("The browser holds a changed token.", "Now send to both.")
        }
        (Experiment::Logout, Stage::Open) => (
            "Sign out, then send the kept copies.",
            "Someone may have copied cookie and token before. What are they worth now?",
        ),
        (Experiment::Logout, Stage::Begun) => (
            "You are signed out.",
            "Now send the kept cookie and the kept token, as someone with a copy would.",
        ),
        (Experiment::Kill, Stage::Done) => (
            "Killed.",
            "The ticket was refused at once; a passport knows nothing of it.",
        ),
        (Experiment::Change, Stage::Done) => (
            "Changed.",
            "What a signature covers can be read by all, and changed only by whoever has the key.",
        ),
        (Experiment::Logout, Stage::Done) => (
            "Replayed.",
            "The ticket died with the session. The token works until it expires.",
        ),
    }
}
