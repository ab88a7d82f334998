//! What changed in a page of a table since the last look at it. It compares rows by their key, and never asks for one.

use std::cmp::Ordering;

use protocol::{SqlValue, TablePage};

/// How a row stands to the last look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// As it was.
    None,
    /// It was not there.
    New,
    /// It was there with other content: in these columns, a bit each.
    Changed(u64),
    /// It is there no more.
    Gone,
}

/// A row as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// Its values.
    pub(crate) values: Vec<SqlValue>,
    /// What became of it.
    pub(crate) change: Change,
}

/// The page's rows, and among them, where they stood, those that are gone. `before` is the same page at the last look;
/// without one nothing counts as changed. A row that only made room for others on this page is not gone.
pub(crate) fn rows(before: Option<&TablePage>, page: &TablePage) -> Vec<Row> {
    let Some(before) = before.filter(|before| before.columns == page.columns) else {
        return page.rows.iter().map(|row| plain(row)).collect();
    };
    let order = Order::of(page, before);
    let same = |one: &[SqlValue], other: &[SqlValue]| order.key(one) == order.key(other);
    let mut rows: Vec<Row> = page
        .rows
        .iter()
        .map(|row| {
            let was = before.rows.iter().find(|was| same(was, row));
            Row {
                values: row.clone(),
                change: was.map_or(Change::New, |was| difference(was, row)),
            }
        })
        .collect();
    let is_on_a_later_page = |row: &[SqlValue]| {
        let last = page.rows.last().filter(|_| page.next.is_some());
        last.is_some_and(|last| order.compare(row, last) == Ordering::Greater)
    };
    for row in &before.rows {
        if page.rows.iter().any(|now| same(now, row)) || is_on_a_later_page(row) {
            continue;
        }
        let place = rows
            .iter()
            .position(|it| order.compare(&it.values, row) == Ordering::Greater);
        rows.insert(place.unwrap_or(rows.len()), gone_row(row));
    }
    rows
}

/// The order of a table's rows.
struct Order {
    key_columns: usize,
    descends: bool,
}

impl Order {
    /// As the rows that are there stand.
    fn of(page: &TablePage, before: &TablePage) -> Self {
        let mut order = Self {
            key_columns: page.key_columns as usize,
            descends: false,
        };
        order.descends = [page, before].into_iter().any(|page| {
            let ends = page.rows.first().zip(page.rows.last());
            ends.is_some_and(|(first, last)| order.compare(first, last) == Ordering::Greater)
        });
        order
    }

    fn key<'a>(&self, row: &'a [SqlValue]) -> &'a [SqlValue] {
        row.get(..self.key_columns).unwrap_or(row)
    }

    fn compare(&self, one: &[SqlValue], other: &[SqlValue]) -> Ordering {
        let pairs = self.key(one).iter().zip(self.key(other));
        let ascending = pairs
            .map(|(one, other)| compare(one, other))
            .find(|order| *order != Ordering::Equal)
            .unwrap_or(Ordering::Equal);
        if self.descends {
            ascending.reverse()
        } else {
            ascending
        }
    }
}

/// As SQLite compares: NULL, then numbers, text, blobs.
fn compare(one: &SqlValue, other: &SqlValue) -> Ordering {
    let rank = |value: &SqlValue| match value {
        SqlValue::Null => 0,
        SqlValue::Integer(_) | SqlValue::Real(_) => 1,
        SqlValue::Text(_) => 2,
        SqlValue::Blob(_) => 3,
    };
    match (one, other) {
        (SqlValue::Integer(one), SqlValue::Integer(other)) => one.cmp(other),
        (SqlValue::Text(one), SqlValue::Text(other)) => one.cmp(other),
        (SqlValue::Blob(one), SqlValue::Blob(other)) => one.cmp(other),
        _ => rank(one).cmp(&rank(other)),
    }
}

fn plain(values: &[SqlValue]) -> Row {
    Row {
        values: values.to_vec(),
        change: Change::None,
    }
}

fn gone_row(values: &[SqlValue]) -> Row {
    Row {
        values: values.to_vec(),
        change: Change::Gone,
    }
}

fn difference(was: &[SqlValue], now: &[SqlValue]) -> Change {
    let mut columns = 0;
    for (place, (was, now)) in was.iter().zip(now).enumerate() {
        if was != now {
            columns |= 1 << place.min(63);
        }
    }
    if columns == 0 {
        Change::None
    } else {
        Change::Changed(columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(rows: &[(i64, &str)], more: bool) -> TablePage {
        TablePage {
            columns: vec![String::from("id"), String::from("name")],
            key_columns: 1,
            rows: rows
                .iter()
                .map(|(id, name)| vec![SqlValue::Integer(*id), SqlValue::Text(String::from(*name))])
                .collect(),
            next: more.then(|| vec![SqlValue::Integer(0)]),
            total: 0,
            gave_up: false,
        }
    }

    #[test]
    fn rows_tell_what_became_of_them() {
        use Change::{Changed, Gone, New, None as Same};
        let was = [(1, "a"), (3, "c"), (5, "e")];
        for (now, more, expected) in [
            (
                vec![(1, "a"), (3, "c"), (5, "e")],
                false,
                vec![(1, Same), (3, Same), (5, Same)],
            ),
            (
                vec![(1, "a"), (2, "b"), (3, "c"), (5, "e")],
                false,
                vec![(1, Same), (2, New), (3, Same), (5, Same)],
            ),
            (
                vec![(1, "a"), (3, "x"), (5, "e")],
                false,
                vec![(1, Same), (3, Changed(2)), (5, Same)],
            ),
            (
                vec![(1, "a"), (5, "e")],
                false,
                vec![(1, Same), (3, Gone), (5, Same)],
            ),
            (vec![], false, vec![(1, Gone), (3, Gone), (5, Gone)]),
            (
                vec![(0, "n"), (1, "a"), (3, "c")],
                true,
                vec![(0, New), (1, Same), (3, Same)],
            ),
            (
                vec![(3, "c"), (5, "e"), (7, "g")],
                false,
                vec![(1, Gone), (3, Same), (5, Same), (7, New)],
            ),
            (
                vec![(2, "b")],
                false,
                vec![(1, Gone), (2, New), (3, Gone), (5, Gone)],
            ),
            // Three that come before push all the others to later pages.
            (
                vec![(-3, "k"), (-2, "l"), (-1, "m")],
                true,
                vec![(-3, New), (-2, New), (-1, New)],
            ),
            (
                vec![(2, "k"), (3, "c"), (4, "m")],
                true,
                vec![(1, Gone), (2, New), (3, Same), (4, New)],
            ),
            // Newest first, as the audit log.
            (
                vec![(7, "k"), (5, "e"), (1, "a")],
                true,
                vec![(7, New), (5, Same), (3, Gone), (1, Same)],
            ),
        ] {
            let found = rows(Some(&page(&was, false)), &page(&now, more));
            let told: Vec<_> = found
                .iter()
                .map(|row| {
                    let SqlValue::Integer(id) = row.values[0] else {
                        panic!("the key is a number");
                    };
                    (id, row.change)
                })
                .collect();
            assert_eq!(told, expected, "{now:?}");
        }
    }

    #[test]
    fn a_first_look_marks_nothing() {
        let now = page(&[(1, "a")], false);
        let mut other = page(&[(1, "a")], false);
        other.columns[1] = String::from("other");
        for before in [None, Some(&other)] {
            assert_eq!(rows(before, &now)[0].change, Change::None);
        }
    }
}
