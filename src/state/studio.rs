//! What the token studio remembers: the token with its changes, the terms, what was said and sent. It outlives the scene.
//! All that judges or signs is asked of the worker.

use leptos::prelude::*;
use protocol::{Errand, Inspection, Lane, Presented, Service, Signer, SigningProblem, TokenPart};

use super::key_maker::KeyMaker;
use super::live_question::LiveQuestion;
use super::pasted::Taken;
use super::playground::Playground;
use super::sent::Sent;
use super::terms::Terms;
use super::token_history::TokenHistory;
use super::token_link::{LinkProblem, NoLink};
use super::token_parts::{algorithm, signing_input, with_signature};

/// Above this length only the verdict follows each key press: all else would cost more than it tells.
pub(crate) const DETAILED_OCTETS: usize = 64 * 1024;

/// A member of header or payload that is pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    /// In which part.
    pub(crate) part: TokenPart,
    /// Which of its members.
    pub(crate) index: usize,
}

/// What there is to say of how the token came here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// It was pasted with these around it.
    TakenOff(Vec<Taken>),
    /// It came by a link.
    Linked {
        /// The link holds no signature.
        without_signature: bool,
        /// A key was given, which is not in the link.
        key_left_out: bool,
    },
    /// The link can't be read.
    BadLink(LinkProblem),
    /// A link was asked for.
    LinkMade(LinkMade),
    /// Nothing was signed.
    NotSigned(SigningProblem),
    /// The worker did not answer.
    NoAnswer(String),
}

/// What became of a link that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkMade {
    /// It is on the clipboard.
    Copied {
        /// Whether the signature is in it.
        signed: bool,
    },
    /// The browser did not let the page copy it.
    Refused,
    /// There is none.
    None(NoLink),
}

/// What the right signatures are, of a token and of what it was before it was edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RightSignature {
    /// The token that it is for.
    pub(crate) token: String,
    /// Its right signature, or why there is none to be told.
    pub(crate) signed: Result<String, SigningProblem>,
    /// What the token was before, and its right signature.
    pub(crate) before: Option<(String, String)>,
}

/// The studio. Everything in it is a handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Studio {
    pub(super) playground: Playground,
    /// The token.
    pub(crate) token: RwSignal<TokenHistory>,
    /// The terms as set; `None` where they are the server's.
    pub(crate) own_terms: RwSignal<Option<Terms>>,
    /// The token as it was issued, pasted or loaded last.
    pub(crate) before: RwSignal<String>,
    /// What there is to say of how it came here.
    pub(crate) notice: RwSignal<Option<Notice>>,
    /// What is pointed at.
    pub(crate) marked: RwSignal<Option<Marked>>,
    /// What the verifier says.
    pub(crate) inspected: LiveQuestion<Result<Inspection, String>>,
    /// The right signature, where there is one.
    pub(crate) right: LiveQuestion<Option<RightSignature>>,
    /// What was sent last.
    pub(crate) sent: RwSignal<Option<Sent>>,
    /// What makes keys for it.
    pub(crate) maker: KeyMaker,
    /// The link that was opened last: the same one again changes nothing.
    pub(super) opened: StoredValue<String>,
}

impl Studio {
    /// An empty one.
    pub(crate) fn new(playground: Playground) -> Self {
        Self {
            playground,
            token: RwSignal::new(TokenHistory::default()),
            own_terms: RwSignal::new(None),
            before: RwSignal::new(String::new()),
            notice: RwSignal::new(None),
            marked: RwSignal::new(None),
            inspected: LiveQuestion::new(),
            right: LiveQuestion::new(),
            sent: RwSignal::new(None),
            maker: KeyMaker::new(),
            opened: StoredValue::new(String::new()),
        }
    }

    /// The token. Tracked where the caller tracks.
    pub(crate) fn text(self) -> String {
        self.token.with(|token| token.text().to_owned())
    }

    /// The terms. Tracked where the caller tracks.
    pub(crate) fn terms(self) -> Terms {
        let own = self.own_terms.get();
        own.unwrap_or_else(|| Terms::of_server(self.playground.token_algorithm.get()))
    }

    /// Whether the terms are the server's. Tracked where the caller tracks.
    pub(crate) fn are_the_servers_terms(self) -> bool {
        let algorithm = self.playground.token_algorithm.get();
        self.own_terms
            .with(|own| own.as_ref().is_none_or(|it| it.are_the_servers(algorithm)))
    }

    /// Changes the terms.
    pub(crate) fn change_terms(self, change: impl FnOnce(&mut Terms)) {
        let mut terms = untrack(|| self.terms());
        change(&mut terms);
        self.own_terms.set(Some(terms));
    }

    /// The server's terms again. A given key stays in its field.
    pub(crate) fn take_the_servers_terms(self) {
        let key = untrack(|| self.terms()).key;
        let algorithm = self.playground.token_algorithm.get_untracked();
        self.own_terms.set((!key.text.is_empty()).then(|| Terms {
            key,
            ..Terms::of_server(algorithm)
        }));
    }

    /// Changes the token.
    pub(crate) fn edit(self, text: String) {
        self.token.update(|token| token.edit(text));
    }

