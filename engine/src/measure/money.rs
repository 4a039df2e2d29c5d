//! Money: what providers earn and what it costs them, what the payer cannot pay, and what a contract comes to.

use super::entry::{Entry, Occasion, Subject, Take};
use super::list::{ALWAYS, contract};
use super::period::{Period, share_of};
use super::{Better, Sort};
use crate::lanes::Lanes;
use crate::limits::NO_VALUE;
use crate::place::Banked;
use crate::pool::Growth;
use crate::setup::Setup;

/// Taken of every year and of the whole run.
const YEAR_AND_RUN: &[Occasion] = &[Occasion::Year, Occasion::Run];

/// What is known of money across the place.
pub(super) fn of_place(setup: &Setup) -> Vec<Entry> {
    let mut list = Vec::new();
    if setup.has_income() {
        list.push(margin("margin of all providers"));
        list.push(
            Entry::new("in_deficit", "paid providers in deficit", Sort::Share, |period, _| in_deficit(period))
                .matters(0.02)
                .better(Better::Lower),
        );
        list.push(
            Entry::new("governance", "cost of governance against income", Sort::Share, |period, of| {
                share_of(period.run.governance, period.flows(of).income)
            })
            .better(Better::Lower),
        );
        list.extend([payer(), income(), in_money()]);
    }
    list.push(cost());
    if setup.has_purses() {
        list.extend(of_purses());
        list.push(
            Entry::new(
                "special_measures",
                "providers whose own money does not pay for their plan",
                Sort::Share,
                |period, of| {
                    let kinds = period.setup.kinds.iter().filter(|kind| kind.purse.is_some());
                    let held = kinds.map(|kind| kind.count as f64).sum::<f64>();
                    period.flows(of).pinched * (period.per_step() / held)
                },
            )
            .matters(0.02)
            .better(Better::Lower)
            .taken(ALWAYS),
        );
    }
    let money = setup.pools.iter().enumerate().filter(|(_, pool)| !pool.part.renews_itself());
    list.extend(money.map(|(position, _)| overdrawn().of(Subject::Pool(position))));
    if setup.prime().is_some() {
        list.extend(contract());
    }
    list
}

/// Income less cost, levies and fines, as a share of income: the same of the place and of a kind.
pub(super) fn margin(label: &'static str) -> Entry {
    Entry::new("margin", label, Sort::Share, |period, of| {
        let flows = period.flows(of);
        share_of(flows.margin, flows.income)
    })
    .better(Better::Higher)
    .taken(ALWAYS)
}

/// The same in money.
pub(super) fn in_money() -> Entry {
    by_year("margin_money", "margin in money", |period, of| period.flows(of).margin).better(Better::Higher)
}

/// Income, with any bonus.
pub(super) fn income() -> Entry {
    by_year("income", "income", |period, of| period.flows(of).income)
}

/// Cost of effort.
pub(super) fn cost() -> Entry {
    by_year("cost", "cost", |period, of| period.flows(of).cost)
}

/// What the payer pays in a step: the income of all providers, with any bonus, what a lender pays, and what rules cost pools of money. One side's cost is
/// another's income, so that neither direction is better.
fn payer() -> Entry {
    Entry::new("payer", "paid by the payer in a step", Sort::Money, |period, of| {
        (period.flows(of).income + period.flows(of).lent + period.run.rules_paid) * period.per_step()
    })
}

/// Cash and debts at the end of a year, and what a lender paid in it: of a kind, and of all that have a purse.
pub(super) fn of_purses() -> [Entry; 3] {
    [
        by_year("cash", "cash at the end", |period, of| banked(period, of, |banked| banked.cash))
            .better(Better::Higher),
        by_year("debt", "owed to suppliers at the end", |period, of| banked(period, of, |banked| banked.debt))
            .better(Better::Lower),
        Entry::new("lent", "paid by the lender", Sort::Money, |period, of| period.flows(of).lent)
            .better(Better::Lower)
            .taken(YEAR_AND_RUN),
    ]
}

/// What a kind, or all together, have in their purses.
fn banked(period: &Period<'_>, of: Subject, part: fn(&Banked) -> Lanes) -> Lanes {
    let kinds = &period.world.place.kinds;
    match of {
        Subject::Kind(position) => part(&kinds[position].banked),
        Subject::Place | Subject::Pool(_) => kinds.iter().fold(Lanes::ZERO, |sum, kind| sum + part(&kind.banked)),
    }
}

fn by_year(key: &'static str, label: &'static str, take: Take) -> Entry {
    Entry::new(key, label, Sort::Money, take).taken(&[Occasion::Year])
}

/// What is overdrawn from a pool of money at the end, before any of it is recovered, as a share of the last step's sum.
fn overdrawn() -> Entry {
    Entry::new("overdrawn", "{} overdrawn at the end, of a step's sum", Sort::Share, |period, of| {
        let Subject::Pool(position) = of else { return Lanes::all(NO_VALUE) };
        match &period.setup.pools[position].part.growth {
            Growth::Allocation(law) => {
                let sum = law.amount_at(period.setup.steps - 1);
                share_of(period.world.pools[position].overdrawn, Lanes::all(sum))
            }
            _ => Lanes::all(NO_VALUE),
        }
    })
    .better(Better::Lower)
}

/// Of the providers that are paid, the share that has lost money over the run.
fn in_deficit(period: &Period<'_>) -> Lanes {
    let world = period.world;
    let (mut paid, mut in_deficit) = (0.0, Lanes::ZERO);
    for (kind, own) in period.setup.kinds.iter().zip(&world.kinds) {
        if let (Some(_), Some(margins)) = (&kind.payment, &own.margins) {
            paid += kind.count as f64;
            in_deficit += own.sum(1.0, |row| (margins[row] + world.place.dividends).less(Lanes::ZERO).number());
        }
    }
    in_deficit * (1.0 / paid)
}
