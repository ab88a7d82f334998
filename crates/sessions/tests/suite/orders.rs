//! Orders, in all stores.

use sessions::{LISTED_ORDERS_LIMIT, Order, StoreError};

use crate::sample::{ADMINISTRATOR, MEMBER, NOBODY, at, on_each};

#[test]
fn an_order_is_kept_as_it_was_given() {
    on_each(|store| {
        let long = "é".repeat(100_000);
        for (id, item) in (1..).zip(["Tea", "", "🎫", "' OR 1=1 --", "a\0b", long.as_str()]) {
            let expected = Order {
                id,
                user: MEMBER,
                item: item.to_owned(),
                created: at(i64::from(id)),
            };
            let added = store.add_order(MEMBER, item, at(i64::from(id)));
            assert_eq!(added, Ok(expected.clone()), "{item:.20?}");
            let newest = store.orders_of(MEMBER).expect("it lists");
            assert_eq!(newest.first(), Some(&expected), "{item:.20?}");
        }
    });
}

#[test]
fn each_user_has_orders_of_their_own_newest_first() {
    on_each(|store| {
        for (user, created) in [
            (MEMBER, 2_000),
            (ADMINISTRATOR, 9_000),
            (MEMBER, -5),
            (MEMBER, 3_000),
            (MEMBER, 2_000),
        ] {
            let added = store.add_order(user, "Tea", at(created));
            assert!(added.is_ok());
        }
        for (user, expected) in [
            (MEMBER, vec![4, 5, 1, 3]),
            (ADMINISTRATOR, vec![2]),
            (NOBODY, vec![]),
            (u32::MAX, vec![]),
        ] {
            let orders = store.orders_of(user).expect("it lists");
            let numbers: Vec<u32> = orders.iter().map(|order| order.id).collect();
            assert_eq!(numbers, expected, "of user {user}");
            assert!(orders.iter().all(|order| order.user == user));
        }
    });
}

#[test]
fn moments_at_the_edges_are_in_order() {
    on_each(|store| {
        for milliseconds in [i64::MIN, i64::MAX] {
            let moment = protocol::Timestamp::from_milliseconds(milliseconds);
            assert!(store.add_order(MEMBER, "Tea", moment).is_ok());
        }
        let orders = store.orders_of(MEMBER).expect("it lists");
        assert_eq!((orders.len(), orders[0].id), (2, 2));
    });
}

#[test]
fn of_a_great_many_orders_the_newest_are_listed() {
    on_each(|store| {
        for created in 0..50 {
            assert!(store.add_order(MEMBER, "Tea", at(created)).is_ok());
        }
        let orders = store.orders_of(MEMBER).expect("it lists");
        let numbers: Vec<u32> = orders.iter().map(|order| order.id).collect();
        assert_eq!(LISTED_ORDERS_LIMIT, 20);
        assert_eq!(numbers, Vec::from_iter((31..=50).rev()));
    });
}

#[test]
fn nobody_orders_nothing_and_no_number_is_lost() {
    on_each(|store| {
        let unknown = StoreError::UnknownUser { user: NOBODY };
        assert_eq!(store.add_order(NOBODY, "Tea", at(1)), Err(unknown));
        assert_eq!(store.orders_of(NOBODY), Ok(vec![]));
        let first = store.add_order(MEMBER, "Tea", at(1));
        assert_eq!(first.map(|order| order.id), Ok(1));
    });
}
