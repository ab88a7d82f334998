//! With what the stateless server signs. A key that it lacks is made by a lab worker, and handed over.

use std::cell::Cell;

use futures::channel::oneshot;
use leptos::prelude::{GetUntracked, Set, SetValue, Update, WithUntracked};
use leptos::task::spawn_local;
use protocol::{
    KeyProgress, LabOrder, LabReport, MadeKey, NewKey, Observation, Rotation, SceneCommand,
    SceneReply, ServerAlgorithm,
};

use super::kept_choices;
use super::playground::Playground;
use super::record::Event;
use super::server_key::KeyMaking;
use crate::browser::Lab;

/// The kind of key that the server takes for an algorithm.
const fn new_key(algorithm: ServerAlgorithm) -> NewKey {
    match algorithm {
        ServerAlgorithm::Hs256 => NewKey::Hmac { octets: 32 },
        ServerAlgorithm::Rs256 => NewKey::Rsa { bits: 2048 },
        ServerAlgorithm::Es256 => NewKey::P256,
        ServerAlgorithm::EdDsa => NewKey::Ed25519,
    }
}

impl Playground {
    /// Has the stateless server sign with this from now on, once it has a key for it.
    pub(crate) fn choose_algorithm(self, algorithm: ServerAlgorithm) {
        self.cancel_key();
        let has_key = self
            .observation
            .with_untracked(|seen| seen.as_ref().is_some_and(|seen| holds_key(seen, algorithm)));
        if has_key {
            spawn_local(self.sign_with(algorithm));
            return;
        }
        self.server_key.state.set(KeyMaking::Making {
            algorithm,
            progress: KeyProgress::default(),
        });
        let lab = Lab::start(
            LabOrder::MakeKey(new_key(algorithm)),
            move |report| match report {
                LabReport::Ready
                | LabReport::Load(_)
                | LabReport::FaultsTried(_)
                | LabReport::HarRead(_) => {}
                LabReport::Progress(now) => self.server_key.state.update(|state| {
                    if let KeyMaking::Making { progress, .. } = state {
                        *progress = now;
                    }
                }),
                LabReport::Made(made) => spawn_local(self.hand_over(algorithm, made)),
                LabReport::Died { message } => {
                    self.server_key.end(KeyMaking::Failed { reason: message });
                }
            },
        );
        let failed = matches!(
            self.server_key.state.get_untracked(),
            KeyMaking::Failed { .. }
        );
        if !failed {
            self.server_key.lab.set_value(Some(lab));
        }
    }

    /// Gives up the making of a key.
    pub(crate) fn cancel_key(self) {
        self.server_key.end(KeyMaking::Idle);
    }

    async fn hand_over(self, algorithm: ServerAlgorithm, made: MadeKey) {
        let key = made.key;
        let adopted = self
            .ask_for(SceneCommand::AdoptKey { algorithm, key }, |reply| {
                matches!(reply, SceneReply::Adopted).then_some(())
            })
            .await;
        match adopted {
            Ok(()) => {
                self.server_key.end(KeyMaking::Idle);
                self.sign_with(algorithm).await;
            }
            Err(reason) => self.server_key.end(KeyMaking::Failed { reason }),
        }
    }

    async fn sign_with(self, algorithm: ServerAlgorithm) {
        if self.token_algorithm.get_untracked() != algorithm {
            self.set_token_algorithm(algorithm);
            self.note(Event::TokenAlgorithmChanged { algorithm });
            self.schedule_paint();
        }
        let _ = self.observe().await;
    }

    /// Has a key made, and lets it sign from now on. With an overlap those of before go on to verify.
    pub(crate) async fn rotate_key(self, overlap: bool) -> Result<Rotation, String> {
        let (made, waits) = oneshot::channel();
        let made = Cell::new(Some(made));
        let lab = Lab::start(
            LabOrder::MakeKey(new_key(self.token_algorithm.get_untracked())),
            move |report| {
                let outcome = match report {
                    LabReport::Ready
                    | LabReport::Progress(_)
                    | LabReport::Load(_)
                    | LabReport::FaultsTried(_)
                    | LabReport::HarRead(_) => return,
                    LabReport::Made(key) => Ok(key.key),
                    LabReport::Died { message } => Err(message),
                };
                if let Some(made) = made.take() {
                    // Whoever asked may have left.
                    let _ = made.send(outcome);
                }
            },
        );
        let key = waits.await.unwrap_or_else(|gone| Err(gone.to_string()))?;
        drop(lab);
        let rotation = self
            .ask_for(
                SceneCommand::RotateKey { key, overlap },
                |reply| match reply {
                    SceneReply::Rotated(rotation) => Some(rotation),
                    _ => None,
                },
            )
            .await?;
        self.note(Event::KeyRotated { overlap });
        self.schedule_paint();
        Ok(rotation)
    }

    /// Sets it without a word in the history.
    pub(super) fn set_token_algorithm(self, algorithm: ServerAlgorithm) {
        kept_choices::keep_algorithm(algorithm);
        self.token_algorithm.set(algorithm);
    }

    /// Where the server has lost the key of the chosen algorithm, it signs with what it has at first.
    pub(super) fn follow_lost_key(self, seen: &Observation) {
        if !holds_key(seen, self.token_algorithm.get_untracked()) {
            self.set_token_algorithm(ServerAlgorithm::default());
        }
    }
}

fn holds_key(seen: &Observation, algorithm: ServerAlgorithm) -> bool {
    seen.keys
        .iter()
        .any(|key| key.algorithm == algorithm.name())
}
