//! Stress tests: incentive designs × ladders of shocks × uncertain parameters.
//!
//! ```text
//! File (as written) → Shocks (checked, rungs) + designs → Futures → runs → Stress → Verdict
//! ```
//!
//! A *future* is a rung of a ladder of shocks together with a point in the ranges of what is uncertain; in it a design is run
//! several times. Every design meets the same futures and in them the same luck, so designs are compared future by future. At
//! another point the luck is another, so that what is resampled over points holds the doubt about luck too. How designs fare over
//! all futures (goals met, regret, the worst futures, where each fails) is robust decision making (Lempert, Popper & Bankes 2003);
//! shares of futures are not chances, as nobody knows how likely each future is.

mod failing;
pub mod file;
mod fit;
mod futures;
mod material;
mod shocks;
mod verdict;

pub use failing::{Condition, FailBox, Failing, Held, NEARLY};
pub use futures::Futures;
pub use shocks::{Rung, Shocks};
pub use verdict::{Criterion, Recovery, Share, Standing, Verdict, WORST_SHARE};

use super::ensemble::looks;
use super::failures::{FailedRuns, Failures};
use super::{Level, Options, Watcher};
use crate::model::failure::{self, FAILED};
use crate::model::lanes::{LANES, Lanes};
use crate::model::run;
use crate::statistics::Tally;
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};

/// What runs of all designs in all futures came to.
#[derive(Clone, Debug)]
pub struct Stress {
    /// Seed of all chance.
    pub seed: u64,
    /// The level of all intervals.
    pub level: Level,
    /// Runs of each design in each future.
    pub runs: u64,
    /// Whether it was stopped before all runs were done.
    pub interrupted: bool,
    /// One a future, and in it one a design.
    pub cells: Vec<Vec<Cell>>,
}

/// Runs of one design in one future.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Runs that came to an end.
    pub runs: u64,
    /// Runs that failed.
    pub failures: Failures,
    /// Why the first of them did, if the work itself failed.
    pub failure: Option<String>,
    /// Runs that met each goal.
    pub met: Vec<u64>,
    /// Runs that met all goals at once.
    pub met_all: u64,
    /// The values that decide each goal.
    pub values: Vec<Tally>,
    /// The measure by which designs are compared.
    pub score: Tally,
    /// Whether it recovered from the shock.
    pub recovered: Tally,
    /// Steps from the end of the shock to the recovery, of runs that recovered.
    pub recovery: Tally,
}

impl Futures {
    /// Number of pieces of work: sixteen runs of one design in one future each.
    pub fn items(&self, runs: u64) -> u64 {
        runs.div_ceil(LANES as u64) * self.cells()
    }

    /// Designs in all futures.
    pub fn cells(&self) -> u64 {
        (self.count() * self.designs.len()) as u64
    }

    /// Block of runs, future and design of an item. First come the runs 0 to 15 of every design in every future.
    pub fn item(&self, item: u64) -> (u64, usize, usize) {
        let cell = (item % self.cells()) as usize;
        (item / self.cells(), cell / self.designs.len(), cell % self.designs.len())
    }

    /// Does one item: what is looked at, sixteen runs each. It depends on the item's number and on the seed alone.
    pub fn perform(&self, item: u64, options: Options) -> Vec<f64> {
        let (block, future, design) = self.item(item);
        let (point, _) = self.place(future);
        // Each point has luck of its own, which all designs and rungs share.
        let runs = std::array::from_fn(|lane| self.luck(point, block * LANES as u64 + lane as u64));
        let record = run::run(&self.setup(design, future), options.seed, runs, options.instructions);
        self.looked_at(design, future, &record).into_iter().flat_map(Lanes::to_array).collect()
    }

    /// The number under which a run of a design draws its luck at a point.
    fn luck(&self, point: usize, run: u64) -> u64 {
        let (block, lane) = (run / LANES as u64, run % LANES as u64);
        (block * self.points.len() as u64 + point as u64) * LANES as u64 + lane
    }

