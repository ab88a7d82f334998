//! The store that all servers share: its connections, and the queue before them.

use protocol::{LaneModel, StoreModel};

use crate::chance::{Chance, Count, Times};
use crate::fleet::Line;

/// The store, as one lane's servers use it.
#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) connections: u32,
    pub(crate) busy: u32,
    pub(crate) line: Line,
    pub(crate) is_down: bool,
    /// By how much it is slowed, in seconds.
    pub(crate) slowed: f64,
    service: Times,
    round_trip: Times,
    reads: Count,
    writes: Count,
    chance: Chance,
}

impl Store {
    pub(crate) fn new(model: &StoreModel, lane: &LaneModel, seed: u64) -> Self {
        Self {
            connections: model.connections,
            busy: 0,
            line: Line::EMPTY,
            is_down: false,
            slowed: 0.0,
            service: Times::new(model.service),
            round_trip: Times::new(model.round_trip),
            reads: Count::new(lane.reads),
            writes: Count::new(lane.writes),
            chance: Chance::new(seed, 6),
        }
    }

    /// How many reads and writes authentication takes this time.
    #[inline]
    pub(crate) fn draw_operations(&mut self) -> (u8, u8) {
        let reads = self.reads.draw(&mut self.chance);
        (reads, self.writes.draw(&mut self.chance))
    }

    #[inline]
    pub(crate) fn draw_round_trip(&mut self) -> f64 {
        self.round_trip.draw(&mut self.chance) + self.slowed
    }

    #[inline]
    pub(crate) fn draw_service(&mut self) -> f64 {
        self.service.draw(&mut self.chance)
    }
}
