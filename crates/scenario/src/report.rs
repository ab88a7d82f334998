//! What a run tells, as JSON: all numbers of the screen.

use protocol::{
    FleetFrame, Knee, LaneReport, SeriesPoint, SimulationReport, SweepPoint, TheoryRow, Varied,
};
use serde_json::{Value, json};

use crate::names;

/// A report as JSON.
pub fn report_json(report: &SimulationReport) -> Value {
    json!({
        "requests": report.requests,
        "isComplete": report.is_complete,
        "seconds": report.seconds,
        "lanes": report.lanes.iter().map(lane_json).collect::<Vec<_>>(),
        "frames": report.frames.iter().map(frame_json).collect::<Vec<_>>(),
    })
}

/// The points of a sweep as JSON, and each lane's knee.
pub fn sweep_json(varied: Varied, points: &[SweepPoint], knees: &[Option<Knee>]) -> Value {
    json!({
        "varied": names::of_varied(varied),
        "points": points
            .iter()
            .map(|point| {
                json!({
                    "value": point.value,
                    "lanes": point.lanes.iter().map(lane_json).collect::<Vec<_>>(),
                })
            })
            .collect::<Vec<_>>(),
        "knees": knees
            .iter()
            .map(|knee| {
                knee.map(|knee| {
                    json!({
                        "point": knee.point,
                        "value": points.get(knee.point as usize).map(|point| point.value),
                        "limit": names::of_limit(knee.limit),
                    })
                })
            })
            .collect::<Vec<_>>(),
    })
}

/// A row of the comparison with theory as JSON.
pub fn theory_json(row: &TheoryRow) -> Value {
    json!({
        "system": names::of_system(row.system),
        "rho": row.rho,
        "theory": row.theory,
        "simulated": row.simulated,
        "halfWidth": row.half_width,
        "requests": row.requests,
    })
}

fn lane_json(lane: &LaneReport) -> Value {
    json!({
        "arrived": lane.arrived,
        "answered": lane.answered,
        "refused": lane.refused,
        "failed": lane.failed,
        "underWay": lane.under_way,
        "signedOut": lane.signed_out,
        "signIns": lane.sign_ins,
        "throughput": lane.throughput,
        "latency": {
            "mean": lane.latency.mean,
            "halfWidth": lane.latency.half_width,
            "p50": lane.latency.p50,
            "p95": lane.latency.p95,
            "p99": lane.latency.p99,
            "p999": lane.latency.p999,
            "longest": lane.latency.longest,
        },
        "meanWait": lane.mean_wait,
        "utilisation": lane.utilisation,
        "meanQueue": lane.mean_queue,
        "longestQueue": lane.longest_queue,
        "storeUtilisation": lane.store_utilisation,
        "storeMeanQueue": lane.store_mean_queue,
        "storeReads": lane.store_reads,
        "storeWrites": lane.store_writes,
        "limit": names::of_limit(lane.limit),
        "overload": lane.overload.map(|overload| {
            json!({ "limit": names::of_limit(overload.limit), "offered": overload.offered })
        }),
        "cost": {
            "servers": lane.cost.servers,
            "store": lane.cost.store,
            "traffic": lane.cost.traffic,
        },
        "series": lane.series.iter().map(point_json).collect::<Vec<_>>(),
    })
}

fn point_json(point: &SeriesPoint) -> Value {
    json!({
        "at": point.at,
        "seconds": point.seconds,
        "arrived": point.arrived,
        "answered": point.answered,
        "refused": point.refused,
        "failed": point.failed,
        "signedOut": point.signed_out,
        "p50": point.p50,
        "p95": point.p95,
        "p99": point.p99,
        "utilisation": point.utilisation,
        "queue": point.queue,
        "storeUtilisation": point.store_utilisation,
        "storeQueue": point.store_queue,
        "storeOperations": point.store_operations,
    })
}

fn frame_json(frame: &FleetFrame) -> Value {
    json!({ "at": frame.at, "servers": frame.servers, "store": frame.store })
}
