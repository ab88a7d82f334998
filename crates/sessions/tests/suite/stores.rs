//! One suite over all stores.

use protocol::{Lane, StorePlace};
use sessions::{LISTED_USERS_LIMIT, Role, StoreError, User, UserSummary};

use crate::sample::{
    ADMINISTRATOR, MEMBER, NOBODY, administrator, at, hash, key, member, on_each, session,
    signed_in, users,
};

#[test]
fn a_session_is_found_with_its_user() {
    on_each(|store| {
        let mut begun = session(1, MEMBER, 1_000);
        begun.last_seen = at(1_001);
        store.create(&begun).expect("it is new");
        assert_eq!(store.find(&hash(1)), Ok(Some((begun.clone(), member()))));
    });
}

#[test]
fn what_was_never_begun_is_not_found() {
    on_each(|store| {
        store.create(&session(1, MEMBER, 1_000)).expect("it is new");
        assert_eq!(store.find(&hash(2)), Ok(None));
        assert_eq!(store.end(Lane::A, &hash(2)), Ok(false));
        assert_eq!(store.find_by_account("nobody"), Ok(None));
    });
}

#[test]
fn a_touch_moves_last_use_and_idle_expiry_alone() {
    on_each(|store| {
        let begun = session(1, MEMBER, 1_000);
        let other = session(2, MEMBER, 1_000);
        store.create(&begun).expect("it is new");
        store.create(&other).expect("it is new");
        store
            .touch(&hash(1), at(1_060), at(1_960))
            .expect("it is written");
        let touched = sessions::Session {
            last_seen: at(1_060),
            idle_expires: at(1_960),
            ..begun.clone()
        };
        assert_eq!(store.find(&hash(1)), Ok(Some((touched, member()))));
        assert_eq!(store.find(&hash(2)), Ok(Some((other.clone(), member()))));
    });
}

#[test]
fn a_session_ends_in_its_own_lane_alone() {
    on_each(|store| {
        let begun = session(1, MEMBER, 1_000);
        store.create(&begun).expect("it is new");
        assert_eq!(store.end(Lane::B, &hash(1)), Ok(false));
        assert_eq!(store.find(&hash(1)), Ok(Some((begun, member()))));
        assert_eq!(store.end(Lane::A, &hash(1)), Ok(true));
        assert_eq!(store.find(&hash(1)), Ok(None));
    });
}

#[test]
fn an_ended_session_is_gone_and_no_touch_brings_it_back() {
    on_each(|store| {
        store.create(&session(1, MEMBER, 1_000)).expect("it is new");
        assert_eq!(store.end(Lane::A, &hash(1)), Ok(true));
        assert_eq!(store.find(&hash(1)), Ok(None));
        assert_eq!(store.touch(&hash(1), at(1_060), at(1_960)), Ok(()));
        assert_eq!(store.find(&hash(1)), Ok(None));
        assert_eq!(store.end(Lane::A, &hash(1)), Ok(false), "it ends once");
        assert_eq!(store.list_sessions(10), Ok((vec![], 0)));
    });
}

#[test]
fn two_sessions_of_a_user_end_one_by_one() {
    on_each(|store| {
        let [laptop, phone] = [session(1, MEMBER, 1_000), session(2, MEMBER, 2_000)];
        store.create(&laptop).expect("it is new");
        store.create(&phone).expect("it is new");
        assert_eq!(store.end(Lane::A, &hash(1)), Ok(true));
        assert_eq!(store.find(&hash(1)), Ok(None));
        assert_eq!(store.find(&hash(2)), Ok(Some((phone, member()))));
    });
}

#[test]
fn a_changed_user_shows_at_the_very_next_find() {
    on_each(|store| {
        let begun = session(1, MEMBER, 1_000);
        store.create(&begun).expect("it is new");
        assert_eq!(store.find(&hash(1)), Ok(Some((begun.clone(), member()))));
        for changed in [
            User {
                suspended: true,
                ..member()
            },
            User {
                role: Role::Administrator,
                ..member()
            },
            User {
                name: String::from("Augusta Ada King"),
                account: String::from("augusta"),
                password_hash: String::from("$argon2id$another"),
                ..member()
            },
        ] {
            assert_eq!(store.update_user(&changed), Ok(true));
            assert_eq!(
                store.find(&hash(1)),
                Ok(Some((begun.clone(), changed.clone())))
            );
            assert_eq!(store.find_by_account(&changed.account), Ok(Some(changed)));
        }
        assert_eq!(store.find_by_account("ada"), Ok(None), "it has another now");
    });
}

