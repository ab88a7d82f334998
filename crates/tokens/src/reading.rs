//! What the checks of one token have read so far, each for those that come after it.
//!
//! All of it starts out empty, and empty is never good enough for a later check: one that is left out can't make a
//! token pass that has not been read.

use std::cell::OnceCell;

use protocol::Timestamp;

use crate::object::Object;
use crate::{Algorithm, Key, Verifier};

/// The decoded bytes, written once. They outlive the objects that borrow from them.
#[derive(Default)]
pub(crate) struct Decoded {
    pub(crate) header: OnceCell<Vec<u8>>,
    pub(crate) payload: OnceCell<Vec<u8>>,
}

/// A token on its way through the checks.
pub(crate) struct Reading<'a> {
    pub(crate) token: &'a str,
    pub(crate) verifier: &'a Verifier,
    pub(crate) now: Timestamp,
    pub(crate) parts: Parts<'a>,
    pub(crate) decoded: &'a Decoded,
    pub(crate) header: Object<'a>,
    pub(crate) payload: Object<'a>,
    pub(crate) key: Option<&'a Key>,
    pub(crate) algorithm: Option<Algorithm>,
}

/// A token's parts as they were received.
#[derive(Clone, Copy, Default)]
pub(crate) struct Parts<'a> {
    pub(crate) header: &'a str,
    pub(crate) payload: &'a str,
    pub(crate) signature: &'a str,
    /// What is signed: header and payload with the dot between. RFC 7515, 5.1.
    pub(crate) signing_input: &'a str,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(
        token: &'a str,
        verifier: &'a Verifier,
        now: Timestamp,
        decoded: &'a Decoded,
    ) -> Self {
        Self {
            token,
            verifier,
            now,
            parts: Parts::default(),
            decoded,
            header: Object::default(),
            payload: Object::default(),
            key: None,
            algorithm: None,
        }
    }
}
