//! Scenarios at all points that the evidence leaves: every arm at every point, on the same luck.
//!
//! What differs between points is doubt about the numbers; what differs between runs at one point is luck. The two are kept apart: of
//! each point there is a difference between arms, run by run, with the standard error that luck leaves it.

use super::kept::Kept;
use super::sets::{Sets, SetsAt};
use crate::experiment::trial::each_batch;
use crate::experiment::{Options, Watcher};
use crate::model::measure::{Measure, outcome_measures};
use crate::model::rule::RuleName;
use crate::model::setup::Setup;
use crate::scenario::Scenario;
use crate::scenario::text::Faults;
use crate::statistics::Tally;
use rayon::prelude::*;
use std::ops::ControlFlow;

/// What arms came to at every point.
#[derive(Clone, Debug)]
pub struct Over {
    /// What the arms are.
    pub sort: Sort,
    /// Seed of all chance.
    pub seed: u64,
    /// Runs of each arm at each point.
    pub runs: u64,
    /// Whether it was stopped before all points were done.
    pub interrupted: bool,
    /// Outcomes of a run that every arm has.
    pub measures: Vec<Measure>,
    /// Positions in the ensemble of the points that every arm could be run at.
    pub points: Vec<usize>,
    /// Points left out because they are impossible in some arm.
    pub impossible: usize,
    /// Runs that failed; they are left out.
    pub failed: u64,
    /// Of each point, each arm and each measure what came of it. The first arm is what the others are held against.
    pub cells: Vec<Vec<Vec<Cell>>>,
    /// Of rules, what each set of them is worth at every point.
    pub sets: Option<Sets>,
}

/// What is held against what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Designs against the first of them, all at the point.
    Designs,
    /// One scenario at the point against the same as it is written.
    Written,
    /// What each of these rules adds at the point, and behind them all together, against none.
    Rules(Vec<RuleName>),
}

/// A measure of an arm at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Its mean over runs; NaN where no run has it.
    pub level: f64,
    /// Standard error of that mean.
    pub level_error: f64,
    /// Mean of the difference from the first arm, run by run; 0 of the first arm itself.
    pub difference: f64,
    /// Standard error of that mean.
    pub error: f64,
}

/// Points that are done between two looks at the watcher.
const BATCH: usize = 16;

/// Why arms cannot be compared over an ensemble.
#[derive(Debug)]
pub enum OverError {
    /// None of the ensemble's numbers stands in an arm.
    Nowhere(String),
    /// No point is possible in every arm; the faults of the first.
    Impossible(Option<Faults>),
}

/// Runs every arm at every point, `options.runs` times on the same run numbers.
///
/// # Errors
/// The ensemble sets nothing in an arm, or is impossible in it.
pub fn over(kept: &Kept, arms: &[Scenario], options: Options, watcher: &dyn Watcher) -> Result<Over, OverError> {
    let measures = common(&plain(arms)?);
    let at_point = |point: usize| {
        let (mut cells, mut failed) = (Vec::new(), 0);
        let mut first: Option<Values> = None;
        for arm in arms {
            let (own, lost) = values(&kept.setup(arm, point)?, &measures, options);
            failed += lost;
            cells.push(against(&own, first.as_ref().unwrap_or(&own)));
            first.get_or_insert(own);
        }
        Ok(AtPoint { cells, failed, sets: None })
    };
    gathered(kept, arms, Over::begun(Sort::Designs, &measures, options), BATCH, watcher, &at_point)
}

/// Runs a scenario at every point and as it is written, on the same run numbers.
///
/// # Errors
/// As for [`over`].
pub fn over_written(
    kept: &Kept,
    scenario: &Scenario,
    options: Options,
    watcher: &dyn Watcher,
) -> Result<Over, OverError> {
    let arms = std::slice::from_ref(scenario);
    let written = plain(arms)?;
    let measures = common(&written);
    let read = |setup: &Setup| values(setup, &measures, options);
    let (first, _) = written.first().map(read).unwrap_or_default();
    let at_point = |point: usize| {
        let (own, failed) = read(&kept.setup(scenario, point)?);
        Ok(AtPoint { cells: vec![against(&first, &first), against(&own, &first)], failed, sets: None })
    };
    gathered(kept, arms, Over::begun(Sort::Written, &measures, options), BATCH, watcher, &at_point)
}

/// What came of all arms at a point.
pub(super) struct AtPoint {
    /// Of each arm and measure.
    pub(super) cells: Vec<Vec<Cell>>,
    /// How many runs failed.
    pub(super) failed: u64,
    /// Of rules, what their sets are worth.
    pub(super) sets: Option<SetsAt>,
}

