//! Runs that failed: those in which a number left the numbers that can be computed with.
//!
//! A run of a scenario with extreme numbers may come to infinity, or to what is no number at all. Nothing of such a run can be
//! trusted, so it counts as failed: all it leaves is [`FAILED`], which no run that did not fail ever leaves.

pub use crate::limits::{FAILED, LARGEST, LEAST, NEAREST, NO_VALUE};

use crate::lanes::{LANES, Lanes, Mask};
use crate::measure::{outcome_measures, recorded_steps, series_measures};
use crate::record::Record;
use crate::run::Workspace;
use crate::setup::Setup;
use crate::simd::InstructionSet;

/// Where a run first left the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The measure that shows it first, for people.
    pub measure: String,
    /// The step, from 1, at whose end it shows; `None` where only a measure of the whole run does.
    pub step: Option<u32>,
}

/// Whether a number is one that can be computed with, or stands for none on purpose.
fn is_sound(value: f64) -> bool {
    value.abs() <= LARGEST || value.to_bits() == NO_VALUE.to_bits()
}

/// Leaves nothing but [`FAILED`] of the runs that failed.
pub(crate) fn mark(record: &mut Record) {
    let all = record.series.iter().chain(&record.years).chain(&record.outcomes);
    // Nearly always all are plain numbers, which is quickly seen.
    let strange = all.filter(|lanes| !lanes.to_array().iter().all(|v| v.abs() <= LARGEST));
    let unsound = |lanes: &Lanes| Mask::from_fn(|lane| !is_sound(lanes.lane(lane)));
    let failed = strange.fold(Mask::all_of(false), |failed, lanes| failed | unsound(lanes));
    if !failed.any() {
        return;
    }
    for lane in (0..LANES).filter(|lane| failed.lane(*lane)) {
        record
            .series
            .iter_mut()
            .chain(&mut record.years)
            .chain(&mut record.outcomes)
            .for_each(|lanes| lanes.set_lane(lane, FAILED));
        record.collapse.set_lane(lane, FAILED);
    }
}

impl Record {
    /// Which of the runs failed.
    pub fn failed(&self) -> Mask {
        self.collapse.equals(FAILED)
    }
}

/// Where a run first left the numbers; `None` if it did not fail. Works the run out again, so it is for the few that are told.
pub fn first(setup: &Setup, seed: u64, run: u64) -> Option<Failure> {
    let record = Workspace::new(setup, seed).unmarked(setup, [run; LANES], InstructionSet::best());
    let (series, outcomes) = (series_measures(setup), outcome_measures(setup));
    let is_bad = |lanes: &Lanes| !is_sound(lanes.lane(0));
    let entry = record.series.iter().position(is_bad);
    let in_series = entry.and_then(|entry| {
        let measure = series.get(entry % series.len())?.label.clone();
        let step = recorded_steps(setup.steps()).get(entry / series.len()).map(|step| step + 1);
        Some(Failure { measure, step })
    });
    let outcome = || record.outcomes.iter().position(is_bad).and_then(|position| outcomes.get(position));
    in_series.or_else(|| outcome().map(|measure| Failure { measure: measure.label.clone(), step: None }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(outcomes: [f64; LANES]) -> Record {
        Record {
            series: vec![Lanes::ONE],
            years: Vec::new(),
            outcomes: vec![Lanes::ONE, Lanes::from_array(outcomes)],
            collapse: Lanes::all(-1.0),
        }
    }

    #[test]
    fn a_measure_that_a_run_does_not_have_is_no_failure() {
        let mut none = record([NO_VALUE; LANES]);
        mark(&mut none);
        assert!(!none.failed().any());
        assert!(none.outcomes[1].lane(3).is_nan());
    }

    #[test]
    fn a_run_with_a_number_that_is_none_leaves_nothing() {
        for bad in [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e151, -1e200] {
            let mut outcomes = [0.5; LANES];
            outcomes[5] = bad;
            let mut marked = record(outcomes);
            mark(&mut marked);
            assert_eq!(marked.failed(), Mask::from_fn(|lane| lane == 5), "{bad}");
            assert!(marked.series.iter().chain(&marked.outcomes).all(|lanes| lanes.lane(5).is_infinite()));
            assert!(marked.series.iter().chain(&marked.outcomes).all(|lanes| lanes.lane(4).is_finite()));
        }
    }
}
