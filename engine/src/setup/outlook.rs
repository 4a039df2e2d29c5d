//! The outlook: what a unit of effort on a pool yields, on the discounted mean of the steps to come, if all effort on the pool
//! stays what it is.
//!
//! Whoever has patience weighs an option at the outlook of the pools that it uses, not at what they yield in this step. With
//! δ the share of a step's worth that still counts a step later, effort E and the stock R₀ as it is known,
//!
//! ```text
//! Ȳ(E) = (1 − δ) Σ_{k<H} δᵏ y(R_k, E) g(R_k, E) + δᴴ y(R_H, E) g(R_H, E),      R_{k+1} = R_k − X(R_k, E) + G(R_k)
//! ```
//!
//! with y the yield of a unit of effort, g the share of it that the pool can grant, X what use takes and G growth, as in the step
//! itself. Its slope at rest is less than that of this step's yield by the user cost of the stock, ω = δ (∂U/∂R)/(1 − δρ): who
//! owns the whole bears all of it, who shares with others a part (Clark 1990, *Mathematical Bioeconomics*, ch. 2; N owners:
//! Levhari & Mirman 1980). It knows the pool's law and nothing of chance, of shocks or of what others will do.

use super::Setup;
use crate::lanes::{LANES, Lanes, keep_lanes_together};
use crate::pool::Pool;
use crate::prospects::{EFFORTS, Prospect, Prospects};

/// The fewest steps that are followed.
const FEWEST_STEPS: u32 = 60;
/// The most steps that are followed.
const MOST_STEPS: u32 = 200;
/// Part of the way to rest that may be left.
const LEFT: f64 = 0.05;
/// Starting stocks in a table.
const STOCKS: usize = 64;

/// The first total effort in a table, in columns: not nothing, where a first unit may yield without bound.
const LEAST: f64 = 0.05;

/// Outlooks of a setup whose providers have patience.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlooks {
    /// One a pool; `None` for money, which is allotted anew in each step, and where nobody draws.
    pools: Vec<Option<Outlook>>,
    /// Share of a step's worth that still counts a step later.
    discount: f64,
}

/// The outlook of one pool, for any stock and any total effort on it.
#[derive(Clone, Debug, PartialEq)]
struct Outlook {
    steps: u32,
    /// Stock of the last row of the table.
    top: f64,
    /// Effort of the last column of the table.
    most: f64,
    /// One a total effort and starting stock, stocks side by side; empty where nobody reads it.
    table: Vec<Node>,
}

/// A point of a table: the prospect, and how fast it changes from one total effort to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Node {
    care: f64,
    care_slope: f64,
    granted: f64,
    granted_slope: f64,
}

/// Share of a step's worth that still counts a step later, where such a share of a year's counts a year later.
fn discount(patience: f64, steps_per_year: f64) -> f64 {
    libm::pow(patience, 1.0 / steps_per_year)
}

impl Outlooks {
    /// The outlooks of a setup, if its providers have patience.
    pub fn of(setup: &Setup) -> Option<Self> {
        let patience = setup.society.patience;
        if patience == 0.0 {
            return None;
        }
        let discount = discount(patience, setup.steps_per_year);
        let of = |(index, pool): (usize, &Pool)| Outlook::new(setup, index, pool, discount);
        let pools = setup.pools.iter().map(|pool| &pool.part).enumerate().map(of).collect();
        Some(Self { pools, discount })
    }

    /// Share of a step's worth that still counts a step later.
    pub fn discount(&self) -> f64 {
        self.discount
    }

    /// The prospect of effort on a pool, followed step by step from a stock.
    pub fn follow(&self, pool: usize, part: &Pool, effort: Lanes, stock: Lanes) -> Option<Prospect> {
        self.pools[pool].as_ref().map(|outlook| follow(part, self.discount, outlook.steps, effort, stock))
    }

    /// Reads out the outlook of a pool for the stock that it is known to have.
    #[inline(always)]
    pub fn read(&self, pool: usize, seen: Lanes, prospects: &mut Prospects) {
        if let Some(outlook) = &self.pools[pool] {
            outlook.read(seen, prospects);
        }
    }

