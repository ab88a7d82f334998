//! The scene Fleet's half of real servers: the way there, and what one does with them.

use crate::page::Page;
use crate::part::Part;
use crate::wait::until;
use serde_json::Value;

/// Both lanes, as the scene calls them.
const LANES: [&str; 2] = ["Lane A", "Lane B"];

impl Page {
    /// Goes to the scene Fleet by the header's link, and waits until its servers were looked at.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn go_to_fleet(&self) -> anyhow::Result<()> {
        self.go_to_scene("Fleet").await?;
        self.part("Requests").says("all well").await?;
        Ok(())
    }

    /// A lane's servers there: `Lane A` or `Lane B`.
    pub fn fleet_lane(&self, lane: &str) -> Part<'_> {
        self.part("Requests").group(lane)
    }

    /// Types how many servers there are, and waits until they are there.
    ///
    /// # Errors
    /// Where they never are.
    pub async fn deploy_servers(&self, servers: u32) -> anyhow::Result<()> {
        self.part("Servers")
            .fill("Servers in each lane", &servers.to_string())
            .await?;
        for lane in LANES {
            self.fleet_lane(lane)
                .says(&format!("{servers} servers, all well"))
                .await?;
        }
        Ok(())
    }

    /// Presses one of the sizes at hand, and waits until so many servers are there.
    ///
    /// # Errors
    /// Where they never are.
    pub async fn deploy_servers_at_hand(&self, button: &str) -> anyhow::Result<()> {
        self.part("Servers").press(button).await?;
        let count = button.trim_start_matches("Deploy ");
        for lane in LANES {
            self.fleet_lane(lane)
                .says(&format!("{count}, all well"))
                .await?;
        }
        Ok(())
    }

    /// Chooses a server by its number.
    ///
    /// # Errors
    /// Where there is none of that number.
    pub async fn choose_server(&self, server: u32) -> anyhow::Result<()> {
        let requests = self.part("Requests");
        requests.fill("Server", &server.to_string()).await?;
        self.part("Requests")
            .group(&format!("Server {server} "))
            .view()
            .await?;
        Ok(())
    }

    /// Presses a button of the scene that sends a request in both lanes; the statuses, once both are answered.
    ///
    /// # Errors
    /// Where no answers come.
    pub async fn fleet_press(&self, button: &str) -> anyhow::Result<[u64; 2]> {
        let before = self.exchanges().await?.len();
        self.press(button).await?;
        let both = until(&format!("the answers to “{button}”"), async || {
            let all = self.exchanges().await?;
            Ok((all.len() >= before + LANES.len()).then_some(all))
        })
        .await?;
        let status = |it: Option<&Value>| it.and_then(|it| it["status"].as_u64()).unwrap_or(0);
        let mut latest = both.iter().rev();
        let b = status(latest.next());
        Ok([status(latest.next()), b])
    }

    /// Sends that many requests in both lanes; the statuses of each lane.
    ///
    /// # Errors
    /// Where no answers come.
    pub async fn fleet_send(&self, times: usize) -> anyhow::Result<[Vec<u64>; 2]> {
        let mut statuses = [Vec::new(), Vec::new()];
        for _ in 0..times {
            let both = self.fleet_press("Send to both").await?;
            for (all, status) in statuses.iter_mut().zip(both) {
                all.push(status);
            }
        }
        Ok(statuses)
    }

    /// How the servers are deployed, as the console gives it.
    ///
    /// # Errors
    /// Where the page does not answer.
    pub async fn deployed(&self) -> anyhow::Result<Value> {
        self.console("playground.deploy()").await
    }
}
