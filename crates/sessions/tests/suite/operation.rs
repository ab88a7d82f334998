//! All that a store can be asked, as data: so that the same can be asked of any.

use proptest::prelude::*;
use protocol::{Lane, Timestamp};
use sessions::{
    AuditEntry, AuditEvent, Order, RefreshToken, Role, Session, StoredKey, User, UserSummary,
};

use crate::sample::{ADMINISTRATOR, MEMBER, NOBODY};

#[derive(Clone, Debug)]
pub(crate) enum Operation {
    Create {
        number: u8,
        user: u32,
        lane: Lane,
        created: i64,
    },
    Find(u8),
    Touch {
        number: u8,
        last_seen: i64,
    },
    End(Lane, u8),
    Renew {
        number: u8,
        new: u8,
        role: Role,
    },
    SessionsOf(u32, Lane),
    EndOneOf(u32, Lane, u8),
    EndAllOf(u32, Lane, Option<u8>),
    AddRefresh {
        number: u8,
        family: u8,
        user: u32,
        lane: Lane,
        created: i64,
    },
    FindRefresh(u8),
    UseRefresh(u8, i64),
    EndFamily(u8, i64),
    EndFamiliesOf(u32, Lane, i64),
    Deny {
        lane: Lane,
        jti: &'static str,
        since: i64,
        until: i64,
    },
    ForgetDenied(Lane, i64),
    DeniedSince(Lane, &'static str),
    TokenVersion(Lane, u32),
    RaiseTokenVersion(Lane, u32),
    FindUser(u32),
    FindByAccount(&'static str),
    UpdateUser(User),
    AddKey {
        kid: &'static str,
        created: i64,
    },
    Keys,
    RetireKey {
        kid: &'static str,
        retired: i64,
        distrusted: Option<i64>,
    },
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
        lane: Option<Lane>,
        user: Option<u32>,
        subject: Option<String>,
    },
    List(usize),
    ListAudit(usize),
    Kill(u8),
    LookUp(u8),
    CountSessionsOf(u32, Lane),
    ListRefresh(usize),
    CountDenied,
    CountExpiredDenied(Lane, i64),
}

impl Operation {
    /// Whether it is the observer's, whose operations no log tells of.
    pub(crate) fn is_the_observers(&self) -> bool {
        matches!(
            self,
            Self::List(_)
                | Self::ListAudit(_)
                | Self::Kill(_)
                | Self::LookUp(_)
                | Self::CountSessionsOf(..)
                | Self::ListRefresh(_)
                | Self::CountDenied
                | Self::CountExpiredDenied(..)
        )
    }
}

impl Operation {
    /// Whether it would add a credential's record of a user who does not exist.
    pub(crate) fn names_nobody(&self) -> bool {
        matches!(
            self,
            Self::Create { user: NOBODY, .. } | Self::AddRefresh { user: NOBODY, .. }
        )
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    Done,
    WasThere(bool),
    Session(Option<(Session, User)>),
    SessionAlone(Option<Session>),
    Sessions(Vec<Session>),
    Refresh(Option<(RefreshToken, User)>),
    RefreshTokens(Vec<RefreshToken>),
    Count(u32),
    CountOfEach([u32; 2]),
    Moment(Option<Timestamp>),
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

fn role() -> impl Strategy<Value = Role> {
    prop::sample::select(vec![Role::Member, Role::Administrator])
}

fn lane() -> impl Strategy<Value = Lane> {
    prop::sample::select(Lane::BOTH.to_vec())
}

fn jti() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["j1", "j2", "", "' OR 1=1 --"])
}

/// What is done to credentials' records, besides the plain life of a session.
fn credential_operation() -> impl Strategy<Value = Operation> {
    let number = 0..6_u8;
    let moment = 0..50_i64;
    prop_oneof![
        2 => (number.clone(), number.clone(), role())
            .prop_map(|(number, new, role)| Operation::Renew { number, new, role }),
        1 => (user_number(), lane()).prop_map(|(user, lane)| Operation::SessionsOf(user, lane)),
        1 => (user_number(), lane(), number.clone())
            .prop_map(|(user, lane, number)| Operation::EndOneOf(user, lane, number)),
        1 => (user_number(), lane(), prop::option::of(number.clone()))
            .prop_map(|(user, lane, kept)| Operation::EndAllOf(user, lane, kept)),
        4 => (number.clone(), 0..3_u8, user_number(), lane(), moment.clone()).prop_map(
            |(number, family, user, lane, created)| Operation::AddRefresh {
                number,
                family,
                user,
                lane,
                created,
            }
        ),
        2 => number.clone().prop_map(Operation::FindRefresh),
        2 => (number.clone(), moment.clone()).prop_map(|(number, at)| Operation::UseRefresh(number, at)),
        1 => (0..3_u8, moment.clone()).prop_map(|(family, at)| Operation::EndFamily(family, at)),
        1 => (user_number(), lane(), moment.clone())
            .prop_map(|(user, lane, at)| Operation::EndFamiliesOf(user, lane, at)),
        3 => (lane(), jti(), moment.clone(), moment.clone())
            .prop_map(|(lane, jti, since, until)| Operation::Deny { lane, jti, since, until }),
        1 => (lane(), moment.clone()).prop_map(|(lane, now)| Operation::ForgetDenied(lane, now)),
        2 => (lane(), jti()).prop_map(|(lane, jti)| Operation::DeniedSince(lane, jti)),
        1 => (lane(), user_number()).prop_map(|(lane, user)| Operation::TokenVersion(lane, user)),
        2 => (lane(), user_number())
            .prop_map(|(lane, user)| Operation::RaiseTokenVersion(lane, user)),
        1 => number.prop_map(Operation::LookUp),
        1 => (user_number(), lane())
            .prop_map(|(user, lane)| Operation::CountSessionsOf(user, lane)),
        1 => (0..8_usize).prop_map(Operation::ListRefresh),
        1 => Just(Operation::CountDenied),
        1 => (lane(), moment).prop_map(|(lane, now)| Operation::CountExpiredDenied(lane, now)),
    ]
}

/// Few numbers, so that operations meet.
fn operation() -> impl Strategy<Value = Operation> {
    let number = 0..6_u8;
    prop_oneof![
        20 => credential_operation(),
        4 => (number.clone(), user_number(), lane(), 0..50_i64).prop_map(
            |(number, user, lane, created)| Operation::Create { number, user, lane, created }
        ),
        1 => user_number().prop_map(Operation::FindUser),
        1 => (kid(), 0..50_i64, prop::option::of(0..50_i64)).prop_map(
            |(kid, retired, distrusted)| Operation::RetireKey { kid, retired, distrusted }
        ),
        4 => number.clone().prop_map(Operation::Find),
        2 => (number.clone(), 0..50_i64)
            .prop_map(|(number, last_seen)| Operation::Touch { number, last_seen }),
        2 => (lane(), number.clone()).prop_map(|(lane, number)| Operation::End(lane, number)),
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
            prop::option::of(lane()),
            prop::option::of(user_number()),
            prop::option::of("[0-9a-f]{8}"),
        )
            .prop_map(|(at, event, lane, user, subject)| {
                Operation::Record { at, event, lane, user, subject }
            }),
        1 => (0..8_usize).prop_map(Operation::ListAudit),
    ]
}

pub(crate) fn operations() -> impl Strategy<Value = Vec<Operation>> {
    prop::collection::vec(operation(), 0..80)
}
