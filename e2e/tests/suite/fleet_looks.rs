//! Fleet, what its servers look like, and how one gets about among them without a mouse.

use crate::looks::look;
use e2e::{Failure, Setup, run};
use thirtyfour::Key;

#[test]
fn ten_servers_in_trouble_are_accessible() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_fleet().await?;
        page.deploy_servers(10).await?;
        page.part("Servers")
            .group("Lane A")
            .pick("Where its sessions live", "each server’s own memory")
            .await?;
        page.fleet_press("Sign in to both").await?;
        page.fleet_send(1).await?;
        page.part("Faults").press("A new key reaches half").await?;
        page.fleet_lane("Lane B").says("old key").await?;
        page.choose_server(3).await?;
        page.part("Requests").press("Kill").await?;
        page.fleet_lane("Lane A").says("dead: server 3").await?;
        page.part("Servers")
            .fill("Servers in each lane", "none")
            .await?;
        let trial = page.part("Trial of faults");
        trial.press("The store dies").await?;
        trial.press("Try it").await?;
        trial.says("Done: all of it was counted.").await?;
        page.unfold("The rounds as a table").await?;
        look(page, "fleet-ten").await
    })
}

#[test]
fn one_server_and_a_thousand_are_accessible() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_fleet().await?;
        look(page, "fleet-one").await?;
        page.deploy_servers_at_hand("Deploy 1,000 servers").await?;
        page.choose_server(7).await?;
        page.part("Requests").press("Take its keys").await?;
        page.part("Faults")
            .press("The network splits in half")
            .await?;
        page.fleet_lane("Lane B")
            .says("servers 501 to 1,000")
            .await?;
        page.fleet_press("Sign in to both").await?;
        page.unfold("Those that differ, as a table").await?;
        look(page, "fleet-thousand").await
    })
}

#[test]
fn servers_are_reached_and_killed_by_keys() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in [1440, 390] {
            page.set_width(width).await?;
            page.open().await?;
            page.go_to_fleet().await?;
            page.tab_to("Requests").await?;
            page.press_key(Key::Enter).await?;
            assert!(page.focus().await?.name.starts_with("Requests"));
            page.deploy_servers_at_hand("Deploy 10 servers").await?;
            let focus = page.tab_to("Server 2 …").await?;
            assert!(focus.is_visible, "{focus:?}");
            page.fleet_lane("Lane A").says("Server 2 · well").await?;
            page.press_key(Key::Enter).await?;
            let focus = page.tab_to("Kill").await?;
            assert!(focus.is_visible, "{focus:?}");
            page.press_key(Key::Enter).await?;
            page.fleet_lane("Lane B").says("dead: server 2").await?;
            assert_eq!(page.focus().await?.name, "Kill", "the focus stays");
            page.tab_to("Start again").await?;
            page.press_key(Key::Space).await?;
            page.fleet_lane("Lane B")
                .says("10 servers, all well")
                .await?;

            // A thousand are one stop, and arrow keys move among them.
            page.deploy_servers_at_hand("Deploy 1,000 servers").await?;
            let focus = page.tab_to("Server of lane A").await?;
            assert!(focus.is_visible, "{focus:?}");
            for (key, server) in [
                (Key::Home, 1),
                (Key::Right, 2),
                (Key::Down, 42),
                (Key::Left, 41),
                (Key::Up, 1),
                (Key::End, 1_000),
            ] {
                page.press_key(key).await?;
                let said = if server == 1_000 {
                    String::from("Server 1,000 · well")
                } else {
                    format!("Server {server} · well")
                };
                page.fleet_lane("Lane A").says(&said).await?;
            }
            page.deploy_servers_at_hand("Deploy 1 server").await?;
        }
        Ok(())
    })
}
