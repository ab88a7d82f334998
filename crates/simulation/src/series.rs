//! How it went over time: pieces that all are equally long, and a picture of the fleet at the start of each. When there
//! are too many, each two become one: memory does not grow with the run.

use protocol::{SeriesPoint, SimulationReport};

use crate::histogram::Histogram;

/// Buckets of a piece's histogram: 3 % wide.
const BITS: u32 = 5;

/// How much of something there was over time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Areas {
    pub(crate) seconds: f64,
    /// Servers that worked.
    pub(crate) working: f64,
    /// Servers that were not down.
    pub(crate) alive: f64,
    /// Requests that waited for servers.
    pub(crate) waiting: f64,
    /// Connections that worked.
    pub(crate) store_working: f64,
    /// Operations that waited for the store.
    pub(crate) store_waiting: f64,
}

impl Areas {
    pub(crate) fn absorb(&mut self, other: &Self) {
        self.seconds += other.seconds;
        self.working += other.working;
        self.alive += other.alive;
        self.waiting += other.waiting;
        self.store_working += other.store_working;
        self.store_waiting += other.store_waiting;
    }
}

/// One piece of time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Piece {
    pub(crate) arrived: u32,
    pub(crate) answered: u32,
    pub(crate) refused: u32,
    pub(crate) failed: u32,
    pub(crate) signed_out: u32,
    pub(crate) store_operations: u32,
    pub(crate) areas: Areas,
    pub(crate) latency: Histogram<BITS>,
}

impl Piece {
    fn absorb(&mut self, other: &Self) {
        self.arrived += other.arrived;
        self.answered += other.answered;
        self.refused += other.refused;
        self.failed += other.failed;
        self.signed_out += other.signed_out;
        // A hundred million requests ask at most sixty times each: more than the number holds, should one piece get them all.
        self.store_operations = self.store_operations.saturating_add(other.store_operations);
        self.areas.absorb(&other.areas);
        self.latency.absorb(&other.latency);
    }
}

/// A picture of one lane's fleet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Picture {
    pub(crate) servers: Vec<u8>,
    pub(crate) store: u32,
}

/// All pieces so far.
#[derive(Debug)]
pub(crate) struct Series {
    /// How long a piece is.
    pub(crate) width: f64,
    pub(crate) pieces: Vec<Piece>,
    /// At the start of each piece that has begun.
    pub(crate) pictures: Vec<Picture>,
}

impl Series {
    pub(crate) fn new(width: f64) -> Self {
        Self {
            width,
            pieces: Vec::new(),
            pictures: Vec::new(),
        }
    }

    /// The piece in which that moment is.
    #[inline]
    pub(crate) fn at(&mut self, moment: f64) -> &mut Piece {
        let mut place = (moment / self.width) as usize;
        if place >= self.pieces.len() {
            while place >= SimulationReport::MOST_POINTS {
                self.halve();
                place = (moment / self.width) as usize;
            }
            self.pieces
                .resize_with(self.pieces.len().max(place + 1), Piece::default);
        }
        &mut self.pieces[place]
    }

    /// When the next picture is due.
    pub(crate) fn next_picture(&self) -> f64 {
        self.pictures.len() as f64 * self.width
    }

    pub(crate) fn add_picture(&mut self, picture: Picture) {
        self.pictures.push(picture);
        if self.pictures.len() == SimulationReport::MOST_FRAMES {
            self.halve();
        }
    }

    /// Makes one of each two pieces.
    fn halve(&mut self) {
        self.width *= 2.0;
        self.pieces = std::mem::take(&mut self.pieces)
            .chunks_mut(2)
            .map(|pair| {
                let mut first = std::mem::take(&mut pair[0]);
                if let Some(second) = pair.get(1) {
                    first.absorb(second);
                }
                first
            })
            .collect();
        let mut place = 0;
        self.pictures.retain(|_| {
            place += 1;
            place % 2 == 1
        });
    }

    pub(crate) fn points(&self, connections: u32) -> Vec<SeriesPoint> {
        self.pieces
            .iter()
            .enumerate()
            .map(|(place, piece)| self.point(place, piece, connections))
            .collect()
    }

    fn point(&self, place: usize, piece: &Piece, connections: u32) -> SeriesPoint {
        let areas = &piece.areas;
        let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        SeriesPoint {
            at: place as f64 * self.width,
            seconds: self.width,
            arrived: piece.arrived,
            answered: piece.answered,
            refused: piece.refused,
            failed: piece.failed,
            signed_out: piece.signed_out,
            p50: piece.latency.quantile(0.5) as f32,
            p95: piece.latency.quantile(0.95) as f32,
            p99: piece.latency.quantile(0.99) as f32,
            utilisation: share(areas.working, areas.alive) as f32,
            queue: share(areas.waiting, areas.seconds) as f32,
            store_utilisation: share(areas.store_working, areas.seconds * f64::from(connections))
                as f32,
            store_queue: share(areas.store_waiting, areas.seconds) as f32,
            store_operations: piece.store_operations,
        }
    }
}
