//! The load for real. Each server is a thread with a connection of its own: the hash of a session ID, `GET` on Redis, the
//! record read, JSON of the user.
//!
//! The load is open: a request counts from the moment at which it was to arrive, whether or not a server was free then.
//! Whoever counts from the moment at which it was sent leaves out the waiting. The balancer takes turns, so each
//! server knows beforehand which requests are its own, and no further thread needs a core to hand them out.

use std::fs;
use std::hint::black_box;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use redis::Connection;

use super::Load;
use super::outcome::Outcome;
use crate::record;
use crate::redis_server::{RedisServer, processor_seconds};
use crate::remote_store::{SESSIONS, key, session_id};
use crate::repeat::{Cost, mean, median_cost, percentile};

/// How long the servers work as fast as they can, to find how much is possible.
const PRESSING: Duration = Duration::from_secs(2);
/// Between the start of all threads and the first arrival.
const LEAD: Duration = Duration::from_millis(50);
/// A moment within the sessions' lifetimes, in seconds since 1970.
const NOW: u64 = 1_770_000_000;

/// What a real run showed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RealRun {
    /// The same figures as the simulation's.
    pub outcome: Outcome,
    /// By how much a server that was free began late, as its thread had to be woken: the median, in seconds.
    pub late: f64,
    /// Redis's own processor time for one request, in seconds.
    pub store_service: f64,
}

/// What one request takes when it is alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alone {
    /// The server's own work: the ID's hash, the record, the JSON.
    pub work: Cost,
    /// `GET` within such a request, there and back: the median.
    pub round_trip: f64,
    /// Its 95th percentile.
    pub round_trip_p95: f64,
    /// What a server waits for something else: the mean of such waits as they really were. A thread that sleeps is
    /// woken late.
    pub waiting: f64,
}

/// What one request takes of a server while nothing else happens, where a server waits so long for something else.
///
/// # Errors
/// Where Redis fails.
pub fn alone(server: &RedisServer, waiting: f64) -> anyhow::Result<Alone> {
    const TIMED: u32 = 20_000;
    let record = record::session(42);
    let work = median_cost(|| {
        black_box(key(&session_id(black_box(42))));
        black_box(record::answer(black_box(record.as_bytes()), NOW)).ok();
    });
    let mut connection = server.connect()?;
    let mut times = Vec::with_capacity(TIMED as usize);
    for run in 0..TIMED {
        let key = key(&session_id(run % SESSIONS));
        let started = Instant::now();
        let record = find(&mut connection, &key)?;
        times.push(started.elapsed().as_secs_f64());
        black_box(record::answer(&record, NOW)?);
    }
    // The first tenth warmed up.
    let times = &mut times[TIMED as usize / 10..];
    Ok(Alone {
        work,
        round_trip: percentile(times, 0.5),
        round_trip_p95: percentile(times, 0.95),
        waiting: waiting + lateness(waiting),
    })
}

/// By how much longer a thread sleeps than such times, the mean; 0 where it does not sleep at all.
fn lateness(waiting: f64) -> f64 {
    const SLEEPS: u32 = 1_000;
    if waiting <= 0.0 {
        return 0.0;
    }
    finer_timer();
    let mut state = 2;
    let late: Vec<f64> = (0..SLEEPS)
        .map(|_| {
            let wanted = Duration::from_secs_f64(exponential(&mut state) * waiting);
            let started = Instant::now();
            thread::sleep(wanted);
            started.elapsed().as_secs_f64() - wanted.as_secs_f64()
        })
        .collect();
    mean(&late)
}

/// How many requests a second the servers answer as fast as they can.
///
/// # Errors
/// Where Redis fails.
pub fn most_per_second(server: &RedisServer, servers: u32) -> anyhow::Result<f64> {
    let counts = each_server(server, servers, |connection, number, started| {
        let mut answered = 0_u32;
        while started.elapsed() < PRESSING + LEAD {
            answer(connection, answered.wrapping_mul(servers) + number)?;
            answered += 1;
        }
        Ok(f64::from(answered))
    })?;
    Ok(counts.iter().sum::<f64>() / (PRESSING + LEAD).as_secs_f64())
}

