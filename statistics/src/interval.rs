//! An interval of confidence and what its level means.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The lower and the upper end of an interval, in the unit of what it is an interval of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// The interval that reaches `reach` to both sides of `centre`, within the numbers there are.
    pub(super) fn around(centre: f64, reach: f64) -> Self {
        Self { low: (centre - reach).max(f64::MIN), high: (centre + reach).min(f64::MAX) }
    }

    /// The distance between the two ends.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }

    /// Whether `value` lies between the ends or on one of them.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// `0.31 to 0.35`, with as many decimals as are asked for.
impl fmt::Display for Interval {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match formatter.precision() {
            Some(decimals) => write!(formatter, "{:.decimals$} to {:.decimals$}", self.low, self.high),
            None => write!(formatter, "{} to {}", self.low, self.high),
        }
    }
}

/// The highest level of confidence that is told from certainty, at which an interval would be
/// infinite.
const HIGHEST_LEVEL: f64 = 1.0 - 1e-9;

/// The probability below the upper end of a two-sided interval: 0.975 for a `level` of 0.95.
///
/// A level outside 0 to 1 − 10⁻⁹ is moved to the nearer end.
pub(super) fn upper_probability(level: f64) -> f64 {
    0.5 + level.clamp(0.0, HIGHEST_LEVEL) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_of_ninety_five_per_cent_leaves_two_and_a_half_above() {
        assert!((upper_probability(0.95) - 0.975).abs() < 1e-15);
    }

    #[test]
    fn a_level_out_of_range_still_gives_a_probability_below_one() {
        assert!((upper_probability(-3.0) - 0.5).abs() < 1e-15);
        assert!(upper_probability(1.0) < 1.0);
        assert!(upper_probability(7.0) < 1.0);
    }

    #[test]
    fn the_ends_belong_to_the_interval() {
        let interval = Interval::around(2.0, 0.5);
        assert!(interval.contains(1.5) && interval.contains(2.5));
        assert!(!interval.contains(2.6) && !interval.contains(f64::NAN));
        assert!((interval.width() - 1.0).abs() < 1e-15);
    }
}
