//! What was answered of one's own system, and how a link writes it.

/// A question. Each has three answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    /// How many servers answer requests: one, several, many in several places.
    Servers,
    /// Who asks: browsers, API clients and apps, both.
    Clients,
    /// How soon a sign-out must hold: with the next request, within minutes, at the end of a lifetime.
    SignOut,
    /// Who verifies: the servers themselves, other services that can ask, other services that can't.
    Verifiers,
    /// Whether there is a store that all servers can ask: yes, yes but far or busy, no.
    Store,
    /// How soon a changed role must count: with the next request, within minutes, at the next sign-in.
    Roles,
}

impl Question {
    /// All of them, in the order in which they are asked.
    pub(crate) const ALL: [Self; 6] = [
        Self::Servers,
        Self::Clients,
        Self::SignOut,
        Self::Verifiers,
        Self::Store,
        Self::Roles,
    ];
    /// How many answers each has.
    pub(crate) const CHOICES: usize = 3;
}

/// The answers, each by its place; `None` for what was not answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answers([Option<usize>; Question::ALL.len()]);

impl Answers {
    /// What was answered.
    pub(crate) const fn get(&self, question: Question) -> Option<usize> {
        self.0[question as usize]
    }

    /// Answers.
    pub(crate) fn set(&mut self, question: Question, choice: usize) {
        self.0[question as usize] = (choice < Question::CHOICES).then_some(choice);
    }

    /// How many questions are open.
    pub(crate) fn open(&self) -> usize {
        self.0.iter().filter(|it| it.is_none()).count()
    }

    /// As a digit for each question, 0 where it is open.
    pub(crate) fn to_text(self) -> String {
        let digit = |answer: Option<usize>| answer.map_or('0', |it| char::from(b'1' + it as u8));
        self.0.into_iter().map(digit).collect()
    }

    /// What a link says; `None` where it is no such text.
    pub(crate) fn of_text(text: &str) -> Option<Self> {
        if text.len() != Question::ALL.len() {
            return None;
        }
        let mut answers = Self::default();
        for (place, digit) in text.chars().enumerate() {
            let digit = digit.to_digit(10)? as usize;
            if digit > Question::CHOICES {
                return None;
            }
            answers.0[place] = digit.checked_sub(1);
        }
        Some(answers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nonsense_is_refused() {
        let mut answers = Answers::default();
        assert_eq!(answers.open(), 6);
        assert_eq!(answers.to_text(), "000000");
        answers.set(Question::Servers, 0);
        answers.set(Question::Roles, 2);
        answers.set(Question::Clients, 3);
        assert_eq!(answers.to_text(), "100003");
        assert_eq!(answers.open(), 4);
        assert_eq!(Answers::of_text("100003"), Some(answers));
        for text in ["", "1", "1000031", "100004", "10000x", "10000９"] {
            assert_eq!(Answers::of_text(text), None, "{text}");
        }
    }
}
