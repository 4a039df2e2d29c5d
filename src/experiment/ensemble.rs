//! Ensembles: arms side by side, run by run on the same draws, until enough runs are done or somebody says stop.

use super::summary::Summary;
use super::workspaces::Workspaces;
use super::{Level, Width};
use crate::model::lanes::LANES;
use crate::model::record::Record;
use crate::model::setup::Setup;
use crate::model::simd::InstructionSet;
use crate::statistics::Paired;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::io;
use std::ops::Range;

/// How many runs, and with what chance.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Seed of all chance.
    pub seed: u64,
    /// Number of runs; with `precision` the most.
    pub runs: u64,
    /// Stop once the interval of the main measure (its paired difference, with several arms) is narrower than this; of a
    /// stress test, once so small a share of futures is open ([`super::stress::Futures::open`]).
    pub precision: Option<f64>,
    /// The level of all intervals.
    pub level: Level,
    /// The instruction set to use. It changes no bit of the result.
    pub instructions: InstructionSet,
}

/// Takes each run as it is done, in order, such as to write it to a file.
pub trait Sink {
    /// Sixteen runs of every arm, of which the first `lanes` count. The first has the number `first`.
    ///
    /// # Errors
    /// What went wrong in writing; the experiment stops there.
    fn batch(&mut self, first: u64, arms: &[Record], lanes: usize) -> io::Result<()>;
}

/// Looks on while an experiment goes on.
pub trait Watcher: Sync {
    /// So many runs of each arm are done.
    fn done(&self, runs: u64);
    /// Whether to stop after the batches in hand.
    fn stop(&self) -> bool;
}

/// The arms of an experiment after all runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ensemble {
    /// Seed of all chance.
    pub seed: u64,
    /// The level of all intervals.
    pub level: Level,
    /// Number of runs done, of each arm.
    pub runs: u64,
    /// Whether it was stopped before it was done.
    pub interrupted: bool,
    /// One an arm.
    pub arms: Vec<Summary>,
    /// Differences to the first arm, run by run: one a further arm, and in it one an outcome measure of the first arm. `None`
    /// where the arm has no such measure.
    pub differences: Vec<Vec<Option<Paired>>>,
    /// Key of the measure that findings lead with.
    pub main_measure: String,
    /// How narrow intervals of measures were to be, where they were asked for by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub widths: Vec<Width>,
}

/// Runs with an interval asked for are judged after so many, and then after each doubling.
pub const FIRST_LOOK: u64 = 64;

/// Batches that a thread simulates before their values are gathered: of several at once, while a cell is at hand.
const BATCHES_A_THREAD: usize = 8;

/// Runs every arm `options.runs` times.
///
/// # Errors
/// Only what `sink` reports.
pub fn run(arms: &[&Setup], options: Options, sink: &mut dyn Sink, watcher: &dyn Watcher) -> io::Result<Ensemble> {
    run_until(arms, options, &[], sink, watcher)
}

/// The same until the intervals of these measures too are as narrow as asked, at most `options.runs` times.
///
/// # Errors
/// Only what `sink` reports.
pub fn run_until(
    arms: &[&Setup],
    options: Options,
    widths: &[Width],
    sink: &mut dyn Sink,
    watcher: &dyn Watcher,
) -> io::Result<Ensemble> {
    let workspaces = Workspaces::new(arms, options.seed);
    let mut take = |first, batch: &[Record], lanes| sink.batch(first, batch, lanes);
    let ensemble = Ensemble::new(arms, options).until(widths);
    looked(&|first| batch(&workspaces, options.instructions, first, watcher), ensemble, options, &mut take, watcher)
}

/// The same with the runs taken as is said.
///
/// # Errors
/// Only what `take` reports.
pub(super) fn run_taking<E>(
    arms: &[&Setup],
    options: Options,
    take: Take<'_, E>,
    watcher: &dyn Watcher,
) -> Result<Ensemble, E> {
    let workspaces = Workspaces::new(arms, options.seed);
    let ensemble = Ensemble::new(arms, options);
    looked(&|first| batch(&workspaces, options.instructions, first, watcher), ensemble, options, take, watcher)
}

/// Works sixteen runs of a setup out: those with the numbers given.
pub(super) type Simulate<'a> = &'a (dyn Fn(&Setup, [u64; LANES]) -> Record + Sync);

/// Takes sixteen runs of every arm, as [`Sink::batch`] does.
pub(super) type Take<'a, E> = &'a mut dyn FnMut(u64, &[Record], usize) -> Result<(), E>;

