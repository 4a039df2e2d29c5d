//! Differences between two arms of an experiment, run by run.

use serde::{Deserialize, Serialize};

use super::interval::Interval;
use super::proportion::wilson_interval;
use super::read;
use super::sketch::Sketch;
use super::tally::Tally;

/// The differences b − a of a measure between arm b and arm a, over runs that share their luck.
///
/// On common random numbers most of the noise is the same in both arms and leaves the difference,
/// so its interval is far narrower than that of the two means.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paired {
    differences: Tally,
    sketch: Sketch,
    #[serde(deserialize_with = "read::count")]
    above: u64,
    #[serde(deserialize_with = "read::count")]
    below: u64,
}

impl Paired {
    /// No runs yet. The differences are sketched in `empty`, whose limit of exact values is the
    /// caller's.
    pub fn new(empty: Sketch) -> Self {
        Self { sketch: empty, ..Self::default() }
    }

    /// Takes in one run: the measure in arm `a` and in arm `b`. A pair whose difference is not
    /// finite is missing.
    #[inline]
    pub fn push(&mut self, a: f64, b: f64) {
        self.push_lanes(&[a], &[b]);
    }

    /// Takes in runs that are simulated side by side; what one slice has more than the other is
    /// left out.
    #[inline]
    pub fn push_lanes(&mut self, a: &[f64], b: &[f64]) {
        const FEW: usize = 16;
        for (a, b) in a.chunks(FEW).zip(b.chunks(FEW)) {
            let mut differences = [0.0; FEW];
            for (difference, (a, b)) in differences.iter_mut().zip(a.iter().zip(b)) {
                *difference = b - a;
            }
            let differences = &differences[..a.len().min(b.len())];
            self.differences.push_lanes(differences);
            self.sketch.push_lanes(differences);
            let count = |is: fn(f64) -> bool| differences.iter().filter(|d| d.is_finite() && is(**d)).count() as u64;
            self.above += count(|difference| difference > 0.0);
            self.below += count(|difference| difference < 0.0);
        }
    }

    /// Takes in all runs that `other` has seen.
    pub fn merge(&mut self, other: &Self) {
        self.differences.merge(&other.differences);
        self.sketch.merge(&other.sketch);
        self.above += other.above;
        self.below += other.below;
    }

    /// Count, mean, variance and intervals of the differences.
    pub fn differences(&self) -> &Tally {
        &self.differences
    }

    /// Quantiles of the differences.
    pub fn sketch(&self) -> &Sketch {
        &self.sketch
    }

    /// How many pairs of runs were compared.
    pub fn count(&self) -> u64 {
        self.differences.count()
    }

    /// In how many runs the measure was higher in b.
    pub fn above(&self) -> u64 {
        self.above
    }

    /// In how many runs the measure was lower in b.
    pub fn below(&self) -> u64 {
        self.below
    }

    /// In how many runs the measure was exactly the same.
    pub fn equal(&self) -> u64 {
        self.count().saturating_sub(self.above).saturating_sub(self.below)
    }

    /// Student's t interval of the mean difference at a confidence `level`; `None` below two runs.
    pub fn mean_interval(&self, level: f64) -> Option<Interval> {
        self.differences.mean_interval(level)
    }

    /// Wilson's interval of the share of runs in which the measure is higher in b; `None` without a
    /// run.
    pub fn share_above_interval(&self, level: f64) -> Option<Interval> {
        wilson_interval(self.above, self.count(), level)
    }

    /// Wilson's interval of the share of runs in which the measure is lower in b; `None` without a
    /// run.
    pub fn share_below_interval(&self, level: f64) -> Option<Interval> {
        wilson_interval(self.below, self.count(), level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: [f64; 5] = [1.0, 2.0, 3.0, 4.0, f64::NAN];
    const B: [f64; 5] = [2.0, 2.0, 2.5, 6.0, 1.0];

    fn paired(a: &[f64], b: &[f64]) -> Paired {
        let mut paired = Paired::new(Sketch::exact_up_to(10));
        paired.push_lanes(a, b);
        paired
    }

    /// Differences 1, 0, −0.5, 2: mean 0.625, median 0.5.
    #[test]
    fn differences_are_taken_run_by_run() {
        let paired = paired(&A, &B);
        assert_eq!((paired.above(), paired.below(), paired.equal(), paired.count()), (2, 1, 1, 4));
        assert_eq!(paired.differences().mean(), Some(0.625));
        assert_eq!(paired.sketch().quantile(0.5), Some(0.5));
        assert_eq!(paired.differences().missing(), 1);
    }

    #[test]
    fn the_share_of_runs_is_out_of_all_that_count() {
        let paired = paired(&A, &B);
        assert_eq!(paired.share_above_interval(0.95), wilson_interval(2, 4, 0.95));
        assert_eq!(paired.share_below_interval(0.95), wilson_interval(1, 4, 0.95));
    }

    #[test]
    fn halves_merged_in_either_order_are_the_whole() {
        let (first, second) = (paired(&A[..2], &B[..2]), paired(&A[2..], &B[2..]));
        let (mut forth, mut back) = (first.clone(), second.clone());
        forth.merge(&second);
        back.merge(&first);
        let whole = serde_json::to_string(&paired(&A, &B)).unwrap();
        assert_eq!(serde_json::to_string(&forth).unwrap(), whole);
        assert_eq!(serde_json::to_string(&back).unwrap(), whole);
    }

    #[test]
    fn noise_that_both_arms_share_leaves_the_interval() {
        let noise: Vec<f64> = (0..50).map(|run| f64::from(run * run % 17)).collect();
        let better: Vec<f64> = noise.iter().map(|value| value + 0.5).collect();
        let interval = paired(&noise, &better).mean_interval(0.95).unwrap();
        assert!((interval.low - 0.5).abs() < 1e-12 && interval.width() < 1e-12);
    }
}
