//! What a person does with a mouse: everything is found by the name that a person, or a screen reader, finds it by.

use crate::Lane;
use crate::page::Page;
use crate::reading::Answers;
use crate::wait::until;
use serde_json::Value;
use thirtyfour::{By, WebElement};

/// Answers once an element is at the same place in three frames in a row.
const STANDS_STILL: &str = "\
const [element, done] = arguments;
let before = '';
let frames = 0;
const look = () => {
  const { x, y, width, height } = element.getBoundingClientRect();
  const now = [x, y, width, height].join(' ');
  frames = now === before ? frames + 1 : 0;
  before = now;
  if (frames === 3) done(); else requestAnimationFrame(look);
};
look();";

/// Writes down whether the next click reaches an element.
const AIMS: &str = "\
const [element] = arguments;
window.clickedAt = null;
element.addEventListener('click', () => (window.clickedAt = element), { capture: true, once: true });";

/// Whether it did. Where the click has led to another page, nothing is known of it, nor was it missed.
const MISSED: &str =
    "const missed = window.clickedAt === null; delete window.clickedAt; return missed";

impl Page {
    /// Presses the button of that name.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn press(&self, button: &str) -> anyhow::Result<()> {
        self.press_at(&button_named(button), button).await
    }

    /// Presses the button of that name in a lane.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn press_in(&self, lane: Lane, button: &str) -> anyhow::Result<()> {
        let place = format!("{}{}", section(lane), button_named(button));
        self.press_at(&place, button).await
    }

    /// Presses the first button whose name starts so, in a lane.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn press_starting(&self, lane: Lane, start: &str) -> anyhow::Result<()> {
        let place = format!(
            "{}//button[starts-with(@aria-label, '{start}')]",
            section(lane)
        );
        self.press_at(&place, start).await
    }

    /// Clicks on it: in an engine whose driver first looks where it is and clicks later, once it stands still.
    ///
    /// # Errors
    /// Where the page moved under the click, so that it went beside it.
    pub(crate) async fn click(&self, element: &WebElement) -> anyhow::Result<()> {
        if self.engine.clicks_late() {
            let arguments = vec![element.to_json()?];
            self.async_script(STANDS_STILL, arguments).await?;
        }
        self.script(AIMS, vec![element.to_json()?]).await?;
        element.click().await?;
        let missed = self.script(MISSED, Vec::new()).await;
        anyhow::ensure!(
            !missed.is_ok_and(|missed| missed == true),
            "the page moved under the click"
        );
        Ok(())
    }

    async fn press_at(&self, place: &str, name: &str) -> anyhow::Result<()> {
        until(&format!("the button “{name}”"), async || {
            let button = self.driver.find(By::XPath(place)).await?;
            self.click(&button).await?;
            Ok(Some(()))
        })
        .await
    }

    /// Whether a button of that name can be seen.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn offers(&self, button: &str) -> anyhow::Result<bool> {
        for button in self
            .driver
            .find_all(By::XPath(button_named(button)))
            .await?
        {
            if button.is_displayed().await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the button of that name can be pressed.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn can_press(&self, button: &str) -> anyhow::Result<bool> {
        let button = self.driver.find(By::XPath(button_named(button))).await?;
        Ok(button.is_enabled().await?)
    }

    /// Presses the button of that name, and waits for what both lanes answer.
    ///
    /// # Errors
    /// Where there is no such button, or no answer.
    pub async fn press_for_answers(&self, button: &str) -> anyhow::Result<Answers> {
        let before = self.number_so_far().await?;
        self.press(button).await?;
        self.answers_after(before).await
    }

    /// The number of the latest answers. What shows them may come a moment after the page's buttons.
    async fn number_so_far(&self) -> anyhow::Result<u64> {
        until("the lanes", async || Ok(Some(self.answers().await?.number))).await
    }

    /// Presses the button of that name, and waits for the answers to that very request: events, or other requests, may
    /// come before.
    ///
    /// # Errors
    /// Where there is no such button, or no answer.
    pub async fn press_for_request(&self, button: &str, request: &str) -> anyhow::Result<Answers> {
        let before = self.number_so_far().await?;
        self.press(button).await?;
        until(&format!("the answers to {request}"), async || {
            let seen = self.answers().await?;
            let is_it = seen.row.get(1).is_some_and(|it| it.starts_with(request));
            Ok((seen.number > before && is_it).then_some(seen))
        })
        .await
    }

    /// Types something into the console that sends requests, and waits for what the screen shows of them.
    ///
    /// # Errors
    /// Where it rejects, or nothing shows.
    pub async fn console_for_answers(&self, expression: &str) -> anyhow::Result<(Value, Answers)> {
        let before = self.answers().await?.number;
        let value = self.console(expression).await?;
        Ok((value, self.answers_after(before).await?))
    }

    /// Waits for answers newer than those of that number.
    ///
    /// # Errors
    /// Where none come.
    pub async fn answers_after(&self, number: u64) -> anyhow::Result<Answers> {
        until("the answers", async || {
            let answers = self.answers().await?;
            Ok((answers.number > number).then_some(answers))
        })
        .await
    }

    /// Presses “Sign in to both”.
    ///
    /// # Errors
    /// Where no answer comes.
    pub async fn sign_in(&self) -> anyhow::Result<Answers> {
        self.press_for_answers("Sign in to both").await
    }

    /// Presses “Send to both”.
    ///
    /// # Errors
    /// Where no answer comes.
    pub async fn send(&self) -> anyhow::Result<Answers> {
        self.press_for_answers("Send to both").await
    }

    /// Presses “Sign out of both”.
    ///
    /// # Errors
    /// Where no answer comes.
    pub async fn sign_out(&self) -> anyhow::Result<Answers> {
        self.press_for_answers("Sign out of both").await
    }

    /// Unfolds everything of that summary that is folded.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn unfold(&self, summary: &str) -> anyhow::Result<()> {
        let of_it = format!("summary[normalize-space()='{summary}']");
        let all = self
            .driver
            .find_all(By::XPath(format!("//{of_it}")))
            .await?;
        anyhow::ensure!(!all.is_empty(), "there is no summary “{summary}”");
        let folded = By::XPath(format!("//details[not(@open)]/{of_it}"));
        for summary in self.driver.find_all(folded).await? {
            // Where one lane stands below the other, a heading may stand before it.
            summary.scroll_into_view().await?;
            self.click(&summary).await?;
        }
        Ok(())
    }

    /// Points at something.
    pub(crate) async fn point_at(&self, place: &WebElement) -> anyhow::Result<()> {
        place.scroll_into_view().await?;
        self.driver
            .action_chain()
            .move_to_element_center(place)
            .perform()
            .await?;
        Ok(())
    }
}

fn button_named(name: &str) -> String {
    format!("//button[@aria-label='{name}' or (not(@aria-label) and normalize-space()='{name}')]")
}

/// Where the lane is, whatever its scheme is called: each has its scheme to choose.
pub(crate) fn section(lane: Lane) -> String {
    let place = match lane {
        Lane::Stateful => 1,
        Lane::Stateless => 2,
    };
    format!("(//section[.//label[normalize-space()='Scheme']])[{place}]")
}
