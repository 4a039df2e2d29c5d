//! What members can foresee when they decide together: what a unit of effort would yield on average over the coming steps if
//! all were bound at a common level, for any stock from which they start.
//!
//! It is made once a scenario. The sixteen lanes hold sixteen starting stocks instead of sixteen runs; a vote reads between
//! them at the stock that members see. The forecast knows the pool's law and nothing of chance, shocks or cheating.

use super::Setup;
use crate::lanes::{LANES, Lanes};

/// Mean yield per effort over the horizon, by option and pool, at sixteen starting stocks, with the boundary that the
/// scenario draws and without it.
#[derive(Clone, Debug)]
pub struct Forecast {
    open: Yields,
    closed: Yields,
    pools: usize,
}

/// One a level and pool: `levels × pools`, at starting stocks 0, 1/15, … 1 of capacity.
type Yields = Vec<Lanes>;

impl Forecast {
    /// Foresees `horizon` steps for each level, in multiples of everybody's plan.
    pub fn new(setup: &Setup, levels: &[f64], horizon: u32) -> Self {
        let yields = |inside: f64| levels.iter().flat_map(|level| foresee(setup, *level, horizon, inside)).collect();
        let boundary = setup.rules.set().boundary.as_ref().filter(|rule| !rule.placebo);
        let inside = 1.0 - boundary.map_or(0.0, |rule| rule.strength * rule.shut_out);
        let open: Yields = yields(1.0);
        let same = setup.outside.is_none() || boundary.is_none();
        let closed = if same { open.clone() } else { yields(inside) };
        Self { open, closed, pools: setup.pools.len() }
    }

    /// Mean yield per effort of a pool at a level, starting from the stock that each run's members see (share of capacity).
    /// The boundary is in force as the scenario has it in the runs in which its strength is above zero.
    pub fn yield_per_effort(&self, level: usize, pool: usize, stock: Lanes, boundary: Lanes) -> Lanes {
        let index = level * self.pools + pool;
        let (open, closed) = (self.open[index], self.closed[index]);
        let last = (LANES - 1) as f64;
        Lanes::from_fn(|lane| {
            let at = if boundary.lane(lane) > 0.0 { closed } else { open };
            let position = stock.lane(lane).clamp(0.0, 1.0) * last;
            let below = (position as usize).min(LANES - 2);
            let part = position - below as f64;
            at.lane(below) * (1.0 - part) + at.lane(below + 1) * part
        })
    }
}

/// The mean yield per effort of each pool, with everybody at `level` times its plan and a share `inside` of the users from
/// outside let in.
fn foresee(setup: &Setup, level: f64, horizon: u32, inside: f64) -> Yields {
    setup
        .pools
        .iter()
        .enumerate()
        .map(|(index, pool)| {
            let pool = &pool.part;
            let mut effort = setup.effort_on(index, |kind| level * kind.plan);
            if let Some(outside) = setup.outside.filter(|outside| outside.pool == index) {
                effort += outside.effort * inside;
            }
            let effort = Lanes::all(effort);
            let mut state = pool.begin();
            state.stock = Lanes::from_fn(|lane| pool.capacity * lane as f64 / (LANES - 1) as f64);
            if !pool.renews_itself() {
                return Lanes::ONE;
            }
            let mut sum = Lanes::ZERO;
            for step in 0..horizon {
                let (yields, granted) = pool.exert(&mut state, effort, step);
                sum += yields * granted;
            }
            sum * (1.0 / f64::from(horizon.max(1)))
        })
        .collect()
}
