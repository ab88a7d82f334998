//! Moments as files write them: ISO 8601, in UTC.

use protocol::Timestamp;

const DAY: i64 = 86_400_000;
/// The last millisecond of the year 9999: later ones have more digits than readers expect.
const LATEST: i64 = 253_402_300_799_999;
/// The first millisecond of the year 0.
const EARLIEST: i64 = -62_167_219_200_000;

/// Such as `2026-11-26T08:35:00.000Z`. What lies beyond four digits of a year is at their edge.
pub(super) fn iso_8601(at: Timestamp) -> String {
    let milliseconds = at.milliseconds().clamp(EARLIEST, LATEST);
    let (year, month, day) = date(milliseconds.div_euclid(DAY));
    let rest = milliseconds.rem_euclid(DAY);
    let [hours, minutes] = [rest / 3_600_000, rest / 60_000 % 60];
    let [seconds, thousandths] = [rest / 1000 % 60, rest % 1000];
    format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}Z")
}

/// Year, month and day of a day, counted from 1970 on. Years begin with March here, so that the day that only some years
/// have is the last one.
const fn date(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + (month <= 2) as i64;
    (year, month, of_year - (153 * from_march + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_the_calendar() {
        for (milliseconds, written) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_799_999, "2000-02-29T23:59:59.999Z"),
            (1_709_164_800_123, "2024-02-29T00:00:00.123Z"),
            (1_767_225_599_000, "2025-12-31T23:59:59.000Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (i64::MAX, "9999-12-31T23:59:59.999Z"),
            (i64::MIN, "0000-01-01T00:00:00.000Z"),
        ] {
            let at = Timestamp::from_milliseconds(milliseconds);
            assert_eq!(iso_8601(at), written);
        }
    }
}
