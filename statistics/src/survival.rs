//! How long runs last: the share that has not collapsed, step by step.

use serde::{Deserialize, Serialize};

use super::interval::Interval;
use super::proportion::wilson_interval;

/// Counts of runs by the step in which they collapsed, out of all runs.
///
/// Every run is watched to the end, so the share that survives a step is a plain proportion: the
/// estimate of Kaplan and Meier without early losses, with Wilson's interval.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survival {
    runs: u64,
    collapsed: Vec<u64>,
}

/// A point of the survival curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SurvivalPoint {
    /// The step, from 0.
    pub step: usize,
    /// The share of runs that have not collapsed by the end of the step.
    pub share: f64,
    /// Wilson's interval of the share.
    pub interval: Interval,
}

impl Survival {
    /// No runs yet, each of which will last `steps`.
    pub fn new(steps: usize) -> Self {
        Self { runs: 0, collapsed: vec![0; steps] }
    }

    /// Takes in a run that collapsed in a step, from 0, or never: a step after the last is never.
    pub fn push(&mut self, collapse: Option<usize>) {
        self.runs += 1;
        if let Some(count) = collapse.and_then(|step| self.collapsed.get_mut(step)) {
            *count += 1;
        }
    }

    /// Takes in all runs that `other` has seen; both must be over the same number of steps. (If
    /// not, the longer holds, and the runs of the shorter count as lasting to its end.)
    pub fn merge(&mut self, other: &Self) {
        self.runs = self.runs.saturating_add(other.runs);
        self.collapsed.resize(self.collapsed.len().max(other.collapsed.len()), 0);
        for (count, more) in self.collapsed.iter_mut().zip(&other.collapsed) {
            *count = count.saturating_add(*more);
        }
    }

    /// How many runs were seen.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// How many runs collapsed in any step.
    pub fn collapsed(&self) -> u64 {
        self.collapsed.iter().fold(0, |sum: u64, count| sum.saturating_add(*count))
    }

    /// The share of runs that survive each step, with intervals at a confidence `level`; empty
    /// without a run.
    pub fn curve(&self, level: f64) -> Vec<SurvivalPoint> {
        let points = self.surviving().enumerate().filter_map(|(step, alive)| {
            let interval = wilson_interval(alive, self.runs, level)?;
            Some(SurvivalPoint { step, share: alive as f64 / self.runs as f64, interval })
        });
        points.collect()
    }

    /// The first step by the end of which at least half of the runs have collapsed; `None` if it
    /// does not come.
    pub fn median(&self) -> Option<usize> {
        if self.runs == 0 {
            return None;
        }
        self.surviving().position(|alive| alive <= self.runs / 2)
    }

    /// How many runs have not collapsed by the end of each step.
    fn surviving(&self) -> impl Iterator<Item = u64> {
        self.collapsed.iter().scan(self.runs, |alive, count| {
            *alive = alive.saturating_sub(*count);
            Some(*alive)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survival(collapses: &[Option<usize>]) -> Survival {
        let mut survival = Survival::new(4);
        for &collapse in collapses {
            survival.push(collapse);
        }
        survival
    }

    #[test]
    fn the_curve_counts_what_is_left_after_each_step() {
        let survival = survival(&[Some(0), Some(2), Some(2), None]);
        let shares: Vec<f64> = survival.curve(0.95).iter().map(|point| point.share).collect();
        assert_eq!(shares, [0.75, 0.75, 0.25, 0.25]);
        assert_eq!(Some(survival.curve(0.95)[2].interval), wilson_interval(1, 4, 0.95));
        assert_eq!((survival.runs(), survival.collapsed()), (4, 3));
    }

    #[test]
    fn the_median_is_the_step_by_which_half_have_collapsed() {
        assert_eq!(survival(&[Some(0), Some(2), Some(3), None]).median(), Some(2));
        assert_eq!(survival(&[Some(0), Some(1), None]).median(), Some(1));
        assert_eq!(survival(&[Some(0), None, None]).median(), None);
        assert_eq!(survival(&[]).median(), None);
    }

    #[test]
    fn a_collapse_after_the_end_is_none() {
        assert_eq!(survival(&[Some(4)]), survival(&[None]));
    }

    #[test]
    fn runs_merged_in_either_order_are_the_whole() {
        let (first, second) = (survival(&[Some(1), None]), survival(&[Some(3)]));
        let (mut forth, mut back) = (first.clone(), second.clone());
        forth.merge(&second);
        back.merge(&first);
        let whole = survival(&[Some(1), None, Some(3)]);
        assert_eq!((&forth, &back), (&whole, &whole));
        let text = serde_json::to_string(&whole).unwrap();
        assert_eq!(serde_json::from_str::<Survival>(&text).unwrap(), whole);
    }

    #[test]
    fn no_run_has_no_curve() {
        assert!(survival(&[]).curve(0.95).is_empty());
    }
}
