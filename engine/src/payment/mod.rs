//! Payment: income as a function of what is delivered, needed and achieved. All sums are per unit of a provider's size,
//! so that 1.0 pays for planned care at its base cost.
//!
//! To add a way of paying: one new file here and its lines in [`Payment`].

mod blended;
mod block;
mod bonus;
mod capitation;
mod gain_share;
mod ledger;
mod prime;
mod public_good;
mod tariff;

pub use blended::Blended;
pub use block::Block;
pub use bonus::{Bonus, NeedMet};
pub use capitation::{Capitation, Outcome};
pub use gain_share::{CountedFrom, GainShare};
pub use ledger::Ledger;
pub use prime::{Fallback, Prime};
pub use public_good::PublicGood;
pub use tariff::Tariff;

use crate::english::Time;
use crate::lanes::{Lanes, select};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a provider is paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    /// A price for each unit of activity.
    Tariff(Tariff),
    /// A fixed sum whatever is delivered.
    Block(Block),
    /// A fixed sum for planned activity, and a part of the price for each unit above or below it.
    Blended(Blended),
    /// A sum per head by need, part of it tied to outcomes.
    Capitation(Capitation),
    /// A base sum, and a part of what the whole place spends below or above its budget.
    GainShare(GainShare),
    /// The budget of the whole place, out of which the others are paid.
    Prime(Prime),
    /// A sum for oneself, and a return from what all deliver together.
    PublicGood(PublicGood),
}

/// A way of paying that takes over at a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Regime {
    /// The first step in which it holds, counted from 0. Its prices are those of that step.
    #[schemars(range(min = 1, max = 100_000))]
    pub at: u32,
    /// How the provider is paid from then on.
    pub payment: Payment,
}

/// What a payment looks at, per unit of the provider's size.
#[derive(Clone, Copy, Debug)]
pub struct Activity<'a> {
    /// Yield delivered, charged for or not.
    pub delivered: Lanes,
    /// The provider's own need met.
    pub met: Lanes,
    /// Share of what is delivered beyond that need that can be charged for all the same.
    pub induced: f64,
    /// Units met elsewhere that are paid as if they had been met here, where money follows care.
    pub elsewhere: Option<Lanes>,
    /// The need met by all others.
    pub others: Lanes,
    /// One over the needs that count.
    pub per_need: PerNeed,
    /// The planned level of activity.
    pub plan: f64,
    /// The provider's own cost of effort.
    pub cost: Lanes,
    /// The books of the place.
    pub ledger: &'a Ledger,
}

impl Activity<'_> {
    /// Activity that can be charged for.
    #[inline(always)]
    pub fn billed(&self) -> Lanes {
        let here = self.met * (1.0 - self.induced) + self.delivered * self.induced;
        self.elsewhere.map_or(here, |elsewhere| here + elsewhere)
    }

    /// Share of need that is met, one's own or that of the whole place; one where there is no need.
    #[inline(always)]
    pub fn need_met(&self, of: Outcome) -> Lanes {
        let (met, per_need) = match of {
            Outcome::Own => (self.met, self.per_need.own),
            Outcome::Place => (self.others + self.met, self.per_need.place),
        };
        select(per_need.at_most(Lanes::ZERO), Lanes::ONE, met * per_need)
    }
}

/// One over need, which is the same whatever a provider does, so that the division is done once for all that it might do;
/// nought where there is no need or nobody is paid by how much of it is met.
#[derive(Clone, Copy, Debug)]
pub struct PerNeed {
    /// Over the provider's own.
    pub own: Lanes,
    /// Over that of the whole place.
    pub place: Lanes,
}

impl PerNeed {
    /// Over these needs, so far as a payment or a bonus counts how much of them is met.
    #[inline(always)]
    pub fn of(own: Lanes, place: Lanes, payment: Option<&Payment>, bonus: Option<&Bonus>) -> Self {
        let counts = [payment.and_then(Payment::outcome), bonus.and_then(Bonus::outcome)];
        let over = |need: Lanes, of: Outcome| {
            if !counts.contains(&Some(of)) {
                return Lanes::ZERO;
            }
            let none = need.at_most(Lanes::ZERO);
            select(none, Lanes::ZERO, 1.0 / select(none, Lanes::ONE, need))
        };
        Self { own: over(own, Outcome::Own), place: over(place, Outcome::Place) }
    }
}

impl Payment {
    /// Income of one step, with prices at so many times those of its start. The holder of a prime contract has still to pay
    /// the others out of it.
    #[inline(always)]
    pub fn income(&self, activity: &Activity<'_>, price_index: f64) -> Lanes {
        match self {
            Self::Tariff(form) => form.income(activity, price_index),
            Self::Block(form) => form.income(price_index),
            Self::Blended(form) => form.income(activity, price_index),
            Self::Capitation(form) => form.income(activity, price_index),
            Self::GainShare(form) => form.income(activity, price_index),
            Self::Prime(form) => form.income(activity, price_index),
            Self::PublicGood(form) => form.income(activity, price_index),
        }
    }

