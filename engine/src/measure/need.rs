//! What happens to need: how much of it is met, waits, falls on others and is lost.

use super::entry::{Entry, Occasion, Subject, Take};
use super::list::ALWAYS;
use super::period::{Period, share_of};
use super::{Better, Sort, Unit};
use crate::lanes::Lanes;
use crate::limits::NO_VALUE;
use crate::payoff::ratio;
use commonground_statistics::gini_of;

/// Need met, of the place or of a kind: the need met in the period against the need that came up in it, new or from others.
///
/// It is the same of a step, a year and a run, and of a kind and the place: sums over the period, never a mean of shares, so
/// that steps, weighed by the need that came up in them, come to the year, and years to the run. People ask of the need that
/// came up how much was met; what is still waiting is another question, with measures of its own (`waiting`, `backlog`), and
/// would count the same need anew in every step that it waits. So a step in which a backlog is worked off may come to more
/// than the whole of the need that came up in it.
pub(super) fn met() -> Entry {
    Entry::new("need_met", "need met", Sort::Share, |period, of| {
        let flows = period.flows(of);
        ratio(flows.met, flows.arisen)
    })
    .better(Better::Higher)
    .taken(ALWAYS)
}

/// What is known of need across the place.
pub(super) fn of_place() -> Vec<Entry> {
    let mut list = vec![
        met(),
        waiting().taken(&[Occasion::Step, Occasion::Year]),
        Entry::new("waiting_end", "need waiting at the end", Sort::Time, |period, of| {
            let flows = period.flows(of);
            flows.waiting / (flows.arisen * period.per_step()).max(Lanes::all(f64::MIN_POSITIVE))
        })
        .unit(Unit::StepsOfNeed)
        .matters(MATTERS)
        .better(Better::Lower),
        part("spilled", "need that fell on others", |period, _| part_of_need(period, period.run.spilled)),
        part("lost", "need that was lost", |period, _| part_of_need(period, period.run.lost)),
        Entry::new("inequality", "inequality of need met (Gini)", Sort::Count, |period, _| inequality(period))
            .better(Better::Lower),
    ];
    list.extend(delivered_and_backlog());
    list
}

/// Need that was referred to others, as a share of the need that came up.
pub(super) fn referred() -> Entry {
    let take: Take = |period, _| part_of_need(period, period.run.referred);
    Entry::new("referred", "need referred to others", Sort::Share, take)
}

/// Care delivered and need that waits in the units of care, of the place or of a kind, by year.
pub(super) fn delivered_and_backlog() -> [Entry; 2] {
    [
        delivered("care delivered"),
        Entry::new("backlog", "need waiting, in units of care", Sort::Amount, |period, of| period.flows(of).waiting)
            .better(Better::Lower)
            .taken(&[Occasion::Year]),
    ]
}

/// What is delivered in a year, in the scenario's units.
pub(super) fn delivered(label: &'static str) -> Entry {
    Entry::new("delivered", label, Sort::Amount, |period, of| period.flows(of).delivered)
        .better(Better::Higher)
        .taken(&[Occasion::Year])
}

/// A twentieth of a step's need.
const MATTERS: f64 = 0.05;

/// Need that waits at the end of the period, in steps' worth of the new need of its steps.
pub(super) fn waiting() -> Entry {
    Entry::new("waiting", "waiting need", Sort::Time, |period, of| {
        let flows = period.flows(of);
        share_of(flows.waiting, flows.fresh * period.per_step())
    })
    .unit(Unit::StepsOfNeed)
    .matters(MATTERS)
    .better(Better::Lower)
}

fn part(key: &'static str, label: &'static str, take: Take) -> Entry {
    Entry::new(key, label, Sort::Share, take).better(Better::Lower)
}

fn part_of_need(period: &Period<'_>, sum: Lanes) -> Lanes {
    sum / period.flows(Subject::Place).arisen.max(Lanes::all(f64::MIN_POSITIVE))
}

/// Gini coefficient of the share of need met among those who have need, weighted by size; once a run, so a plain loop over
/// the lanes.
fn inequality(period: &Period<'_>) -> Lanes {
    let mut room = period.run.room.borrow_mut();
    Lanes::from_fn(|lane| {
        room.clear();
        for (kind, own) in period.setup.kinds.iter().zip(&period.world.kinds) {
            let Some(so_far) = &own.need_so_far else { continue };
            for member in 0..kind.count {
                let met = own.rows.of(member, |row| ratio(so_far[row].met, so_far[row].arisen));
                room.push((met.lane(lane), kind.size));
            }
        }
        gini_of(&mut room).unwrap_or(NO_VALUE)
    })
}
