//! What many runs of one arm come to, gathered run by run in memory that does not grow with their number.
//!
//! Everything inside counts in integers, so that neither threads nor batches change a bit of it.

use super::Level;
use super::failures::Failures;
use crate::model::failure::FAILED;
use crate::model::lanes::Lanes;
use crate::model::measure::{
    Measure, Sort, Year, Years, outcome_measures, recorded_steps, series_measures, year_measures,
};
use crate::model::record::Record;
use crate::model::setup::Setup;
use crate::model::simd::{self, InstructionSet, Work};
use crate::statistics::{
    Interval, Paired, PairedChances, Sketch, Survival, Tally, paired_chances_interval, wilson_interval,
};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// One measure over many runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Mean and its interval.
    pub tally: Tally,
    /// Quantiles and theirs.
    pub sketch: Sketch,
}

/// Many runs of one arm.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Outcome measures, in the order of `outcomes`.
    pub measures: Vec<Measure>,
    /// One an outcome measure.
    pub outcomes: Vec<Cell>,
    /// Series measures, in the order of each row of `series`.
    pub series_measures: Vec<Measure>,
    /// Steps at whose end series were recorded.
    pub steps: Vec<u32>,
    /// `steps × series measures`.
    pub series: Vec<Cell>,
    /// Measures of a year, in the order of each row of `years`.
    pub year_measures: Vec<Measure>,
    /// The years that are recorded.
    pub calendar: Vec<Year>,
    /// `recorded years × measures of a year`.
    pub years: Vec<Cell>,
    /// How long the main pool lasted.
    pub survival: Survival,
    /// How long the contract of the prime stood; `None` without one.
    pub contract: Option<Survival>,
    /// Runs that failed. They are in nothing else.
    pub failures: Failures,
}

/// The interval of the mean of a measure: Wilson's of a chance, Student's of every other sort of number. `None` where there are
/// too few runs for one.
pub fn mean_interval(tally: &Tally, sort: Sort, level: Level) -> Option<Interval> {
    match sort {
        Sort::Chance => {
            let some = (tally.mean()? * tally.count() as f64).round() as u64;
            wilson_interval(some, tally.count(), level.share())
        }
        _ => tally.mean_interval(level.share()),
    }
}

/// The interval of a mean difference, run by run, of a measure: Student's. Where every run shows the same difference in a chance
/// Student's would have no width, although a further run might differ: then it is as far towards −1 and 1 as the upper end of
/// Wilson's interval allows of runs that differ.
pub fn difference_interval(tally: &Tally, sort: Sort, level: Level) -> Option<Interval> {
    match (sort, tally.minimum(), tally.maximum()) {
        (Sort::Chance, Some(least), Some(most)) if least >= most => {
            let others = wilson_interval(0, tally.count(), level.share())?.high;
            Some(Interval { low: least - others * (1.0 + least), high: least + others * (1.0 - least) })
        }
        _ => tally.mean_interval(level.share()),
    }
}

/// The interval of the mean difference of a measure between an arm and the first, over pairs of runs: Newcombe's of two chances,
/// Student's of every other sort of number. `first` has the values of the first arm.
pub fn contrast_interval(pairs: &Paired, first: &Tally, sort: Sort, level: Level) -> Option<Interval> {
    if sort != Sort::Chance {
        return pairs.mean_interval(level.share());
    }
    let (second_only, first_only, all) = (pairs.above(), pairs.below(), pairs.count());
    let of_first = (first.mean()? * first.count() as f64).round() as u64;
    let both = of_first.saturating_sub(first_only);
    paired_chances_interval(PairedChances { second_only, first_only, both, all }, level.share())
}

/// What a cell takes from batches of sixteen runs.
struct Taking<'a> {
    cell: &'a mut Cell,
    batches: &'a [&'a Record],
    /// How many lanes of each batch count.
    lanes: &'a [usize],
    /// Where in a record the values stand, and at which position.
    values: fn(&Record) -> &[Lanes],
    index: usize,
}

impl Work for Taking<'_> {
    type Output = ();

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "what is not inlined keeps the baseline instruction set")]
    fn run(self) {
        for (record, lanes) in self.batches.iter().zip(self.lanes) {
            let values = (self.values)(record)[self.index].to_array();
            self.cell.tally.push_lanes(&values[..*lanes]);
            self.cell.sketch.push_lanes(&values[..*lanes]);
        }
    }
}

/// Key of the step, from 1, in which the prime contract failed; missing in runs in which it stands.
const CONTRACT_FAILED_STEP: &str = "contract_failed_step";

/// Outcomes of so many runs are kept as they are, so that small ensembles have exact quantiles.
const EXACT_OUTCOMES: usize = 1024;

/// Likewise of years, of which there are many more numbers in a run.
const EXACT_YEARS: usize = 256;

