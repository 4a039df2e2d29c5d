//! Schaefer's catch equation, F = qER (Schaefer 1954).

use crate::english::percent;
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// F = qER.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Schaefer {
    /// Catchability q: share of the stock that a unit of effort catches in a step.
    #[schemars(range(min = 0.0, max = 1e6))]
    pub catchability: f64,
}

impl Schaefer {
    /// qR.
    #[inline(always)]
    pub fn per_effort(&self, stock: Lanes) -> Lanes {
        stock * self.catchability
    }

    pub(super) fn describe(&self) -> String {
        let share = percent(self.catchability);
        format!("A unit of effort yields {share} of whatever stock there is: half the stock, half the yield.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_fish_at_one_per_cent_give_six_tenths_a_unit_of_effort() {
        let form = Schaefer { catchability: 0.01 };
        assert!((form.per_effort(Lanes::all(60.0)).lane(0) - 0.6).abs() < 1e-15);
    }
}
