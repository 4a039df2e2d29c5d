//! A loss of stock: staff who leave together, a ward that closes, a storm.

use super::When;
use crate::english::{Time, percent, words};
use crate::lanes::Lanes;
use crate::pool::PoolState;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A part of a stock is gone at once. The books count it as drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockLoss {
    /// When it happens.
    pub when: When,
    /// Share of the stock that is lost.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub size: f64,
    /// Name of the pool.
    pub pool: String,
}

impl StockLoss {
    #[inline(always)]
    pub(super) fn strike<'a>(&self, pools: impl Iterator<Item = (&'a str, &'a mut PoolState)>, begins: Lanes) {
        for (name, state) in pools {
            if name == self.pool {
                let left = (state.stock - state.drawn).max(Lanes::ZERO);
                state.drawn += begins * left * self.size;
            }
        }
    }

    pub(super) fn describe(&self, time: &Time) -> String {
        format!("{}, {} of {} is lost at once.", self.when.describe(time), percent(self.size), words(&self.pool))
    }
}
