//! The two lanes stand for two sites: what one gives out is nothing in the other, whatever their schemes.

use protocol::{Check, Fact, Lane, Outcome, Preset, Rejection, Scheme, TokenCheck, TokenRejection};

use crate::client::{Client, refresh, sign_out};
use crate::fixture::{MEMBER, World, get, member_signs_in, outcome, worlds};
use crate::scheme_plans::schemes;

/// Each scheme in both lanes, on either store, with a client of each lane.
fn each(test: impl Fn(&mut World, &Scheme, &[Client; 2])) {
    for scheme in schemes() {
        for mut world in worlds() {
            world.schemes = [scheme; 2];
            let clients = Lane::BOTH.map(|lane| Client::signed_in(&mut world, lane));
            test(&mut world, &scheme, &clients);
        }
    }
}

/// What the client holds, under the other lane's names.
fn renamed(client: &Client, lane: Lane) -> Client {
    let own = lane.names().cookies();
    let others = lane.other().names().cookies();
    let cookies = client.cookies.iter().map(|(name, value)| {
        let place = own.iter().position(|own| own == name);
        let name = others[place.expect("it is one of the lane's")];
        (name.to_owned(), value.clone())
    });
    Client {
        bearer: client.bearer.clone(),
        cookies: cookies.collect(),
    }
}

#[test]
fn a_lane_does_not_look_at_the_others_cookies() {
    each(|world, _, clients| {
        for lane in Lane::BOTH {
            let mut foreign = lane.other().of(clients).clone();
            foreign.bearer = None;
            let handled = world.send(lane, &foreign.on(lane.other(), get("/me")));
            assert_eq!(handled.response.status, 401);
            let first = handled.steps.get(2).expect("there are more steps");
            assert!(matches!(
                first.outcome,
                Outcome::Failed(
                    Rejection::SessionCookieMissing { .. }
                        | Rejection::AccessCookieMissing { .. }
                        | Rejection::AuthorizationMissing
                )
            ));
        }
    });
}

#[test]
fn a_credential_of_the_other_lane_is_as_good_as_none() {
    each(|world, _, clients| {
        for lane in Lane::BOTH {
            let other = lane.other();
            let stolen = renamed(other.of(clients), other);
            let handled = world.send(lane, &stolen.on(lane, get("/me")));
            assert_eq!(handled.response.status, 401);
            let is_unknown = handled.steps.iter().any(|step| {
                matches!(
                    step.outcome,
                    Outcome::Failed(
                        Rejection::SessionUnknown { .. }
                            | Rejection::Token(TokenRejection::Unexpected { .. })
                    )
                )
            });
            assert!(is_unknown, "{:#?}", handled.steps);
            // Where it belongs it goes on.
            let handled = world.send(other, &other.of(clients).on(other, get("/me")));
            assert_eq!(handled.response.status, 200);
        }
    });
}

/// Whoever holds a credential can end it, and not through the other lane.
#[test]
fn a_credential_of_the_other_lane_is_ended_by_no_sign_out_and_no_sign_in() {
    each(|world, scheme, clients| {
        for lane in Lane::BOTH {
            let other = lane.other();
            let stolen = renamed(other.of(clients), other);
            for request in [sign_out(), member_signs_in()] {
                let handled = world.send(lane, &stolen.on(lane, request.clone()));
                let ended = handled.steps.iter().any(|step| {
                    matches!(
                        step.outcome,
                        Outcome::Passed(Fact::SessionEnded {
                            was_there: true,
                            ..
                        })
                    )
                });
                assert!(!ended, "{scheme:?}: {}", request.target);
            }
            let handled = world.send(other, &other.of(clients).on(other, get("/me")));
            assert_eq!(handled.response.status, 200, "{scheme:?}");
        }
    });
}

#[test]
fn a_refresh_token_of_the_other_lane_is_unknown_and_ends_nothing() {
    for mut world in worlds() {
        world.schemes = [Preset::Hybrid.scheme(); 2];
        let clients = Lane::BOTH.map(|lane| Client::signed_in(&mut world, lane));
        for lane in Lane::BOTH {
            let other = lane.other();
            let stolen = renamed(other.of(&clients), other);
            let handled = world.send(lane, &stolen.on(lane, refresh()));
            assert!(matches!(
                outcome(&handled, Check::RefreshTokenFound),
                Outcome::Failed(Rejection::RefreshTokenUnknown { .. })
            ));
        }
        for lane in Lane::BOTH {
            let mut client = lane.of(&clients).clone();
            assert_eq!(client.refresh(&mut world, lane).response.status, 200);
        }
    }
}

/// RFC 8725, 3.9.
#[test]
fn tokens_name_the_lane_that_they_are_for() {
    for mut world in worlds() {
        world.schemes = [Scheme::STATELESS; 2];
        let token = Client::signed_in(&mut world, Lane::B);
        let handled = world.send(Lane::A, &token.on(Lane::A, get("/me")));
        let rejection = TokenRejection::Unexpected {
            name: String::from("aud"),
            found: String::from("api"),
            expected: String::from("api-a"),
        };
        assert_eq!(
            outcome(&handled, Check::Token(TokenCheck::Audience)),
            &Outcome::Failed(Rejection::Token(rejection))
        );
    }
}

/// What is ended in one lane goes on in the other, for the same user.
#[test]
fn a_version_raised_in_one_lane_leaves_the_other_alone() {
    for mut world in worlds() {
        world.schemes = [Preset::UserVersion.scheme(); 2];
        let clients = Lane::BOTH.map(|lane| Client::signed_in(&mut world, lane));
        assert_eq!(world.store.raise_token_version(Lane::A, MEMBER), Ok(1));
        for (lane, status) in [(Lane::A, 401), (Lane::B, 200)] {
            let handled = world.send(lane, &lane.of(&clients).on(lane, get("/me")));
            assert_eq!(handled.response.status, status);
        }
    }
}