#[test]
fn users_are_listed_by_number_as_they_are_now() {
    on_each(|store| {
        let suspended = User {
            suspended: true,
            ..member()
        };
        assert_eq!(store.update_user(&suspended), Ok(true));
        let expected = [
            (
                ADMINISTRATOR,
                "grace",
                "Grace Hopper",
                Role::Administrator,
                false,
            ),
            (MEMBER, "ada", "Ada Lovelace", Role::Member, true),
        ]
        .map(|(id, account, name, role, suspended)| UserSummary {
            id,
            account: account.to_owned(),
            name: name.to_owned(),
            role,
            suspended,
        });
        assert_eq!(store.list_users(), Ok(expected.to_vec()));
    });
}

#[test]
fn of_a_great_many_users_the_first_are_listed() {
    on_each(|store| {
        let many: Vec<User> = (1..=150)
            .rev()
            .map(|id| User {
                id,
                account: format!("user {id}"),
                ..member()
            })
            .collect();
        store.reset(&many).expect("they are all different");
        let listed = store.list_users().expect("it lists");
        let numbers: Vec<u32> = listed.iter().map(|user| user.id).collect();
        assert_eq!(LISTED_USERS_LIMIT, 100);
        assert_eq!(numbers, Vec::from_iter(1..=100));
    });
}

#[test]
fn a_session_that_the_observer_kills_is_gone() {
    on_each(|store| {
        let [laptop, phone] = [session(1, MEMBER, 1_000), session(2, MEMBER, 2_000)];
        store.create(&laptop).expect("it is new");
        store.create(&phone).expect("it is new");
        assert_eq!(store.kill_session(&hash(1)), Ok(true));
        assert_eq!(store.find(&hash(1)), Ok(None));
        assert_eq!(store.find(&hash(2)), Ok(Some((phone.clone(), member()))));
        assert_eq!(store.kill_session(&hash(1)), Ok(false), "it ends once");
        assert_eq!(store.list_sessions(10), Ok((vec![phone], 1)));
    });
}

#[test]
fn accounts_are_found_by_their_exact_name() {
    on_each(|store| {
        assert_eq!(store.find_by_account("ada"), Ok(Some(member())));
        assert_eq!(store.find_by_account("grace"), Ok(Some(administrator())));
        let long = "a".repeat(1_000_000);
        for other in [
            "",
            "Ada",
            "ada ",
            "ad",
            "a%",
            "ada\0",
            "' OR 1=1 --",
            "🎫",
            long.as_str(),
        ] {
            assert_eq!(store.find_by_account(other), Ok(None), "{other:.20?}");
        }
    });
}

#[test]
fn what_can_not_be_is_refused_and_nothing_changes() {
    on_each(|store| {
        let begun = session(1, MEMBER, 1_000);
        store.create(&begun).expect("it is new");
        store.add_key(&key("k1", 1)).expect("it is new");

        let twice = StoreError::Duplicate { what: "session" };
        assert_eq!(
            store.create(&session(1, ADMINISTRATOR, 9)),
            Err(twice.clone())
        );
        assert_eq!(store.create(&session(1, NOBODY, 9)), Err(twice));
        let unknown = StoreError::UnknownUser { user: NOBODY };
        assert_eq!(store.create(&session(2, NOBODY, 9)), Err(unknown));
        assert_eq!(
            store.add_key(&key("k1", 9)),
            Err(StoreError::Duplicate {
                what: "signing key"
            })
        );
        let taken = User {
            account: String::from("grace"),
            ..member()
        };
        assert_eq!(
            store.update_user(&taken),
            Err(StoreError::Duplicate { what: "user" })
        );
        let nobody = User {
            id: NOBODY,
            ..member()
        };
        assert_eq!(store.update_user(&nobody), Ok(false));

        assert_eq!(store.list_sessions(10), Ok((vec![begun.clone()], 1)));
        assert_eq!(store.keys(), Ok(vec![key("k1", 1)]));
        assert_eq!(store.find(&hash(1)), Ok(Some((begun, member()))));
        assert_eq!(store.find_by_account("grace"), Ok(Some(administrator())));
    });
}

