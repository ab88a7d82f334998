//! Real servers: how they are deployed, what each is and holds, what is wrong with them, and who notices. They answer
//! the user's own requests.

mod chosen;
mod faults;
mod grid;
mod last_answer;
mod picture;
mod requests;
mod settings;
mod tiles;
mod trial;

use leptos::prelude::*;

use crate::state::Playground;
use crate::state::fleet::FleetStudio;

/// The headings' IDs.
pub(super) const SETTINGS: &str = "fleet-servers";
pub(super) const REQUESTS: &str = "fleet-requests";
pub(super) const FAULTS: &str = "fleet-faults";
pub(super) const TRIAL: &str = "fleet-trial";

/// The half of real servers.
pub(super) fn servers(studio: FleetStudio, playground: Playground) -> AnyView {
    view! {
        {settings::settings(studio, playground)}
        {requests::requests(studio, playground)}
        {faults::faults(studio, playground)}
        {trial::trial(studio, playground)}
    }
    .into_any()
}
