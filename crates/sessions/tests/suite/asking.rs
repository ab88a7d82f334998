//! Operations, asked of a store.

use sessions::{AuditRecord, RefreshToken, Session, Store, StoreError};

use crate::operation::{Answer, Operation};
use crate::sample::{WholeStore, at, family, hash, key, refresh_token, session};

pub(crate) fn ask(store: &mut dyn WholeStore, operation: &Operation) -> Result<Answer, StoreError> {
    if let Some(answer) = ask_as_server(store, operation) {
        return answer;
    }
    match operation {
        Operation::AddKey { kid, created } => {
            store.add_key(&key(kid, *created)).map(|()| Answer::Done)
        }
        Operation::RetireKey {
            kid,
            retired,
            distrusted,
        } => store
            .retire_key(kid, at(*retired), distrusted.map(at))
            .map(Answer::WasThere),
        Operation::LookUp(number) => store
            .look_up_session(&hash(*number))
            .map(Answer::SessionAlone),
        Operation::CountSessionsOf(user, lane) => {
            store.count_sessions_of(*user, *lane).map(Answer::Count)
        }
        Operation::ListRefresh(limit) => {
            store.list_refresh_tokens(*limit).map(Answer::RefreshTokens)
        }
        Operation::CountDenied => store.count_denied().map(Answer::CountOfEach),
        Operation::CountExpiredDenied(lane, now) => store
            .count_expired_denied(*lane, at(*now))
            .map(Answer::Count),
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
            lane,
            created,
        } => store
            .create(&Session {
                lane: *lane,
                ..session(*number, *user, *created)
            })
            .map(|()| Answer::Done),
        Operation::Find(number) => store.find(&hash(*number)).map(Answer::Session),
        Operation::Touch { number, last_seen } => store
            .touch(&hash(*number), at(*last_seen), at(last_seen + 900))
            .map(|()| Answer::Done),
        Operation::End(lane, number) => store.end(*lane, &hash(*number)).map(Answer::WasThere),
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
            lane,
            user,
            subject,
        } => store
            .record(&AuditRecord {
                at: at(*moment),
                event: *event,
                lane: *lane,
                user: *user,
                subject: subject.as_deref(),
            })
            .map(|()| Answer::Done),
        Operation::FindUser(user) => store.find_user(*user).map(Answer::User),
        _ => return ask_of_credentials(store, operation),
    })
}

fn ask_of_credentials(
    store: &mut dyn Store,
    operation: &Operation,
) -> Option<Result<Answer, StoreError>> {
    Some(match operation {
        Operation::Renew { number, new, role } => store
            .renew(&hash(*number), &hash(*new), *role)
            .map(Answer::WasThere),
        Operation::SessionsOf(user, lane) => store.sessions_of(*user, *lane).map(Answer::Sessions),
        Operation::EndOneOf(user, lane, number) => store
            .end_one_of(*user, *lane, &hash(*number))
            .map(Answer::WasThere),
        Operation::EndAllOf(user, lane, kept) => store
            .end_all_of(*user, *lane, kept.map(hash).as_ref())
            .map(Answer::Count),
        Operation::AddRefresh {
            number,
            family,
            user,
            lane,
            created,
        } => store
            .add_refresh(&RefreshToken {
                lane: *lane,
                ..refresh_token(*number, *family, *user, *created)
            })
            .map(|()| Answer::Done),
        Operation::FindRefresh(number) => store.find_refresh(&hash(*number)).map(Answer::Refresh),
        Operation::UseRefresh(number, moment) => store
            .use_refresh(&hash(*number), at(*moment))
            .map(Answer::WasThere),
        Operation::EndFamily(number, moment) => store
            .end_family(&family(*number), at(*moment))
            .map(Answer::Count),
        Operation::EndFamiliesOf(user, lane, moment) => store
            .end_families_of(*user, *lane, at(*moment))
            .map(Answer::Count),
        Operation::Deny {
            lane,
            jti,
            since,
            until,
        } => store
            .deny(*lane, jti, at(*since), at(*until))
            .map(|()| Answer::Done),
        Operation::ForgetDenied(lane, now) => {
            store.forget_denied(*lane, at(*now)).map(Answer::Count)
        }
        Operation::DeniedSince(lane, jti) => store.denied_since(*lane, jti).map(Answer::Moment),
        Operation::TokenVersion(lane, user) => store.token_version(*lane, *user).map(Answer::Count),
        Operation::RaiseTokenVersion(lane, user) => {
            store.raise_token_version(*lane, *user).map(Answer::Count)
        }
        _ => return None,
    })
}
