//! The claims of the scene, each with a button that tries it on real servers, and with what came of it in each lane.

use leptos::prelude::*;
use protocol::Lane;

use crate::browser::go_to;
use crate::components::Prose;
use crate::scenes::controls::section;
use crate::state::fleet::{Claim, Claims};
use crate::state::memo;
use crate::wording::claims as words;

/// The section.
pub(super) fn claims(claims: Claims) -> AnyView {
    let cards = Claim::ALL
        .into_iter()
        .enumerate()
        .map(|(place, claim)| card(claims, place, claim))
        .collect_view();
    let see = move |_| go_to(&format!("#{}", super::REQUESTS));
    let content = view! {
        <ul class="experiments">{cards}</ul>
        <p class="note">
            "A press changes both lanes’ schemes and the servers below, and ends all faults. "
            <button type="button" class="link" on:click=see>
                "See who answered, server by server"
            </button>
        </p>
    }
    .into_any();
    section(
        super::CLAIMS,
        "Start here",
        "counted from real requests",
        "Each button deploys real servers, signs user #42 in to both lanes, and sends `GET /me` ten times. Who is still known?",
        content,
    )
}

fn card(claims: Claims, place: usize, claim: Claim) -> AnyView {
    let outcome = claims.outcomes.get(place).copied();
    let is_busy = memo(move || claims.under_way.with(Option::is_some));
    let is_under_way = memo(move || claims.under_way.get() == Some(place));
    // The first that was not tried is the one to press next.
    let is_next = memo(move || {
        let first = claims
            .outcomes
            .iter()
            .position(|outcome| outcome.with(Option::is_none));
        first == Some(place)
    });
    let lanes = Lane::BOTH.map(|lane| {
        let answers = memo(move || {
            outcome?.with(|outcome| {
                let outcome = outcome.as_ref()?;
                Some((lane.of(&outcome.lanes).clone(), outcome.died))
            })
        });
        let class = match lane {
            Lane::A => "claim-lane ticket",
            Lane::B => "claim-lane passport",
        };
        let told = move || match answers.get() {
            _ if is_under_way.get() => view! { <p class="note">"Sending…"</p> }.into_any(),
            None => view! { <p class="note">"Not tried yet."</p> }.into_any(),
            Some((answers, died)) => {
                let marks = answers
                    .successes
                    .iter()
                    .map(|is_success| match is_success {
                        true => view! { <span class="good">"✓"</span> },
                        false => view! { <span class="bad">"✕"</span> },
                    })
                    .collect_view();
                view! {
                    <p class="claim-marks" aria-hidden="true">
                        {marks}
                    </p>
                    <p class="note said">
                        <Prose text=words::told(&answers, died) />
                    </p>
                }
                .into_any()
            }
        };
        view! {
            <div class=class>
                <b>{words::lane(lane)}</b>
                {told}
            </div>
        }
    });
    view! {
        <li class="claim">
            <button
                type="button"
                class=move || if is_next.get() { "main small" } else { "quiet small" }
                aria-disabled=move || is_busy.get().to_string()
                on:click=move |_| claims.try_one(place)
            >
                {words::setting(claim)}
            </button>
            <p class="claim-said">{words::claim(claim)}</p>
            <div class="claim-lanes" role="status">
                {lanes}
            </div>
        </li>
    }
    .into_any()
}
