//! Every combination of twelve rules of a place with twenty providers, a hundred runs of 120 months each, on one thread and on
//! two.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

#[path = "common/scenarios.rs"]
mod scenarios;

use commonground::experiment::principles::{self, Question};
use commonground::experiment::{Level, Options, Watcher};
use commonground::model::rule::RuleSet;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use scenarios::{changed, scenario};
use std::time::Instant;

/// Runs of each combination.
const RUNS: u64 = 100;

fn main() {
    let place = place();
    let combinations = Question::new(&place, &[], None).expect("a place with rules").design.listed().len();
    let (providers, steps) = (place.providers(), place.steps());
    println!("{combinations} combinations × {RUNS} runs × {steps} steps × {providers} providers");
    for threads in [2, 1] {
        let time = seconds(|| ask(&place, RUNS, threads));
        let run = time * threads as f64 / (combinations as f64 * RUNS as f64);
        let provider_step = run * 1e9 / (providers as f64 * f64::from(steps));
        println!(
            "  {threads} threads: {time:.1} s, {:.0} µs a run, {provider_step:.0} ns a provider and step",
            run * 1e6
        );
    }
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// The place under the ten principles of the King's Fund, which take eleven rules, and a quota; with twenty providers.
fn place() -> Setup {
    let (ten, sword) = (scenario("place-fortress+kings-fund-ten"), scenario("place-sword"));
    let rules = RuleSet { quota: sword.file.rules.quota, ..ten.file.rules.clone() };
    let rules = serde_json::to_value(rules).expect("rules as JSON");
    let place = changed(ten, [("/rules", rules), ("/providers/voluntary/count", 5.into())]);
    assert_eq!(place.setup.providers(), 20);
    place.setup
}

fn ask(setup: &Setup, runs: u64, threads: usize) {
    let question = Question::new(setup, &[], None).expect("a place with rules");
    let options = Options { seed: 1, runs, precision: None, level: Level::USUAL, instructions: InstructionSet::best() };
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
