//! What each stop asks for, done with the same commands as the scene's own buttons: real sign-ins, requests and changes,
//! all of which stand in the history. It never says what comes of it.

use leptos::prelude::*;
use protocol::{
    Errand, Fleet, Lane, Observation, Presented, Preset, Scheme, StorePlace, TokenPart,
};

use crate::route::Stop;
use crate::state::fleet::{Claim, me_in_both};
use crate::state::token_parts::{part_text, with_part};
use crate::state::{Playground, assigning_line};
use crate::wording;

/// The sample account that signs in, and its public password.
const ACCOUNT: [&str; 2] = ["member", "sample-password"];

/// Said where the sign-in brought no credential to go on with.
const NOT_SIGNED_IN: &str =
    "The sign-in brought nothing to go on with: see in the history what came of it.";

/// Does it; why not, where it can't be done.
pub(super) async fn carry_out(playground: Playground, stop: Stop) -> Result<(), String> {
    if !matches!(stop, Stop::TenServers | Stop::ThousandServers) {
        to_extremes(playground)?;
    }
    match stop {
        Stop::TicketHandshake | Stop::PassportHandshake => sign_in(playground).await,
        Stop::Ticket => {
            sign_in(playground).await;
            let ending = cookie_line(playground).await?;
            playground.delete_cookie(ending).await;
            ask(playground).await;
        }
        Stop::Passport => {
            sign_in(playground).await;
            playground.delete_bearer(Lane::B);
            ask(playground).await;
        }
        Stop::Lookup | Stop::Signature => {
            let is_signed_in = playground.browser.with_untracked(|view| {
                view.bearer(Lane::B).is_some() && !view.cookies_of(Lane::A).is_empty()
            });
            if !is_signed_in || !ask(playground).await {
                sign_in(playground).await;
                ask(playground).await;
            }
        }
        Stop::Kill => {
            sign_in(playground).await;
            let seen = playground.observe().await?;
            playground.kill(newest_session(&seen)?).await;
            ask(playground).await;
        }
        Stop::Restart => {
            let mut in_memory = Scheme::STATEFUL;
            in_memory.store.place = StorePlace::ServerMemory;
            playground.change_scheme(Lane::A, in_memory);
            sign_in(playground).await;
            playground.restart_servers().await?;
            ask(playground).await;
        }
        Stop::TenServers => {
            Claim::OwnMemory.carry_out(playground).await;
        }
        Stop::ThousandServers => {
            Claim::OneKey.carry_out(playground).await;
        }
        Stop::Tamper => {
            sign_in(playground).await;
            let token = playground.page_context().bearers;
            let token = Lane::B.of(&token).clone().ok_or(NOT_SIGNED_IN)?;
            playground.put_bearer(Lane::B, &with_another_role(&token));
            ask(playground).await;
        }
        Stop::Logout => {
            sign_in(playground).await;
            sign_out_and_send_copies(playground).await?;
        }
        Stop::Cure => {
            playground.change_scheme(Lane::B, Preset::Denylist.scheme());
            sign_in(playground).await;
            sign_out_and_send_copies(playground).await?;
        }
    }
    Ok(())
}

/// One server, no faults, a session in a cookie beside a token in localStorage.
pub(super) fn to_extremes(playground: Playground) -> Result<(), String> {
    playground.end_all_faults();
    playground.change_scheme(Lane::A, Scheme::STATEFUL);
    playground.change_scheme(Lane::B, Scheme::STATELESS);
    let one_server = playground.deploy(Fleet::default());
    one_server.map_err(wording::servers::problem)
}

async fn sign_in(playground: Playground) {
    let [account, password] = ACCOUNT;
    playground.sign_in(account, password).await;
}

/// Whether both lanes know who asks.
async fn ask(playground: Playground) -> bool {
    let recorded = playground.send(me_in_both()).await;
    recorded
        .iter()
        .all(|it| it.status().is_some_and(|status| status < 400))
}

/// What page script assigns to the stateful lane's cookie to let it end.
async fn cookie_line(playground: Playground) -> Result<String, String> {
    let seen = playground.observe().await?;
    let names = Lane::A.names().cookies();
    let stored = seen
        .jar
        .iter()
        .find(|cookie| names.contains(&cookie.name.as_str()))
        .ok_or(NOT_SIGNED_IN)?;
    let page = playground.page_context();
    Ok(assigning_line(
        &stored.name,
        "",
        Some(stored),
        &page.site,
        playground.clock(),
    ))
}

fn newest_session(seen: &Observation) -> Result<String, String> {
    let of_lane = seen.sessions.iter().filter(|row| row.lane == Lane::A);
    let newest = of_lane.max_by_key(|row| row.created);
    Ok(newest.ok_or(NOT_SIGNED_IN)?.id_hash.clone())
}

/// The token with a payload that says `admin`, under its old signature.
fn with_another_role(token: &str) -> String {
    let payload = part_text(token, TokenPart::Payload).text;
    let changed = payload.replace("\"member\"", "\"admin\"");
    with_part(token, TokenPart::Payload, &changed)
}

async fn sign_out_and_send_copies(playground: Playground) -> Result<(), String> {
    // As someone would have kept them who sees what goes over the wire.
    ask(playground).await;
    let copies = Lane::BOTH.map(|lane| lane.of(&playground.carried).get_untracked());
    playground.sign_out().await;
    for (lane, copy) in Lane::BOTH.into_iter().zip(copies) {
        let errand = Errand {
            lane,
            method: String::from("GET"),
            path: String::from("/me"),
            headers: Vec::new(),
            body: String::new(),
            credential: Presented::Copy(copy.ok_or(NOT_SIGNED_IN)?),
        };
        playground.send(vec![errand]).await;
    }
    Ok(())
}
