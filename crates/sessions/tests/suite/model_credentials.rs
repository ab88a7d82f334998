//! The plain model's records of credentials.

use sessions::{RefreshToken, Session, StoreError};

use crate::model::Model;
use crate::operation::{Answer, Operation};
use crate::sample::{at, family, hash, refresh_token};

impl Model {
    pub(crate) fn ask_of_credentials(
        &mut self,
        operation: &Operation,
    ) -> Result<Answer, StoreError> {
        match operation {
            Operation::Renew { number, new, role } => {
                let is_taken = number != new && self.session(*new).is_some();
                let Some(session) = self.session(*number) else {
                    return Ok(Answer::WasThere(false));
                };
                if is_taken {
                    return Err(StoreError::Duplicate { what: "session" });
                }
                session.id_hash = hash(*new);
                session.role = *role;
                Ok(Answer::WasThere(true))
            }
            Operation::SessionsOf(user, lane) => {
                let mut theirs = self.sessions.clone();
                theirs.retain(|session| session.user == *user && session.lane == *lane);
                theirs.sort_by_key(|session| (-session.last_seen.milliseconds(), session.id_hash));
                Ok(Answer::Sessions(theirs))
            }
            Operation::EndOneOf(user, lane, number) => {
                let ended = self.end_sessions(|session| {
                    session.user == *user
                        && session.lane == *lane
                        && session.id_hash == hash(*number)
                });
                Ok(Answer::WasThere(ended == 1))
            }
            Operation::EndAllOf(user, lane, kept) => {
                let kept = kept.map(hash);
                let ended = self.end_sessions(|session| {
                    session.user == *user && session.lane == *lane && kept != Some(session.id_hash)
                });
                Ok(Answer::Count(ended))
            }
            Operation::LookUp(number) => Ok(Answer::SessionAlone(self.session(*number).cloned())),
            Operation::CountSessionsOf(user, lane) => {
                let theirs = self.sessions.iter();
                let theirs =
                    theirs.filter(|session| session.user == *user && session.lane == *lane);
                Ok(Answer::Count(theirs.count() as u32))
            }
            _ => self.ask_of_refresh_tokens(operation),
        }
    }

    fn ask_of_refresh_tokens(&mut self, operation: &Operation) -> Result<Answer, StoreError> {
        match operation {
            Operation::AddRefresh {
                number,
                family,
                user,
                lane,
                created,
            } => {
                if self.refresh_token(*number).is_some() {
                    return Err(StoreError::Duplicate {
                        what: "refresh token",
                    });
                }
                self.refuses(*user)?;
                self.refresh_tokens.push(RefreshToken {
                    lane: *lane,
                    ..refresh_token(*number, *family, *user, *created)
                });
                Ok(Answer::Done)
            }
            Operation::FindRefresh(number) => {
                let found = self.refresh_token(*number).cloned();
                let with_user =
                    found.and_then(|token| self.user(token.user).map(|user| (token, user)));
                Ok(Answer::Refresh(with_user))
            }
            Operation::UseRefresh(number, moment) => {
                let Some(token) = self.refresh_token(*number) else {
                    return Ok(Answer::WasThere(false));
                };
                let is_unused = token.used.is_none();
                token.used = token.used.or(Some(at(*moment)));
                Ok(Answer::WasThere(is_unused))
            }
            Operation::EndFamily(number, moment) => {
                let ended = self.end_tokens(*moment, |token| token.family == family(*number));
                Ok(Answer::Count(ended))
            }
            Operation::EndFamiliesOf(user, lane, moment) => {
                let ended =
                    self.end_tokens(*moment, |token| token.user == *user && token.lane == *lane);
                Ok(Answer::Count(ended))
            }
            Operation::ListRefresh(limit) => {
                let mut listed = self.refresh_tokens.clone();
                listed.sort_by_key(|token| (-token.created.milliseconds(), token.token_hash));
                listed.truncate(*limit);
                Ok(Answer::RefreshTokens(listed))
            }
            _ => Ok(self.ask_of_revocation(operation)),
        }
    }

    fn ask_of_revocation(&mut self, operation: &Operation) -> Answer {
        match operation {
            Operation::Deny {
                lane,
                jti,
                since,
                until,
            } => {
                let is_known = |(of, known, _, _): &(_, _, _, _)| of == lane && known == jti;
                if !self.denied.iter().any(is_known) {
                    self.denied.push((*lane, jti, at(*since), at(*until)));
                }
                Answer::Done
            }
            Operation::ForgetDenied(lane, now) => {
                let before = self.denied.len();
                self.denied
                    .retain(|(of, _, _, until)| of != lane || *until > at(*now));
                Answer::Count((before - self.denied.len()) as u32)
            }
            Operation::DeniedSince(lane, jti) => {
                let mut denied = self.denied.iter();
                let found = denied.find(|(of, known, _, _)| of == lane && known == jti);
                Answer::Moment(found.map(|(_, _, since, _)| *since))
            }
            Operation::CountDenied => Answer::CountOfEach(protocol::Lane::BOTH.map(|lane| {
                let of_lane = self.denied.iter().filter(|(of, _, _, _)| *of == lane);
                of_lane.count() as u32
            })),
            Operation::CountExpiredDenied(lane, now) => {
                let denied = self.denied.iter();
                let expired = denied.filter(|(of, _, _, until)| of == lane && *until <= at(*now));
                Answer::Count(expired.count() as u32)
            }
            Operation::TokenVersion(lane, user) => self.version(*lane, *user),
            Operation::RaiseTokenVersion(lane, user) => {
                self.token_versions.push((*lane, *user));
                self.version(*lane, *user)
            }
            asked => unreachable!("{asked:?} is answered elsewhere"),
        }
    }

    /// As often as it was raised.
    fn version(&self, lane: protocol::Lane, user: u32) -> Answer {
        let raised = self.token_versions.iter();
        Answer::Count(raised.filter(|raised| **raised == (lane, user)).count() as u32)
    }

    fn refresh_token(&mut self, number: u8) -> Option<&mut RefreshToken> {
        let mut tokens = self.refresh_tokens.iter_mut();
        tokens.find(|token| token.token_hash == hash(number))
    }

    fn end_sessions(&mut self, which: impl Fn(&Session) -> bool) -> u32 {
        let before = self.sessions.len();
        self.sessions.retain(|session| !which(session));
        (before - self.sessions.len()) as u32
    }

    fn end_tokens(&mut self, moment: i64, which: impl Fn(&RefreshToken) -> bool) -> u32 {
        let tokens = self.refresh_tokens.iter_mut();
        let mut ended = 0;
        for token in tokens.filter(|token| token.ended.is_none() && which(token)) {
            token.ended = Some(at(moment));
            ended += 1;
        }
        ended
    }
}
