//! The user's own requests, and the picture of the servers that answer them.

use leptos::prelude::*;
use protocol::Lane;

use super::chosen::chosen;
use super::last_answer::last_answer;
use super::picture::picture;
use crate::scenes::compare::ActionBar;
use crate::scenes::controls::section;
use crate::state::fleet::FleetStudio;
use crate::state::{Playground, memo};
use crate::wording::{self, store};

/// The section.
pub(super) fn requests(studio: FleetStudio, playground: Playground) -> AnyView {
    let content = view! {
        <ActionBar />
        <div class="two-lanes level-lanes">
            {Lane::BOTH.map(|lane| lane_view(studio, playground, lane))}
        </div>
        {chosen(studio, playground)}
    }
    .into_any();
    section(
        super::REQUESTS,
        "Requests",
        "what the observer sees",
        "Each request goes to a server of the balancer’s choice, and that one answers from what it knows. All numbers here are counted.",
        content,
    )
}

fn lane_view(studio: FleetStudio, playground: Playground, lane: Lane) -> AnyView {
    let scheme = memo(move || playground.scheme(lane));
    let class = move || {
        if scheme.with(|scheme| scheme.credential.is_token()) {
            "lane-scheme passport"
        } else {
            "lane-scheme ticket"
        }
    };
    let heading = format!("fleet-lane-{lane}");
    let labelled_by = heading.clone();
    view! {
        <div class=class role="group" aria-labelledby=labelled_by>
            <h3 id=heading>
                {store::lane_title(lane)} ": " {move || scheme.with(wording::scheme_title)} " "
                <small>{move || scheme.with(wording::scheme_in_short)}</small>
            </h3>
            {last_answer(playground, lane)}
            {picture(studio, playground, lane)}
        </div>
    }
    .into_any()
}
