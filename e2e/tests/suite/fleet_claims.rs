//! Fleet, its start: each claim is tried with one press, and what came of it stands there by lane.

use crate::looks::look;
use e2e::{Failure, Setup, run, until};

/// A button, and what it leaves to read.
const CLAIMS: [(&str, &[&str]); 4] = [
    (
        "Ten servers, each its own memory",
        &[
            "1 of 10 accepted; 10 servers answered. The first reason: No session has this ID here.",
            "10 of 10 accepted; 10 servers answered. No lookup: the key was enough.",
        ],
    ),
    (
        "Ten servers, one store",
        &["10 of 10 accepted; 10 servers answered. 10 lookups to know who it is."],
    ),
    (
        "A thousand servers, one key",
        &["10 of 10 accepted", "No lookup: the key was enough."],
    ),
    (
        "Pinned to one server, which dies",
        &[
            "5 of 10 accepted; 2 servers answered. Server ",
            "died half-way.",
        ],
    ),
];

#[test]
fn each_claim_is_tried_with_one_press() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_fleet().await?;
        let start = page.part("Start here");
        start.says("Not tried yet.").await?;
        for (button, told) in CLAIMS {
            let before = page.exchanges().await?.len();
            start.press(button).await?;
            // A sign-in and ten requests, in both lanes.
            until(button, async || {
                let sent = page.exchanges().await?.len() - before;
                Ok((sent == 22).then_some(()))
            })
            .await?;
            for told in told {
                start.says(told).await?;
            }
        }
        page.fleet_lane("Lane A").says("dead: server ").await?;
        page.part("Faults").press("All well again").await?;
        page.fleet_lane("Lane B")
            .says("10 servers, all well")
            .await?;
        look(page, "fleet-claims").await?;

        page.press("Start over").await?;
        page.press("Clear everything").await?;
        let seen = start.says("Not tried yet.").await?;
        assert!(!seen.text.contains("accepted"), "{}", seen.text);
        Ok(())
    })
}

#[test]
fn what_a_fault_does_is_asked_beside_it() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_fleet().await?;
        page.fleet_press("Sign in to both").await?;
        let faults = page.part("Faults");
        faults.press("The store dies").await?;
        assert_eq!(page.fleet_press("Ask both lanes now").await?[0], 503);
        faults.says("503").await?;
        Ok(())
    })
}
