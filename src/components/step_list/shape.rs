//! Which lines of the list stand alone and which are folded. Lists of one shape differ in their texts alone, so one
//! turns into the other without a node that comes or goes.

use std::ops::Range;

use super::line::{Line, Mark};

/// Lines that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// How each of them went.
    pub(super) marks: Vec<Mark>,
    /// Their places in the exchange.
    pub(super) steps: Range<usize>,
    is_of_form: bool,
}

/// Neighbours of form that went alike stand together; every other line stands alone.
pub(super) fn shape(lines: &[Line]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let is_foldable = line.is_of_form && line.mark != Mark::Failed;
        match groups.last_mut() {
            Some(group)
                if is_foldable && group.is_of_form && group.marks.first() == Some(&line.mark) =>
            {
                group.marks.push(line.mark);
                group.steps.end = index + 1;
            }
            _ => groups.push(Group {
                marks: vec![line.mark],
                steps: index..index + 1,
                is_of_form: line.is_of_form,
            }),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use protocol::{Check, Cost, Fact, Outcome, Party, Rejection, Step, TokenCheck};

    use super::super::lines;
    use super::*;

    fn step(check: Check, outcome: Outcome) -> Step {
        Step {
            party: Party::Server(1),
            check,
            outcome,
            cost: Cost::default(),
        }
    }

    fn shape_of(steps: &[Step]) -> Vec<Group> {
        shape(&lines(steps, 5.0, None))
    }

    fn held() -> Outcome {
        Outcome::Passed(Fact::Done)
    }

    #[test]
    fn neighbours_of_form_fold_and_a_failure_never_does() {
        let failed = Outcome::Failed(Rejection::OriginMissing);
        let groups = shape_of(&[
            step(Check::SizeLimited, held()),
            step(Check::RouteFound, held()),
            step(Check::BearerFound, held()),
            step(Check::Token(TokenCheck::Parts), held()),
            step(Check::Token(TokenCheck::Base64url), failed),
            step(Check::Token(TokenCheck::HeaderJson), Outcome::NotReached),
            step(
                Check::Token(TokenCheck::HeaderNamesUnique),
                Outcome::NotReached,
            ),
            step(Check::Token(TokenCheck::Signature), Outcome::NotReached),
        ]);
        let places: Vec<_> = groups.iter().map(|group| group.steps.clone()).collect();
        assert_eq!(places, [0..2, 2..3, 3..4, 4..5, 5..7, 7..8]);
    }

    #[test]
    fn other_values_and_times_keep_the_shape_and_another_outcome_does_not() {
        let found = |id: &str, microseconds| {
            let mut step = step(
                Check::SessionIdHashed,
                Outcome::Passed(Fact::IdHash(String::from(id))),
            );
            step.cost.microseconds = microseconds;
            [step]
        };
        let some = lines(&found("5be102c7", 14.0), 5.0, None);
        let other = lines(&found("90aa11fe", 2.0), 5.0, None);
        assert_ne!(some, other);
        assert_eq!(shape(&some), shape(&other));

        let failed = step(
            Check::SessionIdHashed,
            Outcome::Failed(Rejection::OriginMissing),
        );
        assert_ne!(shape(&some), shape_of(&[failed]));
    }
}
