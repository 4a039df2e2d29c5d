//! Arms compared over all points that the evidence leaves: every arm at every point, on the same luck.
//!
//! What differs between points is doubt about the numbers; what differs between runs at one point is luck. The two are kept apart: of
//! each point there is a difference between arms, run by run, with the standard error that luck leaves it.

use super::kept::Kept;
use crate::experiment::{Options, Watcher};
use crate::model::lanes::LANES;
use crate::model::measure::{Measure, outcome_measures};
use crate::model::run::Workspace;
use crate::model::setup::Setup;
use crate::scenario::Scenario;
use crate::scenario::text::Faults;
use rayon::prelude::*;

/// What arms came to at every point.
#[derive(Clone, Debug)]
pub struct Over {
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
    /// Of each point, each arm and each measure what came of it.
    pub cells: Vec<Vec<Vec<Cell>>>,
}

/// A measure of an arm at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Its mean over runs; NaN where no run has it.
    pub level: f64,
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
    if let Some(arm) = arms.iter().find(|arm| kept.places(arm) == 0) {
        return Err(OverError::Nowhere(arm.name.clone()));
    }
    let measures = common(arms);
    let positions: Vec<Vec<usize>> = arms.iter().map(|arm| positions(&measures, &arm.setup)).collect();
    let mut over = Over {
        seed: options.seed,
        runs: options.runs,
        interrupted: false,
        measures,
        points: Vec::new(),
        impossible: 0,
        failed: 0,
        cells: Vec::new(),
    };
    let mut faults = None;
    let all: Vec<usize> = (0..kept.points.len()).collect();
    for batch in all.chunks(BATCH) {
        if watcher.stop() {
            over.interrupted = true;
            break;
        }
        let done: Vec<Result<AtPoint, Faults>> =
            batch.par_iter().map(|point| at_point(kept, arms, &positions, *point, options)).collect();
        for (point, done) in batch.iter().zip(done) {
            match done {
                Ok((cells, failed)) => {
                    over.points.push(*point);
                    over.cells.push(cells);
                    over.failed += failed;
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

/// Outcomes that every arm has, in the order of the first. What is held against a planner is left out: each point would need one.
fn common(arms: &[Scenario]) -> Vec<Measure> {
    let Some((first, others)) = arms.split_first() else { return Vec::new() };
    let others: Vec<Vec<Measure>> = others.iter().map(|arm| outcome_measures(&arm.setup)).collect();
    let is_everywhere = |measure: &Measure| others.iter().all(|list| list.iter().any(|other| other.key == measure.key));
    outcome_measures(&first.setup).into_iter().filter(is_everywhere).collect()
}

/// Where measures stand among the outcomes of an arm.
fn positions(measures: &[Measure], setup: &Setup) -> Vec<usize> {
    let own = outcome_measures(setup);
    measures.iter().filter_map(|measure| own.iter().position(|other| other.key == measure.key)).collect()
}

/// Cells of each arm, and how many runs failed.
type AtPoint = (Vec<Vec<Cell>>, u64);

/// All arms at one point.
fn at_point(
    kept: &Kept,
    arms: &[Scenario],
    positions: &[Vec<usize>],
    point: usize,
    options: Options,
) -> Result<AtPoint, Faults> {
    let (mut cells, mut failed) = (Vec::new(), 0);
    let mut first: Vec<Vec<f64>> = Vec::new();
    for (arm, positions) in arms.iter().zip(positions) {
        let setup = kept.setup(arm, point)?;
        let values = values(&setup, positions, options);
        failed += values.first().map_or(0, |runs| runs.iter().filter(|value| value.is_infinite()).count() as u64);
        if first.is_empty() {
            first.clone_from(&values);
        }
        cells.push(values.iter().zip(&first).map(|(own, first)| cell(own, first)).collect());
    }
    Ok((cells, failed))
}

/// Of each measure the value of every run.
fn values(setup: &Setup, positions: &[usize], options: Options) -> Vec<Vec<f64>> {
    let mut workspace = Workspace::new(setup, options.seed);
    let mut values = vec![Vec::with_capacity(options.runs as usize); positions.len()];
    for start in (0..options.runs).step_by(LANES) {
        let record = workspace.run(setup, std::array::from_fn(|lane| start + lane as u64), options.instructions);
        let lanes = (options.runs - start).min(LANES as u64) as usize;
        for (values, position) in values.iter_mut().zip(positions) {
            values.extend_from_slice(&record.outcomes[*position].to_array()[..lanes]);
        }
    }
    values
}

fn cell(own: &[f64], first: &[f64]) -> Cell {
    let levels: Vec<f64> = own.iter().copied().filter(|value| value.is_finite()).collect();
    let differences = own.iter().zip(first).map(|(own, first)| own - first);
    let differences: Vec<f64> = differences.filter(|difference| difference.is_finite()).collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let difference = mean(&differences);
    let squares: f64 = differences.iter().map(|value| (value - difference) * (value - difference)).sum();
    let count = differences.len() as f64;
    let error = if differences.len() < 2 { f64::NAN } else { (squares / (count - 1.0) / count).sqrt() };
    Cell { level: mean(&levels), difference, error }
}

impl Over {
    /// The position of a measure.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.measures.iter().position(|measure| measure.key == key)
    }

    /// The difference of a measure between an arm and the first at every point, with its standard error.
    pub fn differences(&self, arm: usize, measure: usize) -> Vec<(f64, f64)> {
        let of = |cells: &Vec<Vec<Cell>>| {
            let cell = cells[arm][measure];
            (cell.difference, cell.error)
        };
        self.cells.iter().map(of).collect()
    }
}
