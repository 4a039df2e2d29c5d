//! Claims meet the pools: what each yields, who is granted what, and what the pools lose.

use super::choose::breaches;
use crate::lanes::{Lanes, keep_lanes_together};
use crate::payoff::scarcest;
use crate::setup::Setup;
use crate::step::{Couple, Moment};
use crate::world::World;

/// What users do to the pools, and the pools to them.
pub(super) struct Draw;

impl Couple for Draw {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, .. } = *moment;
        add_up(setup, world);
        let mut outside_granted = Lanes::ONE;
        for pool in 0..setup.pools.len() {
            ration(setup, world, pool, &mut outside_granted);
        }
        for pool in 0..setup.pools.len() {
            let drawn = drawn(setup, world, pool, outside_granted);
            world.pools[pool].drawn += drawn;
        }
        if let Some(outside) = &setup.outside {
            let place = &mut world.place;
            place.outside = outside.next(place.outside, place.yields[outside.pool], outside_granted);
        }
    }
}

/// Sums the efforts of all on each pool, and what a unit of it yields.
#[inline(always)]
fn add_up(setup: &Setup, world: &mut World) {
    let World { kinds, pools, place, .. } = world;
    let mut level = Lanes::ZERO;
    for (common, own) in place.kinds.iter_mut().zip(kinds) {
        let sums = own.claimed.join();
        (common.effort, common.breaches) = (sums.effort, sums.breaches);
        common.granted = Lanes::ONE;
        level += common.effort;
        keep_lanes_together();
    }
    place.level = level * (1.0 / setup.derived.planned_effort);
    place.breaches = breaches(place, setup.kinds.iter().map(|kind| kind.count));
    for (pool, named) in setup.pools.iter().enumerate() {
        let mut effort = setup.outside_on(place, pool);
        for (kind, amount) in &setup.derived.drawers[pool].kinds {
            effort += place.kinds[*kind].effort * *amount;
        }
        place.efforts[pool] = effort;
        place.yields[pool] = named.part.yield_per_effort(effort, pools[pool].stock);
        keep_lanes_together();
    }
    for (common, kind) in place.kinds.iter_mut().zip(&setup.kinds) {
        common.yields = scarcest(kind, &place.yields);
        if let Some(scarcity) = &kind.cost.scarcity {
            common.dear = scarcity.factor(setup.occupancy(kind, |uses| place.efforts[uses.pool]));
        }
        keep_lanes_together();
    }
}

/// Units of a pool lost to a unit of effort.
#[inline(always)]
fn loss(setup: &Setup, world: &World, pool: usize) -> Lanes {
    let part = &setup.pools[pool].part;
    part.loss_per_effort(world.place.yields[pool], world.pools[pool].stock).max(Lanes::ZERO)
}

/// Takes off what a pool cannot grant.
#[inline(always)]
fn ration(setup: &Setup, world: &mut World, index: usize, outside_granted: &mut Lanes) {
    let loss = loss(setup, world, index);
    let World { pools, place, scratch, .. } = world;
    let (pool, drawers) = (&setup.pools[index].part, &setup.derived.drawers[index]);
    let own = drawers.kinds.iter().map(|(kind, amount)| place.kinds[*kind].effort * *amount * loss);
    scratch.claims.take(own, setup.outside_on(place, index) * loss);
    let (claims, shares) = (&scratch.claims, &mut scratch.shares[..drawers.who.len()]);
    let available = pool.available(&pools[index]);
    if !pool.rationing.share_out(available, claims, &drawers.who, &drawers.by_priority, shares) {
        return;
    }
    for ((kind, _), share) in drawers.kinds.iter().zip(&*shares) {
        let granted = &mut place.kinds[*kind].granted;
        *granted = granted.min(*share);
        keep_lanes_together();
    }
    if setup.outside.is_some_and(|outside| outside.pool == index) {
        *outside_granted = shares[drawers.kinds.len()];
    }
}

/// What a pool loses: what is granted of all that is claimed. It is added up in one way whether or not any pool is short, since that
/// may differ between the runs that ride together.
#[inline(always)]
fn drawn(setup: &Setup, world: &World, pool: usize, outside_granted: Lanes) -> Lanes {
    let (place, loss) = (&world.place, loss(setup, world, pool));
    let mut drawn = Lanes::ZERO;
    for (kind, amount) in &setup.derived.drawers[pool].kinds {
        drawn += place.kinds[*kind].effort * *amount * loss * place.kinds[*kind].granted;
        keep_lanes_together();
    }
    drawn + setup.outside_on(place, pool) * loss * outside_granted
}
