//! What is typed to sign in: kept apart from its fields, since other parts of the scene sign in again with it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::state::Playground;

/// The sample accounts, as the select names them.
pub(super) const ACCOUNTS: [(&str, &str); 3] = [
    ("member", "member · user #42"),
    ("admin", "administrator · user #1"),
    ("suspended", "suspended · user #13"),
];
/// What the select holds where the account is typed.
pub(super) const OTHER: &str = "";
/// The password of every sample account: public, and filled in.
pub(super) const SAMPLE_PASSWORD: &str = "sample-password";

/// What is typed to sign in.
#[derive(Clone, Copy)]
pub(super) struct SignInForm {
    /// The account that is chosen.
    pub(super) chosen: RwSignal<String>,
    /// The account that is typed, where another one is chosen.
    pub(super) typed: RwSignal<String>,
    /// The password.
    pub(super) password: RwSignal<String>,
}

impl SignInForm {
    /// The first sample account.
    pub(super) fn new() -> Self {
        Self {
            chosen: RwSignal::new(String::from(ACCOUNTS[0].0)),
            typed: RwSignal::new(String::new()),
            password: RwSignal::new(String::from(SAMPLE_PASSWORD)),
        }
    }

    /// Signs in to both lanes.
    pub(super) fn submit(self, playground: Playground) {
        let account = match self.chosen.get_untracked() {
            account if account == OTHER => self.typed.get_untracked(),
            account => account,
        };
        spawn_local(async move {
            playground
                .sign_in(&account, &self.password.get_untracked())
                .await;
        });
    }
}