#[test]
fn sessions_are_listed_newest_first_up_to_the_limit_with_their_count() {
    on_each(|store| {
        let older = session(9, MEMBER, -5);
        let newest = session(1, ADMINISTRATOR, 3_000);
        let [twin, other_twin] = [session(3, MEMBER, 2_000), session(4, MEMBER, 2_000)];
        for begun in [&other_twin, &older, &newest, &twin] {
            store.create(begun).expect("it is new");
        }
        let all = [newest, twin, other_twin, older];
        for (limit, shown) in [(0, 0), (1, 1), (3, 3), (4, 4), (100, 4), (usize::MAX, 4)] {
            let listed = store.list_sessions(limit);
            assert_eq!(listed, Ok((all[..shown].to_vec(), 4)), "limit {limit}");
        }
    });
}

#[test]
fn moments_at_the_edges_are_kept() {
    on_each(|store| {
        let mut begun = session(1, MEMBER, 0);
        begun.created = protocol::Timestamp::from_milliseconds(i64::MIN);
        begun.absolute_expires = protocol::Timestamp::from_milliseconds(i64::MAX);
        store.create(&begun).expect("it is new");
        assert_eq!(store.find(&hash(1)), Ok(Some((begun.clone(), member()))));
    });
}

#[test]
fn keys_are_kept_oldest_first() {
    on_each(|store| {
        assert_eq!(store.keys(), Ok(vec![]));
        for added in [key("b", 2_000), key("c", 1_000), key("a", 2_000)] {
            store.add_key(&added).expect("it is new");
        }
        let kept = vec![key("c", 1_000), key("a", 2_000), key("b", 2_000)];
        assert_eq!(store.keys(), Ok(kept));
    });
}

#[test]
fn a_reset_leaves_the_new_users_alone() {
    on_each(|store| {
        store.create(&session(1, MEMBER, 1_000)).expect("it is new");
        store.add_key(&key("k1", 1)).expect("it is new");
        store.add_order(MEMBER, "Tea", at(1)).expect("it is hers");
        store.record(&signed_in(1)).expect("it is written");
        store.reset(&[administrator()]).expect("it starts afresh");

        assert_eq!(store.take_operations(), vec![]);
        assert_eq!(store.find(&hash(1)), Ok(None));
        assert_eq!(store.list_sessions(10), Ok((vec![], 0)));
        assert_eq!(store.keys(), Ok(vec![]));
        assert_eq!(store.orders_of(MEMBER), Ok(vec![]));
        assert_eq!(store.list_audit(10), Ok(vec![]));
        assert_eq!(store.find_by_account("ada"), Ok(None));
        assert_eq!(store.find_by_account("grace"), Ok(Some(administrator())));
        let unknown = StoreError::UnknownUser { user: MEMBER };
        assert_eq!(store.create(&session(1, MEMBER, 1_000)), Err(unknown));
        assert_eq!(store.create(&session(1, ADMINISTRATOR, 1_000)), Ok(()));
    });
}

#[test]
fn a_reset_to_users_that_can_not_be_changes_nothing() {
    on_each(|store| {
        let begun = session(1, MEMBER, 1_000);
        store.create(&begun).expect("it is new");
        let same_number = User {
            account: String::from("other"),
            ..member()
        };
        let same_account = User {
            id: NOBODY,
            ..member()
        };
        for second in [same_number, same_account] {
            let refused = store.reset(&[administrator(), member(), second]);
            assert_eq!(refused, Err(StoreError::Duplicate { what: "user" }));
            assert_eq!(store.find(&hash(1)), Ok(Some((begun.clone(), member()))));
        }
        assert_eq!(store.reset(&users()), Ok(()));
    });
}

#[test]
fn the_observer_sees_a_session_by_its_hash() {
    let row = session(0xAB, MEMBER, 1_000).to_row(StorePlace::Database, None, Some(at(1_002)));
    assert_eq!(row.id_hash, "ab".repeat(32));
    assert_eq!(
        (row.user, row.lane, row.role.as_str()),
        (MEMBER, Lane::A, "member")
    );
    assert_eq!(row.device, "Firefox on Linux");
    assert_eq!(row.place, StorePlace::Database);
    assert_eq!(row.cached_since, Some(at(1_002)));
    assert_eq!(row.created, at(1_000));
    assert_eq!(row.last_seen, at(1_000));
    assert_eq!(row.idle_expires, at(1_900));
    assert_eq!(row.absolute_expires, at(87_400));
}
