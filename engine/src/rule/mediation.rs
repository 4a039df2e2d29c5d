//! Mediation: disputes are heard early and cheaply for the parties. King's Fund principle 6, Ostrom 6.
//!
//! *Mechanism*: whoever is fined or rationed is in dispute and feels less obliged to the others (`grievance` in
//! [`crate::society::Society`]); a dispute dies down of itself by a share in each step (`settling`), and sooner where it
//! is mediated. *Fails by* being slow (`settling` hardly above what it would be anyway) and dear (`each`). Source:
//! Ostrom 1990, ch. 3; Ham & Alderwick 2015, principle 6.

use super::{Clock, InForce, Price, Rule, Terms, blend};
use crate::english::{Time, number, percent};
use crate::lanes::Lanes;
use crate::place::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Disputes end sooner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mediation {
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
    /// Share of a dispute that ends in each step in which it is mediated.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub settling: f64,
    /// Money per step that a provider in full dispute costs, paid by the members.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub each: f64,
}

impl InForce<'_, Mediation> {
    /// Share of a dispute that ends in a step.
    #[inline(always)]
    pub(crate) fn settling(&self, alone: Lanes) -> Lanes {
        blend(alone, Lanes::all(self.rule.settling), self.strength())
    }

    /// What the disputes under way cost in this step.
    #[inline(always)]
    pub(crate) fn fee(&self, place: &Place) -> Lanes {
        place.disputes * self.strength() * self.rule.each
    }
}

impl Rule for Mediation {
    fn terms(&self) -> Terms<'_> {
        Terms {
            strength: self.strength,
            placebo: self.placebo,
            cost: &self.cost,
            clock: Clock { from: self.from, until: self.until },
        }
    }
    fn principle(&self) -> &'static str {
        "King's Fund 6, Ostrom 6"
    }
    fn describe(&self, time: &Time) -> Vec<String> {
        let cost = match self.each {
            0.0 => String::new(),
            each => format!(", at a cost of {} for each provider in dispute", number(each)),
        };
        vec![format!(
            "Disputes are heard early: each {} {} of a dispute ends{cost}.",
            time.one(),
            percent(self.settling)
        )]
    }
}