    /// Room for the outlook of each pool.
    pub fn room(&self) -> Vec<Prospects> {
        let of = |outlook: &Option<Outlook>| match outlook {
            Some(outlook) => {
                Prospects { per_effort: (EFFORTS - 1) as f64 / outlook.most, nodes: vec![[Lanes::ZERO; 4]; EFFORTS] }
            }
            None => Prospects::default(),
        };
        self.pools.iter().map(of).collect()
    }
}

impl Outlook {
    /// That of a pool which renews itself and which anybody uses.
    fn new(setup: &Setup, index: usize, pool: &Pool, discount: f64) -> Option<Self> {
        let outside = setup.outside.filter(|outside| outside.pool == index).map_or(0.0, |outside| outside.effort);
        let planned = setup.derived.planned_on[index];
        let most = setup.effort_on(index, |kind| kind.levels.1.max(kind.plan)) + 2.0 * outside;
        if !pool.renews_itself() || most <= 0.0 {
            return None;
        }
        let steps = steps(pool, planned + outside);
        let mut outlook = Self { steps, top: pool.full(), most, table: Vec::new() };
        // Best responders follow each path by themselves.
        if setup.derived.learns || setup.rules.collective_choice().is_some() {
            outlook.fill(pool, discount);
        }
        Some(outlook)
    }

    fn fill(&mut self, pool: &Pool, discount: f64) {
        self.table.resize(EFFORTS * STOCKS, Node::default());
        for effort in 0..EFFORTS {
            let total = Lanes::all(self.most * (effort as f64).max(LEAST) / (EFFORTS - 1) as f64);
            for first in (0..STOCKS).step_by(LANES) {
                let stock = |lane: usize| self.top * (first + lane) as f64 / (STOCKS - 1) as f64;
                let prospect = follow(pool, discount, self.steps, total, Lanes::from_fn(stock));
                for lane in 0..LANES {
                    let node = &mut self.table[effort * STOCKS + first + lane];
                    (node.care, node.granted) = (prospect.care.lane(lane), prospect.granted.lane(lane));
                }
            }
        }
        for stock in 0..STOCKS {
            let of = |value: fn(&Node) -> f64| slopes(|effort| value(&self.table[effort * STOCKS + stock]));
            let (care, granted) = (of(|node| node.care), of(|node| node.granted));
            for effort in 0..EFFORTS {
                let node = &mut self.table[effort * STOCKS + stock];
                (node.care_slope, node.granted_slope) = (care[effort], granted[effort]);
            }
        }
    }

    /// Between the two starting stocks that are nearest, in a straight line.
    #[inline(always)]
    fn read(&self, stock: Lanes, prospects: &mut Prospects) {
        let (below, part) = self.position(stock);
        for (nodes, table) in prospects.nodes.iter_mut().zip(self.table.chunks_exact(STOCKS)) {
            let between = |value: fn(&Node) -> f64| {
                let low = Lanes::from_fn(|lane| value(&table[below[lane]]));
                let high = Lanes::from_fn(|lane| value(&table[below[lane] + 1]));
                low + (high - low) * part
            };
            *nodes = [
                between(|node| node.care),
                between(|node| node.care_slope),
                between(|node| node.granted),
                between(|node| node.granted_slope),
            ];
            keep_lanes_together();
        }
    }

    /// The starting stock below a stock, and how far it is from there to the next.
    #[inline(always)]
    fn position(&self, stock: Lanes) -> ([usize; LANES], Lanes) {
        let last = (STOCKS - 1) as f64;
        let along = (stock * (last / self.top)).max(Lanes::ZERO).min(Lanes::all(last));
        let below: [usize; LANES] = std::array::from_fn(|lane| (along.lane(lane) as usize).min(STOCKS - 2));
        let part = Lanes::from_fn(|lane| along.lane(lane) - below[lane] as f64);
        (below, part)
    }
}

