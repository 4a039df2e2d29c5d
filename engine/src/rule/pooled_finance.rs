//! Pooled finance: members pool a share of their operating results, under a contract of some length. King's Fund principle 7,
//! Ostrom 2B.
//!
//! *Mechanism*: each gives up a share of its own result (income less cost of effort) and receives its part of what all have
//! pooled, above or below what the payer expects: of a surplus the gain share, of a deficit the loss share; the rest is the
//! payer's. What one's own effort earns or costs beyond the plan is thereby shared with all. When the contract is renewed the
//! payer moves its expectation towards what was achieved. *Fails by* putting risk on those who cannot carry it (equal parts
//! fall hard on the small), and by the ratchet: a saving today cuts tomorrow's budget. Source: Ham & Alderwick 2015,
//! principle 7; shares as in the Medicare Shared Savings Program (42 CFR 425).

use super::{Price, Rule, Terms};
use crate::english::{Time, percent};
use crate::lanes::{Lanes, select};
use crate::setup::{Provider, Setup};
use crate::step::Moment;
use crate::world::{Place, ProviderState, World};
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

/// What the pool stands at, per unit of the members' size.
#[derive(Clone, Debug)]
pub struct Pooling {
    /// Share of its result that a full member pools.
    pub share: Lanes,
    /// The members' mean result in the last step.
    pub result: Lanes,
    /// The result that the payer expects: to break even, until a contract is renewed.
    pub expected: Lanes,
    /// Sum of results since the contract began.
    pub achieved: Lanes,
    /// Sum of the members' sizes, so far as they sit at the table.
    pub size: Lanes,
    /// Number of members, so far as they sit at the table.
    pub members: Lanes,
    /// Money that the members have handed to the payer in this step, negative if they received it.
    pub returned: Lanes,
}

impl Pooling {
    /// Before the first step.
    pub(crate) const NONE: Self = Self {
        share: Lanes::ZERO,
        result: Lanes::ZERO,
        expected: Lanes::ZERO,
        achieved: Lanes::ZERO,
        size: Lanes::ONE,
        members: Lanes::ONE,
        returned: Lanes::ZERO,
    };
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
    pub(super) fn among(self, mean: Lanes, own: Lanes, pooling: &Pooling) -> Self {
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

impl PooledFinance {
    /// Who pools in this step, and how much of their results.
    #[inline(always)]
    pub(super) fn inform(&self, setup: &Setup, place: &mut Place, strength: Lanes) {
        let (mut size, mut members) = (Lanes::ZERO, Lanes::ZERO);
        for provider in &setup.providers {
            let inside = place.inside[provider.kind];
            size += inside * provider.size;
            members += inside;
        }
        let nobody = size.at_most(Lanes::ZERO);
        place.pooling.share = strength * self.pooled;
        place.pooling.size = select(nobody, Lanes::ONE, size);
        place.pooling.members = select(nobody, Lanes::ONE, members);
    }

    /// A provider's part in the pool, the others' results being as they were in the last step.
    #[inline(always)]
    pub(crate) fn membership(&self, place: &Place, provider: &Provider, state: &ProviderState) -> Membership {
        let Pooling { share, result, expected, size, members, .. } = &place.pooling;
        let inside = place.inside[provider.kind];
        let part = match self.parts {
            Parts::BySize => Lanes::ONE,
            Parts::Equal => *size / (*members * provider.size),
        };
        let weight = inside * provider.size / *size;
        Membership {
            pooled: *share * inside,
            part,
            weight,
            others: *result - *expected - (state.income - state.cost) * weight,
            gain_share: self.gain_share,
            loss_share: self.loss_share,
        }
    }

    /// The step's results are pooled and parted.
    #[inline(always)]
    pub(crate) fn settle(&self, moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, step, .. } = *moment;
        let World { providers, place, .. } = world;
        if step > 0 && step.is_multiple_of(self.contract) {
            let achieved = place.pooling.achieved * (1.0 / f64::from(self.contract));
            place.pooling.expected += (achieved - place.pooling.expected) * self.rebasing;
            place.pooling.achieved = Lanes::ZERO;
        }
        place.pooling.result = Self::mean_result(setup, providers, place);
        place.pooling.achieved += place.pooling.result;
        place.pooling.returned = Lanes::ZERO;
        for (provider, state) in setup.providers.iter().zip(providers.iter_mut()) {
            let member = self.membership(place, provider, state);
            state.settlement = member.settlement(state.income - state.cost);
            state.utility += state.settlement;
            place.pooling.returned -= state.settlement * provider.size;
        }
    }

    /// The members' mean result.
    #[inline(always)]
    fn mean_result(setup: &Setup, providers: &[ProviderState], place: &Place) -> Lanes {
        let mut result = Lanes::ZERO;
        for (provider, state) in setup.providers.iter().zip(providers) {
            result += (state.income - state.cost) * place.inside[provider.kind] * provider.size;
        }
        result / place.pooling.size
    }
}

impl Rule for PooledFinance {
    fn terms(&self) -> Terms<'_> {
        Terms { strength: self.strength, placebo: self.placebo, cost: &self.cost }
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
