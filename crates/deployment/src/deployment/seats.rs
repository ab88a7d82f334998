//! What each server of a lane has for itself: its memory, and the count of what it answered. It never says what a server
//! is.

use sessions::ServerMemory;

use crate::lane_servers::OTHER_SERVICES;

/// What one server has for itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Seat {
    /// What it remembers.
    pub(super) memory: ServerMemory,
    /// How many requests it has answered.
    pub(super) answered: u32,
}

/// What the servers of a lane have, by their numbers: those of orders and of billing are the last two.
#[derive(Clone, Debug)]
pub(super) struct Seats(Vec<Seat>);

impl Seats {
    /// Those of so many servers that sign users in, and of the others.
    pub(super) fn new(servers: u32) -> Self {
        let count = servers as usize + OTHER_SERVICES;
        Self(std::iter::repeat_with(Seat::default).take(count).collect())
    }

    /// From now on so many servers sign users in. Those that are there keep what they have, those that are added have
    /// nothing, and what those had that are gone is lost.
    pub(super) fn resize(&mut self, servers: u32) {
        let others = self
            .0
            .split_off(self.0.len().saturating_sub(OTHER_SERVICES));
        self.0.resize_with(servers as usize, Seat::default);
        self.0.extend(others);
    }

    /// That of the server of this number, to be changed.
    pub(super) fn of_mut(&mut self, number: u32) -> Option<&mut Seat> {
        self.0.get_mut(number.checked_sub(1)? as usize)
    }

    /// All of them with their numbers.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (u32, &Seat)> {
        (1..).zip(&self.0)
    }

    /// The memories of those that sign users in, with their numbers.
    pub(super) fn main_memories(&self) -> impl Iterator<Item = (u32, &ServerMemory)> {
        let count = self.0.len().saturating_sub(OTHER_SERVICES);
        let numbered = self.numbered().take(count);
        numbered.map(|(number, seat)| (number, &seat.memory))
    }

    /// All memories.
    pub(super) fn memories_mut(&mut self) -> impl Iterator<Item = &mut ServerMemory> {
        self.0.iter_mut().map(|seat| &mut seat.memory)
    }

    /// Lets all servers forget, and says how many sessions and refresh tokens were lost.
    pub(super) fn clear(&mut self) -> u32 {
        self.memories_mut().map(ServerMemory::clear).sum()
    }

    /// Counts answers from 0 on.
    pub(super) fn forget_answers(&mut self) {
        for seat in &mut self.0 {
            seat.answered = 0;
        }
    }
}