/// Slopes for a cubic that rises and falls only where the values do, per interval. Source: Fritsch & Butland 1984, SIAM J. Sci.
/// Stat. Comput. 5.
fn slopes(value: impl Fn(usize) -> f64) -> [f64; EFFORTS] {
    let rise = |index: usize| value(index + 1) - value(index);
    std::array::from_fn(|index| match index {
        0 => rise(0),
        _ if index == EFFORTS - 1 => rise(index - 1),
        _ => {
            let (before, after) = (rise(index - 1), rise(index));
            if before * after > 0.0 { 2.0 * before * after / (before + after) } else { 0.0 }
        }
    })
}

/// What a unit of effort comes to if all effort on a pool stays `effort` from this stock on.
fn follow(pool: &Pool, discount: f64, steps: u32, effort: Lanes, stock: Lanes) -> Prospect {
    let here = |stock: Lanes| (pool.yield_per_effort(effort, stock), pool.grants(effort, stock));
    if discount >= 1.0 {
        let (yields, granted) = here(pool.steady_stock(effort, stock));
        return Prospect { care: yields * granted, granted };
    }
    let mut state = pool.begin();
    state.stock = stock;
    let (mut care, mut share) = (Lanes::ZERO, Lanes::ZERO);
    let mut weight = 1.0 - discount;
    for step in 0..steps {
        let (yields, granted) = pool.exert(&mut state, effort, step);
        care += yields * granted * weight;
        share += granted * weight;
        weight *= discount;
        keep_lanes_together();
    }
    let (yields, granted) = here(state.stock);
    let later = weight / (1.0 - discount);
    Prospect { care: care + yields * granted * later, granted: share + granted * later }
}

/// Steps to be followed: as many as leave little of the way to rest under this effort, from a pool that is half full.
fn steps(pool: &Pool, effort: f64) -> u32 {
    let (effort, half) = (Lanes::all(effort), Lanes::all(0.5 * pool.capacity));
    let rest = pool.steady_stock(effort, half).lane(0);
    let mut state = pool.begin();
    state.stock = half;
    let way = |stock: f64| libm::fabs(stock - rest);
    let whole = way(half.lane(0));
    for step in 0..MOST_STEPS {
        if way(state.stock.lane(0)) <= LEFT * whole {
            return step.max(FEWEST_STEPS);
        }
        pool.exert(&mut state, effort, step);
    }
    MOST_STEPS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pool::{Growth, Logistic, Loss, Rationing};
    use crate::production::{Production, Schaefer};

    fn pasture() -> Pool {
        Pool {
            unit: "tonnes".to_owned(),
            capacity: 100.0,
            start: 1.0,
            growth: Growth::Logistic(Logistic { rate: 0.5 }),
            growth_acts_on: None,
            production: Some(Production::Schaefer(Schaefer { catchability: 0.01 })),
            loses: Loss::Yield(1.0),
            rationing: Rationing::Proportional {},
            collapse: 0.0,
            refuge: 0.0,
        }
    }

    #[test]
    fn two_steps_ahead_are_discounted_by_hand() {
        // From 100 with 20 units of effort: yields 1; 100 − 20 + 0 = 80, yields 0.8; 80 − 16 + 0.5·80·0.2 = 72, yields 0.72.
        let found = follow(&pasture(), 0.9, 2, Lanes::all(20.0), Lanes::all(100.0));
        let wanted = 0.1 * (1.0 + 0.9 * 0.8) + 0.81 * 0.72;
        assert!((found.care.lane(3) - wanted).abs() < 1e-12, "{}", found.care.lane(3));
        assert!((found.granted.lane(3) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn full_patience_looks_at_rest_alone() {
        // x = 1 − qE/r = 1 − 0.2/0.5 = 0.6 of 100.
        let found = follow(&pasture(), 1.0, 60, Lanes::all(20.0), Lanes::all(35.0));
        assert!((found.care.lane(0) - 0.6).abs() < 1e-9);
    }

    #[test]
    fn slopes_never_overshoot() {
        // Rises of 3 and 5 have the harmonic mean 3.75; at a peak the slope is nought.
        let squares = slopes(|index| (index * index) as f64);
        assert!((squares[2] - 3.75).abs() < 1e-12);
        let peak = slopes(|index| -((index as f64 - 7.0) * (index as f64 - 7.0)));
        assert_eq!(peak[7].to_bits(), 0.0_f64.to_bits());
    }
}
