//! Putting things in order, by code that is there once: sorting is much code for each type that is sorted, and this crate
//! is in what the worker starts with.

use std::cmp::Ordering;

/// The same items in this order; equal ones stay as they stood.
pub(crate) fn ordered<T>(items: Vec<T>, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let places = places(items.len(), &|one, other| {
        compare(&items[one], &items[other])
    });
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    places
        .into_iter()
        .filter_map(|place| items[place].take())
        .collect()
}

fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|one, other| compare(*one, *other));
    places
}

#[cfg(test)]
mod tests {
    use super::ordered;

    #[test]
    fn equal_ones_stay_as_they_stood() {
        let words = vec!["pear", "fig", "plum", "date", "nut"];
        let by_length = ordered(words, |one, other| one.len().cmp(&other.len()));
        assert_eq!(by_length, ["fig", "nut", "pear", "plum", "date"]);
    }
}
