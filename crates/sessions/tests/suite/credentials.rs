//! Sessions of a user, refresh tokens, the denylist and tokens' versions, in all stores.

use protocol::{Lane, RefreshRow};
use sessions::{CredentialHash, LISTED_SESSIONS_LIMIT, RefreshToken, Role, Session, StoreError};

use crate::sample::{
    ADMINISTRATOR, MEMBER, NOBODY, at, family, hash, key, member, on_each, refresh_token, session,
};

#[test]
fn a_renewed_session_goes_on_under_its_new_hash_alone() {
    on_each(|store| {
        let begun = session(1, MEMBER, 1_000);
        store.create(&begun).expect("it is new");
        store.create(&session(9, MEMBER, 1_000)).expect("it is new");
        let taken = StoreError::Duplicate { what: "session" };
        assert_eq!(store.renew(&hash(1), &hash(9), Role::Member), Err(taken));
        assert_eq!(
            store.renew(&hash(1), &hash(2), Role::Administrator),
            Ok(true)
        );
        let renewed = Session {
            id_hash: hash(2),
            role: Role::Administrator,
            ..begun
        };
        assert_eq!(store.find(&hash(1)), Ok(None));
        assert_eq!(store.find(&hash(2)), Ok(Some((renewed, member()))));
        assert_eq!(store.renew(&hash(1), &hash(3), Role::Member), Ok(false));
        assert_eq!(store.renew(&hash(1), &hash(9), Role::Member), Ok(false));
        assert_eq!(store.find(&hash(3)), Ok(None), "none is ever made");
    });
}

#[test]
fn a_user_has_the_sessions_of_one_lane_last_used_first() {
    on_each(|store| {
        let mut elsewhere = session(3, MEMBER, 3_000);
        elsewhere.lane = Lane::B;
        for begun in [
            &session(1, MEMBER, 1_000),
            &session(2, MEMBER, 2_000),
            &elsewhere,
            &session(4, ADMINISTRATOR, 4_000),
        ] {
            store.create(begun).expect("it is new");
        }
        store
            .touch(&hash(1), at(5_000), at(5_900))
            .expect("it is written");
        for (user, lane, expected) in [
            (MEMBER, Lane::A, vec![hash(1), hash(2)]),
            (MEMBER, Lane::B, vec![hash(3)]),
            (ADMINISTRATOR, Lane::A, vec![hash(4)]),
            (ADMINISTRATOR, Lane::B, vec![]),
            (NOBODY, Lane::A, vec![]),
        ] {
            let listed = store.sessions_of(user, lane).expect("it lists");
            let hashes: Vec<CredentialHash> =
                listed.iter().map(|session| session.id_hash).collect();
            assert_eq!(hashes, expected, "user {user} in lane {lane}");
            assert_eq!(
                store.count_sessions_of(user, lane),
                Ok(expected.len() as u32)
            );
        }
    });
}

#[test]
fn of_a_great_many_sessions_the_last_used_are_listed() {
    on_each(|store| {
        for number in 0..=255 {
            store
                .create(&session(number, MEMBER, i64::from(number)))
                .expect("it is new");
        }
        let listed = store.sessions_of(MEMBER, Lane::A).expect("it lists");
        assert_eq!((listed.len(), LISTED_SESSIONS_LIMIT), (100, 100));
        assert_eq!(listed[0].id_hash, hash(255));
        assert_eq!(
            store.end_all_of(MEMBER, Lane::A, Some(&hash(0))),
            Ok(255),
            "not the listed alone"
        );
    });
}

