//! What effort comes to: what the pools yield to it, how it is divided between care and upstream work, and what need it meets.

use super::Prospect;
use crate::lanes::{Lanes, select};
use crate::setup::{Kind, Setup};
use crate::world::World;

/// What a unit of effort comes to, however much it is, once it is divided between care and upstream work.
#[derive(Clone, Copy, Debug)]
pub struct Division {
    /// Share of it that becomes care.
    pub care: Lanes,
    /// Need met later that the rest, as upstream work, brings back to the provider.
    pub returned: Lanes,
}

/// What effort comes to, per unit of size.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    /// Effort exerted.
    pub effort: Lanes,
    /// Yield delivered.
    pub delivered: Lanes,
    /// Need met.
    pub met: Lanes,
    /// Need met later that the upstream work brings back to the provider.
    pub returned: Lanes,
}

impl Division {
    /// No effort at all.
    pub const NONE: Self = Self { care: Lanes::ZERO, returned: Lanes::ZERO };
}

impl Prospect<'_> {
    /// The yield of a unit of effort if the provider's level changed by `change` and all others stayed as they are: less
    /// where users crowd each other.
    #[inline(always)]
    pub fn crowded_yield(&self, setup: &Setup, world: &World, change: Lanes) -> Lanes {
        if !setup.crowded {
            return self.yield_per_effort;
        }
        let mut least = Lanes::all(f64::MAX);
        for (index, pool) in setup.pools.iter().enumerate() {
            let uses = self.kind.uses[index];
            if uses > 0.0 {
                let effort = world.room.efforts[index] + change * (self.size * uses);
                least = least.min(pool.part.yield_per_effort(effort, world.pools[index].stock));
            }
        }
        one_if_no_pool(least)
    }

    /// The yield of a unit of effort once the pools have come to rest, if the provider's level changed by `change` and all
    /// others kept to what they do. What a pool could then not grant is taken off.
    pub fn steady_yield(&mut self, setup: &Setup, world: &World, change: Lanes) -> Lanes {
        let mut least = Lanes::all(f64::MAX);
        self.granted = Lanes::ONE;
        for (index, pool) in setup.pools.iter().enumerate() {
            let uses = self.kind.uses[index];
            if uses > 0.0 {
                let effort = world.room.efforts[index] + change * (self.size * uses);
                let stock = pool.part.steady_stock(effort, world.pools[index].stock);
                least = least.min(pool.part.yield_per_effort(effort, stock));
                self.granted = self.granted.min(pool.part.grants(effort, stock));
            }
        }
        one_if_no_pool(least)
    }

    /// The yield of a unit of effort that uses several pools: the scarcest binds.
    #[inline(always)]
    pub fn scarcest(&self, yields: &[Lanes]) -> Lanes {
        scarcest(self.kind, yields)
    }

    /// What a share of upstream work makes of effort, however much it is.
    #[inline(always)]
    pub fn division(&self, upstream: Lanes) -> Division {
        Division { care: self.attention * (1.0 - upstream), returned: upstream * self.upstream_return }
    }

    /// What a level of effort and a share of upstream work come to, at that yield of a unit of effort.
    #[inline(always)]
    pub fn work(&self, level: Lanes, upstream: Lanes, yield_per_effort: Lanes) -> Work {
        self.divided(level, &self.division(upstream), yield_per_effort)
    }

    /// The same where it is known how effort is divided.
    #[inline(always)]
    pub fn divided(&self, level: Lanes, division: &Division, yield_per_effort: Lanes) -> Work {
        let effort = level * self.granted;
        let delivered = effort * yield_per_effort * division.care;
        let met = match &self.kind.need {
            None => Lanes::ZERO,
            Some(_) if self.crowded => delivered.min(self.need).max(Lanes::ZERO),
            Some(_) => delivered.min(self.need),
        };
        Work { effort, delivered, met, returned: effort * division.returned }
    }
}

/// The least yield per effort of the pools that a kind uses.
#[inline(always)]
pub fn scarcest(kind: &Kind, yields: &[Lanes]) -> Lanes {
    let mut least = Lanes::all(f64::MAX);
    for (amount, per_effort) in kind.uses.iter().zip(yields) {
        if *amount > 0.0 {
            least = least.min(*per_effort);
        }
    }
    one_if_no_pool(least)
}

/// A unit of effort yields one unit where no pool stands in its way.
#[inline(always)]
fn one_if_no_pool(least: Lanes) -> Lanes {
    select(least.equals(Lanes::all(f64::MAX)), Lanes::ONE, least)
}
