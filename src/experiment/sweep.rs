//! Sweeps: what happens to a measure as numbers of the scenario vary.

use super::cells::{Cells, check_count};
use super::field::{Field, Weights, Work};
use super::target::Outcome;
use super::vary::{Parameter, Values, Vary, parameters};
use super::{LEVEL, Options, Watcher, difference_interval};
use crate::scenario::Scenario;
use crate::scenario::text::{Fault, Faults, Store};
use crate::statistics::design::{
    MOST_SOBOL_DIMENSIONS, MOST_SOBOL_POINTS, full_factorial, latin_hypercube, sobol_sequence,
};
use crate::statistics::{Boundary, Crossing, Interval, boundary, crossings};
use serde::{Deserialize, Serialize};

/// Which combinations of values are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Design {
    /// Every combination of the values given.
    Grid,
    /// A Latin hypercube of so many cells between the ends given.
    Latin(usize),
    /// So many cells of a scrambled Sobol sequence between the ends given.
    Sobol(usize),
}

/// Samples of the cells from which the interval of a fitted crossing is taken.
const RESAMPLES: usize = 400;

/// A sweep after all runs.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// How cells were chosen.
    pub design: Design,
    /// The cells.
    pub cells: Cells,
    /// What was looked at; findings lead with the first.
    pub outcomes: Vec<Outcome>,
    /// What the runs came to. Of a grid there is a contrast for each parameter: cells at its largest value less those at
    /// its smallest.
    pub field: Field,
}

/// A line of cells of a grid along one parameter, the others being fixed.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Position of the parameter that varies.
    pub along: usize,
    /// The cells, in the order of its values.
    pub cells: Vec<usize>,
}

/// A place at which a chance crosses one half.
#[derive(Clone, Debug, PartialEq)]
pub struct Tipping {
    /// The line on which it lies.
    pub line: Line,
    /// Where on it, in the unit of the parameter.
    pub crossing: Crossing,
}

/// The cells of a sweep.
///
/// # Errors
/// Every fault of what is varied; too many cells; cells that are impossible.
pub fn cells(
    scenario: &Scenario,
    store: &(dyn Store + Sync),
    varied: &[Vary],
    design: Design,
    seed: u64,
) -> Result<Cells, Faults> {
    let faults = wrong_forms(varied, design);
    if !faults.is_empty() {
        let known = parameters(scenario, varied).err().map_or_else(Vec::new, |faults| faults.faults);
        return Err(scenario.document().faults(known.into_iter().chain(faults).collect()));
    }
    let parameters = parameters(scenario, varied)?;
    let points = match design {
        Design::Grid => grid(scenario, &parameters)?,
        Design::Latin(count) => between(
            &parameters,
            &latin_hypercube(check_count(scenario, Some(count), "lower --cells")?, parameters.len(), seed),
        ),
        Design::Sobol(count) => {
            let fits = count <= MOST_SOBOL_POINTS && parameters.len() <= MOST_SOBOL_DIMENSIONS;
            let way_out = "a Sobol sequence has at most 65536 cells and 256 parameters";
            check_count(scenario, fits.then_some(count), way_out)?;
            between(&parameters, &sobol_sequence(count, parameters.len(), seed))
        }
    };
    Cells::new(scenario, store, parameters, points)
}

/// Grids need values, the other designs ends.
fn wrong_forms(varied: &[Vary], design: Design) -> Vec<Fault> {
    let problem = |vary: &Vary| match (design, &vary.values) {
        (Design::Grid, Values::Between(from, to)) => {
            Some(format!("a grid needs to know how many values; write {from}..{to}:5 or [{from},{to}]"))
        }
        (Design::Latin(_) | Design::Sobol(_), Values::Each(_)) => {
            Some("this design chooses the values itself; give a range, as 0..1".to_owned())
        }
        _ => None,
    };
    let fault = |vary: &Vary| Some(Fault { place: vary.pointer.clone(), problem: problem(vary)?, position: None });
    varied.iter().filter_map(fault).collect()
}

fn grid(scenario: &Scenario, parameters: &[Parameter]) -> Result<Vec<Vec<f64>>, Faults> {
    let lengths: Vec<usize> = parameters.iter().map(|parameter| parameter.values.len()).collect();
    let count = lengths.iter().try_fold(1_usize, |count, length| count.checked_mul(*length));
    check_count(scenario, count, "take fewer values, or --design latin --cells N")?;
    let point =
        |positions: Vec<usize>| positions.iter().zip(parameters).map(|(at, parameter)| parameter.values[*at]).collect();
    Ok(full_factorial(&lengths).into_iter().map(point).collect())
}

/// Points of the unit cube as values of the parameters.
pub(super) fn between(parameters: &[Parameter], points: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let values =
        |point: &Vec<f64>| parameters.iter().zip(point).map(|(parameter, share)| parameter.at(*share)).collect();
    points.iter().map(values).collect()
}

