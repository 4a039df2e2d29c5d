//! Block contract: a fixed sum whatever is delivered, as mental health and community trusts were paid.

use crate::english::{Time, number, yearly};
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A fixed sum a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Sum a step per unit of size: 1.0 pays for the planned care at its base cost.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub amount: f64,
    /// Change of the sum a year, as a share.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub change_per_year: f64,
}

impl Block {
    #[inline(always)]
    pub(super) fn income(&self, price_index: f64) -> Lanes {
        Lanes::all(self.amount * price_index)
    }

    pub(super) fn describe(&self, time: &Time) -> String {
        let (amount, change) = (number(self.amount), yearly(self.change_per_year));
        format!("a block of {amount} {} per unit of size, whatever is delivered{change}", time.per())
    }

    pub(super) fn brief() -> &'static str {
        "a fixed sum, whatever is delivered"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_pays_the_same_whatever_is_delivered() {
        let form = Block { amount: 1.1, change_per_year: 0.0 };
        assert!((form.income(1.02).lane(5) - 1.122).abs() < 1e-12);
    }
}
