//! What is known of each kind of provider.

use super::entry::{Entry, Occasion, Subject};
use super::list::yielded;
use super::period::share_of;
use super::{Better, Sort, money, need};
use crate::lanes::Lanes;
use crate::limits::NO_VALUE;
use crate::setup::Setup;

/// Taken of every year and of the whole run.
const YEAR_AND_RUN: &[Occasion] = &[Occasion::Year, Occasion::Run];
/// Taken of every year.
const YEAR: &[Occasion] = &[Occasion::Year];

/// Every measure of the kind at a position.
pub(super) fn of_kind(setup: &Setup, position: usize) -> Vec<Entry> {
    let kind = &setup.kinds[position];
    let mut list = Vec::new();
    if kind.need.is_some() {
        list.extend([need::met().taken(YEAR_AND_RUN), need::waiting().taken(YEAR)]);
        list.extend(need::delivered_and_backlog());
    } else {
        list.push(yielded(setup, |period, of| {
            let Subject::Kind(position) = of else { return Lanes::all(NO_VALUE) };
            let kind = &period.setup.kinds[position];
            period.flows(of).delivered * (period.per_step() / (kind.plan * kind.total_size))
        }));
        list.push(need::delivered(if setup.has_need() { "care delivered" } else { "yield delivered" }));
    }
    if kind.payment.is_some() {
        list.extend([money::margin("margin").taken(YEAR_AND_RUN), money::in_money(), money::income()]);
    }
    list.push(money::cost());
    if kind.purse.is_some() {
        list.extend(money::of_purses());
    }
    if kind.paid_from.is_some() {
        list.push(
            Entry::new("unpaid", "income claimed and not paid", Sort::Share, |period, of| {
                let flows = period.flows(of);
                share_of(flows.unpaid, flows.unpaid + flows.income - flows.bonus)
            })
            .better(Better::Lower),
        );
    }
    if kind.bonus.is_some() {
        list.push(
            Entry::new("bonus", "bonus earned", Sort::Share, |period, of| {
                let Subject::Kind(position) = of else { return Lanes::all(NO_VALUE) };
                let kind = &period.setup.kinds[position];
                let amount = kind.bonus.as_ref().map_or(0.0, |bonus| bonus.amount);
                share_of(period.flows(of).bonus, Lanes::all(amount * kind.total_size * period.steps))
            })
            .matters(0.02)
            .better(Better::Higher),
        );
    }
    list.into_iter().map(|entry| entry.of(Subject::Kind(position))).collect()
}
