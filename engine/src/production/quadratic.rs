//! Quadratic production, F = aE − bE²: the common-pool game of Walker, Gardner & Ostrom 1990.

use crate::english::number;
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// F = aE − bE².
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quadratic {
    /// a: yield of the first unit of effort.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub linear: f64,
    /// b: how fast the yield of each further unit falls.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub crowding: f64,
}

impl Quadratic {
    /// a − bE. Negative where effort is so great that it destroys value, as in the laboratory game.
    #[inline(always)]
    pub fn per_effort(&self, effort: Lanes) -> Lanes {
        self.linear - effort * self.crowding
    }

    pub(super) fn describe(&self) -> String {
        format!(
            "The first unit of effort yields {}, and each further unit of anybody's effort lowers the yield of all by {}.",
            number(self.linear),
            number(self.crowding)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_laboratory_game_yields_seven_a_token_at_its_equilibrium() {
        let form = Quadratic { linear: 23.0, crowding: 0.25 };
        assert!((form.per_effort(Lanes::all(64.0)).lane(0) - 7.0).abs() < 1e-12);
    }
}
