//! Fleet, real servers: ten that keep sessions must share a store or pin each user, a thousand need only the key.

use e2e::{Failure, Page, Setup, run};

const PLACE: &str = "Where its sessions live";
const OWN_MEMORY: &str = "each server’s own memory";
const SHARED: &str = "one shared store (SQLite)";

async fn open(page: &Page, servers: u32) -> anyhow::Result<()> {
    page.open().await?;
    page.go_to_fleet().await?;
    if servers > 1 {
        page.deploy_servers(servers).await?;
    }
    Ok(())
}

/// Lets lane A's sessions live there.
async fn keep_sessions_in(page: &Page, place: &str) -> anyhow::Result<()> {
    let lane = page.part("Servers").group("Lane A");
    lane.pick(PLACE, place).await?;
    page.fleet_lane("Lane A").says(place).await?;
    Ok(())
}

#[test]
fn one_server_answers_all_and_no_balancer_chooses() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page, 1).await?;
        assert_eq!(page.fleet_press("Sign in to both").await?, [200, 200]);
        assert_eq!(page.fleet_send(2).await?, [[200, 200], [200, 200]]);
        for lane in ["Lane A", "Lane B"] {
            let seen = page.fleet_lane(lane).says("Server 1 answered.").await?;
            assert!(seen.text.contains("1 server, all well"), "{}", seen.text);
        }
        Ok(())
    })
}

#[test]
fn ten_servers_with_memories_of_their_own_refuse_each_others_sessions_until_they_share_a_store()
-> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page, 10).await?;
        keep_sessions_in(page, OWN_MEMORY).await?;
        assert_eq!(page.fleet_press("Sign in to both").await?, [200, 200]);
        let lane = page.fleet_lane("Lane A");
        lane.says("Your session lives in the memory of server 1")
            .await?;
        let [a, b] = page.fleet_send(10).await?;
        assert_eq!(a.iter().filter(|it| **it == 200).count(), 1, "{a:?}");
        assert_eq!(b, [200; 10], "a key is enough");
        let [a, _] = page.fleet_send(1).await?;
        assert_eq!(a, [401]);
        lane.says("A ticket is good only where it is written down: in server 1’s memory.")
            .await?;
        let seen = lane.says("The observer: ").await?;
        assert!(
            seen.text.contains("lives in the memory of server 1"),
            "{}",
            seen.text
        );

        keep_sessions_in(page, SHARED).await?;
        assert_eq!(page.fleet_press("Sign in to both").await?, [200, 200]);
        assert_eq!(page.fleet_send(10).await?, [[200; 10], [200; 10]]);
        Ok(())
    })
}

#[test]
fn a_sticky_cookie_cures_it_until_its_server_dies() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page, 10).await?;
        keep_sessions_in(page, OWN_MEMORY).await?;
        page.part("Servers").choose("Balancer", "sticky").await?;
        assert_eq!(page.fleet_press("Sign in to both").await?, [200, 200]);
        assert_eq!(page.fleet_send(3).await?, [[200; 3], [200; 3]]);
        let cookies = page
            .script("return document.cookie", Vec::new())
            .await?
            .to_string();
        assert!(cookies.contains("balancer="), "a real cookie: {cookies}");
        let lane = page.fleet_lane("Lane A");
        let seen = lane
            .says("Your session lives in the memory of server")
            .await?;
        let home = seen
            .text
            .split("Your session lives in the memory of server ")
            .nth(1)
            .and_then(|rest| rest.split('.').next())
            .and_then(|number| number.parse().ok())
            .unwrap_or_default();
        page.choose_server(home).await?;
        page.part("Requests").press("Kill").await?;
        lane.says(&format!("dead: server {home}")).await?;
        let [a, b] = page.fleet_send(2).await?;
        assert_eq!(a, [401, 401], "the memory is gone");
        assert_eq!(b, [200, 200]);
        // Signed in again, the cookie names another one.
        assert_eq!(page.fleet_press("Sign in to both").await?, [200, 200]);
        assert_eq!(page.fleet_send(3).await?, [[200; 3], [200; 3]]);

        page.press("Start over").await?;
        page.press("Clear everything").await?;
        page.fleet_lane("Lane A").says("1 server, all well").await?;
        let cookies = page.script("return document.cookie", Vec::new()).await?;
        assert_eq!(cookies, "", "nothing is left, the balancer’s neither");
        Ok(())
    })
}

#[test]
fn a_thousand_servers_verify_one_token() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page, 1).await?;
        page.part("Servers").press("Deploy 1,000 servers").await?;
        for lane in ["Lane A", "Lane B"] {
            page.fleet_lane(lane)
                .says("1,000 servers, all well")
                .await?;
        }
        page.part("Servers").choose("Balancer", "random").await?;
        assert_eq!(page.fleet_press("Sign in to both").await?, [200, 200]);
        assert_eq!(page.fleet_send(8).await?, [[200; 8], [200; 8]]);
        // Each in the picture, and what differs in words.
        page.choose_server(777).await?;
        page.part("Requests").press("Take its keys").await?;
        let lane = page.fleet_lane("Lane B");
        let seen = lane.says("no key: server 777").await?;
        assert!(seen.text.contains("999 well"), "{}", seen.text);
        page.unfold("Those that differ, as a table").await?;
        let seen = lane.view().await?;
        let table = seen.table("Lane B: servers that differ")?;
        assert_eq!(table.column("servers")?, ["server 777"]);
        assert_eq!(table.column("what")?, ["no key"]);
        let other = page.fleet_lane("Lane A").view().await?;
        assert!(
            other.text.contains("1,000 servers, all well"),
            "sessions need no key: {}",
            other.text
        );
        Ok(())
    })
}

#[test]
fn the_server_whose_key_is_taken_refuses_alone() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page, 3).await?;
        assert_eq!(page.fleet_press("Sign in to both").await?, [200, 200]);
        page.choose_server(3).await?;
        let requests = page.part("Requests");
        requests.press("Take its keys").await?;
        let lane = page.fleet_lane("Lane B");
        lane.says("no key: server 3").await?;
        let [a, mut b] = page.fleet_send(3).await?;
        assert_eq!(a, [200; 3]);
        b.sort_unstable();
        assert_eq!(b, [200, 200, 401], "one of three");
        while page.fleet_send(1).await?[1] != [401] {}
        lane.says("The key is there").await?;
        requests.press("Give it the keys").await?;
        lane.says("3 servers, all well").await?;
        assert_eq!(page.fleet_send(3).await?, [[200; 3], [200; 3]]);
        Ok(())
    })
}

#[test]
fn public_halves_are_enough_to_verify_and_hs256_has_none() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page, 5).await?;
        let servers = page.part("Servers");
        servers
            .pick("Keys", "public halves: server 1 alone can sign")
            .await?;
        servers.says("HS256 has no public half").await?;
        servers.choose("Tokens are signed with", "EdDSA").await?;
        servers.says("Sign-ins go to server 1").await?;
        let lane = page.fleet_lane("Lane B");
        for _ in 0..2 {
            assert_eq!(page.fleet_press("Sign in to both").await?, [200, 200]);
        }
        lane.says("it alone can sign").await?;
        assert_eq!(page.fleet_send(5).await?, [[200; 5], [200; 5]]);
        let seen = page.console("playground.fleet()").await?;
        let can_sign: Vec<bool> = (0..5)
            .filter_map(|place| seen["b"][place]["canSign"].as_bool())
            .collect();
        assert_eq!(can_sign, [true, false, false, false, false]);
        page.choose_server(4).await?;
        page.part("Requests").says("can’t sign").await?;
        Ok(())
    })
}
