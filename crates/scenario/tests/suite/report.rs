//! Reports as JSON and CSV.

use protocol::{
    Knee, LaneReport, Latency, Limit, MonthlyCost, Overload, SeriesPoint, SimulationReport,
    SweepPoint, TheoryRow, TheorySystem, Varied,
};
use scenario::{report_csv, report_json, sweep_csv, sweep_json, theory_json};

fn lane() -> LaneReport {
    LaneReport {
        arrived: 10,
        answered: 8,
        refused: 1,
        failed: 1,
        throughput: 4.0,
        latency: Latency {
            mean: 0.25,
            p99: 0.5,
            ..Latency::default()
        },
        limit: Limit::Store,
        overload: Some(Overload {
            limit: Limit::Store,
            offered: 1.5,
        }),
        cost: MonthlyCost {
            servers: 70.0,
            store: 20.0,
            traffic: 1.0,
        },
        series: vec![SeriesPoint {
            at: 0.5,
            seconds: 0.5,
            arrived: 3,
            p99: 0.1,
            ..SeriesPoint::default()
        }],
        ..LaneReport::default()
    }
}

#[test]
fn a_report_tells_all_of_the_screen() {
    let report = SimulationReport {
        requests: 10,
        is_complete: true,
        seconds: 2.5,
        lanes: vec![lane()],
        frames: Vec::new(),
    };
    let json = report_json(&report);
    assert_eq!(json["isComplete"], true);
    assert_eq!(json["lanes"][0]["latency"]["p99"], 0.5);
    assert_eq!(json["lanes"][0]["overload"]["limit"], "store");
    assert_eq!(json["lanes"][0]["series"][0]["arrived"], 3);
    let csv = report_csv(&report);
    let lines: Vec<_> = csv.lines().collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0].split(',').count(), lines[1].split(',').count());
    assert!(
        lines[1].starts_with("A,0.5,0.5,3,0,0,0,0,0,0,0.1,"),
        "{csv}"
    );
}

#[test]
fn a_sweep_marks_each_lane_s_knee() {
    let point = |value: f64| SweepPoint {
        value,
        lanes: vec![lane(), lane()],
    };
    let points = [point(1.0), point(2.0)];
    let knees = [
        Some(Knee {
            point: 1,
            limit: Limit::Store,
        }),
        None,
    ];
    let json = sweep_json(Varied::Servers, &points, &knees);
    assert_eq!(json["varied"], "servers");
    assert_eq!(json["knees"][0]["value"], 2.0);
    assert_eq!(json["knees"][0]["limit"], "store");
    assert_eq!(json["knees"][1], serde_json::Value::Null);
    let csv = sweep_csv(Varied::Servers, &points, &knees);
    let lines: Vec<_> = csv.lines().collect();
    assert_eq!(lines.len(), 5);
    for line in &lines {
        assert_eq!(line.split(',').count(), lines[0].split(',').count());
    }
    let marked: Vec<_> = lines.iter().map(|line| line.ends_with(",yes")).collect();
    assert_eq!(marked, [false, false, false, true, false]);
}

#[test]
fn a_row_of_the_comparison_names_its_system_as_kendall_does() {
    for (system, name) in [
        (TheorySystem::Mm1, "M/M/1"),
        (TheorySystem::Mmc { servers: 8 }, "M/M/8"),
        (TheorySystem::Md1, "M/D/1"),
        (TheorySystem::Mg1, "M/G/1"),
    ] {
        let row = theory_json(&TheoryRow {
            system,
            rho: 0.8,
            theory: 5.0,
            simulated: 5.01,
            half_width: 0.02,
            requests: 1_000_000,
        });
        assert_eq!(
            row,
            serde_json::json!({
                "system": name, "rho": 0.8, "theory": 5.0, "simulated": 5.01, "halfWidth": 0.02,
                "requests": 1_000_000,
            })
        );
    }
}
