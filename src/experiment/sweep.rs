//! Sweeps: what happens to a measure as numbers, words and parts of the scenario vary.

mod comparison;

use comparison::weights;
pub use comparison::{Comparison, comparisons};

use super::cells::{Cells, Grounds, check_count};
use super::field::{Field, Weights, Work};
use super::target::Outcome;
use super::vary::{Condition, Parameter, Values, Vary, checked};
use super::{Options, Watcher, difference_interval};
use crate::scenario::Scenario;
use crate::scenario::text::{Fault, Faults, Store};
use crate::statistics::design::{
    MOST_SOBOL_DIMENSIONS, MOST_SOBOL_POINTS, full_factorial, latin_hypercube, sobol_sequence,
};
use crate::statistics::{Boundary, Crossing, Interval, boundary, crossings};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

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
    /// The first value of each, the second of each, and so on: cells that somebody else chose.
    Listed,
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
    /// What the runs came to. Of a grid there is a contrast for each of its comparisons ([`comparisons`]).
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
    (varied, conditions): (&[Vary], &[Condition]),
    design: Design,
    seed: u64,
) -> Result<Cells, Faults> {
    let parameters = checked(scenario, varied, conditions, wrong_forms(varied, design))?;
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
        Design::Listed => listed(scenario, &parameters, varied)?,
    };
    let grounds = Grounds::new(scenario, store, (parameters, conditions), &points)?;
    Cells::new(scenario, store, grounds, points)
}

/// The cells of a list, in its order.
fn listed(scenario: &Scenario, parameters: &[Parameter], varied: &[Vary]) -> Result<Vec<Vec<f64>>, Faults> {
    let columns: Vec<Vec<f64>> = varied
        .iter()
        .zip(parameters)
        .map(|(vary, parameter)| match &vary.values {
            Values::Each(numbers) => numbers.clone(),
            Values::Levels(levels) => levels.iter().filter_map(|level| parameter.position(&level.name)).collect(),
            Values::Between(..) => Vec::new(),
        })
        .collect();
    let count = columns.iter().map(Vec::len).min().unwrap_or(0);
    check_count(scenario, Some(count), "take fewer rows")?;
    Ok((0..count).map(|row| columns.iter().map(|column| column[row]).collect()).collect())
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
        (Design::Listed, Values::Between(..)) => Some("a list of cells has a value in each row".to_owned()),
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
    if design != Design::Grid {
        return Vec::new();
    }
    comparisons(&cells.parameters).into_iter().map(|comparison| weights(cells, comparison).0).collect()
}

impl Sweep {
    /// Mean and interval of an outcome in a cell.
    pub fn estimate(&self, cell: usize, outcome: usize) -> Option<(f64, Option<Interval>)> {
        self.field.estimate(cell, outcome, self.outcomes.get(outcome)?)
    }

    /// What a grid compares; nothing of another design.
    pub fn comparisons(&self) -> Vec<Comparison> {
        if self.design == Design::Grid { comparisons(&self.cells.parameters) } else { Vec::new() }
    }

    /// How much an outcome differs, run by run, between two values of a parameter, averaged over the values of the others: by the
    /// position of the comparison. Only of a grid, and where some combination of the others has both.
    pub fn effect(&self, comparison: usize, outcome: usize) -> Option<(f64, Interval)> {
        let tally = self.field.contrasts.get(comparison)?.get(outcome)?;
        let compared = *self.comparisons().get(comparison)?;
        if self.cells.left_out > 0 && weights(&self.cells, compared).1 == 0 {
            return None;
        }
        Some((tally.mean()?, difference_interval(tally, self.outcomes.get(outcome)?.measure.sort, self.field.level)?))
    }

