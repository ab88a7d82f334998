//! A text that is being edited, beside the one that the browser holds. It never decides what the text means.

use std::collections::VecDeque;

/// The most changes that can be undone.
const UNDO_STEPS: usize = 200;
/// The most octets that are kept for it.
const UNDO_OCTETS: usize = 4 * 1024 * 1024;

/// A text that is being edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Draft {
    text: String,
    held: String,
    /// Earlier texts, the latest last.
    past: VecDeque<String>,
    /// What was undone, the latest last.
    future: Vec<String>,
}

impl Draft {
    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is another than the browser's.
    pub(crate) fn is_edited(&self) -> bool {
        self.text != self.held
    }

    /// Whether a change can be undone.
    pub(crate) fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// The browser holds this now. A text that was not edited follows; an edited one stays as it was typed.
    pub(crate) fn hold(&mut self, held: &str) {
        if !self.is_edited() {
            held.clone_into(&mut self.text);
            self.past.clear();
            self.future.clear();
        }
        held.clone_into(&mut self.held);
    }

    /// Changes the text.
    pub(crate) fn edit(&mut self, text: String) {
        if text == self.text {
            return;
        }
        self.past.push_back(std::mem::replace(&mut self.text, text));
        self.future.clear();
        let mut octets: usize = self.past.iter().map(String::len).sum();
        while self.past.len() > UNDO_STEPS || octets > UNDO_OCTETS {
            octets -= self.past.pop_front().map_or(0, |oldest| oldest.len());
        }
    }

    /// Takes the last change back.
    pub(crate) fn undo(&mut self) {
        if let Some(earlier) = self.past.pop_back() {
            self.future.push(std::mem::replace(&mut self.text, earlier));
        }
    }

    /// Makes the change again that was taken back last.
    pub(crate) fn redo(&mut self) {
        if let Some(later) = self.future.pop() {
            self.past
                .push_back(std::mem::replace(&mut self.text, later));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holding(held: &str) -> Draft {
        let mut draft = Draft::default();
        draft.hold(held);
        draft
    }

    #[test]
    fn what_was_not_edited_follows_the_browser() {
        let mut draft = holding("one");
        draft.hold("two");
        assert_eq!(draft.text(), "two");
        assert!(!draft.is_edited());
        assert!(!draft.can_undo());
    }

    #[test]
    fn what_was_edited_stays_as_it_was_typed() {
        let mut draft = holding("one");
        draft.edit(String::from("mine"));
        draft.hold("two");
        assert_eq!(draft.text(), "mine");
        assert!(draft.is_edited());

        draft.hold("mine");
        assert!(!draft.is_edited(), "the browser took it");
        draft.undo();
        assert_eq!(draft.text(), "one", "and it can still be undone");
    }

    #[test]
    fn changes_are_undone_and_made_again() {
        let mut draft = holding("a");
        for text in ["ab", "abc", "abc"] {
            draft.edit(text.to_owned());
        }
        let mut seen = Vec::new();
        for step in [Draft::undo, Draft::undo, Draft::undo, Draft::redo] {
            step(&mut draft);
            seen.push(draft.text().to_owned());
        }
        assert_eq!(seen, ["ab", "a", "a", "ab"]);

        draft.edit(String::from("x"));
        draft.redo();
        assert_eq!(draft.text(), "x", "a new change ends what was undone");
    }

    #[test]
    fn what_is_kept_for_undoing_is_bounded() {
        let mut draft = Draft::default();
        for length in 0..UNDO_STEPS * 2 {
            draft.edit("x".repeat(length));
        }
        assert_eq!(draft.past.len(), UNDO_STEPS);

        for first in ["a", "b", "c", "d"] {
            draft.edit(first.repeat(UNDO_OCTETS / 2));
        }
        let octets: usize = draft.past.iter().map(String::len).sum();
        assert!(octets <= UNDO_OCTETS);
        draft.undo();
        assert!(draft.text().starts_with('c'));
    }
}
