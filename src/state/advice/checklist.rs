//! What a scheme must keep, by the numbers of OWASP ASVS 5.0.

use protocol::{Carrier, Credential, Revocation, Scheme};

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
    /// 7.4.1: of a token that nothing ends before its time.
    SignOutWaits,
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
    /// 3.3.1: `__Secure-`, where the cookie's path is a narrow one.
    SecurePrefix,
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
        IdleTimeout, NewAtSignIn, OriginCheck, RandomId, SameSite, Secure, SecurePrefix,
        SignOutEnds, SignOutWaits, SuspendingEnds, TokenAudience, TokenTime, TokenType,
        TrustedKeys, UserSees, VerifiedFirst,
    };
    let is_token = scheme.credential.is_token();
    let has_refresh = scheme.credential == Credential::AccessAndRefresh;
    let has_record = !is_token || has_refresh;
    let is_in_cookie = scheme.carrier == Carrier::Cookie;
    let mut items = Vec::new();
    // A refresh token travels in a cookie of its own and with a narrow path, whatever carries the access token.
    if is_in_cookie || has_refresh {
        items.push(Secure);
        items.extend(has_refresh.then_some(SecurePrefix));
        items.push(SameSite);
        items.extend(is_in_cookie.then_some(HostPrefix));
        items.extend([HttpOnly, OriginCheck]);
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
    items.push(match scheme.revocation {
        Revocation::Expiry => SignOutWaits,
        _ => SignOutEnds,
    });
    items.extend([SuspendingEnds, EndOthers, AdministratorEnds, UserSees]);
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
        for (preset, cookie, record, token, ends) in [
            (Preset::Stateful, true, true, false, true),
            (Preset::Stateless, false, false, true, false),
            (Preset::Hybrid, true, true, true, false),
            (Preset::TokenInCookie, true, false, true, false),
            (Preset::Denylist, false, false, true, true),
        ] {
            let items = checklist(&preset.scheme());
            let has = |item| items.contains(&item);
            assert_eq!(has(Item::HttpOnly), cookie, "{preset:?}");
            assert_eq!(has(Item::RandomId), record, "{preset:?}");
            assert_eq!(has(Item::TokenAudience), token, "{preset:?}");
            assert_eq!(has(Item::SignOutEnds), ends, "{preset:?}");
            assert_eq!(has(Item::SignOutWaits), !ends, "{preset:?}");
            // No cookie has both a narrow path and the prefix that wants the whole host.
            let narrow = preset == Preset::Hybrid;
            assert_eq!(has(Item::SecurePrefix), narrow, "{preset:?}");
            assert_eq!(has(Item::HostPrefix), cookie && !narrow, "{preset:?}");
        }
        let mut carried_by_script = Scheme::STATEFUL;
        carried_by_script.carrier = Carrier::LocalStorage;
        assert!(!checklist(&carried_by_script).contains(&Item::HttpOnly));
    }
}
