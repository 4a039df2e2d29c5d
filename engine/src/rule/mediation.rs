//! Mediation: disputes are heard early and cheaply for the parties. King's Fund principle 6, Ostrom 6.
//!
//! *Mechanism*: whoever is fined or rationed is in dispute and feels less obliged to the others (`grievance` in
//! [`crate::society::Society`]); a dispute dies down of itself by a share in each step (`settling`), and sooner where it
//! is mediated. *Fails by* being slow (`settling` hardly above what it would be anyway) and dear (`each`). Source:
//! Ostrom 1990, ch. 3; Ham & Alderwick 2015, principle 6.

use super::{Price, Rule, Terms, blend};
use crate::english::{Time, number, percent};
use crate::lanes::{Lanes, keep_lanes_together};
use crate::setup::Setup;
use crate::world::World;
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
    /// Share of a dispute that ends in each step in which it is mediated.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub settling: f64,
    /// Money per step that a provider in full dispute costs, paid by the members.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub each: f64,
}

impl Mediation {
    /// Share of a dispute that ends in a step.
    #[inline(always)]
    pub(super) fn settling(&self, alone: Lanes, strength: Lanes) -> Lanes {
        blend(alone, Lanes::all(self.settling), strength)
    }

    /// What the disputes under way cost in this step.
    #[inline(always)]
    pub(super) fn fee(&self, world: &World, strength: Lanes) -> Lanes {
        world.providers.iter().fold(Lanes::ZERO, |sum, state| sum + state.dispute) * strength * self.each
    }
}

/// Old disputes die down, and whoever has been fined or rationed in this step is in a new one.
#[inline(always)]
pub(super) fn dispute(setup: &Setup, world: &mut World, settling: Lanes) {
    for state in &mut world.providers {
        let rationed = state.granted.min(state.funded).less(Lanes::ONE);
        let aggrieved = state.fined.max(rationed.number()) * setup.society.grievance;
        state.dispute = (state.dispute * (1.0 - settling)).max(aggrieved);
        keep_lanes_together();
    }
}

impl Rule for Mediation {
    fn terms(&self) -> Terms<'_> {
        Terms { strength: self.strength, placebo: self.placebo, cost: &self.cost }
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
