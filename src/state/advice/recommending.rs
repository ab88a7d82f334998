//! What follows from the answers. Each ground is a rule of its own, so that it can be said, and tried.

use protocol::{Lifetimes, Preset, Scheme, StorePlace};

use super::answers::{Answers, Question};

/// What is recommended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Advice {
    /// The scheme, as a lane can have it.
    pub(crate) scheme: Scheme,
    /// Why.
    pub(crate) grounds: Vec<Ground>,
    /// What speaks against it, or can't be had at all.
    pub(crate) warnings: Vec<Warning>,
    /// What comes second, and would be first if the leading ground fell.
    pub(crate) second: Preset,
}

/// A reason for what is recommended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    /// The servers verify for themselves and have a store: a lookup is cheap, and all else follows from a record.
    OwnServersWithStore,
    /// One server: its own database is the store.
    OneServer,
    /// A sign-out that must hold at once needs a record that is asked on each request.
    AtOnceNeedsRecord,
    /// A role that must count at once needs to be looked up.
    RolesNeedRecord,
    /// Browsers carry cookies by themselves, and keep HttpOnly ones from page script.
    BrowsersCarryCookies,
    /// Those that verify can't ask anyone: a signature is all that they can check.
    VerifiersCannotAsk,
    /// Others verify with a public key alone, and never meet the users' records.
    OthersVerify,
    /// No store that all servers can ask.
    NoSharedStore,
    /// The store is far or busy: a lookup on each request would be felt.
    StoreIsFar,
    /// API clients carry a header as easily as a cookie.
    ClientsCarryHeaders,
    /// Minutes are enough: a short token, and a refresh token that can be ended.
    MinutesAreEnough,
    /// The end of a lifetime is soon enough.
    ExpiryIsEnough,
}

/// What speaks against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Warning {
    /// What can't ask anyone can't learn of a sign-out.
    CannotSignOutAtOnce,
    /// What can't ask anyone can't learn of a changed role.
    CannotChangeRoleAtOnce,
    /// With tokens, a sign-out needs a means of its own.
    SignOutNeedsMeans,
    /// Tokens where page script reads them are lost to any script that runs in the page.
    ScriptReadsToken,
    /// Cookies need a check of the origin.
    CookiesNeedOriginCheck,
    /// Several servers with sessions need the store to be there.
    StoreMustBeThere,
    /// Some of this rests on questions that are open.
    OpenQuestions,
}

