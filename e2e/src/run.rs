//! One test: a site, a browser, what a person does, and then the console and the network must have been quiet.

use crate::browser::Browser;
use crate::failure::Failure;
use crate::net_log;
use crate::page::Page;
use crate::prepared::Prepared;
use crate::second_try;
use crate::site::Site;
use anyhow::anyhow;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::LocalSet;

/// How long a test may take.
const LIMIT: Duration = Duration::from_secs(180);

/// Run before the page's own script: a browser that has no service workers.
const WITHOUT_SERVICE_WORKERS: &str = "delete Navigator.prototype.serviceWorker;";

/// How many browsers run at a time: more only make each other slow.
static SLOTS: Semaphore = Semaphore::const_new(2);

/// Where and in what a test runs.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    /// The folder that the page is served in, with a slash at both ends.
    pub folder: &'static str,
    /// How the browser is before.
    pub prepared: Prepared,
    /// Whether the page finds service workers. Without, each load of it comes from the site as that is then.
    pub service_workers: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            folder: "/sub/",
            prepared: Prepared::Plainly,
            service_workers: false,
        }
    }
}

impl Setup {
    /// As usual, in a browser that was started for it: what is measured must not have been used before.
    pub fn just_started() -> Self {
        Self {
            prepared: Prepared::JustStarted,
            ..Self::default()
        }
    }
}

/// Runs a test, and ends all that it started, however it went. What the test gives is handed on. Where second tries are
/// asked for, one that fails is run again from its start, in a new browser.
///
/// # Errors
/// What the test found, or an error in the console, or a request that left the site.
pub fn run<T, R>(setup: Setup, test: T) -> Result<R, Failure>
where
    T: AsyncFn(&Page) -> anyhow::Result<R> + 'static,
    R: 'static,
{
    let test = Rc::new(test);
    match second_try::asked_for() {
        None => run_once(setup, &test),
        Some(file) => second_try::twice(&name(), &file, || run_once(setup, &test)),
    }
}

fn run_once<T, R>(setup: Setup, test: &Rc<T>) -> Result<R, Failure>
where
    T: AsyncFn(&Page) -> anyhow::Result<R> + 'static,
    R: 'static,
{
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(error.to_string()))?;
    runtime
        .block_on(LocalSet::new().run_until(run_in_slot(setup, test.clone())))
        .map_err(Failure::from)
}

/// The test's own: the harness runs each in a thread of its name.
fn name() -> String {
    std::thread::current().name().unwrap_or("test").to_owned()
}

async fn run_in_slot<T, R>(setup: Setup, test: Rc<T>) -> anyhow::Result<R>
where
    T: AsyncFn(&Page) -> anyhow::Result<R> + 'static,
    R: 'static,
{
    let _slot = SLOTS.acquire().await?;
    let site = Arc::new(Site::open(setup.folder)?);
    let browser = Browser::start(setup.prepared).await?;
    if !setup.service_workers {
        // What is kept for offline use must be the build's own, without any script of a test's.
        site.before_page(WITHOUT_SERVICE_WORKERS);
        if !browser.engine.tells_of_all_errors() {
            site.tell_of_errors();
        }
    }
    let page = Page::new(browser.engine, browser.driver.clone(), site.clone());

    let outcome = carry_out(&page, test).await;
    if outcome.is_err() {
        page.report_failure(&name()).await;
    }
    site.release();
    let console = page.check_console().await;
    let went_well = outcome.is_ok() && console.is_ok();
    let asked = browser.end(&site.origin(), went_well).await;

    let found = outcome?;
    console?;
    // Where the engine doesn't tell what it asked for, its policy's own reports are in the console.
    if let Some(asked) = asked? {
        net_log::check(&asked, &site.origin(), &site.requests())?;
    }
    Ok(found)
}

/// A test that panics must not leave a browser behind: it runs as a task of its own.
async fn carry_out<T, R>(page: &Page, test: Rc<T>) -> anyhow::Result<R>
where
    T: AsyncFn(&Page) -> anyhow::Result<R> + 'static,
    R: 'static,
{
    let page = page.clone();
    let task = tokio::task::spawn_local(async move { test(&page).await });
    let abort = task.abort_handle();
    match tokio::time::timeout(LIMIT, task).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(panicked)) => Err(anyhow!("{panicked}")),
        Err(_) => {
            abort.abort();
            Err(anyhow!("not over after {} s", LIMIT.as_secs()))
        }
    }
}
