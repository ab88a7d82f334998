//! All that a store can be asked, as data: so that the same can be asked of any.

use proptest::prelude::*;
use sessions::{
    AuditEntry, AuditEvent, Order, Role, Session, Store, StoreError, StoredKey, User, UserSummary,
};

use crate::sample::{ADMINISTRATOR, MEMBER, NOBODY, WholeStore, at, hash, key, session};

#[derive(Clone, Debug)]
pub(crate) enum Operation {
    Create {
        number: u8,
        user: u32,
        created: i64,
    },
    Find(u8),
    Touch {
        number: u8,
        last_seen: i64,
    },
    End(u8),
    FindByAccount(&'static str),
    UpdateUser(User),
    AddKey {
        kid: &'static str,
        created: i64,
    },
    Keys,
    OrdersOf(u32),
    AddOrder {
        user: u32,
        item: &'static str,
        created: i64,
    },
    ListUsers,
    Record {
        at: i64,
        event: AuditEvent,
        user: Option<u32>,
        subject: Option<String>,
    },
    List(usize),
    ListAudit(usize),
    Kill(u8),
}

impl Operation {
    /// Whether it is the observer's, whose operations no log tells of.
    pub(crate) fn is_the_observers(&self) -> bool {
        matches!(self, Self::List(_) | Self::ListAudit(_) | Self::Kill(_))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    Done,
    WasThere(bool),
    Session(Option<(Session, User)>),
    User(Option<User>),
    Keys(Vec<StoredKey>),
    Orders(Vec<Order>),
    Ordered(Order),
    Users(Vec<UserSummary>),
    Listed(Vec<Session>, u32),
    Audit(Vec<AuditEntry>),
}

fn user_number() -> impl Strategy<Value = u32> {
    prop_oneof![4 => Just(MEMBER), 4 => Just(ADMINISTRATOR), 1 => Just(NOBODY)]
}

fn account() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["ada", "grace", "linus", "", "Ada"])
}

fn kid() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["a", "b", "c"])
}

/// Few numbers, so that operations meet.
fn operation() -> impl Strategy<Value = Operation> {
    let number = 0..6_u8;
    prop_oneof![
        4 => (number.clone(), user_number(), 0..50_i64).prop_map(|(number, user, created)| {
            Operation::Create { number, user, created }
        }),
        4 => number.clone().prop_map(Operation::Find),
        2 => (number.clone(), 0..50_i64)
            .prop_map(|(number, last_seen)| Operation::Touch { number, last_seen }),
        2 => number.clone().prop_map(Operation::End),
        1 => number.prop_map(Operation::Kill),
        1 => account().prop_map(Operation::FindByAccount),
        1 => (user_number(), account(), any::<bool>(), any::<bool>()).prop_map(
            |(id, account, administrator, suspended)| Operation::UpdateUser(User {
                id,
                account: account.to_owned(),
                name: String::from("Someone"),
                role: if administrator { Role::Administrator } else { Role::Member },
                suspended,
                password_hash: String::from("$argon2id$"),
            })
        ),
        1 => (kid(), 0..3_i64)
            .prop_map(|(kid, created)| Operation::AddKey { kid, created }),
        1 => Just(Operation::Keys),
        1 => (0..8_usize).prop_map(Operation::List),
        2 => user_number().prop_map(Operation::OrdersOf),
        4 => (user_number(), prop::sample::select(vec!["Tea", "", "Робот 🎫"]), 0..5_i64)
            .prop_map(|(user, item, created)| Operation::AddOrder { user, item, created }),
        1 => Just(Operation::ListUsers),
        2 => (
            0..50_i64,
            prop::sample::select(AuditEvent::ALL.to_vec()),
            prop::option::of(user_number()),
            prop::option::of("[0-9a-f]{8}"),
        )
            .prop_map(|(at, event, user, subject)| Operation::Record { at, event, user, subject }),
        1 => (0..8_usize).prop_map(Operation::ListAudit),
    ]
}

pub(crate) fn operations() -> impl Strategy<Value = Vec<Operation>> {
    prop::collection::vec(operation(), 0..60)
}

pub(crate) fn ask(store: &mut dyn WholeStore, operation: &Operation) -> Result<Answer, StoreError> {
    if let Some(answer) = ask_as_server(store, operation) {
        return answer;
    }
    match operation {
        Operation::AddKey { kid, created } => {
            store.add_key(&key(kid, *created)).map(|()| Answer::Done)
        }
        Operation::Keys => store.keys().map(Answer::Keys),
        Operation::ListAudit(limit) => store.list_audit(*limit).map(Answer::Audit),
        Operation::Kill(number) => store.kill_session(&hash(*number)).map(Answer::WasThere),
        Operation::List(limit) => store
            .list_sessions(*limit)
            .map(|(sessions, count)| Answer::Listed(sessions, count)),
        asked => unreachable!("{asked:?} is the server's"),
    }
}

/// What the server asks while it handles a request; `None` where it never asks this.
pub(crate) fn ask_as_server(
    store: &mut dyn Store,
    operation: &Operation,
) -> Option<Result<Answer, StoreError>> {
    Some(match operation {
        Operation::Create {
            number,
            user,
            created,
        } => store
            .create(&session(*number, *user, *created))
            .map(|()| Answer::Done),
        Operation::Find(number) => store.find(&hash(*number)).map(Answer::Session),
        Operation::Touch { number, last_seen } => store
            .touch(&hash(*number), at(*last_seen), at(last_seen + 900))
            .map(|()| Answer::Done),
        Operation::End(number) => store.end(&hash(*number)).map(Answer::WasThere),
        Operation::FindByAccount(account) => store.find_by_account(account).map(Answer::User),
        Operation::UpdateUser(user) => store.update_user(user).map(Answer::WasThere),
        Operation::OrdersOf(user) => store.orders_of(*user).map(Answer::Orders),
        Operation::AddOrder {
            user,
            item,
            created,
        } => store
            .add_order(*user, item, at(*created))
            .map(Answer::Ordered),
        Operation::ListUsers => store.list_users().map(Answer::Users),
        Operation::Record {
            at: moment,
            event,
            user,
            subject,
        } => store
            .record(at(*moment), *event, *user, subject.as_deref())
            .map(|()| Answer::Done),
        _ => return None,
    })
}
