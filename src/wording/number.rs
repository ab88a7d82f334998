//! Numbers as text: whole ones with their thousands apart, fractions to a few digits. The standard library writes each number to its last digit, and what does that
//! weighs more than the page's start can spare.

/// With that many digits after the point.
pub(crate) fn fixed(value: f64, digits: u32) -> String {
    let scale = 10_u64.pow(digits);
    let scaled = (value.abs() * scale as f64).round() as u64;
    let sign = if value < 0.0 && scaled > 0 { "-" } else { "" };
    let (whole, rest) = (scaled / scale, scaled % scale);
    if digits == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest:0width$}", width = digits as usize)
    }
}

/// With at most three digits after the point, and no more than it takes.
pub(crate) fn plain(value: f64) -> String {
    let text = fixed(value, 3);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A whole number with its thousands apart: `1,000,000`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut said = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_rounded_and_filled_up() {
        for (value, digits, said) in [
            (0.0, 0, "0"),
            (0.0, 2, "0.00"),
            (12.5, 1, "12.5"),
            (12.345, 2, "12.35"),
            (99.96, 1, "100.0"),
            (3.05, 3, "3.050"),
            (-0.04, 1, "0.0"),
            (-1.25, 2, "-1.25"),
        ] {
            assert_eq!(fixed(value, digits), said);
        }
    }

    #[test]
    fn no_more_digits_are_written_than_it_takes() {
        for (value, said) in [
            (0.0, "0"),
            (100.0, "100"),
            (22.5, "22.5"),
            (40.3, "40.3"),
            (0.05, "0.05"),
            (1.0 / 3.0, "0.333"),
            (-2.0, "-2"),
        ] {
            assert_eq!(plain(value), said);
        }
    }

    #[test]
    fn thousands_stand_apart() {
        for (number, said) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), said);
        }
    }
}
