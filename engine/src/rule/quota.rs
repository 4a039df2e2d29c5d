//! Quota: a limit from outside, set once from imperfect knowledge and not revised. The state as the alternative to
//! self-government (Ostrom 1990, ch. 1).
//!
//! *Mechanism*: allots each provider a level; a share of any excess is prevented outright, the rest is a matter for norms
//! and fines. *Fails by* being wrong from the start (`error`) or after any change, and by having little moral force, since
//! nobody bound by it had a say.

use super::{Price, Rule, Terms, blend};
use crate::dice::{Dice, Stream};
use crate::english::{Time, percent};
use crate::lanes::Lanes;
use crate::setup::Setup;
use crate::world::World;
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

impl Quota {
    /// The level as the authority sets it, from what it believes.
    #[inline(never)]
    fn factor(&self, dice: &Dice) -> Lanes {
        if self.error == 0.0 {
            return Lanes::all(self.level);
        }
        let luck = dice.uniform(Stream::Quota, 0, 0).standard_normal_quantile();
        ((luck * self.error + 1.0) * self.level).max(Lanes::ZERO)
    }

    #[inline(always)]
    pub(super) fn agree(&self, setup: &Setup, world: &mut World, dice: &Dice, strength: Lanes) {
        let factor = self.factor(dice);
        let strength = strength * world.place.standing;
        for (provider, state) in setup.providers.iter().zip(&mut world.providers) {
            state.agreed = blend(state.agreed, factor * setup.kind(provider).plan, strength);
            state.bound = blend(state.bound, Lanes::all(self.enforcement), strength);
        }
        for force in &mut world.place.force {
            *force = blend(*force, Lanes::ZERO, strength);
        }
    }
}

impl Rule for Quota {
    fn terms(&self) -> Terms<'_> {
        Terms { strength: self.strength, placebo: self.placebo, cost: &self.cost }
    }
    fn principle(&self) -> &'static str {
        "the state as the alternative"
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
