//! A thousand runs of a place with twenty providers over 120 months, with all statistics, on one thread and on two.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

#[path = "common/scenarios.rs"]
mod scenarios;

use commonground::experiment::{self, Level, Options, Sink, Watcher};
use commonground::model::record::Record;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use scenarios::{changed, scenario};
use std::hint::black_box;
use std::io;
use std::time::{Duration, Instant};

/// Runs of an ensemble.
const RUNS: u64 = 1000;
/// Ensembles of which the fastest counts.
const REPETITIONS: u64 = 10;

fn main() {
    println!("{RUNS} runs, the fastest of {REPETITIONS}");
    for name in ["place-fortress", "place-based"] {
        let setup = place(name);
        let steps = RUNS as f64 * setup.providers() as f64 * f64::from(setup.steps());
        for threads in [1, 2] {
            let time = thousand_runs(&setup, threads);
            println!(
                "  {name}, {threads} threads: {:.0} ms, {:.1} ns a provider and step",
                time.as_secs_f64() * 1e3,
                time.as_secs_f64() * 1e9 * threads as f64 / steps
            );
        }
    }
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

/// The place with two more providers in the voluntary sector, which make twenty.
fn place(name: &str) -> Setup {
    let setup = changed(scenario(name), [("/providers/voluntary/count", 5.into())]).setup;
    assert_eq!(setup.providers(), 20);
    setup
}

/// Time of the fastest ensemble in so many threads.
fn thousand_runs(setup: &Setup, threads: usize) -> Duration {
    let options =
        Options { seed: 1, runs: RUNS, precision: None, level: Level::USUAL, instructions: InstructionSet::best() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let time = |_| {
        let start = Instant::now();
        let ensemble = pool.install(|| experiment::run(&[setup], options, &mut Nothing, &Nothing));
        black_box(ensemble.expect("nothing is written"));
        start.elapsed()
    };
    (0..REPETITIONS).map(time).min().unwrap_or_default()
}