#[test]
fn sessions_end_as_far_as_they_are_the_users_own() {
    on_each(|store| {
        let reset = |store: &mut dyn crate::sample::WholeStore| {
            store.reset(&crate::sample::users()).expect("they are good");
            for (number, user, lane) in [
                (1, MEMBER, Lane::A),
                (2, MEMBER, Lane::A),
                (3, MEMBER, Lane::B),
                (4, ADMINISTRATOR, Lane::A),
            ] {
                let begun = Session {
                    lane,
                    ..session(number, user, 1_000)
                };
                store.create(&begun).expect("it is new");
            }
        };
        for (user, lane, number, expected) in [
            (MEMBER, Lane::A, 1, true),
            (MEMBER, Lane::B, 1, false),
            (ADMINISTRATOR, Lane::A, 1, false),
            (MEMBER, Lane::A, 9, false),
        ] {
            reset(store);
            assert_eq!(store.end_one_of(user, lane, &hash(number)), Ok(expected));
            let is_left = store.look_up_session(&hash(1)).map(|found| found.is_some());
            assert_eq!(is_left, Ok(!expected));
        }
        for (user, lane, kept, left) in [
            (MEMBER, Lane::A, None, vec![3, 4]),
            (MEMBER, Lane::A, Some(2), vec![2, 3, 4]),
            (MEMBER, Lane::A, Some(4), vec![3, 4]),
            (MEMBER, Lane::A, Some(9), vec![3, 4]),
            (MEMBER, Lane::B, None, vec![1, 2, 4]),
            (NOBODY, Lane::A, None, vec![1, 2, 3, 4]),
        ] {
            reset(store);
            let ended = store.end_all_of(user, lane, kept.map(hash).as_ref());
            assert_eq!(ended, Ok(4 - left.len() as u32));
            let (sessions, _) = store.list_sessions(10).expect("it lists");
            let hashes: Vec<CredentialHash> =
                sessions.iter().map(|session| session.id_hash).collect();
            assert_eq!(hashes, left.into_iter().map(hash).collect::<Vec<_>>());
        }
    });
}

#[test]
fn a_refresh_token_is_used_once() {
    on_each(|store| {
        let issued = refresh_token(1, 7, MEMBER, 1_000);
        assert_eq!(store.add_refresh(&issued), Ok(()));
        assert_eq!(
            store.find_refresh(&hash(1)),
            Ok(Some((issued.clone(), member())))
        );
        for (moment, expected) in [(2_000, true), (2_000, false), (3_000, false)] {
            assert_eq!(store.use_refresh(&hash(1), at(moment)), Ok(expected));
        }
        let used = RefreshToken {
            used: Some(at(2_000)),
            ..issued
        };
        assert_eq!(store.find_refresh(&hash(1)), Ok(Some((used, member()))));
        assert_eq!(store.use_refresh(&hash(2), at(1)), Ok(false));
        assert_eq!(store.find_refresh(&hash(2)), Ok(None));
    });
}

#[test]
fn a_refresh_token_that_can_not_be_is_refused() {
    on_each(|store| {
        store
            .add_refresh(&refresh_token(1, 7, MEMBER, 1))
            .expect("it is new");
        let twice = StoreError::Duplicate {
            what: "refresh token",
        };
        assert_eq!(
            store.add_refresh(&refresh_token(1, 8, MEMBER, 2)),
            Err(twice)
        );
        let unknown = StoreError::UnknownUser { user: NOBODY };
        assert_eq!(
            store.add_refresh(&refresh_token(2, 7, NOBODY, 1)),
            Err(unknown)
        );
        assert_eq!(
            store.list_refresh_tokens(10),
            Ok(vec![refresh_token(1, 7, MEMBER, 1)])
        );
    });
}

#[test]
fn families_end_once_and_others_go_on() {
    on_each(|store| {
        for (number, of, user) in [
            (1, 7, MEMBER),
            (2, 7, MEMBER),
            (3, 8, MEMBER),
            (4, 9, ADMINISTRATOR),
        ] {
            let issued = refresh_token(number, of, user, i64::from(number));
            store.add_refresh(&issued).expect("it is new");
        }
        assert_eq!(store.end_family(&family(7), at(50)), Ok(2));
        assert_eq!(store.end_family(&family(7), at(60)), Ok(0), "it ends once");
        assert_eq!(store.end_family(&family(6), at(60)), Ok(0));
        assert_eq!(
            store.end_families_of(MEMBER, Lane::A, at(70)),
            Ok(0),
            "they are of lane b"
        );
        assert_eq!(
            store.end_families_of(MEMBER, Lane::B, at(70)),
            Ok(1),
            "one was ended before"
        );
        let listed = store.list_refresh_tokens(10).expect("it lists");
        let ended: Vec<_> = listed
            .iter()
            .map(|token| (token.token_hash, token.ended))
            .collect();
        assert_eq!(
            ended,
            [
                (hash(4), None),
                (hash(3), Some(at(70))),
                (hash(2), Some(at(50))),
                (hash(1), Some(at(50))),
            ]
        );
        assert_eq!(
            store.list_refresh_tokens(1).map(|listed| listed.len()),
            Ok(1)
        );
    });
}

