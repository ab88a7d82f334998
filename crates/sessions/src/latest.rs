//! The latest of some records. The sorting itself is one function for all kinds of records, as each kind's own would be
//! some kilobytes of the same.

use std::cmp::Reverse;

use protocol::Timestamp;

/// At most `limit` of these, the latest first by this moment of theirs. Those of one moment stay in their order.
pub fn latest<T>(items: Vec<T>, limit: usize, moment: impl Fn(&T) -> Timestamp) -> Vec<T> {
    let places = places(items.iter().map(moment).collect());
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    let chosen = places.into_iter().take(limit);
    chosen.filter_map(|place| items[place].take()).collect()
}

/// Where the moments stand, the latest first.
fn places(moments: Vec<Timestamp>) -> Vec<usize> {
    let mut places: Vec<usize> = (0..moments.len()).collect();
    places.sort_by_key(|place| Reverse(moments[*place]));
    places
}
