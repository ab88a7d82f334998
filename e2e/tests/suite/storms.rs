//! More at once than anyone asks for: all of it is answered, in order.

use e2e::{Failure, Page, Setup, run, until};
use serde_json::json;

const CLICKS: u64 = 300;
/// How many rows the history shows.
const SHOWN: u64 = 20;

/// Presses buttons within one turn of the page's own loop, as no hand can. Each is the start of a name.
const PRESS: &str = "\
const name = (it) => it.getAttribute('aria-label') ?? it.textContent.trim();
for (const start of arguments[0]) {
  [...document.querySelectorAll('button')].find((it) => name(it).startsWith(start)).click();
}";

async fn press_at_once(page: &Page, buttons: Vec<&str>) -> anyhow::Result<()> {
    page.script(PRESS, vec![json!(buttons)]).await?;
    Ok(())
}

#[test]
fn three_hundred_clicks_are_all_answered_and_the_page_goes_on() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.prefer_motion().await?;
        page.open().await?;
        page.sign_in().await?;
        press_at_once(page, vec!["Send to both"; CLICKS as usize]).await?;
        // It takes other input meanwhile.
        page.press("Theme: as the system").await?;
        page.fill("Account name", "")
            .await
            .expect_err("there is no such field yet");
        page.choose_account("another").await?;
        page.fill("Account name", "somebody").await?;
        let last = until("all answers", async || {
            let answers = page.answers().await?;
            Ok((answers.number == CLICKS + 1).then_some(answers))
        })
        .await?;
        assert_eq!(last.statuses(), [200, 200], "{last:#?}");
        assert_eq!(page.filled("Account name").await?, "somebody");

        let statuses = "playground.exchanges().then((all) => all.slice(2).map((it) => it.status))";
        let statuses = page.console(statuses).await?;
        assert_eq!(statuses, json!(vec![200; 2 * CLICKS as usize]));
        let past = page.past().await?;
        assert_eq!(past.rows.len() as u64, SHOWN);
        let numbers = past.rows.iter().map(|row| row.number);
        assert!(
            numbers.eq((CLICKS + 2 - SHOWN..=CLICKS + 1).rev()),
            "{:#?}",
            past.rows
        );
        let hidden = CLICKS + 1 - SHOWN;
        let said = format!("Not shown: {hidden} earlier.");
        assert!(
            past.note.ends_with(&said),
            "{}, and not “{said}”",
            past.note
        );
        page.choose_request("GET /nowhere").await?;
        assert_eq!(page.send().await?.statuses(), [404, 404]);
        Ok(())
    })
}

#[test]
fn a_kill_between_two_requests_counts_for_the_second_alone() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        until("the button to kill", async || {
            let sessions = page.answers().await?.stateful.sessions;
            Ok((sessions.len() == 1).then_some(()))
        })
        .await?;
        press_at_once(page, vec!["Send to both", "Kill session", "Send to both"]).await?;
        let rows = until("all three in the history", async || {
            let rows = page.past().await?.rows;
            Ok((rows.len() == 4).then_some(rows))
        })
        .await?;
        assert_eq!(rows[0].statuses(), ["✕ 401", "✓ 200"], "{rows:#?}");
        assert!(rows[0].differs(), "{rows:#?}");
        let [event, before] = if rows[1].can_be_shown { [2, 1] } else { [1, 2] };
        assert!(rows[event].text().contains("was killed"), "{rows:#?}");
        assert_eq!(rows[before].statuses(), ["✓ 200", "✓ 200"], "{rows:#?}");
        Ok(())
    })
}

#[test]
fn a_sign_out_between_two_requests_counts_for_the_second_alone() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        press_at_once(
            page,
            vec!["Send to both", "Sign out of both", "Send to both"],
        )
        .await?;
        let rows = until("all three in the history", async || {
            let rows = page.past().await?.rows;
            Ok((rows.len() == 4).then_some(rows))
        })
        .await?;
        assert_eq!(rows[0].statuses(), ["✕ 401", "✕ 401"], "{rows:#?}");
        assert_eq!(rows[2].statuses(), ["✓ 200", "✓ 200"], "{rows:#?}");
        Ok(())
    })
}

/// Counts the empty tasks that keep the page's thread awake; `null` where the browser offers none.
const COUNT_TASKS: &str = "\
window.tasks = null;
if (window.scheduler?.postTask) {
  const own = scheduler.postTask.bind(scheduler);
  window.tasks = 0;
  scheduler.postTask = (...all) => {
    window.tasks += 1;
    return own(...all);
  };
}";

/// How many there were in a storm, once there have been none for fifty milliseconds.
const STORM: &str = "\
const [done] = arguments;
(async () => {
  for (let each = 0; each < 50; each += 1) await playground.sendToBoth('/me');
  let before;
  do {
    before = window.tasks;
    await new Promise((resolve) => setTimeout(resolve, 50));
  } while (window.tasks !== before);
  return before;
})().then(done, (error) => done(String(error)));";

#[test]
fn after_a_storm_the_page_rests() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.before_each_load(COUNT_TASKS);
        page.open().await?;
        page.sign_in().await?;
        let tasks = page.async_script(STORM, Vec::new()).await?;
        let is_kept_awake = tasks.as_u64().map(|tasks| tasks > 0);
        assert!(is_kept_awake.unwrap_or(tasks.is_null()), "{tasks}");
        Ok(())
    })
}
