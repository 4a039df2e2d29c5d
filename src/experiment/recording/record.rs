//! What is kept of the runs of one arm at one setting: quantiles of the series that are shown, outcomes, and single runs.

use super::{Options, herd};
use crate::experiment::Watcher;
use crate::experiment::workspaces::Workspaces;
use crate::model::lanes::LANES;
use crate::model::measure::{Measure, outcome_measures, series_measures};
use crate::model::record::Record;
use crate::model::setup::Setup;
use crate::scenario::Scenario;
use crate::statistics::quantile;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The shares of the runs that lie below each curve of a fan.
pub const PROBABILITIES: [f64; 3] = [0.05, 0.5, 0.95];
/// Single runs that show two humps.
const SAMPLE: usize = 12;
/// The least share of the runs in the smaller of two humps.
const LEAST_HUMP: f64 = 0.05;
/// Width of the valley between two humps, as a share of a full pool.
const VALLEY: f64 = 0.15;
/// The greatest share of the runs that lies in it.
const MOST_IN_VALLEY: f64 = 0.05;

/// An arm at a setting.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Position of the arm.
    pub arm: usize,
    /// The stops of what it follows.
    pub key: Vec<usize>,
    /// The scenario that was run.
    pub scenario: Scenario,
    /// Runs that failed; they are in nothing else.
    pub failed: usize,
    /// For each series that is shown, each probability and each recorded step: the quantile over the runs.
    pub quantiles: Vec<Vec<Vec<f64>>>,
    /// Outcome measures.
    pub measures: Vec<Measure>,
    /// For each outcome measure its value in each run, NaN where it has none.
    pub outcomes: Vec<Vec<f64>>,
    /// Numbers of the runs that are kept singly; of the reference the typical one first.
    pub named: Vec<u64>,
    /// Single runs by number: for each series that is shown its course.
    pub runs: BTreeMap<u64, Vec<Vec<f64>>>,
    /// What single providers did in these runs, where there are few.
    pub herds: BTreeMap<u64, herd::Herd>,
    /// The two humps of the stock at the end, where there are two.
    pub humps: Option<Humps>,
    /// The course of the stock in some runs, where there are two humps.
    pub sample: Vec<Vec<f64>>,
}

/// Two groups of runs that end far apart, so that nothing lies in the middle of a band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Humps {
    /// Runs in the lower one.
    pub low: usize,
    /// Runs in the upper one.
    pub high: usize,
    /// The stock midway between the two, as a share of a full pool.
    pub between: f64,
}

/// All runs of an arm at a setting, before they are summed up.
pub(super) struct Runs {
    batches: Vec<Record>,
    /// Positions, within the series of a step, of those that are shown.
    shown: Vec<usize>,
    series: usize,
    count: usize,
}

impl Runs {
    /// Works all runs out; `None` if somebody asked to stop meanwhile.
    pub(super) fn of(setup: &Setup, shown: &[String], options: Options, watcher: &dyn Watcher) -> Option<Self> {
        let Options { runs, seed, instructions } = options;
        let firsts: Vec<u64> = (0..runs).step_by(LANES).collect();
        let arms = [setup];
        let workspaces = Workspaces::new(&arms, seed);
        let batch = |first: &u64| {
            let numbers = std::array::from_fn(|lane| first + lane as u64);
            (!watcher.stop()).then(|| workspaces.lend(|own| own[0].run(setup, numbers, instructions)))
        };
        let measures = series_measures(setup);
        let position = |key: &String| measures.iter().position(|measure| measure.key == *key);
        Some(Self {
            batches: firsts.par_iter().map(batch).collect::<Option<Vec<Record>>>()?,
            shown: shown.iter().filter_map(position).collect(),
            series: measures.len(),
            count: runs as usize,
        })
    }

    fn steps(&self) -> usize {
        self.batches.first().map_or(0, |batch| batch.series.len() / self.series.max(1))
    }

    fn value(&self, run: usize, series: usize, step: usize) -> f64 {
        self.batches[run / LANES].series[step * self.series + series].lane(run % LANES)
    }

    /// Values of an outcome, run by run; NaN of runs that failed or have none.
    pub(super) fn outcome(&self, index: usize) -> Vec<f64> {
        let value = |run: usize| {
            let batch = &self.batches[run / LANES];
            let failed = batch.failed().lane(run % LANES);
            if failed { f64::NAN } else { batch.outcomes[index].lane(run % LANES) }
        };
        (0..self.count).map(value).map(|value| if value.is_finite() { value } else { f64::NAN }).collect()
    }

    fn course(&self, run: usize, series: usize) -> Vec<f64> {
        (0..self.steps()).map(|step| self.value(run, series, step)).collect()
    }

