//! Requests answered a second: by the page with the full trace and history that its screen gets, by msw through its own
//! service worker, and by miragejs, all in pages of one Chromium that are served side by side. Each answer counts only
//! where status and body are right. All keep their data in memory.

use crate::figure::{Bar, Figure, median};
use crate::measured::Measured;
use crate::peers;
use crate::ratio::{Ratio, Theirs};
use e2e::{FILES_MISSING, Failure, Page, Setup, run, until};
use serde_json::{Value, json};
use std::path::PathBuf;

/// How many times as many as a peer, in twin runs one by one: as the screen shows them. How the peers do where many
/// requests are on their way at a time is told beside it: miragejs waits for timers, and then waits for many at once.
const BAR_MSW: Bar = Bar::AtLeast(20.0);
const BAR_MIRAGE: Bar = Bar::AtLeast(40.0);

/// Each round's length in milliseconds, and how many there are: their median counts.
const ROUND: u32 = 1_000;
const ROUNDS: u32 = 3;
/// How many times all of them are measured, each time in a new browser; the median counts. A machine that is slower for a
/// minute is so for all.
const TURNS: usize = 3;
/// How many requests are on their way at a time, where not each waits for the answer to the one before.
const AT_A_TIME: u32 = 16;

/// Where what counts the requests is, even where no peer could be bundled.
const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../bench/peers");

/// What a peer does for each request.
const CHECKED: &str = "me";
const UNCHECKED: &str = "unchecked";

/// The rates of one way to ask. `ASK` is a function's text: the page's policy forbids to make one of a text.
const MEASURE: &str = "\
const [address, atATime, milliseconds, howMany, done] = arguments;
(async () => {
  const { rounds, expectAccount } = await import(address);
  return rounds(ASK, atATime, milliseconds, howMany);
})().then(done, (error) => done(String(error)));";

/// The page's ways. A twin run is two requests, one for each lane.
const TWIN: &str = "async () => {
  const { stateful, stateless } = await playground.sendToBoth('/me');
  await expectAccount(stateful);
  await expectAccount(stateless);
}";
const STATELESS: &str = "async () => expectAccount(await playground.fetch('stateless', '/me'))";
const STATEFUL: &str = "async () => expectAccount(await playground.fetch('stateful', '/me'))";

/// A rate with one request at a time, and with many.
#[derive(Clone, Copy)]
struct Rates {
    one_by_one: f64,
    at_a_time: f64,
}

#[derive(Clone, Copy)]
struct Ours {
    twin: Rates,
    stateless: Rates,
    stateful: Rates,
}

/// A peer's, with its check of a token or session, and without any.
#[derive(Clone, Copy)]
struct Peers {
    checked: Rates,
    unchecked: Rates,
}

struct Peer {
    name: &'static str,
    bar: Bar,
    checks: &'static str,
    /// Ours in the lane that checks the same.
    in_lane: fn(&Ours) -> Rates,
}

const PEERS: [Peer; 2] = [
    Peer {
        name: "msw",
        bar: BAR_MSW,
        checks: "a token",
        in_lane: |ours| ours.stateless,
    },
    Peer {
        name: "miragejs",
        bar: BAR_MIRAGE,
        checks: "a session",
        in_lane: |ours| ours.stateful,
    },
];

/// All three, and their ratios.
pub fn measure() -> Result<Measured, Failure> {
    let mut ours = Vec::new();
    let mut peers = PEERS.map(|_| Vec::new());
    for _ in 0..TURNS {
        ours.push(run(Setup::just_started(), async move |page: &Page| {
            measure_ours(page).await
        })?);
        for (Peer { name, .. }, measured) in PEERS.iter().zip(&mut peers) {
            if let Some(folder) = peers::folder_with(&format!("{name}.js")) {
                measured.push(run(Setup::just_started(), async move |page: &Page| {
                    measure_peer(page, folder.clone(), name).await
                })?);
            }
        }
    }
    let ours = Ours::middle(&ours);
    let mut measured = Measured::from(ours.figures());
    for (peer, theirs) in PEERS.into_iter().zip(peers) {
        let one_lane = (peer.in_lane)(&ours);
        let theirs = (!theirs.is_empty()).then(|| Peers::middle(&theirs));
        let theirs = |rate: fn(&Peers) -> f64| {
            theirs
                .as_ref()
                .map_or(Theirs::Missing, |peers| Theirs::Value(rate(peers)))
        };
        let checked = theirs(|peers| peers.checked.one_by_one);
        let at_a_time = ours.twin.at_a_time.max(one_lane.at_a_time);
        for (what, ours, theirs, bar) in [
            (
                "in twin runs, one by one",
                ours.twin.one_by_one,
                checked,
                peer.bar,
            ),
            (
                "in one lane, one by one",
                one_lane.one_by_one,
                checked,
                Bar::None,
            ),
            (
                "16 at a time",
                at_a_time,
                theirs(|peers| peers.checked.at_a_time),
                Bar::None,
            ),
            (
                "in one lane, one by one; the peer checks nothing",
                one_lane.one_by_one,
                theirs(|peers| peers.unchecked.one_by_one),
                Bar::None,
            ),
        ] {
            measured.ratios.push(Ratio {
                what: format!("Requests with {}, {what}", peer.checks),
                unit: "a second",
                ours,
                peer: peers::named(peer.name),
                theirs,
                bar,
            });
        }
    }
    Ok(measured)
}

