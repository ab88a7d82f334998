//! The sequence diagram: who asked whom, in a picture that can be read, with its twin in words.

use e2e::{Diagram, Failure, Lane, Page, Setup, run};
use thirtyfour::Key;

const WIDTHS: [u32; 2] = [1440, 390];

#[test]
fn it_says_who_asked_whom_and_leaves_the_database_out_where_it_was_not_asked() -> Result<(), Failure>
{
    run(Setup::default(), async |page| {
        for width in WIDTHS {
            page.set_width(width).await?;
            page.open().await?;
            if width == WIDTHS[0] {
                let empty = page.diagram(Lane::Stateless).await?;
                assert_eq!(empty.remark, "each message will move here");
            }
            page.sign_in().await?;
            page.send().await?;
            for lane in Lane::BOTH {
                let seen = page.diagram_when(lane, "a finished diagram", Diagram::is_finished);
                let seen = seen.await?;
                assert_eq!(seen.title, "Who asked whom: GET /me, answered 200 OK");
                assert_eq!(seen.parties, ["Browser", "Server", "Database"]);
                assert!(seen.refers_to_steps, "{seen:#?}");
                assert!(seen.arrows.iter().all(|arrow| arrow.is_drawn), "{seen:#?}");
                let wrong = unreadable(&seen, width);
                assert!(wrong.is_empty(), "{wrong:#?}");
                let asks = seen.arrows.iter().any(|it| it.label.starts_with("SELECT"));
                let (remark, by_record) = match lane {
                    Lane::Stateful => ("", true),
                    Lane::Stateless => ("not asked", false),
                };
                assert_eq!(seen.remark, remark, "{seen:#?}");
                assert_eq!(asks, by_record, "{seen:#?}");
            }
            let alone = page.diagram(Lane::Stateless).await?;
            let checked = |label: &str| label == "HMAC-SHA256 = same";
            let checks = alone.arrows.iter().any(|it| checked(&it.label));
            assert!(checks, "no arrow for the signature: {alone:#?}");
            let (over, outside) = page.overflow().await?;
            assert!(over <= 0, "{over} px too wide at {width}: {outside}");
        }
        Ok(())
    })
}

/// The smallest that text may be set anywhere.
const LEAST_TEXT_PIXELS: f64 = 12.0;

/// What is wrong with how it can be read.
fn unreadable(seen: &Diagram, width: u32) -> Vec<String> {
    let title = &seen.title;
    let outside = seen.outside.iter();
    let outside = outside.map(|it| format!("{title}, at {width}: “{it}” sticks out"));
    let overlapping = seen.overlapping.iter();
    let overlapping = overlapping.map(|it| format!("{title}, at {width}: {it} overlap"));
    let smallest = seen.smallest_text_pixels;
    let small = (smallest < LEAST_TEXT_PIXELS).then(|| format!("at {width}: {smallest} px"));
    outside.chain(overlapping).chain(small).collect()
}

#[test]
fn its_words_can_be_read_whatever_was_asked_at_any_width() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.prefer_less_motion().await?;
        page.open().await?;
        let mut asked = vec![page.sign_in().await?];
        for request in [
            "GET /orders",
            "POST /orders",
            "GET /admin/users",
            "GET /nowhere",
        ] {
            page.choose_request(request).await?;
            asked.push(page.send().await?);
        }
        page.put_session_id("edited").await?;
        page.put_token("edited.by.hand").await?;
        asked.push(page.send().await?);
        asked.push(page.sign_in().await?);
        asked.push(page.sign_out().await?);
        let mut wrong = Vec::new();
        for answers in asked {
            page.look_again(answers.number).await?;
            let title = answers.row[1]
                .split(" they")
                .next()
                .unwrap_or_default()
                .to_owned();
            for width in [1440, 820, 390, 320] {
                page.set_width(width).await?;
                for lane in Lane::BOTH {
                    let is_it = |it: &Diagram| it.title.contains(&title) && it.is_finished();
                    let seen = page.diagram_when(lane, &title, is_it).await?;
                    wrong.extend(unreadable(&seen, width));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        Ok(())
    })
}

#[test]
fn pointing_at_one_twin_marks_the_other() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.send().await?;
        finished(page).await?;
        for (lane, step, arrow) in [
            (Lane::Stateful, "The store has a session", "SELECT"),
            (Lane::Stateless, "The signature is the one", "HMAC-SHA256"),
        ] {
            page.point_at_step(lane, step).await?;
            let seen = page
                .diagram_when(lane, "a marked arrow", |it| !it.marked_arrows().is_empty())
                .await?;
            let marked = seen.marked_arrows();
            assert!(marked.iter().any(|it| it.contains(arrow)), "{marked:?}");
            page.point_at_arrow(lane, arrow).await?;
            let seen = page
                .diagram_when(lane, "the step of that arrow", |it| {
                    it.marked_steps().iter().any(|it| it.contains(step))
                })
                .await?;
            assert!(seen.marked_arrows().iter().any(|it| it.contains(arrow)));
        }
        // One lane's marks are none of the other's.
        let other = page.diagram(Lane::Stateful).await?;
        assert!(other.marked_arrows().is_empty(), "{other:#?}");
        Ok(())
    })
}

#[test]
fn a_step_with_the_focus_marks_its_arrow() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.send().await?;
        finished(page).await?;
        let focus = page.tab_to("✓…").await?;
        assert_eq!(focus.element, "li", "the list of steps is one stop");
        let mut marked_by_step = Vec::new();
        let steps = page.diagram(Lane::Stateful).await?.steps.len();
        for _ in 1..steps {
            page.press_key(Key::Down).await?;
            let focus = page.focus().await?;
            assert!(focus.is_visible, "{focus:?}");
            let seen = page.diagram(Lane::Stateful).await?;
            let said = seen.marked_steps();
            assert!(
                said.iter().any(|it| **it == focus.name),
                "{focus:?} {said:?}"
            );
            marked_by_step.push(seen.marked_arrows().len());
        }
        assert!(
            marked_by_step.iter().all(|count| *count > 0),
            "{marked_by_step:?}"
        );
        page.press_key(Key::Home).await?;
        let seen = page.diagram(Lane::Stateful).await?;
        assert!(seen.steps[0].is_marked, "{seen:#?}");
        Ok(())
    })
}

/// Waits until both diagrams are whole.
async fn finished(page: &Page) -> anyhow::Result<()> {
    for lane in Lane::BOTH {
        page.diagram_when(lane, "a finished diagram", Diagram::is_finished)
            .await?;
    }
    Ok(())
}
