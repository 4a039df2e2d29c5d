//! Prime contract: one provider holds the budget of the whole place and pays the others by contract; what is left is its
//! own.
//!
//! *Mechanism*: the holder gains from every unit that the others are not paid, and bears what the budget does not cover, out
//! of a reserve. When the reserve is gone the contract fails, for good: from the next step on the others are paid from outside
//! on the same terms, and the holder by its fallback. The Uniting Care Partnership in Cambridgeshire, 2015, asked for 21% more
//! in its first month and ended after eight months of five years (National Audit Office 2016).

use super::{Activity, Blended, Block, Capitation, Outcome, Tariff};
use crate::english::{Time, number, yearly};
use crate::lanes::{Lanes, select};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The budget of the whole place, out of which the holder pays the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Prime {
    /// Budget a step per unit of the size of all providers: 1.0 pays for the planned care of the place at its base cost.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub budget: f64,
    /// What the holder can lose before the contract fails, in steps' worth of the first budget.
    #[schemars(range(min = 0.0, max = 1e6))]
    pub reserve: f64,
    /// How the holder is paid once the contract has failed; its prices are those of a contract as old as this one.
    pub fallback: Fallback,
    /// Change of the budget a year, as a share.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub change_per_year: f64,
}

/// How the holder of a prime contract is paid once it has failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fallback {
    /// A price for each unit of activity.
    Tariff(Tariff),
    /// A fixed sum whatever is delivered.
    Block(Block),
    /// A fixed sum for planned activity, and a part of the price for each unit above or below it.
    Blended(Blended),
    /// A sum per head by need, part of it tied to outcomes.
    Capitation(Capitation),
}

impl Prime {
    /// What the holder receives, per unit of its size: the budget of the whole place, or its fallback where the contract has
    /// failed.
    #[inline(always)]
    pub(super) fn income(&self, activity: &Activity<'_>, price_index: f64) -> Lanes {
        let ledger = activity.ledger;
        let held = Lanes::all(self.budget * price_index / ledger.weight);
        let fallen = self.fallback.income(activity, ledger.fallback_index);
        select(ledger.failed.greater(Lanes::ZERO), fallen, held)
    }

    pub(super) fn describe(&self, time: &Time) -> String {
        format!(
            "the budget of the whole place, {} {} per unit of the size of all{}, out of which it pays the others by contract and keeps what is left; once it has lost the budget of {}, the contract fails, and it is paid {}",
            number(self.budget),
            time.per(),
            yearly(self.change_per_year),
            time.count(self.reserve),
            self.fallback.describe(time)
        )
    }

    pub(super) fn brief() -> &'static str {
        "the budget of the whole place, out of which it pays the others and bears what is missing"
    }
}

impl Fallback {
    /// Whose share of need met counts, if any does.
    #[inline(always)]
    pub(crate) fn outcome(&self) -> Option<Outcome> {
        match self {
            Self::Capitation(form) => Some(form.outcome),
            _ => None,
        }
    }

    #[inline(always)]
    fn income(&self, activity: &Activity<'_>, price_index: f64) -> Lanes {
        match self {
            Self::Tariff(form) => form.income(activity, price_index),
            Self::Block(form) => form.income(price_index),
            Self::Blended(form) => form.income(activity, price_index),
            Self::Capitation(form) => form.income(activity, price_index),
        }
    }

    /// Change of its prices a year, as a share.
    pub fn change_per_year(&self) -> f64 {
        match self {
            Self::Tariff(form) => form.change_per_year,
            Self::Block(form) => form.change_per_year,
            Self::Blended(form) => form.change_per_year,
            Self::Capitation(form) => form.change_per_year,
        }
    }

    fn describe(&self, time: &Time) -> String {
        match self {
            Self::Tariff(form) => form.describe(),
            Self::Block(form) => form.describe(time),
            Self::Blended(form) => form.describe(),
            Self::Capitation(form) => form.describe(time),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::activity;
    use super::*;
    use crate::payment::Ledger;

    #[test]
    fn the_holder_receives_the_budget_of_the_place_and_its_fallback_after_a_failure() {
        let fallback = Fallback::Block(Block { amount: 1.1, change_per_year: 0.0 });
        let form = Prime { budget: 0.8, reserve: 1.0, fallback, change_per_year: 0.0 };
        let mut ledger = Ledger { weight: 0.25, fallback_index: 0.9, ..Ledger::CLOSED };
        ledger.failed.set_lane(7, 1.0);
        let income = form.income(&Activity { ledger: &ledger, ..activity(0.0, 0.0, 0.0) }, 1.05);
        // The holder is a quarter of the place: 0.8 · 1.05 · 4 = 3.36; fallen back 1.1 · 0.9 = 0.99.
        assert!((income.lane(6) - 3.36).abs() < 1e-12);
        assert!((income.lane(7) - 0.99).abs() < 1e-12);
    }
}
