//! What the site's own JavaScript does about a token that has run out: it asks for the next one before it sends what
//! needs it. Whether that is given is the server's matter.

use leptos::prelude::*;
use protocol::{Credential, Errand, Lane, Presented};

use super::playground::Playground;
use super::token_parts::expiry;
use crate::browser::BearerStorage;

impl Playground {
    /// Refreshes the token of each lane whose errands need one that page script does not have.
    pub(super) async fn refresh_where_due(self, errands: &[Errand]) {
        for lane in Lane::BOTH {
            let needs_token = errands
                .iter()
                .any(|errand| errand.lane == lane && goes_with_token(errand));
            if !needs_token || !self.has_run_out(lane) {
                continue;
            }
            // Of two requests at once, the second finds the token that the first has brought.
            let refreshing = self.refreshing.get_value();
            let _refreshing = refreshing.lock().await;
            if self.has_run_out(lane) {
                self.refresh_now(lane).await;
            }
        }
    }

    /// Exchanges the lane's refresh token for the next one, and a token with it.
    pub(crate) async fn refresh(self, lane: Lane) {
        let refreshing = self.refreshing.get_value();
        let _refreshing = refreshing.lock().await;
        self.refresh_now(lane).await;
    }

    async fn refresh_now(self, lane: Lane) {
        let errand = Errand {
            lane,
            method: String::from("POST"),
            path: String::from("/refresh"),
            headers: Vec::new(),
            body: String::new(),
            credential: Presented::FromBrowser,
        };
        let recorded = self.send_now(vec![errand]).await;
        let status = recorded.first().and_then(|recorded| recorded.status());
        if let Some(status) = status {
            lane.of(&self.refresh_refused).set_value(status >= 400);
        }
    }

    /// Whether page script knows that the lane's token is missing or has expired, and may ask for another.
    fn has_run_out(self, lane: Lane) -> bool {
        let scheme = self.scheme_now(lane);
        if scheme.credential != Credential::AccessAndRefresh
            || !scheme.carrier.is_bearer()
            || lane.of(&self.refresh_refused).get_value()
        {
            return false;
        }
        match BearerStorage::read(lane, &scheme) {
            None => true,
            Some(token) => expiry(&token).is_some_and(|expires| expires <= self.clock()),
        }
    }
}

fn goes_with_token(errand: &Errand) -> bool {
    let path = errand.path.split('?').next().unwrap_or_default();
    errand.credential == Presented::FromBrowser && !matches!(path, "/login" | "/refresh")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_fetched_for_what_needs_one_alone() {
        for (path, credential, needs) in [
            ("/me", Presented::FromBrowser, true),
            ("/logout", Presented::FromBrowser, true),
            ("/login", Presented::FromBrowser, false),
            ("/login?next=/me", Presented::FromBrowser, false),
            ("/refresh", Presented::FromBrowser, false),
            ("/me", Presented::Copy(String::from("copy")), false),
            ("/login", Presented::OtherDevice, false),
        ] {
            let errand = Errand {
                lane: Lane::A,
                method: String::from("POST"),
                path: path.to_owned(),
                headers: Vec::new(),
                body: String::new(),
                credential,
            };
            assert_eq!(goes_with_token(&errand), needs, "{errand:?}");
        }
    }
}
