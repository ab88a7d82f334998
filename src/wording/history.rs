//! What the history leaves out.

/// How many entries the table does not show, on either side.
pub(crate) fn not_shown(newer: usize, older: usize) -> String {
    match (newer, older) {
        (0, older) => format!("Not shown: {older} earlier."),
        (newer, 0) => format!("Not shown: {newer} newer."),
        (newer, older) => format!("Not shown: {newer} newer, {older} earlier."),
    }
}

/// How many entries are gone, and why.
pub(crate) fn made_room(dropped: u32, limit: usize) -> String {
    format!("Kept are the newest {limit}, up to 16 MiB: {dropped} earlier made room for them.")
}

#[cfg(test)]
mod tests {
    use super::not_shown;

    #[test]
    fn only_sides_with_entries_are_named() {
        for (newer, older, said) in [
            (0, 44, "Not shown: 44 earlier."),
            (20, 0, "Not shown: 20 newer."),
            (20, 24, "Not shown: 20 newer, 24 earlier."),
        ] {
            assert_eq!(not_shown(newer, older), said);
        }
    }
}
