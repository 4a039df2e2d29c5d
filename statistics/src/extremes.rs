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
