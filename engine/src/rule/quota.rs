//! Quota: a limit from outside, set once from imperfect knowledge and not revised. The state as the alternative to
//! self-government (Ostrom 1990, ch. 1).
//!
//! *Mechanism*: allots each provider a level; a share of any excess is prevented outright, the rest is a matter for norms
//! and fines. *Fails by* being wrong from the start (`error`) or after any change, and by having little moral force, since
//! nobody bound by it had a say.

use super::{Clock, InForce, Price, Rule, Terms, blend};
use crate::english::{Time, percent};
use crate::lanes::Lanes;
use crate::place::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A limit set from outside, once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quota {
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
    /// Level allotted to each provider, in multiples of its plan, if the outside authority knew what it does.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub level: f64,
    /// Standard error of that knowledge, as a share of the level; drawn once a run.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub error: f64,
    /// Share of an excess that is prevented outright.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub enforcement: f64,
}

impl InForce<'_, Quota> {
    /// Whether the authority draws how wrong it is.
    pub(crate) fn errs(&self) -> bool {
        self.rule.error > 0.0
    }

    /// What each kind is allotted, and how much of an excess is prevented, given how wrong the authority is in standard errors.
    #[inline(always)]
    pub(crate) fn agree(&self, place: &mut Place, plans: impl Iterator<Item = f64>, luck: Lanes) {
        let Quota { level, error, enforcement, .. } = *self.rule;
        let factor = if self.errs() { ((luck * error + 1.0) * level).max(Lanes::ZERO) } else { Lanes::all(level) };
        let strength = self.strength() * place.standing;
        for (kind, plan) in place.kinds.iter_mut().zip(plans) {
            kind.agreed = blend(kind.agreed, factor * plan, strength);
            kind.bound = blend(kind.bound, Lanes::all(enforcement), strength);
            kind.force = blend(kind.force, Lanes::ZERO, strength);
        }
    }
}

impl Rule for Quota {
    fn terms(&self) -> Terms<'_> {
        Terms {
            strength: self.strength,
            placebo: self.placebo,
            cost: &self.cost,
            clock: Clock { from: self.from, until: self.until },
        }
    }
    fn principle(&self) -> &'static str {
        "the state as the alternative"
    }
    fn binds(&self) -> bool {
        true
    }
    fn describe(&self, _: &Time) -> Vec<String> {
        let error = if self.error > 0.0 { format!(", give or take {}", percent(self.error)) } else { String::new() };
        let level = percent(self.level);
        let enforced = match self.enforcement {
            0.0 => "By itself it prevents no excess.".to_owned(),
            share => format!("It prevents {} of any excess.", percent(share)),
        };
        vec![
            format!(
                "An outside authority has fixed what each may do at {level} of its plan{error}, and does not revise it."
            ),
            enforced,
        ]
    }
}
