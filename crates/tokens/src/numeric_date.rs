//! NumericDate: a JSON number of seconds since 1970, fractions allowed. RFC 7519, 2.

use protocol::Timestamp;

use crate::object::Json;

/// The moment that the number says, rounded to the clock's millisecond, and at the edge of the clock's range where it
/// lies beyond. `None` where it is not a number.
pub(crate) fn read(value: &Json<'_>) -> Option<Timestamp> {
    match *value {
        Json::Whole(seconds) => Some(Timestamp::from_seconds(seconds)),
        // Converting a float to an integer keeps it within the integer's range.
        Json::Fraction(seconds) => Some(Timestamp::from_milliseconds(
            (seconds * 1000.0).round() as i64
        )),
        Json::Text(_) | Json::List(_) | Json::Object(_) | Json::Other => None,
    }
}
