//! How long the first visit takes. From this machine to itself: the network costs nothing here.

use crate::figure::{Bar, Figure};
use e2e::Page;

/// Notes when the page took its first question, and when the answer came.
const NOTE_FIRST_ANSWER: &str = "\
Object.defineProperty(window, 'playground', {
  configurable: true,
  set(playground) {
    Object.defineProperty(window, 'playground', { value: playground, configurable: true });
    const asked = performance.now();
    playground.inspect('').then(() => { window.firstAnswer = [asked, performance.now()]; });
  },
});";

/// Milliseconds after the navigation.
pub async fn measure(page: &Page) -> anyhow::Result<Vec<Figure>> {
    page.before_each_load(NOTE_FIRST_ANSWER);
    page.open().await?;
    let seen = e2e::until("the first answer", async || {
        let script = "return window.firstAnswer && [performance.getEntriesByName('first-contentful-paint')[0].startTime, ...window.firstAnswer]";
        let seen = page.script(script, Vec::new()).await?;
        Ok(serde_json::from_value::<[f64; 3]>(seen).ok())
    });
    let [painted, taking_input, answered] = seen.await?;
    Ok(vec![
        Figure::new("First visit: first paint", painted, "ms", Bar::None),
        Figure::new("First visit: takes input", taking_input, "ms", Bar::None),
        Figure::new("First visit: first answer", answered, "ms", Bar::None),
    ])
}