impl Rates {
    fn middle<T>(turns: &[T], rates: fn(&T) -> Self) -> Self {
        let of = |rate: fn(Self) -> f64| {
            let each: Vec<f64> = turns.iter().map(|turn| rate(rates(turn))).collect();
            median(&each)
        };
        Self {
            one_by_one: of(|rates| rates.one_by_one),
            at_a_time: of(|rates| rates.at_a_time),
        }
    }
}

impl Peers {
    fn middle(turns: &[Self]) -> Self {
        Self {
            checked: Rates::middle(turns, |turn| turn.checked),
            unchecked: Rates::middle(turns, |turn| turn.unchecked),
        }
    }
}

impl Ours {
    fn middle(turns: &[Self]) -> Self {
        Self {
            twin: Rates::middle(turns, |turn| turn.twin),
            stateless: Rates::middle(turns, |turn| turn.stateless),
            stateful: Rates::middle(turns, |turn| turn.stateful),
        }
    }

    fn figures(&self) -> Vec<Figure> {
        let line = |what: &'static str, value| Figure::new(what, value, "requests/s", Bar::None);
        vec![
            line("Requests by twin runs, one by one", self.twin.one_by_one),
            line("Requests by twin runs, 16 at a time", self.twin.at_a_time),
            line(
                "Requests with a token, one by one",
                self.stateless.one_by_one,
            ),
            line(
                "Requests with a token, 16 at a time",
                self.stateless.at_a_time,
            ),
            line(
                "Requests with a session, one by one",
                self.stateful.one_by_one,
            ),
            line(
                "Requests with a session, 16 at a time",
                self.stateful.at_a_time,
            ),
        ]
    }
}

async fn measure_ours(page: &Page) -> anyhow::Result<Ours> {
    let rounds = format!("{}rounds.js", page.site().lend(PathBuf::from(SOURCES)));
    page.site().before_worker(FILES_MISSING);
    page.open().await?;
    anyhow::ensure!(
        page.sign_in().await?.statuses() == [200, 200],
        "the sign-in failed"
    );
    let twin = rates(page, &rounds, TWIN).await?;
    Ok(Ours {
        twin: Rates {
            one_by_one: 2.0 * twin.one_by_one,
            at_a_time: 2.0 * twin.at_a_time,
        },
        stateless: rates(page, &rounds, STATELESS).await?,
        stateful: rates(page, &rounds, STATEFUL).await?,
    })
}

async fn measure_peer(page: &Page, folder: PathBuf, name: &str) -> anyhow::Result<Peers> {
    let lent = page.site().lend(folder);
    page.go_elsewhere(&format!("{lent}{name}.html")).await?;
    until(&format!("the page of {name}"), async || {
        let ready = page.script("return typeof window.rounds === 'function'", Vec::new());
        Ok((ready.await? == true).then_some(()))
    })
    .await?;
    let rounds = format!("{lent}rounds.js");
    let of = async |path: &str| rates(page, &rounds, &format!("() => ask('{path}')")).await;
    Ok(Peers {
        checked: of(CHECKED).await?,
        unchecked: of(UNCHECKED).await?,
    })
}

async fn rates(page: &Page, rounds: &str, ask: &str) -> anyhow::Result<Rates> {
    let of = async |at_a_time: u32| {
        let arguments = vec![json!(rounds), json!(at_a_time), json!(ROUND), json!(ROUNDS)];
        let script = MEASURE.replace("ASK", ask);
        let seen: Value = page.async_script(&script, arguments).await?;
        let rates: Vec<f64> = serde_json::from_value(seen.clone())
            .map_err(|_| anyhow::anyhow!("the page did not measure: {seen}"))?;
        anyhow::Ok(median(&rates))
    };
    Ok(Rates {
        one_by_one: of(1).await?,
        at_a_time: of(AT_A_TIME).await?,
    })
}
