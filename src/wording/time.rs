//! Durations and sizes in words.

use protocol::Timestamp;

use super::number::{fixed, grouped, plain};

/// A duration: `14:59`, `7 h 59 min`, `6 days 23 h`. Negative ones read as zero.
pub(crate) fn duration(from: Timestamp, to: Timestamp) -> String {
    let seconds = ((to.milliseconds() - from.milliseconds()).max(0)) / 1000;
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{}:{:02} min", seconds / 60, seconds % 60),
        3600..86_400 => format!("{} h {:02} min", seconds / 3600, seconds % 3600 / 60),
        _ => days(seconds / 86_400, seconds % 86_400 / 3600),
    }
}

fn days(days: i64, hours: i64) -> String {
    let plural = if days == 1 { "" } else { "s" };
    let rest = if hours == 0 {
        String::new()
    } else {
        format!(" {hours} h")
    };
    format!("{days} day{plural}{rest}")
}

/// How long ago: `12 s ago`, `just now`.
pub(crate) fn ago(then: Timestamp, now: Timestamp) -> String {
    if now.milliseconds() - then.milliseconds() < 1000 {
        String::from("just now")
    } else {
        format!("{} ago", duration(then, now))
    }
}

/// A measured or calibrated time. Under the timer's grain a single run can't be told: it then reads `< grain`.
pub(crate) fn microseconds(microseconds: f64, grain: f64) -> String {
    if microseconds < grain {
        return format!("< {}", plain_microseconds(grain));
    }
    plain_microseconds(microseconds)
}

fn plain_microseconds(microseconds: f64) -> String {
    match microseconds {
        m if m >= 10_000.0 => format!("{} ms", fixed(m / 1000.0, 0)),
        m if m >= 1_000.0 => format!("{} ms", fixed(m / 1000.0, 1)),
        m if m >= 10.0 => format!("{} µs", fixed(m, 0)),
        m => format!("{} µs", fixed(m, 1)),
    }
}

/// A count of things: `1 session`, `3 sessions`.
pub(crate) fn counted(count: u32, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", grouped(count.into()))
}

/// A sum of modelled milliseconds, without the noise that adding them up leaves.
pub(crate) fn milliseconds(milliseconds: f64) -> String {
    format!("{} ms", plain(milliseconds))
}

/// A count of octets.
pub(crate) fn octets(octets: u32) -> String {
    counted(octets, "octet")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_say_them() {
        let from = Timestamp::from_seconds(0);
        for (seconds, said) in [
            (-5, "0 s"),
            (0, "0 s"),
            (59, "59 s"),
            (60, "1:00 min"),
            (899, "14:59 min"),
            (3600, "1 h 00 min"),
            (28_799, "7 h 59 min"),
            (86_400, "1 day"),
            (86_400 * 3, "3 days"),
            (86_400 * 7 - 2, "6 days 23 h"),
        ] {
            assert_eq!(duration(from, Timestamp::from_seconds(seconds)), said);
        }
    }

    #[test]
    fn a_time_below_the_grain_is_not_told() {
        assert_eq!(microseconds(0.0, 100.0), "< 100 µs");
        assert_eq!(microseconds(3.16, 0.0), "3.2 µs");
        assert_eq!(microseconds(44_000.0, 100.0), "44 ms");
    }

    #[test]
    fn a_sum_of_modelled_times_has_no_noise() {
        for (sum, said) in [
            (20.0 + 20.1 + 0.2, "40.3 ms"),
            (0.05, "0.05 ms"),
            (300.0, "300 ms"),
        ] {
            assert_eq!(milliseconds(sum), said);
        }
    }
}
