//! A thousand runs of a place with twenty providers over 120 months, with all statistics, on one thread and on two.

#[path = "common/scenarios.rs"]
mod scenarios;

use commonground::experiment::{self, Options, Sink, Watcher};
use commonground::model::record::Record;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use scenarios::{changed, scenario};
use std::io;

fn main() {
    divan::main();
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

#[divan::bench(args = [("place-fortress", 1), ("place-fortress", 2), ("place-based", 1), ("place-based", 2)], sample_count = 10)]
fn thousand_runs(bencher: divan::Bencher<'_, '_>, (name, threads): (&str, usize)) {
    let setup = place(name);
    let options = Options { seed: 1, runs: 1000, precision: None, instructions: InstructionSet::best() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    bencher
        .counter(divan::counter::ItemsCount::new(options.runs))
        .bench_local(|| pool.install(|| experiment::run(&[&setup], options, &mut Nothing, &Nothing)));
}
