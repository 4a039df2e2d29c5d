//! What sixteen runs have come to, in the order of [`outcome_measures`](crate::measure::outcome_measures).

use super::{Record, Recorder};
use crate::lanes::{Lanes, select};
use crate::payoff::{ratio, share_of};
use crate::pool::Growth;
use crate::recovery::Recovery;
use crate::setup::{Kind, Setup};
use crate::world::{Columns, NeedSoFar, World};
use commonground_statistics::gini;

impl Recorder {
    /// Ends the runs.
    pub(crate) fn finish(self, setup: &Setup, world: &World) -> Record {
        let steps = 1.0 / f64::from(setup.steps);
        let main = &setup.pools[setup.main_pool()].part;
        let plan = steps / setup.planned_effort();
        let collapsed = self.collapse.at_least(Lanes::ZERO);
        let mut outcomes = vec![
            world.pools[setup.main_pool()].stock * (1.0 / main.capacity),
            self.stock * steps,
            collapsed.number(),
            select(collapsed, self.collapse + 1.0, Lanes::all(f64::NAN)),
            self.effort * plan,
            self.delivered * plan,
            self.compliant * (steps / setup.providers() as f64),
        ];
        if setup.has_need() {
            outcomes.extend(self.need_outcomes(setup, world));
        }
        if setup.has_income() {
            outcomes.extend(self.money_outcomes(setup, world));
        }
        outcomes.extend(overdrawn(setup, world));
        if setup.prime().is_some() {
            let failed_at = world.place.books.contract.failed_at;
            let failed = failed_at.at_least(Lanes::ZERO);
            outcomes.extend([failed.number(), select(failed, failed_at + 1.0, Lanes::all(f64::NAN))]);
        }
        if setup.society.trust_moves() {
            let trust = world.place.kinds.iter().fold(Lanes::ZERO, |sum, common| sum + common.money.trust);
            outcomes.push(trust * (1.0 / setup.providers() as f64));
        }
        outcomes.extend(self.welfare_outcomes(setup));
        for ((kind, own), flows) in setup.kinds.iter().zip(&world.kinds).zip(&self.flows) {
            if let Some(so_far) = &own.need_so_far {
                let sum = |of: fn(&NeedSoFar) -> Lanes| own.sum(kind.size, |row| of(&so_far[row]));
                outcomes.push(ratio(sum(|need| need.met), sum(|need| need.arisen)));
            } else {
                outcomes.push(flows.delivered * (steps / (kind.plan * kind.total_size)));
            }
            if kind.payment.is_some() {
                outcomes.push(share_of(margin(kind, own, world), flows.income));
            }
            if kind.paid_from.is_some() {
                outcomes.push(share_of(flows.unpaid, flows.unpaid + flows.income - flows.bonus));
            }
            if let Some(bonus) = &kind.bonus {
                let most = bonus.amount * kind.total_size * f64::from(setup.steps);
                outcomes.push(share_of(flows.bonus, Lanes::all(most)));
            }
        }
        Record { series: self.series, outcomes, collapse: self.collapse }
    }

    fn welfare_outcomes(&self, setup: &Setup) -> Vec<Lanes> {
        let mean = self.welfare * (1.0 / f64::from(setup.steps));
        let mut outcomes = vec![mean];
        if let (Some(benchmark), Some(weighing)) = (&setup.benchmark, &self.fortress) {
            outcomes.push(share_of(mean, Lanes::all(benchmark.plan.welfare)));
            outcomes.push(weighing.mean());
        }
        outcomes.extend(self.recovery.iter().flat_map(Recovery::outcomes));
        outcomes
    }

    fn need_outcomes(&self, setup: &Setup, world: &World) -> [Lanes; 5] {
        let total = |of: fn(&NeedSoFar) -> Lanes| {
            let mut total = Lanes::ZERO;
            for (kind, own) in setup.kinds.iter().zip(&world.kinds) {
                if let Some(so_far) = &own.need_so_far {
                    total += own.sum(kind.size, |row| of(&so_far[row]));
                }
            }
            total
        };
        let arisen = total(|need| need.arisen);
        let per_step = arisen * (1.0 / f64::from(setup.steps));
        [
            ratio(total(|need| need.met), arisen),
            self.waiting / per_step.max(Lanes::all(f64::MIN_POSITIVE)),
            self.spilled / arisen.max(Lanes::all(f64::MIN_POSITIVE)),
            self.lost / arisen.max(Lanes::all(f64::MIN_POSITIVE)),
            inequality(setup, world),
        ]
    }

    fn money_outcomes(&self, setup: &Setup, world: &World) -> [Lanes; 3] {
        let income = self.flows.iter().fold(Lanes::ZERO, |sum, flows| sum + flows.income);
        let (mut paid, mut in_deficit, mut total) = (0.0, Lanes::ZERO, Lanes::ZERO);
        for (kind, own) in setup.kinds.iter().zip(&world.kinds) {
            total += margin(kind, own, world);
            if let (Some(_), Some(margins)) = (&kind.payment, &own.margins) {
                paid += kind.count as f64;
                in_deficit += own.sum(1.0, |row| (margins[row] + world.place.dividends).less(Lanes::ZERO).number());
            }
        }
        [share_of(total, income), in_deficit * (1.0 / paid), share_of(self.governance, income)]
    }
}

/// Margins of all members of a kind over the run, in money.
fn margin(kind: &Kind, own: &Columns, world: &World) -> Lanes {
    let margins = own.margins.as_ref().map_or(Lanes::ZERO, |margins| own.sum(kind.size, |row| margins[row]));
    margins + world.place.dividends * kind.total_size
}

/// Gini coefficient of the share of need met among those who have need, weighted by size; once a run, so a plain loop
/// over the lanes.
fn inequality(setup: &Setup, world: &World) -> Lanes {
    let mut met: Vec<Lanes> = Vec::new();
    let mut sizes: Vec<f64> = Vec::new();
    for (kind, own) in setup.kinds.iter().zip(&world.kinds) {
        let Some(so_far) = &own.need_so_far else { continue };
        for member in 0..kind.count {
            met.push(own.rows.of(member, |row| ratio(so_far[row].met, so_far[row].arisen)));
            sizes.push(kind.size);
        }
    }
    Lanes::from_fn(|lane| {
        let met: Vec<f64> = met.iter().map(|met| met.lane(lane)).collect();
        gini(&met, &sizes).unwrap_or(f64::NAN)
    })
}

/// What is overdrawn from each pool of money at the end, before any of it is recovered, as a share of the last step's sum.
fn overdrawn(setup: &Setup, world: &World) -> impl Iterator<Item = Lanes> {
    setup.pools.iter().zip(&world.pools).filter_map(|(pool, state)| match &pool.part.growth {
        Growth::Allocation(law) => Some(share_of(state.overdrawn, Lanes::all(law.amount_at(setup.steps - 1)))),
        _ => None,
    })
}
