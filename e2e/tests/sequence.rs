//! The sequence diagram: who asked whom, moving as it happened, with its twin in words.

use e2e::{Diagram, Failure, Lane, Page, Setup, run, until};
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
                assert_eq!(seen.outside, 0, "words stick out at {width}: {seen:#?}");
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

/// A person presses Play as soon as anything is there: nothing may depend on how far it has come.
async fn rest_at_start(page: &Page) -> anyhow::Result<()> {
    page.tab_to("Replay").await?;
    page.press_key(Key::Enter).await?;
    page.tab_back_to("Step back").await?;
    until("the start of the diagram", async || {
        page.press_key(Key::Enter).await?;
        Ok((arrived(page).await? == 0).then_some(()))
    })
    .await
}

async fn arrived(page: &Page) -> anyhow::Result<usize> {
    let stateful = page.diagram(Lane::Stateful).await?.arrived();
    Ok(stateful + page.diagram(Lane::Stateless).await?.arrived())
}

async fn is_finished(page: &Page) -> anyhow::Result<bool> {
    let stateful = page.diagram(Lane::Stateful).await?.is_finished();
    Ok(stateful && page.diagram(Lane::Stateless).await?.is_finished())
}

async fn finished(page: &Page) -> anyhow::Result<()> {
    until("both diagrams finished", async || {
        Ok(is_finished(page).await?.then_some(()))
    })
    .await
}

#[test]
fn it_is_stepped_played_and_paused_by_keyboard() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in WIDTHS {
            page.set_width(width).await?;
            page.open().await?;
            page.sign_in().await?;
            page.send().await?;
            finished(page).await?;

            rest_at_start(page).await?;
            page.tab_to("Step forward").await?;
            page.press_key(Key::Enter).await?;
            let first = until("the first arrow", async || {
                let count = arrived(page).await?;
                Ok((count > 0).then_some(count))
            })
            .await?;
            assert!(!is_finished(page).await?, "one step is not all of them");
            page.press_key(Key::Enter).await?;
            until("one arrow more", async || {
                Ok((arrived(page).await? > first).then_some(()))
            })
            .await?;
            page.tab_back_to("Step back").await?;
            page.press_key(Key::Space).await?;
            until("one arrow less", async || {
                Ok((arrived(page).await? <= first).then_some(()))
            })
            .await?;

            page.tab_to("Play").await?;
            page.press_key(Key::Space).await?;
            until("the button to pause", async || {
                Ok((page.focus().await?.name == "Pause").then_some(()))
            })
            .await?;
            page.press_key(Key::Space).await?;
            until("the button to go on", async || {
                Ok((page.focus().await?.name == "Play").then_some(()))
            })
            .await?;
            let rests = page.diagram(Lane::Stateful).await?;
            assert!(!is_finished(page).await?, "it did not pause: {rests:#?}");
            // What rests shows the same two paints later.
            page.async_script(
                "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(0)))",
                vec![],
            )
            .await?;
            assert_eq!(page.diagram(Lane::Stateful).await?, rests);
            page.press_key(Key::Space).await?;
            finished(page).await?;
        }
        Ok(())
    })
}

#[test]
fn its_speed_and_how_much_it_is_slowed_are_said() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.send().await?;
        let at_once = slowed(page).await?;
        page.tab_to("Speed").await?;
        page.press_key(Key::Down).await?;
        let twice = until("another factor", async || {
            let factor = slowed(page).await?;
            Ok((factor != at_once).then_some(factor))
        })
        .await?;
        assert!((at_once / twice - 2.0).abs() < 0.1, "{at_once} and {twice}");
        page.says("Network time is modelled").await
    })
}

/// The factor in `slowed 75 ×`.
async fn slowed(page: &Page) -> anyhow::Result<f64> {
    until("by how much it is slowed", async || {
        let words = "return document.querySelector('[role=group][aria-label^=Playback]').innerText";
        let words = page.script(words, vec![]).await?;
        let words = words.as_str().unwrap_or_default().to_owned();
        let factor = words.split_once("slowed ").map(|(_, rest)| rest);
        Ok(factor.and_then(|rest| rest.split(' ').next()?.parse().ok()))
    })
    .await
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

#[test]
fn who_asks_for_less_motion_sees_the_finished_picture_at_once() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in WIDTHS {
            page.set_width(width).await?;
            page.prefer_less_motion().await?;
            page.open().await?;
            // Looks at each paint, from within the page: nothing may pass unseen.
            page.script(WATCH, vec![]).await?;
            page.sign_in().await?;
            page.send().await?;
            for lane in Lane::BOTH {
                let seen = page.diagram(lane).await?;
                assert!(!seen.arrows.is_empty() && seen.is_finished(), "{seen:#?}");
            }
            let moved = page.script("return window.moved", vec![]).await?;
            assert_eq!(moved, 0, "arrows were seen on their way");
            // Steps still show one after the other, without a way between.
            rest_at_start(page).await?;
            page.tab_to("Step forward").await?;
            page.press_key(Key::Enter).await?;
            until("the first arrow, whole", async || {
                Ok((arrived(page).await? > 0).then_some(()))
            })
            .await?;
            let moved = page.script("return window.moved", vec![]).await?;
            assert_eq!(moved, 0, "a step moved");
        }
        Ok(())
    })
}

/// Counts the arrows that were painted somewhere on their way.
const WATCH: &str = "\
window.moved = 0;
const isBetween = (share) => share > 0.001 && share < 0.999;
const look = () => {
  for (const group of document.querySelectorAll('svg[role=img] > g')) {
    const [track, wire] = group.querySelectorAll('line');
    if (!wire) continue;
    const [from, to, tip] = [track.getAttribute('x1'), track.getAttribute('x2'), wire.getAttribute('x2')].map(parseFloat);
    if (isBetween((tip - from) / (to - from))) window.moved += 1;
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);";
