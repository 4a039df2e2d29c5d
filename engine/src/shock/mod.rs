//! Shocks: what happens to a place from outside, at a step or with a chance, for a time.
//!
//! To add a shock: one new file here and its lines in [`Shock`].

mod funding_cut;
mod leader_leaves;
mod national_override;
mod need_surge;
mod new_entrant;
mod reorganisation;
mod stock_loss;

pub use funding_cut::FundingCut;
pub use leader_leaves::LeaderLeaves;
pub use national_override::NationalOverride;
pub use need_surge::NeedSurge;
pub use new_entrant::NewEntrant;
pub use reorganisation::Reorganisation;
pub use stock_loss::StockLoss;

use crate::english::{Time, percent};
use crate::lanes::Lanes;
use crate::place::Place;
use crate::pool::PoolState;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What happens to a place from outside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shock {
    /// More need than usual.
    NeedSurge(NeedSurge),
    /// Less money, or less inflow, than usual.
    FundingCut(FundingCut),
    /// A part of a stock is gone at once.
    StockLoss(StockLoss),
    /// Whoever held an agreement together leaves, and it lapses.
    LeaderLeaves(LeaderLeaves),
    /// A new user from outside arrives.
    NewEntrant(NewEntrant),
    /// The national level overrides what the place agreed.
    NationalOverride(NationalOverride),
    /// A reorganisation from the top takes time and ends agreements.
    Reorganisation(Reorganisation),
}

/// When a shock strikes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// At this step, counted from 0.
    At(#[schemars(range(min = 0, max = 100_000))] u32),
    /// With this chance in each step in which it is not already under way.
    Chance(#[schemars(range(min = 0.0, max = 1.0))] f64),
}

impl When {
    /// How a sentence on the shock begins.
    fn describe(&self, time: &Time) -> String {
        match self {
            Self::At(0) => "At the start".to_owned(),
            Self::At(step) => format!("After {}", time.count(f64::from(*step))),
            Self::Chance(chance) => format!("With a chance of {} each {}", percent(*chance), time.one()),
        }
    }
}

impl Shock {
    /// What happens, in a sentence of plain English.
    pub fn describe(&self, time: &Time) -> String {
        match self {
            Self::NeedSurge(shock) => shock.describe(time),
            Self::FundingCut(shock) => shock.describe(time),
            Self::StockLoss(shock) => shock.describe(time),
            Self::LeaderLeaves(shock) => shock.describe(time),
            Self::NewEntrant(shock) => shock.describe(time),
            Self::NationalOverride(shock) => shock.describe(time),
            Self::Reorganisation(shock) => shock.describe(time),
        }
    }

    /// When it strikes, and for how many steps.
    pub(crate) fn timing(&self) -> (&When, u32) {
        match self {
            Self::NeedSurge(shock) => (&shock.when, shock.length),
            Self::FundingCut(shock) => (&shock.when, shock.length),
            Self::StockLoss(shock) => (&shock.when, 1),
            Self::LeaderLeaves(shock) => (&shock.when, 1),
            Self::NewEntrant(shock) => (&shock.when, 1),
            Self::NationalOverride(shock) => (&shock.when, shock.length),
            Self::Reorganisation(shock) => (&shock.when, shock.length),
        }
    }

    /// Strikes a place with kinds of these names and these pools: `begins` is one where it begins in this step, `active` where it
    /// is under way.
    #[inline(always)]
    pub(crate) fn strike<'a>(
        &self,
        kinds: impl Iterator<Item = &'a str>,
        pools: impl Iterator<Item = (&'a str, &'a mut PoolState)>,
        place: &mut Place,
        begins: Lanes,
        active: Lanes,
    ) {
        match self {
            Self::NeedSurge(shock) => shock.strike(kinds, place, active),
            Self::FundingCut(shock) => shock.strike(pools, active),
            Self::StockLoss(shock) => shock.strike(pools, begins),
            Self::LeaderLeaves(_) => LeaderLeaves::strike(place, begins),
            Self::NewEntrant(shock) => shock.strike(place, begins),
            Self::NationalOverride(shock) => shock.strike(place, active),
            Self::Reorganisation(shock) => shock.strike(place, begins, active),
        }
    }

    /// The step at which it strikes, if that is fixed.
    pub fn at(&self) -> Option<u32> {
        match self.timing().0 {
            When::At(at) => Some(*at),
            When::Chance(_) => None,
        }
    }

    /// For how many steps it lasts.
    pub fn length(&self) -> u32 {
        self.timing().1
    }

    /// The pool or the kinds that it names, for the scenario to check.
    pub fn names(&self) -> (Option<&str>, &[String]) {
        match self {
            Self::NeedSurge(shock) => (None, &shock.kinds),
            Self::FundingCut(shock) => (Some(&shock.pool), &[]),
            Self::StockLoss(shock) => (Some(&shock.pool), &[]),
            Self::LeaderLeaves(_) | Self::NewEntrant(_) | Self::NationalOverride(_) | Self::Reorganisation(_) => {
                (None, &[])
            }
        }
    }
}
