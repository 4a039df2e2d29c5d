//! A scenario looked at closely: whole runs, the stages of its step, and what statistics add.

use crate::common::timing::fastest_within;
use crate::common::{self, provider_steps, runs};
use commonground::experiment::{self, Level, Options, Sink, Watcher};
use commonground::model::record::Record;
use commonground::model::run;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::hint::black_box;
use std::io;
use std::sync::LazyLock;

/// Seconds that one figure may take.
const PATIENCE: f64 = 2.0;

/// Runs of the ensemble.
const RUNS: u64 = 256;

fn head(name: &str, setup: &Setup) {
    let (kinds, pools, providers) = (setup.kinds().len(), setup.pools().len(), setup.providers());
    println!("{name}: {providers} providers of {kinds} kinds, {pools} pools, {} steps", setup.steps());
}

/// Whole runs with each instruction set.
pub(crate) fn run(name: &str, setup: &Setup) {
    head(name, setup);
    for set in InstructionSet::available() {
        let time = batch(setup, set, PATIENCE);
        let (step, milliseconds) = (time / provider_steps(setup), time / 16e6);
        println!("  {set:?}: {step:.2} ns a step of one provider, {milliseconds:.3} ms a run");
    }
}

/// Nanoseconds of a batch of sixteen runs.
pub(crate) fn batch(setup: &Setup, set: InstructionSet, patience: f64) -> f64 {
    fastest_within(patience, |batch| {
        black_box(run::run(setup, 1, runs(batch), set));
    })
}

/// The time of each stage of the step, with runs in the lanes.
pub(crate) fn stages(name: &str, setup: &Setup) {
    head(name, setup);
    let stages = common::stages::least(setup, PATIENCE);
    let steps = provider_steps(setup);
    let total: f64 = stages.iter().map(|(_, time)| time).sum();
    println!("  all stages: {:.2} ns a step of one provider", total / steps);
    for (stage, time) in stages {
        println!("  {stage:12}{:8.2}", time / steps);
    }
}

/// An ensemble with all its statistics against its runs alone.
pub(crate) fn ensemble(name: &str, setup: &Setup) {
    head(name, setup);
    let whole = with_statistics(setup, RUNS, PATIENCE);
    let alone = fastest_within(PATIENCE, |_| {
        for batch in 0..RUNS / 16 {
            black_box(run::run(setup, 1, runs(batch), InstructionSet::best()));
        }
    });
    let (whole, alone) = (whole / 1e6, alone / 1e6);
    println!(
        "  {RUNS} runs: {whole:.2} ms; without statistics {alone:.2} ms: they add {:.1}%",
        (whole / alone - 1.0) * 100.0
    );
}

/// This thread as a pool of its own, which it can be of one only: the clock of processor time is that of the thread that asks.
static ALONE: LazyLock<ThreadPool> = LazyLock::new(|| {
    let pool = ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    pool.unwrap_or_else(|fault| panic!("{fault}"))
});

/// Nanoseconds of an ensemble of so many runs on one thread.
pub(crate) fn with_statistics(setup: &Setup, runs: u64, patience: f64) -> f64 {
    let options = Options { seed: 1, runs, precision: None, level: Level::USUAL, instructions: InstructionSet::best() };
    fastest_within(patience, |_| {
        let ensemble = ALONE.install(|| experiment::run(&[setup], options, &mut Nothing, &Nothing));
        black_box(ensemble.unwrap_or_else(|fault| panic!("{fault}")));
    })
}

/// Takes rows and keeps none; watches and never stops.
struct Nothing;

impl Sink for Nothing {
    fn batch(&mut self, _: u64, _: &[Record], _: usize) -> io::Result<()> {
        Ok(())
    }
}

impl Watcher for Nothing {
    fn done(&self, _: u64) {}
    fn stop(&self) -> bool {
        false
    }
}
