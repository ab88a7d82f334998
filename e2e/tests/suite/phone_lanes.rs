//! On a phone the lanes stand one below the other: a button leads to the same place in the other one, and back.

use anyhow::Context;
use e2e::{Failure, Lane, Page, Setup, run, until};
use serde::Deserialize;
use serde_json::json;

const PHONE: u32 = 390;
const DESK: u32 = 1440;

const fn other(lane: Lane) -> Lane {
    match lane {
        Lane::Stateful => Lane::Stateless,
        Lane::Stateless => Lane::Stateful,
    }
}

fn button(to: Lane) -> String {
    format!("The same place in {}", to.heading())
}

/// A place that both lanes have.
#[derive(Clone, Copy, Debug)]
enum Place {
    Verdict,
    Cost,
    /// Counted from the first, zero.
    Step(usize),
    InTheBrowser,
}

impl Place {
    /// How a script finds it in the lane.
    fn script(self) -> String {
        match self {
            Self::Verdict => String::from("lane.querySelector('[role=status]')"),
            Self::Cost => String::from("lane.querySelector('[aria-label=\"What it cost\"]')"),
            Self::Step(place) => format!("lane.querySelector('ol').children[{place}]"),
            Self::InTheBrowser => String::from(
                "[...lane.querySelectorAll('h3')].find((it) => it.textContent.startsWith('In the browser'))",
            ),
        }
    }
}

const LANE: &str = "const lane = [...document.querySelectorAll('section')].find((it) => it.querySelector('h2')?.textContent.trim().startsWith(arguments[0]));\n";

/// Scrolls until the place stands right below the lane's own heading, as a reader has it.
async fn read_at(page: &Page, lane: Lane, place: Place) -> anyhow::Result<()> {
    let script = format!(
        "{LANE} const place = {}; place.scrollIntoView({{ block: 'start', behavior: 'instant' }});
         const head = lane.querySelector('h2').parentElement.getBoundingClientRect().height;
         window.scrollBy({{ top: place.getBoundingClientRect().top - head - 8, behavior: 'instant' }});",
        place.script()
    );
    page.script(&script, vec![json!(lane.heading())]).await?;
    Ok(())
}

/// Where the place is, and whether the focus is there, or right around it.
#[derive(Debug, Deserialize)]
struct Seen {
    top: f64,
    heading_bottom: f64,
    window_height: f64,
    has_focus: bool,
    /// Whether the page goes no further down.
    is_at_the_end: bool,
}

async fn seen(page: &Page, lane: Lane, place: Place) -> anyhow::Result<Seen> {
    let script = format!(
        "{LANE} const place = {};
         const focus = document.activeElement;
         return {{
           top: place.getBoundingClientRect().top,
           heading_bottom: lane.querySelector('h2').parentElement.getBoundingClientRect().bottom,
           window_height: innerHeight,
           is_at_the_end: scrollY + innerHeight >= document.scrollingElement.scrollHeight - 1,
           has_focus: focus !== document.body && focus !== lane && lane.contains(focus)
             && (focus === place || focus.contains(place)),
         }};",
        place.script()
    );
    let seen = page.script(&script, vec![json!(lane.heading())]).await?;
    serde_json::from_value(seen).context("there is no such place")
}

/// Waits until one reads that place, and goes on from there with the keyboard.
async fn is_at(page: &Page, lane: Lane, place: Place) -> anyhow::Result<()> {
    until(&format!("{place:?} in {}", lane.heading()), async || {
        let seen = seen(page, lane, place).await?;
        let below_heading = seen.top >= seen.heading_bottom - 1.0;
        let near_the_top = seen.top < seen.window_height / 4.0
            || (seen.is_at_the_end && seen.top < seen.window_height);
        anyhow::ensure!(seen.has_focus && below_heading && near_the_top, "{seen:?}");
        Ok(Some(()))
    })
    .await
}

#[test]
fn the_button_leads_to_the_same_place_and_back() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.set_width(PHONE).await?;
        page.prefer_less_motion().await?;
        page.open().await?;
        page.sign_in().await?;
        page.send().await?;
        for lane in Lane::BOTH {
            for place in [
                Place::Verdict,
                Place::Cost,
                Place::Step(0),
                // After what is folded.
                Place::Step(2),
                Place::Step(4),
                Place::InTheBrowser,
            ] {
                read_at(page, lane, place).await?;
                page.press_in(lane, &button(other(lane))).await?;
                is_at(page, other(lane), place).await?;
                page.press_in(other(lane), &button(lane)).await?;
                is_at(page, lane, place).await?;
            }
        }
        Ok(())
    })
}

#[test]
fn a_step_that_the_other_lane_does_not_have_leads_to_its_last() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.set_width(PHONE).await?;
        page.prefer_less_motion().await?;
        page.open().await?;
        page.sign_in().await?;
        page.send().await?;
        let [stateful, stateless] = {
            let mut counts = [0; 2];
            for (place, lane) in Lane::BOTH.into_iter().enumerate() {
                counts[place] = page.diagram(lane).await?.steps.len();
            }
            counts
        };
        let (from, count, fewer) = if stateful > stateless {
            (Lane::Stateful, stateful, stateless)
        } else {
            (Lane::Stateless, stateless, stateful)
        };
        read_at(page, from, Place::Step(count - 1)).await?;
        page.press_in(from, &button(other(from))).await?;
        is_at(page, other(from), Place::Step(fewer - 1)).await
    })
}

#[test]
fn before_anything_was_sent_it_leads_across_too() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.set_width(PHONE).await?;
        page.open().await?;
        read_at(page, Lane::Stateful, Place::InTheBrowser).await?;
        page.press_in(Lane::Stateful, &button(Lane::Stateless))
            .await?;
        is_at(page, Lane::Stateless, Place::InTheBrowser).await
    })
}

#[test]
fn side_by_side_there_is_no_such_button() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        for (width, offered) in [(DESK, false), (PHONE, true)] {
            page.set_width(width).await?;
            for lane in Lane::BOTH {
                let seen = page.offers(&button(lane)).await?;
                assert_eq!(seen, offered, "{} at {width}", lane.heading());
            }
        }
        Ok(())
    })
}