    /// Every line of a grid along a number, in the order of the cells. None of another design, nor along levels, which have no order.
    pub fn lines(&self, along: usize) -> Vec<Line> {
        if self.design != Design::Grid || self.cells.parameters[along].is_levels() {
            return Vec::new();
        }
        let mut lines: Vec<Line> = Vec::new();
        let mut known: HashMap<Vec<u64>, usize> = HashMap::new();
        for (cell, point) in self.cells.points.iter().enumerate() {
            let others = point.iter().enumerate().filter(|(number, _)| *number != along);
            let key = others.map(|(_, value)| value.to_bits()).collect();
            let line = *known.entry(key).or_insert_with(|| {
                lines.push(Line { along, cells: Vec::new() });
                lines.len() - 1
            });
            lines[line].cells.push(cell);
        }
        lines
    }

    /// Whether some line leads along a number, on which a chance could cross one half.
    pub fn has_lines(&self) -> bool {
        (0..self.cells.parameters.len()).any(|along| !self.lines(along).is_empty())
    }

    /// Where a chance crosses one half, on every line along a number. None of an outcome that is no chance.
    pub fn tipping(&self, outcome: usize, along: usize) -> Vec<Tipping> {
        if !self.outcomes.get(outcome).is_some_and(|outcome| outcome.is_chance) {
            return Vec::new();
        }
        let parameter = &self.cells.parameters[along];
        let tips = |line: Line| {
            let place = |cell: &usize| parameter.coordinate(self.cells.points[*cell][along]);
            let x: Vec<f64> = line.cells.iter().map(place).collect();
            let estimates: Vec<_> = line.cells.iter().map(|cell| self.estimate(*cell, outcome)).collect();
            let shares: Vec<f64> = estimates.iter().map(|found| found.map_or(f64::NAN, |(mean, _)| mean)).collect();
            let intervals: Vec<_> = estimates.iter().map(|found| found.and_then(|(_, interval)| interval)).collect();
            let found = crossings(&x, &shares, &intervals).into_iter();
            let value =
                |place: Interval| Interval { low: parameter.value_at(place.low), high: parameter.value_at(place.high) };
            found
                .map(|crossing| Crossing {
                    at: parameter.value_at(crossing.at),
                    interval: value(crossing.interval),
                    cells: value(crossing.cells),
                    ..crossing
                })
                .map(|crossing| Tipping { line: line.clone(), crossing })
                .collect::<Vec<_>>()
        };
        self.lines(along).into_iter().flat_map(tips).collect()
    }

    /// Whether what varies is numbers alone, of which a logistic fit can be made.
    pub fn is_numbers(&self) -> bool {
        !self.cells.parameters.iter().any(Parameter::is_levels)
    }

    /// Where a chance crosses one half by a logistic fit over all cells, of a design whose cells lie on no lines. None of a grid,
    /// of an outcome that is no chance, or with too few cells on either side of one half.
    pub fn boundary(&self, outcome: usize) -> Option<Boundary> {
        let is_chance = self.outcomes.get(outcome)?.is_chance;
        if self.design == Design::Grid || !is_chance || !self.is_numbers() {
            return None;
        }
        let share = |cell: usize| self.estimate(cell, outcome).map_or(f64::NAN, |(mean, _)| mean);
        let shares: Vec<f64> = (0..self.cells.points.len()).map(share).collect();
        let parameters = &self.cells.parameters;
        let place = |(parameter, value): (&Parameter, &f64)| parameter.coordinate(*value);
        let ranges = |parameter: &Parameter| {
            let (low, high) = parameter.ends();
            (parameter.coordinate(low), parameter.coordinate(high))
        };
        let ranges: Vec<(f64, f64)> = parameters.iter().map(ranges).collect();
        let points: Vec<Vec<f64>> =
            self.cells.points.iter().map(|point| parameters.iter().zip(point).map(place).collect()).collect();
        let mut found = boundary(&ranges, &points, &shares, RESAMPLES, self.field.level.share(), self.field.seed)?;
        for (parameter, crossing) in parameters.iter().zip(&mut found.crossings) {
            if let Some(crossing) = crossing {
                let Interval { low, high } = crossing.interval;
                crossing.at = parameter.value_at(crossing.at);
                crossing.interval = Interval { low: parameter.value_at(low), high: parameter.value_at(high) };
            }
        }
        Some(found)
    }
}
