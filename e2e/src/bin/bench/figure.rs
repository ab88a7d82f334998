//! A figure that was measured, and the bar that it must meet, if it has one.

use std::borrow::Cow;
use std::fmt::Write;

/// What a figure must be.
#[derive(Clone, Copy, Debug)]
pub enum Bar {
    /// It is only told.
    None,
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
}

impl Bar {
    /// Whether the value meets it.
    pub fn allows(self, value: f64) -> bool {
        match self {
            Self::None => true,
            Self::AtLeast(bar) => value >= bar,
            Self::AtMost(bar) => value <= bar,
        }
    }
}

/// What was measured.
#[derive(Clone, Debug)]
pub struct Figure {
    what: Cow<'static, str>,
    value: f64,
    unit: &'static str,
    bar: Bar,
}

impl Figure {
    /// A figure with its unit.
    pub fn new(
        what: impl Into<Cow<'static, str>>,
        value: f64,
        unit: &'static str,
        bar: Bar,
    ) -> Self {
        Self {
            what: what.into(),
            value,
            unit,
            bar,
        }
    }

    /// Whether it meets its bar.
    pub fn is_met(&self) -> bool {
        self.bar.allows(self.value)
    }
}

/// A line for each figure.
pub fn table(figures: &[Figure]) -> String {
    let width = figures
        .iter()
        .map(|figure| figure.what.chars().count())
        .max()
        .unwrap_or_default();
    let mut table = format!("\n{:width$} {:>9}   {:<11} bar\n", "", "figure", "");
    for figure in figures {
        let (what, unit) = (&figure.what, figure.unit);
        let value = short(figure.value);
        let bar = match figure.bar {
            Bar::None => String::new(),
            Bar::AtLeast(bar) => format!("≥ {}", short(bar)),
            Bar::AtMost(bar) => format!("≤ {}", short(bar)),
        };
        let verdict = match (figure.bar, figure.is_met()) {
            (Bar::None, _) => "",
            (_, true) => "met",
            (_, false) => "NOT met",
        };
        // Writing to a string never fails.
        let _ = writeln!(
            table,
            "{what:width$} {value:>9}   {unit:<11} {bar:<8} {verdict}"
        );
    }
    table
}

/// Whole where it is large.
pub fn short(value: f64) -> String {
    if value.abs() >= 100.0 || value.fract().abs() < 1e-9 {
        format!("{value:.0}")
    } else {
        format!("{value:.1}")
    }
}

/// The value that this share of the others does not exceed; 0 where there are none.
pub fn percentile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (values.len() as f64 * share).ceil() as usize;
    values
        .get(place.saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

/// The middle one; 0 where there are none.
pub fn median(values: &[f64]) -> f64 {
    percentile(&mut values.to_vec(), 0.5)
}
