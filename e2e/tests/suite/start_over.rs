//! Starting over: it asks, and then nothing of before is left.

use e2e::{Failure, Lane, Page, Setup, run, until};

const QUESTION: &str = "Clear this page’s cookies, token, database and history?";

async fn with_something_to_lose(page: &Page) -> anyhow::Result<()> {
    page.open().await?;
    page.sign_in().await?;
    page.choose_request("POST /orders").await?;
    page.send().await?;
    page.choose_request("GET /me").await?;
    page.move_clock("+1 min").await?;
    page.press("Start over").await?;
    page.says(QUESTION).await
}

#[test]
fn it_asks_and_who_keeps_keeps_everything() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in [1440, 390] {
            page.set_width(width).await?;
            with_something_to_lose(page).await?;
            let (over, outside) = page.overflow().await?;
            assert!(over <= 0, "the question sticks out {over} px: {outside}");
            page.press("Keep").await?;
            until("the question to go", async || {
                Ok(page.offers("Start over").await?.then_some(()))
            })
            .await?;
            assert!(page.session_id().await?.is_some() && page.token().await?.is_some());
            assert!(page.clock().await?.contains("+1 min"));
            assert_eq!(page.past().await?.rows.len(), 3);
            assert_eq!(page.send().await?.statuses(), [200, 200]);
            page.move_clock("back to now").await?;
        }
        Ok(())
    })
}

#[test]
fn it_clears_browser_server_history_and_clock() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        with_something_to_lose(page).await?;
        let offset = |clock: &str| clock.split("+1 min").count();
        assert_eq!(offset(&page.clock().await?), 3, "the offset and the button");
        page.press("Clear everything").await?;
        page.says("Nothing yet. Each request will stand here")
            .await?;
        let stored = "return [document.cookie, Object.keys(localStorage).join()]";
        let stored = page.script(stored, vec![]).await?;
        assert_eq!(stored, serde_json::json!(["", ""]));
        assert_eq!(offset(&page.clock().await?), 2, "only the button");
        until("an empty sessions table", async || {
            let seen = page.answers().await?;
            let empty = seen.stateful.sessions.is_empty() && seen.stateful.audit.is_empty();
            Ok(empty.then_some(()))
        })
        .await?;
        assert_eq!(
            page.console("playground.sessions()").await?,
            serde_json::json!([])
        );
        assert_eq!(
            page.console("playground.exchanges()").await?,
            serde_json::json!([])
        );
        for lane in Lane::BOTH {
            assert_eq!(
                page.diagram(lane).await?.remark,
                "each message will move here"
            );
        }
        for kept in [
            "Send the kept cookie",
            "Send the kept token",
            "Clear everything",
        ] {
            assert!(!page.offers(kept).await?, "{kept} is still offered");
        }

        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        page.choose_request("GET /orders").await?;
        page.send().await?;
        page.unfold("Request and response as sent").await?;
        let seen = page.answers().await?;
        for lane in seen.both() {
            let had = lane.response.contains("a cup of tea");
            assert!(!had, "the order outlived: {}", lane.response);
        }
        Ok(())
    })
}

#[test]
fn credentials_of_before_are_worthless_after_it() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let id = page.session_id().await?.unwrap_or_default();
        let token = page.token().await?.unwrap_or_default();
        page.press("Start over").await?;
        page.press("Clear everything").await?;
        page.says("Nothing yet. Each request will stand here")
            .await?;
        page.put_session_id(&id).await?;
        page.put_token(&token).await?;
        // A new database has a new key.
        assert_eq!(page.send().await?.statuses(), [401, 401]);
        page.reload().await?;
        assert_eq!(page.send().await?.statuses(), [401, 401]);
        Ok(())
    })
}
