//! What is read of a schedule as it is written.

use super::*;

#[test]
fn each_preset_makes_sense_however_many_servers_there_are() {
    for servers in [1, 2, 3, 10, 999, 1_000] {
        for preset in PRESETS {
            let scheduled = read(&written_by(preset, servers));
            let scheduled = scheduled.unwrap_or_else(|| panic!("{preset:?}, {servers}"));
            if let FleetChange::Fault(fault) = scheduled.change {
                assert_eq!(fault.problem(servers), None, "{preset:?}, {servers}");
            }
        }
    }
}

#[test]
fn an_entry_is_read_or_it_makes_no_sense() {
    let good = written_by(TrialPreset::ServerDies, 10);
    let fault = |kind, first, last| FleetChange::Fault(Fault { kind, first, last });
    let scheduled = |from, until, change| {
        Some(Scheduled {
            at: from,
            until,
            change,
        })
    };
    let down = fault(FaultKind::ServerDown, 3, 3);
    for (happens, texts, expected) in [
        (
            Happens::ServerDown,
            ["3", "3", "", "30", "80"],
            scheduled(30.0, Some(80.0), down),
        ),
        (
            Happens::ServerDown,
            [" 3 ", "3", "x", "1.5", " "],
            scheduled(1.5, None, down),
        ),
        (
            Happens::StoreSlow,
            ["nonsense", "", "250", "0", "1"],
            scheduled(
                0.0,
                Some(1.0),
                fault(FaultKind::StoreSlow { milliseconds: 250 }, 1, 1_000),
            ),
        ),
        (
            Happens::ServersAdded,
            ["", "", "5", "9", ""],
            scheduled(9.0, None, FleetChange::ServersAdded { servers: 5 }),
        ),
        (
            Happens::ClockOff,
            ["1", "2", "-60", "0", ""],
            scheduled(0.0, None, fault(FaultKind::ClockOff { seconds: -60 }, 1, 2)),
        ),
        (Happens::ServerDown, ["0", "3", "", "30", "80"], None),
        (Happens::ServerDown, ["4", "3", "", "30", "80"], None),
        (Happens::ServerDown, ["x", "3", "", "30", "80"], None),
        (Happens::ServerDown, ["3", "3", "", "80", "30"], None),
        (Happens::ServerDown, ["3", "3", "", "-1", "30"], None),
        (Happens::ServerDown, ["3", "3", "", "NaN", ""], None),
        (Happens::ServerDown, ["3", "3", "", "", ""], None),
        (Happens::ServersAdded, ["", "", "0", "9", ""], None),
        (Happens::ClockOff, ["1", "1", "later", "9", ""], None),
    ] {
        let [first, last, amount, from, until] = texts.map(str::to_owned);
        let written = Written {
            happens,
            first,
            last,
            amount,
            from,
            until,
        };
        assert_eq!(read(&written), expected, "{written:?}");
    }
    assert!(read(&good).is_some());
}

#[test]
fn a_number_is_whole_and_in_its_bounds() {
    for (text, number) in [
        ("1", Some(1)),
        (" 1000 ", Some(1_000)),
        ("0", None),
        ("1001", None),
        ("-1", None),
        ("1.5", None),
        ("", None),
        ("ten", None),
    ] {
        assert_eq!(number_up_to(text, 1_000), number, "{text:?}");
    }
}
