//! What the scene Store remembers and works out. It renders nothing, and judges no request: the servers do.

mod changes;
mod choices;
mod families;
mod filling;
mod growth;
mod link;
mod meter;
mod my_sessions;
mod playing;
mod race;
mod sql_history;
mod studio;

pub(crate) use changes::{Change, Row, rows};
pub(crate) use choices::{
    LIFETIMES, has_meaning, milliseconds, revocation_problem, seconds, with_cache, with_credential,
    with_lifetime, with_preset, with_round_trip,
};
pub(crate) use families::{Family, Standing, families, standing};
pub(crate) use filling::{Filling, Growing};
pub(crate) use growth::{TARGETS, on_log_axis};
pub(crate) use link::fragment as link_fragment;
pub(crate) use meter::{Bite, LATEST, Meter, Operations, meter};
pub(crate) use my_sessions::{MySession, my_sessions};
pub(crate) use playing::{Note, Played, Race, lane_for};
pub(crate) use race::{Act, Agenda, Moment, Scenario, Who};
pub(crate) use sql_history::is_on_edge_line;
pub(crate) use studio::{SqlAnswer, StoreStudio};
