//! Dates in `Expires`, by the draft's own forgiving algorithm (5.1.1). It never writes a date and never guesses a zone:
//! all are UTC.

use protocol::Timestamp;

/// The moment that a cookie-date names; `None` where it is none. Section 5.1.1.
pub fn cookie_date(text: &str) -> Option<Timestamp> {
    let mut time = None;
    let mut day = None;
    let mut month = None;
    let mut year = None;
    // Step 2: each token is the first thing that is still missing and that it can be read as.
    for token in text
        .as_bytes()
        .split(|byte| is_delimiter(*byte))
        .filter(|token| !token.is_empty())
    {
        if time.is_none()
            && let Some(found) = read_time(token)
        {
            time = Some(found);
        } else if day.is_none()
            && let Some(found) = read_number(token, 1, 2)
        {
            day = Some(found);
        } else if month.is_none()
            && let Some(found) = read_month(token)
        {
            month = Some(found);
        } else if year.is_none()
            && let Some(found) = read_number(token, 2, 4)
        {
            year = Some(found);
        }
    }
    let (time, day, month) = (time?, day?, month?);
    // Steps 3 and 4: years of two digits.
    let year = match year? {
        short @ 70..=99 => short + 1900,
        short @ 0..=69 => short + 2000,
        long => long,
    };
    // Steps 5 and 6: out of range, or a day that the month does not have.
    let [hour, minute, second] = time;
    let in_range = (1..=days_in_month(year, month)).contains(&day)
        && year >= 1601
        && hour <= 23
        && minute <= 59
        && second <= 59;
    in_range.then(|| {
        let days = days_since_1970(i64::from(year), i64::from(month), i64::from(day));
        let seconds = i64::from(hour * 3600 + minute * 60 + second);
        Timestamp::from_seconds(days * 86_400 + seconds)
    })
}

/// `delimiter` of the grammar.
const fn is_delimiter(byte: u8) -> bool {
    matches!(byte, 0x09 | 0x20..=0x2f | 0x3b..=0x40 | 0x5b..=0x60 | 0x7b..=0x7e)
}

/// The number at a token's start, if it has at least and at most so many digits. What follows does not matter.
fn read_number(token: &[u8], at_least: usize, at_most: usize) -> Option<u32> {
    let digits = token
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    (at_least..=at_most).contains(&digits).then(|| {
        token[..digits]
            .iter()
            .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
    })
}

/// `hms-time`: hours, minutes, seconds.
fn read_time(token: &[u8]) -> Option<[u32; 3]> {
    let mut fields = token.splitn(3, |byte| *byte == b':');
    let mut whole = || {
        let field = fields.next()?;
        read_number(field, 1, 2).filter(|_| field.iter().all(u8::is_ascii_digit))
    };
    let (hour, minute) = (whole()?, whole()?);
    // Only the last field may have something behind its digits.
    let second = read_number(fields.next()?, 1, 2)?;
    Some([hour, minute, second])
}

/// The month, counted from 1, that a token's first three letters name.
fn read_month(token: &[u8]) -> Option<u32> {
    const MONTHS: [&[u8; 3]; 12] = [
        b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov",
        b"dec",
    ];
    let start = token.first_chunk::<3>()?.to_ascii_lowercase();
    (1..)
        .zip(MONTHS)
        .find_map(|(number, month)| (start == *month).then_some(number))
}

const fn days_in_month(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

/// Days between 1970-01-01 and a day of the Gregorian calendar. Years count from March, so that a leap day is the
/// last day of its year.
const fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    // 153 days in each five months from March on; 719,468 days from 0000-03-01 to 1970-01-01.
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
        - 719_468
}
