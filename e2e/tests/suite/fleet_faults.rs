//! Fleet, faults by a click: what breaks in which lane, and how all becomes well again.

use e2e::{Failure, Page, Setup, run};

async fn signed_in(page: &Page, servers: u32) -> anyhow::Result<()> {
    page.open().await?;
    page.go_to_fleet().await?;
    page.deploy_servers(servers).await?;
    assert_eq!(page.fleet_press("Sign in to both").await?, [200, 200]);
    Ok(())
}

#[test]
fn a_dead_store_stops_sessions_and_not_tokens() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        signed_in(page, 4).await?;
        let faults = page.part("Faults");
        faults.says("Nothing is wrong at present.").await?;
        assert!(faults.is_idle("All well again").await?);

        faults.press("The store dies").await?;
        faults.says("The store died.").await?;
        page.fleet_lane("Lane A").says("the store is dead").await?;
        assert_eq!(page.fleet_send(2).await?, [[503, 503], [200, 200]]);
        faults.press("Undo: The store died.").await?;
        faults.says("Nothing is wrong at present.").await?;
        assert_eq!(page.fleet_send(1).await?, [[200], [200]]);

        faults.press("The store slows down").await?;
        faults.says("The store takes 200 ms longer.").await?;
        assert_eq!(page.fleet_send(1).await?, [[200], [200]]);

        faults.press("The network splits in half").await?;
        page.fleet_lane("Lane A")
            .says("cut off from the store: servers 3 to 4")
            .await?;
        let [mut a, b] = page.fleet_send(4).await?;
        a.sort_unstable();
        assert_eq!(a, [200, 200, 503, 503], "half of them");
        assert_eq!(b, [200; 4]);

        faults.press("All well again").await?;
        faults.says("Nothing is wrong at present.").await?;
        assert_eq!(page.fleet_send(4).await?, [[200; 4], [200; 4]]);

        page.go_to_scene("Compare").await?;
        let said: Vec<String> = page.past().await?.rows.iter().map(e2e::Row::text).collect();
        for words in [
            "You put all servers right again.",
            "Servers 3 to 4 lost the way to the store.",
            "The store takes 200 ms longer.",
            "The store answers again.",
            "The store died.",
        ] {
            assert!(
                said.iter().any(|it| it.contains(words)),
                "{words}: {said:#?}"
            );
        }
        Ok(())
    })
}

#[test]
fn a_new_key_that_reaches_half_is_refused_by_the_others() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        signed_in(page, 4).await?;
        let faults = page.part("Faults");
        faults.press("A new key reaches half").await?;
        faults
            .says("Servers 3 to 4 did not get the newest key.")
            .await?;
        let lane = page.fleet_lane("Lane B");
        lane.says("old key: servers 3 to 4").await?;
        // What was signed before is accepted by all.
        assert_eq!(page.fleet_send(4).await?, [[200; 4], [200; 4]]);
        // The next sign-ins are signed by whoever has its turn.
        let mut refused = 0;
        for _ in 0..4 {
            assert_eq!(page.fleet_press("Sign in to both").await?, [200, 200]);
            let [a, b] = page.fleet_send(3).await?;
            assert_eq!(a, [200; 3], "sessions know no keys");
            refused += b.iter().filter(|it| **it == 401).count();
        }
        assert!(refused > 0, "what the new key signed is unknown to half");
        faults
            .press("Undo: Servers 3 to 4 did not get the newest key.")
            .await?;
        lane.says("4 servers, all well").await?;
        assert_eq!(page.fleet_send(4).await?, [[200; 4], [200; 4]]);
        Ok(())
    })
}

#[test]
fn servers_are_added_and_one_is_killed_restarted_and_misled() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        signed_in(page, 2).await?;
        let faults = page.part("Faults");
        faults.press("Add 10 servers").await?;
        page.fleet_lane("Lane A")
            .says("12 servers, all well")
            .await?;
        assert_eq!(page.fleet_send(2).await?, [[200, 200], [200, 200]]);

        // By its button in the picture.
        page.fleet_lane("Lane A")
            .press_starting("Server 5 ")
            .await?;
        let requests = page.part("Requests");
        requests.group("Server 5 ").press("Kill").await?;
        page.fleet_lane("Lane B").says("dead: server 5").await?;
        assert!(requests.is_idle("Kill").await?);
        assert_eq!(page.fleet_send(12).await?, [[200; 12], [200; 12]]);
        requests.press("Start again").await?;
        page.fleet_lane("Lane B")
            .says("12 servers, all well")
            .await?;
        requests.press("Restart").await?;
        requests.says("Server 5 was restarted.").await?;
        requests.press("Clock +20 min").await?;
        page.fleet_lane("Lane B")
            .says("clock off: server 5")
            .await?;
        let [_, b] = page.fleet_send(12).await?;
        assert_eq!(
            b.iter().filter(|it| **it == 401).count(),
            1,
            "there the token has expired already: {b:?}"
        );
        requests.press("Set its clock right").await?;
        page.fleet_lane("Lane B")
            .says("12 servers, all well")
            .await?;
        faults.says("Nothing is wrong at present.").await?;
        Ok(())
    })
}
