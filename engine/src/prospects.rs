//! What is foreseen of a pool from the stock that it is known to have, for any total effort on it: read out in each step of what
//! the setup has worked out for any stock.

use crate::lanes::{LANES, Lanes};

/// Total efforts in a table.
pub(crate) const EFFORTS: usize = 33;

/// What a unit of effort on a pool comes to.
#[derive(Clone, Copy, Debug)]
pub struct Prospect {
    /// What it yields, what cannot be granted taken off.
    pub care: Lanes,
    /// Share of it that the pool grants.
    pub granted: Lanes,
}

/// The outlook of a pool from the stock that it is known to have, for any total effort: a table of one stock, made anew in each
/// step.
#[derive(Clone, Debug, Default)]
pub struct Prospects {
    pub(crate) per_effort: f64,
    /// Care, its slope, share granted, and its slope, one a total effort.
    pub(crate) nodes: Vec<[Lanes; 4]>,
}

impl Prospects {
    /// Whether nobody looks ahead in this pool.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The prospect of a total effort.
    #[inline(always)]
    pub fn of(&self, effort: Lanes) -> Prospect {
        let (cell, weights) = along(effort * self.per_effort);
        let node = |ahead: usize, value: usize| Lanes::from_fn(|lane| self.nodes[cell[lane] + ahead][value].lane(lane));
        Prospect {
            care: weights.of([node(0, 0), node(0, 1)], [node(1, 0), node(1, 1)]),
            granted: weights.of([node(0, 2), node(0, 3)], [node(1, 2), node(1, 3)]),
        }
    }
}

/// The total effort of a table below an effort, counted in its columns, and the weights of its neighbours.
#[inline(always)]
pub(crate) fn along(effort: Lanes) -> ([usize; LANES], Hermite) {
    let along = effort.max(Lanes::ZERO).min((EFFORTS - 1) as f64);
    let cell: [usize; LANES] = std::array::from_fn(|lane| (along.lane(lane) as usize).min(EFFORTS - 2));
    let weights = Hermite::at(Lanes::from_fn(|lane| along.lane(lane) - cell[lane] as f64));
    (cell, weights)
}

/// Weights of a cubic between two points with known slopes.
pub(crate) struct Hermite {
    low: Lanes,
    low_slope: Lanes,
    high: Lanes,
    high_slope: Lanes,
}

impl Hermite {
    #[inline(always)]
    fn at(part: Lanes) -> Self {
        let (rest, high) = (1.0 - part, part * part * (3.0 - 2.0 * part));
        Self { low: 1.0 - high, low_slope: part * rest * rest, high, high_slope: part * part * (part - 1.0) }
    }

    /// The value, from value and slope at either end.
    #[inline(always)]
    pub(crate) fn of(&self, low: [Lanes; 2], high: [Lanes; 2]) -> Lanes {
        self.low * low[0] + self.low_slope * low[1] + self.high * high[0] + self.high_slope * high[1]
    }
}