impl Summary {
    /// No runs yet.
    pub fn new(setup: &Setup) -> Self {
        let measures = outcome_measures(setup);
        let series_measures = series_measures(setup);
        let year_measures = year_measures(setup);
        let (steps, calendar) = (recorded_steps(setup.steps()), Years::of(setup).recorded);
        let outcome = Cell { tally: Tally::default(), sketch: Sketch::exact_up_to(EXACT_OUTCOMES) };
        let point = Cell { tally: Tally::default(), sketch: Sketch::default() };
        let year = Cell { tally: Tally::default(), sketch: Sketch::exact_up_to(EXACT_YEARS) };
        Self {
            outcomes: vec![outcome; measures.len()],
            series: vec![point; steps.len() * series_measures.len()],
            years: vec![year; calendar.len() * year_measures.len()],
            survival: Survival::new(setup.steps() as usize),
            contract: setup.prime().map(|_| Survival::new(setup.steps() as usize)),
            failures: Failures::default(),
            measures,
            series_measures,
            steps,
            year_measures,
            calendar,
        }
    }

    /// Adds batches of sixteen runs, of which each has the number of its first run, and of the last only the first `lanes`
    /// lanes.
    pub(super) fn add(&mut self, batches: &[&Record], firsts: &[u64], lanes: &[usize]) {
        for ((record, first), lanes) in batches.iter().zip(firsts).zip(lanes) {
            let failed = record.failed();
            (0..*lanes).filter(|lane| failed.lane(*lane)).for_each(|lane| self.failures.add(first + lane as u64));
        }
        let instructions = InstructionSet::best();
        let take = |(index, cell): (usize, &mut Cell), values: fn(&Record) -> &[Lanes]| {
            simd::run_on(instructions, Taking { cell, batches, lanes, values, index });
        };
        self.outcomes.iter_mut().enumerate().for_each(|cell| take(cell, |record| &record.outcomes));
        let series = self.series.par_iter_mut().with_min_len(64).enumerate();
        series.for_each(|cell| take(cell, |record| &record.series));
        let years = self.years.par_iter_mut().with_min_len(64).enumerate();
        years.for_each(|cell| take(cell, |record| &record.years));
        let last = |survival: &mut Survival, end: &dyn Fn(&Record) -> Lanes| {
            for (record, lanes) in batches.iter().zip(lanes) {
                for step in end(record).to_array()[..*lanes].iter().filter(|step| **step != FAILED) {
                    survival.push((*step >= 0.0).then_some(*step as usize));
                }
            }
        };
        last(&mut self.survival, &|record| record.collapse);
        if let (Some(contract), Some(position)) = (&mut self.contract, position(&self.measures, CONTRACT_FAILED_STEP)) {
            last(contract, &|record| record.outcomes[position] - 1.0);
        }
    }

    /// Takes in further runs of the same arm.
    pub(super) fn merge(&mut self, other: &Self) {
        let cells = self.outcomes.iter_mut().chain(&mut self.series).chain(&mut self.years);
        for (cell, more) in cells.zip(other.outcomes.iter().chain(&other.series).chain(&other.years)) {
            cell.tally.merge(&more.tally);
            cell.sketch.merge(&more.sketch);
        }
        self.survival.merge(&other.survival);
        self.failures.merge(&other.failures);
        if let (Some(own), Some(more)) = (&mut self.contract, &other.contract) {
            own.merge(more);
        }
    }

    /// Whether the other has the same measures at the same steps, so that the two can be merged.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.measures == other.measures
            && self.series_measures == other.series_measures
            && self.steps == other.steps
            && self.year_measures == other.year_measures
            && self.calendar == other.calendar
            && self.outcomes.len() == other.outcomes.len()
            && self.series.len() == other.series.len()
            && self.years.len() == other.years.len()
            && self.contract.is_some() == other.contract.is_some()
    }

    /// Number of runs that did not fail.
    pub fn runs(&self) -> u64 {
        self.survival.runs()
    }

    /// The outcome measure with that key.
    pub fn outcome(&self, key: &str) -> Option<&Cell> {
        self.position(key).map(|position| &self.outcomes[position])
    }

    /// Position of the outcome measure with that key.
    pub fn position(&self, key: &str) -> Option<usize> {
        position(&self.measures, key)
    }

    /// The series of a measure: one cell a recorded step.
    pub fn series_of(&self, key: &str) -> Option<Vec<&Cell>> {
        let position = self.series_measures.iter().position(|measure| measure.key == key)?;
        Some(self.series.iter().skip(position).step_by(self.series_measures.len()).collect())
    }
}

/// Position of the measure with that key.
fn position(measures: &[Measure], key: &str) -> Option<usize> {
    measures.iter().position(|measure| measure.key == key)
}
