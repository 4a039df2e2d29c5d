//! The books of the place, for payments that look beyond a provider's own: what all spend and earn, and how the contract of
//! a prime stands. Where no payment looks at them they are not kept.

use super::lanes::{Lanes, select};
use super::payment::Prime;
use super::setup::{Provider, Setup};
use super::step::Moment;
use super::utility::{self, Prospect};
use super::world::{Place, ProviderState, World};

/// What all providers together spend and earn in a step, in money, and the contract of the prime.
#[derive(Clone, Debug)]
pub struct Books {
    /// Cost of effort.
    pub spending: Lanes,
    /// Income before any bonus.
    pub income: Lanes,
    /// Yield delivered, in units of yield.
    pub delivered: Lanes,
    /// The contract of the prime.
    pub contract: Contract,
}

/// How the contract of a prime stands, in money.
#[derive(Clone, Debug)]
pub struct Contract {
    /// What the holder pays the others in this step.
    pub paid: Lanes,
    /// What is left of its reserve, with the margins since the contract began.
    pub reserve: Lanes,
    /// One where the contract has failed.
    pub failed: Lanes,
    /// Step at whose end it failed; negative where it has not.
    pub failed_at: Lanes,
    /// Prices of the fallback against those at the start of the contract.
    pub fallback_index: f64,
}

/// The books as one provider sees them: per unit of its size, its own part left out.
#[derive(Clone, Copy, Debug)]
pub struct Ledger {
    /// The provider's part of the size of the place.
    pub weight: f64,
    /// Units of the place's size for each unit of its kind's.
    pub stake: f64,
    /// Cost of effort of the others.
    pub spending: Lanes,
    /// Income of the others before any bonus: what they received, whatever one might have done instead.
    pub income: Lanes,
    /// Yield of the others, in units of yield.
    pub delivered: Lanes,
    /// The provider's own size.
    pub size: f64,
    /// What the holder of a prime contract pays the others.
    pub contracts: Lanes,
    /// One where that contract has failed.
    pub failed: Lanes,
    /// Prices of its fallback against those at its start.
    pub fallback_index: f64,
}

impl Books {
    /// The books before the first step.
    pub(super) fn begin(setup: &Setup) -> Self {
        let form = setup.prime.and_then(|holder| setup.kind(&setup.providers[holder]).prime());
        let reserve = form.map_or(0.0, |form| form.reserve * form.budget * setup.total_size);
        Self {
            spending: Lanes::ZERO,
            income: Lanes::ZERO,
            delivered: Lanes::ZERO,
            contract: Contract {
                paid: Lanes::ZERO,
                reserve: Lanes::all(reserve),
                failed: Lanes::ZERO,
                failed_at: Lanes::all(-1.0),
                fallback_index: 1.0,
            },
        }
    }
}

impl Ledger {
    /// The ledger of a provider to which the books mean nothing.
    pub const CLOSED: Self = Self {
        weight: 1.0,
        stake: 1.0,
        spending: Lanes::ZERO,
        income: Lanes::ZERO,
        delivered: Lanes::ZERO,
        size: 1.0,
        contracts: Lanes::ZERO,
        failed: Lanes::ZERO,
        fallback_index: 1.0,
    };

    /// The books as they stand now: as the last step left them, or as this one has made them by the time it is asked.
    #[inline(always)]
    pub(super) fn now(setup: &Setup, place: &Place, provider: &Provider, state: &ProviderState) -> Self {
        if !setup.keeps_books {
            return Self::CLOSED;
        }
        let per_size = 1.0 / provider.size;
        let Books { spending, income, delivered, contract } = &place.books;
        Self {
            weight: provider.size / setup.total_size,
            stake: setup.total_size / setup.kind(provider).total_size,
            spending: *spending * per_size - state.cost,
            income: *income * per_size - (state.income - state.bonus),
            delivered: *delivered - state.delivered * provider.size,
            size: provider.size,
            contracts: contract.paid * per_size,
            failed: contract.failed,
            fallback_index: contract.fallback_index,
        }
    }
}

/// Strikes the cost and the yield of all, so that each can be paid by what the place spends and delivers.
#[inline(always)]
pub(super) fn open(setup: &Setup, world: &mut World) {
    if !setup.keeps_books {
        return;
    }
    let World { providers, place, .. } = world;
    let (mut spending, mut delivered) = (Lanes::ZERO, Lanes::ZERO);
    for (provider, state) in setup.providers.iter().zip(providers) {
        state.cost = utility::cost(setup.kind(provider), state.effort(), place.cost_index[provider.kind]);
        spending += state.cost * provider.size;
        delivered += state.delivered * provider.size;
    }
    place.books.spending = spending;
    place.books.delivered = delivered;
    place.books.contract.paid = Lanes::ZERO;
}

/// The holder of a prime contract pays the others out of what it has received.
#[inline(always)]
pub(super) fn pay_by_contract(setup: &Setup, world: &mut World) {
    let Some((holder, _)) = prime_in_force(setup, &world.place) else { return };
    let World { providers, place, .. } = world;
    let contract = &mut place.books.contract;
    for (provider, state) in setup.providers.iter().zip(providers.iter()) {
        if setup.kind(provider).paid_by.is_some() {
            contract.paid += state.income * (1.0 - contract.failed) * provider.size;
        }
    }
    let paid = contract.paid * (1.0 / setup.providers[holder].size);
    providers[holder].income -= paid;
    providers[holder].utility -= paid;
}

/// Bonuses are awarded, once all incomes are known.
#[inline(always)]
pub(super) fn award(setup: &Setup, world: &mut World) {
    if setup.keeps_books {
        let mut income = Lanes::ZERO;
        for (provider, state) in setup.providers.iter().zip(&world.providers) {
            income += state.income * provider.size;
        }
        world.place.books.income = income;
    }
    if !setup.has_bonuses {
        return;
    }
    for state in &mut world.providers {
        state.bonus = Lanes::ZERO; // incomes are as yet without
    }
    for (index, provider) in setup.providers.iter().enumerate() {
        let state = &world.providers[index];
        let prospect = Prospect::now(setup, world, provider, state);
        let bonus = prospect.bonus(state.met, state.income, state.cost, prospect.per_need());
        let state = &mut world.providers[index];
        state.bonus = bonus;
        state.income += bonus;
        state.utility += bonus;
    }
}

/// The margin of the holder of a prime contract goes to its reserve; where that is gone the contract fails, for good.
#[inline(always)]
pub(super) fn close(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, step, .. } = *moment;
    let Some((holder, _)) = prime_in_force(setup, &world.place) else { return };
    let margin = world.providers[holder].margin(setup, &world.place) * setup.providers[holder].size;
    let contract = &mut world.place.books.contract;
    let stands = contract.failed.at_most(Lanes::ZERO);
    contract.reserve = select(stands, contract.reserve + margin, contract.reserve);
    let fails = stands & contract.reserve.less(Lanes::ZERO);
    contract.failed = select(fails, Lanes::ONE, contract.failed);
    contract.failed_at = select(fails, Lanes::all(f64::from(step)), contract.failed_at);
}

/// The holder of a prime contract and its terms, in a step in which there is one.
#[inline(always)]
pub(super) fn prime_in_force<'a>(setup: &'a Setup, place: &Place) -> Option<(usize, &'a Prime)> {
    let holder = setup.prime?;
    let kind = setup.providers[holder].kind;
    let form = setup.kinds[kind].payment_in(place.regime[kind])?.as_prime()?;
    Some((holder, form))
}
