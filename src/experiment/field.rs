//! Many cells on the same luck: numbered pieces of work, and what they come to.
//!
//! The work is cut into items, a block of sixteen runs of one cell each, in the order of the blocks: first the runs 0 to 15 of
//! every cell, then 16 to 31 of every cell. After each round of blocks all cells have had the same runs, so an experiment that
//! is stopped is balanced, and rules for stopping look only then. What an item comes to hangs on its number alone
//! ([`Work::perform`]), and items are added up in their order.

use super::Level;
use super::cells::Cells;
use super::ensemble::{Options, Watcher, looks};
use super::failures::{FailedRuns, Failures};
use super::summary::{Cell, mean_interval};
use super::target::Outcome;
use crate::model::failure::FAILED;
use crate::model::lanes::LANES;
use crate::model::run;
use crate::statistics::{Interval, Sketch, Tally};
use rayon::prelude::*;

/// What there is to do.
#[derive(Clone, Copy, Debug)]
pub struct Work<'a> {
    /// The cells.
    pub cells: &'a Cells,
    /// What is looked at.
    pub outcomes: &'a [Outcome],
    /// Runs of each cell, and their chance.
    pub options: Options,
}

/// A piece of work: sixteen runs of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Position of the cell.
    pub cell: usize,
    /// Which sixteen runs: 0 for the first.
    pub block: u64,
}

/// What an item comes to: for each outcome its value in each of sixteen runs.
pub type Part = Vec<[f64; LANES]>;

/// A comparison between cells that is made in every run: a weight for each cell.
pub type Weights = Vec<f64>;

/// What all runs of all cells come to, in memory that does not grow with the number of runs.
#[derive(Clone, Debug)]
pub struct Field {
    /// Seed of all chance.
    pub seed: u64,
    /// The level of all intervals.
    pub level: Level,
    /// Runs of each cell.
    pub runs: u64,
    /// Whether it was stopped before it was done.
    pub interrupted: bool,
    /// One a cell, and in it one an outcome.
    pub cells: Vec<Vec<Cell>>,
    /// The mean over all cells, run by run: one an outcome.
    pub mean_of_cells: Vec<Tally>,
    /// The comparisons asked for, run by run: one a comparison, and in it one an outcome.
    pub contrasts: Vec<Vec<Tally>>,
    /// Runs that failed, one a cell. They are in nothing else.
    pub failures: Vec<Failures>,
}

/// Values of so many runs are kept as they are, so that quantiles of few runs are exact.
const EXACT: usize = 128;

impl<'a> Work<'a> {
    /// Performs one item. It depends on the cells, the seed and the number of the item, and on nothing else.
    pub fn perform(&self, item: Item) -> Part {
        let first = item.block * LANES as u64;
        let runs = std::array::from_fn(|lane| first + lane as u64);
        let record = run::run(&self.cells.setups[item.cell], self.options.seed, runs, self.options.instructions);
        self.outcomes.iter().map(|outcome| outcome.of(item.cell, &record)).collect()
    }

    /// Performs all items, round after round, until enough runs are done or somebody says stop. A round that is not done is
    /// left out.
    pub fn run(&self, contrasts: &[Weights], watcher: &dyn Watcher) -> Field {
        let mut field = self.empty(contrasts.len());
        let looks = looks(self.options);
        while field.runs < self.options.runs {
            let Some(parts) = self.round(field.runs / LANES as u64, watcher) else {
                field.interrupted = true;
                break;
            };
            field.add(&parts, self.options.runs, contrasts);
            let is_precise = |width| field.is_precise(self.outcomes, width);
            if looks.contains(&field.runs) && self.options.precision.is_some_and(is_precise) {
                break;
            }
        }
        field
    }

    /// Ready to take in the parts of items from the first on. They come to the same as in [`Work::run`].
    pub fn gather(self, contrasts: &'a [Weights]) -> Gathering<'a> {
        Gathering { field: self.empty(contrasts.len()), work: self, contrasts, round: Vec::new() }
    }

    /// One block of every cell; nothing if it is time to stop.
    fn round(&self, block: u64, watcher: &dyn Watcher) -> Option<Vec<Part>> {
        let cells = self.cells.setups.len();
        let done = std::sync::atomic::AtomicU64::new(block * cells as u64);
        (0..cells)
            .into_par_iter()
            .map(|cell| {
                let part = (!watcher.stop()).then(|| self.perform(Item { cell, block }));
                watcher.done(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1);
                part
            })
            .collect()
    }

    /// Number of items.
    pub fn items(&self) -> u64 {
        self.options.runs.div_ceil(LANES as u64) * self.cells.setups.len() as u64
    }

    fn empty(&self, contrasts: usize) -> Field {
        let cell = |outcome: &Outcome| Cell {
            tally: Tally::default(),
            sketch: if outcome.is_chance { Sketch::default() } else { Sketch::exact_up_to(EXACT) },
        };
        let tallies = vec![Tally::default(); self.outcomes.len()];
        Field {
            seed: self.options.seed,
            level: self.options.level,
            runs: 0,
            interrupted: false,
            cells: vec![self.outcomes.iter().map(cell).collect(); self.cells.setups.len()],
            contrasts: vec![tallies.clone(); contrasts],
            mean_of_cells: tallies,
            failures: vec![Failures::default(); self.cells.setups.len()],
        }
    }
}

/// Parts of items that come in one after the other, of which a round is kept at a time.
#[derive(Debug)]
pub struct Gathering<'a> {
    work: Work<'a>,
    contrasts: &'a [Weights],
    field: Field,
    round: Vec<Part>,
}

