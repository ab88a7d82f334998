//! Fleet, its settings: what is typed, what a link brings, what the next visit finds, and what Compare says of it.

use e2e::{DIE_ON_START, Failure, Page, Setup, run, until};

const COUNT: &str = "Servers in each lane";

#[test]
fn nonsense_stays_as_typed_and_changes_nothing() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_fleet().await?;
        page.deploy_servers(7).await?;
        let servers = page.part("Servers");
        for typed in ["0", "1001", "ten", "-3", "1.5", ""] {
            servers.fill(COUNT, typed).await?;
            servers
                .field_is(COUNT, |seen| {
                    seen.value == typed
                        && seen.is_wrong
                        && seen.note.contains("There are 1 to 1,000 servers")
                })
                .await?;
            assert_eq!(page.deployed().await?["servers"], 7, "{typed}");
        }
        servers.fill(COUNT, "1,000").await?;
        servers
            .field_is(COUNT, |seen| seen.value == "1000" && !seen.is_wrong)
            .await?;
        let requests = page.part("Requests");
        requests.fill("Server", "1001").await?;
        requests
            .field_is("Server", |seen| {
                seen.is_wrong && seen.note.contains("There is no such server.")
            })
            .await?;
        Ok(())
    })
}

#[test]
fn a_link_brings_what_makes_sense_and_says_the_rest() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let servers = page.part("Servers");
        let good = r#"{"servers":12,"balancer":"random","store":{"a":"memory"}}"#;
        page.follow(&format!("#/fleet?fleet={good}&b=%22hybrid%22"))
            .await?;
        servers.says("The link’s fleet holds now.").await?;
        let deployed = page.deployed().await?;
        assert_eq!(deployed["servers"], 12, "{deployed:#}");
        assert_eq!(deployed["balancer"], "random", "{deployed:#}");
        assert_eq!(deployed["store"]["a"], "memory", "{deployed:#}");
        page.fleet_lane("Lane B: Hybrid").view().await?;

        let partly = r#"{"servers":1001,"balancer":"two-choices"}"#;
        page.follow(&format!("#/fleet?fleet={partly}&a=%22hyb"))
            .await?;
        let seen = servers.says("Not all of the link can be used").await?;
        assert!(seen.text.contains("1 to 1,000 servers"), "{}", seen.text);
        assert!(
            seen.text.contains("The part “a” can’t be read."),
            "{}",
            seen.text
        );
        let deployed = page.deployed().await?;
        assert_eq!(deployed["servers"], 12, "{deployed:#}");
        assert_eq!(deployed["balancer"], "two-choices", "{deployed:#}");
        Ok(())
    })
}

#[test]
fn a_fleet_is_kept_for_the_next_visit_without_what_is_wrong_with_it() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_fleet().await?;
        page.deploy_servers(10).await?;
        page.part("Servers").choose("Balancer", "hash").await?;
        page.part("Faults").press("The store dies").await?;
        page.part("Faults").says("The store died.").await?;
        page.reload().await?;
        page.part("Faults")
            .says("Nothing is wrong at present.")
            .await?;
        let deployed = page.deployed().await?;
        assert_eq!(deployed["servers"], 10, "{deployed:#}");
        assert_eq!(deployed["balancer"], "hash-of-id", "{deployed:#}");
        Ok(())
    })
}

/// Whether Compare says how many servers there are.
async fn shows_line(page: &Page) -> anyhow::Result<bool> {
    let script = "return document.body.innerText.includes('In each lane:')";
    Ok(page.script(script, Vec::new()).await? == true)
}

#[test]
fn compare_says_how_many_servers_there_are_and_which_one_answered() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        assert!(!shows_line(page).await?);
        page.console("playground.deploy({ servers: 10 })").await?;
        page.says("In each lane: 10 servers, by turns").await?;
        page.newest("You deployed 10 servers").await?;
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        let answers = page.send().await?;
        assert_eq!(answers.statuses(), [200, 200]);
        page.says("Server 2 of 10 was chosen").await?;
        page.console("playground.fault({ kind: 'server-down', server: 3 })")
            .await?;
        page.says("10 servers, by turns; 1 fault").await?;
        page.newest("Server 3 died").await?;
        // Leaving the scene in the middle of what it asked.
        for _ in 0..3 {
            page.go_to_scene("Fleet").await?;
            page.go_to_scene("Compare").await?;
        }
        until("the line", async || {
            Ok(shows_line(page).await?.then_some(()))
        })
        .await?;
        Ok(())
    })
}

#[test]
fn without_a_worker_that_is_said_and_the_settings_stay() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.expect_error("made to fail");
        page.site().before_worker(DIE_ON_START);
        page.open_without_waiting().await?;
        page.banner("Reload the page").await?;
        page.go_to_scene("Fleet").await?;
        let died = "The server died before it answered.";
        page.fleet_lane("Lane A").says(died).await?;
        page.part("Servers").press("Deploy 10 servers").await?;
        page.part("Faults").press("The store dies").await?;
        page.part("Faults").says("The store died.").await?;
        let trial = page.part("Trial of faults");
        trial.press("Try it").await?;
        let tried = "The worker that tried it died";
        trial.is(tried, |seen| seen.says(tried)).await?;

        page.site().before_worker("");
        page.reload().await?;
        page.fleet_lane("Lane A")
            .says("10 servers, all well")
            .await?;
        Ok(())
    })
}
