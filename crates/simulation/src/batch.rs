//! How sure a mean is: the interval around it from means of batches (Law and Kelton, Simulation Modeling and Analysis,
//! 9.5.3). Neighbouring requests are alike, as they wait in the same queue; means of long batches are not.

/// How many batches there are before each two become one.
const MOST: usize = 64;
/// Too few batches to tell.
const FEWEST: usize = 16;
/// Means of batches.
#[derive(Clone, Debug)]
pub(crate) struct Batches {
    sums: Vec<f64>,
    size: u64,
    open: f64,
    in_open: u64,
}

impl Batches {
    pub(crate) fn new() -> Self {
        Self {
            sums: Vec::with_capacity(MOST),
            size: 64,
            open: 0.0,
            in_open: 0,
        }
    }

    #[inline]
    pub(crate) fn add(&mut self, value: f64) {
        self.open += value;
        self.in_open += 1;
        if self.in_open == self.size {
            self.close();
        }
    }

    fn close(&mut self) {
        self.sums.push(self.open);
        self.open = 0.0;
        self.in_open = 0;
        if self.sums.len() == MOST {
            self.sums = self.sums.chunks(2).map(|pair| pair.iter().sum()).collect();
            self.size *= 2;
        }
    }

    /// The half-width of the 99 % interval of the mean; 0 where there are too few batches.
    pub(crate) fn half_width(&self) -> f64 {
        let count = self.sums.len();
        if count < FEWEST {
            return 0.0;
        }
        let size = self.size as f64;
        let mean = self.sums.iter().sum::<f64>() / size / count as f64;
        let squares: f64 = self
            .sums
            .iter()
            .map(|sum| (sum / size - mean) * (sum / size - mean))
            .sum();
        let variance = squares / (count - 1) as f64;
        student((count - 1) as f64) * libm::sqrt(variance / count as f64)
    }
}

/// The quantile of Student's t for a two-sided 99 %, by Cornish and Fisher's expansion (Abramowitz and Stegun, 26.7.5):
/// from 15 degrees of freedom on it is right to three digits.
fn student(freedom: f64) -> f64 {
    /// The same quantile of the normal distribution.
    const NORMAL: f64 = 2.575_829_303_548_901;
    let square = NORMAL * NORMAL;
    let first = NORMAL * (square + 1.0) / 4.0;
    let second = NORMAL * ((5.0 * square + 16.0) * square + 3.0) / 96.0;
    let third = NORMAL * (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0;
    NORMAL + ((third / freedom + second) / freedom + first) / freedom
}
