//! The playback of the diagrams: it moves as it happened, stops where one wants, and not at all for who asks for that.

use e2e::{Diagram, Failure, Lane, Page, Setup, run, until};
use thirtyfour::Key;

const WIDTHS: [u32; 2] = [1440, 390];

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
    Ok(both(page).await?.iter().map(Diagram::arrived).sum())
}

/// How many arrows have arrived, once nothing moves any more. A lane may rest with an arrow on its way, where the other
/// lane's has just arrived.
async fn rested(page: &Page) -> anyhow::Result<usize> {
    until("the diagrams to rest", async || {
        let seen = both(page).await?;
        some_paints(page).await?;
        let rests = both(page).await? == seen;
        Ok(rests.then_some(seen.iter().map(Diagram::arrived).sum()))
    })
    .await
}

async fn both(page: &Page) -> anyhow::Result<[Diagram; 2]> {
    Ok([
        page.diagram(Lane::Stateful).await?,
        page.diagram(Lane::Stateless).await?,
    ])
}

/// Enough of them that whatever moves is seen to.
async fn some_paints(page: &Page) -> anyhow::Result<()> {
    let script = "\
const done = arguments[0];
const paint = (left) => requestAnimationFrame(() => (left > 0 ? paint(left - 1) : done(0)));
paint(8);";
    page.async_script(script, vec![]).await?;
    Ok(())
}

async fn is_finished(page: &Page) -> anyhow::Result<bool> {
    Ok(both(page).await?.iter().all(Diagram::is_finished))
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
        page.prefer_motion().await?;
        for width in WIDTHS {
            page.set_width(width).await?;
            page.open().await?;
            page.sign_in().await?;
            page.send().await?;
            finished(page).await?;

            rest_at_start(page).await?;
            page.tab_to("Step forward").await?;
            page.press_key(Key::Enter).await?;
            let first = rested(page).await?;
            assert!(first > 0, "one step brings the first arrow");
            assert!(!is_finished(page).await?, "one step is not all of them");
            page.press_key(Key::Enter).await?;
            let second = rested(page).await?;
            assert!(second > first, "{second} arrows after {first}");
            page.tab_back_to("Step back").await?;
            page.press_key(Key::Space).await?;
            assert_eq!(rested(page).await?, first);

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
            some_paints(page).await?;
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
        page.prefer_motion().await?;
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
fn nothing_arrives_before_what_came_before_it() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.prefer_motion().await?;
        page.open().await?;
        page.script(WATCH, vec![]).await?;
        page.sign_in().await?;
        finished(page).await?;
        page.send().await?;
        finished(page).await?;
        let moved = page.script("return window.moved", vec![]).await?;
        assert!(
            moved.as_u64() > Some(0),
            "nothing was seen on its way: {moved}"
        );
        let early = page.script("return window.early", vec![]).await?;
        assert_eq!(
            early, 0,
            "arrows left before the one before them had arrived"
        );
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

/// Looks at each paint: counts the arrows that were somewhere on their way, and those that left too early.
const WATCH: &str = "\
window.moved = 0;
window.early = 0;
const share = (group) => {
  const [track, wire] = group.querySelectorAll('line');
  if (!wire) return 1 - group.querySelector('[stroke-dashoffset]').getAttribute('stroke-dashoffset');
  const [from, to, tip] = [track.getAttribute('x1'), track.getAttribute('x2'), wire.getAttribute('x2')].map(parseFloat);
  return (tip - from) / (to - from);
};
const look = () => {
  for (const drawing of document.querySelectorAll('svg[role=img]')) {
    const shares = [...drawing.querySelectorAll(':scope > g')].map(share);
    window.moved += shares.filter((it) => it > 0.001 && it < 0.999).length;
    window.early += shares.filter((it, place) => place > 0 && it > 0.001 && shares[place - 1] < 0.999).length;
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);";
