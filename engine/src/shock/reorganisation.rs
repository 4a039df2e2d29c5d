//! A reorganisation from the top: it takes working time for a while, and what was agreed lapses.

use super::When;
use crate::english::{Time, percent};
use crate::lanes::Lanes;
use crate::place::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A reorganisation from the top takes time and ends agreements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reorganisation {
    /// When it begins.
    pub when: When,
    /// For how many steps.
    #[schemars(range(min = 1, max = 100_000))]
    pub length: u32,
    /// Share of working time that it takes.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub size: f64,
}

impl Reorganisation {
    pub(super) fn strike(&self, place: &mut Place, begins: Lanes, active: Lanes) {
        place.lapse(begins.greater(Lanes::ZERO));
        place.lost_attention += active * self.size;
    }

    pub(super) fn describe(&self, time: &Time) -> String {
        let (share, length) = (percent(self.size), time.count(f64::from(self.length)));
        format!(
            "{}, a reorganisation ends agreements and takes {share} of working time for {length}.",
            self.when.describe(time)
        )
    }
}
