//! One message of every kind, with something in every field.

use crate::exchange_sample::{MOMENT, cookie, errand, exchange, page, site, text};
use crate::{cookie_sample, fleet_sample, key_sample, store_sample};
use protocol::{
    AuditEvent, AuditRow, CalibratedCost, Calibration, Command, CookieLifetime, CookiePath,
    CookieSettings, Inspection, InspectionOptions, Lane, Notice, Observation, Opening, PageMessage,
    Persistence, Preset, Rejection, Reply, SameSite, SceneCommand, SceneReply, ServerAlgorithm,
    ServerMessage, SessionRow, SetAside, SetAsideReason, Settings, StorePlace, Timestamp,
    TokenCheck, TokenFact, TokenOutcome, TokenStep,
};

/// Its number among the commands. A new one does not compile until it is here, and fails a test until it has a sample.
pub(crate) const fn command_kind(command: &Command) -> usize {
    match command {
        Command::Exchange { .. } => 0,
        Command::Observe => 1,
        Command::Calibrate => 2,
        Command::Reset { .. } => 3,
        Command::Kill { .. } => 4,
        Command::RevealKey { .. } => 5,
        Command::Preview { .. } => 6,
        Command::Sign { .. } => 7,
        Command::AssignCookie { .. } => 8,
        Command::Scene(_) => 9,
    }
}

/// As for commands.
pub(crate) const fn scene_command_kind(command: &SceneCommand) -> usize {
    match command {
        SceneCommand::Inspect { .. } => 0,
        SceneCommand::PublicHalf { .. } => 1,
        SceneCommand::AdoptKey { .. } => 2,
        SceneCommand::MeasureSignatures { .. } => 3,
        SceneCommand::TryJar(_) => 4,
        SceneCommand::RotateKey { .. } => 5,
        SceneCommand::RestartServers => 6,
        SceneCommand::Administer(_) => 7,
        SceneCommand::ReadTable(_) => 8,
        SceneCommand::Sql { .. } => 9,
        SceneCommand::Repair => 10,
        SceneCommand::ExportDatabase => 11,
        SceneCommand::ImportDatabase { .. } => 12,
        SceneCommand::Fill { .. } => 13,
        SceneCommand::Empty { .. } => 14,
        SceneCommand::MeasureGrowth => 15,
        SceneCommand::SampleRun { .. } => 16,
        SceneCommand::Depart { .. } => 17,
        SceneCommand::Arrive { .. } => 18,
        SceneCommand::Deliver { .. } => 19,
        SceneCommand::RestartServer { .. } => 20,
        SceneCommand::ObserveFleet => 21,
    }
}

pub(crate) fn commands() -> Vec<Command> {
    let mut commands = vec![
        Command::Exchange {
            page: page(),
            errands: Lane::BOTH.map(errand).to_vec(),
        },
        Command::Observe,
        Command::Scene(SceneCommand::Repair.seal()),
        Command::Calibrate,
        Command::Reset { site: site() },
        Command::Kill {
            id_hash: text("00ff"),
        },
        Command::RevealKey { kid: text("1") },
        Command::Preview {
            page: page(),
            errand: errand(Lane::B),
        },
        Command::AssignCookie {
            page: page(),
            line: text("sid=1; Path=/"),
        },
    ];
    commands.push(key_sample::command());
    commands
}

pub(crate) fn scene_commands() -> Vec<SceneCommand> {
    let mut commands = vec![SceneCommand::Inspect {
        token: text("a.b.c"),
        options: InspectionOptions {
            key: Some(key_sample::given()),
            algorithms: Some(vec![text("HS256")]),
            now: Some(MOMENT),
            issuer: Some(text("me")),
            audience: Some(text("api")),
            token_type: Some(text("at+jwt")),
            leeway_seconds: Some(0),
            left_out: vec![TokenCheck::Expiry],
        },
    }];
    commands.extend(key_sample::scene_commands());
    commands.push(cookie_sample::command());
    commands.extend(store_sample::commands());
    commands.extend(fleet_sample::commands());
    commands
}

pub(crate) fn page_messages() -> Vec<PageMessage> {
    let commands = commands().into_iter().map(|command| PageMessage::Command {
        settings: Settings {
            clock_offset_seconds: -3600,
            token_algorithm: ServerAlgorithm::Rs256,
            fleet: fleet_sample::fleet(),
            schemes: [Preset::Denylist, Preset::TokenInCookie].map(Preset::scheme),
            session_cookie: CookieSettings {
                http_only: true,
                secure: Some(false),
                same_site: SameSite::Strict,
                host_prefix: true,
                path: CookiePath::Admin,
                lifetime: CookieLifetime::OneMinute,
            },
        },
        command,
    });
    commands.chain([PageMessage::TakeOver]).collect()
}

/// As for commands.
pub(crate) const fn reply_kind(reply: &Reply) -> usize {
    match reply {
        Reply::Exchanged { .. } => 0,
        Reply::Observed(_) => 1,
        Reply::Calibrated(_) => 2,
        Reply::Reset { .. } => 3,
        Reply::Failed(_) => 4,
        Reply::Killed { .. } => 5,
        Reply::Key { .. } => 6,
        Reply::Previewed(_) => 7,
        Reply::Signed(_) => 8,
        Reply::Assigned(_) => 9,
        Reply::Scene(_) => 10,
    }
}

