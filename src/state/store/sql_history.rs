//! What was typed into the SQL console before, to go back to. It never runs anything.

/// How many statements are kept.
const KEPT: usize = 50;

/// What was run, oldest first, and where one stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SqlHistory {
    run: Vec<String>,
    /// Which one is shown; `None` for what is being typed.
    at: Option<usize>,
    /// What was being typed when going back began.
    typed: String,
}

impl SqlHistory {
    /// Remembers what was run. The same twice in a row counts once.
    pub(crate) fn push(&mut self, text: &str) {
        self.at = None;
        if text.trim().is_empty() || self.run.last().is_some_and(|last| last == text) {
            return;
        }
        self.run.push(text.to_owned());
        if self.run.len() > KEPT {
            self.run.remove(0);
        }
    }

    /// The one before what is shown; `None` where there is none. `text` is what stands in the field.
    pub(crate) fn older(&mut self, text: &str) -> Option<String> {
        let at = match self.at {
            None => {
                text.clone_into(&mut self.typed);
                self.run.len()
            }
            Some(at) => at,
        };
        let at = at.checked_sub(1)?;
        self.at = Some(at);
        self.run.get(at).cloned()
    }

    /// The one after what is shown, at last what was being typed; `None` where nothing is gone back to.
    pub(crate) fn newer(&mut self) -> Option<String> {
        let at = self.at? + 1;
        if let Some(text) = self.run.get(at) {
            self.at = Some(at);
            return Some(text.clone());
        }
        self.at = None;
        Some(std::mem::take(&mut self.typed))
    }
}

/// Whether the caret, before this UTF-16 unit of the text, stands in its first line, and whether in its last.
pub(crate) fn is_on_edge_line(text: &str, caret: usize) -> (bool, bool) {
    let mut units = 0;
    let mut first = true;
    let mut last = true;
    for character in text.chars() {
        if character == '\n' {
            if units < caret {
                first = false;
            } else {
                last = false;
            }
        }
        units += character.len_utf16();
    }
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_lead_back_and_forth_to_what_was_typed() {
        let mut history = SqlHistory::default();
        assert_eq!(history.older("x"), None);
        assert_eq!(history.newer(), None);
        for text in ["one", "two", "two", "  "] {
            history.push(text);
        }
        assert_eq!(history.older("thr").as_deref(), Some("two"));
        assert_eq!(history.older("two").as_deref(), Some("one"));
        assert_eq!(history.older("one"), None);
        assert_eq!(history.newer().as_deref(), Some("two"));
        assert_eq!(history.newer().as_deref(), Some("thr"));
        assert_eq!(history.newer(), None);
    }

    #[test]
    fn the_oldest_makes_room() {
        let mut history = SqlHistory::default();
        for number in 0..KEPT + 3 {
            history.push(&number.to_string());
        }
        let mut oldest = String::new();
        while let Some(older) = history.older("") {
            oldest = older;
        }
        assert_eq!(oldest, "3");
    }

    #[test]
    fn the_line_of_the_caret_is_told() {
        for (text, caret, expected) in [
            ("", 0, (true, true)),
            ("a\nb", 0, (true, false)),
            ("a\nb", 1, (true, false)),
            ("a\nb", 2, (false, true)),
            ("a\nb\nc", 2, (false, false)),
            ("🎫\nb", 2, (true, false)),
            ("🎫\nb", 3, (false, true)),
        ] {
            assert_eq!(is_on_edge_line(text, caret), expected, "{text:?}, {caret}");
        }
    }
}
