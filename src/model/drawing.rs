//! The stage in which claims meet the pools.

use super::lanes::Lanes;
use super::setup::Setup;
use super::step::Moment;
use super::utility::scarcest;
use super::world::World;

/// Claims meet the pools: what each yields, who is granted what, and what the pools lose.
#[inline(always)]
pub(super) fn draw(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, .. } = *moment;
    sum_efforts(setup, world);
    let outsider = world.providers.len();
    for state in &mut world.providers {
        state.granted = Lanes::ONE;
    }
    let mut outside_granted = Lanes::ONE;
    for index in setup.drawn_on.iter().copied() {
        let pool = &setup.pools[index].part;
        world.room.yields[index] = pool.yield_per_effort(world.room.efforts[index], world.pools[index].stock);
        claim(setup, world, index);
        let World { pools, providers, room, .. } = &mut *world;
        let available = pool.available(&pools[index]);
        pool.rationing.share_out(
            available,
            &room.claims[index],
            &setup.claimants,
            &setup.by_priority,
            &mut room.shares,
        );
        for ((provider, state), share) in setup.providers.iter().zip(providers).zip(&room.shares) {
            if setup.kind(provider).uses[index] > 0.0 {
                state.granted = state.granted.min(*share);
            }
        }
        if setup.outside.is_some_and(|outside| outside.pool == index) {
            outside_granted = room.shares[outsider];
        }
    }
    for index in setup.drawn_on.iter().copied() {
        let World { pools, providers, room, .. } = &mut *world;
        let claims = &room.claims[index];
        for (state, claim) in providers.iter().zip(claims) {
            pools[index].drawn += *claim * state.granted;
        }
        pools[index].drawn += claims[outsider] * outside_granted;
    }
    for (provider, state) in setup.providers.iter().zip(&mut world.providers) {
        state.yield_per_effort = scarcest(setup.kind(provider), &world.room.yields);
    }
    enter(setup, world, outside_granted);
}

/// What each provider, and last the outside, would take from a pool if there were enough.
#[inline(always)]
fn claim(setup: &Setup, world: &mut World, pool: usize) {
    let World { pools, providers, place, room, .. } = world;
    let loss = setup.pools[pool].part.loss_per_effort(room.yields[pool], pools[pool].stock).max(Lanes::ZERO);
    let claims = &mut room.claims[pool];
    for ((provider, state), claim) in setup.providers.iter().zip(providers.iter()).zip(claims.iter_mut()) {
        *claim = state.level * loss * (provider.size * setup.kind(provider).uses[pool]);
    }
    claims[providers.len()] = match &setup.outside {
        Some(outside) if outside.pool == pool => place.outside_inside * loss,
        _ => Lanes::ZERO,
    };
}

/// Users from outside come while it pays and go when it does not.
#[inline(always)]
fn enter(setup: &Setup, world: &mut World, granted: Lanes) {
    let Some(outside) = &setup.outside else { return };
    let present = world.place.outside;
    let profit = world.room.yields[outside.pool] * granted * outside.price - outside.cost;
    let change = profit * (outside.entry * outside.limit / outside.cost);
    let most = present.max(Lanes::all(outside.limit));
    world.place.outside = (present + change).max(Lanes::ZERO).min(most);
}

/// Sums the efforts of all on each pool.
#[inline(always)]
fn sum_efforts(setup: &Setup, world: &mut World) {
    let World { providers, place, room, .. } = world;
    for index in setup.drawn_on.iter().copied() {
        let total = &mut room.efforts[index];
        *total = match &setup.outside {
            Some(outside) if outside.pool == index => place.outside_inside,
            _ => Lanes::ZERO,
        };
        for (provider, state) in setup.providers.iter().zip(providers.iter()) {
            *total += state.level * (provider.size * setup.kind(provider).uses[index]);
        }
    }
}
