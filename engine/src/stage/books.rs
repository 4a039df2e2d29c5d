//! Incomes are parted: by the contract of a prime, as bonuses, and among members who pool their results.

use super::follow::hand_on;
use crate::lanes::{Lanes, keep_lanes_together};
use crate::payoff::Earnings;
use crate::place::Place;
use crate::setup::Setup;
use crate::step::{Couple, Moment};
use crate::world::World;

/// Whoever looks beyond its own income gives or takes.
pub(super) struct Part;

impl Couple for Part {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, step, .. } = *moment;
        pay_by_contract(setup, world);
        hand_on(setup, world);
        award(setup, world);
        pool_results(setup, world, step);
    }
}

/// The kind whose provider holds a prime contract, in a step in which there is one.
#[inline(always)]
pub(super) fn prime_in_force(setup: &Setup, place: &Place) -> Option<usize> {
    setup.prime_in(|kind| place.kinds[kind].regime)
}

/// The holder of a prime contract pays the others out of what it has received.
#[inline(always)]
fn pay_by_contract(setup: &Setup, world: &mut World) {
    let Some(holder) = prime_in_force(setup, &world.place) else { return };
    let World { kinds, place, .. } = world;
    let contract = &mut place.books.contract;
    for (kind, own) in setup.kinds.iter().zip(kinds.iter()) {
        if let (Some(_), Some(accounts)) = (kind.paid_by, &own.accounts) {
            contract.paid += own.sum(kind.size, |row| accounts[row].income) * (1.0 - contract.failed);
        }
    }
    let paid = contract.paid * (1.0 / setup.kinds[holder].size);
    for account in kinds[holder].accounts.iter_mut().flatten() {
        account.income -= paid;
    }
}

/// Bonuses are awarded, once all incomes are known.
#[inline(always)]
fn award(setup: &Setup, world: &mut World) {
    let World { kinds, place, .. } = world;
    if setup.derived.keeps_books {
        let mut income = Lanes::ZERO;
        for (kind, own) in setup.kinds.iter().zip(kinds.iter()) {
            if let Some(accounts) = &own.accounts {
                income += own.sum(kind.size, |row| accounts[row].income);
            }
        }
        place.books.income = income;
    }
    for (index, (kind, own)) in setup.kinds.iter().zip(kinds).enumerate() {
        if kind.bonus.is_none() {
            continue;
        }
        for account in own.accounts.iter_mut().flatten() {
            account.bonus = Lanes::ZERO; // incomes are as yet without
        }
        for row in 0..own.rows.count() {
            let earnings = Earnings::now(setup, place, index, own, row);
            let met = own.needs.as_ref().map_or(Lanes::ZERO, |needs| needs[row].need - needs[row].unmet);
            if let Some(accounts) = &mut own.accounts {
                let account = &mut accounts[row];
                account.bonus = earnings.earned_on_top(met, account.income, account.cost, earnings.per_need());
                account.income += account.bonus;
            }
            keep_lanes_together();
        }
    }
}

/// Members pool their results, where a rule says so, so that all know how they have fared before anybody is compared.
#[inline(always)]
fn pool_results(setup: &Setup, world: &mut World, step: u32) {
    let Some(rule) = setup.rules.pooled_finance() else { return };
    let World { kinds, place, .. } = world;
    let mut result = Lanes::ZERO;
    for ((kind, common), own) in setup.kinds.iter().zip(&place.kinds).zip(kinds.iter()) {
        if let Some(accounts) = &own.accounts {
            result += own.sum(kind.size, |row| accounts[row].income - accounts[row].cost) * common.inside;
        }
    }
    let mean = result / place.pooling.size;
    rule.renew(&mut place.pooling, step, mean);
    let mut returned = Lanes::ZERO;
    for ((kind, common), own) in setup.kinds.iter().zip(&place.kinds).zip(kinds) {
        if let Some((accounts, settlements)) = own.accounts.as_ref().zip(own.settlements.as_mut()) {
            for (account, settlement) in accounts.iter().zip(settlements) {
                let result = account.income - account.cost;
                let member = rule.membership(&place.pooling, common.inside, kind.size, result);
                *settlement = member.settlement(result);
                keep_lanes_together();
            }
        }
        if let Some(settlements) = &own.settlements {
            returned -= own.sum(kind.size, |row| settlements[row]);
        }
    }
    place.pooling.returned = returned;
}