    /// What it pays for a unit of planned care at the start, which follows that care where it is done elsewhere: nothing of what is held
    /// for others, or of a public good.
    pub fn per_unit(&self, plan: f64) -> f64 {
        match self {
            Self::Tariff(form) => form.price,
            Self::Blended(form) => form.price,
            Self::Block(form) => form.amount / plan,
            Self::Capitation(form) => form.amount / plan,
            Self::GainShare(form) => form.amount / plan,
            Self::Prime(_) | Self::PublicGood(_) => 0.0,
        }
    }

    /// The same income where a commissioner has set fixed sums anew, by so many times.
    #[inline(always)]
    pub(crate) fn set_anew(&self, income: Lanes, activity: &Activity<'_>, price_index: f64, contract: Lanes) -> Lanes {
        match self {
            Self::GainShare(form) => form.with_base(activity, price_index, contract * (form.amount * price_index)),
            _ => income + self.fixed(income, activity.plan, Lanes::all(price_index)) * (contract - 1.0),
        }
    }

    /// What of so much income is a fixed sum, which a commissioner may set anew, where a fixed sum of 1 comes to `one`: all of a block and of a
    /// sum per head, nothing of a tariff or a prime contract.
    #[inline(always)]
    pub(crate) fn fixed(&self, income: Lanes, plan: f64, one: Lanes) -> Lanes {
        match self {
            Self::Block(_) | Self::Capitation(_) => income,
            _ => one * self.rates(plan).0,
        }
    }

    /// Its fixed sum and its price by the unit at the start, per unit of size.
    #[inline(always)]
    pub(crate) fn rates(&self, plan: f64) -> (f64, f64) {
        match self {
            Self::Tariff(form) => (0.0, form.price),
            Self::Block(form) => (form.amount, 0.0),
            Self::Blended(form) => (form.price * plan, form.price * form.variable),
            Self::Capitation(form) => (form.amount, 0.0),
            Self::GainShare(form) => (form.amount, form.budget),
            Self::Prime(form) => (0.0, form.budget),
            Self::PublicGood(form) => (form.amount, form.per_head),
        }
    }

    /// Change of its prices a year, as a share.
    pub fn change_per_year(&self) -> f64 {
        match self {
            Self::Tariff(form) => form.change_per_year,
            Self::Block(form) => form.change_per_year,
            Self::Blended(form) => form.change_per_year,
            Self::Capitation(form) => form.change_per_year,
            Self::GainShare(form) => form.change_per_year,
            Self::Prime(form) => form.change_per_year,
            Self::PublicGood(form) => form.change_per_year,
        }
    }

    /// One clause of plain English, behind "It is paid".
    pub fn describe(&self, time: &Time) -> String {
        match self {
            Self::Tariff(form) => form.describe(),
            Self::Block(form) => form.describe(time),
            Self::Blended(form) => form.describe(),
            Self::Capitation(form) => form.describe(time),
            Self::GainShare(form) => form.describe(time),
            Self::Prime(form) => form.describe(time),
            Self::PublicGood(form) => form.describe(time),
        }
    }

    /// The same without its numbers.
    pub fn brief(&self) -> &'static str {
        match self {
            Self::Tariff(_) => Tariff::brief(),
            Self::Block(_) => Block::brief(),
            Self::Blended(_) => Blended::brief(),
            Self::Capitation(form) => form.brief(),
            Self::GainShare(_) => GainShare::brief(),
            Self::Prime(_) => Prime::brief(),
            Self::PublicGood(_) => PublicGood::brief(),
        }
    }

    /// Whose share of need met counts, if any does.
    #[inline(always)]
    pub fn outcome(&self) -> Option<Outcome> {
        match self {
            Self::Capitation(form) => Some(form.outcome),
            Self::Prime(form) => form.fallback.outcome(),
            _ => None,
        }
    }

    /// Whether it looks at what all spend, deliver and earn.
    pub fn looks_at_books(&self) -> bool {
        matches!(self, Self::GainShare(_) | Self::Prime(_) | Self::PublicGood(_))
    }

    /// The prime contract, if it is one.
    pub fn as_prime(&self) -> Option<&Prime> {
        match self {
            Self::Prime(form) => Some(form),
            _ => None,
        }
    }
}

#[cfg(test)]
fn activity(billed: f64, own: f64, place: f64) -> Activity<'static> {
    Activity {
        delivered: Lanes::all(billed),
        met: Lanes::all(own),
        induced: 1.0,
        elsewhere: None,
        others: Lanes::all(place - own),
        per_need: PerNeed { own: Lanes::ONE, place: Lanes::ONE },
        plan: 1.0,
        cost: Lanes::ZERO,
        ledger: &Ledger::CLOSED,
    }
}
