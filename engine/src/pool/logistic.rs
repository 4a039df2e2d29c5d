//! Logistic growth, r R (1 − R/K): Verhulst 1838; in fisheries Schaefer 1954 and Gordon 1954.

use super::Pool;
use crate::english::{Time, amount};
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// r R (1 − R/K) a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Logistic {
    /// Growth rate r of a small stock, per step.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub rate: f64,
}

impl Logistic {
    /// Growth in one step.
    #[inline(always)]
    pub fn growth(&self, stock: Lanes, capacity: f64) -> Lanes {
        self.rate * stock * (1.0 - stock * (1.0 / capacity))
    }

    pub(super) fn describe(&self, pool: &Pool, time: &Time) -> String {
        let most = amount(self.rate * pool.capacity / 4.0, &pool.unit);
        format!("It grows by up to {most} {}, most when it is half full and not at all when empty or full.", time.per())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_greatest_at_half_of_capacity_and_is_r_k_over_four() {
        let law = Logistic { rate: 1.0 };
        let growth = |stock: f64| law.growth(Lanes::all(stock), 100.0).lane(0);
        assert!((growth(50.0) - 25.0).abs() < 1e-12);
        assert!(growth(49.0) < growth(50.0) && growth(51.0) < growth(50.0));
        assert!(growth(0.0).abs() < 1e-12 && growth(100.0).abs() < 1e-12);
    }
}
