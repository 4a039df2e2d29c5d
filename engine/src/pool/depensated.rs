//! Depensated growth, r R (1 − R/K)(R/A − 1): below the threshold A the stock declines by itself (Clark 1990, ch. 1).
//!
//! Staff leave teams that are too thin to recover; fish too few to find each other.

use crate::english::{Time, number, percent};
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// r R (1 − R/K)(R/A − 1) a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Depensated {
    /// Growth rate r, per step.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub rate: f64,
    /// Threshold A below which the stock declines by itself, as a share of capacity.
    #[schemars(range(min = crate::limits::LEAST, max = 1.0))]
    pub threshold: f64,
}

impl Depensated {
    /// Growth in one step; negative below the threshold.
    #[inline(always)]
    pub fn growth(&self, stock: Lanes, capacity: f64) -> Lanes {
        let share = stock * (1.0 / capacity);
        self.rate * stock * (1.0 - share) * (share * (1.0 / self.threshold) - 1.0)
    }

    pub(super) fn describe(&self, time: &Time) -> String {
        let (rate, threshold) = (number(self.rate), percent(self.threshold));
        format!(
            "It grows at a rate of {rate} {}, but declines by itself once it is below {threshold} of full.",
            time.per()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stock_declines_below_the_threshold_and_grows_above_it() {
        let law = Depensated { rate: 0.5, threshold: 0.2 };
        let growth = |stock: f64| law.growth(Lanes::all(stock), 100.0).lane(0);
        assert!(growth(19.0) < 0.0 && growth(21.0) > 0.0);
        assert!(growth(20.0).abs() < 1e-9 && growth(100.0).abs() < 1e-9);
        // 0.5 · 50 · 0.5 · (2.5 − 1) = 18.75
        assert!((growth(50.0) - 18.75).abs() < 1e-9);
    }
}
