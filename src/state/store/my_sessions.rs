//! What `GET /sessions` answered. It reads the answer, and never the store.

use protocol::Timestamp;
use serde_json::Value;

/// A session as its user is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MySession {
    /// Its name: the hash of its ID, hex. It lets nobody in.
    pub(crate) id: String,
    /// From which device the user signed in, as far as it said.
    pub(crate) device: String,
    /// When it was last used, as far as written down.
    pub(crate) last_seen: Timestamp,
    /// Whether it is the one that asked.
    pub(crate) is_current: bool,
}

/// The sessions that the content lists; what can't be read is left out.
pub(crate) fn my_sessions(content: &str) -> Vec<MySession> {
    let listed: Value = serde_json::from_str(content).unwrap_or_default();
    let rows = listed.as_array().into_iter().flatten();
    rows.filter_map(|row| {
        Some(MySession {
            id: row["session"].as_str()?.to_owned(),
            device: row["device"].as_str().unwrap_or_default().to_owned(),
            last_seen: Timestamp::from_seconds(row["last_seen"].as_i64().unwrap_or_default()),
            is_current: row["current"].as_bool().unwrap_or_default(),
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_read_as_far_as_it_can_be() {
        let row = MySession {
            id: String::from("ab"),
            device: String::from("a phone"),
            last_seen: Timestamp::from_seconds(7),
            is_current: true,
        };
        for (content, expected) in [
            ("", vec![]),
            ("{}", vec![]),
            ("[]", vec![]),
            (r#"[{"device":"nameless"}]"#, vec![]),
            (
                r#"[{"session":"ab","device":"a phone","last_seen":7,"current":true}]"#,
                vec![row],
            ),
        ] {
            assert_eq!(my_sessions(content), expected, "{content}");
        }
    }
}
