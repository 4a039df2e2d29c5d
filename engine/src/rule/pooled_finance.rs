//! Pooled finance: members pool a share of their operating results, under a contract of some length. King's Fund principle 7,
//! Ostrom 2B.
//!
//! *Mechanism*: each gives up a share of its own result (income less cost of effort) and receives its part of what all have
//! pooled, above or below what the payer expects: of a surplus the gain share, of a deficit the loss share; the rest is the
//! payer's. What one's own effort earns or costs beyond the plan is thereby shared with all. When the contract is renewed the
//! payer moves its expectation towards what was achieved. *Fails by* putting risk on those who cannot carry it (equal parts
//! fall hard on the small), and by the ratchet: a saving today cuts tomorrow's budget. Source: Ham & Alderwick 2015,
//! principle 7; shares as in the Medicare Shared Savings Program (42 CFR 425).

use super::{Clock, InForce, Price, Rule, Terms};
use crate::english::{Time, percent};
use crate::lanes::{Lanes, select};
use crate::place::{Place, Pooling};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Members pool a share of their operating results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PooledFinance {
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
    /// Share of each member's operating result that is pooled.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub pooled: f64,
    /// Share of a common surplus that the members keep.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub gain_share: f64,
    /// Share of a common deficit that the members bear.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub loss_share: f64,
    /// How surplus and deficit are parted.
    pub parts: Parts,
    /// Steps for which a contract runs.
    #[schemars(range(min = 1, max = 100_000))]
    pub contract: u32,
    /// Share of the way that the payer's expectation moves, at renewal, to what the last contract achieved.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub rebasing: f64,
}

/// How a common surplus or deficit is parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Parts {
    /// In proportion to size.
    BySize,
    /// The same sum for each provider.
    Equal,
}

/// One member's part in the pool, per unit of its size.
#[derive(Clone, Copy, Debug)]
pub struct Membership {
    /// Share of its result that it pools.
    pooled: Lanes,
    /// What it receives for a unit of mean result above or below the expected.
    part: Lanes,
    /// What a unit of its own result adds to the mean.
    weight: Lanes,
    /// Mean result above the expected, without its own.
    others: Lanes,
    gain_share: f64,
    loss_share: f64,
}

impl Membership {
    /// The same part where the members' mean result were `mean`, of which this member's own is `own`.
    #[inline(always)]
    pub(crate) fn among(self, mean: Lanes, own: Lanes, pooling: &Pooling) -> Self {
        Self { others: mean - pooling.expected - own * self.weight, ..self }
    }

    /// What the member receives for an own result, less what it gives up of it.
    #[inline(always)]
    pub fn settlement(&self, result: Lanes) -> Lanes {
        let surplus = self.others + result * self.weight;
        let kept = select(surplus.greater(Lanes::ZERO), Lanes::all(self.gain_share), Lanes::all(self.loss_share));
        self.pooled * (surplus * kept * self.part - result)
    }
}

impl InForce<'_, PooledFinance> {
    /// Who pools in this step, and how much of their results, given size and number of the members of each kind.
    #[inline(always)]
    pub(crate) fn inform(&self, place: &mut Place, kinds: impl Iterator<Item = (f64, usize)>) {
        let (mut size, mut members) = (Lanes::ZERO, Lanes::ZERO);
        for (kind, (total_size, count)) in place.kinds.iter().zip(kinds) {
            size += kind.inside * total_size;
            members += kind.inside * count as f64;
        }
        let nobody = size.at_most(Lanes::ZERO);
        place.pooling.share = self.strength() * self.rule.pooled;
        place.pooling.size = select(nobody, Lanes::ONE, size);
        place.pooling.members = select(nobody, Lanes::ONE, members);
    }

    /// A provider's part in the pool, given how far it sits at the table, its size and its own result; the others' results being
    /// as they were in the last step.
    #[inline(always)]
    pub(crate) fn membership(&self, pooling: &Pooling, inside: Lanes, size: f64, own: Lanes) -> Membership {
        let part = match self.rule.parts {
            Parts::BySize => Lanes::ONE,
            Parts::Equal => pooling.size / (pooling.members * size),
        };
        let weight = inside * size / pooling.size;
        Membership {
            pooled: pooling.share * inside,
            part,
            weight,
            others: pooling.result - pooling.expected - own * weight,
            gain_share: self.rule.gain_share,
            loss_share: self.rule.loss_share,
        }
    }

    /// The contract is renewed when it is due, counted from its beginning, and the members' mean result of this step noted.
    #[inline(always)]
    pub(crate) fn renew(&self, pooling: &mut Pooling, step: u32, result: Lanes) {
        pooling.result = result;
        let Some(age) = self.age(step) else { return };
        if age > 0 && age.is_multiple_of(self.rule.contract) {
            let achieved = pooling.achieved * (1.0 / f64::from(self.rule.contract));
            pooling.expected += (achieved - pooling.expected) * self.rule.rebasing;
            pooling.achieved = Lanes::ZERO;
        }
        pooling.achieved += result;
    }
}

impl Rule for PooledFinance {
    fn terms(&self) -> Terms<'_> {
        Terms {
            strength: self.strength,
            placebo: self.placebo,
            cost: &self.cost,
            clock: Clock { from: self.from, until: self.until },
        }
    }
    fn principle(&self) -> &'static str {
        "King's Fund 7, Ostrom 2B"
    }
    fn describe(&self, time: &Time) -> Vec<String> {
        let parts = match self.parts {
            Parts::BySize => "by size",
            Parts::Equal => "in equal parts",
        };
        let renewal = match self.rebasing {
            0.0 => "then it is renewed as it was".to_owned(),
            share => format!("then the payer moves its expectation {} of the way to what was achieved", percent(share)),
        };
        let (kept, borne) = (percent(self.gain_share), percent(self.loss_share));
        vec![
            format!("Members pool {} of their operating results, {parts}.", percent(self.pooled)),
            format!("Of a common surplus they keep {kept}, and of a common deficit they bear {borne}."),
            format!("A contract runs for {}; {renewal}.", time.count(f64::from(self.contract))),
        ]
    }
}
