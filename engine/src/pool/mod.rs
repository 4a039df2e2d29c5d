//! Pools: what providers share. A stock, a law by which it renews itself, a use that wears it down.
//!
//! To add a growth law: one new file here and its lines in [`Growth`].

mod allocation;
mod depensated;
mod fixed;
mod inflow;
mod logistic;
mod rationing;
mod steady;

pub use allocation::{Allocation, Allotted};
pub use depensated::Depensated;
pub use fixed::Fixed;
pub use inflow::Inflow;
pub use logistic::Logistic;
pub use rationing::{Claimant, Claims, Rationing};

use crate::commissioner::Commissioner;
use crate::english::{Time, amount, number, percent, quantity};
use crate::lanes::Lanes;
use crate::production::Production;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A common-pool resource: what one user takes is not there for another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// What a unit of the stock is, for titles and axes: "tonnes of fish", "£m", "staff and beds (share of full)".
    pub unit: String,
    /// Stock of a full pool, in the pool's unit.
    #[schemars(range(min = crate::limits::LEAST, max = 1e12))]
    pub capacity: f64,
    /// Stock before the first step, as a share of capacity.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub start: f64,
    /// The law by which the stock renews itself.
    pub growth: Growth,
    /// Of which stock growth is reckoned. Without it, of the stock before the draw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub growth_acts_on: Option<ActsOn>,
    /// How effort turns into yield. Without it, a unit of effort yields one unit wherever the pool can grant it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub production: Option<Production>,
    /// What the pool loses when it is used.
    pub loses: Loss,
    /// Who gets what when claims exceed the stock.
    pub rationing: Rationing,
    /// A run counts as collapsed once the stock falls below this share of capacity. 0 for a pool that cannot collapse.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub collapse: f64,
    /// Share of capacity below which a step never leaves the pool: it restocks itself at once from a refuge. 0 for none.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub refuge: f64,
}

/// The law by which a stock renews itself in one step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Growth {
    /// S-shaped growth: fast at half of capacity, nil when empty or full.
    Logistic(Logistic),
    /// Logistic growth that turns into decline below a threshold.
    Depensated(Depensated),
    /// A steady inflow less a loss that rises with the stock, as of water.
    Inflow(Inflow),
    /// A sum of money for each step, with limits on what may be carried over or overdrawn.
    Allocation(Allocation),
    /// The stock stays what it is but for what is drawn.
    Fixed(Fixed),
}

/// The stock of which growth is reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActsOn {
    /// The stock before the draw: what is taken in a step has still grown in it.
    Stock,
    /// What the draw has left, the escapement (Ricker 1954; Clark 1990, ch. 7): what is taken no longer grows.
    Left,
}

