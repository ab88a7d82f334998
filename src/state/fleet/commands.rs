//! What is asked of a fleet from outside any request. It carries out, and never says what came of it in words.

use protocol::{FleetView, SceneCommand, SceneReply};

use crate::state::{Event, Playground};

impl Playground {
    /// What each server is and holds.
    pub(crate) async fn observe_fleet(self) -> Result<FleetView, String> {
        self.ask_for(SceneCommand::ObserveFleet, |reply| match reply {
            SceneReply::FleetObserved(view) => Some(view),
            _ => None,
        })
        .await
    }

    /// Ends one server of each lane and starts it anew: how many records of its memory are lost.
    pub(crate) async fn restart_server(self, server: u32) -> Result<u32, String> {
        let lost = self
            .ask_for(
                SceneCommand::RestartServer { server },
                |reply| match reply {
                    SceneReply::Restarted { lost } => Some(lost),
                    _ => None,
                },
            )
            .await?;
        self.note(Event::ServerBegunAnew { server, lost });
        self.schedule_paint();
        Ok(lost)
    }
}
