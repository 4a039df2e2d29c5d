//! Shared vision: a common idea of what all will do. King's Fund principle 3, Ostrom 2A.
//!
//! *Mechanism*: gives members a first belief, that all will keep to their share, and a precision of it, counted in steps of
//! full sight. What is seen of the others weighs against it, step by step, as in Bayesian updating: after n steps of full sight
//! the vision's weight is precision/(precision + n). It moves what a provider feels it owes to the others, and what a
//! conditional cooperator expects of them. *Fails by* wearing off against evidence. Source: Ham & Alderwick 2015,
//! principle 3; McGinnis 2013.

use super::{Price, Rule, Terms};
use crate::model::lanes::Lanes;
use crate::model::measure::steps;
use crate::model::world::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A first belief in what all will do, that holds against evidence for a while.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SharedVision {
    /// How strongly the rule acts: 0 is off, 1 is in full force.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub strength: f64,
    /// What it costs.
    pub cost: Price,
    /// Pays the cost and leaves the mechanism off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub placebo: bool,
    /// Steps of full sight that weigh as much as the vision.
    #[schemars(range(min = 0.0, max = 1e6))]
    pub precision: f64,
}

impl SharedVision {
    #[inline(always)]
    pub(super) fn inform(&self, place: &mut Place, strength: Lanes) {
        let precision = strength * self.precision;
        place.vision = precision / (precision + place.evidence).max(Lanes::all(f64::MIN_POSITIVE));
    }
}

impl Rule for SharedVision {
    fn terms(&self) -> Terms<'_> {
        Terms { strength: self.strength, placebo: self.placebo, cost: &self.cost }
    }
    fn principle(&self) -> &'static str {
        "King's Fund 3, Ostrom 2A"
    }
    fn describe(&self) -> String {
        format!(
            "All share a vision of what each will do. It wears off against what they see of each other: it weighs as much as {} in which everything is seen.",
            steps(self.precision)
        )
    }
}
