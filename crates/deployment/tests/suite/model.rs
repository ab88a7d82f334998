//! A plain model of what each scheme promises: who is signed in, and until when. It knows moments and flags alone; no
//! store, no cookie line and no signature.

use protocol::{Carrier, Credential, Lane, Revocation, Scheme, StorePlace, Timestamp};

/// What a request for the user's own data meets: nothing that holds it up, or the first thing that does.
pub(crate) type Verdict<T = ()> = Result<T, &'static str>;

/// A refresh token: its family, and its place there.
pub(crate) type RefreshPlace = (usize, usize);

/// A session as the server knows it.
#[derive(Clone, Debug)]
struct Record {
    is_there: bool,
    last_seen: Timestamp,
    idle_expires: Timestamp,
    absolute_expires: Timestamp,
    role: &'static str,
    /// How often its ID was replaced.
    generation: u32,
    /// What the server remembers of it without asking, and since when.
    cached: Option<(Timestamp, Remembered)>,
}

/// What a cache holds of a session.
#[derive(Clone, Debug)]
struct Remembered {
    last_seen: Timestamp,
    idle_expires: Timestamp,
}

/// What proves who one is.
#[derive(Clone, Debug)]
pub(crate) enum Proof {
    /// The session of that place, by its ID of that generation.
    Session { place: usize, generation: u32 },
    /// A token.
    Token {
        expires: Timestamp,
        key: u32,
        number: u32,
        version: u32,
        family: Option<usize>,
    },
}

/// A family of refresh tokens.
#[derive(Clone, Debug)]
struct Family {
    is_known: bool,
    expires: Timestamp,
    ended: bool,
    /// When each of its tokens was used.
    used: Vec<Option<Timestamp>>,
}

/// The model.
#[derive(Debug)]
pub(crate) struct Model {
    scheme: Scheme,
    pub(crate) now: Timestamp,
    suspended: bool,
    role: &'static str,
    records: Vec<Record>,
    families: Vec<Family>,
    /// Which keys are trusted, by number; the last signs.
    trusted: Vec<bool>,
    denied: Vec<u32>,
    version: u32,
    tokens: u32,
}

impl Model {
    pub(crate) fn new(scheme: Scheme, now: Timestamp) -> Self {
        Self {
            scheme,
            now,
            suspended: false,
            role: "member",
            records: Vec::new(),
            families: Vec::new(),
            trusted: vec![true],
            denied: Vec::new(),
            version: 0,
            tokens: 0,
        }
    }

    /// A sign-in with the right password, from a browser that came with this proof. What it brings: the proof, and the
    /// refresh token as family and place.
    pub(crate) fn sign_in(
        &mut self,
        old: Option<&Proof>,
    ) -> Verdict<(Proof, Option<RefreshPlace>)> {
        if self.suspended {
            return Err("AccountSuspended");
        }
        if self.scheme.credential == Credential::SessionId {
            // The session that the browser came with ends; one that page script carries does so, too.
            if let Some(Proof::Session { place, generation }) = old
                && self.records[*place].generation == *generation
            {
                self.end(*place);
            }
            return Ok((self.begin_session(), None));
        }
        if self.scheme.credential == Credential::AccessAndRefresh {
            let expires = self.later(self.scheme.lifetimes.refresh_token_seconds);
            self.families.push(Family {
                is_known: true,
                expires,
                ended: false,
                used: vec![None],
            });
            let family = self.families.len() - 1;
            return Ok((self.issue(Some(family)), Some((family, 0))));
        }
        Ok((self.issue(None), None))
    }

    fn begin_session(&mut self) -> Proof {
        let lifetimes = self.scheme.lifetimes;
        let absolute_expires = self.later(lifetimes.absolute_timeout_seconds);
        self.records.push(Record {
            is_there: true,
            last_seen: self.now,
            idle_expires: self
                .later(lifetimes.idle_timeout_seconds)
                .min(absolute_expires),
            absolute_expires,
            role: self.role,
            generation: 0,
            cached: None,
        });
        Proof::Session {
            place: self.records.len() - 1,
            generation: 0,
        }
    }

    fn issue(&mut self, family: Option<usize>) -> Proof {
        self.tokens += 1;
        Proof::Token {
            expires: self.later(self.scheme.lifetimes.access_token_seconds),
            key: u32::try_from(self.trusted.len()).expect("a few"),
            number: self.tokens,
            version: self.version,
            family,
        }
    }

    /// A request with this proof. A session may get another ID.
    pub(crate) fn ask(&mut self, proof: &Proof) -> Verdict<Proof> {
        match proof {
            Proof::Session { place, generation } => self.ask_session(*place, *generation),
            Proof::Token { .. } => self.check_token(proof).map(|()| proof.clone()),
        }
    }

