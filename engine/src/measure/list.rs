//! The list of all measures: one entry each. Series, years and outcomes stand in its order.

use super::entry::{Entry, Occasion, Subject};
use super::period::{Period, share_of};
use super::{Better, Sort, Unit, by_kind, money, need};
use crate::lanes::{Lanes, Mask, select};
use crate::limits::NO_VALUE;
use crate::place::Place;
use crate::recovery::{Recovery, Window};
use crate::setup::Setup;
use crate::upstream::MOST_RELIEF;

/// Taken of every step and of the whole run.
pub(super) const STEP_AND_RUN: &[Occasion] = &[Occasion::Step, Occasion::Run];
/// Taken of every step, every year and the whole run.
pub(super) const ALWAYS: &[Occasion] = &[Occasion::Step, Occasion::Year, Occasion::Run];
/// Taken of every step.
const STEP: &[Occasion] = &[Occasion::Step];

/// Every measure of a scenario.
pub(crate) fn entries(setup: &Setup) -> Vec<Entry> {
    let mut list = stocks(setup);
    list.extend(efforts(setup));
    if setup.has_need() {
        list.extend(need::of_place());
        if setup.derived.refers {
            list.push(need::referred());
        }
    } else {
        list.push(welfare(STEP));
    }
    list.extend(money::of_place(setup));
    list.extend(society(setup));
    list.push(welfare(&[Occasion::Year, Occasion::Run]));
    list.extend(against_the_best(setup));
    list.extend(recovery(setup));
    list.extend(setup.listing.kinds.iter().flat_map(|kind| by_kind::of_kind(setup, *kind)));
    list
}

/// The pools that renew themselves; the main one is held against what the planner's best leaves of it.
fn stocks(setup: &Setup) -> Vec<Entry> {
    let plan = setup.benchmark.as_ref().map(|benchmark| &benchmark.plan);
    let at_the_end = plan.map(|plan| plan.stock_end);
    let of_pool = |position: usize| {
        let entry = Entry::new("stock", "stock of {}", Sort::Share, |period, of| match of {
            Subject::Pool(position) => stock(period, position),
            Subject::Place | Subject::Kind(_) => stock(period, period.setup.main_pool()),
        });
        let level = at_the_end.filter(|_| position == setup.main_pool());
        entry.matters(STOCK).towards(level).of(Subject::Pool(position)).taken(STEP)
    };
    let renews = setup.listing.pools.iter().copied().filter(|pool| setup.pools[*pool].part.renews_itself());
    let mut list: Vec<Entry> = renews.map(of_pool).collect();
    list.extend([
        Entry::new("stock_end", "stock at the end", Sort::Share, |period, _| stock(period, period.setup.main_pool()))
            .matters(STOCK)
            .towards(at_the_end),
        Entry::new("stock_mean", "stock on average", Sort::Share, |period, _| period.run.stock * period.per_step())
            .matters(STOCK)
            .towards(plan.map(|plan| plan.stock_mean)),
        Entry::new("collapsed", "runs in which the pool collapsed", Sort::Chance, |period, _| {
            happened(period.run.collapse).number()
        })
        .better(Better::Lower),
        Entry::new("collapse_step", "step of the collapse", Sort::Time, |period, _| step_of(period.run.collapse))
            .unit(Unit::Steps)
            .better(Better::Higher),
    ]);
    list
}

/// Two points of its capacity: less is within what is seen of a stock.
const STOCK: f64 = 0.02;

/// The stock of a pool, as a share of its capacity.
fn stock(period: &Period<'_>, pool: usize) -> Lanes {
    period.world.pools[pool].stock * (1.0 / period.setup.pools[pool].part.capacity)
}

/// Whether something has happened whose step is negative until then.
fn happened(step: Lanes) -> Mask {
    step.at_least(Lanes::ZERO)
}

/// The step of what has happened, from 1; missing where it has not.
fn step_of(step: Lanes) -> Lanes {
    select(happened(step), step + 1.0, Lanes::all(NO_VALUE))
}

fn efforts(setup: &Setup) -> [Entry; 3] {
    [
        Entry::new("effort", "effort against plan", Sort::Share, |period, of| {
            period.flows(of).effort * (period.per_step() / period.setup.planned_effort())
        })
        .taken(STEP_AND_RUN),
        yielded(setup, |period, of| period.flows(of).delivered * (period.per_step() / period.setup.planned_effort()))
            .taken(STEP_AND_RUN),
        Entry::new("compliance", "providers within their share", Sort::Share, |period, _| {
            period.run.compliant * (period.per_step() / period.setup.providers() as f64)
        })
        .matters(0.02)
        .better(Better::Higher),
    ]
}

