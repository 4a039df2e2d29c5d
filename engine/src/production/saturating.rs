//! Saturating production, F = E·(R/K)(1+h)/(R/K+h): Holling's type II scaled to one at a full pool.
//!
//! With h small, care keeps flowing while the pool empties: the fold, and the collapse without warning, come from here
//! (May 1977; Scheffer et al. 2001).

use crate::english::percent;
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// F = E·(R/K)(1+h)/(R/K+h).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Saturating {
    /// h: the share of capacity at which a unit of effort still yields about half of what it yields at a full pool.
    #[schemars(range(min = crate::limits::LEAST, max = 1e3))]
    pub half: f64,
}

impl Saturating {
    /// (R/K)(1+h)/(R/K+h): one at a full pool, nil at an empty one.
    #[inline(always)]
    pub fn per_effort(&self, stock: Lanes, capacity: f64) -> Lanes {
        let share = stock * (1.0 / capacity);
        share * (1.0 + self.half) / (share + self.half)
    }

    pub(super) fn describe(&self) -> String {
        // (R/K)(1 + h)/(R/K + h) at R/K = h.
        let (part, half) = (percent(f64::midpoint(1.0, self.half)), percent(self.half));
        format!(
            "A unit of effort yields one unit from a full pool and {part} of that at {half} of full: the yield holds up while the stock runs down, then breaks."
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_empty_pool_still_gives_most_of_the_yield_when_h_is_small() {
        let form = Saturating { half: 0.2 };
        let at = |stock: f64| form.per_effort(Lanes::all(stock), 10.0).lane(0);
        assert!((at(10.0) - 1.0).abs() < 1e-15 && at(0.0).abs() < 1e-15);
        // 0.5 · 1.2 / 0.7
        assert!((at(5.0) - 6.0 / 7.0).abs() < 1e-15);
    }
}
