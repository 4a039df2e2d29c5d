//! Observations: what was seen once, and how it is read off the runs.

use super::file::{Data, File, Purpose, Statistic, Steps, Stretch};
use super::problem::pointer;
use crate::experiment::Level;
use crate::experiment::target::{Outcome, Target};
use crate::model::lanes::LANES;
use crate::model::measure::{Measure, recorded_steps, series_measures};
use crate::model::record::Record;
use crate::model::setup::Setup;
use crate::scenario::Scenario;
use crate::scenario::text::{Document, Fault, did_you_mean};
use crate::statistics::{normal_quantile, quantile, wilson_interval};
use std::slice;

/// One number that was observed.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Name of the data that it belongs to.
    pub data: String,
    /// Position of its scenario.
    pub case: usize,
    /// The step, counted from 1, where there is a list of them.
    pub step: Option<u32>,
    /// Unit of what follows.
    pub unit: String,
    /// What was observed.
    pub observed: f64,
    /// Its standard error.
    pub error: f64,
    /// Whether parameters are fitted to it.
    pub purpose: Purpose,
    reading: Reading,
    statistic: Statistic,
    times: f64,
    plus: f64,
}

/// What is read off a run.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::experiment) enum Reading {
    /// An outcome of the whole run.
    Outcome(Box<Outcome>),
    /// The mean of these entries of the series.
    Series(Vec<usize>),
}

impl Observation {
    /// Its name: that of its data, with the step where there are several.
    pub fn label(&self) -> String {
        self.step.map_or_else(|| self.data.clone(), |step| format!("{} {step}", self.data))
    }

    /// What is read off sixteen runs.
    pub(super) fn read(&self, record: &Record) -> [f64; LANES] {
        self.reading.of(record)
    }

    /// Whether each run says yes or no.
    fn is_chance(&self) -> bool {
        matches!(&self.reading, Reading::Outcome(outcome) if outcome.is_chance)
    }

    /// What the runs foretell, in the unit of the data, and its standard error where it is a mean. Runs without a value
    /// do not count; NaN if none has one.
    pub(super) fn foretell(&self, mut values: Vec<f64>) -> (f64, f64) {
        values.retain(|value| value.is_finite());
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        let deviation = if values.len() < 2 { 0.0 } else { (squares / (count - 1.0)).sqrt() };
        let (value, error) = match self.statistic {
            Statistic::Mean if self.is_chance() => (mean, chance_error(mean, values.len() as u64)),
            Statistic::Mean => (mean, deviation / count.sqrt()),
            Statistic::StandardDeviation => (deviation, f64::NAN),
            Statistic::Quantile(probability) => {
                values.sort_by(f64::total_cmp);
                (quantile(&values, probability), f64::NAN)
            }
        };
        (value * self.times + self.plus, error * self.times.abs())
    }
}

impl Reading {
    /// Where an outcome of the run stands, or a series from one step to another.
    ///
    /// # Errors
    /// There is no such measure or step, in words.
    pub(in crate::experiment) fn find(measure: &str, stretch: Option<Stretch>, setup: &Setup) -> Result<Self, String> {
        let target: Target = measure.parse()?;
        let Some(stretch) = stretch else {
            let found = Outcome::find(slice::from_ref(&target), slice::from_ref(setup));
            let outcome = found.map_err(|found| found.join("; "))?.into_iter().next();
            return outcome
                .map(|outcome| Self::Outcome(Box::new(outcome)))
                .ok_or_else(|| "nothing is measured".to_owned());
        };
        let series = Series::of(setup);
        let (position, rows) = (series.position(&target)?, series.rows(stretch)?);
        Ok(Self::Series(rows.into_iter().map(|row| row * series.measures.len() + position).collect()))
    }

    /// What is read off sixteen runs.
    pub(in crate::experiment) fn of(&self, record: &Record) -> [f64; LANES] {
        match self {
            Self::Outcome(outcome) => outcome.of(0, record),
            Self::Series(entries) => {
                let mut sums = [0.0; LANES];
                for entry in entries {
                    let values = record.series[*entry].to_array();
                    sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
                }
                sums.map(|sum| sum / entries.len() as f64)
            }
        }
    }
}

/// Standard error of a chance: half of its Wilson interval in standard normal units, which is never nought, although all runs
/// that were done may be alike.
fn chance_error(share: f64, runs: u64) -> f64 {
    let some = (share * runs as f64).round() as u64;
    let width = wilson_interval(some, runs, Level::USUAL.share()).map_or(f64::NAN, |interval| interval.width());
    width / (2.0 * normal_quantile(0.5 + Level::USUAL.share() / 2.0))
}

/// The observations of a file; or the faults of its data.
pub(super) fn all(
    document: &Document,
    file: &File,
    cases: &[(String, Scenario)],
) -> Result<Vec<Observation>, Vec<Fault>> {
    let (mut all, mut faults) = (Vec::new(), Vec::new());
    for (name, data) in &file.data {
        match observations(name, data, cases) {
            Ok(observations) => all.extend(observations),
            Err(found) => faults.extend(
                found.into_iter().map(|(field, problem)| document.fault(&pointer(&["data", name, field]), problem)),
            ),
        }
    }
    if faults.is_empty() { Ok(all) } else { Err(faults) }
}

