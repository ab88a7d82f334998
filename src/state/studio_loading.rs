//! How tokens come into the studio: pasted, from the browser, by a link, as an example; and how they leave it as a link.

use leptos::prelude::*;
use protocol::{Signer, TokenPart};

use super::difference::Difference;
use super::examples::Example;
use super::pasted::clean;
use super::studio::{Notice, Studio};
use super::terms::{SAMPLE_SECRET, Terms};
use super::token_history::TokenHistory;
use super::token_link::{self, NoLink};
use super::token_parts::{
    algorithm, encoded_part, signature, signing_input, unsigned, with_encoded_part, with_part,
    with_signature,
};
use crate::browser::BearerStorage;

impl Studio {
    /// Another token takes the place of the one that is there.
    pub(crate) fn load(self, token: String, notice: Option<Notice>) {
        self.before.set(token.clone());
        self.notice.set(notice);
        self.marked.set(None);
        self.edit(token);
    }

    /// Takes in what the token became by pasting. What it was cleaned to, where something was around it: both changes can
    /// be undone.
    pub(crate) fn paste(self, text: String) -> Option<String> {
        if let Some((token, taken)) = clean(&text) {
            self.edit(text);
            self.load(token.clone(), Some(Notice::TakenOff(taken)));
            return Some(token);
        }
        let pasted = untrack(|| {
            self.token
                .with(|token| Difference::between(token.text().as_bytes(), text.as_bytes()).put)
        });
        // A piece that was pasted into a token is an edit of it.
        if pasted * 2 > text.len() {
            self.load(text, None);
        } else {
            self.edit(text);
        }
        None
    }

    /// Takes the token that the browser holds, and the server's terms: it is the server's token.
    pub(crate) fn take_the_browsers(self) {
        let lane = self.lane();
        let scheme = self.playground.scheme_now(lane);
        if let Some(token) =
            BearerStorage::read(lane, &scheme).filter(|_| scheme.credential.is_token())
        {
            self.load(token, None);
            self.take_the_servers_terms();
        }
    }

    /// At first the browser's token is there, if there is one.
    pub(crate) fn begin(self) {
        let untouched = |token: &TokenHistory| token.text().is_empty() && !token.can_undo();
        if self.token.with_untracked(untouched) {
            self.take_the_browsers();
        }
    }

    /// Opens what a link says, once.
    pub(crate) fn open_link(self, fragment: &str) {
        let algorithm = self.playground.token_algorithm.get_untracked();
        let Some(read) = token_link::read(fragment, algorithm) else {
            return;
        };
        if self.opened.with_value(|opened| opened == fragment) {
            return;
        }
        self.opened.set_value(fragment.to_owned());
        match read {
            Ok(linked) => {
                self.own_terms.set(Some(linked.terms));
                let notice = Notice::Linked {
                    without_signature: linked.token.ends_with('.'),
                    key_left_out: linked.key_left_out,
                };
                self.load(linked.token, Some(notice));
            }
            Err(problem) => self.notice.set(Some(Notice::BadLink(problem))),
        }
    }

    /// The fragment of a link to what is on the screen, and whether the signature is in it.
    pub(crate) async fn link(self) -> Result<(String, bool), NoLink> {
        let token = untrack(|| self.text());
        let terms = untrack(|| self.terms());
        let by_everyone = self.is_signed_by_everyone(&token).await;
        let algorithm = self.playground.token_algorithm.get_untracked();
        token_link::fragment(&token, &terms, algorithm, by_everyone)
            .map(|fragment| (fragment, by_everyone))
    }

    /// Whether the signature is the one that the sample key gives: then it proves nothing, and can be told.
    async fn is_signed_by_everyone(self, token: &str) -> bool {
        let signer = Signer::Given {
            key: Terms::with_key(SAMPLE_SECRET, &[]).key,
            algorithm: algorithm(token).unwrap_or_default(),
        };
        let signed = self.playground.sign_as(signing_input(token), signer).await;
        matches!(signed, Ok(Ok(right)) if right == signature(token))
    }

    /// Loads an example, signed now.
    pub(crate) async fn load_example(self, example: Example) {
        let recipe = example.recipe(self.playground.clock());
        let mut token = unsigned(&recipe.header, &recipe.payload);
        if let Some(key) = recipe.secret {
            let signer = Signer::Given {
                key,
                algorithm: String::from("HS256"),
            };
            let signed = self.playground.sign_as(signing_input(&token), signer).await;
            match signed {
                Ok(Ok(signature)) => token = with_signature(&token, &signature),
                Ok(Err(problem)) => return self.notice.set(Some(Notice::NotSigned(problem))),
                Err(reason) => return self.notice.set(Some(Notice::NoAnswer(reason))),
            }
        }
        self.own_terms.set(Some(recipe.terms));
        if example == Example::Broken {
            let payload = encoded_part(&token, TokenPart::Payload);
            let (start, end) = payload.split_at(payload.len() / 2);
            token = with_encoded_part(&token, TokenPart::Payload, &format!("{start}*{end}"));
        }
        self.load(token.clone(), None);
        if let Some(payload) = recipe.changed_payload {
            self.edit(with_part(&token, TokenPart::Payload, &payload));
        }
    }
}