#[test]
fn a_denied_token_is_denied_in_its_lane_until_it_is_forgotten() {
    on_each(|store| {
        for (lane, jti, since, until) in [
            (Lane::A, "j1", 1, 100),
            (Lane::A, "j1", 2, 900), // it is there already
            (Lane::A, "j2", 3, 200),
            (Lane::B, "j2", 4, 100),
        ] {
            assert_eq!(store.deny(lane, jti, at(since), at(until)), Ok(()));
        }
        assert_eq!(store.count_denied(), Ok([2, 1]));
        let since = |store: &mut dyn crate::sample::WholeStore| {
            [
                (Lane::A, "j1"),
                (Lane::A, "j2"),
                (Lane::B, "j1"),
                (Lane::B, "j2"),
                (Lane::A, "J1"),
            ]
            .map(|(lane, jti)| store.denied_since(lane, jti).expect("it reads"))
        };
        assert_eq!(
            since(store),
            [Some(at(1)), Some(at(3)), None, Some(at(4)), None]
        );
        for (lane, now, forgotten) in [(Lane::A, 99, 0), (Lane::A, 100, 1), (Lane::A, 199, 0)] {
            assert_eq!(store.count_expired_denied(lane, at(now)), Ok(forgotten));
            assert_eq!(
                store.forget_denied(lane, at(now)),
                Ok(forgotten),
                "at {now}"
            );
        }
        assert_eq!(since(store), [None, Some(at(3)), None, Some(at(4)), None]);
        assert_eq!(store.count_denied(), Ok([1, 1]));
    });
}

#[test]
fn each_user_has_a_version_in_each_lane() {
    on_each(|store| {
        for (lane, user, expected) in [
            (Lane::A, MEMBER, 1),
            (Lane::A, MEMBER, 2),
            (Lane::B, MEMBER, 1),
            (Lane::A, ADMINISTRATOR, 1),
        ] {
            assert_eq!(store.raise_token_version(lane, user), Ok(expected));
            assert_eq!(store.token_version(lane, user), Ok(expected));
        }
        assert_eq!(store.token_version(Lane::A, MEMBER), Ok(2));
        assert_eq!(store.token_version(Lane::B, ADMINISTRATOR), Ok(0));
        assert_eq!(store.token_version(Lane::B, NOBODY), Ok(0));
    });
}

#[test]
fn a_key_retires_and_a_later_word_counts() {
    on_each(|store| {
        store.add_key(&key("k1", 1)).expect("it is new");
        store.add_key(&key("k2", 2)).expect("it is new");
        for (distrusted, kid, expected) in [
            (None, "k1", true),
            (Some(at(9)), "k1", true),
            (None, "k9", false),
        ] {
            assert_eq!(store.retire_key(kid, at(8), distrusted), Ok(expected));
        }
        let mut retired = key("k1", 1);
        retired.retired = Some(at(8));
        retired.distrusted = Some(at(9));
        assert_eq!(store.keys(), Ok(vec![retired, key("k2", 2)]));
    });
}

#[test]
fn a_reset_forgets_credentials_of_all_kinds() {
    on_each(|store| {
        store
            .add_refresh(&refresh_token(1, 7, MEMBER, 1))
            .expect("it is new");
        store
            .deny(Lane::B, "j1", at(1), at(2))
            .expect("it is written");
        store
            .raise_token_version(Lane::B, MEMBER)
            .expect("there is room");
        store.reset(&[member()]).expect("it starts afresh");
        assert_eq!(store.list_refresh_tokens(10), Ok(vec![]));
        assert_eq!(store.count_denied(), Ok([0, 0]));
        assert_eq!(store.token_version(Lane::B, MEMBER), Ok(0));
    });
}

#[test]
fn the_observer_sees_a_refresh_token_by_its_hash() {
    let row = RefreshRow::from(&refresh_token(0xAB, 7, MEMBER, 1_000));
    assert_eq!(row.token_hash, "ab".repeat(32));
    assert_eq!(row.family, "07".repeat(16));
    assert_eq!((row.user, row.lane), (MEMBER, Lane::B));
    assert_eq!((row.created, row.expires), (at(1_000), at(605_800)));
    assert_eq!((row.used, row.ended), (None, None));
}
