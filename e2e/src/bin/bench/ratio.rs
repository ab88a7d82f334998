//! Ours beside a peer's, and the table of all such pairs: for the terminal, and as Markdown.

use crate::figure::{Bar, Figure, short};
use std::fmt::Write;

/// One pair.
#[derive(Clone, Debug)]
pub struct Ratio {
    /// What both did.
    pub what: String,
    pub unit: &'static str,
    /// Not a number where it takes the peer to measure it.
    pub ours: f64,
    /// The peer, with its version.
    pub peer: String,
    pub theirs: Theirs,
    /// What ours ÷ theirs must be, or ours where there is nobody to compare with.
    pub bar: Bar,
}

/// What the peer did.
#[derive(Clone, Copy, Debug)]
pub enum Theirs {
    Value(f64),
    /// It could not be installed, or does not run here.
    Missing,
    /// The bar is for ours alone.
    Nobody,
}

impl Ratio {
    /// What the bar is for; `None` where the peer is missing.
    fn value(&self) -> Option<f64> {
        match self.theirs {
            Theirs::Value(theirs) => Some(self.ours / theirs),
            Theirs::Missing => None,
            Theirs::Nobody => Some(self.ours),
        }
    }

    /// Whether it meets its bar; what could not be compared misses none.
    pub fn is_met(&self) -> bool {
        self.value().is_none_or(|value| self.bar.allows(value))
    }

    /// The peer's side as a figure.
    pub fn figure(&self) -> Figure {
        let what = format!("{}, {}", self.what, self.peer);
        let theirs = match self.theirs {
            Theirs::Value(theirs) => theirs,
            Theirs::Missing | Theirs::Nobody => f64::NAN,
        };
        Figure::new(what, theirs, self.unit, Bar::None)
    }

    /// The cells of its row.
    fn cells(&self) -> [String; 6] {
        let with_unit = |value: f64| {
            if value.is_nan() {
                return String::from("–");
            }
            format!("{} {}", short(value), self.unit).trim().to_owned()
        };
        let (theirs, ratio) = match self.theirs {
            Theirs::Value(theirs) => (
                format!("{}: {}", self.peer, with_unit(theirs)),
                format!("{} ×", fine(self.ours / theirs)),
            ),
            Theirs::Missing => (format!("{}: missing", self.peer), String::from("–")),
            Theirs::Nobody => (String::from("–"), String::from("–")),
        };
        let times = if matches!(self.theirs, Theirs::Nobody) {
            ""
        } else {
            " ×"
        };
        let bar = match self.bar {
            Bar::None => String::from("–"),
            Bar::AtLeast(bar) => format!("≥ {}{times}", fine(bar)),
            Bar::AtMost(bar) => format!("≤ {}{times}", fine(bar)),
        };
        let met = match (self.bar, self.value()) {
            (Bar::None, _) => "–",
            (_, None) => "not measured",
            (_, Some(_)) if self.is_met() => "yes",
            _ => "**no**",
        };
        [
            self.what.clone(),
            with_unit(self.ours),
            theirs,
            ratio,
            bar,
            met.to_owned(),
        ]
    }
}

const HEADINGS: [&str; 6] = ["what", "ours", "peer", "ours ÷ peer", "bar", "met"];

/// Columns of even width.
pub fn table(ratios: &[Ratio]) -> String {
    let mut rows = vec![HEADINGS.map(str::to_owned)];
    rows.extend(ratios.iter().map(Ratio::cells));
    let widths: [usize; 6] = std::array::from_fn(|column| {
        let widths = rows.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or_default()
    });
    let mut table = String::from("\n");
    for row in rows {
        for (cell, width) in row.iter().zip(widths) {
            // Writing to a string never fails.
            let _ = write!(table, "{cell:width$}  ");
        }
        table.truncate(table.trim_end().len());
        table.push('\n');
    }
    table.replace("**no**", "NO")
}

/// The same as Markdown.
pub fn markdown(ratios: &[Ratio]) -> String {
    let line = |cells: [String; 6]| format!("| {} |\n", cells.join(" | "));
    let mut text = line(HEADINGS.map(str::to_owned));
    text.push_str("|---|--:|--:|--:|--:|---|\n");
    for ratio in ratios {
        text.push_str(&line(ratio.cells()));
    }
    text
}

/// With more digits where it is small.
fn fine(value: f64) -> String {
    if value.abs() < 10.0 && value.fract().abs() > 1e-9 {
        let text = format!("{value:.2}");
        text.trim_end_matches('0').to_owned()
    } else {
        short(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(ours: f64, theirs: Theirs, bar: Bar) -> Ratio {
        Ratio {
            what: String::from("Requests"),
            unit: "a second",
            ours,
            peer: String::from("msw 1.0"),
            theirs,
            bar,
        }
    }

    #[test]
    fn a_row_says_both_their_ratio_and_whether_the_bar_is_met() {
        let check = |ratio: Ratio, expected: [&str; 5]| assert_eq!(ratio.cells()[1..], expected);
        let bar = Bar::AtLeast(20.0);
        let row = |ratio, met| {
            [
                "4000 a second",
                "msw 1.0: 250 a second",
                ratio,
                "≥ 20 ×",
                met,
            ]
        };
        check(
            ratio(4000.0, Theirs::Value(250.0), bar),
            row("16 ×", "**no**"),
        );
        let fast = ratio(4000.0, Theirs::Value(160.0), bar);
        assert_eq!(fast.cells()[3..], ["25 ×", "≥ 20 ×", "yes"]);
        let missing = ratio(4000.0, Theirs::Missing, bar);
        assert!(missing.is_met(), "a peer that is missing fails nothing");
        assert_eq!(
            missing.cells()[2..],
            ["msw 1.0: missing", "–", "≥ 20 ×", "not measured"]
        );
        let alone = ratio(99.0, Theirs::Nobody, Bar::AtLeast(100.0));
        assert_eq!(alone.cells()[2..], ["–", "–", "≥ 100", "**no**"]);
        let told = ratio(1.0, Theirs::Value(3.0), Bar::None);
        assert_eq!(told.cells()[3..], ["0.33 ×", "–", "–"]);
    }

    #[test]
    fn the_markdown_has_a_row_for_each() {
        let rows = [
            ratio(1.0, Theirs::Value(2.0), Bar::AtMost(0.5)),
            ratio(1.0, Theirs::Missing, Bar::None),
        ];
        let text = markdown(&rows);
        assert_eq!(text.lines().count(), 4, "{text}");
        assert!(text.contains("| 0.5 × | ≤ 0.5 × | yes |"), "{text}");
    }
}