    fn failed(&self) -> Vec<bool> {
        (0..self.count).map(|run| self.batches[run / LANES].failed().lane(run % LANES)).collect()
    }

    /// Sums the runs up, and keeps those that are named.
    pub(super) fn recorded(
        &self,
        (arm, key, scenario): (usize, Vec<usize>, Scenario),
        named: &[u64],
        options: Options,
    ) -> Recorded {
        let measures = outcome_measures(&scenario.setup);
        let outcomes: Vec<Vec<f64>> = (0..measures.len()).map(|index| self.outcome(index)).collect();
        let failed = self.failed();
        let stock = self.shown.first().copied().unwrap_or(0);
        let last = self.steps().saturating_sub(1);
        let sound: Vec<usize> = (0..self.count).filter(|run| !failed[*run]).collect();
        let humps = humps(sound.iter().map(|run| self.value(*run, stock, last)).collect());
        let sampled = if humps.is_some() { spread(&sound) } else { Vec::new() };
        let courses = |run: u64| self.shown.iter().map(|series| self.course(run as usize, *series)).collect();
        Recorded {
            arm,
            key,
            failed: failed.iter().filter(|failed| **failed).count(),
            quantiles: self.shown.iter().map(|series| self.quantiles(&sound, *series)).collect(),
            measures,
            outcomes,
            named: named.to_vec(),
            runs: named.iter().map(|run| (*run, courses(*run))).collect(),
            herds: herd::of(&scenario.setup, named, options),
            humps,
            sample: sampled.into_iter().map(|run| self.course(run, stock)).collect(),
            scenario,
        }
    }

    /// For each probability, the quantile at each step.
    fn quantiles(&self, sound: &[usize], series: usize) -> Vec<Vec<f64>> {
        let mut curves = vec![Vec::with_capacity(self.steps()); PROBABILITIES.len()];
        for step in 0..self.steps() {
            let mut values: Vec<f64> = sound.iter().map(|run| self.value(*run, series, step)).collect();
            values.retain(|value| value.is_finite());
            values.sort_by(f64::total_cmp);
            for (curve, probability) in curves.iter_mut().zip(PROBABILITIES) {
                curve.push(quantile(&values, probability));
            }
        }
        curves
    }
}

/// Some of the runs, evenly spread over their numbers, so that every arm shows the same luck.
fn spread(runs: &[usize]) -> Vec<usize> {
    (0..SAMPLE.min(runs.len())).map(|index| runs[index * runs.len() / SAMPLE.min(runs.len())]).collect()
}

/// Whether the values fall into two groups with hardly anything in the valley between them, and where that lies.
fn humps(mut values: Vec<f64>) -> Option<Humps> {
    values.retain(|value| value.is_finite());
    values.sort_by(f64::total_cmp);
    let all = values.len();
    let below = |limit: f64| values.partition_point(|value| *value < limit);
    let least = (all as f64 * LEAST_HUMP).ceil().max(1.0) as usize;
    let valleys = (0..100).map(|percent| f64::from(percent) / 100.0).filter_map(|from| {
        let (low, not_high) = (below(from), below(from + VALLEY));
        (low >= least && all - not_high >= least).then_some((not_high - low, from))
    });
    let (inside, from) = valleys.min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)))?;
    let between = from + VALLEY / 2.0;
    let low = below(between);
    (inside as f64 <= all as f64 * MOST_IN_VALLEY).then(|| Humps { low, high: all - low, between })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_groups_with_a_gap_between_them_are_two_humps() {
        let values = |low: usize, high: usize| [vec![0.01; low], vec![0.7; high]].concat();
        let found = humps(values(60, 140)).unwrap();
        assert_eq!((found.low, found.high), (60, 140));
        let with_some_between = humps([values(60, 130), vec![0.1, 0.2, 0.3, 0.4, 0.5]].concat()).unwrap();
        assert_eq!(with_some_between.low + with_some_between.high, 195);
        assert_eq!(humps(values(9, 191)), None, "too few below to be a hump");
        assert_eq!(humps((0..200).map(|value| f64::from(value) / 200.0).collect()), None, "no valley");
        assert_eq!(humps(vec![0.5]), None);
        assert_eq!(humps(Vec::new()), None);
    }

    #[test]
    fn a_sample_is_spread_over_all_runs() {
        assert_eq!(spread(&(0..24).collect::<Vec<_>>()), (0..12).map(|index| index * 2).collect::<Vec<_>>());
        assert_eq!(spread(&[3, 5]), [3, 5]);
        assert!(spread(&[]).is_empty());
    }
}
