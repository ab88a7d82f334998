//! What a scheme must keep, by the numbers of OWASP ASVS 5.0.

use protocol::{Carrier, Credential, Scheme};

/// A requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// 7.2.3: 128 bits from a secure generator.
    RandomId,
    /// 7.2.4: a new ID at sign-in.
    NewAtSignIn,
    /// 7.3.1: an idle timeout.
    IdleTimeout,
    /// 7.3.2: an absolute timeout.
    AbsoluteTimeout,
    /// 7.4.1: a sign-out ends any further use.
    SignOutEnds,
    /// 7.4.2: so does suspending an account.
    SuspendingEnds,
    /// 7.4.3: the other sessions may be ended after a changed password.
    EndOthers,
    /// 7.4.5: administrators end any.
    AdministratorEnds,
    /// 7.5.2: users see and end their own.
    UserSees,
    /// 3.3.1: `Secure`.
    Secure,
    /// 3.3.2: `SameSite`.
    SameSite,
    /// 3.3.3: `__Host-`.
    HostPrefix,
    /// 3.3.4: `HttpOnly`.
    HttpOnly,
    /// 3.5.1: a check of the origin.
    OriginCheck,
    /// 9.1.1: the signature comes first.
    VerifiedFirst,
    /// 9.1.2: a list of algorithms.
    AlgorithmList,
    /// 9.1.3: keys from where they are trusted.
    TrustedKeys,
    /// 9.2.1: time.
    TokenTime,
    /// 9.2.2: type.
    TokenType,
    /// 9.2.3: audience.
    TokenAudience,
}

/// What the scheme must keep, in the order of the standard.
pub(crate) fn checklist(scheme: &Scheme) -> Vec<Item> {
    use Item::{
        AbsoluteTimeout, AdministratorEnds, AlgorithmList, EndOthers, HostPrefix, HttpOnly,
        IdleTimeout, NewAtSignIn, OriginCheck, RandomId, SameSite, Secure, SignOutEnds,
        SuspendingEnds, TokenAudience, TokenTime, TokenType, TrustedKeys, UserSees, VerifiedFirst,
    };
    let is_token = scheme.credential.is_token();
    let has_refresh = scheme.credential == Credential::AccessAndRefresh;
    let has_record = !is_token || has_refresh;
    // A refresh token travels in a cookie, whatever carries the access token.
    let has_cookie = scheme.carrier == Carrier::Cookie || has_refresh;
    let mut items = Vec::new();
    if has_cookie {
        items.extend([Secure, SameSite, HostPrefix, HttpOnly, OriginCheck]);
    }
    if has_record {
        items.extend([RandomId, NewAtSignIn]);
    }
    if !is_token {
        items.push(IdleTimeout);
    }
    if has_record {
        items.push(AbsoluteTimeout);
    }
    items.extend([
        SignOutEnds,
        SuspendingEnds,
        EndOthers,
        AdministratorEnds,
        UserSees,
    ]);
    if is_token {
        items.extend([
            VerifiedFirst,
            AlgorithmList,
            TrustedKeys,
            TokenTime,
            TokenType,
            TokenAudience,
        ]);
    }
    items
}

#[cfg(test)]
mod tests {
    use protocol::Preset;

    use super::*;

    #[test]
    fn a_scheme_has_the_requirements_of_its_parts_alone() {
        for (preset, cookie, record, token) in [
            (Preset::Stateful, true, true, false),
            (Preset::Stateless, false, false, true),
            (Preset::Hybrid, true, true, true),
            (Preset::TokenInCookie, true, false, true),
            (Preset::Denylist, false, false, true),
        ] {
            let items = checklist(&preset.scheme());
            let has = |item| items.contains(&item);
            assert_eq!(has(Item::HttpOnly), cookie, "{preset:?}");
            assert_eq!(has(Item::RandomId), record, "{preset:?}");
            assert_eq!(has(Item::TokenAudience), token, "{preset:?}");
            assert!(has(Item::SignOutEnds), "{preset:?}");
        }
        let mut carried_by_script = Scheme::STATEFUL;
        carried_by_script.carrier = Carrier::LocalStorage;
        assert!(!checklist(&carried_by_script).contains(&Item::HttpOnly));
    }
}
