//! How far somebody sees what happens to the pools that it uses.

use crate::lanes::Lanes;
use crate::place::Place;
use crate::pool::{Pool, PoolState};
use crate::prospects::Prospect;
use crate::setup::{Outlooks, Setup};

/// How far somebody sees what happens to the pools under a total effort.
#[derive(Clone, Copy)]
pub(crate) enum Sight<'a> {
    /// As far as its patience reaches, read from a table.
    Read,
    /// The same, followed step by step.
    Followed(&'a Outlooks),
    /// To where the pools come to rest.
    AtRest,
}

impl Sight<'_> {
    /// The prospect of a pool under a total effort.
    #[inline(always)]
    pub(super) fn of(self, index: usize, effort: Lanes, setup: &Setup, place: &Place, pools: &[PoolState]) -> Prospect {
        let (pool, state) = (&setup.pools[index].part, &pools[index]);
        match self {
            Self::Read if place.prospects[index].is_empty() => now(pool, state, effort),
            Self::Read => place.prospects[index].of(effort),
            Self::Followed(outlooks) => {
                outlooks.follow(index, pool, effort, place.seen[index]).unwrap_or_else(|| now(pool, state, effort))
            }
            Self::AtRest => at_rest(pool, state, effort),
        }
    }
}

/// The prospect of a pool that nobody looks ahead in, since it is allotted anew in each step.
#[inline(always)]
fn now(pool: &Pool, state: &PoolState, effort: Lanes) -> Prospect {
    let granted = pool.could_grant(effort, state);
    Prospect { care: pool.yield_per_effort(effort, state.stock) * granted, granted }
}

/// The prospect of a pool once it has come to rest.
fn at_rest(pool: &Pool, state: &PoolState, effort: Lanes) -> Prospect {
    let stock = pool.steady_stock(effort, state.stock);
    let granted = pool.grants(effort, stock);
    Prospect { care: pool.yield_per_effort(effort, stock) * granted, granted }
}
