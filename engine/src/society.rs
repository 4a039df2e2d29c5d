//! What providers know of each other and what trust does, before any rule changes it. The same in every arm.

use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Information, trust and the memory of risk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Society {
    /// Share of what an option brings in a year that still counts a year later, the same for all and in every arm, alone and in a
    /// meeting. 0, or left out, looks at this step only.
    #[serde(default, skip_serializing_if = "is_nothing")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub patience: f64,
    /// Steps until a rule that has begun, and is paid for, acts with its full strength, and until one that has ended has worn off. 0, or
    /// left out, is at once.
    #[serde(default, skip_serializing_if = "is_nothing")]
    #[schemars(range(min = 0.0, max = 100_000.0))]
    pub build_up: f64,
    /// Chance per step that what a provider does is seen, where nobody measures.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub coverage: f64,
    /// Standard error of what is seen of the pool and of others, as a share.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub noise: f64,
    /// Mean age in steps of what is known of the pool.
    #[schemars(range(min = 0.0, max = 1000.0))]
    pub lag: f64,
    /// Trust in the others before the first step, 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub trust: f64,
    /// Share of the missing trust gained in a step in which all are seen to keep to their share.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub trust_gain: f64,
    /// Share of trust lost in a step in which all are seen to exceed it.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub trust_loss: f64,
    /// Share of trust lost by whoever is fined under a limit in which it had no say.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub resentment: f64,
    /// Excess over the share, as a share of it, that passes for keeping to it.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub tolerance: f64,
    /// What all believe of the others' level before the first step, in multiples of their plans.
    #[serde(default = "as_planned")]
    #[schemars(range(min = 0.0, max = 100.0))]
    pub first_belief: f64,
    /// Share of a decision that is no longer carried out after each step without a dedicated team.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub fading: f64,
    /// Share of what it owes to the others that a provider no longer feels once it has been fined or rationed.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub grievance: f64,
    /// Share of such a dispute that dies down of itself in each step.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub settling: f64,
    /// How fast the perceived risk of being caught moves to what was experienced: 1 remembers only the last step.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub risk_learning: f64,
}

/// Force of the norm to keep to one's share. The same in every arm.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Norm {
    /// Utility lost per unit of effort above one's share, at full trust, where one had a say in the share.
    #[schemars(range(min = 0.0, max = 1e6))]
    pub weight: f64,
    /// Utility lost besides by whoever is above it at all, by more than passes for keeping to it: a promise is kept or broken.
    #[serde(default, skip_serializing_if = "is_nothing")]
    #[schemars(range(min = 0.0, max = 1e6))]
    pub breach: f64,
    /// Share of that force where one had no say.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub imposed: f64,
}

impl Norm {
    /// How much of its full force the norm has, where what is allotted has so much of it.
    #[inline(always)]
    pub(super) fn say(&self, force: Lanes) -> Lanes {
        self.imposed + (1.0 - self.imposed) * force
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
fn is_nothing(value: &f64) -> bool {
    *value == 0.0
}

impl Society {
    /// Trust after a step in which a share `breaches` of the others was seen to exceed its share, seen with weight `seen`.
    #[inline(always)]
    pub fn trust_after(&self, trust: Lanes, breaches: Lanes, seen: Lanes) -> Lanes {
        let gained = (1.0 - breaches) * (1.0 - trust) * self.trust_gain;
        let lost = breaches * trust * self.trust_loss;
        (trust + seen * (gained - lost)).max(Lanes::ZERO).min(Lanes::ONE)
    }

    /// Trust after a fine (`fined` is one or nought), given the share of say that one had in the limit.
    #[inline(always)]
    pub fn trust_after_fine(&self, trust: Lanes, fined: Lanes, say: Lanes) -> Lanes {
        trust * (1.0 - fined * (1.0 - say) * self.resentment)
    }

    /// Whether trust ever moves.
    pub fn trust_moves(&self) -> bool {
        self.trust_gain > 0.0 || self.trust_loss > 0.0 || self.resentment > 0.0
    }

    /// Perceived risk after a step: moves to one if caught out or checked, to nought if not.
    #[inline(always)]
    pub fn risk_after(&self, risk: Lanes, checked: Lanes) -> Lanes {
        risk + (checked - risk) * self.risk_learning
    }
}

/// The level of the others in multiples of their plans, where nothing else is said of it.
fn as_planned() -> f64 {
    1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_is_easier_lost_than_won_and_stays_between_nought_and_one() {
        let society = Society {
            patience: 0.0,
            build_up: 0.0,
            coverage: 1.0,
            noise: 0.0,
            lag: 0.0,
            trust: 0.5,
            trust_gain: 0.1,
            trust_loss: 0.4,
            resentment: 0.5,
            tolerance: 0.05,
            first_belief: 1.0,
            fading: 0.0,
            grievance: 0.0,
            settling: 0.0,
            risk_learning: 0.5,
        };
        let after = |breaches: f64| society.trust_after(Lanes::all(0.5), Lanes::all(breaches), Lanes::ONE).lane(0);
        assert!((after(0.0) - 0.55).abs() < 1e-12);
        assert!((after(1.0) - 0.30).abs() < 1e-12);
        let fined = |say: f64| society.trust_after_fine(Lanes::ONE, Lanes::ONE, Lanes::all(say)).lane(0);
        assert_eq!((fined(1.0), fined(0.0)), (1.0, 0.5));
        assert!((society.risk_after(Lanes::all(0.2), Lanes::ONE).lane(0) - 0.6).abs() < 1e-12);
    }
}
