//! Peer sanctions: members spend money of their own to fine others. Ostrom, Walker & Gardner 1992; Fehr & Gächter 2000.
//!
//! *Mechanism*: who takes more than the others do on average or than was agreed (or gives less than they do on average) is
//! seen to be in breach, and each of the others spends so much for every unit of effort in breach as its kind is inclined to
//! ([`Sanctioning`]); whoever it is spent on loses `effect` times as much. What a breach has cost those who were seen in one is
//! what providers expect of their own. Fees and fines are lost to the place. *Fails by* costing more than it saves: a part
//! of what is spent hits others than those in breach (`stray`), and whoever is fined pays it back to the others without
//! knowing whom (`revenge`), both the less, the more those under the rule chose it themselves (`chosen`).

use super::{Price, Rule, Terms};
use crate::english::{Time, number, percent};
use crate::lanes::{Lanes, select};
use crate::setup::{Provider, Setup};
use crate::world::{Place, ProviderState, World};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Members spend money of their own to fine others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeerSanctions {
    /// How strongly the rule acts: 0 is off, 1 is in full force.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub strength: f64,
    /// What it costs.
    pub cost: Price,
    /// Pays the cost and leaves the mechanism off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub placebo: bool,
    /// What is held against a provider.
    pub against: Against,
    /// Money lost by whoever is fined for each unit of money spent on it.
    #[schemars(range(min = 0.0, max = 1e3))]
    pub effect: f64,
    /// The most that a provider may spend in a step, per unit of its size.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub most: f64,
    /// How far those under the rule chose it themselves: 0 is imposed, 1 is chosen by all.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub chosen: f64,
}

/// What is held against a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// To take more than the others do on average or than was agreed, whichever is less.
    TakingMore,
    /// To give less than the others do on average.
    GivingLess,
}

/// How a kind is inclined to fine others, where a rule lets it. The same in every arm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sanctioning {
    /// Money spent in a step for each unit of effort by which others are seen to be in breach.
    #[schemars(range(min = 0.0, max = 1e6))]
    pub spends: f64,
    /// Share of it that hits others than those in breach.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub stray: f64,
    /// Money spent on paying back for each unit of money that it was fined in the step before.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub revenge: f64,
}

/// What a breach is expected to cost.
#[derive(Clone, Copy, Debug)]
pub struct Reproof {
    /// Money lost per unit of effort in breach, as experienced.
    pub rate: Lanes,
    /// The level against which a breach is measured.
    reference: Lanes,
    against: Against,
    tolerance: f64,
}

/// What one provider spends in a step.
struct Spending {
    /// On each unit of effort in breach.
    per_breach: Lanes,
    /// On each unit of size of all others, in breach or not.
    per_size: Lanes,
    /// Altogether.
    total: Lanes,
}

impl PeerSanctions {
    /// What a breach would cost a provider, as it has seen and felt it so far.
    #[inline(always)]
    pub(crate) fn reproof(&self, setup: &Setup, place: &Place, plan: f64, state: &ProviderState) -> Reproof {
        let average = place.conduct * plan;
        let reference = match self.against {
            Against::TakingMore => average.min(state.agreed),
            Against::GivingLess => average,
        };
        Reproof { rate: state.reproach, reference, against: self.against, tolerance: setup.society.tolerance }
    }

    /// Members fine each other for what they did in this step, and remember what a breach cost.
    #[inline(always)]
    pub(super) fn inspect(&self, setup: &Setup, world: &mut World, strength: Lanes) {
        let World { providers, place, .. } = world;
        place.conduct = conduct(setup, providers);
        let mut breaches = Lanes::ZERO;
        for (provider, state) in setup.providers.iter().zip(providers.iter()) {
            breaches += self.breach(setup, place, provider, state);
        }
        let (mut per_breach, mut per_size) = (Lanes::ZERO, Lanes::ZERO);
        for (provider, state) in setup.providers.iter().zip(providers.iter()) {
            let others = breaches - self.breach(setup, place, provider, state);
            let spending = self.spending(setup, provider, state, others, strength);
            per_breach += spending.per_breach;
            per_size += spending.per_size;
        }
        let seen = breaches.greater(Lanes::ZERO);
        let mut total = Lanes::ZERO;
        for (provider, state) in setup.providers.iter().zip(providers.iter_mut()) {
            let own = self.breach(setup, place, provider, state);
            let spending = self.spending(setup, provider, state, breaches - own, strength);
            let rate = (per_breach - spending.per_breach).max(Lanes::ZERO) * self.effect;
            let astray = (per_size - spending.per_size).max(Lanes::ZERO) * self.effect;
            state.peer_fine = rate * own * (1.0 / provider.size) + astray;
            state.peer_spending = spending.total * (1.0 / provider.size);
            state.utility -= state.peer_fine + state.peer_spending;
            let felt = setup.society.risk_after(state.reproach, rate * visible(place, provider));
            state.reproach = select(seen, felt, state.reproach);
            total += (state.peer_fine + state.peer_spending) * provider.size;
        }
        place.peer_sanctions = total;
    }

