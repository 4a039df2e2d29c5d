//! Boundary: who may use the pool, and whose activity counts to the place. King's Fund principle 1, Ostrom 1B.
//!
//! *Mechanism*: shuts out a share of outside use, and settles what share of the members' activity counts to the place,
//! so that it can be seen, bound and sanctioned. *Fails by* leakage (`shut_out` below 1) and by a boundary badly drawn
//! (`counted` low: patients who cross it are nobody's). Source: Ostrom 1990, ch. 3; Ham & Alderwick 2015.

use super::{Clock, InForce, Price, Rule, Terms, blend};
use crate::english::{Time, percent};
use crate::lanes::Lanes;
use crate::place::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Clear boundaries: who may use the pool, and whose activity counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Boundary {
    /// How strongly the rule acts: 0 is off, 1 is in full force.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub strength: f64,
    /// What it costs.
    pub cost: Price,
    /// Pays the cost and leaves the mechanism off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub placebo: bool,
    /// The step with which it begins, counted from 0; before it the rule is not there.
    #[serde(default, skip_serializing_if = "super::is_first")]
    #[schemars(range(min = 0, max = 100_000))]
    pub from: u32,
    /// The step with which it is there no more; without it, it lasts to the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100_000))]
    pub until: Option<u32>,
    /// Share of outside use that is shut out.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub shut_out: f64,
    /// Share of the members' activity that counts to the place.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub counted: f64,
}

impl InForce<'_, Boundary> {
    #[inline(always)]
    pub(crate) fn inform(&self, place: &mut Place) {
        place.outside_inside *= 1.0 - self.strength() * self.rule.shut_out;
        place.counted = blend(place.counted, Lanes::all(self.rule.counted), self.strength());
    }
}

impl Rule for Boundary {
    fn terms(&self) -> Terms<'_> {
        Terms {
            strength: self.strength,
            placebo: self.placebo,
            cost: &self.cost,
            clock: Clock { from: self.from, until: self.until },
        }
    }
    fn principle(&self) -> &'static str {
        "King's Fund 1, Ostrom 1B"
    }
    fn describe(&self, _: &Time) -> Vec<String> {
        let outside = match self.shut_out {
            0.0 => "it shuts nobody out".to_owned(),
            share => format!("{} of outside use is shut out", percent(share)),
        };
        vec![format!(
            "The place has a boundary: {outside}, and {} of what members do counts to the place.",
            percent(self.counted)
        )]
    }
}
