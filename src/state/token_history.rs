//! The changes of a token that is edited in three fields, so that each field takes back the last change of what it shows.
//! All in terms of the compact text, byte for byte.

use protocol::TokenPart;

use super::draft::Draft;
use super::token_parts::{encoded_part, with_encoded_part};

/// A token and its changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TokenHistory {
    compact: Draft,
    header: Draft,
    payload: Draft,
}

impl TokenHistory {
    /// The token.
    pub(crate) fn text(&self) -> &str {
        self.compact.text()
    }

    /// Whether a change of the token can be undone.
    pub(crate) fn can_undo(&self) -> bool {
        self.compact.can_undo()
    }

    /// Changes the token.
    pub(crate) fn edit(&mut self, text: String) {
        self.compact.edit(text);
        self.follow(|draft, encoded| draft.edit(encoded.to_owned()));
    }

    /// Takes back the last change of that part, and of nothing else; without a part, of the token.
    pub(crate) fn undo(&mut self, part: Option<TokenPart>) {
        self.step(part, Draft::undo);
    }

    /// Makes it again.
    pub(crate) fn redo(&mut self, part: Option<TokenPart>) {
        self.step(part, Draft::redo);
    }

    fn step(&mut self, part: Option<TokenPart>, step: fn(&mut Draft)) {
        match part {
            Some(part @ (TokenPart::Header | TokenPart::Payload)) => {
                let draft = self.part(part);
                step(draft);
                let encoded = draft.text().to_owned();
                let token = with_encoded_part(self.text(), part, &encoded);
                settle(&mut self.compact, &token);
            }
            Some(TokenPart::Signature) | None => step(&mut self.compact),
        }
        self.follow(settle);
    }

    fn part(&mut self, part: TokenPart) -> &mut Draft {
        if part == TokenPart::Header {
            &mut self.header
        } else {
            &mut self.payload
        }
    }

    fn follow(&mut self, take: fn(&mut Draft, &str)) {
        take(
            &mut self.header,
            encoded_part(self.compact.text(), TokenPart::Header),
        );
        take(
            &mut self.payload,
            encoded_part(self.compact.text(), TokenPart::Payload),
        );
    }
}

/// Lets the draft be this text: by the change that was made or taken back, where it was this one, or else by a new one.
fn settle(draft: &mut Draft, text: &str) {
    if draft.text() == text {
        return;
    }
    for (step, back) in [
        (Draft::undo as fn(&mut Draft), Draft::redo as fn(&mut Draft)),
        (Draft::redo, Draft::undo),
    ] {
        let before = draft.text().to_owned();
        step(draft);
        if draft.text() == text {
            return;
        }
        if draft.text() != before {
            back(draft);
        }
    }
    draft.edit(text.to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: Option<TokenPart> = Some(TokenPart::Header);
    const PAYLOAD: Option<TokenPart> = Some(TokenPart::Payload);

    fn edited(texts: &[&str]) -> TokenHistory {
        let mut history = TokenHistory::default();
        for text in texts {
            history.edit((*text).to_owned());
        }
        history
    }

    #[test]
    fn each_field_takes_back_the_last_change_of_what_it_shows() {
        for (texts, undone, expected) in [
            (&["a.b.c", "a.B.c"][..], &[PAYLOAD][..], "a.b.c"),
            (&["a.b.c", "a.B.c", "A.B.c"], &[PAYLOAD], "A.b.c"),
            (&["a.b.c", "a.B.c", "A.B.c"], &[HEADER], "a.B.c"),
            (&["a.b.c", "a.B.c", "A.B.c"], &[None], "a.B.c"),
            (&["a.b.c", "a.B.c", "A.B.c"], &[HEADER, PAYLOAD], "a.b.c"),
            (&["a.b.c", "a.B.c", "A.B.c"], &[PAYLOAD, None], "A.B.c"),
            // A signature's change belongs to the whole token alone.
            (&["a.b.c", "a.B.c", "a.B.C"], &[PAYLOAD], "a.b.C"),
            (&["a.b.c", "a.B.c", "a.B.C"], &[None, None], "a.b.c"),
            // What is broken comes back as it was.
            (&["a.b!.c", "a.e30.c"], &[PAYLOAD], "a.b!.c"),
            (&["a", "a.b.c"], &[None], "a"),
            (&["a.b.c"], &[PAYLOAD, PAYLOAD, PAYLOAD], "a..c"),
            // Typed, taken away by hand: that was a change as well.
            (&["a.b.c", "a.B.c", "a.b.c"], &[PAYLOAD], "a.B.c"),
        ] {
            let mut history = edited(texts);
            for part in undone {
                history.undo(*part);
            }
            assert_eq!(history.text(), expected, "{texts:?}, {undone:?}");
        }
    }

    #[test]
    fn what_was_undone_is_made_again() {
        let texts = ["a.b.c", "a.B.c", "A.B.c"];
        for part in [None, HEADER] {
            let mut history = edited(&texts);
            history.undo(part);
            assert_eq!(history.text(), "a.B.c");
            history.redo(part);
            assert_eq!(history.text(), "A.B.c", "{part:?}");
            history.redo(part);
            assert_eq!(history.text(), "A.B.c", "there is no more");
        }
        assert!(!TokenHistory::default().can_undo());
    }
}
