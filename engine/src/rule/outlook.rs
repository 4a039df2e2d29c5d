//! What each option on the table would bring about for all, and the relief of need that its upstream work would build.

use super::collective_choice::OptionOnTable;
use crate::lanes::{Lanes, keep_lanes_together};
use crate::setup::Setup;
use crate::world::World;

/// Relief beyond which it is not taken off again: need that is prevented altogether leaves nothing to reckon from.
const MOST_RELIEF: f64 = 0.99;

/// What an option would bring about.
#[derive(Clone, Debug)]
pub(super) struct Outlook {
    pub(super) option: OptionOnTable,
    /// Upstream stock that would be built in each step.
    built: f64,
    /// Mean relief of need over the horizon.
    pub(super) relief: Lanes,
    /// Need met across the place, in units of care.
    pub(super) met: Lanes,
    /// Need across the place.
    pub(super) need: Lanes,
    /// What it is worth to the public.
    pub(super) public: Lanes,
    /// What all spend, deliver and earn, and what the holder of a prime contract pays the others; where the books are kept.
    pub(super) spending: Lanes,
    pub(super) delivered: Lanes,
    pub(super) income: Lanes,
    pub(super) contracts: Lanes,
    /// Mean result of those who pool theirs.
    pub(super) pooled: Lanes,
}

impl Outlook {
    /// Writes down the options so far as what they bring about does not depend on the members. Options that build as much
    /// upstream bring the same relief, which is worked out once.
    #[inline(always)]
    pub(super) fn of_all(setup: &Setup, world: &World, options: &[OptionOnTable], outlooks: &mut Vec<Self>) {
        outlooks.clear();
        for option in options {
            let built = built(setup, option);
            let known = outlooks.iter().find(|other| other.built.to_bits() == built.to_bits());
            let relief = match known {
                Some(other) => other.relief,
                None => mean_relief(setup, world, built),
            };
            outlooks.push(Self {
                option: *option,
                built,
                relief,
                met: Lanes::ZERO,
                need: Lanes::ZERO,
                public: Lanes::ZERO,
                spending: Lanes::ZERO,
                delivered: Lanes::ZERO,
                income: Lanes::ZERO,
                contracts: Lanes::ZERO,
                pooled: Lanes::ZERO,
            });
        }
    }
}

/// Relief of need at present.
#[inline(always)]
pub(super) fn relief_now(setup: &Setup, world: &World) -> Lanes {
    setup.upstream.map_or(Lanes::ZERO, |upstream| upstream.relief(world.place.upstream).min(MOST_RELIEF))
}

/// Upstream stock that would be built in each step under an option.
fn built(setup: &Setup, option: &OptionOnTable) -> f64 {
    let Some(upstream) = &setup.upstream else { return 0.0 };
    let mut planned = 0.0;
    for provider in &setup.providers {
        planned += setup.kind(provider).plan * provider.size;
    }
    upstream.productivity * option.upstream * option.total * planned / setup.total_size
}

/// The mean relief of need over the horizon if so much were built in each step from now on.
#[inline(always)]
fn mean_relief(setup: &Setup, world: &World, built: f64) -> Lanes {
    let (Some(upstream), Some(rule)) = (&setup.upstream, &setup.rules.set.collective_choice) else {
        return Lanes::ZERO;
    };
    let mut stock = world.place.upstream;
    let mut sum = Lanes::ZERO;
    for _ in 0..rule.horizon {
        stock = stock * (1.0 - upstream.decay) + built;
        sum += upstream.relief(stock);
        keep_lanes_together();
    }
    sum * (1.0 / f64::from(rule.horizon))
}
