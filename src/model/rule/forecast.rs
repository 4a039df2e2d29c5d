//! What members can foresee when they decide together: what a unit of effort would yield on average over the coming steps if
//! all were bound at a common level, for any stock from which they start.
//!
//! It is made once a scenario. The sixteen lanes hold sixteen starting stocks instead of sixteen runs; a vote reads between
//! them at the stock that members see. The forecast knows the pool's law and nothing of chance, shocks or cheating.

use crate::model::lanes::{LANES, Lanes};
use crate::model::setup::Setup;

/// Mean yield per effort over the horizon, by option and pool, at sixteen starting stocks.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// One a level and pool: `levels × pools`, at starting stocks 0, 1/15, … 1 of capacity.
    yields: Vec<Lanes>,
    pools: usize,
}

impl Forecast {
    /// Foresees `horizon` steps for each level, in multiples of everybody's plan.
    pub fn new(setup: &Setup, levels: &[f64], horizon: u32) -> Self {
        let yields = levels.iter().flat_map(|level| foresee(setup, *level, horizon)).collect();
        Self { yields, pools: setup.pools.len() }
    }

    /// Mean yield per effort of a pool at a level, starting from the stock that each run's members see (share of capacity).
    pub fn yield_per_effort(&self, level: usize, pool: usize, stock: Lanes) -> Lanes {
        let at = self.yields[level * self.pools + pool];
        let last = (LANES - 1) as f64;
        Lanes::from_fn(|lane| {
            let position = stock.lane(lane).clamp(0.0, 1.0) * last;
            let below = (position as usize).min(LANES - 2);
            let part = position - below as f64;
            at.lane(below) * (1.0 - part) + at.lane(below + 1) * part
        })
    }
}

/// The mean yield per effort of each pool, with everybody at `level` times its plan.
fn foresee(setup: &Setup, level: f64, horizon: u32) -> Vec<Lanes> {
    setup
        .pools
        .iter()
        .enumerate()
        .map(|(index, pool)| {
            let pool = &pool.part;
            let mut effort = 0.0;
            for provider in &setup.providers {
                let kind = setup.kind(provider);
                effort += level * kind.plan * provider.size * kind.uses[index];
            }
            if let Some(outside) = setup.outside.filter(|outside| outside.pool == index) {
                let boundary = setup.rules.set.boundary.as_ref().filter(|rule| !rule.placebo);
                effort += outside.effort * (1.0 - boundary.map_or(0.0, |rule| rule.strength * rule.shut_out));
            }
            let effort = Lanes::all(effort);
            let mut state = pool.begin();
            state.stock = Lanes::from_fn(|lane| pool.capacity * lane as f64 / (LANES - 1) as f64);
            if !pool.renews_itself() {
                return Lanes::ONE;
            }
            let mut sum = Lanes::ZERO;
            for step in 0..horizon {
                let yields = pool.yield_per_effort(effort, state.stock);
                let claimed = effort * pool.loss_per_effort(yields, state.stock);
                let granted = (pool.available(&state) / claimed.max(Lanes::all(f64::MIN_POSITIVE))).min(Lanes::ONE);
                state.drawn = claimed.max(Lanes::ZERO) * granted;
                sum += yields * granted;
                pool.regrow(&mut state, step);
            }
            sum * (1.0 / f64::from(horizon.max(1)))
        })
        .collect()
}
