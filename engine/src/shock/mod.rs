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

use super::dice::{Dice, Stream};
use super::english::{Time, percent};
use super::lanes::{Lanes, Mask, select};
use super::setup::Setup;
use super::step::Moment;
use super::world::World;
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

    fn timing(&self) -> (&When, u32) {
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

    fn strike(&self, setup: &Setup, world: &mut World, begins: Lanes, active: Lanes) {
        match self {
            Self::NeedSurge(shock) => shock.strike(setup, &mut world.place, active),
            Self::FundingCut(shock) => shock.strike(setup, &mut world.pools, active),
            Self::StockLoss(shock) => shock.strike(setup, &mut world.pools, begins),
            Self::LeaderLeaves(_) => LeaderLeaves::strike(&mut world.place, begins),
            Self::NewEntrant(shock) => shock.strike(&mut world.place, begins),
            Self::NationalOverride(shock) => shock.strike(&mut world.place, active),
            Self::Reorganisation(shock) => shock.strike(&mut world.place, begins, active),
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

/// Lets the shocks of this step strike.
pub(super) fn strike(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, dice, step, .. } = *moment;
    world.place.surge.fill(Lanes::ONE);
    world.place.standing = Lanes::ONE;
    world.place.lost_attention = Lanes::ZERO;
    for pool in &mut world.pools {
        pool.supply = Lanes::ONE;
    }
    for (index, shock) in setup.shocks.iter().enumerate() {
        let (when, length) = shock.part.timing();
        let left = world.place.shock_left[index];
        let idle = left.at_most(Lanes::ZERO);
        let begins = (idle & starts(when, dice, step, index)).number();
        let left = select(begins.greater(Lanes::ZERO), Lanes::all(f64::from(length)), left);
        let active = left.greater(Lanes::ZERO).number();
        world.place.shock_left[index] = (left - 1.0).max(Lanes::ZERO);
        shock.part.strike(setup, world, begins, active);
    }
}

fn starts(when: &When, dice: &Dice, step: u32, index: usize) -> Mask {
    match when {
        When::At(at) => Mask::all_of(*at == step),
        When::Chance(chance) => dice.uniform(Stream::Shock, step, index as u32).less(Lanes::all(*chance)),
    }
}
