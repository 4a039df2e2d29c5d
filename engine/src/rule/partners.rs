//! Partners: which kinds of provider sit at the table. King's Fund principle 2, Ostrom 1A.
//!
//! *Mechanism*: whoever sits inside is seen, bound and has a vote; whoever does not goes by its own plan and is neither
//! checked nor trusted upon. Without the rule those sit inside whose kind says so (`partner`). *Fails by* outsiders who ride
//! free on what the members leave, and by many at the table: each adds to the time until a decision takes effect. Source:
//! Ham & Alderwick 2015, principle 2; Ostrom 1990, ch. 3.

use super::{Clock, InForce, Price, Rule, Terms, blend};
use crate::english::{Time, listed};
use crate::lanes::{Lanes, Mask};
use crate::place::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which kinds of provider sit at the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Partners {
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
    /// Kinds that sit inside; all others do not.
    #[schemars(length(min = 1))]
    pub kinds: Vec<String>,
    /// Steps that each provider at the table adds to the time until a decision takes effect.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub delay_each: f64,
}

impl InForce<'_, Partners> {
    /// Who sits at the table, given whether the rule lists each kind.
    #[inline(always)]
    pub(crate) fn inform(&self, place: &mut Place, listed: &[bool]) {
        for (kind, listed) in place.kinds.iter_mut().zip(listed) {
            kind.inside = blend(kind.inside, Mask::all_of(*listed).number(), self.strength());
        }
    }

    /// Steps from a decision at a table with so many seats until it takes effect, where nobody carries it out for the members.
    #[inline(always)]
    pub(crate) fn delay(&self, seats: Lanes) -> Lanes {
        seats * self.strength() * self.rule.delay_each
    }
}

impl Rule for Partners {
    fn terms(&self) -> Terms<'_> {
        Terms {
            strength: self.strength,
            placebo: self.placebo,
            cost: &self.cost,
            clock: Clock { from: self.from, until: self.until },
        }
    }
    fn principle(&self) -> &'static str {
        "King's Fund 2, Ostrom 1A"
    }
    fn describe(&self, time: &Time) -> Vec<String> {
        let mut sentences = vec![
            format!("At the table sit {}.", listed(&self.kinds)),
            "A provider that does not sit there is neither checked nor bound, and has no vote.".to_owned(),
        ];
        if self.delay_each > 0.0 {
            let delay = time.count(self.delay_each);
            sentences.push(format!("Each seat adds {delay} to the time until a decision takes effect."));
        }
        sentences
    }
}
