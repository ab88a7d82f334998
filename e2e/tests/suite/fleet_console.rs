//! Fleet, from the browser's console.

use e2e::{Failure, Page, Setup, run};
use serde_json::json;

async fn refused(page: &Page, expression: &str) -> String {
    match page.console(expression).await {
        Ok(value) => panic!("{expression} gave {value}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn servers_are_deployed_and_looked_at() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let usual = json!({
            "servers": 1, "balancer": "round-robin", "store": { "a": "database", "b": "database" },
            "keys": "shared", "faults": [],
        });
        assert_eq!(page.deployed().await?, usual);
        for (given, expected) in [
            (
                "{ servers: 10, store: 'memory' }",
                json!({ "servers": 10, "balancer": "round-robin", "keys": "shared", "faults": [],
                        "store": { "a": "memory", "b": "memory" } }),
            ),
            (
                "{ balancer: 'two-choices', store: { b: 'database' }, keys: 'public-halves' }",
                json!({ "servers": 10, "balancer": "two-choices", "keys": "public-halves",
                        "faults": [], "store": { "a": "memory", "b": "database" } }),
            ),
            (
                "{ servers: 1000 }",
                json!({ "servers": 1000, "balancer": "two-choices", "keys": "public-halves",
                        "faults": [], "store": { "a": "memory", "b": "database" } }),
            ),
        ] {
            let deployed = page.console(&format!("playground.deploy({given})")).await?;
            assert_eq!(deployed, expected, "{given}");
        }
        let seen = page.console("playground.fleet()").await?;
        for lane in ["a", "b"] {
            let servers = seen[lane].as_array().map_or(0, Vec::len);
            assert_eq!(servers, 1_000);
            assert_eq!(seen[lane][999]["server"], 1_000);
        }
        Ok(())
    })
}

#[test]
fn faults_begin_and_end() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.console("playground.deploy({ servers: 10 })").await?;
        page.sign_member_in().await?;
        let deployed = page
            .console("playground.fault({ kind: 'store-down' })")
            .await?;
        assert_eq!(deployed["faults"][0]["kind"], "store-down");
        assert_eq!(page.statuses_of("/me").await?, [503, 200]);
        let deployed = page
            .console("playground.fault({ kind: 'server-down', servers: [2, 4] })")
            .await?;
        assert_eq!(deployed["faults"][1]["servers"], json!([2, 4]));
        let seen = page.console("playground.fleet()").await?;
        let down: Vec<bool> = (0..5)
            .filter_map(|place| seen["a"][place]["isDown"].as_bool())
            .collect();
        assert_eq!(down, [false, true, true, true, false]);
        let deployed = page.console("playground.fault({ clear: true })").await?;
        assert_eq!(deployed["faults"], json!([]));
        assert_eq!(page.statuses_of("/me").await?, [200, 200]);
        Ok(())
    })
}

#[test]
fn what_makes_no_sense_is_said_and_changes_nothing() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.console("playground.deploy({ servers: 10 })").await?;
        let before = page.deployed().await?;
        for (call, words) in [
            ("deploy({ servers: 0 })", "There are 1 to 1,000 servers"),
            ("deploy({ servers: 1001 })", "There are 1 to 1,000 servers"),
            ("deploy({ servers: '10' })", "There are 1 to 1,000 servers"),
            ("deploy({ servers: 5, size: 3 })", "A fleet has no “size”."),
            (
                "deploy({ balancer: 'fair' })",
                "“balancer” is one of round-robin",
            ),
            (
                "deploy({ store: 'redis' })",
                "“store” is one of database, memory",
            ),
            (
                "deploy({ store: { c: 'memory' } })",
                "A store by lane has no “c”.",
            ),
            (
                "deploy({ keys: 1 })",
                "“keys” is one of shared, public-halves",
            ),
            ("deploy(10)", "A fleet is an object"),
            ("fault()", "A fault is an object"),
            ("fault({ kind: 'fire' })", "“kind” is one of server-down"),
            (
                "fault({ kind: 'server-down' })",
                "This fault needs “server”",
            ),
            (
                "fault({ kind: 'server-down', server: 11 })",
                "There is no such server.",
            ),
            (
                "fault({ kind: 'store-slow', milliseconds: -1 })",
                "“milliseconds” is a whole number",
            ),
            (
                "fault({ kind: 'clock-off', server: 1, seconds: 1e12 })",
                "“seconds” is a whole number",
            ),
            ("fault({ clear: 1 })", "“clear” is true"),
        ] {
            let error = refused(page, &format!("playground.{call}")).await;
            let is_said = error.starts_with("TypeError: ") && error.contains(words);
            assert!(is_said, "{call}: {error}");
        }
        assert_eq!(page.deployed().await?, before);
        Ok(())
    })
}
