//! A leader leaves: what was agreed lapses until members decide anew. Trust chief executives stay three years in the median
//! (King's Fund & NHS Providers 2018).

use super::When;
use crate::english::Time;
use crate::lanes::Lanes;
use crate::place::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whoever held the agreement together leaves, and it lapses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaderLeaves {
    /// When it happens.
    pub when: When,
}

impl LeaderLeaves {
    pub(super) fn strike(place: &mut Place, begins: Lanes) {
        place.lapse(begins.greater(Lanes::ZERO));
    }

    pub(super) fn describe(&self, time: &Time) -> String {
        format!("{}, the leader who held the agreement together leaves, and it lapses.", self.when.describe(time))
    }
}
