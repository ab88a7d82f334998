//! What a part of the benchmark found.

use crate::figure::Figure;
use crate::ratio::Ratio;

/// Figures of ours alone, and pairs of ours and a peer's.
#[derive(Default)]
pub struct Measured {
    pub figures: Vec<Figure>,
    pub ratios: Vec<Ratio>,
    /// Sentences that stand below the tables.
    pub remarks: Vec<String>,
}

impl From<Vec<Figure>> for Measured {
    fn from(figures: Vec<Figure>) -> Self {
        Self {
            figures,
            ..Self::default()
        }
    }
}

impl Measured {
    /// Takes what another part found.
    pub fn extend(&mut self, more: Self) {
        self.figures.extend(more.figures);
        self.ratios.extend(more.ratios);
        self.remarks.extend(more.remarks);
    }

    /// How many bars were missed.
    pub fn missed(&self) -> usize {
        let figures = self.figures.iter().filter(|figure| !figure.is_met());
        let ratios = self.ratios.iter().filter(|ratio| !ratio.is_met());
        figures.count() + ratios.count()
    }
}
