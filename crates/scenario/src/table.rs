//! What a run or a sweep tells, as CSV (RFC 4180): a header, then numbers and names. Lines end with CR and LF.

use protocol::{Knee, LaneReport, SeriesPoint, SimulationReport, SweepPoint, Varied};

use crate::names;

/// The series of a report: a line for each piece of time and lane.
pub fn report_csv(report: &SimulationReport) -> String {
    let mut lines = Lines::new(
        "lane,at,seconds,arrived,answered,refused,failed,signedOut,p50,p95,p99,utilisation,queue,storeUtilisation,storeQueue,storeOperations",
    );
    for (lane, name) in report.lanes.iter().zip(["A", "B"]) {
        for point in &lane.series {
            lines.add(&series_fields(name, point));
        }
    }
    lines.0
}

/// A sweep: a line for each point and lane; `knee` says whether it is there.
pub fn sweep_csv(varied: Varied, points: &[SweepPoint], knees: &[Option<Knee>]) -> String {
    let mut lines = Lines::new(&format!(
        "{},lane,arrived,answered,refused,failed,signedOut,signIns,throughput,mean,halfWidth,p50,p95,p99,p999,meanWait,utilisation,meanQueue,storeUtilisation,storeMeanQueue,storeReads,storeWrites,limit,offered,cost,knee",
        names::of_varied(varied)
    ));
    for (place, point) in points.iter().enumerate() {
        for (lane, (report, name)) in point.lanes.iter().zip(["A", "B"]).enumerate() {
            let is_knee = knees
                .get(lane)
                .copied()
                .flatten()
                .is_some_and(|knee| knee.point as usize == place);
            lines.add(&sweep_fields(point.value, name, report, is_knee));
        }
    }
    lines.0
}

struct Lines(String);

impl Lines {
    fn new(header: &str) -> Self {
        Self(format!("{header}\r\n"))
    }

    fn add(&mut self, fields: &[String]) {
        self.0.push_str(&fields.join(","));
        self.0.push_str("\r\n");
    }
}

fn series_fields(lane: &str, point: &SeriesPoint) -> Vec<String> {
    let mut fields = vec![
        lane.to_owned(),
        point.at.to_string(),
        point.seconds.to_string(),
    ];
    fields.extend(
        [
            point.arrived,
            point.answered,
            point.refused,
            point.failed,
            point.signed_out,
        ]
        .map(|count| count.to_string()),
    );
    fields.extend(
        [
            point.p50,
            point.p95,
            point.p99,
            point.utilisation,
            point.queue,
            point.store_utilisation,
            point.store_queue,
        ]
        .map(|number| number.to_string()),
    );
    fields.push(point.store_operations.to_string());
    fields
}

fn sweep_fields(value: f64, name: &str, lane: &LaneReport, is_knee: bool) -> Vec<String> {
    let mut fields = vec![value.to_string(), name.to_owned()];
    fields.extend(
        [
            lane.arrived,
            lane.answered,
            lane.refused,
            lane.failed,
            lane.signed_out,
            lane.sign_ins,
        ]
        .map(|count| count.to_string()),
    );
    let latency = &lane.latency;
    fields.extend(
        [
            lane.throughput,
            latency.mean,
            latency.half_width,
            latency.p50,
            latency.p95,
            latency.p99,
            latency.p999,
            lane.mean_wait,
            lane.utilisation,
            lane.mean_queue,
            lane.store_utilisation,
            lane.store_mean_queue,
            lane.store_reads,
            lane.store_writes,
        ]
        .map(|number| number.to_string()),
    );
    fields.push(names::of_limit(lane.limit).to_owned());
    fields.push(
        lane.overload
            .map(|overload| overload.offered.to_string())
            .unwrap_or_default(),
    );
    let cost = &lane.cost;
    fields.push((cost.servers + cost.store + cost.traffic).to_string());
    fields.push(if is_knee { "yes" } else { "" }.to_owned());
    fields
}
