//! Inflow with a loss that rises with the stock, c − d (R/Rmax)²: Tavoni, Schlüter & Levin 2012.

use super::Pool;
use crate::english::{Time, amount};
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// c − d (R/Rmax)² a step, Rmax being the pool's capacity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inflow {
    /// Inflow c, in the pool's unit per step.
    #[schemars(range(min = 0.0, max = 1e12))]
    pub amount: f64,
    /// Loss d of a full pool, in the pool's unit per step.
    #[schemars(range(min = 0.0, max = 1e12))]
    pub loss: f64,
}

impl Inflow {
    /// Growth in one step, with `supply` the share of the usual inflow that arrives.
    #[inline(always)]
    pub fn growth(&self, stock: Lanes, capacity: f64, supply: Lanes) -> Lanes {
        let share = stock * (1.0 / capacity);
        supply * self.amount - self.loss * share * share
    }

    pub(super) fn describe(&self, pool: &Pool, time: &Time) -> String {
        let [inflow, loss] = [self.amount, self.loss].map(|sum| amount(sum, &pool.unit));
        format!("Each {} {inflow} flows in; a full pool loses {loss} by itself, an emptier one less.", time.one())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_left_alone_settles_where_inflow_equals_loss() {
        let law = Inflow { amount: 50.0, loss: 50.0 };
        assert!(law.growth(Lanes::all(200.0), 200.0, Lanes::ONE).lane(3).abs() < 1e-12);
        // Half full: 50 − 50/4 = 37.5.
        assert!((law.growth(Lanes::all(100.0), 200.0, Lanes::ONE).lane(3) - 37.5).abs() < 1e-12);
    }
}
