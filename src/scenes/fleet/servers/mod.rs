//! Real servers: how they are deployed, what each is and holds, what is wrong with them, and who notices. They answer
//! the user's own requests.

mod chosen;
mod claims;
mod faults;
mod grid;
mod last_answer;
mod picture;
mod requests;
mod settings;
mod shown;
mod tiles;
mod trial;

use leptos::prelude::*;

use crate::state::Playground;
use crate::state::fleet::FleetStudio;

/// The headings' IDs.
const CLAIMS: &str = "fleet-claims";
const SETTINGS: &str = "fleet-servers";
const REQUESTS: &str = "fleet-requests";
const FAULTS: &str = "fleet-faults";
const TRIAL: &str = "fleet-trial";

/// The sections, by their headings' IDs.
pub(super) const SECTIONS: [(&str, &str); 5] = [
    (CLAIMS, "Start here"),
    (SETTINGS, "Servers"),
    (REQUESTS, "Requests"),
    (FAULTS, "Faults"),
    (TRIAL, "Trial of faults"),
];

/// The half of real servers.
pub(super) fn servers(studio: FleetStudio, playground: Playground) -> AnyView {
    view! {
        {claims::claims(studio.claims)}
        {settings::settings(studio, playground)}
        {requests::requests(studio, playground)}
        {faults::faults(studio, playground)}
        {trial::trial(studio, playground)}
    }
    .into_any()
}