impl Gathering<'_> {
    /// Takes in the part of the next item.
    pub fn take(&mut self, part: Part) {
        self.round.push(part);
        if self.round.len() == self.work.cells.setups.len() && self.field.runs < self.work.options.runs {
            self.field.add(&self.round, self.work.options.runs, self.contrasts);
            self.round.clear();
        }
    }

    /// What all whole rounds come to.
    pub fn end(self) -> Field {
        self.field
    }
}

impl Field {
    /// Adds a round, of whose runs so many count as are missing to `most`.
    fn add(&mut self, parts: &[Part], most: u64, contrasts: &[Weights]) {
        let lanes = (most - self.runs).min(LANES as u64) as usize;
        for (failures, part) in self.failures.iter_mut().zip(parts) {
            let has_failed = |lane: &usize| part.first().is_some_and(|values| values[*lane] == FAILED);
            (0..lanes).filter(has_failed).for_each(|lane| failures.add(self.runs + lane as u64));
        }
        for (cell, part) in self.cells.iter_mut().zip(parts) {
            for (cell, values) in cell.iter_mut().zip(part) {
                cell.tally.push_lanes(&values[..lanes]);
                cell.sketch.push_lanes(&values[..lanes]);
            }
        }
        let even = vec![1.0 / parts.len() as f64; parts.len()];
        push_weighted(&mut self.mean_of_cells, parts, lanes, &even);
        for (tallies, weights) in self.contrasts.iter_mut().zip(contrasts) {
            push_weighted(tallies, parts, lanes, weights);
        }
        self.runs += lanes as u64;
    }

    /// Runs that failed, of all cells.
    pub fn failed(&self) -> u64 {
        self.failures.iter().map(|failures| failures.runs).sum()
    }

    /// What is to be told of the runs that failed: how many of all, and where the first of the first cell that has any left the
    /// numbers.
    pub fn first_failed(&self, cells: &Cells) -> Option<FailedRuns> {
        let position = self.failures.iter().position(|failures| failures.runs > 0)?;
        let values = cells.parameters.iter().zip(&cells.points[position]);
        let values: Vec<String> =
            values.map(|(parameter, value)| format!("{}={}", parameter.pointer, parameter.written(*value))).collect();
        let told = self.failures[position].told("", self.runs, &cells.setups[position], self.seed)?;
        let of = format!("cell {position} with {}", values.join(", "));
        Some(FailedRuns { of, runs: self.failed(), all: self.runs * self.cells.len() as u64, ..told })
    }

    /// The mean of an outcome in a cell and its interval: Wilson's of a chance, Student's of a measure.
    pub fn estimate(&self, cell: usize, position: usize, outcome: &Outcome) -> Option<(f64, Option<Interval>)> {
        let tally = &self.cells.get(cell)?.get(position)?.tally;
        let mean = tally.mean()?;
        Some((mean, mean_interval(tally, outcome.measure.sort, self.level)))
    }

    /// Whether the interval of the first outcome is narrow enough in every cell.
    pub(super) fn is_precise(&self, outcomes: &[Outcome], width: f64) -> bool {
        let Some(first) = outcomes.first() else { return true };
        (0..self.cells.len()).all(|cell| {
            let interval = self.estimate(cell, 0, first).and_then(|(_, interval)| interval);
            interval.is_some_and(|interval| interval.width() <= width)
        })
    }
}

/// Adds, for each run, the weighted sum over the cells, in the order of the cells.
fn push_weighted(tallies: &mut [Tally], parts: &[Part], lanes: usize, weights: &[f64]) {
    for (outcome, tally) in tallies.iter_mut().enumerate() {
        let mut sums = [0.0; LANES];
        for (part, weight) in parts.iter().zip(weights).filter(|(_, weight)| **weight != 0.0) {
            sums.iter_mut().zip(&part[outcome]).for_each(|(sum, value)| *sum += weight * value);
        }
        tally.push_lanes(&sums[..lanes]);
    }
}
