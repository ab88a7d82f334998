//! What happened besides requests, and what the server wrote down.

use protocol::{AuditEvent, Carrier};

use super::short_hash::short_hash;
use crate::state::Event;

/// The event in one sentence.
pub(crate) fn event(event: &Event) -> String {
    match event {
        Event::ClockMoved { offset_seconds: 0 } => String::from("The clock was set back to now."),
        Event::ClockMoved { offset_seconds } => format!(
            "The clock was moved to {} from now.",
            offset(*offset_seconds)
        ),
        Event::SessionKilled { id_hash } => {
            format!("The session {} was killed.", short_hash(id_hash))
        }
        Event::Edited { carrier } => {
            format!("You put another {} into the browser.", thing(*carrier))
        }
        Event::Deleted { carrier } => {
            format!("You deleted the {} from the browser.", thing(*carrier))
        }
        Event::CookieSettingsChanged => {
            String::from("You changed how the server sets its cookie, from the next sign-in on.")
        }
        Event::TokenAlgorithmChanged { algorithm } => format!(
            "The stateless server signs with {} from now on, and accepts no other tokens.",
            algorithm.name()
        ),
        Event::ServerRestarted => String::from("The server died and was started again."),
    }
}

/// What a carrier carries.
const fn thing(carrier: Carrier) -> &'static str {
    match carrier {
        Carrier::Cookie => "cookie",
        Carrier::LocalStorage => "token",
    }
}

/// The audit log's event.
pub(crate) const fn audit_event(event: AuditEvent) -> &'static str {
    match event {
        AuditEvent::SignedIn => "signed in",
        AuditEvent::SignInRefused => "sign-in refused",
        AuditEvent::SignedOut => "signed out",
        AuditEvent::SessionEnded => "session ended by a new sign-in",
        AuditEvent::SessionKilled => "session killed",
        AuditEvent::RequestRefused => "request refused",
    }
}

/// An offset of the clock: `+1 h 15 min`.
pub(crate) fn offset(seconds: i64) -> String {
    let minutes = seconds / 60;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("+{minutes} min"),
        (hours, 0) => format!("+{hours} h"),
        (hours, minutes) => format!("+{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::offset;

    #[test]
    fn an_offset_reads_in_hours_and_minutes() {
        for (seconds, said) in [(60, "+1 min"), (3600, "+1 h"), (4500, "+1 h 15 min")] {
            assert_eq!(offset(seconds), said);
        }
    }
}
