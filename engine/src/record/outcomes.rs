//! What sixteen runs have come to, in the order of [`outcome_measures`](crate::measure::outcome_measures).

use super::{Record, Recorder, Sums, share_of};
use crate::failure::NO_VALUE;
use crate::lanes::{Lanes, select};
use crate::pool::Growth;
use crate::recovery::Recovery;
use crate::setup::Setup;
use crate::utility::ratio;
use crate::world::World;
use commonground_statistics::gini;

impl Recorder {
    /// Ends the runs.
    pub(crate) fn finish(self, setup: &Setup, world: &World) -> Record {
        let steps = 1.0 / f64::from(setup.steps);
        let main = &setup.pools[setup.main_pool].part;
        let plan = steps / setup.planned_effort;
        let collapsed = self.collapse.at_least(Lanes::ZERO);
        let mut outcomes = vec![
            world.pools[setup.main_pool].stock * (1.0 / main.capacity),
            self.stock * steps,
            collapsed.number(),
            select(collapsed, self.collapse + 1.0, Lanes::all(NO_VALUE)),
            self.effort * plan,
            self.delivered * plan,
            self.compliant * (steps / setup.providers.len() as f64),
        ];
        if setup.has_need {
            outcomes.extend(self.need_outcomes(setup));
        }
        if setup.has_income {
            outcomes.extend(self.money_outcomes(setup));
        }
        outcomes.extend(overdrawn(setup, world));
        if setup.prime.is_some() {
            let failed_at = world.place.books.contract.failed_at;
            let failed = failed_at.at_least(Lanes::ZERO);
            outcomes.extend([failed.number(), select(failed, failed_at + 1.0, Lanes::all(NO_VALUE))]);
        }
        if setup.society.trust_moves() {
            let trust = world.providers.iter().fold(Lanes::ZERO, |sum, state| sum + state.trust);
            outcomes.push(trust * (1.0 / setup.providers.len() as f64));
        }
        outcomes.extend(self.welfare_outcomes(setup));
        for (kind, flows) in setup.kinds.iter().zip(&self.flows) {
            let sum = |of: fn(&Sums) -> Lanes| self.total(setup, kind.members.clone(), of);
            if kind.need.is_some() {
                outcomes.push(ratio(sum(|sums| sums.met), sum(|sums| sums.arisen)));
            } else {
                outcomes.push(flows.delivered * (steps / (kind.plan * kind.total_size)));
            }
            if kind.payment.is_some() {
                outcomes.push(share_of(sum(|sums| sums.margin), flows.income));
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

    fn total(&self, setup: &Setup, members: std::ops::Range<usize>, of: fn(&Sums) -> Lanes) -> Lanes {
        let mut total = Lanes::ZERO;
        for index in members {
            total += of(&self.sums[index]) * setup.providers[index].size;
        }
        total
    }

    fn need_outcomes(&self, setup: &Setup) -> [Lanes; 5] {
        let all = 0..setup.providers.len();
        let arisen = self.total(setup, all.clone(), |sums| sums.arisen);
        let per_step = arisen * (1.0 / f64::from(setup.steps));
        [
            ratio(self.total(setup, all, |sums| sums.met), arisen),
            self.waiting / per_step.max(Lanes::all(f64::MIN_POSITIVE)),
            self.spilled / arisen.max(Lanes::all(f64::MIN_POSITIVE)),
            self.lost / arisen.max(Lanes::all(f64::MIN_POSITIVE)),
            self.inequality(setup),
        ]
    }

    /// Gini coefficient of the share of need met among those who have need, weighted by size; once a run, so a plain loop
    /// over the lanes.
    fn inequality(&self, setup: &Setup) -> Lanes {
        let with_need: Vec<(f64, &Sums)> = setup
            .providers
            .iter()
            .zip(&self.sums)
            .filter(|(provider, _)| setup.kind(provider).need.is_some())
            .map(|(provider, sums)| (provider.size, sums))
            .collect();
        let sizes: Vec<f64> = with_need.iter().map(|(size, _)| *size).collect();
        Lanes::from_fn(|lane| {
            let met: Vec<f64> = with_need.iter().map(|(_, sums)| ratio(sums.met, sums.arisen).lane(lane)).collect();
            gini(&met, &sizes).unwrap_or(NO_VALUE)
        })
    }

    fn money_outcomes(&self, setup: &Setup) -> [Lanes; 3] {
        let all = 0..setup.providers.len();
        let income = self.flows.iter().fold(Lanes::ZERO, |sum, flows| sum + flows.income);
        let (mut paid, mut in_deficit) = (0.0, Lanes::ZERO);
        for (provider, sums) in setup.providers.iter().zip(&self.sums) {
            if setup.kind(provider).payment.is_some() {
                paid += 1.0;
                in_deficit += sums.margin.less(Lanes::ZERO).number();
            }
        }
        [
            share_of(self.total(setup, all, |sums| sums.margin), income),
            in_deficit * (1.0 / paid),
            share_of(self.governance, income),
        ]
    }
}

/// What is overdrawn from each pool of money at the end, before any of it is recovered, as a share of the last step's sum.
fn overdrawn(setup: &Setup, world: &World) -> impl Iterator<Item = Lanes> {
    setup.pools.iter().zip(&world.pools).filter_map(|(pool, state)| match &pool.part.growth {
        Growth::Allocation(law) => Some(share_of(state.overdrawn, Lanes::all(law.amount_at(setup.steps - 1)))),
        _ => None,
    })
}
