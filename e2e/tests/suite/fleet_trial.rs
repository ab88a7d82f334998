//! Fleet, a trial of faults: who is signed out, who is refused, who notices nothing.

use e2e::{Failure, Page, Setup, run};

/// Tries a schedule that is at hand; what is said of each lane.
async fn try_one(page: &Page, preset: &str) -> anyhow::Result<[String; 2]> {
    let trial = page.part("Trial of faults");
    trial.press(preset).await?;
    trial.press("Try it").await?;
    trial.says("Done: all of it was counted.").await?;
    let a = trial.group("Lane A").says("noticed").await?.text;
    let b = trial.group("Lane B").says("noticed").await?.text;
    Ok([a, b])
}

#[test]
fn a_trial_counts_who_notices_in_each_lane() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_fleet().await?;
        page.deploy_servers(10).await?;
        page.part("Trial of faults").fill("Users", "20").await?;
        page.part("Trial of faults").fill("Newcomers", "0").await?;

        let [a, b] = try_one(page, "A server dies").await?;
        assert!(a.contains("None of 20 users noticed anything."), "{a}");
        assert!(b.contains("None of 20 users noticed anything."), "{b}");

        let [a, b] = try_one(page, "The store dies").await?;
        assert!(a.contains("answered by failures at times"), "{a}");
        assert!(b.contains("None of 20 users noticed anything."), "{b}");

        // With sessions in the servers' own memory, a dead server signs its users out.
        page.part("Servers")
            .group("Lane A")
            .pick("Where its sessions live", "each server’s own memory")
            .await?;
        page.part("Servers").choose("Balancer", "hash").await?;
        page.part("Trial of faults").fill("Users", "200").await?;
        let [a, b] = try_one(page, "A server dies").await?;
        assert!(b.contains("None of 200 users noticed anything."), "{b}");
        assert!(
            a.contains("still refused once all faults were over, and must sign in again."),
            "{a}"
        );
        assert!(
            a.contains("noticed nothing."),
            "those of the other servers: {a}"
        );

        page.unfold("The rounds as a table").await?;
        let trial = page.part("Trial of faults");
        let seen = trial.group("Lane B").view().await?;
        let table = seen.table("Lane B, round by round")?;
        assert_eq!(table.rows.len(), 12);
        assert_eq!(table.column("served")?, ["200"; 12]);
        // The user's own session and servers had no part in it.
        assert_eq!(page.fleet_press("Sign in to both").await?, [200, 200]);
        page.fleet_lane("Lane A")
            .says("10 servers, all well")
            .await?;
        Ok(())
    })
}

#[test]
fn newcomers_meet_a_key_that_is_not_everywhere() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_fleet().await?;
        page.deploy_servers(10).await?;
        page.part("Trial of faults").fill("Newcomers", "60").await?;
        let [a, b] = try_one(page, "A new key reaches half").await?;
        assert!(a.contains("None of 160 users noticed anything."), "{a}");
        assert!(b.contains("refused at times"), "{b}");
        Ok(())
    })
}

/// The largest one takes seconds: it can be stopped, and the user's own servers answer meanwhile.
#[test]
fn a_trial_is_stopped_while_servers_go_on_to_answer() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_fleet().await?;
        page.deploy_servers_at_hand("Deploy 1,000 servers").await?;
        let trial = page.part("Trial of faults");
        for (label, typed) in [("Users", "1000"), ("Newcomers", "1000"), ("Rounds", "60")] {
            trial.fill(label, typed).await?;
        }
        trial.press("Try it").await?;
        trial.says("The servers answer").await?;
        assert_eq!(page.fleet_press("Sign in to both").await?, [200, 200]);
        trial.press("Stop").await?;
        trial
            .is("it has ended, without an outcome", |seen| {
                !seen.says("The servers answer") && !seen.says("Done")
            })
            .await?;
        Ok(())
    })
}

#[test]
fn a_schedule_is_written_by_hand_and_nonsense_is_said() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_fleet().await?;
        page.deploy_servers(4).await?;
        let trial = page.part("Trial of faults");
        for (label, typed, words) in [
            ("Users", "0", "There are 1 to 1,000 users"),
            ("Users", "many", "There are 1 to 1,000 users"),
            ("Newcomers", "-1", "There are up to 1,000 newcomers"),
            ("Rounds", "61", "There are 1 to 60 rounds"),
        ] {
            trial.fill(label, typed).await?;
            trial
                .field_is(label, |seen| {
                    seen.value == typed && seen.is_wrong && seen.note.contains(words)
                })
                .await?;
            trial.press("Try it").await?;
            trial
                .is(words, |seen| seen.says(words) && !seen.says("Done"))
                .await?;
            trial.fill(label, "10").await?;
        }
        trial.press("Add an entry").await?;
        trial.press("Remove entry 1").await?;
        trial.choose("What", "the store slows down").await?;
        trial.fill("by ms", "70000").await?;
        trial.says("This makes no sense yet").await?;
        trial.fill("by ms", "300").await?;
        trial.fill("until second", "1").await?;
        trial.says("This makes no sense yet").await?;
        trial.fill("until second", "").await?;
        trial.press("Try it").await?;
        trial.says("Done: all of it was counted.").await?;
        trial
            .says("The store takes 300 ms longer: from 30 s on")
            .await?;
        Ok(())
    })
}
