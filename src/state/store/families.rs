//! Refresh tokens by family, as the observer sees them. It never judges one: the server does.

use protocol::{Lane, RefreshRow, Timestamp};

/// All tokens that came of one sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Family {
    /// Its ID, hex.
    pub(crate) id: String,
    /// Whose.
    pub(crate) user: u32,
    /// In which lane.
    pub(crate) lane: Lane,
    /// When it ends in any case.
    pub(crate) expires: Timestamp,
    /// When it was ended before.
    pub(crate) ended: Option<Timestamp>,
    /// Its tokens, oldest first.
    pub(crate) tokens: Vec<RefreshRow>,
}

/// How a refresh token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is the one to use.
    Current,
    /// It was exchanged.
    Used(Timestamp),
    /// Its family was ended.
    Ended(Timestamp),
    /// Its family has reached its end.
    Expired(Timestamp),
}

/// The families, the one with the newest token first.
pub(crate) fn families(rows: &[RefreshRow]) -> Vec<Family> {
    let mut families: Vec<Family> = Vec::new();
    // The rows come newest first.
    for row in rows {
        match families
            .iter_mut()
            .find(|family| family.id == row.family && family.lane == row.lane)
        {
            Some(family) => {
                family.ended = family.ended.or(row.ended);
                family.tokens.insert(0, row.clone());
            }
            None => families.push(Family {
                id: row.family.clone(),
                user: row.user,
                lane: row.lane,
                expires: row.expires,
                ended: row.ended,
                tokens: vec![row.clone()],
            }),
        }
    }
    families
}

/// How it stands at that moment.
pub(crate) fn standing(row: &RefreshRow, now: Timestamp) -> Standing {
    match (row.used, row.ended) {
        (Some(used), _) => Standing::Used(used),
        (None, Some(ended)) => Standing::Ended(ended),
        (None, None) if row.expires <= now => Standing::Expired(row.expires),
        (None, None) => Standing::Current,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(family: &str, created: i64, used: Option<i64>, ended: Option<i64>) -> RefreshRow {
        RefreshRow {
            token_hash: format!("{family}{created}"),
            family: family.to_owned(),
            user: 42,
            lane: Lane::B,
            created: Timestamp::from_seconds(created),
            used: used.map(Timestamp::from_seconds),
            expires: Timestamp::from_seconds(100),
            ended: ended.map(Timestamp::from_seconds),
        }
    }

    #[test]
    fn tokens_stand_in_their_families_in_the_order_of_their_making() {
        let rows = [
            row("b", 9, None, None),
            row("a", 5, None, Some(7)),
            row("b", 4, Some(9), None),
            row("a", 1, Some(5), Some(7)),
        ];
        let told: Vec<_> = families(&rows)
            .into_iter()
            .map(|family| {
                let made = family.tokens.iter().map(|it| it.created.seconds());
                (family.id, family.ended.is_some(), made.collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(
            told,
            [
                (String::from("b"), false, vec![4, 9]),
                (String::from("a"), true, vec![1, 5]),
            ]
        );
    }

    #[test]
    fn a_token_stands_as_its_record_says() {
        let at = Timestamp::from_seconds;
        for (row, now, expected) in [
            (row("a", 1, None, None), 50, Standing::Current),
            (row("a", 1, None, None), 100, Standing::Expired(at(100))),
            (row("a", 1, Some(3), None), 50, Standing::Used(at(3))),
            (row("a", 1, Some(3), Some(4)), 50, Standing::Used(at(3))),
            (row("a", 1, None, Some(4)), 50, Standing::Ended(at(4))),
        ] {
            assert_eq!(standing(&row, at(now)), expected);
        }
    }
}
