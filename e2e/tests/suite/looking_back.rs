//! The history: what happened can be looked at again, as it was, and copied.

use crate::looks::fits;
use e2e::{Failure, Lane, Page, Row, Setup, run, until};

const BACK: &str = "Back to the latest";
const AGAIN: &str = "again, as it was";

#[test]
fn an_earlier_exchange_is_shown_as_it_was_and_that_is_said() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in [1440, 390] {
            page.set_width(width).await?;
            page.open().await?;
            page.sign_in().await?;
            let known = page.send().await?;
            page.choose_request("GET /nowhere").await?;
            let latest = page.send().await?;
            assert_eq!(latest.statuses(), [404, 404]);

            page.look_again(known.number).await?;
            page.says(AGAIN).await?;
            let again = page.answers().await?;
            for lane in Lane::BOTH {
                let (then, now) = (known.lane(lane), again.lane(lane));
                assert_eq!(now.status, then.status);
                assert_eq!(now.sentence, then.sentence);
                // Times that were measured since may stand beside a step: what it says is the same.
                assert_eq!(said(&now.steps), said(&then.steps));
                assert_eq!(now.ledger["Bytes up"], then.ledger["Bytes up"]);
                let diagram = page.diagram(lane).await?;
                assert!(
                    diagram.title.contains("GET /me, answered 200"),
                    "{diagram:#?}"
                );
            }
            let shown = page.past().await?;
            let shown: Vec<u64> = shown
                .rows
                .iter()
                .filter(|row| row.is_shown)
                .map(|row| row.number)
                .collect();
            assert_eq!(shown, [known.number]);

            page.press(BACK).await?;
            until("the latest", async || {
                Ok((page.answers().await?.statuses() == [404, 404]).then_some(()))
            })
            .await?;
            assert!(!page.offers(BACK).await?);
            assert!(page.past().await?.rows.iter().all(|row| !row.is_shown));
        }
        Ok(())
    })
}

fn said(steps: &[e2e::Step]) -> Vec<String> {
    let words = |text: &str| text.chars().take(40).collect();
    steps.iter().map(|step| words(&step.text)).collect()
}

#[test]
fn an_earlier_exchange_plays_again() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.prefer_motion().await?;
        page.open().await?;
        page.sign_in().await?;
        let known = page.send().await?;
        page.sign_out().await?;
        let over = |it: &e2e::Diagram| it.is_finished();
        page.diagram_when(Lane::Stateful, "the end", over).await?;
        page.look_again(known.number).await?;
        page.diagram_when(Lane::Stateful, "the earlier one on its way", |it| {
            it.title.contains("GET /me") && !it.is_finished()
        })
        .await?;
        let played = page.diagram_when(Lane::Stateful, "its end", over).await?;
        assert!(played.title.contains("GET /me"), "{played:#?}");
        Ok(())
    })
}

#[test]
fn what_comes_next_leads_back_to_the_latest() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let first = page.sign_in().await?;
        page.send().await?;
        page.look_again(first.number).await?;
        page.says(AGAIN).await?;
        page.choose_request("GET /nowhere").await?;
        assert_eq!(page.send().await?.statuses(), [404, 404]);
        assert!(!page.offers(BACK).await?);
        // Pressed twice, a row is chosen no more.
        page.look_again(first.number).await?;
        page.says(AGAIN).await?;
        page.look_again(first.number).await?;
        until("the latest", async || {
            Ok((!page.offers(BACK).await?).then_some(()))
        })
        .await
    })
}

/// Rows of an earlier scheme do not stand under the name of the present one.
#[test]
fn a_column_has_the_schemes_name_as_long_as_all_its_rows_are_of_it() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let lanes = async || anyhow::Ok(page.past().await?.columns[2..4].to_vec());
        assert_eq!(lanes().await?, ["Stateful", "Stateless"]);
        page.choose_scheme(Lane::Stateful, "Hybrid").await?;
        assert_eq!(lanes().await?, ["Lane A", "Stateless"]);
        page.choose_scheme(Lane::Stateful, "Stateful").await?;
        assert_eq!(lanes().await?, ["Stateful", "Stateless"]);
        Ok(())
    })
}

