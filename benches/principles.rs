//! Every combination of the rules of a place, a hundred runs of 120 months, on two threads; and what that comes to for the
//! 4,096 combinations of twelve rules.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use commonground::experiment::principles::{self, MOST_EXACT, Question};
use commonground::experiment::{Options, Watcher};
use commonground::model::rule::RuleSet;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use commonground::scenario::text::Disk;
use std::time::Instant;

const DISK: Disk = Disk { bundled: BUNDLED };

fn main() {
    let place = place();
    let combinations = Question::new(&place, &[], None).expect("a place with rules").design.listed().len();
    let runs = 100;
    let time = fastest(5, || ask(&place, runs, 2));
    let alone = fastest(2, || ask(&place, runs, 1));
    let (providers, steps) = (place.providers.len(), place.steps);
    println!("{combinations} combinations × {runs} runs × {steps} steps × {providers} providers");
    println!("  {time:.2} s on two threads, {alone:.2} s on one, the fastest of several");
    let run = alone / (combinations as f64 * runs as f64);
    println!(
        "  {:.0} µs a run on one thread, {:.0} ns a provider and step",
        run * 1e6,
        run * 1e9 / (providers as f64 * f64::from(steps))
    );
    let most = 1_u64 << MOST_EXACT;
    println!(
        "  at that pace {most} combinations take {:.0} s on two threads",
        time * most as f64 / combinations as f64
    );
}

/// Seconds of the fastest of so many times.
fn fastest(times: u32, work: impl Fn()) -> f64 {
    let time = |_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    (0..times).map(time).fold(f64::MAX, f64::min)
}

/// The place with twenty providers, and with all the rules of the bundled places.
fn place() -> Setup {
    let load = |name: &str| Scenario::load(&DISK, name).unwrap_or_else(|faults| panic!("{faults}"));
    let (based, sword) = (load("place-based"), load("place-sword"));
    let rules = RuleSet { quota: sword.file.rules.quota, ..based.file.rules.clone() };
    let rules = serde_json::to_value(rules).expect("rules as JSON");
    let changes = [("/rules", rules), ("/providers/voluntary/count", 5.into())];
    let place = changes.into_iter().fold(based, |place, (pointer, value)| {
        place.with(&DISK, pointer, value).unwrap_or_else(|faults| panic!("{faults}"))
    });
    assert_eq!(place.setup.providers.len(), 20);
    place.setup
}

fn ask(setup: &Setup, runs: u64, threads: usize) {
    let question = Question::new(setup, &[], None).expect("a place with rules");
    let options = Options { seed: 1, runs, precision: None, instructions: InstructionSet::best() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    std::hint::black_box(pool.install(|| principles::run(setup, &question, options, &Patience)));
}

/// Lets every run be done.
struct Patience;

impl Watcher for Patience {
    fn done(&self, _: u64) {}
    fn stop(&self) -> bool {
        false
    }
}