    /// Effort in breach of a provider, so far as it is seen, in units of effort.
    #[inline(always)]
    fn breach(&self, setup: &Setup, place: &Place, provider: &Provider, state: &ProviderState) -> Lanes {
        let reproof = self.reproof(setup, place, setup.kind(provider).plan, state);
        reproof.breach(state.level) * visible(place, provider) * provider.size
    }

    /// What a provider spends, where the others are in breach by so much effort.
    #[inline(always)]
    fn spending(
        &self,
        setup: &Setup,
        provider: &Provider,
        state: &ProviderState,
        others: Lanes,
        strength: Lanes,
    ) -> Spending {
        let Sanctioning { spends, stray, revenge } = setup.kind(provider).sanctioning;
        let imposed = 1.0 - self.chosen;
        let meant = others * spends;
        let paid_back = state.peer_fine * (revenge * imposed * provider.size);
        let wanted = meant + paid_back;
        let total = wanted.min(Lanes::all(self.most * provider.size)) * strength;
        let none = wanted.at_most(Lanes::ZERO);
        let on_breach = select(none, Lanes::ZERO, total * meant / select(none, Lanes::ONE, wanted));
        let stray = stray * imposed;
        let on_all = total - on_breach * (1.0 - stray);
        let company = setup.total_size - provider.size;
        let alone = others.at_most(Lanes::ZERO);
        Spending {
            per_breach: select(alone, Lanes::ZERO, on_breach * (1.0 - stray) / select(alone, Lanes::ONE, others)),
            per_size: if company > 0.0 { on_all * (1.0 / company) } else { Lanes::ZERO },
            total: if company > 0.0 { total } else { Lanes::ZERO },
        }
    }
}

/// What all do on average, in multiples of their plans.
#[inline(always)]
fn conduct(setup: &Setup, providers: &[ProviderState]) -> Lanes {
    let mut level = Lanes::ZERO;
    for (provider, state) in setup.providers.iter().zip(providers) {
        level += state.level * provider.size;
    }
    level * (1.0 / setup.planned_effort)
}

/// Part of a provider's conduct that the others see.
#[inline(always)]
fn visible(place: &Place, provider: &Provider) -> Lanes {
    place.publicity * place.counted * (1.0 - place.hidden) * place.inside[provider.kind]
}

impl Reproof {
    /// By how much a level is in breach.
    #[inline(always)]
    fn breach(&self, level: Lanes) -> Lanes {
        let by = match self.against {
            Against::TakingMore => level - self.reference,
            Against::GivingLess => self.reference - level,
        };
        select(by.greater(self.reference * self.tolerance), by, Lanes::ZERO)
    }

    /// What a level is expected to cost.
    #[inline(always)]
    pub fn loss(&self, level: Lanes) -> Lanes {
        self.breach(level) * self.rate
    }

    /// The level that is left of one wanted by whoever gives up half of a breach where that costs `half` per unit.
    #[inline(always)]
    pub fn yielded(&self, level: Lanes, half: f64) -> Lanes {
        let given_up = self.breach(level) * (self.rate / (self.rate + half));
        match self.against {
            Against::TakingMore => level - given_up,
            Against::GivingLess => level + given_up,
        }
    }
}

impl Rule for PeerSanctions {
    fn terms(&self) -> Terms<'_> {
        Terms { strength: self.strength, placebo: self.placebo, cost: &self.cost }
    }
    fn principle(&self) -> &'static str {
        "peer punishment: Ostrom, Walker & Gardner 1992; Fehr & Gächter 2000"
    }
    fn describe(&self, time: &Time) -> Vec<String> {
        let breach = match self.against {
            Against::TakingMore => "takes more than the others do on average, or than was agreed,",
            Against::GivingLess => "gives less than the others do on average",
        };
        let chosen = match self.chosen {
            0.0 => "The rule was imposed on them.".to_owned(),
            share => format!(
                "The rule is {} of their own choosing: to that extent nobody is fined by mistake or in revenge.",
                percent(share)
            ),
        };
        vec![
            format!(
                "Members may spend up to {} {} per unit of their size to fine others.",
                number(self.most),
                time.per()
            ),
            format!("A member that {breach} loses {} for each unit of money spent on it.", number(self.effect)),
            chosen,
        ]
    }
}