/// Does point after point, so many at once between two looks at the watcher.
pub(super) fn gathered(
    kept: &Kept,
    arms: &[Scenario],
    mut over: Over,
    at_once: usize,
    watcher: &dyn Watcher,
    at_point: &(dyn Fn(usize) -> Result<AtPoint, Faults> + Sync),
) -> Result<Over, OverError> {
    if let Some(arm) = arms.iter().find(|arm| kept.places(arm) == 0) {
        return Err(OverError::Nowhere(arm.name.clone()));
    }
    let mut faults = None;
    let all: Vec<usize> = (0..kept.points.len()).collect();
    for batch in all.chunks(at_once) {
        if watcher.stop() {
            over.interrupted = true;
            break;
        }
        let done: Vec<Result<AtPoint, Faults>> = batch.par_iter().map(|point| at_point(*point)).collect();
        for (point, done) in batch.iter().zip(done) {
            match done {
                Ok(AtPoint { cells, failed, sets }) => {
                    over.points.push(*point);
                    over.cells.push(cells);
                    over.failed += failed;
                    if let Some((all, own)) = over.sets.as_mut().zip(sets) {
                        all.points.push(own);
                    }
                }
                Err(found) => {
                    over.impossible += 1;
                    faults.get_or_insert(found);
                }
            }
        }
        watcher.done((over.points.len() + over.impossible) as u64);
    }
    if over.points.is_empty() && !over.interrupted { Err(OverError::Impossible(faults)) } else { Ok(over) }
}

/// The arms as they are written, without a planner to be held against: each point would need one of its own.
fn plain(arms: &[Scenario]) -> Result<Vec<Setup>, OverError> {
    let plain = |arm: &Scenario| match arm.setup.benchmark() {
        None => Ok(arm.setup.clone()),
        Some(_) => arm.set_all([]).map(|plain| plain.setup).map_err(|faults| OverError::Impossible(Some(faults))),
    };
    arms.iter().map(plain).collect()
}

/// Outcomes that every arm has, in the order of the first.
fn common(arms: &[Setup]) -> Vec<Measure> {
    let Some((first, others)) = arms.split_first() else { return Vec::new() };
    let others: Vec<Vec<Measure>> = others.iter().map(outcome_measures).collect();
    let is_everywhere = |measure: &Measure| others.iter().all(|list| list.iter().any(|other| other.key == measure.key));
    outcome_measures(first).into_iter().filter(is_everywhere).collect()
}

/// Of each measure the value of every run.
type Values = Vec<Vec<f64>>;

/// The values of measures in the runs of a setup, and how many runs failed.
fn values(setup: &Setup, measures: &[Measure], options: Options) -> (Values, u64) {
    let own = outcome_measures(setup);
    let positions: Vec<Option<usize>> =
        measures.iter().map(|measure| own.iter().position(|other| other.key == measure.key)).collect();
    let mut values = vec![Vec::with_capacity(options.runs as usize); positions.len()];
    // Nothing breaks off.
    let _ = each_batch(setup, options.seed, 0..options.runs, options.instructions, |record, lanes| {
        for (values, position) in values.iter_mut().zip(&positions) {
            match position {
                Some(position) => values.extend_from_slice(&record.outcomes[*position].to_array()[..lanes]),
                None => values.resize(values.len() + lanes, f64::NAN),
            }
        }
        ControlFlow::Continue(())
    });
    let failed = values.first().map_or(0, |runs| runs.iter().filter(|value| value.is_infinite()).count() as u64);
    (values, failed)
}

/// The cells of an arm whose runs are held against those of the first.
fn against(own: &Values, first: &Values) -> Vec<Cell> {
    own.iter().zip(first).map(|(own, first)| cell(own, first)).collect()
}

fn cell(own: &[f64], first: &[f64]) -> Cell {
    let (mut levels, mut differences) = (Tally::default(), Tally::default());
    levels.push_lanes(own);
    own.iter().zip(first).for_each(|(own, first)| differences.push(own - first));
    Cell::of(&levels, &differences)
}

impl Cell {
    /// Of the levels of all runs, and the differences.
    pub(super) fn of(levels: &Tally, differences: &Tally) -> Self {
        let known = |number: Option<f64>| number.unwrap_or(f64::NAN);
        Self {
            level: known(levels.mean()),
            level_error: known(levels.standard_error()),
            difference: known(differences.mean()),
            error: known(differences.standard_error()),
        }
    }
}

impl Over {
    /// Nothing is done yet.
    pub(super) fn begun(sort: Sort, measures: &[Measure], options: Options) -> Self {
        Self {
            sort,
            seed: options.seed,
            runs: options.runs,
            interrupted: false,
            measures: measures.to_vec(),
            points: Vec::new(),
            impossible: 0,
            failed: 0,
            cells: Vec::new(),
            sets: None,
        }
    }

    /// The position of a measure.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.measures.iter().position(|measure| measure.key == key)
    }

    /// The difference of a measure between an arm and the first at every point, with its standard error.
    pub fn differences(&self, arm: usize, measure: usize) -> Vec<(f64, f64)> {
        self.cells_of(arm, measure).map(|cell| (cell.difference, cell.error)).collect()
    }

    /// The level of a measure of an arm at every point, with its standard error.
    pub fn levels(&self, arm: usize, measure: usize) -> Vec<(f64, f64)> {
        self.cells_of(arm, measure).map(|cell| (cell.level, cell.level_error)).collect()
    }

    fn cells_of(&self, arm: usize, measure: usize) -> impl Iterator<Item = Cell> {
        self.cells.iter().map(move |cells| cells[arm][measure])
    }
}
