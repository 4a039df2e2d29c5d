//! A funding cut: less money allotted, or less inflow, for a time.

use super::When;
use crate::english::{Time, percent, words};
use crate::lanes::Lanes;
use crate::pool::PoolState;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A part of what a pool usually gains fails to come, for a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FundingCut {
    /// When it begins.
    pub when: When,
    /// For how many steps.
    #[schemars(range(min = 1, max = 100_000))]
    pub length: u32,
    /// Share of the usual allocation or growth that fails to come.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub size: f64,
    /// Name of the pool that is cut.
    pub pool: String,
}

impl FundingCut {
    #[inline(always)]
    pub(super) fn strike<'a>(&self, pools: impl Iterator<Item = (&'a str, &'a mut PoolState)>, active: Lanes) {
        for (name, state) in pools {
            if name == self.pool {
                state.supply *= 1.0 - active * self.size;
            }
        }
    }

    pub(super) fn describe(&self, time: &Time) -> String {
        let (share, pool, length) = (percent(self.size), words(&self.pool), time.count(f64::from(self.length)));
        format!("{}, {share} of what usually comes into {pool} fails to come for {length}.", self.when.describe(time))
    }
}
