//! The checks of a token, as one table. What is not in the table does not run, and has no step.

mod claims;
mod form;
mod header;
mod signature;

use protocol::{TokenCheck, TokenFact, TokenRejection};

use crate::reading::Reading;

/// What a check saw when it held, or why it did not.
type Verdict = Result<TokenFact, TokenRejection>;

/// A check. It may leave what it read to those after it.
type Run = fn(&mut Reading<'_>) -> Verdict;

/// All checks, in the order in which they run. Claims are looked at only once the signature has held: before that,
/// anybody could have written them.
pub(crate) const CHECKS: &[(TokenCheck, Run)] = &[
    (TokenCheck::Parts, form::parts),
    (TokenCheck::Base64url, form::base64url),
    (TokenCheck::HeaderJson, header::json),
    (TokenCheck::HeaderNamesUnique, header::names_unique),
    (TokenCheck::CriticalUnderstood, header::critical_understood),
    (TokenCheck::AlgorithmAllowed, header::algorithm_allowed),
    (TokenCheck::KeyFound, signature::key_found),
    (TokenCheck::KeyFits, signature::key_fits),
    (TokenCheck::KeyLongEnough, signature::key_long_enough),
    (TokenCheck::Signature, signature::signature),
    (TokenCheck::PayloadJson, claims::json),
    (TokenCheck::ClaimNamesUnique, claims::names_unique),
    (TokenCheck::Expiry, claims::expiry),
    (TokenCheck::NotBefore, claims::not_before),
    (TokenCheck::Issuer, claims::issuer),
    (TokenCheck::Audience, claims::audience),
    (TokenCheck::Type, header::token_type),
];
