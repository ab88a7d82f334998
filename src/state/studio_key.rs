//! Keys in the studio: made by a lab worker, or used by a service that should not be able to.

use leptos::prelude::*;
use protocol::{
    KeyProgress, LabOrder, LabReport, NewKey, Service, Signer, SigningProblem, TokenPart,
};

use super::claim_spans::with_member;
use super::studio::Studio;
use super::token_parts::{part_text, signing_input, with_part, with_signature};
use crate::browser::Lab;

impl Studio {
    /// Has a key made, which then is the given one. It may sign what its algorithms name.
    pub(crate) fn make_key(self, new: NewKey) {
        let maker = self.maker;
        maker.end(Some(Ok(KeyProgress::default())));
        let lab = Lab::start(LabOrder::MakeKey(new), move |report| match report {
            LabReport::Ready
            | LabReport::Load(_)
            | LabReport::FaultsTried(_)
            | LabReport::HarRead(_) => {}
            LabReport::Progress(progress) => maker.state.set(Some(Ok(progress))),
            LabReport::Made(made) => {
                maker.end(None);
                self.change_terms(|terms| {
                    terms.own_key = true;
                    terms.key = made.key;
                    terms.algorithms = vec![algorithm_for(new).to_owned()];
                });
            }
            LabReport::Died { message } => maker.end(Some(Err(message))),
        });
        // Where no worker could be started, it has said so by now.
        if maker
            .state
            .with_untracked(|state| matches!(state, Some(Ok(_))))
        {
            maker.lab.set_value(Some(lab));
        }
    }

    /// Has a service sign the token with the role of an administrator, by the key that it verifies with, and sends it to
    /// where that role matters. Why it can't, where it can't.
    pub(crate) async fn forge(self, service: Service) -> Option<SigningProblem> {
        let token = untrack(|| self.text());
        let payload = part_text(&token, TokenPart::Payload).text;
        let promoted = with_member(&payload, "role", "\"admin\"").unwrap_or(payload);
        let forged = with_part(&token, TokenPart::Payload, &promoted);
        let signer = Signer::Service(service);
        match self
            .playground
            .sign_as(signing_input(&forged), signer)
            .await
        {
            Ok(Ok(signature)) => {
                self.edit(with_signature(&forged, &signature));
                self.send("/admin/users").await;
                None
            }
            Ok(Err(problem)) => Some(problem),
            Err(_) => None,
        }
    }
}

/// The algorithm that a new key is for at first.
const fn algorithm_for(new: NewKey) -> &'static str {
    match new {
        NewKey::Hmac { .. } => "HS256",
        NewKey::Rsa { .. } => "RS256",
        NewKey::P256 => "ES256",
        NewKey::P384 => "ES384",
        NewKey::Ed25519 => "EdDSA",
    }
}