/// The same with each run worked out and taken as is said, such as under a rule of one's own.
///
/// # Errors
/// Only what `take` reports.
pub(super) fn run_by<E>(
    simulate: Simulate<'_>,
    arms: &[&Setup],
    options: Options,
    take: Take<'_, E>,
    watcher: &dyn Watcher,
) -> Result<Ensemble, E> {
    let ensemble = Ensemble::new(arms, options);
    looked(&|first| simulated(simulate, arms, first, watcher), ensemble, options, take, watcher)
}

/// Sixteen runs of every arm from a run number on, worked out; nothing if it is time to stop.
type Batch<'a> = &'a (dyn Fn(u64) -> Option<Vec<Record>> + Sync);

/// Goes on until all runs are done, or as many as make intervals as narrow as asked.
fn looked<E>(
    batch: Batch<'_>,
    mut ensemble: Ensemble,
    options: Options,
    take: Take<'_, E>,
    watcher: &dyn Watcher,
) -> Result<Ensemble, E> {
    for look in looks_of(options.runs, options.precision.is_some() || !ensemble.widths.is_empty()) {
        ensemble.round(batch, 0..look, take, watcher)?;
        if ensemble.interrupted || ensemble.is_precise(options.precision) {
            break;
        }
    }
    Ok(ensemble)
}

/// Runs every arm with the run numbers given: a piece of a larger ensemble, for [`Ensemble::merge`]. `options.runs` and
/// `options.precision` do not matter.
///
/// # Errors
/// Only what `sink` reports.
pub(super) fn run_piece(
    arms: &[&Setup],
    options: Options,
    runs: Range<u64>,
    sink: &mut dyn Sink,
    watcher: &dyn Watcher,
) -> io::Result<Ensemble> {
    let mut ensemble = Ensemble::new(arms, options);
    let workspaces = Workspaces::new(arms, options.seed);
    let mut take = |first, batch: &[Record], lanes| sink.batch(first, batch, lanes);
    ensemble.round(&|first| batch(&workspaces, options.instructions, first, watcher), runs, &mut take, watcher)?;
    Ok(ensemble)
}

/// Numbers of runs after which the interval is looked at, ascending; the last is that of all runs.
pub(super) fn looks(options: Options) -> Vec<u64> {
    looks_of(options.runs, options.precision.is_some())
}

/// The same of so many runs; only the last where nobody asks for a precision.
pub(super) fn looks_of(runs: u64, has_precision: bool) -> Vec<u64> {
    let first = if has_precision { FIRST_LOOK.min(runs) } else { runs };
    std::iter::successors(Some(first), |look| (*look < runs).then(|| look.saturating_mul(2).min(runs))).collect()
}

impl Ensemble {
    /// Takes in another piece of the same ensemble, such as the runs of a shard; `false`, and nothing is done, if it is of
    /// another. The order of pieces changes no bit of what comes out.
    #[must_use]
    pub fn merge(&mut self, other: &Self) -> bool {
        let alike = self.seed == other.seed
            && self.level == other.level
            && self.arms.len() == other.arms.len()
            && self.arms.iter().zip(&other.arms).all(|(arm, piece)| arm.is_like(piece))
            && self.differences.len() == other.differences.len()
            && self.differences.iter().zip(&other.differences).all(|(own, more)| own.len() == more.len());
        if !alike {
            return false;
        }
        self.runs += other.runs;
        self.interrupted |= other.interrupted;
        self.arms.iter_mut().zip(&other.arms).for_each(|(arm, piece)| arm.merge(piece));
        for (own, more) in self.differences.iter_mut().flatten().zip(other.differences.iter().flatten()) {
            if let (Some(own), Some(more)) = (own, more) {
                own.merge(more);
            }
        }
        true
    }

    /// Runs that failed, of all arms.
    pub fn failed(&self) -> u64 {
        self.arms.iter().map(|arm| arm.failures.runs).sum()
    }

