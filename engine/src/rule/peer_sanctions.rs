//! Peer sanctions: members spend money of their own to fine others. Ostrom, Walker & Gardner 1992; Fehr & Gächter 2000.
//!
//! *Mechanism*: who takes more than the others do on average or than was agreed (or gives less than they do on average) is
//! seen to be in breach, and each of the others spends so much for every unit of effort in breach as its kind is inclined to
//! ([`Sanctioning`]); whoever it is spent on loses `effect` times as much. What a breach has cost those who were seen in one is
//! what providers expect of their own. Fees and fines are lost to the place. *Fails by* costing more than it saves: a part
//! of what is spent hits others than those in breach (`stray`), and whoever is fined pays it back to the others without
//! knowing whom (`revenge`), both the less, the more those under the rule chose it themselves (`chosen`).

use super::{Clock, InForce, Price, Rule, Terms};
use crate::english::{Time, number, percent};
use crate::lanes::{Lanes, select};
use crate::place::Place;
use crate::rows::totals;
use crate::society::Society;
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
    /// The step with which it begins, counted from 0; before it the rule is not there.
    #[serde(default, skip_serializing_if = "super::is_first")]
    #[schemars(range(min = 0, max = 100_000))]
    pub from: u32,
    /// The step with which it is there no more; without it, it lasts to the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100_000))]
    pub until: Option<u32>,
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

/// What a provider knows and does about fines among peers, per unit of its size.
#[derive(Clone, Copy, Debug)]
pub struct Peers {
    /// What it expects each unit of effort in breach to cost it at the hands of its peers.
    pub reproach: Lanes,
    /// What its peers fined it in this step.
    pub fine: Lanes,
    /// What it spent on fining its peers in this step.
    pub spending: Lanes,
}

/// One provider as its peers see it in a step.
#[derive(Clone, Copy, Debug)]
pub struct Conduct {
    /// Its size, in units of effort.
    pub size: f64,
    /// Its planned level.
    pub plan: f64,
    /// What it did.
    pub level: Lanes,
    /// What it was allotted.
    pub agreed: Lanes,
    /// Part of its conduct that the others see.
    pub visible: Lanes,
    /// How its kind is inclined to fine others.
    pub sanctioning: Sanctioning,
}

totals! {
    /// What all peers together spend.
    pub struct Spent {
        /// On each unit of effort in breach.
        per_breach,
        /// On each unit of size of all others, in breach or not.
        per_size,
    }
}

/// What one provider spends in a step: on each unit of effort in breach, on each unit of size of all others, and altogether.
struct Spending {
    on: Spent,
    total: Lanes,
}

impl Peers {
    /// Nothing is expected before anybody has been fined.
    pub(crate) const NONE: Self = Self { reproach: Lanes::ZERO, fine: Lanes::ZERO, spending: Lanes::ZERO };
}

impl InForce<'_, PeerSanctions> {
    /// What a breach would cost a provider, as it has seen and felt it so far.
    #[inline(always)]
    pub(crate) fn reproof(&self, place: &Place, society: &Society, plan: f64, agreed: Lanes, own: &Peers) -> Reproof {
        let average = place.conduct * plan;
        let reference = match self.rule.against {
            Against::TakingMore => average.min(agreed),
            Against::GivingLess => average,
        };
        let rate = select(self.acts(), own.reproach, Lanes::ZERO); // nobody expects what is no longer allowed
        Reproof { rate, reference, against: self.rule.against, tolerance: society.tolerance }
    }

    /// Effort in breach of a provider, so far as it is seen, in units of effort.
    #[inline(always)]
    pub(crate) fn breach(&self, place: &Place, society: &Society, one: &Conduct, own: &Peers) -> Lanes {
        self.reproof(place, society, one.plan, one.agreed, own).breach(one.level) * one.visible * one.size
    }

    /// What a provider spends on the others, where they are in breach by so much effort and have that size.
    #[inline(always)]
    pub(crate) fn spends(&self, one: &Conduct, own: &Peers, others: Lanes, company: f64) -> Spent {
        self.spending(one, own, others, company).on
    }

    /// Settles what a provider spends and is fined, given all `breaches` and what all spend. It remembers what a breach cost.
    #[inline(always)]
    pub(crate) fn settle(
        &self,
        one: &Conduct,
        own: &mut Peers,
        breach: Lanes,
        breaches: Lanes,
        all: &Spent,
        (company, society): (f64, &Society),
    ) {
        let Spending { on, total } = self.spending(one, own, breaches - breach, company);
        let rate = (all.per_breach - on.per_breach).max(Lanes::ZERO) * self.rule.effect;
        let astray = (all.per_size - on.per_size).max(Lanes::ZERO) * self.rule.effect;
        own.fine = rate * breach * (1.0 / one.size) + astray;
        own.spending = total * (1.0 / one.size);
        let felt = society.risk_after(own.reproach, rate * one.visible);
        own.reproach = select(breaches.greater(Lanes::ZERO), felt, own.reproach);
    }

    #[inline(always)]
    fn spending(&self, one: &Conduct, own: &Peers, others: Lanes, company: f64) -> Spending {
        let Sanctioning { spends, stray, revenge } = one.sanctioning;
        let imposed = 1.0 - self.rule.chosen;
        let meant = others * spends;
        let paid_back = own.fine * (revenge * imposed * one.size);
        let wanted = meant + paid_back;
        let total = wanted.min(Lanes::all(self.rule.most * one.size)) * self.strength();
        let none = wanted.at_most(Lanes::ZERO);
        let on_breach = select(none, Lanes::ZERO, total * meant / select(none, Lanes::ONE, wanted));
        let stray = stray * imposed;
        let on_all = total - on_breach * (1.0 - stray);
        let alone = others.at_most(Lanes::ZERO);
        let on = Spent {
            per_breach: select(alone, Lanes::ZERO, on_breach * (1.0 - stray) / select(alone, Lanes::ONE, others)),
            per_size: if company > 0.0 { on_all * (1.0 / company) } else { Lanes::ZERO },
        };
        Spending { on, total: if company > 0.0 { total } else { Lanes::ZERO } }
    }
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
        Terms {
            strength: self.strength,
            placebo: self.placebo,
            cost: &self.cost,
            clock: Clock { from: self.from, until: self.until },
        }
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