/// Runs every cell.
pub fn sweep(cells: Cells, design: Design, outcomes: Vec<Outcome>, options: Options, watcher: &dyn Watcher) -> Sweep {
    let field = Work { cells: &cells, outcomes: &outcomes, options }.run(&contrasts(&cells, design), watcher);
    Sweep { design, cells, outcomes, field }
}

/// The comparisons that a sweep makes in every run.
pub(super) fn contrasts(cells: &Cells, design: Design) -> Vec<Weights> {
    if design == Design::Grid { ends(cells) } else { Vec::new() }
}

/// For each parameter the mean of the cells at its largest value less that of the cells at its smallest.
fn ends(cells: &Cells) -> Vec<Weights> {
    let weights = |(number, parameter): (usize, &Parameter)| {
        let (low, high) = parameter.ends();
        let at = |end: f64| cells.points.iter().filter(|point| same(point[number], end)).count() as f64;
        let (lows, highs) = (at(low), at(high));
        let weight = |point: &Vec<f64>| match point[number] {
            value if low < high && same(value, high) => 1.0 / highs,
            value if low < high && same(value, low) => -1.0 / lows,
            _ => 0.0,
        };
        cells.points.iter().map(weight).collect()
    };
    cells.parameters.iter().enumerate().map(weights).collect()
}

/// Whether two values of a grid are the very same.
fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits()
}

impl Sweep {
    /// Mean and interval of an outcome in a cell.
    pub fn estimate(&self, cell: usize, outcome: usize) -> Option<(f64, Option<Interval>)> {
        self.field.estimate(cell, outcome, self.outcomes.get(outcome)?)
    }

    /// How much an outcome differs, run by run, between the largest and the smallest value of a parameter, averaged over the
    /// values of the others. Only of a grid.
    pub fn effect(&self, parameter: usize, outcome: usize) -> Option<(f64, Interval)> {
        let tally = self.field.contrasts.get(parameter)?.get(outcome)?;
        Some((tally.mean()?, difference_interval(tally, self.outcomes.get(outcome)?.measure.sort)?))
    }

    /// Every line of a grid along a parameter, in the order of the cells. None of another design.
    pub fn lines(&self, along: usize) -> Vec<Line> {
        if self.design != Design::Grid {
            return Vec::new();
        }
        let lengths: Vec<usize> = self.cells.parameters.iter().map(|parameter| parameter.values.len()).collect();
        // Cells that follow each other along a parameter are as far apart as there are combinations of the later ones.
        let stride: usize = lengths[along + 1..].iter().product();
        let length = lengths[along];
        let is_first = |cell: &usize| (cell / stride).is_multiple_of(length);
        let line = |first: usize| Line { along, cells: (0..length).map(|step| first + step * stride).collect() };
        (0..self.cells.points.len()).filter(is_first).map(line).collect()
    }

    /// Where a chance crosses one half, on every line along a parameter. None of an outcome that is no chance.
    pub fn tipping(&self, outcome: usize, along: usize) -> Vec<Tipping> {
        if !self.outcomes.get(outcome).is_some_and(|outcome| outcome.is_chance) {
            return Vec::new();
        }
        let x = &self.cells.parameters[along].values;
        let tips = |line: Line| {
            let estimates: Vec<_> = line.cells.iter().map(|cell| self.estimate(*cell, outcome)).collect();
            let shares: Vec<f64> = estimates.iter().map(|found| found.map_or(f64::NAN, |(mean, _)| mean)).collect();
            let intervals: Vec<_> = estimates.iter().map(|found| found.and_then(|(_, interval)| interval)).collect();
            let found = crossings(x, &shares, &intervals).into_iter();
            found.map(|crossing| Tipping { line: line.clone(), crossing }).collect::<Vec<_>>()
        };
        self.lines(along).into_iter().flat_map(tips).collect()
    }

    /// Where a chance crosses one half by a logistic fit over all cells, of a design whose cells lie on no lines. None of a grid,
    /// of an outcome that is no chance, or with too few cells on either side of one half.
    pub fn boundary(&self, outcome: usize) -> Option<Boundary> {
        let is_chance = self.outcomes.get(outcome)?.is_chance;
        if self.design == Design::Grid || !is_chance {
            return None;
        }
        let share = |cell: usize| self.estimate(cell, outcome).map_or(f64::NAN, |(mean, _)| mean);
        let shares: Vec<f64> = (0..self.cells.points.len()).map(share).collect();
        let ranges: Vec<(f64, f64)> = self.cells.parameters.iter().map(Parameter::ends).collect();
        boundary(&ranges, &self.cells.points, &shares, RESAMPLES, LEVEL, self.field.seed)
    }
}