    /// Takes a change back (`false`), or makes it again (`true`): of that part, or of the whole token.
    pub(crate) fn on_undo(self, part: Option<TokenPart>) -> Callback<bool> {
        Callback::new(move |redo: bool| {
            self.token.update(|token| {
                if redo {
                    token.redo(part);
                } else {
                    token.undo(part);
                }
            });
        })
    }

    /// Points at a member, or at none.
    pub(crate) fn mark(self, marked: Option<Marked>) {
        if self.marked.get_untracked() != marked {
            self.marked.set(marked);
        }
    }

    /// Whose key signs under these terms.
    pub(crate) fn signer(terms: &Terms, token: &str) -> Signer {
        if terms.own_key {
            Signer::Given {
                key: terms.key.clone(),
                algorithm: algorithm(token).unwrap_or_default(),
            }
        } else {
            Signer::Service(Service::Main)
        }
    }

    /// Signs what is there.
    pub(crate) async fn sign(self, signer: Signer) {
        let token = untrack(|| self.text());
        let signed = self.playground.sign_as(signing_input(&token), signer).await;
        self.notice.set(match signed {
            Ok(Ok(signature)) => {
                self.edit(with_signature(&token, &signature));
                None
            }
            Ok(Err(problem)) => Some(Notice::NotSigned(problem)),
            Err(reason) => Some(Notice::NoAnswer(reason)),
        });
    }

    /// What the verifier says of the token as it is now.
    pub(crate) async fn inspect(self) -> Result<Inspection, String> {
        let algorithm = self.playground.token_algorithm.get_untracked();
        let mut options = untrack(|| self.terms()).options(algorithm);
        // The worker goes by the right lane's terms, and each lane has an audience of its own.
        if self.lane() == Lane::A {
            options
                .audience
                .get_or_insert(Lane::A.audience().to_owned());
        }
        let token = untrack(|| self.text());
        self.playground.inspect(token, options).await
    }

    /// The right signature of the token as it is, and of what it was before; `None` where there is not one alone.
    pub(crate) async fn right_signature(self) -> Option<RightSignature> {
        let token = untrack(|| self.text());
        let terms = untrack(|| self.terms());
        let before = self.before.get_untracked();
        let named = algorithm(&token)?;
        let servers = self.playground.token_algorithm.get_untracked().name();
        if !has_one_signature(&named) || token.len() > DETAILED_OCTETS {
            return None;
        }
        if !terms.own_key && named != servers {
            return None;
        }
        let signed = |token: &str| {
            let signer = Self::signer(&terms, token);
            self.playground.sign_as(signing_input(token), signer)
        };
        let right = signed(&token).await.ok()?;
        let mut earlier = None;
        if right.is_ok() && before != token && algorithm(&before).as_deref() == Some(&named) {
            let signature = signed(&before).await.ok()?.ok();
            earlier = signature.map(|signature| (before, signature));
        }
        Some(RightSignature {
            token,
            signed: right,
            before: earlier,
        })
    }

    /// The lane whose token is studied.
    pub(crate) fn lane(self) -> Lane {
        untrack(|| self.playground.bearer_token_lane()).unwrap_or(Lane::B)
    }

    /// The token that page script keeps. Tracked where the caller tracks.
    pub(crate) fn browsers_token(self) -> Option<String> {
        let lane = self.playground.bearer_token_lane()?;
        self.playground
            .browser
            .with(|view| view.bearer(lane).cloned())
    }

    /// Sends the token as someone does who holds a copy: what the browser holds stays as it is.
    pub(crate) async fn send(self, path: &str) {
        let token = untrack(|| self.text());
        let errands = vec![errand(self.lane(), path, Presented::Copy(token.clone()))];
        self.send_and_compare(token, errands).await;
    }

    /// Puts the token into the browser, and sends the request in both lanes with what the browser holds.
    pub(crate) async fn send_to_both(self, path: &str) {
        let token = untrack(|| self.text());
        self.playground.put_bearer(self.lane(), &token);
        let errands = Lane::BOTH.map(|lane| errand(lane, path, Presented::FromBrowser));
        self.send_and_compare(token, errands.to_vec()).await;
    }

    async fn send_and_compare(self, token: String, errands: Vec<Errand>) {
        let own_terms = !untrack(|| self.are_the_servers_terms());
        let judged = self.inspect().await.ok();
        let recorded = self.playground.send(errands).await;
        let lane = self.lane();
        let studied = recorded.into_iter().find(|it| it.errand.lane == lane);
        self.sent.set(studied.map(|recorded| Sent {
            token,
            judged,
            own_terms,
            recorded,
        }));
    }
}

fn errand(lane: Lane, path: &str, credential: Presented) -> Errand {
    Errand {
        lane,
        method: String::from("GET"),
        path: path.to_owned(),
        headers: Vec::new(),
        body: String::new(),
        credential,
    }
}

/// Whether this algorithm gives one signature for one text. ECDSA and PSS take a random number each time.
pub(crate) fn has_one_signature(algorithm: &str) -> bool {
    algorithm.starts_with("HS")
        || algorithm.starts_with("RS")
        || matches!(algorithm, "EdDSA" | "Ed25519")
}