/// A field and what is wrong with it.
type Wrong = (&'static str, String);

fn observations(name: &str, data: &Data, cases: &[(String, Scenario)]) -> Result<Vec<Observation>, Vec<Wrong>> {
    let Some(case) = cases.iter().position(|(case, _)| *case == data.scenario) else {
        let near = did_you_mean(&data.scenario, cases.iter().map(|(case, _)| case.as_str()));
        return Err(vec![("scenario", format!("there is no scenario `{}` in this file{near}", data.scenario))]);
    };
    let readings = readings(data, &cases[case].1.setup);
    let numbers = numbers(data);
    let (readings, numbers) = match (readings, numbers) {
        (Ok(readings), Ok(numbers)) => (readings, numbers),
        (readings, numbers) => return Err(readings.err().into_iter().chain(numbers.err()).flatten().collect()),
    };
    let observation = |((step, reading), (observed, error)): ((Option<u32>, Reading), (f64, f64))| Observation {
        data: name.to_owned(),
        case,
        step,
        unit: data.unit.clone(),
        observed,
        error,
        purpose: data.purpose,
        reading,
        statistic: data.statistic,
        times: data.times,
        plus: data.plus,
    };
    Ok(readings.into_iter().zip(numbers).map(observation).collect())
}

/// What was observed with its errors, one for each step of a list.
fn numbers(data: &Data) -> Result<Vec<(f64, f64)>, Vec<Wrong>> {
    let count = if let Some(Steps::Each(steps)) = &data.steps { steps.len() } else { 1 };
    let observed = data.observed.list(count).map_err(|found| ("observed", found));
    let errors = data.error.list(count).map_err(|found| ("error", found));
    match (observed, errors) {
        (Ok(observed), Ok(errors)) => Ok(observed.into_iter().zip(errors).collect()),
        (observed, errors) => Err(observed.err().into_iter().chain(errors.err()).collect()),
    }
}

/// Where in a record each number of the data is read, with its step where there are several.
fn readings(data: &Data, setup: &Setup) -> Result<Vec<(Option<u32>, Reading)>, Vec<Wrong>> {
    let target: Target = data.measure.parse().map_err(|problem| vec![("measure", problem)])?;
    let Some(steps) = &data.steps else {
        let found = Outcome::find(slice::from_ref(&target), slice::from_ref(setup));
        let outcomes = found.map_err(|found| vec![("measure", found.join("; "))])?;
        return Ok(outcomes.into_iter().map(|outcome| (None, Reading::Outcome(Box::new(outcome)))).collect());
    };
    let series = Series::of(setup);
    let position = series.position(&target).map_err(|problem| vec![("measure", problem)]);
    let stretches: Vec<(Option<u32>, Stretch)> = match steps {
        Steps::One(step) => vec![(None, Stretch { from: *step, to: *step })],
        Steps::Each(steps) => steps.iter().map(|step| (Some(*step), Stretch { from: *step, to: *step })).collect(),
        Steps::Over(stretch) => vec![(None, *stretch)],
    };
    let rows = stretches.into_iter().map(|(step, stretch)| series.rows(stretch).map(|rows| (step, rows)));
    let rows: Result<Vec<_>, String> = rows.collect();
    match (position, rows.map_err(|problem| vec![("steps", problem)])) {
        (Ok(position), Ok(rows)) => {
            let entry = |row: usize| row * series.measures.len() + position;
            let reading = |rows: Vec<usize>| Reading::Series(rows.into_iter().map(entry).collect());
            Ok(rows.into_iter().map(|(step, rows)| (step, reading(rows))).collect())
        }
        (position, rows) => Err(position.err().into_iter().chain(rows.err()).flatten().collect()),
    }
}

/// What is recorded at the end of steps.
struct Series {
    measures: Vec<Measure>,
    /// Numbers of the steps, counted from 0.
    steps: Vec<u32>,
    all: u32,
}

impl Series {
    fn of(setup: &Setup) -> Self {
        Self { measures: series_measures(setup), steps: recorded_steps(setup.steps()), all: setup.steps() }
    }

    fn position(&self, target: &Target) -> Result<usize, String> {
        if target.limit.is_some() {
            return Err("a limit belongs to an outcome of the whole run; take away `steps` or the limit".to_owned());
        }
        let position = self.measures.iter().position(|measure| measure.key == target.measure);
        position.ok_or_else(|| {
            let keys: Vec<&str> = self.measures.iter().map(|measure| measure.key.as_str()).collect();
            let near = did_you_mean(&target.measure, keys.iter().copied());
            let key = &target.measure;
            if near.is_empty() {
                format!("there is no measure `{key}` in the series of steps; there are {}", keys.join(", "))
            } else {
                format!("there is no measure `{key}`{near}")
            }
        })
    }

    /// Rows of the series that were recorded from one step to another.
    fn rows(&self, Stretch { from, to }: Stretch) -> Result<Vec<usize>, String> {
        if from > to {
            return Err(format!("they run from {from} to {to}; the first must be the smaller"));
        }
        if to > self.all {
            return Err(format!("step {to} is after the end; the scenario has {} steps", self.all));
        }
        let inside = |(_, step): &(usize, &u32)| (from..=to).contains(&(**step + 1));
        let rows: Vec<usize> = self.steps.iter().enumerate().filter(inside).map(|(row, _)| row).collect();
        if rows.is_empty() {
            let stride = self.steps.get(1).zip(self.steps.first()).map_or(1, |(second, first)| second - first);
            return Err(format!(
                "step {from} is not recorded; of so long a run every {stride}th step is, and the last"
            ));
        }
        Ok(rows)
    }
}
