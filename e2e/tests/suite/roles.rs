//! A role that an administrator changes: known at the next request where the server looks its users up, and only once the
//! token has expired where it does not.

use e2e::{Answers, Failure, Lane, LaneView, Page, Setup, Token, run};

const STALE: &str = "The token says role member, the users table says admin.";

/// Sends, whatever event came just before.
async fn send(page: &Page) -> anyhow::Result<Answers> {
    page.press_for_request("Send to both", "GET /admin/users")
        .await
}

/// An administrator gives the member another role.
async fn give_role(page: &Page, role: &str) -> anyhow::Result<()> {
    page.go_to_scene("Store").await?;
    page.says("An administrator").await?;
    page.choose("Role of user 42", role).await?;
    page.says(&format!("User #42 has the role {role} now."))
        .await?;
    page.go_to_scene("Compare").await?;
    page.newest(&format!("An administrator gave user #42 the role {role}."))
        .await?;
    Ok(())
}

#[test]
fn another_role_counts_at_once_for_a_session_and_after_its_end_for_a_token() -> Result<(), Failure>
{
    run(Setup::default(), async |page| {
        page.open().await?;
        page.press_for_request("Sign in to both", "POST /login")
            .await?;
        page.choose_request("GET /admin/users").await?;
        assert_eq!(send(page).await?.statuses(), [403, 403]);
        let old = page.session_id().await?.unwrap_or_default();

        give_role(page, "admin").await?;
        page.lane_is(Lane::Stateless, STALE, |seen| {
            seen.on_the_server.contains(STALE)
        })
        .await?;
        assert_eq!(page.session_id().await?.as_ref(), Some(&old), "not yet");

        let seen = send(page).await?;
        assert_eq!(seen.statuses(), [200, 403], "{seen:#?}");
        let renewed = seen
            .stateful
            .steps
            .iter()
            .find(|step| step.text.contains("goes on under a new ID"));
        let renewed = renewed.map_or("", |step| &step.text);
        assert!(
            renewed.contains("role = member → admin"),
            "{:#?}",
            seen.stateful.steps
        );
        let new = page.session_id().await?.unwrap_or_default();
        assert_ne!(new, old, "a new session ID");
        page.lane_is(Lane::Stateful, "the audit log", |seen| {
            let newest = seen.audit.first();
            newest.is_some_and(|line| line.contains("session renewed: the role changed"))
        })
        .await?;
        let said = &seen.stateless.sentence;
        assert!(said.contains("your role does not allow this"), "{said}");

        // The same ID at the next request; the old one is nobody's.
        assert_eq!(send(page).await?.statuses(), [200, 403]);
        assert_eq!(page.session_id().await?.as_ref(), Some(&new));
        page.put_session_id(&old).await?;
        assert_eq!(send(page).await?.statuses(), [401, 403]);
        page.put_session_id(&new).await?;
        Ok(())
    })
}

#[test]
fn a_stale_token_is_said_to_be_stale_until_it_expires() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.press_for_request("Sign in to both", "POST /login")
            .await?;
        page.choose_request("GET /admin/users").await?;
        give_role(page, "admin").await?;
        // How old it is follows the clock.
        page.move_clock("+1 min").await?;
        let seen = page
            .lane_is(Lane::Stateless, "how old the token is", |seen| {
                seen.on_the_server.contains("The token is 1:")
            })
            .await?;
        let said = seen.on_the_server;
        assert!(said.contains(STALE), "{said}");
        let token = Token::read(&page.token().await?.unwrap_or_default())?;
        let end = page.time_of_day(&token.payload["exp"]).await?;
        let until_then = format!("the server goes by it until {end}");
        assert!(said.contains(&until_then), "{until_then}: {said}");
        assert_eq!(send(page).await?.statuses(), [200, 403]);
        crate::looks::look(page, "stale-role").await?;

        page.move_clock("+15 min").await?;
        let gone = |seen: &LaneView| !seen.on_the_server.contains("The token says role");
        page.lane_is(Lane::Stateless, "the sentence gone with the token", gone)
            .await?;
        page.press_for_request("Sign in to both", "POST /login")
            .await?;
        assert_eq!(send(page).await?.statuses(), [200, 200]);
        page.lane_is(Lane::Stateless, "a token that says what is so", gone)
            .await?;

        // Taken away again, the token keeps what the session has lost.
        give_role(page, "member").await?;
        let seen = send(page).await?;
        assert_eq!(seen.statuses(), [403, 200], "{seen:#?}");
        let words = "The token says role admin, the users table says member.";
        page.lane_is(Lane::Stateless, words, |seen| {
            seen.on_the_server.contains(words)
        })
        .await?;
        Ok(())
    })
}
