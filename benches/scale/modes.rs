//! A scenario looked at closely: whole runs, the stages of its step, and what statistics add.

use crate::common::timing::fastest_within;
use crate::common::{provider_steps, runs};
use commonground::experiment::{self, Options, Sink, Watcher};
use commonground::model::dice::Dice;
use commonground::model::record::Record;
use commonground::model::run;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use commonground::model::step::{Moment, STAGES};
use commonground::model::world::World;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::hint::black_box;
use std::io;
use std::sync::LazyLock;
use std::time::Instant;

/// Seconds that one figure may take.
const PATIENCE: f64 = 2.0;

/// Runs of the ensemble.
const RUNS: u64 = 256;

fn head(name: &str, setup: &Setup) {
    let (kinds, pools, providers) = (setup.kinds.len(), setup.pools.len(), setup.providers.len());
    println!("{name}: {providers} providers of {kinds} kinds, {pools} pools, {} steps", setup.steps);
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

/// The time of each stage of the step.
pub(crate) fn stages(name: &str, setup: &Setup) {
    head(name, setup);
    let mut least = [f64::MAX; STAGES.len()];
    fastest_within(PATIENCE, |batch| {
        for (least, time) in least.iter_mut().zip(time_of_stages(setup, batch)) {
            *least = least.min(time);
        }
    });
    let steps = provider_steps(setup);
    println!("  all stages: {:.2} ns a step of one provider", least.iter().sum::<f64>() / steps);
    for (stage, time) in STAGES.iter().zip(least) {
        println!("  {:12}{:8.2}", stage.name, time / steps);
    }
}

fn time_of_stages(setup: &Setup, batch: u64) -> [f64; STAGES.len()] {
    let dice = Dice::new(1, runs(batch));
    let mut world = World::begin(setup);
    let mut times = [0.0; STAGES.len()];
    for step in 0..setup.steps {
        let moment = Moment { setup, dice: &dice, step, instructions: InstructionSet::best() };
        for (stage, time) in STAGES.iter().zip(&mut times) {
            let start = Instant::now();
            (stage.perform)(&moment, &mut world);
            *time += start.elapsed().as_secs_f64() * 1e9;
        }
    }
    times
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
    let options = Options { seed: 1, runs, precision: None, instructions: InstructionSet::best() };
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
