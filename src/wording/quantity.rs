//! Quantities to three digits, with the unit that fits: times, counts, shares, money.

use super::number::{fixed, grouped, plain};

/// A time, with its unit.
pub(crate) fn seconds(seconds: f64) -> String {
    match seconds {
        s if !s.is_finite() => String::from("–"),
        0.0 => String::from("0"),
        s if s < 0.001 => format!("{} µs", digits(s * 1e6)),
        s if s < 1.0 => format!("{} ms", digits(s * 1e3)),
        s if s < 7_200.0 => format!("{} s", digits(s)),
        s => format!("{} h", digits(s / 3_600.0)),
    }
}

/// A number to three digits, or as a whole one where it is large.
pub(crate) fn digits(value: f64) -> String {
    match value.abs() {
        v if !v.is_finite() => String::from("–"),
        v if v >= 999.5 => whole(value),
        v if v >= 100.0 => fixed(value, 0),
        v if v >= 10.0 => plain((value * 10.0).round() / 10.0),
        v if v >= 0.01 || v == 0.0 => plain((value * 100.0).round() / 100.0),
        _ => plain(value),
    }
}

/// A whole number in groups of three digits.
pub(crate) fn whole(value: f64) -> String {
    grouped(value.round().max(0.0) as u64)
}

/// A share of one.
pub(crate) fn percent(share: f64) -> String {
    let hundred = share * 100.0;
    if hundred > 0.0 && hundred < 0.05 {
        String::from("less than 0.1 %")
    } else if hundred > 0.0 && hundred < 10.0 {
        format!("{} %", fixed(hundred, 1))
    } else {
        format!("{} %", fixed(hundred, 0))
    }
}

/// An amount of money.
pub(crate) fn money(amount: f64) -> String {
    if amount >= 100.0 {
        format!("${}", whole(amount))
    } else {
        format!("${}", fixed(amount, 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_numbers_have_three_digits() {
        for (value, said) in [
            (0.0, "0"),
            (0.000_000_5, "0.5 µs"),
            (0.000_03, "30 µs"),
            (0.001_234, "1.23 ms"),
            (0.045_67, "45.7 ms"),
            (1.0, "1 s"),
            (123.4, "123 s"),
            (36_000.0, "10 h"),
            (f64::NAN, "–"),
        ] {
            assert_eq!(seconds(value), said, "{value}");
        }
        assert_eq!(digits(1_234.5), "1,235");
        assert_eq!(digits(999.7), "1,000");
        assert_eq!(percent(0.034), "3.4 %");
        assert_eq!(percent(0.000_02), "less than 0.1 %");
        assert_eq!(money(12.5), "$12.50");
    }
}