/// What one step's use costs the pool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// Units of stock lost per unit of yield: 1 for a fishery, a small share where use only wears the pool.
    Yield(#[schemars(range(min = 0.0, max = 1e9))] f64),
    /// Share of the stock lost per unit of effort, q in q·E·R.
    Effort(#[schemars(range(min = 0.0, max = 1e9))] f64),
    /// Units of stock lost per unit of effort: 1 where effort is itself counted in the pool's unit, as money is.
    Claim(#[schemars(range(min = 0.0, max = 1e9))] f64),
}

/// The moving part of a pool: one value a run.
#[derive(Clone, Debug)]
pub struct PoolState {
    /// Stock, in the pool's unit.
    pub stock: Lanes,
    /// Overspend still to be recovered from later allocations.
    pub owed: Lanes,
    /// Overspend that stood at the end of the last step, before any of it was recovered.
    pub overdrawn: Lanes,
    /// What all users together have drawn in this step so far.
    pub drawn: Lanes,
    /// What growth added in the last step, net of its own losses.
    pub grown: Lanes,
    /// Share of the usual growth that takes place in this step: below one under a funding cut.
    pub supply: Lanes,
}

impl Growth {
    /// Whether it depends on the stock how much grows.
    pub fn is_of_the_stock(&self) -> bool {
        !matches!(self, Self::Allocation(_) | Self::Fixed(_))
    }
}

/// Multiple of its capacity up to which a pool that loses nothing by itself is reckoned with.
const BOUND: f64 = 4.0;

impl Pool {
    /// The pool before the first step.
    pub fn begin(&self) -> PoolState {
        PoolState {
            stock: Lanes::all(self.capacity * self.start),
            owed: Lanes::ZERO,
            overdrawn: Lanes::ZERO,
            drawn: Lanes::ZERO,
            grown: Lanes::ZERO,
            supply: Lanes::ONE,
        }
    }

    /// Yield per unit of effort when all users together exert `effort`.
    #[inline(always)]
    pub fn yield_per_effort(&self, effort: Lanes, stock: Lanes) -> Lanes {
        match &self.production {
            Some(production) => production.per_effort(effort, stock, self.capacity),
            None => Lanes::ONE,
        }
    }

    /// Units of stock lost per unit of effort that yields `yield_per_effort`.
    #[inline(always)]
    pub fn loss_per_effort(&self, yield_per_effort: Lanes, stock: Lanes) -> Lanes {
        match self.loses {
            Loss::Yield(share) => yield_per_effort * share,
            Loss::Effort(share) => stock * share,
            Loss::Claim(units) => Lanes::all(units),
        }
    }

    /// What may leave the pool in this step.
    #[inline(always)]
    pub fn available(&self, state: &PoolState) -> Lanes {
        match &self.growth {
            Growth::Allocation(law) => {
                let overdraft = (law.overdraft - state.owed).max(Lanes::ZERO);
                (state.stock + overdraft - state.drawn).max(Lanes::ZERO)
            }
            _ => (state.stock - state.drawn).max(Lanes::ZERO),
        }
    }

    /// Share of what `effort` claims that the pool could give in this step, if nothing had been drawn yet.
    #[inline(always)]
    pub(crate) fn could_grant(&self, effort: Lanes, state: &PoolState) -> Lanes {
        self.share_granted(effort, state.stock, self.available(state) + state.drawn)
    }

    /// Goes through a step in which all together exert `effort`: what a unit of it yields, and the share of it that the pool grants.
    #[inline(always)]
    pub(crate) fn exert(&self, state: &mut PoolState, effort: Lanes, step: u32) -> (Lanes, Lanes) {
        let (yields, granted) = (self.yield_per_effort(effort, state.stock), self.grants(effort, state.stock));
        let loss = self.loss_per_effort(yields, state.stock).max(Lanes::ZERO);
        state.drawn = effort * loss * granted;
        self.regrow(state, step);
        (yields, granted)
    }

    /// Ends the step: takes off what was drawn and adds what the law of growth gives.
    #[inline(always)]
    pub fn regrow(&self, state: &mut PoolState, step: u32) {
        let left = state.stock - state.drawn;
        let grows = self.growing(state.stock, left);
        let next = match &self.growth {
            Growth::Logistic(law) => left + cut(law.growth(grows, self.capacity), state.supply),
            Growth::Depensated(law) => left + cut(law.growth(grows, self.capacity), state.supply),
            Growth::Inflow(law) => left + law.growth(grows, self.capacity, state.supply),
            Growth::Allocation(law) => {
                state.overdrawn = state.owed + (-left).max(Lanes::ZERO);
                law.next(left, &mut state.owed, state.supply, step)
            }
            Growth::Fixed(_) => left,
        };
        let floor = Lanes::all(self.floor());
        let next = next.max(floor);
        state.grown = next - left;
        state.stock = next;
        state.drawn = Lanes::ZERO;
    }

    /// The stock of which growth is reckoned, of the stock before the draw and what is left of it.
    #[inline(always)]
    fn growing(&self, stock: Lanes, left: Lanes) -> Lanes {
        match self.growth_acts_on {
            Some(ActsOn::Left) => left,
            Some(ActsOn::Stock) | None => stock,
        }
    }

    /// How much there is of it, in a sentence of plain English.
    pub fn describe_stock(&self) -> String {
        let start = if self.start >= 1.0 { "full".to_owned() } else { format!("at {} of that", percent(self.start)) };
        format!("A full pool holds {}; it starts {start}.", quantity(self.capacity, &self.unit))
    }

    /// How it renews itself, in a sentence of plain English.
    pub fn describe_growth(&self, time: &Time) -> String {
        match &self.growth {
            Growth::Logistic(law) => law.describe(self, time),
            Growth::Depensated(law) => law.describe(time),
            Growth::Inflow(law) => law.describe(self, time),
            Growth::Allocation(law) => law.describe(self, time),
            Growth::Fixed(_) => Fixed::describe(),
        }
    }

    /// Who sets fixed sums that are paid out of it anew.
    pub fn commissioner(&self) -> Option<&Commissioner> {
        match &self.growth {
            Growth::Allocation(law) => law.commissioner.as_ref(),
            _ => None,
        }
    }

    /// Of what it is that growth is reckoned, in a sentence of plain English, where that is not the usual.
    pub fn describe_growing(&self) -> Option<String> {
        let left = self.growth_acts_on == Some(ActsOn::Left);
        left.then(|| "Growth is reckoned from what is left of it once all have drawn.".to_owned())
    }

    /// What use takes from it, in a sentence of plain English.
    pub fn describe_loss(&self) -> String {
        match self.loses {
            Loss::Yield(0.0) | Loss::Effort(0.0) | Loss::Claim(0.0) => "Use takes nothing from it.".to_owned(),
            Loss::Yield(units) => format!("Each unit of yield takes {} from it.", amount(units, &self.unit)),
            Loss::Effort(share) => format!("Each unit of effort takes {} of what is there.", percent(share)),
            Loss::Claim(units) => format!("Each unit of effort takes {} from it.", number(units)),
        }
    }

    /// What counts as its collapse and what is out of reach, in sentences of plain English.
    pub fn describe_limits(&self) -> Vec<String> {
        let collapse = (self.collapse > 0.0 && self.renews_itself())
            .then(|| format!("A run counts as collapsed once less than {} is left.", percent(self.collapse)));
        let refuge = (self.refuge > 0.0).then(|| format!("{} of it is out of reach.", percent(self.refuge)));
        collapse.into_iter().chain(refuge).collect()
    }

    /// The most stock that is reckoned with: what it grows to by itself, or its capacity.
    pub(crate) fn full(&self) -> f64 {
        self.ceiling().clamp(self.capacity, BOUND * self.capacity)
    }

    /// The least stock a step may leave: the refuge, and never less than nothing.
    pub fn floor(&self) -> f64 {
        self.capacity * self.refuge
    }

    /// Whether the stock is a thing that renews itself and can be used up, as against money allotted anew each step.
    pub fn renews_itself(&self) -> bool {
        !matches!(self.growth, Growth::Allocation(_))
    }
}

/// Growth of which only the share `supply` takes place; a decline takes place in full.
#[inline(always)]
fn cut(growth: Lanes, supply: Lanes) -> Lanes {
    growth.max(Lanes::ZERO) * supply + growth.min(Lanes::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pool of 100 that holds 80, of which 30 have been drawn.
    fn drawn_on(growth_acts_on: Option<ActsOn>) -> (Pool, PoolState) {
        let pool = Pool {
            unit: "units".to_owned(),
            capacity: 100.0,
            start: 0.8,
            growth: Growth::Logistic(Logistic { rate: 0.5 }),
            growth_acts_on,
            production: None,
            loses: Loss::Claim(1.0),
            rationing: Rationing::Proportional {},
            collapse: 0.0,
            refuge: 0.0,
        };
        let state = PoolState { drawn: Lanes::all(30.0), ..pool.begin() };
        (pool, state)
    }

    #[test]
    fn what_has_been_drawn_grows_or_does_not() {
        // Before the draw 0.5 · 80 · (1 − 0.8) = 8; after it 0.5 · 50 · (1 − 0.5) = 12.5.
        for (acts_on, grown) in [(None, 8.0), (Some(ActsOn::Stock), 8.0), (Some(ActsOn::Left), 12.5)] {
            let (pool, mut state) = drawn_on(acts_on);
            pool.regrow(&mut state, 0);
            assert!((state.grown.lane(4) - grown).abs() < 1e-12, "{acts_on:?}");
            assert!((state.stock.lane(4) - (50.0 + grown)).abs() < 1e-12, "{acts_on:?}");
        }
    }
}
