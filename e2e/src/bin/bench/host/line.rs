//! A line of a given rate and round trip, which all connections of a host share. It is in the host and not in the
//! browser, so that what a page, its workers and its service workers fetch goes through it alike.

use std::io::Write;
use std::net::TcpStream;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// What is sent at a time, as packets are on the way from Ethernet to Ethernet.
const PACKET: usize = 1_460;
/// A thread wakes late by this at most, without the line being idle for it.
const SLACK: Duration = Duration::from_millis(2);

/// The line.
pub struct Line {
    octets_per_second: f64,
    round_trip: Duration,
    /// When it has sent all that it was given so far.
    free: Mutex<Instant>,
}

impl Line {
    /// One that nothing was sent over yet.
    pub fn new(megabits_per_second: f64, round_trip: Duration) -> Self {
        Self {
            octets_per_second: megabits_per_second * 1_000_000.0 / 8.0,
            round_trip,
            free: Mutex::new(Instant::now()),
        }
    }

    /// Waits as long as a request is on its way there and its answer's beginning on its way back; twice as long where
    /// the connection is yet to be made.
    pub fn wait_for_round_trip(&self, is_first_of_connection: bool) {
        let trips = if is_first_of_connection { 2 } else { 1 };
        thread::sleep(self.round_trip * trips);
    }

    /// Sends packet by packet, in turn with other connections.
    pub fn send(&self, mut connection: &TcpStream, octets: &[u8]) -> std::io::Result<()> {
        for packet in octets.chunks(PACKET) {
            let sent = self.take(packet.len());
            thread::sleep(sent.saturating_duration_since(Instant::now()));
            connection.write_all(packet)?;
        }
        Ok(())
    }

    /// When so many octets more will have been sent.
    fn take(&self, octets: usize) -> Instant {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let begin = (*free).max(now.checked_sub(SLACK).unwrap_or(now));
        *free = begin + Duration::from_secs_f64(octets as f64 / self.octets_per_second);
        *free
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, SLACK};
    use std::time::{Duration, Instant};

    #[test]
    fn all_that_is_sent_shares_the_rate() {
        let line = Line::new(8.0, Duration::ZERO);
        let began = Instant::now();
        line.take(500_000);
        let sent = line.take(500_000);
        let apart = (sent - began).abs_diff(Duration::from_secs(1));
        assert!(apart < SLACK + Duration::from_millis(50), "{apart:?}");
    }
}
