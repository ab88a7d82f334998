//! A plain model of a store, to hold the real ones against.

use std::cmp::Reverse;

use protocol::{Lane, Timestamp};
use sessions::{
    AuditEntry, Order, RefreshToken, Session, StoreError, StoredKey, User, UserSummary,
};

use crate::operation::{Answer, Operation};
use crate::sample::{at, hash, key, session, users};

/// A store as one would explain it: a few lists, searched from the start.
pub(crate) struct Model {
    users: Vec<User>,
    /// Whether records of users whom nobody knows are refused.
    checks_users: bool,
    pub(crate) sessions: Vec<Session>,
    pub(crate) refresh_tokens: Vec<RefreshToken>,
    /// With the moments since when and until when.
    pub(crate) denied: Vec<(Lane, &'static str, Timestamp, Timestamp)>,
    pub(crate) token_versions: Vec<(Lane, u32)>,
    keys: Vec<StoredKey>,
    orders: Vec<Order>,
    audit: Vec<AuditEntry>,
}

impl Model {
    pub(crate) fn new() -> Self {
        Self {
            users: users(),
            checks_users: true,
            sessions: Vec::new(),
            refresh_tokens: Vec::new(),
            denied: Vec::new(),
            token_versions: Vec::new(),
            keys: Vec::new(),
            orders: Vec::new(),
            audit: Vec::new(),
        }
    }

    /// One that keeps credentials' records apart from the users.
    pub(crate) fn apart_from_users() -> Self {
        Self {
            checks_users: false,
            ..Self::new()
        }
    }

    pub(crate) fn refuses(&self, user: u32) -> Result<(), StoreError> {
        if self.checks_users && self.user(user).is_none() {
            return Err(StoreError::UnknownUser { user });
        }
        Ok(())
    }

    pub(crate) fn user(&self, id: u32) -> Option<User> {
        self.users.iter().find(|user| user.id == id).cloned()
    }

    pub(crate) fn session(&mut self, number: u8) -> Option<&mut Session> {
        let id_hash = hash(number);
        self.sessions
            .iter_mut()
            .find(|session| session.id_hash == id_hash)
    }

    pub(crate) fn ask(&mut self, operation: &Operation) -> Result<Answer, StoreError> {
        match operation {
            Operation::Create {
                number,
                user,
                lane,
                created,
            } => {
                if self.session(*number).is_some() {
                    return Err(StoreError::Duplicate { what: "session" });
                }
                self.refuses(*user)?;
                self.sessions.push(Session {
                    lane: *lane,
                    ..session(*number, *user, *created)
                });
                Ok(Answer::Done)
            }
            Operation::Find(number) => {
                let found = self.session(*number).cloned();
                let with_user =
                    found.and_then(|session| self.user(session.user).map(|user| (session, user)));
                Ok(Answer::Session(with_user))
            }
            Operation::Touch { number, last_seen } => {
                if let Some(session) = self.session(*number) {
                    session.last_seen = at(*last_seen);
                    session.idle_expires = at(last_seen + 900);
                }
                Ok(Answer::Done)
            }
            Operation::End(lane, number) => {
                let before = self.sessions.len();
                self.sessions
                    .retain(|it| it.id_hash != hash(*number) || it.lane != *lane);
                Ok(Answer::WasThere(self.sessions.len() < before))
            }
            Operation::Kill(number) => {
                let was_there = self.session(*number).is_some();
                self.sessions
                    .retain(|session| session.id_hash != hash(*number));
                Ok(Answer::WasThere(was_there))
            }
            Operation::FindByAccount(account) => {
                let found = self.users.iter().find(|user| user.account == *account);
                Ok(Answer::User(found.cloned()))
            }
            Operation::UpdateUser(user) => {
                let mut others = self.users.iter().filter(|other| other.id != user.id);
                let taken = others.any(|other| other.account == user.account);
                let Some(known) = self.users.iter_mut().find(|known| known.id == user.id) else {
                    return Ok(Answer::WasThere(false));
                };
                if taken {
                    return Err(StoreError::Duplicate { what: "user" });
                }
                *known = user.clone();
                Ok(Answer::WasThere(true))
            }
            Operation::AddKey { kid, created } => {
                if self.keys.iter().any(|known| known.kid == *kid) {
                    return Err(StoreError::Duplicate {
                        what: "signing key",
                    });
                }
                self.keys.push(key(kid, *created));
                self.keys.sort_by_key(|key| (key.created, key.kid.clone()));
                Ok(Answer::Done)
            }
            Operation::RetireKey {
                kid,
                retired,
                distrusted,
            } => {
                let key = self.keys.iter_mut().find(|key| key.kid == *kid);
                let was_there = key.is_some();
                if let Some(key) = key {
                    key.retired = Some(at(*retired));
                    key.distrusted = distrusted.map(at);
                }
                Ok(Answer::WasThere(was_there))
            }
            Operation::FindUser(user) => Ok(Answer::User(self.user(*user))),
            Operation::Keys => Ok(Answer::Keys(self.keys.clone())),
            Operation::OrdersOf(user) => {
                let mut orders = self.orders.clone();
                orders.retain(|order| order.user == *user);
                orders.sort_by_key(|order| Reverse((order.created, order.id)));
                orders.truncate(20);
                Ok(Answer::Orders(orders))
            }
            Operation::AddOrder {
                user,
                item,
                created,
            } => {
                if self.user(*user).is_none() {
                    return Err(StoreError::UnknownUser { user: *user });
                }
                let order = Order {
                    id: self.orders.len() as u32 + 1,
                    user: *user,
                    item: (*item).to_owned(),
                    created: at(*created),
                };
                self.orders.push(order.clone());
                Ok(Answer::Ordered(order))
            }
            Operation::ListUsers => {
                let mut users: Vec<UserSummary> =
                    self.users.iter().map(UserSummary::from).collect();
                users.sort_by_key(|user| user.id);
                Ok(Answer::Users(users))
            }
            Operation::Record {
                at: moment,
                event,
                lane,
                user,
                subject,
            } => {
                self.audit.push(AuditEntry {
                    id: self.audit.len() as u32 + 1,
                    at: at(*moment),
                    event: *event,
                    lane: *lane,
                    user: *user,
                    subject: subject.clone(),
                });
                Ok(Answer::Done)
            }
            Operation::ListAudit(limit) => {
                let newest_first = self.audit.iter().rev();
                Ok(Answer::Audit(newest_first.take(*limit).cloned().collect()))
            }
            Operation::List(limit) => {
                let mut listed = self.sessions.clone();
                listed.sort_by_key(|session| (-session.created.milliseconds(), session.id_hash));
                listed.truncate(*limit);
                Ok(Answer::Listed(listed, self.sessions.len() as u32))
            }
            _ => self.ask_of_credentials(operation),
        }
    }
}
