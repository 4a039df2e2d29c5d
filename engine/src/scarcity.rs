//! Scarcity has a price: where staff and beds are nearly all in use, a unit of effort costs more.
//!
//! With o the occupancy of a pool, the effort of all on it as a share of the most that it can bear for good, the variable part of the
//! cost of effort is multiplied by
//!
//! ```text
//! 1 + rise · max(0, o − above)
//! ```
//!
//! and of several pools the fullest counts. The most that a pool can bear for good ([`Pool::bears`](crate::pool::Pool::bears)) is the
//! greatest effort whose use some stock makes good in every step; it follows from the pool's law and is worked out once. The price goes
//! by effort and not by the stock: a stock that fits what is measured hardly falls, while effort on it rises. Whoever weighs an option
//! sees the occupancy that it would lead to, the others doing as they do; what others then pay more, it does not see.
//!
//! Sources: crises become regular above 85% of beds (Bagust, Place & Posnett 1999, BMJ 319); agency staff cost 2.0% of acute
//! income in 2015/16. The form is *assumed*.

use crate::english::percent;
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What scarcity adds to the cost of effort.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scarcity {
    /// Occupancy above which effort costs more, as a share of the most effort that a pool bears for good.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub above: f64,
    /// By what share the variable part of the cost rises when occupancy is 1 above that: 0.4 makes it 4% dearer at a tenth above.
    #[schemars(range(min = 0.0, max = 1000.0))]
    pub rise: f64,
}

impl Scarcity {
    /// Factor by which the variable part of the cost is multiplied at an occupancy.
    #[inline(always)]
    pub(crate) fn factor(&self, occupancy: Lanes) -> Lanes {
        (occupancy - self.above).max(Lanes::ZERO) * self.rise + 1.0
    }

    /// The rise in a sentence.
    pub fn describe(&self) -> String {
        format!(
            "Where all together exert more than {} of the most effort that a pool it uses can bear for good, what varies with effort costs {} more for each tenth above.",
            percent(self.above),
            percent(self.rise * 0.1)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effort_costs_more_above_the_occupancy_and_not_below() {
        let factor = |occupancy: f64| Scarcity { above: 0.85, rise: 0.4 }.factor(Lanes::all(occupancy)).lane(9);
        // 1 + 0.4 · (0.95 − 0.85) = 1.04
        assert!((factor(0.95) - 1.04).abs() < 1e-12);
        assert_eq!(factor(0.85).to_bits(), 1.0_f64.to_bits());
        assert_eq!(factor(0.2).to_bits(), 1.0_f64.to_bits());
    }
}
