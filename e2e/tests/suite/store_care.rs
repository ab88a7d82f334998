//! Store, session care: a user's own sessions on several devices, and what an administrator does to them.

use e2e::{Failure, Lane, Page, Part, PartView, Setup, run};

const CARE: &str = "Session care";
const LISTED: &str = "Sessions as the answer lists them";
const PASSWORD: &str = "Password, to end a session";

/// Has the list made anew, until it has so many sessions.
async fn list(group: &Part<'_>, count: usize) -> anyhow::Result<PartView> {
    group.press("Show my sessions").await?;
    group.says(&format!("{LISTED}: {count} (counted)")).await
}

/// Signs the member in elsewhere.
async fn sign_in_on(page: &Page, group: &Part<'_>, device: &str) -> anyhow::Result<()> {
    let before = page.console("playground.sessions()").await?;
    let before = before.as_array().map_or(0, Vec::len);
    group.choose("Device", device).await?;
    group.press("Sign in on another device").await?;
    e2e::until("another session", async || {
        let now = page.console("playground.sessions()").await?;
        Ok((now.as_array().map_or(0, Vec::len) > before).then_some(()))
    })
    .await
}

/// The button that ends the session of that device.
fn end_button(seen: &PartView, device: &str) -> anyhow::Result<String> {
    let table = seen.table(LISTED)?;
    let row = table.rows.iter().find(|row| row.cells[1].contains(device));
    let row = row.ok_or_else(|| anyhow::anyhow!("no “{device}”: {table:#?}"))?;
    Ok(format!("End the session {}", row.cells[0]))
}

#[test]
fn a_user_ends_one_session_or_all_others_with_the_password() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_store().await?;
        let group = page.part(CARE).group("Lane A");
        group.press("Show my sessions").await?;
        group.says("401").await?;
        page.sign_member_in().await?;
        let seen = list(&group, 1).await?;
        assert_eq!(seen.table(LISTED)?.column("which")?, ["this one"]);

        sign_in_on(page, &group, "a phone").await?;
        sign_in_on(page, &group, "a laptop").await?;
        let seen = list(&group, 3).await?;
        let devices = seen.table(LISTED)?.column("device")?.join(" | ");
        let own = page
            .script("return navigator.userAgent.slice(0, 60)", Vec::new())
            .await?;
        for words in ["iPhone", "Firefox", own.as_str().unwrap_or("none")] {
            assert!(devices.contains(words), "{devices}");
        }
        let own = seen.table(LISTED)?.column("which")?;
        assert_eq!(own.iter().filter(|it| **it == "this one").count(), 1);

        group.fill(PASSWORD, "wrong").await?;
        let end = end_button(&seen, "iPhone")?;
        for button in [end.as_str(), "End all others"] {
            group.press(button).await?;
            let seen = group.says("password is wrong").await?;
            assert_eq!(seen.table(LISTED)?.rows.len(), 3, "{button}: {seen:#?}");
            list(&group, 3).await?;
        }
        group.fill(PASSWORD, e2e::SAMPLE_PASSWORD).await?;
        group.press(&end).await?;
        let seen = group.says(&format!("{LISTED}: 2")).await?;
        assert!(seen.says("That session is ended"), "{seen:#?}");
        assert!(!seen.text.contains("iPhone"), "{seen:#?}");

        sign_in_on(page, &group, "a television").await?;
        group.press("End all others").await?;
        let seen = group.says(&format!("{LISTED}: 1")).await?;
        assert!(seen.says("Ended: 2 other sessions."), "{seen:#?}");
        assert_eq!(seen.table(LISTED)?.column("which")?, ["this one"]);
        assert_eq!(page.statuses_of("/me").await?, [200, 200]);
        let left = page.console("playground.sessions()").await?;
        assert_eq!(left.as_array().map(Vec::len), Some(1), "{left}");

        let other = page.part(CARE).group("Lane B");
        other.says("There are none to list").await?;
        other.press("Sign in on another device").await?;
        other.says("Signed in").await?;
        Ok(())
    })
}

#[test]
fn an_administrator_changes_roles_suspends_and_signs_out_everywhere() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_store().await?;
        let care = page.part(CARE);
        let says = async |words: &str| care.is(words, |seen| seen.says(words)).await;
        page.sign_member_in().await?;
        let before = page.session_id().await?;
        assert_eq!(page.statuses_of("/admin/users").await?, [403, 403]);

        // A role: at once where it is looked up, under a new ID; only with the next token elsewhere.
        care.choose("Role of user 42", "admin").await?;
        says("User #42 has the role admin now.").await?;
        assert_eq!(page.statuses_of("/admin/users").await?, [200, 403]);
        let last = page.last_exchange(Lane::Stateful).await?;
        let steps = last["steps"].as_array().cloned().unwrap_or_default();
        let renewed = steps.iter().find(|it| it["name"] == "sessionRenewed");
        assert!(
            renewed.is_some_and(|it| it["outcome"] != "not reached"),
            "{last:#}"
        );
        let after = page.session_id().await?;
        assert!(after.is_some() && after != before, "a new ID");

        // A suspension: the session is gone at once, the token goes on.
        care.tick("User 42 is suspended").await?;
        let seen = says("User #42 is suspended. 1 session ended.").await?;
        assert!(
            seen.says("Access tokens that are out go on for up to"),
            "{seen:#?}"
        );
        assert_eq!(page.statuses_of("/me").await?, [401, 200]);
        let refused = page
            .console("playground.signIn('member', 'sample-password')")
            .await?;
        for lane in ["stateful", "stateless"] {
            let status = refused[lane]["status"].as_u64().unwrap_or_default();
            assert!(status == 401 || status == 403, "{refused:#}");
        }
        care.tick("User 42 is suspended").await?;
        says("User #42 may sign in again.").await?;
        page.sign_member_in().await?;

        let group = care.group("Lane A");
        sign_in_on(page, &group, "a phone").await?;
        care.press("Lane A sign out user 42 everywhere").await?;
        says("User #42: 2 sessions ended.").await?;
        care.press("Lane B sign out user 42 everywhere").await?;
        let seen = says("User #42: There was nothing on the server to end.").await?;
        assert!(seen.says("nothing here can end them"), "{seen:#?}");
        assert_eq!(page.statuses_of("/me").await?, [401, 200]);

        page.console("playground.configure('b', 'user-version')")
            .await?;
        page.sign_member_in().await?;
        care.press("Lane B sign out user 42 everywhere").await?;
        says("lane’s version number was raised").await?;
        assert_eq!(page.statuses_of("/me").await?, [200, 401]);
        Ok(())
    })
}
