//! A new entrant: another user of the pool from outside.

use super::When;
use crate::english::{Time, number};
use crate::lanes::Lanes;
use crate::place::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A new user from outside arrives and stays. Needs `outside` in the scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEntrant {
    /// When it arrives.
    pub when: When,
    /// Effort that it brings, in the scenario's unit of effort.
    #[schemars(range(min = 0.0, max = 1e12))]
    pub effort: f64,
}

impl NewEntrant {
    pub(super) fn strike(&self, place: &mut Place, begins: Lanes) {
        place.outside += begins * self.effort;
    }

    pub(super) fn describe(&self, time: &Time) -> String {
        let effort = number(self.effort);
        format!("{}, a new user arrives from outside with {effort} of effort.", self.when.describe(time))
    }
}
