//! The kind of machine, read from what systems say.

use machine::{date, processor, processor_times, system};

#[test]
fn the_processor_is_named_by_its_maker() {
    let check = |cpuinfo: &str, expected: &str| assert_eq!(processor(cpuinfo), expected);
    check(
        "processor\t: 0\nmodel name\t: Some(R) Processor 1\nmodel name\t: Other\n",
        "Some(R) Processor 1",
    );
    check("processor\t: 0\nmodel name\t:\n", std::env::consts::ARCH);
    check("", std::env::consts::ARCH);
}

#[test]
fn the_system_is_named_by_itself() {
    let check = |os_release: &str, expected: &str| assert_eq!(system(os_release), expected);
    check(
        "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n",
        "Debian GNU/Linux 12 (bookworm)",
    );
    check("PRETTY_NAME=Other\n", "Other");
    check("", std::env::consts::OS);
}

#[test]
fn days_follow_the_calendar() {
    let check = |seconds: u64, expected: &str| assert_eq!(date(seconds), expected);
    check(0, "1970-01-01");
    check(86_399, "1970-01-01");
    check(951_782_400, "2000-02-29");
    check(951_868_800, "2000-03-01");
    check(1_735_689_599, "2024-12-31");
    check(1_767_225_600, "2026-01-01");
    check(4_107_542_400, "2100-03-01");
}

#[test]
fn a_core_is_busy_where_it_neither_idles_nor_waits_for_a_disk() {
    let check = |stat: &str, expected: Option<(u64, u64)>| {
        assert_eq!(processor_times(stat), expected, "{stat}");
    };
    check(
        "cpu  10 1 5 100 20 0 3 1 9 9\ncpu0 1 1 1 1\n",
        Some((20, 140)),
    );
    check("cpu  10 1\n", None);
    check("", None);
}
