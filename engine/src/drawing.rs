//! The stage in which claims meet the pools.

use super::lanes::{Lanes, keep_lanes_together};
use super::pool::Claims;
use super::setup::Setup;
use super::step::Moment;
use super::utility::scarcest;
use super::world::{ProviderState, World};

/// Claims meet the pools: what each yields, who is granted what, and what the pools lose.
#[inline(always)]
pub(super) fn draw(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, .. } = *moment;
    sum_efforts(setup, world);
    for index in setup.drawn_on.iter().copied() {
        let stock = world.pools[index].stock;
        world.room.yields[index] = setup.pools[index].part.yield_per_effort(world.room.efforts[index], stock);
    }
    for (kind, yields) in setup.kinds.iter().zip(&mut world.place.yields) {
        *yields = scarcest(kind, &world.room.yields);
        keep_lanes_together();
    }
    for state in &mut world.providers {
        state.granted = Lanes::ONE;
        keep_lanes_together();
    }
    let (mut short, mut outside_granted) = (false, Lanes::ONE);
    for index in setup.drawn_on.iter().copied() {
        claim(setup, world, index);
        short |= ration(setup, world, index, &mut outside_granted);
    }
    for index in setup.drawn_on.iter().copied() {
        let World { pools, providers, room, .. } = &mut *world;
        let claims = &room.claims[index];
        pools[index].drawn += if short { drawn(claims, providers, outside_granted) } else { claims.total };
    }
    enter(setup, world, outside_granted);
}

/// What each provider, and last the outside, would take from a pool if there were enough.
#[inline(always)]
fn claim(setup: &Setup, world: &mut World, pool: usize) {
    let World { pools, providers, place, room, .. } = world;
    let loss = setup.pools[pool].part.loss_per_effort(room.yields[pool], pools[pool].stock).max(Lanes::ZERO);
    let outside = match &setup.outside {
        Some(outside) if outside.pool == pool => place.outside_inside * loss,
        _ => Lanes::ZERO,
    };
    let claims = setup
        .providers
        .iter()
        .zip(providers.iter())
        .map(|(provider, state)| state.level * loss * (provider.size * setup.kind(provider).uses[pool]));
    room.claims[pool].take(claims, outside);
}

/// Takes off what a pool cannot grant, and says whether there was any of it.
#[inline(always)]
fn ration(setup: &Setup, world: &mut World, index: usize, outside_granted: &mut Lanes) -> bool {
    let World { pools, providers, room, .. } = world;
    let pool = &setup.pools[index].part;
    let (claims, shares) = (&room.claims[index], &mut room.shares);
    let available = pool.available(&pools[index]);
    if !pool.rationing.share_out(available, claims, &setup.claimants, &setup.by_priority, shares) {
        return false;
    }
    for ((provider, state), share) in setup.providers.iter().zip(providers.iter_mut()).zip(shares.iter()) {
        if setup.kind(provider).uses[index] > 0.0 {
            state.granted = state.granted.min(*share);
        }
    }
    if setup.outside.is_some_and(|outside| outside.pool == index) {
        *outside_granted = shares[providers.len()];
    }
    true
}

/// What a pool loses to claims that are not all granted.
#[inline(always)]
fn drawn(claims: &Claims, providers: &[ProviderState], outside_granted: Lanes) -> Lanes {
    let mut drawn = Lanes::ZERO;
    for (claim, state) in claims.each.iter().zip(providers) {
        drawn += *claim * state.granted;
        keep_lanes_together();
    }
    drawn + claims.each[providers.len()] * outside_granted
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
        let mut total = match &setup.outside {
            Some(outside) if outside.pool == index => place.outside_inside,
            _ => Lanes::ZERO,
        };
        for (provider, state) in setup.providers.iter().zip(providers.iter()) {
            total += state.level * (provider.size * setup.kind(provider).uses[index]);
            keep_lanes_together();
        }
        room.efforts[index] = total;
    }
}
