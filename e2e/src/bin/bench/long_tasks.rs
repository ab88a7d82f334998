//! Tasks of 50 ms and more, as the browser itself reports them.

use crate::figure::{Bar, Figure};
use e2e::Page;

/// What a person notices as a stutter, in milliseconds: the browser reports no shorter task.
const BAR_MILLISECONDS: f64 = 50.0;

const WATCH: &str = "\
window.longTasks = [];
window.longTaskObserver?.disconnect();
window.longTaskObserver = new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.longTasks.push(entry.duration);
});
window.longTaskObserver.observe({ type: 'longtask' });";

const TAKE: &str = "\
window.longTasks.push(...window.longTaskObserver.takeRecords().map((entry) => entry.duration));
return window.longTasks;";

/// From now on long tasks are noted.
pub async fn watch(page: &Page) -> anyhow::Result<()> {
    page.script(WATCH, Vec::new()).await?;
    Ok(())
}

/// How many there were since, and the longest: 0 where there was none.
pub async fn figures(page: &Page, names: [&'static str; 2]) -> anyhow::Result<[Figure; 2]> {
    let seen: Vec<f64> = serde_json::from_value(page.script(TAKE, Vec::new()).await?)?;
    let longest = seen.iter().copied().fold(0.0, f64::max);
    let [how_many, how_long] = names;
    Ok([
        Figure::new(how_many, seen.len() as f64, "", Bar::None),
        Figure::new(how_long, longest, "ms", Bar::AtMost(BAR_MILLISECONDS)),
    ])
}
