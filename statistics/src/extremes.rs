//! The smallest and the largest of a stream of finite values.

use serde::{Deserialize, Serialize};

/// The smallest and the largest value seen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Extremes {
    /// The smallest value, and before any value the largest number there is.
    pub(super) minimum: f64,
    /// The largest value, and before any value the smallest number there is.
    pub(super) maximum: f64,
}

impl Default for Extremes {
    // Finite, because JSON has no infinity.
    fn default() -> Self {
        Self { minimum: f64::MAX, maximum: f64::MIN }
    }
}

impl Extremes {
    /// Takes in one finite value. A negative zero must have been made positive (by adding 0.0):
    /// only then is the order of values total, and the bits kept are the same in whatever order
    /// they came.
    #[inline(always)]
    pub(super) fn push(&mut self, value: f64) {
        self.minimum = if value < self.minimum { value } else { self.minimum };
        self.maximum = if value > self.maximum { value } else { self.maximum };
    }

    /// Takes in sixteen finite values, of either zero.
    #[inline(always)]
    pub(super) fn push_lanes(&mut self, values: &[f64; 16]) {
        let values = values.map(|value| value + 0.0); // a negative zero becomes positive
        let (mut low, mut high) = (values, values);
        // As a tree, of which a processor works out a whole level at once.
        for width in [8, 4, 2, 1] {
            for lane in 0..width {
                low[lane] = if low[lane + width] < low[lane] { low[lane + width] } else { low[lane] };
                high[lane] = if high[lane + width] > high[lane] { high[lane + width] } else { high[lane] };
            }
        }
        self.push(low[0]);
        self.push(high[0]);
    }

    /// Whether so many values can have these extremes.
    pub(super) fn are_possible(&self, count: u64) -> bool {
        if count == 0 { *self == Self::default() } else { self.minimum <= self.maximum }
    }

    /// Takes in all that `other` has seen.
    pub(super) fn merge(&mut self, other: &Self) {
        self.minimum = self.minimum.min(other.minimum);
        self.maximum = self.maximum.max(other.maximum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_with_nothing_changes_nothing() {
        let mut seen = Extremes::default();
        seen.push(-2.0);
        seen.push(3.0);
        let before = seen;
        seen.merge(&Extremes::default());
        assert_eq!(seen, before);
    }

    #[test]
    fn one_value_is_both_the_smallest_and_the_largest() {
        let mut seen = Extremes::default();
        seen.push(0.25);
        assert_eq!(seen, Extremes { minimum: 0.25, maximum: 0.25 });
    }
}