/// As for commands.
pub(crate) const fn scene_reply_kind(reply: &SceneReply) -> usize {
    match reply {
        SceneReply::Inspected(_) => 0,
        SceneReply::PublicHalf(_) => 1,
        SceneReply::Adopted => 2,
        SceneReply::SignaturesMeasured(_) => 3,
        SceneReply::JarTried(_) => 4,
        SceneReply::Rotated(_) => 5,
        SceneReply::Restarted { .. } => 6,
        SceneReply::Administered(_) => 7,
        SceneReply::TableRead(_) => 8,
        SceneReply::SqlDone(_) => 9,
        SceneReply::Repaired { .. } => 10,
        SceneReply::DatabaseExported(_) => 11,
        SceneReply::DatabaseImported(_) => 12,
        SceneReply::Filled(_) => 13,
        SceneReply::GrowthMeasured(_) => 14,
        SceneReply::SampleRun { .. } => 15,
        SceneReply::Departed { .. } => 16,
        SceneReply::Arrived { .. } => 17,
        SceneReply::Delivered { .. } => 18,
        SceneReply::NoSuchFlight => 19,
        SceneReply::FleetObserved(_) => 20,
    }
}

pub(crate) fn replies() -> Vec<Reply> {
    let mut replies = vec![
        Reply::Exchanged {
            exchanges: vec![exchange()],
            expired: vec![text("sid=; Max-Age=0")],
        },
        Reply::Observed(Observation {
            at: MOMENT,
            sessions: vec![SessionRow {
                id_hash: text("00ff"),
                user: 42,
                lane: Lane::B,
                place: StorePlace::ServerMemory,
                server: Some(3),
                device: text("Firefox on Android"),
                role: text("member"),
                cached_since: Some(MOMENT),
                created: MOMENT,
                last_seen: MOMENT,
                idle_expires: MOMENT,
                absolute_expires: Timestamp::from_milliseconds(i64::MIN),
            }],
            session_count: 1,
            audit: vec![AuditRow {
                at: MOMENT,
                event: AuditEvent::SessionKilled,
                lane: Some(Lane::A),
                user: Some(42),
                subject: Some(text("00ff00ff")),
            }],
            keys: vec![store_sample::key_row()],
            held_keys: vec![key_sample::held()],
            jar: vec![cookie()],
            users: vec![store_sample::user_row()],
            refresh_tokens: vec![store_sample::refresh_row()],
            denied: [0, 3],
            batches: vec![store_sample::BATCH],
        }),
        Reply::Scene(SceneReply::Adopted.seal()),
        Reply::Calibrated(Calibration {
            session_id_hash: CalibratedCost {
                microseconds: 0.25,
                runs: 9,
            },
            ..Calibration::default()
        }),
        Reply::Reset {
            clear: vec![text("sid=; Max-Age=0")],
        },
        Reply::Failed(Rejection::StoreFailed {
            message: text("disk I/O error"),
        }),
        Reply::Killed { was_there: true },
        Reply::Key {
            secret: Some(text("c2VjcmV0")),
        },
        Reply::Previewed(Box::new(exchange())),
        Reply::Assigned(cookie_sample::effect()),
    ];
    replies.extend(key_sample::replies());
    replies
}

pub(crate) fn scene_replies() -> Vec<SceneReply> {
    let mut replies = vec![SceneReply::Inspected(Inspection {
        checks: vec![TokenStep {
            check: TokenCheck::Expiry,
            outcome: TokenOutcome::Passed(TokenFact::ExpiresAt {
                at: MOMENT,
                now: MOMENT,
            }),
        }],
        header: Some(text("{}")),
        payload: None,
        key: key_sample::report(),
    })];
    replies.extend(key_sample::scene_replies());
    replies.push(cookie_sample::reply());
    replies.extend(store_sample::replies());
    replies.extend(fleet_sample::replies());
    replies
}

/// As for commands.
pub(crate) const fn notice_kind(notice: &Notice) -> usize {
    match notice {
        Notice::Ready(_) => 0,
        Notice::Occupied => 1,
        Notice::TakenOver => 2,
        Notice::Died { .. } => 3,
        Notice::Awake => 4,
    }
}

pub(crate) fn notices() -> Vec<Notice> {
    let ready = |persistence, reason| {
        Notice::Ready(Opening {
            persistence,
            set_aside: Some(SetAside {
                name: text("server-1.sqlite3"),
                reason,
            }),
            timer_grain_microseconds: 5.0,
        })
    };
    vec![
        Notice::Awake,
        ready(
            Persistence::Opfs,
            SetAsideReason::Corrupt {
                message: text("malformed"),
            },
        ),
        ready(
            Persistence::Memory {
                reason: text("no OPFS"),
            },
            SetAsideReason::OtherVersion {
                found: -1,
                expected: 1,
            },
        ),
        Notice::Occupied,
        Notice::TakenOver,
        Notice::Died {
            message: text("panicked"),
        },
    ]
}

pub(crate) fn server_messages() -> Vec<ServerMessage> {
    let replies = replies().into_iter().map(ServerMessage::Reply);
    replies
        .chain(notices().into_iter().map(ServerMessage::Notice))
        .chain([ServerMessage::Deferred])
        .collect()
}
