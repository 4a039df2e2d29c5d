//! Dedicated team: people whose work it is to carry out what was decided. King's Fund principle 8.
//!
//! *Mechanism*: without a team decisions fade (`fading` in [`crate::society::Society`]); a team keeps them in force
//! and shortens the time until they take effect, in proportion to what it can carry. *Fails by* taking on a life of its own: its
//! costs, in money and in everybody's time, grow year by year whatever it does (Parkinson 1957 found 5 to 6% a year). A team cost £0.67m to £2.3m a
//! year per footprint in 2017 (BMA). Source: Ham & Alderwick 2015, principle 8.

use super::{Clock, InForce, Price, Rule, Terms};
use crate::english::{Time, percent};
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// People whose work it is to carry out what was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DedicatedTeam {
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
    /// Share of the work of carrying out decisions that the team can do.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub capacity: f64,
    /// Growth of its costs a year, as a share.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub growth: f64,
}

impl InForce<'_, DedicatedTeam> {
    /// Share of the work of carrying out decisions that is left undone.
    #[inline(always)]
    pub(crate) fn undone(&self) -> Lanes {
        1.0 - self.strength() * self.rule.capacity
    }

    /// What has been added, so many years after it began, to its first year's costs: money and share of working time.
    #[inline(always)]
    pub(crate) fn growth(&self, years: f64) -> (Lanes, Lanes) {
        let grown = libm::pow(1.0 + self.rule.growth, years) - 1.0;
        (self.switch.money * grown, self.switch.attention * grown)
    }
}

impl Rule for DedicatedTeam {
    fn terms(&self) -> Terms<'_> {
        Terms {
            strength: self.strength,
            placebo: self.placebo,
            cost: &self.cost,
            clock: Clock { from: self.from, until: self.until },
        }
    }
    fn principle(&self) -> &'static str {
        "King's Fund 8"
    }
    fn describe(&self, _: &Time) -> Vec<String> {
        let capacity = percent(self.capacity);
        let team = format!("A dedicated team does {capacity} of the work of carrying out what was decided.");
        let growth = (self.growth > 0.0).then(|| format!("Its costs grow by {} a year.", percent(self.growth)));
        [team].into_iter().chain(growth).collect()
    }
}
