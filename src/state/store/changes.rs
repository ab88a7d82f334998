//! What changed in a page of a table since the last look at it. It compares rows by their key, and never asks for one.

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
/// without one nothing counts as changed.
pub(crate) fn rows(before: Option<&TablePage>, page: &TablePage) -> Vec<Row> {
    let Some(before) = before.filter(|before| before.columns == page.columns) else {
        return page.rows.iter().map(|row| plain(row)).collect();
    };
    let keys = page.key_columns as usize;
    let key = |row: &[SqlValue]| row.get(..keys).unwrap_or(row).to_vec();
    let mut rows = Vec::new();
    let mut old = before.rows.iter().peekable();
    let is_here = |row: &[SqlValue]| page.rows.iter().any(|now| key(now) == key(row));
    // A row that only made room for others on this page is not gone.
    let reaches_the_end = page.next.is_none();
    for row in &page.rows {
        while let Some(gone) = old.next_if(|it| !is_here(it)) {
            rows.push(gone_row(gone));
        }
        old.next_if(|it| key(it) == key(row));
        let was = before.rows.iter().find(|it| key(it) == key(row));
        rows.push(Row {
            values: row.clone(),
            change: was.map_or(Change::New, |was| difference(was, row)),
        });
    }
    let rest: Vec<_> = old.filter(|it| !is_here(it)).collect();
    if reaches_the_end {
        rows.extend(rest.into_iter().map(|gone| gone_row(gone)));
    }
    rows
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
                vec![(1, Gone), (3, Gone), (5, Gone), (2, New)],
            ),
        ] {
            let found = rows(Some(&page(&was, false)), &page(&now, more));
            let mut told: Vec<_> = found
                .iter()
                .map(|row| {
                    let SqlValue::Integer(id) = row.values[0] else {
                        panic!("the key is a number");
                    };
                    (id, row.change)
                })
                .collect();
            let mut expected = expected;
            told.sort_by_key(|(id, _)| *id);
            expected.sort_by_key(|(id, _)| *id);
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
