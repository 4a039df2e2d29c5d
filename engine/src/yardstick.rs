//! What runs are measured against, once it has been found: a plan, and what a unit of stock is worth. How it is found stands in
//! [`benchmark`](../benchmark/index.html).

use crate::lanes::{LANES, Lanes};

/// What the runs of a scenario are measured against.
#[derive(Clone, Debug)]
pub struct Benchmark {
    /// The best constant plan.
    pub plan: Plan,
    /// What a unit of stock in each pool is worth.
    pub shadow: ShadowPrice,
}

/// The best constant plan that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Level of each kind in multiples of its own plan, in the order of the setup.
    pub levels: Vec<f64>,
    /// Share of effort for upstream work, so far as a kind can choose so much.
    pub upstream: f64,
    /// Mean welfare of a step, in the scenario's unit of money.
    pub welfare: f64,
    /// Stock of the main pool at the end, as a share of capacity.
    pub stock_end: f64,
    /// Stock of the main pool on average, as a share of capacity.
    pub stock_mean: f64,
}

/// Worth of a unit of stock, by pool and stock.
#[derive(Clone, Debug)]
pub struct ShadowPrice {
    /// One a pool; `None` for money, which is allotted anew each step.
    pub(crate) pools: Vec<Option<Slopes>>,
}

/// Slopes of welfare between neighbouring starting stocks.
#[derive(Clone, Debug)]
pub(crate) struct Slopes {
    pub(crate) slopes: [f64; LANES - 1],
    pub(crate) capacity: f64,
}

impl ShadowPrice {
    /// Worth of one more unit in a pool with that stock, in units of money. It is read between the middles of the intervals
    /// in which it was reckoned.
    pub fn at(&self, pool: usize, stock: Lanes) -> Lanes {
        let Some(Slopes { slopes, capacity }) = &self.pools[pool] else { return Lanes::ZERO };
        let last = (slopes.len() - 1) as f64;
        Lanes::from_fn(|lane| {
            let interval = stock.lane(lane) / capacity * (LANES - 1) as f64;
            let position = (interval - 0.5).clamp(0.0, last);
            let below = (position as usize).min(slopes.len() - 2);
            let part = position - below as f64;
            slopes[below] * (1.0 - part) + slopes[below + 1] * part
        })
    }
}