    fn ask_session(&mut self, place: usize, generation: u32) -> Verdict<Proof> {
        let now = self.now;
        let cache_seconds = self.scheme.store.session_cache_seconds;
        let interval = i64::from(self.scheme.lifetimes.touch_interval_seconds);
        let idle = i64::from(self.scheme.lifetimes.idle_timeout_seconds);
        let sliding = self.scheme.lifetimes.sliding;
        let (suspended, role) = (self.suspended, self.role);
        let renews = self.scheme.carrier == Carrier::Cookie;
        let record = &mut self.records[place];
        if record.generation != generation {
            return Err("SessionUnknown");
        }
        let believed = record.cached.as_ref().filter(|(since, _)| {
            *since <= now && now < since.plus_seconds(i64::from(cache_seconds))
        });
        let seen = match believed {
            Some((_, seen)) => seen.clone(),
            None => {
                record.cached = None;
                if !record.is_there {
                    return Err("SessionUnknown");
                }
                let seen = Remembered {
                    last_seen: record.last_seen,
                    idle_expires: record.idle_expires,
                };
                if cache_seconds > 0 {
                    record.cached = Some((now, seen.clone()));
                }
                seen
            }
        };
        if now >= seen.idle_expires {
            return Err("SessionIdle");
        }
        if now >= record.absolute_expires {
            return Err("SessionTooOld");
        }
        if suspended {
            return Err("AccountSuspended");
        }
        if sliding && now >= seen.last_seen.plus_seconds(interval) {
            let touched = Remembered {
                last_seen: now,
                idle_expires: now.plus_seconds(idle).min(record.absolute_expires),
            };
            record.last_seen = touched.last_seen;
            record.idle_expires = touched.idle_expires;
            if let Some((_, cached)) = &mut record.cached {
                *cached = touched;
            }
        }
        // Where page script carries the ID, no answer would bring it another one.
        if renews && record.role != role {
            record.role = role;
            record.generation += 1;
            record.cached = None;
        }
        Ok(Proof::Session {
            place,
            generation: record.generation,
        })
    }

    fn check_token(&self, proof: &Proof) -> Verdict {
        let Proof::Token {
            expires,
            key,
            number,
            version,
            ..
        } = proof
        else {
            return Err("no token");
        };
        if !self.trusted[*key as usize - 1] {
            return Err("KeyUnknown");
        }
        let leeway = i64::from(self.scheme.lifetimes.leeway_seconds);
        if self.now >= expires.plus_seconds(leeway) {
            return Err("Expired");
        }
        match self.scheme.revocation {
            Revocation::Denylist if self.denied.contains(number) => Err("TokenDenied"),
            Revocation::UserVersion if *version != self.version => Err("TokenVersionOld"),
            _ => Ok(()),
        }
    }

    /// A sign-out with this proof.
    pub(crate) fn sign_out(&mut self, proof: &Proof) -> Verdict {
        match proof {
            Proof::Session { place, generation } => {
                if self.records[*place].generation == *generation {
                    self.end(*place);
                }
                Ok(())
            }
            Proof::Token { number, family, .. } => {
                self.check_token(proof)?;
                if let Some(family) = family {
                    self.families[*family].ended = true;
                }
                match self.scheme.revocation {
                    Revocation::Denylist => self.denied.push(*number),
                    Revocation::UserVersion => self.version += 1,
                    Revocation::Record | Revocation::Expiry => {}
                }
                Ok(())
            }
        }
    }

    /// The exchange of a refresh token.
    pub(crate) fn refresh(
        &mut self,
        family: usize,
        place: usize,
    ) -> Verdict<(Proof, RefreshPlace)> {
        let now = self.now;
        let grace = i64::from(self.scheme.lifetimes.refresh_grace_seconds);
        let suspended = self.suspended;
        let known = &mut self.families[family];
        if !known.is_known {
            return Err("RefreshTokenUnknown");
        }
        if known.ended {
            return Err("RefreshFamilyEnded");
        }
        if now >= known.expires {
            return Err("RefreshTokenExpired");
        }
        match known.used[place] {
            Some(used) if now >= used.plus_seconds(grace) => {
                known.ended = true;
                return Err("RefreshTokenReused");
            }
            _ if suspended => return Err("AccountSuspended"),
            Some(_) => {}
            None => known.used[place] = Some(now),
        }
        known.used.push(None);
        let next = known.used.len() - 1;
        Ok((self.issue(Some(family)), (family, next)))
    }

    /// Someone ends all sessions behind the server's back: what it remembers it goes on to believe.
    pub(crate) fn kill_sessions(&mut self) {
        for record in &mut self.records {
            record.is_there = false;
        }
    }

    /// An administrator ends all that the user is signed in with, through the server.
    pub(crate) fn sign_user_out(&mut self) {
        for place in 0..self.records.len() {
            self.end(place);
        }
        for family in &mut self.families {
            family.ended = true;
        }
        if self.scheme.revocation == Revocation::UserVersion {
            self.version += 1;
        }
    }

    pub(crate) fn suspend(&mut self, suspended: bool) {
        if suspended {
            self.sign_user_out();
        }
        self.suspended = suspended;
    }

    pub(crate) const fn is_suspended(&self) -> bool {
        self.suspended
    }

    pub(crate) const fn set_role(&mut self, role: &'static str) {
        self.role = role;
    }

    pub(crate) fn rotate(&mut self, overlap: bool) {
        if !overlap {
            self.trusted.fill(false);
        }
        self.trusted.push(true);
    }

    /// What servers had in memory is gone.
    pub(crate) fn restart(&mut self) {
        for record in &mut self.records {
            record.cached = None;
        }
        if self.scheme.store.place == StorePlace::ServerMemory {
            self.kill_sessions();
            for family in &mut self.families {
                family.is_known = false;
            }
            self.denied.clear();
            self.version = 0;
        }
    }

    fn end(&mut self, place: usize) {
        let record = &mut self.records[place];
        record.is_there = false;
        record.cached = None;
    }

    fn later(&self, seconds: u32) -> Timestamp {
        self.now.plus_seconds(i64::from(seconds))
    }
}

/// The lane in which schemes are tried.
pub(crate) const LANE: Lane = Lane::A;