    /// Key of the measure that findings about these arms lead with: need met, or the mean stock where one of them has no need.
    pub fn main_measure_of<'a>(mut arms: impl Iterator<Item = &'a Setup>) -> &'static str {
        if arms.all(Setup::has_need) { "need_met" } else { "stock_mean" }
    }

    /// No runs yet.
    pub(super) fn new(arms: &[&Setup], options: Options) -> Self {
        let summaries: Vec<Summary> = arms.iter().map(|setup| Summary::new(setup)).collect();
        let first = summaries.first().map_or(0, |summary| summary.measures.len());
        let matches = matching(&summaries);
        let pairs = |arm: usize| (0..first).map(|index| matches[arm][index].map(|_| Paired::default())).collect();
        let main_measure = Self::main_measure_of(arms.iter().copied());
        Self {
            seed: options.seed,
            level: options.level,
            runs: 0,
            interrupted: false,
            differences: (1..summaries.len()).map(pairs).collect(),
            arms: summaries,
            main_measure: main_measure.to_owned(),
            widths: Vec::new(),
        }
    }

    /// The same, for which these widths are asked.
    pub(super) fn until(self, widths: &[Width]) -> Self {
        Self { widths: widths.to_vec(), ..self }
    }

    /// Goes on with the run numbers given, of which as many as are done already are left out.
    fn round<E>(
        &mut self,
        batch: Batch<'_>,
        runs: Range<u64>,
        take: Take<'_, E>,
        watcher: &dyn Watcher,
    ) -> Result<(), E> {
        let matches = matching(&self.arms);
        let at_once = (rayon::current_num_threads() * BATCHES_A_THREAD) as u64;
        while self.runs < runs.end - runs.start && !self.interrupted {
            let next = runs.start + self.runs;
            let batches = (runs.end - next).div_ceil(LANES as u64).min(at_once);
            let firsts: Vec<u64> = (0..batches).map(|batch| next + batch * LANES as u64).collect();
            let done: Vec<Option<Vec<Record>>> = firsts.par_iter().map(|first| batch(*first)).collect();
            let whole: Vec<Vec<Record>> = done.into_iter().map_while(|batch| batch).collect();
            self.interrupted = whole.len() < firsts.len() || watcher.stop();
            let lanes: Vec<usize> = firsts.iter().map(|first| (runs.end - first).min(LANES as u64) as usize).collect();
            for (batch, (first, lanes)) in whole.iter().zip(firsts.iter().zip(&lanes)) {
                take(*first, batch, *lanes)?;
            }
            self.add(&whole, &firsts, &lanes, &matches);
            self.runs += lanes.iter().zip(&whole).map(|(lanes, _)| *lanes as u64).sum::<u64>();
            watcher.done(self.runs);
        }
        Ok(())
    }

    fn add(&mut self, batches: &[Vec<Record>], firsts: &[u64], lanes: &[usize], matches: &[Vec<Option<usize>>]) {
        for (arm, summary) in self.arms.iter_mut().enumerate() {
            let records: Vec<&Record> = batches.iter().map(|batch| &batch[arm]).collect();
            summary.add(&records, firsts, lanes);
        }
        for (arm, pairs) in self.differences.iter_mut().enumerate() {
            for (index, pair) in pairs.iter_mut().enumerate() {
                let (Some(pair), Some(other)) = (pair, matches[arm + 1][index]) else { continue };
                for (batch, lanes) in batches.iter().zip(lanes) {
                    let (a, b) = (batch[0].outcomes[index].to_array(), batch[arm + 1].outcomes[other].to_array());
                    pair.push_lanes(&a[..*lanes], &b[..*lanes]);
                }
            }
        }
    }
}

/// Sixteen runs of every arm, each in the memory of its thread; nothing if it is time to stop.
fn batch(
    workspaces: &Workspaces<'_>,
    instructions: InstructionSet,
    first: u64,
    watcher: &dyn Watcher,
) -> Option<Vec<Record>> {
    let runs = std::array::from_fn(|lane| first + lane as u64);
    workspaces.lend(|own| {
        let arms = own.iter_mut().zip(workspaces.arms());
        arms.map(|(own, setup)| (!watcher.stop()).then(|| own.run(setup, runs, instructions))).collect()
    })
}

/// The same with each run worked out as is said.
fn simulated(simulate: Simulate<'_>, arms: &[&Setup], first: u64, watcher: &dyn Watcher) -> Option<Vec<Record>> {
    let runs = std::array::from_fn(|lane| first + lane as u64);
    arms.iter().map(|setup| (!watcher.stop()).then(|| simulate(setup, runs))).collect()
}

/// For each arm, where the measures of the first arm stand in it.
fn matching(arms: &[Summary]) -> Vec<Vec<Option<usize>>> {
    let Some(first) = arms.first() else { return Vec::new() };
    arms.iter().map(|arm| first.measures.iter().map(|measure| arm.position(&measure.key)).collect()).collect()
}