/// Runs it.
///
/// # Errors
/// Where Redis fails.
pub fn run(server: &RedisServer, load: &Load) -> anyhow::Result<RealRun> {
    let arrivals = arrivals(load);
    let mut observer = server.connect()?;
    let used = processor_seconds(&mut observer)?;
    let served = each_server(server, load.servers, |connection, number, started| {
        finer_timer();
        let own = (number..load.requests).step_by(load.servers as usize);
        let mut served = Vec::with_capacity(own.len());
        for request in own {
            let (gap, waiting) = arrivals[request as usize];
            let due = started + LEAD + Duration::from_secs_f64(gap);
            let was_free = wait_until(due);
            let begun = Instant::now();
            answer(connection, request)?;
            if waiting > 0.0 {
                thread::sleep(Duration::from_secs_f64(waiting));
            }
            let ended = Instant::now();
            served.push(Served {
                request,
                latency: ended.duration_since(due).as_secs_f64(),
                ended: ended.duration_since(started).as_secs_f64(),
                late: was_free.then(|| begun.duration_since(due).as_secs_f64()),
            });
        }
        Ok(served)
    })?;
    let used = processor_seconds(&mut observer)? - used;
    let counted: Vec<Served> = served
        .into_iter()
        .flatten()
        .filter(|served| served.request >= load.warm_up())
        .collect();
    let from = LEAD.as_secs_f64() + arrivals[load.warm_up() as usize].0;
    let until = counted
        .iter()
        .map(|served| served.ended)
        .fold(from, f64::max);
    let mut latencies: Vec<f64> = counted.iter().map(|served| served.latency).collect();
    let mut late: Vec<f64> = counted.iter().filter_map(|served| served.late).collect();
    Ok(RealRun {
        outcome: Outcome::of(&mut latencies, counted.len() as f64 / (until - from)),
        late: percentile(&mut late, 0.5),
        store_service: used / f64::from(load.requests),
    })
}

/// One request, done.
#[derive(Clone, Copy)]
struct Served {
    request: u32,
    latency: f64,
    ended: f64,
    /// By how much it began late although the server was free.
    late: Option<f64>,
}

/// Lets each server do this on a thread and a connection of its own, all from the same moment on.
fn each_server<T: Send>(
    server: &RedisServer,
    servers: u32,
    work: impl Fn(&mut Connection, u32, Instant) -> anyhow::Result<T> + Sync,
) -> anyhow::Result<Vec<T>> {
    let connections: Vec<Connection> = (0..servers)
        .map(|_| server.connect())
        .collect::<anyhow::Result<_>>()?;
    let barrier = Barrier::new(connections.len());
    let started = Instant::now();
    thread::scope(|scope| {
        let threads: Vec<_> = connections
            .into_iter()
            .zip(0..)
            .map(|(mut connection, number)| {
                let (barrier, work) = (&barrier, &work);
                scope.spawn(move || {
                    barrier.wait();
                    work(&mut connection, number, started)
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().ok().context("a server panicked")?)
            .collect()
    })
}

fn answer(connection: &mut Connection, request: u32) -> anyhow::Result<()> {
    // Neighbours in time are no neighbours in number.
    let number = u64::from(request) * 7_919 % u64::from(SESSIONS);
    let record = find(connection, &key(&session_id(number as u32)))?;
    black_box(record::answer(&record, NOW)?);
    Ok(())
}

fn find(connection: &mut Connection, key: &str) -> anyhow::Result<Vec<u8>> {
    let record: Option<Vec<u8>> = redis::Cmd::get(key).query(connection)?;
    record.context("Redis has lost a session")
}

/// Sleeps until then, and says whether there was anything left to sleep.
fn wait_until(due: Instant) -> bool {
    let left = due.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return false;
    }
    thread::sleep(left);
    true
}

/// Linux lets threads sleep up to 50 µs longer than they ask for, unless a thread asks it not to. Where that can't be
/// said, `late` shows what it costs.
fn finer_timer() {
    let Ok(own) = fs::read_link("/proc/thread-self") else {
        return;
    };
    if let Some(thread) = own.file_name() {
        let slack = std::path::Path::new("/proc")
            .join(thread)
            .join("timerslack_ns");
        // Nothing but the lateness hangs on it, and that is told.
        let _ = fs::write(slack, "1");
    }
}

/// When each request arrives, in seconds after the first moment, and how long its server waits for something else.
pub fn arrivals(load: &Load) -> Vec<(f64, f64)> {
    let mut state = load.seed;
    let mut at = 0.0;
    (0..load.requests)
        .map(|_| {
            at += exponential(&mut state) / load.rate;
            (at, exponential(&mut state) * load.waiting)
        })
        .collect()
}

/// An exponential number whose mean is 1.
fn exponential(state: &mut u64) -> f64 {
    // From 53 bits, above 0 and at most 1.
    let uniform = ((next_random(state) >> 11) + 1) as f64 / (1_u64 << 53) as f64;
    -uniform.ln()
}

/// SplitMix64.
fn next_random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (*state ^ *state >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ mixed >> 31
}
