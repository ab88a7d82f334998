//! Messages about stores, schemes and requests that are on their way, with something in every field.

use protocol::{
    AdminAct, AdminOutcome, Batch, CalibratedCost, Filled, GrowthPoint, ImportProblem, KeyRow,
    Lane, Preset, RefreshRow, Rotation, SceneCommand, SceneReply, SetAsideReason, SqlOutcome,
    SqlProblem, SqlResult, SqlValue, Table, TablePage, TableQuery, UserRow,
};

use crate::exchange_sample::{MOMENT, errand, exchange, page};
use crate::key_sample;

pub(crate) const BATCH: Batch = Batch {
    number: 1,
    rows: 20_000,
};

fn text(text: &str) -> String {
    text.to_owned()
}

pub(crate) fn key_row() -> KeyRow {
    KeyRow {
        kid: text("1"),
        algorithm: text("HS256"),
        bits: 256,
        created: MOMENT,
        retired: Some(MOMENT),
        distrusted: None,
    }
}

pub(crate) fn user_row() -> UserRow {
    UserRow {
        id: 42,
        account: text("member"),
        name: text("Mia"),
        role: text("member"),
        suspended: false,
    }
}

pub(crate) fn refresh_row() -> RefreshRow {
    RefreshRow {
        token_hash: text("00ff"),
        family: text("ff00"),
        user: 42,
        lane: Lane::B,
        created: MOMENT,
        used: Some(MOMENT),
        expires: MOMENT,
        ended: None,
    }
}

fn values() -> Vec<SqlValue> {
    vec![
        SqlValue::Null,
        SqlValue::Integer(i64::MIN),
        SqlValue::Real(-0.5),
        SqlValue::Text(text("🎫")),
        SqlValue::Blob(vec![0, 255]),
    ]
}

pub(crate) fn commands() -> Vec<SceneCommand> {
    vec![
        SceneCommand::RotateKey {
            key: key_sample::given(),
            overlap: true,
        },
        SceneCommand::RestartServers,
        SceneCommand::Administer(AdminAct::SignOutUser {
            lane: Lane::B,
            user: 42,
        }),
        SceneCommand::Administer(AdminAct::Suspend {
            user: 42,
            suspended: true,
        }),
        SceneCommand::Administer(AdminAct::SetRole {
            user: 42,
            role: text("admin"),
        }),
        SceneCommand::ReadTable(TableQuery {
            table: Table::RefreshTokens,
            memory_of: Some(Lane::A),
            after: Some(values()),
            search: text("00"),
            limit: 50,
        }),
        SceneCommand::Sql {
            text: text("SELECT 1; SELECT 2"),
        },
        SceneCommand::Repair,
        SceneCommand::ExportDatabase,
        SceneCommand::ImportDatabase { file: vec![0, 1] },
        SceneCommand::Fill {
            batch: Some(1),
            rows: 20_000,
        },
        SceneCommand::Empty {
            batch: 1,
            rows: 20_000,
        },
        SceneCommand::MeasureGrowth,
        SceneCommand::SampleRun {
            scheme: Preset::UserVersion.scheme(),
        },
        SceneCommand::Depart {
            page: page(),
            errand: errand(Lane::B),
            at: MOMENT,
        },
        SceneCommand::Arrive {
            flight: 1,
            at: MOMENT,
        },
        SceneCommand::Deliver {
            flight: 1,
            at: MOMENT,
        },
    ]
}

pub(crate) fn replies() -> Vec<SceneReply> {
    let done = |result| {
        SceneReply::SqlDone(Box::new(SqlOutcome {
            result,
            plan: vec![text("SCAN sessions")],
            microseconds: 0.5,
            statements: 2,
            changed_rows: 3,
            rolled_back: true,
            broken: Some(text("no such table: users")),
        }))
    };
    vec![
        SceneReply::Rotated(Rotation {
            signs: key_row(),
            retired: vec![key_row()],
        }),
        SceneReply::Restarted { lost: 2 },
        SceneReply::Administered(AdminOutcome {
            found: true,
            sessions_ended: 1,
            families_ended: 2,
            versions_raised: 1,
            tokens_outlive: Some(MOMENT),
        }),
        SceneReply::TableRead(Ok(TablePage {
            columns: vec![text("id")],
            key_columns: 1,
            rows: vec![values()],
            next: Some(values()),
            total: 1,
            gave_up: true,
        })),
        SceneReply::TableRead(Err(text("no such table: users"))),
        done(Ok(SqlResult {
            columns: vec![text("1")],
            rows: vec![values()],
            is_cut: true,
        })),
        done(Err(SqlProblem::Sqlite {
            message: text("near \"x\": syntax error"),
            offset: Some(3),
        })),
        done(Err(SqlProblem::TookTooLong { milliseconds: 2000 })),
        SceneReply::Repaired {
            made: vec![text("sessions")],
        },
        SceneReply::DatabaseExported(Ok(vec![83, 81])),
        SceneReply::DatabaseImported(Ok(4096)),
        SceneReply::DatabaseImported(Err(ImportProblem::Unusable(SetAsideReason::Corrupt {
            message: text("file is not a database"),
        }))),
        SceneReply::Filled(Filled {
            batch: 1,
            rows: 20_000,
            batch_rows: 40_000,
            sessions: 40_001,
            microseconds: 1.5,
        }),
        SceneReply::GrowthMeasured(GrowthPoint {
            sessions: 1000,
            lookup: CalibratedCost::default(),
            token_checks: CalibratedCost::default(),
            cache_kib: 65_536,
        }),
        SceneReply::SampleRun {
            exchanges: vec![exchange()],
        },
        SceneReply::Departed {
            flight: 1,
            so_far: Box::new(exchange()),
        },
        SceneReply::Arrived {
            so_far: Box::new(exchange()),
        },
        SceneReply::Delivered {
            exchange: Box::new(exchange()),
            expired: vec![text("sid=; Max-Age=0")],
        },
        SceneReply::NoSuchFlight,
    ]
}
