//! What happened besides requests, and what the server wrote down.

use protocol::{AdminAct, AuditEvent, FleetKeys, Lane};

use super::scheme::{scheme_in_short, scheme_title};
use super::servers::{deployed, fault_began, fault_ended, restarted};
use super::short_hash::short_hash;
use super::time::counted;
use crate::state::{Event, Held};

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
        Event::Edited { held } => {
            format!("You put another {} into the browser.", thing(*held))
        }
        Event::Deleted { held } => {
            format!("You deleted the {} from the browser.", thing(*held))
        }
        Event::SchemeChanged { lane, scheme } => {
            let (title, short) = (scheme_title(scheme), scheme_in_short(scheme));
            let side = side(*lane);
            if short.starts_with(title) {
                format!("In {side} another scheme holds from now on: {short}.")
            } else {
                format!("In {side} another scheme holds from now on, {title}: {short}.")
            }
        }
        Event::ServersRestarted { lost: 0 } => {
            String::from("You started the servers anew. Their memory held nothing.")
        }
        Event::ServersRestarted { lost } => format!(
            "You started the servers anew. Lost with their memory: {}.",
            counted(*lost, "session or refresh token")
        ),
        Event::Administered { act } => administered(act),
        Event::KeyRotated { overlap: true } => String::from(
            "Another key signs tokens from now on. Those of before are still accepted.",
        ),
        Event::KeyRotated { overlap: false } => String::from(
            "Another key signs tokens from now on. Those of before are refused: everyone is signed out.",
        ),
        Event::DatabaseReplaced => String::from("You put another database in the server’s place."),
        Event::CookieSettingsChanged => {
            String::from("You changed how the server sets its cookie, from the next sign-in on.")
        }
        Event::TokenAlgorithmChanged { algorithm } => format!(
            "The stateless server signs with {} from now on, and accepts no other tokens.",
            algorithm.name()
        ),
        Event::Deployed {
            servers,
            balancer,
            keys,
        } => {
            let halves = match keys {
                FleetKeys::Shared => "",
                FleetKeys::PublicHalves => "; server 1 alone can sign",
            };
            format!("You deployed {}{halves}.", deployed(*servers, *balancer))
        }
        Event::ServerBegunAnew { server, lost } => restarted(*server, *lost),
        Event::FaultBegan { fault } => fault_began(fault),
        Event::FaultEnded { fault } => fault_ended(fault),
        Event::AllWell => String::from("You put all servers right again."),
        Event::ServerRestarted => String::from("The server died and was started again."),
    }
}

/// What was held.
const fn thing(held: Held) -> &'static str {
    match held {
        Held::Cookie => "cookie",
        Held::Token => "token",
        Held::SessionId => "session ID",
    }
}

/// Which lane it is.
pub(crate) const fn side(lane: Lane) -> &'static str {
    match lane {
        Lane::A => "lane A",
        Lane::B => "lane B",
    }
}

fn administered(act: &AdminAct) -> String {
    match act {
        AdminAct::SignOutUser { lane, user } => format!(
            "An administrator signed user #{user} out of {}.",
            side(*lane)
        ),
        AdminAct::Suspend {
            user,
            suspended: true,
        } => format!("An administrator suspended the account of user #{user}."),
        AdminAct::Suspend {
            user,
            suspended: false,
        } => format!("An administrator let user #{user} use the account again."),
        AdminAct::SetRole { user, role } => {
            format!("An administrator gave user #{user} the role {role}.")
        }
    }
}

/// The audit log's event.
pub(crate) const fn audit_event(event: AuditEvent) -> &'static str {
    match event {
        AuditEvent::SignedIn => "signed in",
        AuditEvent::SignInRefused => "sign-in refused",
        AuditEvent::SignedOut => "signed out",
        AuditEvent::SessionEnded => "session ended by its user",
        AuditEvent::SessionKilled => "session killed",
        AuditEvent::RequestRefused => "request refused",
        AuditEvent::SessionRenewed => "session renewed: the role changed",
        AuditEvent::RefreshTokenReused => "refresh token used twice: family ended",
        AuditEvent::RoleChanged => "role changed",
        AuditEvent::AccountSuspended => "account suspended",
        AuditEvent::AccountRestored => "account restored",
        AuditEvent::UserSignedOut => "signed out by an administrator",
        AuditEvent::KeyRotated => "another key signs",
    }
}

/// An offset of the clock: `+1 h 15 min`. Minutes at least, seconds where they don't come out even.
pub(crate) fn offset(seconds: i64) -> String {
    let sign = if seconds < 0 { "−" } else { "+" };
    let left = seconds.unsigned_abs();
    let parts = [
        (left / 86_400, "d"),
        (left / 3600 % 24, "h"),
        (left / 60 % 60, "min"),
        (left % 60, "s"),
    ];
    let said: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    format!("{sign}{}", said.join(" "))
}

#[cfg(test)]
mod tests {
    use super::{event, offset};
    use crate::state::Event;
    use protocol::{Lane, Preset};

    #[test]
    fn a_scheme_that_is_named_by_its_parts_is_not_named_twice() {
        for (preset, said) in [
            (
                Preset::TokenInCookie,
                "In lane B another scheme holds from now on: JWT in a cookie, nothing on the server.",
            ),
            (
                Preset::Stateless,
                "In lane B another scheme holds from now on, Stateless: JWT in localStorage, nothing on the server.",
            ),
        ] {
            let changed = Event::SchemeChanged {
                lane: Lane::B,
                scheme: preset.scheme(),
            };
            assert_eq!(event(&changed), said);
        }
    }

    #[test]
    fn an_offset_reads_in_hours_and_minutes() {
        for (seconds, said) in [
            (60, "+1 min"),
            (3600, "+1 h"),
            (4500, "+1 h 15 min"),
            (901, "+15 min 1 s"),
            (86_400 * 7 + 5, "+7 d 5 s"),
            (-90, "−1 min 30 s"),
        ] {
            assert_eq!(offset(seconds), said);
        }
    }
}
