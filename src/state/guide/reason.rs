//! Why a request was answered as it was, in kind: what can be foreseen, and what came.

use protocol::{Exchange, Rejection, TokenRejection};

/// Why, in kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// It knows: a record was found, or a signature holds.
    Known,
    /// The request carries nothing that says who it is.
    NothingCarried,
    /// There is no such record here.
    NoRecord,
    /// The signature does not match.
    Signature,
    /// Its time is over.
    Expired,
    /// It was revoked.
    Revoked,
    /// The role is not enough.
    Role,
}

impl Reason {
    /// All of them.
    pub(crate) const ALL: [Self; 7] = [
        Self::Known,
        Self::NothingCarried,
        Self::NoRecord,
        Self::Signature,
        Self::Expired,
        Self::Revoked,
        Self::Role,
    ];

    /// Why this was answered so.
    pub(super) fn of(exchange: &Exchange) -> Option<Self> {
        let Some(rejection) = exchange.rejection() else {
            return Some(Self::Known);
        };
        match rejection {
            Rejection::SessionCookieMissing { .. }
            | Rejection::AuthorizationMissing
            | Rejection::AccessCookieMissing { .. }
            | Rejection::RefreshCookieMissing { .. } => Some(Self::NothingCarried),
            Rejection::SessionUnknown { .. } | Rejection::RefreshTokenUnknown { .. } => {
                Some(Self::NoRecord)
            }
            Rejection::Token(TokenRejection::SignatureMismatch { .. }) => Some(Self::Signature),
            Rejection::SessionIdle { .. }
            | Rejection::SessionTooOld { .. }
            | Rejection::Token(TokenRejection::Expired { .. })
            | Rejection::RefreshTokenExpired { .. } => Some(Self::Expired),
            Rejection::TokenDenied { .. }
            | Rejection::TokenVersionOld { .. }
            | Rejection::RefreshFamilyEnded { .. } => Some(Self::Revoked),
            Rejection::RoleMissing { .. } => Some(Self::Role),
            _ => None,
        }
    }
}
