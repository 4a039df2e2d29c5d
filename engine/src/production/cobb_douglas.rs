//! Cobb–Douglas production, F = γ E^α R^β: Tavoni, Schlüter & Levin 2012.

use crate::english::number;
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// F = γ E^α R^β.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CobbDouglas {
    /// γ: yield of one unit of effort on one unit of stock.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub scale: f64,
    /// α: by how many per cent the yield rises with one per cent more effort.
    #[schemars(range(min = crate::limits::LEAST, max = 2.0))]
    pub effort: f64,
    /// β: by how many per cent the yield rises with one per cent more stock.
    #[schemars(range(min = 0.0, max = 2.0))]
    pub stock: f64,
}

/// Effort below which the yield per effort is taken at this effort, so that it stays finite where nobody works.
const LEAST_EFFORT: f64 = 1e-9;

impl CobbDouglas {
    /// γ E^(α−1) R^β. Two powers are much code, so it is kept out of the step's own.
    #[inline(never)]
    pub fn per_effort(&self, effort: Lanes, stock: Lanes) -> Lanes {
        let effort = effort.max(Lanes::all(LEAST_EFFORT));
        self.scale * effort.pow(Lanes::all(self.effort - 1.0)) * stock.pow(Lanes::all(self.stock))
    }

    pub(super) fn describe(&self) -> String {
        format!(
            "One unit of effort on one unit of stock yields {}; 1% more effort yields {}% more, 1% more stock {}% more.",
            number(self.scale),
            number(self.effort),
            number(self.stock)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn total_yield_is_gamma_times_the_powers() {
        let form = CobbDouglas { scale: 10.0, effort: 0.6, stock: 0.2 };
        let (effort, stock) = (0.483, 84.9);
        let total = form.per_effort(Lanes::all(effort), Lanes::all(stock)).lane(0) * effort;
        let wanted = 10.0 * libm::pow(effort, 0.6) * libm::pow(stock, 0.2);
        assert!((total / wanted - 1.0).abs() < 1e-12);
    }
}
