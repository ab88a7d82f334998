//! How the servers are deployed, and what the scene Fleet remembers and works out. It renders nothing, and judges no
//! request: the servers do.

mod census;
mod claims;
mod commands;
mod deploying;
mod faults;
mod fleet_json;
mod fleet_text;
mod link;
pub(crate) mod load;
mod studio;
mod trial;
mod whereabouts;

pub(crate) use census::{Census, Trouble, census, ranges, trouble, troubles};
pub(crate) use claims::{Answers, Claim, Claims, me_in_both};
pub(crate) use deploying::SLOWER_MILLISECONDS;
pub(super) use deploying::read as kept_fleet;
pub(crate) use fleet_json::{
    BALANCERS, KEYS, PLACES, fault_from_json, fleet_from_json, fleet_to_json, view_to_json,
};
pub(crate) use link::{fragment as fleet_link, load_text};
pub(crate) use studio::FleetStudio;
pub(crate) use trial::{
    Amount, Entry, Happens, PRESETS as TRIAL_PRESETS, Trial, TrialPreset, Tried, amount_of,
    is_of_servers, newcomers, number_up_to,
};
pub(crate) use whereabouts::{answered_by, session_server};
