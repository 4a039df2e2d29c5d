//! A national override: for a time what the place agreed, or was allotted, holds only in part.

use super::When;
use crate::english::{Time, percent};
use crate::lanes::Lanes;
use crate::place::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The national level overrides what the place agreed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NationalOverride {
    /// When it begins.
    pub when: When,
    /// For how many steps.
    #[schemars(range(min = 1, max = 100_000))]
    pub length: u32,
    /// Share of the agreement that it sets aside.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub size: f64,
}

impl NationalOverride {
    pub(super) fn strike(&self, place: &mut Place, active: Lanes) {
        place.standing *= 1.0 - active * self.size;
    }

    pub(super) fn describe(&self, time: &Time) -> String {
        let (share, length) = (percent(self.size), time.count(f64::from(self.length)));
        format!("{}, the national level sets {share} of what was agreed aside for {length}.", self.when.describe(time))
    }
}
