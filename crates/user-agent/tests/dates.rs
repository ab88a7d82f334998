//! Cookie-dates. RFC 6265bis, 5.1.1.

use protocol::Timestamp;
use user_agent::cookie_date;

#[track_caller]
fn check(text: &str, seconds: Option<i64>) {
    assert_eq!(
        cookie_date(text),
        seconds.map(Timestamp::from_seconds),
        "{text:?}"
    );
}

#[test]
fn the_three_formats_of_http() {
    check("Sun, 06 Nov 1994 08:49:37 GMT", Some(784_111_777));
    check("Sunday, 06-Nov-94 08:49:37 GMT", Some(784_111_777));
    check("Sun Nov  6 08:49:37 1994", Some(784_111_777));
}

#[test]
fn forgiven() {
    check("1994 6 nov 8:49:37", Some(784_111_777));
    check("08:49:37 06 NOVEMBER 1994", Some(784_111_777));
    check("\t;06/Nov/1994;;08:49:37;", Some(784_111_777));
    check("06th Nov 1994 08:49:37.25+01:00", Some(784_111_777));
    check("1 jan 1970 0:0:0", Some(0));
    check("1 jan 1970 0:0:1x 12:00:00", Some(1));
    // The second number of one or two digits is no day any more, but a year.
    check("06 07 Nov 08:49:37", Some(1_194_425_377 - 86_400));
}

#[test]
fn years_of_two_digits() {
    check("1 jan 70 00:00:00", Some(0));
    check("1 jan 99 00:00:00", Some(915_148_800));
    check("1 jan 00 00:00:00", Some(946_684_800));
    check("1 jan 69 00:00:00", Some(3_124_224_000));
    check("1 jan 070 00:00:00", Some(0));
}

#[test]
fn edges_of_the_calendar() {
    check("29 feb 2000 00:00:00", Some(951_782_400));
    check("1 mar 2000 00:00:00", Some(951_868_800));
    check("29 feb 1900 00:00:00", None);
    check("29 feb 2023 00:00:00", None);
    check("29 feb 2024 00:00:00", Some(1_709_164_800));
    check("31 apr 2024 00:00:00", None);
    check("31 dec 9999 23:59:59", Some(253_402_300_799));
    check("1 jan 1601 00:00:00", Some(-11_644_473_600));
    check("31 dec 1600 23:59:59", None);
    check("31 dec 1969 23:59:59", Some(-1));
}

#[test]
fn broken() {
    for text in [
        "",
        " ; ",
        "tomorrow",
        "Sun, 06 Nov 1994",
        "06 Nov 08:49:37",
        "Nov 1994 08:49:37",
        "06 1994 08:49:37",
        "00 Nov 1994 08:49:37",
        "32 Nov 1994 08:49:37",
        "006 Nov 1994 08:49:37",
        "06 Nov 19940 08:49:37",
        "06 Nov 1994 24:00:00",
        "06 Nov 1994 23:60:00",
        "06 Nov 1994 23:59:60",
        "06 Nov 1994 123:00:00",
        "06 Nov 1994 08:49",
        "06 Nov 1994 08:4a:37",
        "06 Növ 1994 08:49:37",
        "06 Nov 99999999999999999999 08:49:37",
    ] {
        check(text, None);
    }
}