/// A copy goes out in one lane: the other one had no part in it, and says nothing else.
#[test]
fn an_exchange_of_one_lane_leaves_the_other_as_it_was() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.sign_out().await?;
        let sent = page.press_for_answers("Send the kept token").await?;
        assert_eq!(sent.stateless.status_code(), 200);
        page.send().await?;
        page.look_again(sent.number).await?;
        page.says(AGAIN).await?;
        let again = page.answers().await?;
        assert_eq!(again.stateless.status_code(), 200);
        let diagram = page.diagram(Lane::Stateful).await?;
        for said in [&again.stateful.sentence, &diagram.remark, &diagram.title] {
            assert!(!said.contains("nothing was sent yet"), "{said}");
        }
        let words = page
            .console("document.querySelector('section').innerText")
            .await?;
        let words = words.as_str().unwrap_or_default();
        assert!(!words.contains("Press “Sign in to both”"), "{words}");
        Ok(())
    })
}

#[test]
fn events_stand_among_the_exchanges_in_order() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.move_clock("+1 min").await?;
        page.press_starting(Lane::Stateful, "Kill session").await?;
        page.newest("was killed").await?;
        page.move_clock("back to now").await?;
        page.send().await?;
        let rows = page.past().await?.rows;
        let numbers: Vec<u64> = rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [5, 4, 3, 2, 1]);
        for (row, words) in rows.iter().zip([
            "GET /me",
            "The clock was set back to now.",
            "was killed",
            "The clock was moved to +1 min from now.",
            "POST /login",
        ]) {
            assert!(row.text().contains(words), "{words}: {row:?}");
            assert_eq!(row.can_be_shown, words.contains('/'), "{row:?}");
        }
        for width in [1440, 390, 320] {
            page.set_width(width).await?;
            fits(page, &format!("events-{width}")).await?;
            let rows = page.past().await?.rows;
            let in_line = |row: &Row| row.time_begins == rows[0].time_begins;
            assert!(rows.iter().all(in_line), "at {width} px: {rows:?}");
        }
        Ok(())
    })
}

#[test]
fn a_request_can_be_copied_as_curl() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.catch_copies();
        page.open().await?;
        page.sign_in().await?;
        let id = page.session_id().await?.unwrap_or_default();
        let token = page.token().await?.unwrap_or_default();
        page.choose_request("POST /orders").await?;
        page.unfold("Change it").await?;
        page.fill("Content", r#"{"item":"it's tea"}"#).await?;
        page.send().await?;
        page.unfold("Request and response as sent").await?;
        for (lane, own, others) in [
            (Lane::Stateful, format!("-H 'Cookie: sid={id}'"), &token),
            (
                Lane::Stateless,
                format!("-H 'Authorization: Bearer {token}'"),
                &id,
            ),
        ] {
            let command = copied_as_curl(page, lane).await?;
            let url = format!("{}orders", page.site().url());
            assert!(
                command.starts_with(&format!("curl -i -X 'POST' '{url}'")),
                "{command}"
            );
            assert!(command.contains(&own), "{command}");
            assert!(!command.contains(others.as_str()), "{command}");
            let content = r#"--data-raw '{"item":"it'\''s tea"}'"#;
            assert!(command.contains(content), "{command}");
            for written_by_curl in ["Host:", "Content-Length:"] {
                assert!(!command.contains(written_by_curl), "{command}");
            }
        }
        page.refuse_copies().await?;
        page.press_in(Lane::Stateless, "Copy as curl").await?;
        page.says("the browser did not let the page copy").await
    })
}

#[test]
fn a_copied_sign_in_holds_no_password() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.catch_copies();
        page.open().await?;
        page.type_password("a-secret-of-mine").await?;
        page.sign_in().await?;
        page.unfold("Request and response as sent").await?;
        for lane in Lane::BOTH {
            let command = copied_as_curl(page, lane).await?;
            assert!(command.contains("login'"), "{command}");
            assert!(!command.contains("a-secret-of-mine"), "{command}");
        }
        let all = page.console("playground.exchanges()").await?;
        assert!(!all.to_string().contains("a-secret-of-mine"), "{all:#}");
        Ok(())
    })
}

async fn copied_as_curl(page: &Page, lane: Lane) -> anyhow::Result<String> {
    page.press_in(lane, "Copy as curl").await?;
    page.says("copied").await?;
    page.copied().await
}
