//! What `GET` and `SET` of a session cost on a real Redis: the way there and back, and what of it Redis itself takes.
//!
//! The latter is not timed, as between two programs on few cores whoever times it also times the waiting for a core:
//! Redis's own account of its processor time is divided by the operations.

use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use redis::Connection;
use sessions::SessionId;

use crate::record;
use crate::redis_server::{RedisServer, processor_seconds};
use crate::repeat::{Cost, mean, percentile};

/// How many sessions there are.
pub const SESSIONS: u32 = 100_000;
/// How many operations are timed one by one.
const TIMED: usize = 20_000;
/// How many connections press as hard as they can, how long, and how often: the median counts.
const CONNECTIONS: usize = 8;
const PRESSING: Duration = Duration::from_millis(500);
const ROUNDS: usize = 5;

/// What one kind of operation costs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OperationCost {
    /// From the question to the answer, over one connection with nobody else about: the median.
    pub round_trip: Cost,
    /// The mean of the same.
    pub round_trip_mean: f64,
    /// Its 99th percentile.
    pub round_trip_p99: f64,
    /// Redis's own processor time, in seconds, while eight connections press.
    pub service: f64,
    /// The same with one connection: more, as it falls asleep after each operation.
    pub service_alone: f64,
    /// How many operations a second eight connections got, on the cores that they share with Redis.
    pub most_per_second: f64,
}

/// What both cost.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoreCosts {
    /// Redis's version.
    pub version: String,
    /// How many sessions there were.
    pub sessions: u32,
    /// `GET`.
    pub get: OperationCost,
    /// `SET` of a record that is there.
    pub set: OperationCost,
}

/// Which of them.
#[derive(Clone, Copy)]
enum Operation {
    Get,
    Set,
}

/// Fills the store, and measures both.
///
/// # Errors
/// Where Redis fails.
pub fn measure(server: &RedisServer) -> anyhow::Result<StoreCosts> {
    fill(&mut server.connect()?)?;
    Ok(StoreCosts {
        version: server.version().to_owned(),
        sessions: SESSIONS,
        get: measure_operation(server, Operation::Get)?,
        set: measure_operation(server, Operation::Set)?,
    })
}

/// The session of that number: an ID that everyone knows, as nothing hangs on it here.
pub fn session_id(number: u32) -> SessionId {
    let mut bytes = [0; SessionId::RANDOM_BYTES];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    SessionId::from_random(bytes)
}

/// Under which key Redis knows the session.
pub fn key(id: &SessionId) -> String {
    format!("session:{}", id.hash())
}

fn fill(connection: &mut Connection) -> anyhow::Result<()> {
    const AT_ONCE: u32 = 1_000;
    for start in (0..SESSIONS).step_by(AT_ONCE as usize) {
        let mut pipe = redis::pipe();
        for number in start..start + AT_ONCE {
            pipe.set(key(&session_id(number)), record::session(number))
                .ignore();
        }
        pipe.query::<()>(connection)?;
    }
    Ok(())
}

fn measure_operation(server: &RedisServer, operation: Operation) -> anyhow::Result<OperationCost> {
    let mut connection = server.connect()?;
    for run in 0..TIMED / 10 {
        run_command(&asked(operation, run), &mut connection)?;
    }
    let mut times = Vec::with_capacity(TIMED);
    let before = processor_seconds(&mut connection)?;
    for run in 0..TIMED {
        let asked = asked(operation, run);
        let started = Instant::now();
        run_command(&asked, &mut connection)?;
        times.push(started.elapsed().as_secs_f64());
    }
    let used = processor_seconds(&mut connection)? - before;
    let (mut services, mut rates) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (service, rate) = press(server, operation)?;
        services.push(service);
        rates.push(rate);
    }
    Ok(OperationCost {
        round_trip_mean: mean(&times),
        round_trip_p99: percentile(&mut times, 0.99),
        round_trip: Cost {
            seconds: percentile(&mut times, 0.5),
            runs: TIMED as u32,
        },
        service: percentile(&mut services, 0.5),
        service_alone: used / TIMED as f64,
        most_per_second: percentile(&mut rates, 0.5),
    })
}

/// Redis's processor time for one operation, and operations a second, while all connections press.
fn press(server: &RedisServer, operation: Operation) -> anyhow::Result<(f64, f64)> {
    let mut observer = server.connect()?;
    let barrier = Barrier::new(CONNECTIONS + 1);
    let (operations, seconds, used) = thread::scope(|scope| -> anyhow::Result<(u64, f64, f64)> {
        let workers: Vec<_> = (0..CONNECTIONS)
            .map(|worker| {
                let barrier = &barrier;
                scope.spawn(move || -> anyhow::Result<u64> {
                    let connection = server.connect();
                    // All wait here also where one failed: else the others would wait for good.
                    barrier.wait();
                    let mut connection = connection?;
                    let started = Instant::now();
                    let mut runs = 0;
                    while started.elapsed() < PRESSING {
                        let asked = asked(operation, runs * CONNECTIONS + worker);
                        run_command(&asked, &mut connection)?;
                        runs += 1;
                    }
                    Ok(runs as u64)
                })
            })
            .collect();
        let before = processor_seconds(&mut observer);
        barrier.wait();
        let started = Instant::now();
        let mut operations = 0;
        for worker in workers {
            operations += worker.join().ok().context("a connection panicked")??;
        }
        let seconds = started.elapsed().as_secs_f64();
        Ok((
            operations,
            seconds,
            processor_seconds(&mut observer)? - before?,
        ))
    })?;
    Ok((used / operations as f64, operations as f64 / seconds))
}

/// The command of that run. Neighbours in time are no neighbours in number.
fn asked(operation: Operation, run: usize) -> redis::Cmd {
    let number = (run as u64 * 7_919 % u64::from(SESSIONS)) as u32;
    let key = key(&session_id(number));
    match operation {
        Operation::Get => redis::Cmd::get(key),
        Operation::Set => redis::Cmd::set(key, record::session(number)),
    }
}

fn run_command(command: &redis::Cmd, connection: &mut Connection) -> anyhow::Result<()> {
    let answer: redis::Value = command.query(connection)?;
    anyhow::ensure!(answer != redis::Value::Nil, "Redis has lost a session");
    Ok(())
}
