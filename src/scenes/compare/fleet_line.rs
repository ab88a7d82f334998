//! How the lanes' servers are deployed, where there is more than one or something is wrong.

use leptos::prelude::*;

use crate::route::Scene;
use crate::state::{Playground, memo};
use crate::wording::servers;

/// The line, with the way to the scene that deploys them.
#[component]
pub(super) fn FleetLine() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let words = memo(move || {
        playground.fleet.with(|fleet| {
            let is_usual = fleet.servers == 1 && fleet.faults.is_empty();
            (!is_usual).then(|| servers::deployed_now(fleet))
        })
    });
    move || {
        words.get().map(|words| {
            view! {
                <p class="fleet-line note">
                    "In each lane: " {words} ". " <a href=Scene::Fleet.link()>"See the servers"</a>
                </p>
            }
        })
    }
}
