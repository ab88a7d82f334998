//! What holds whatever happens: random operations on both stores and on a plain model of one.

use proptest::prelude::*;
use protocol::Access;
use sessions::{Role, Session, Store, StoreError, StoredKey, User};

use crate::sample::{
    ADMINISTRATOR, MEMBER, NOBODY, WholeStore, at, hash, key, memory_store, session, sqlite_store,
    users,
};
use crate::traced::Traced;

#[derive(Clone, Debug)]
enum Operation {
    Create { number: u8, user: u32, created: i64 },
    Find(u8),
    Touch { number: u8, last_seen: i64 },
    End(u8),
    FindByAccount(&'static str),
    UpdateUser(User),
    AddKey { kid: &'static str, created: i64 },
    Keys,
    List(usize),
}

#[derive(Clone, Debug, PartialEq)]
enum Answer {
    Done,
    WasThere(bool),
    Session(Option<(Session, User)>),
    User(Option<User>),
    Keys(Vec<StoredKey>),
    Listed(Vec<Session>, u32),
}

fn user_number() -> impl Strategy<Value = u32> {
    prop_oneof![4 => Just(MEMBER), 4 => Just(ADMINISTRATOR), 1 => Just(NOBODY)]
}

fn account() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["ada", "grace", "linus", "", "Ada"])
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
        2 => number.prop_map(Operation::End),
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
        1 => (prop::sample::select(vec!["a", "b", "c"]), 0..3_i64)
            .prop_map(|(kid, created)| Operation::AddKey { kid, created }),
        1 => Just(Operation::Keys),
        1 => (0..8_usize).prop_map(Operation::List),
    ]
}

fn operations() -> impl Strategy<Value = Vec<Operation>> {
    prop::collection::vec(operation(), 0..60)
}

fn ask(store: &mut dyn WholeStore, operation: &Operation) -> Result<Answer, StoreError> {
    match operation {
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
        Operation::AddKey { kid, created } => {
            store.add_key(&key(kid, *created)).map(|()| Answer::Done)
        }
        Operation::Keys => store.keys().map(Answer::Keys),
        Operation::List(limit) => store
            .list_sessions(*limit)
            .map(|(sessions, count)| Answer::Listed(sessions, count)),
    }
}

/// A store as one would explain it: three lists, searched from the start.
struct Model {
    users: Vec<User>,
    sessions: Vec<Session>,
    keys: Vec<StoredKey>,
}

impl Model {
    fn new() -> Self {
        Self {
            users: users(),
            sessions: Vec::new(),
            keys: Vec::new(),
        }
    }

    fn user(&self, id: u32) -> Option<User> {
        self.users.iter().find(|user| user.id == id).cloned()
    }

    fn session(&mut self, number: u8) -> Option<&mut Session> {
        let id_hash = hash(number);
        self.sessions
            .iter_mut()
            .find(|session| session.id_hash == id_hash)
    }

    fn ask(&mut self, operation: &Operation) -> Result<Answer, StoreError> {
        match operation {
            Operation::Create {
                number,
                user,
                created,
            } => {
                if self.session(*number).is_some() {
                    return Err(StoreError::Duplicate { what: "session" });
                }
                if self.user(*user).is_none() {
                    return Err(StoreError::UnknownUser { user: *user });
                }
                self.sessions.push(session(*number, *user, *created));
                Ok(Answer::Done)
            }
            Operation::Find(number) => {
                let found = self.session(*number).copied();
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
            Operation::End(number) => {
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
            Operation::Keys => Ok(Answer::Keys(self.keys.clone())),
            Operation::List(limit) => {
                let mut listed = self.sessions.clone();
                listed.sort_by_key(|session| (-session.created.milliseconds(), session.id_hash));
                listed.truncate(*limit);
                Ok(Answer::Listed(listed, self.sessions.len() as u32))
            }
        }
    }
}

fn count<T>(all: &[T], is: impl Fn(&T) -> bool) -> usize {
    all.iter().filter(|one| is(one)).count()
}

proptest! {
    #[test]
    fn both_stores_and_the_model_agree(operations in operations()) {
        let mut model = Model::new();
        let mut memory = memory_store();
        let mut sqlite = sqlite_store();
        for operation in &operations {
            let expected = model.ask(operation);
            prop_assert_eq!(&ask(&mut memory, operation), &expected, "in memory: {:?}", operation);
            prop_assert_eq!(&ask(&mut sqlite, operation), &expected, "in SQLite: {:?}", operation);
            let rows = |store: &mut dyn Store| -> Vec<(Access, u32)> {
                let logged = store.take_operations();
                logged.iter().map(|logged| (logged.access, logged.rows)).collect()
            };
            prop_assert_eq!(rows(&mut memory), rows(&mut sqlite), "{:?}", operation);
        }
    }

    /// An ID is random and never given out twice: so nothing begins a session of the killed one's hash again.
    #[test]
    fn a_killed_session_is_never_found_again(before in operations(), after in operations()) {
        const KILLED: u8 = 0xFF;
        for store in [&mut memory_store() as &mut dyn WholeStore, &mut sqlite_store()] {
            for operation in &before {
                // Refusals are part of what happens.
                let _ = ask(store, operation);
            }
            prop_assert_eq!(store.create(&session(KILLED, MEMBER, 1)), Ok(()));
            prop_assert!(matches!(store.find(&hash(KILLED)), Ok(Some(_))));
            prop_assert_eq!(store.end(&hash(KILLED)), Ok(true));
            for operation in &after {
                let _ = ask(store, operation);
                let _ = store.touch(&hash(KILLED), at(50), at(950));
                prop_assert_eq!(store.find(&hash(KILLED)), Ok(None), "after {:?}", operation);
                let (listed, _) = store.list_sessions(usize::MAX).expect("it lists");
                prop_assert!(listed.iter().all(|session| session.id_hash != hash(KILLED)));
            }
        }
    }

    #[test]
    fn the_log_is_what_sqlite_ran(operations in operations()) {
        let traced = Traced::default();
        let mut store = traced.store();
        prop_assert!(!traced.take().is_empty(), "the hook sees the tables being made");
        let mut ran = Vec::new();
        for operation in &operations {
            let _ = ask(&mut store, operation);
            let now = traced.take();
            // What the observer does runs too, and is not the server's.
            if !matches!(operation, Operation::List(_)) {
                prop_assert_eq!(now.len(), 1, "one operation, one statement");
                ran.extend(now);
            }
        }
        let logged = store.take_operations();
        let reads = count(&logged, |operation| operation.access == Access::Read);
        let writes = count(&logged, |operation| operation.access == Access::Write);
        prop_assert_eq!(reads, count(&ran, |sql| sql.starts_with("SELECT")));
        prop_assert_eq!(writes, count(&ran, |sql| !sql.starts_with("SELECT")));
        let statements: Vec<String> = logged.into_iter().map(|logged| logged.statement).collect();
        prop_assert_eq!(statements, ran, "the very text, in order");
    }
}