    /// What is to be told of the runs that failed: of all together, and of the first in the first future that has any.
    pub fn failed(&self, stress: &Stress) -> Option<FailedRuns> {
        let mut places =
            (0..self.count()).flat_map(|future| (0..self.designs.len()).map(move |design| (future, design)));
        let failed = |(future, design): &(usize, usize)| stress.cells[*future][*design].failures.first;
        let (future, design, run) = places.find_map(|place| Some((place.0, place.1, failed(&place)?)))?;
        let (point, rung) = self.place(future);
        let place = failure::first(&self.setup(design, future), stress.seed, self.luck(point, run));
        let of = format!("{}, point {}, rung {}", self.designs[design].name, point + 1, rung + 1);
        Some(FailedRuns { of, runs: stress.failed(), all: stress.runs * self.cells(), first: run, place })
    }

    /// No runs yet.
    pub fn begin(&self, options: Options) -> Stress {
        let goals = self.goals().len();
        let cell = Cell { met: vec![0; goals], values: vec![Tally::default(); goals], ..Cell::default() };
        let cells = vec![vec![cell; self.designs.len()]; self.count()];
        Stress { seed: options.seed, level: options.level, runs: 0, interrupted: false, cells }
    }

    /// Takes in an item, of whose runs as many count as `options` asks for: its values, or why it failed.
    pub fn take(&self, stress: &mut Stress, item: u64, values: Result<&[f64], &str>, options: Options) {
        let (block, future, design) = self.item(item);
        let done = block * LANES as u64;
        let lanes = options.runs.saturating_sub(done).min(LANES as u64);
        stress.runs = stress.runs.max(done + lanes);
        let cell = &mut stress.cells[future][design];
        match values {
            Ok(values) => self.add(cell, values, done, lanes as usize),
            Err(reason) => {
                (done..done + lanes).for_each(|run| cell.failures.add(run));
                cell.failure.get_or_insert_with(|| reason.to_owned());
            }
        }
    }

    fn add(&self, cell: &mut Cell, values: &[f64], first: u64, lanes: usize) {
        let (rows, _) = values.as_chunks::<LANES>();
        let Some((goals, [score, recovered, recovery])) = rows.split_last_chunk::<3>() else { return };
        let has_failed = |lane: usize| score[lane] == FAILED;
        for lane in 0..lanes {
            if has_failed(lane) {
                cell.failures.add(first + lane as u64);
                continue;
            }
            cell.runs += 1;
            let mut all = true;
            for ((goal, row), met) in self.goals().zip(goals).zip(&mut cell.met) {
                let is_met = goal.is_met(row[lane]);
                *met += u64::from(is_met);
                all &= is_met;
            }
            cell.met_all += u64::from(all);
        }
        goals.iter().zip(&mut cell.values).for_each(|(row, tally)| tally.push_lanes(&row[..lanes]));
        cell.score.push_lanes(&score[..lanes]);
        cell.recovered.push_lanes(&recovered[..lanes]);
        cell.recovery.push_lanes(&recovery[..lanes]);
    }

    /// Runs every design in every future, sixteen runs of each at a time, until enough runs are done or somebody says stop.
    /// Rounds that are not done to the end are left out, so that all designs have met the same futures as often.
    pub fn run(&self, options: Options, watcher: &dyn Watcher) -> Stress {
        let mut stress = self.begin(options);
        let looks = looks(options);
        for block in 0..options.runs.div_ceil(LANES as u64) {
            let items = block * self.cells()..(block + 1) * self.cells();
            let done = AtomicU64::new(items.start);
            let round: Option<Vec<Vec<f64>>> = items
                .clone()
                .into_par_iter()
                .map(|item| {
                    let values = (!watcher.stop()).then(|| self.perform(item, options));
                    watcher.done(done.fetch_add(1, Ordering::Relaxed) + 1);
                    values
                })
                .collect();
            let Some(round) = round else {
                stress.interrupted = true;
                break;
            };
            items.zip(&round).for_each(|(item, values)| self.take(&mut stress, item, Ok(values), options));
            if looks.contains(&stress.runs) && self.is_precise(&stress, options.precision) {
                break;
            }
        }
        stress
    }
}

impl Cell {
    /// Share of the runs that came to an end in which some number of them met a goal.
    pub fn share(&self, met: u64) -> f64 {
        met as f64 / self.runs as f64
    }
}

impl Stress {
    /// Whether every design has met every future in all runs asked for so far, so that designs can be compared.
    pub fn is_complete(&self) -> bool {
        self.runs > 0 && self.cells.iter().flatten().all(|cell| cell.runs == self.runs)
    }

    /// Runs that failed, of all designs and futures.
    pub fn failed(&self) -> u64 {
        self.cells.iter().flatten().map(|cell| cell.failures.runs).sum()
    }
}