/// What follows from the answers; `None` while nothing was answered.
pub(crate) fn recommend(answers: &Answers) -> Option<Advice> {
    if answers.open() == Question::ALL.len() {
        return None;
    }
    let is = |question, choice| answers.get(question) == Some(choice);
    let at_once = is(Question::SignOut, 0);
    let roles_at_once = is(Question::Roles, 0);
    let minutes = is(Question::SignOut, 1) || is(Question::Roles, 1);
    let cannot_ask = is(Question::Verifiers, 2);
    let others = is(Question::Verifiers, 1);
    let no_store = is(Question::Store, 2);
    let is_far = is(Question::Store, 1);
    let only_clients = is(Question::Clients, 1);
    let one_server = is(Question::Servers, 0);

    let mut grounds = Vec::new();
    let mut warnings = Vec::new();
    // A single server is its own store.
    let without_store = no_store && !one_server;
    let needs_token = cannot_ask || others || without_store;
    let wants_token = is_far && !at_once && !roles_at_once;

    let (preset, second) = if needs_token || wants_token {
        if cannot_ask {
            grounds.push(Ground::VerifiersCannotAsk);
        }
        if others {
            grounds.push(Ground::OthersVerify);
        }
        if without_store {
            grounds.push(Ground::NoSharedStore);
        }
        if wants_token {
            grounds.push(Ground::StoreIsFar);
        }
        let can_ask_a_list = !cannot_ask && !without_store;
        if at_once {
            grounds.extend(can_ask_a_list.then_some(Ground::AtOnceNeedsRecord));
            warnings.extend((!can_ask_a_list).then_some(Warning::CannotSignOutAtOnce));
        }
        if roles_at_once {
            grounds.extend(can_ask_a_list.then_some(Ground::RolesNeedRecord));
            warnings.extend((!can_ask_a_list).then_some(Warning::CannotChangeRoleAtOnce));
        }
        if roles_at_once && can_ask_a_list {
            (Preset::UserVersion, Preset::Stateful)
        } else if at_once && can_ask_a_list {
            (Preset::Denylist, Preset::Stateful)
        } else if at_once || roles_at_once || minutes {
            grounds.push(Ground::MinutesAreEnough);
            let second = match can_ask_a_list {
                true => Preset::Denylist,
                false => Preset::Stateless,
            };
            (Preset::Hybrid, second)
        } else {
            grounds.push(Ground::ExpiryIsEnough);
            match only_clients {
                true => (Preset::Stateless, Preset::Hybrid),
                false => (Preset::TokenInCookie, Preset::Hybrid),
            }
        }
    } else {
        grounds.push(if one_server {
            Ground::OneServer
        } else {
            Ground::OwnServersWithStore
        });
        grounds.extend(at_once.then_some(Ground::AtOnceNeedsRecord));
        grounds.extend(roles_at_once.then_some(Ground::RolesNeedRecord));
        (Preset::Stateful, Preset::Hybrid)
    };

    let mut scheme = preset.scheme();
    scheme.store.place = StorePlace::Database;
    let is_cookie = !scheme.carrier.is_bearer();
    grounds.extend((is_cookie && !only_clients).then_some(Ground::BrowsersCarryCookies));
    grounds.extend((!is_cookie && only_clients).then_some(Ground::ClientsCarryHeaders));
    if preset == Preset::Stateless {
        scheme.lifetimes = Lifetimes {
            access_token_seconds: 5 * 60,
            ..scheme.lifetimes
        };
    }
    let is_token = scheme.credential.is_token();
    let script_reads = !is_cookie && preset != Preset::Hybrid && !only_clients;
    warnings.extend(script_reads.then_some(Warning::ScriptReadsToken));
    warnings.extend(is_cookie.then_some(Warning::CookiesNeedOriginCheck));
    let ends_alone = matches!(preset, Preset::Stateless | Preset::TokenInCookie);
    warnings.extend((is_token && ends_alone).then_some(Warning::SignOutNeedsMeans));
    warnings.extend((!is_token && !one_server).then_some(Warning::StoreMustBeThere));
    warnings.extend((answers.open() > 0).then_some(Warning::OpenQuestions));
    Some(Advice {
        scheme,
        grounds,
        warnings,
        second,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<Advice> {
        recommend(&Answers::of_text(text).expect("answers"))
    }

    /// Servers, clients, sign-out, verifiers, store, roles.
    fn check(text: &str, preset: Preset, ground: Ground) {
        let advice = of(text).expect("an answer");
        assert_eq!(
            Preset::of(&advice.scheme),
            Some(preset),
            "{text}: {advice:?}"
        );
        assert!(advice.grounds.contains(&ground), "{text}: {advice:?}");
    }

    #[test]
    fn what_is_recommended_follows_from_the_answers() {
        use Ground::*;
        assert_eq!(of("000000"), None);
        check("111111", Preset::Stateful, OneServer);
        check("211111", Preset::Stateful, OwnServersWithStore);
        check("211111", Preset::Stateful, AtOnceNeedsRecord);
        check("113133", Preset::Stateful, OneServer);
        check("321211", Preset::UserVersion, RolesNeedRecord);
        check("321213", Preset::Denylist, AtOnceNeedsRecord);
        check("322213", Preset::Hybrid, MinutesAreEnough);
        check("323213", Preset::Stateless, ExpiryIsEnough);
        check("313213", Preset::TokenInCookie, BrowsersCarryCookies);
        check("321313", Preset::Hybrid, VerifiersCannotAsk);
        check("233133", Preset::TokenInCookie, NoSharedStore);
        check("213123", Preset::TokenInCookie, StoreIsFar);
        check("211121", Preset::Stateful, AtOnceNeedsRecord);
    }

    #[test]
    fn every_answer_gives_a_scheme_that_makes_sense_with_a_reason() {
        for number in 1..4_usize.pow(6) {
            let text: String = (0..6)
                .map(|place| char::from(b'0' + (number / 4_usize.pow(place) % 4) as u8))
                .collect();
            let advice = of(&text).expect("something is answered");
            assert_eq!(advice.scheme.problem(), None, "{text}");
            assert!(!advice.grounds.is_empty(), "{text}");
            assert_ne!(Preset::of(&advice.scheme), Some(advice.second), "{text}");
            // Who can't ask can't ask a list.
            let cannot_ask = text.as_bytes()[3] == b'3';
            assert!(!cannot_ask || advice.second != Preset::Denylist, "{text}");
            let is_open = text.contains('0');
            assert_eq!(
                advice.warnings.contains(&Warning::OpenQuestions),
                is_open,
                "{text}"
            );
        }
    }

    #[test]
    fn what_cannot_be_had_is_said() {
        for (text, warning) in [
            ("321313", Warning::CannotSignOutAtOnce),
            ("323311", Warning::CannotChangeRoleAtOnce),
            ("213123", Warning::SignOutNeedsMeans),
            ("221213", Warning::ScriptReadsToken),
            ("211111", Warning::CookiesNeedOriginCheck),
            ("211111", Warning::StoreMustBeThere),
        ] {
            let advice = of(text).expect("an answer");
            let has = advice.warnings.contains(&warning);
            // API clients have no page script.
            assert_eq!(has, text != "221213", "{text}: {advice:?}");
        }
    }
}
