//! A run: its lanes side by side, in slices, and its report at any time.

use protocol::{FleetFrame, LaneReport, Latency, Simulation, SimulationProblem, SimulationReport};

use crate::lane::Lane;
use crate::load::{Busy, monthly_cost, overload};
use crate::series::Series;

/// How many events a lane handles before it is looked at which one is behind.
const TURN: u32 = 2_048;

/// A run that can be carried on.
#[derive(Debug)]
pub struct Run {
    simulation: Simulation,
    lanes: Vec<Lane>,
}

impl Run {
    /// A run at its start.
    ///
    /// # Errors
    ///
    /// Why it makes no sense.
    pub fn new(simulation: &Simulation) -> Result<Self, SimulationProblem> {
        match scenario::problem(simulation) {
            Some(problem) => Err(problem),
            None => Ok(Self {
                lanes: simulation
                    .lanes
                    .iter()
                    .map(|model| Lane::new(simulation, *model))
                    .collect(),
                simulation: simulation.clone(),
            }),
        }
    }

    /// Carries on by about so many events, at all lanes together: whether it is complete. In how large slices a run is
    /// carried on makes no difference to what comes of it.
    pub fn advance(&mut self, events: u32) -> bool {
        let mut left = events;
        loop {
            // The one that is behind: so that a report before the end tells of the same time of both.
            let behind = self
                .lanes
                .iter_mut()
                .filter(|lane| !lane.is_complete)
                .min_by(|first, second| first.now.total_cmp(&second.now));
            let Some(lane) = behind else {
                return true;
            };
            if left == 0 {
                return false;
            }
            let turn = left.min(TURN);
            lane.advance(turn);
            left -= turn;
        }
    }

    /// What it tells so far.
    pub fn report(&self) -> SimulationReport {
        SimulationReport {
            lanes: self
                .lanes
                .iter()
                .map(|lane| LaneReport {
                    series: lane.series.points(lane.store.connections),
                    ..figures(&self.simulation, lane)
                })
                .collect(),
            frames: self.frames(),
            ..self.figures()
        }
    }

    /// What it tells so far, without what is shown over time, which is most of it.
    pub fn figures(&self) -> SimulationReport {
        SimulationReport {
            requests: self.lanes.iter().map(Lane::arrived).min().unwrap_or(0),
            is_complete: self.lanes.iter().all(|lane| lane.is_complete),
            seconds: self.lanes.iter().map(|lane| lane.now).fold(0.0, f64::max),
            lanes: self
                .lanes
                .iter()
                .map(|lane| figures(&self.simulation, lane))
                .collect(),
            frames: Vec::new(),
        }
    }

    /// The pictures of all lanes at the same moments. Lanes end at different times and so thin theirs out at different
    /// times: the coarser one decides.
    fn frames(&self) -> Vec<FleetFrame> {
        let all: Vec<&Series> = self.lanes.iter().map(|lane| &lane.series).collect();
        let width = all.iter().map(|series| series.width).fold(0.0, f64::max);
        let step = |series: &Series| (width / series.width) as usize;
        let count = all
            .iter()
            .map(|series| series.pictures.len().div_ceil(step(series)))
            .max()
            .unwrap_or(0);
        (0..count)
            .map(|place| {
                let mut frame = FleetFrame {
                    at: place as f64 * width,
                    ..FleetFrame::default()
                };
                for (series, lane) in all.iter().zip(&self.lanes) {
                    match series.pictures.get(place.saturating_mul(step(series))) {
                        Some(picture) => {
                            frame.servers.push(picture.servers.clone());
                            frame.store.push(picture.store);
                        }
                        None => {
                            let picture = lane.picture();
                            frame.servers.push(picture.servers);
                            frame.store.push(picture.store);
                        }
                    }
                }
                frame
            })
            .collect()
    }
}

/// A whole run.
///
/// # Errors
///
/// Why it makes no sense.
pub fn simulate(simulation: &Simulation) -> Result<SimulationReport, SimulationProblem> {
    let mut run = Run::new(simulation)?;
    while !run.advance(u32::MAX) {}
    Ok(run.report())
}

fn figures(simulation: &Simulation, lane: &Lane) -> LaneReport {
    let outcomes = &lane.outcomes;
    let areas = lane.areas();
    let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    let by_time = |part: f64| share(part, areas.seconds);
    let answered = outcomes.answered as f64;
    // The middle of a bucket can lie beyond the longest that is in it.
    let percentile = |share| outcomes.latency.quantile(share).min(outcomes.longest);
    let connections = f64::from(lane.store.connections);
    let busy = Busy {
        servers: share(areas.working, areas.alive),
        store: share(areas.store_working, areas.seconds * connections),
        signing_in: share(outcomes.sign_in_work, outcomes.work),
    };
    let overload = overload(simulation, lane, &areas);
    let operations = by_time((outcomes.reads_in_time + outcomes.writes_in_time) as f64);
    LaneReport {
        arrived: outcomes.arrived,
        answered: outcomes.answered,
        refused: outcomes.refused,
        failed: outcomes.failed,
        under_way: lane.under_way(),
        signed_out: outcomes.signed_out,
        sign_ins: outcomes.sign_ins,
        throughput: by_time(outcomes.answers_in_time as f64),
        latency: Latency {
            mean: share(outcomes.latency_sum, answered),
            half_width: outcomes.batches.half_width(),
            p50: percentile(0.5),
            p95: percentile(0.95),
            p99: percentile(0.99),
            p999: percentile(0.999),
            longest: outcomes.longest,
        },
        mean_wait: share(outcomes.waited_sum, answered),
        utilisation: busy.servers,
        mean_queue: by_time(areas.waiting),
        longest_queue: outcomes.longest_queue,
        store_utilisation: busy.store,
        store_mean_queue: by_time(areas.store_waiting),
        store_reads: by_time(outcomes.reads_in_time as f64),
        store_writes: by_time(outcomes.writes_in_time as f64),
        limit: overload.map_or(busy.limit(), |overload| overload.limit),
        overload,
        cost: monthly_cost(
            simulation,
            lane,
            lane.fleet.servers.len() as f64,
            by_time(outcomes.arrived as f64),
            operations,
        ),
        series: Vec::new(),
    }
}