/// Where there is need, planned effort is planned care, and the yield a share of it; in a fishery it is a catch per effort.
pub(super) fn yielded(setup: &Setup, take: super::entry::Take) -> Entry {
    let entry = if setup.has_need() {
        Entry::new("yield", "care delivered against plan", Sort::Share, take)
    } else {
        Entry::new("yield", "yield per unit of planned effort", Sort::Amount, take)
    };
    entry.better(Better::Higher)
}

fn welfare(taken: &'static [Occasion]) -> Entry {
    Entry::new("welfare", "welfare of a step", Sort::Money, |period, _| period.welfare * period.per_step())
        .better(Better::Higher)
        .taken(taken)
}

/// Trust, what is prevented upstream, and what peers spend on fining each other.
fn society(setup: &Setup) -> Vec<Entry> {
    let mut list = Vec::new();
    let trust = |key, label, taken| {
        Entry::new(key, label, Sort::Share, |period, _| {
            let trust = period.world.place.kinds.iter().fold(Lanes::ZERO, |sum, kind| sum + kind.money.trust);
            trust * (1.0 / period.setup.providers() as f64)
        })
        .matters(0.02)
        .better(Better::Higher)
        .taken(taken)
    };
    if setup.society.trust_moves() {
        list.push(trust("trust", "trust", STEP));
        list.push(trust("trust_end", "trust at the end", &[Occasion::Run]));
    }
    if setup.upstream.is_some() {
        let relief = Entry::new("relief", "need prevented upstream", Sort::Share, |period, _| {
            relief(period.setup, &period.world.place)
        });
        list.push(relief.better(Better::Higher).taken(STEP));
    }
    if setup.may_fine_peers() {
        let spent = Entry::new("peer_sanctions", "fees and fines among peers", Sort::Money, |period, _| {
            period.world.place.peer_sanctions
        });
        list.push(spent.better(Better::Lower).taken(STEP));
    }
    list
}

/// Need prevented: the share by which the stock of the place lowers need at most, or where kinds prevent something themselves what is
/// prevented of all need that would have come up.
fn relief(setup: &Setup, place: &Place) -> Lanes {
    let streams = &setup.derived.streams;
    if let ([_], [only]) = (&streams[..], &place.upstream[..]) {
        return setup.upstream.map_or(Lanes::ZERO, |upstream| upstream.reached(streams[0].most, only.stock));
    }
    let (mut prevented, mut all) = (Lanes::ZERO, Lanes::ZERO);
    for common in &place.kinds {
        let left = 1.0 - common.relieved.min(MOST_RELIEF);
        prevented += common.output.need_new / left * common.relieved;
        all += common.output.need_new / left;
    }
    let none = all.at_most(Lanes::ZERO);
    select(none, Lanes::ZERO, prevented / select(none, Lanes::ONE, all))
}

/// What is measured against the planner's best.
fn against_the_best(setup: &Setup) -> Vec<Entry> {
    let Some(_) = setup.benchmark else { return Vec::new() };
    vec![
        Entry::new("welfare_share", "welfare against the best constant plan", Sort::Share, |period, _| {
            let best = period.setup.benchmark.as_ref().map_or(0.0, |benchmark| benchmark.plan.welfare);
            share_of(period.welfare * period.per_step(), Lanes::all(best))
        })
        .better(Better::Higher),
        Entry::new("fortress_index", "fortress index", Sort::Count, |period, _| match &period.run.fortress {
            Some(weighing) => weighing.mean(),
            None => Lanes::all(NO_VALUE),
        }),
    ]
}

/// Recovery from a shock, where one strikes at a fixed step.
fn recovery(setup: &Setup) -> Vec<Entry> {
    let Some(_) = Window::of(setup) else { return Vec::new() };
    vec![
        Entry::new("recovered", "runs that recovered from the shock", Sort::Chance, |period, _| {
            period.run.recovery.as_ref().map_or(Lanes::all(NO_VALUE), |recovery| recovery.is_back().number())
        })
        .better(Better::Higher),
        Entry::new("recovery_steps", "recovery time after the shock", Sort::Time, |period, _| {
            period.run.recovery.as_ref().map_or(Lanes::all(NO_VALUE), Recovery::time)
        })
        .better(Better::Lower),
    ]
}

/// What a prime contract comes to.
pub(super) fn contract() -> [Entry; 2] {
    [
        Entry::new("contract_failed", "runs in which the prime contract failed", Sort::Chance, |period, _| {
            happened(period.world.place.books.contract.failed_at).number()
        })
        .better(Better::Lower),
        Entry::new("contract_failed_step", "step in which the prime contract failed", Sort::Time, |period, _| {
            step_of(period.world.place.books.contract.failed_at)
        })
        .unit(Unit::Steps)
        .better(Better::Higher),
    ]
}
