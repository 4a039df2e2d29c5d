//! The stages in which money moves: income is claimed and paid, and margins are struck.

use super::books;
use super::lanes::Lanes;
use super::rule;
use super::setup::{Provider, Setup};
use super::step::Moment;
use super::utility::{Prospect, Worth};
use super::world::{ProviderState, World};

/// Income is claimed and paid, in full or so far as the payer can; rules are paid for first, bonuses last. Then results are
/// pooled, so that all know how they have fared before anybody is compared.
#[inline(always)]
pub(super) fn pay(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, .. } = *moment;
    let World { pools, place, .. } = &mut *world;
    for (index, pool) in setup.pools.iter().enumerate() {
        let spent = place.spent_on_rules[index].min(pool.part.available(&pools[index]));
        place.spent_on_rules[index] = spent;
        place.paid[index] = Lanes::ZERO;
        pools[index].drawn += spent;
    }
    books::open(setup, world);
    for (index, provider) in setup.providers.iter().enumerate() {
        let state = &world.providers[index];
        let worth = if Prospect::is_plain(setup, setup.kind(provider)) {
            claim(Prospect::plain(setup, world, provider, state), state)
        } else {
            claim(Prospect::now(setup, world, provider, state), state)
        };
        let state = &mut world.providers[index];
        state.income = worth.income;
        state.cost = worth.cost;
        state.utility = worth.utility;
    }
    for pool in setup.payers.iter().copied() {
        fund(setup, world, pool);
    }
    books::pay_by_contract(setup, world);
    books::award(setup, world);
    rule::pool_results(moment, world);
}

/// What a provider's effort is worth to it if it is paid in full.
#[inline(always)]
fn claim(mut prospect: Prospect<'_>, state: &ProviderState) -> Worth {
    prospect.funded = Lanes::ONE;
    prospect.pooling = None; // results are pooled when all are known
    prospect.bonus_terms = None; // awarded when all incomes are known
    prospect.shunning = None; // not known before all have been inspected
    prospect.reproof = None; // nor is what peers will do about it
    prospect.worth(state.level, &prospect.work(state.level, state.upstream, prospect.yield_per_effort))
}

/// Pays the claims on one pool of money, so far as it reaches.
#[inline(always)]
fn fund(setup: &Setup, world: &mut World, pool: usize) {
    let World { pools, providers, place, room, .. } = world;
    let part = &setup.pools[pool].part;
    let pays = |provider: &Provider| setup.kind(provider).paid_from == Some(pool);
    let claims = setup.providers.iter().zip(providers.iter()).map(|(provider, state)| {
        if pays(provider) { state.income.max(Lanes::ZERO) * provider.size } else { Lanes::ZERO }
    });
    room.claims[pool].take(claims, Lanes::ZERO);
    let available = part.available(&pools[pool]);
    let (claims, shares) = (&room.claims[pool], &mut room.shares);
    let short = part.rationing.share_out(available, claims, &setup.claimants, &setup.by_priority, shares);
    for (index, provider) in setup.providers.iter().enumerate() {
        if pays(provider) {
            let state = &mut providers[index];
            let claimed = state.income;
            state.funded = if short { shares[index] } else { Lanes::ONE };
            state.income = claimed.max(Lanes::ZERO) * state.funded;
            state.unpaid = claimed - state.income;
            state.utility -= state.unpaid;
            place.paid[pool] += state.income * provider.size;
        }
    }
    pools[pool].drawn += place.paid[pool];
}

/// Fines are shared out and governance is paid for by size, which strikes the margin of each.
#[inline(always)]
pub(super) fn settle(moment: &Moment<'_>, world: &mut World) {
    let place = &mut world.place;
    place.dividend = (place.fines - place.governance) * (1.0 / moment.setup.total_size);
    books::close(moment, world);
}
