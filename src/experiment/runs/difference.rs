//! The paired difference of a measure between two scenarios.

use super::Chance;
use super::measured::show;
use crate::experiment::{Level, contrast_interval};
use crate::model::measure::Measure;
use crate::statistics::{Interval, Paired, Tally};
use std::fmt;

/// The difference of a measure between two scenarios, run by run on the same luck: the second less the first. Shown, it is the
/// mean with the interval.
#[derive(Clone, Debug)]
pub struct Difference {
    measure: Measure,
    pairs: Paired,
    first: Tally,
    values: Vec<f64>,
    level: Level,
}

impl Difference {
    pub(super) fn new(measure: Measure, first: &[f64], second: &[f64], level: Level) -> Self {
        let (mut pairs, mut tally) = (Paired::default(), Tally::default());
        pairs.push_lanes(first, second);
        tally.push_lanes(first);
        let values = first.iter().zip(second).map(|(first, second)| second - first).collect();
        Self { measure, pairs, first: tally, values, level }
    }

    /// What is measured, with its words and its unit.
    pub fn measure(&self) -> &Measure {
        &self.measure
    }

    /// How many pairs of runs have a value.
    pub fn count(&self) -> u64 {
        self.pairs.count()
    }

    /// The mean difference; `None` without a pair.
    pub fn mean(&self) -> Option<f64> {
        self.pairs.differences().mean()
    }

    /// The interval of the mean difference: Newcombe's of a measure that is yes or no, Student's of any other.
    pub fn mean_interval(&self) -> Option<Interval> {
        contrast_interval(&self.pairs, &self.first, self.measure.sort, self.level)
    }

    /// The difference below which that share of the pairs lies.
    pub fn quantile(&self, probability: f64) -> Option<f64> {
        self.pairs.sketch().quantile(probability)
    }

    /// How often the measure is higher in the second.
    pub fn share_above(&self) -> Option<Chance> {
        Chance::of(self.pairs.above(), self.pairs.count(), self.level)
    }

    /// How often the measure is lower in the second.
    pub fn share_below(&self) -> Option<Chance> {
        Chance::of(self.pairs.below(), self.pairs.count(), self.level)
    }

    /// The difference of every pair of runs, in the order of their numbers; not finite where one of the two has no value.
    pub fn values(&self) -> &[f64] {
        &self.values
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(self.mean(), self.mean_interval(), formatter)
    }
}
