//! What the generality of the engine costs: a place and the small commons in the engine, against the same models written out
//! by hand for sixteen runs side by side with the same dice, and against the small commons in plain numbers, one run at a time.
//!
//! A loop by hand has to come to the numbers of the engine, or the comparison is worth nothing.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::inline_always, reason = "what is not inlined keeps the baseline instruction set")]

#[path = "../common/mod.rs"]
mod common;
mod commons;
mod place;

use common::scenarios::scenario;
use commonground::model::dice::Dice;
use commonground::model::lanes::{LANES, Lanes};
use commonground::model::measure::outcome_measures;
use commonground::model::run;
use commonground::model::setup::Setup;
use commonground::model::simd::{self, InstructionSet};
use std::hint::black_box;

const REPETITIONS: u64 = 20;

/// How far means by hand may be from those of the engine: rounding alone, and no choice that falls out otherwise.
const TOLERANCE: f64 = 1e-9;

fn main() {
    println!("{:44}{:>12}{:>12}{:>12}", "ns a provider and step, one core", "place", "20 users", "1000 users");
    let place = scenario("place-fortress").setup;
    for set in InstructionSet::available() {
        let engine = [place_in_engine(&place, set), commons_in_engine(20, set), commons_in_engine(1000, set)];
        let by_hand = [place_by_hand(&place, set), commons_by_hand(20, set), commons_by_hand(1000, set)];
        for (engine, by_hand) in engine.iter().zip(&by_hand) {
            engine.check(by_hand);
        }
        let row = |name: &str, timed: &[Timed; 3]| {
            println!("{name:44}{:12.2}{:12.2}{:12.2}", timed[0].time, timed[1].time, timed[2].time);
        };
        row(&format!("engine, {set:?}"), &engine);
        row(&format!("by hand, sixteen runs, {set:?}"), &by_hand);
        let ratio = |index: usize| engine[index].time / by_hand[index].time;
        println!("{:44}{:11.2}×{:11.2}×{:11.2}×", "  engine / by hand", ratio(0), ratio(1), ratio(2));
    }
    println!("{:44}{:>12}{:12.2}{:12.2}", "by hand, plain numbers", "", plain(20), plain(1000));
}

/// A model that was run some times.
struct Timed {
    /// Nanoseconds of a provider and step in the fastest of all.
    time: f64,
    /// Means of what they came to.
    means: Vec<f64>,
}

impl Timed {
    /// Runs a model that takes so many steps of single providers a batch.
    fn new(steps: f64, mut run: impl FnMut(u64) -> Vec<f64>) -> Self {
        let mut means = Vec::new();
        let time = common::timing::fastest(REPETITIONS, |batch| {
            let found = run(batch);
            means.resize(found.len(), 0.0);
            for (mean, found) in means.iter_mut().zip(found) {
                *mean += found / REPETITIONS as f64;
            }
        });
        Self { time: time / steps, means }
    }

    fn check(&self, other: &Self) {
        for (own, other) in self.means.iter().zip(&other.means) {
            assert!((own - other).abs() < TOLERANCE, "the engine comes to {own}, by hand it is {other}");
        }
    }
}

fn place_in_engine(setup: &Setup, set: InstructionSet) -> Timed {
    let measures = outcome_measures(setup);
    let at = ["stock_end", "need_met", "margin"]
        .map(|key| measures.iter().position(|measure| measure.key == key).expect("a measure of every place"));
    Timed::new(common::provider_steps(setup), |batch| {
        let record = run::run(setup, 1, common::runs(batch), set);
        at.iter().map(|index| mean(record.outcomes[*index])).collect()
    })
}

fn place_by_hand(setup: &Setup, set: InstructionSet) -> Timed {
    Timed::new(common::provider_steps(setup), |batch| {
        let dice = Dice::new(1, common::runs(batch));
        simd::run_on(set, place::SixteenRuns { setup, dice: &dice }).to_vec()
    })
}

fn commons_in_engine(users: u32, set: InstructionSet) -> Timed {
    let setup = common::commons_mini(users);
    Timed::new(common::provider_steps(&setup), |batch| {
        vec![mean(run::run(&setup, 1, common::runs(batch), set).outcomes[0])]
    })
}

fn commons_by_hand(users: u32, set: InstructionSet) -> Timed {
    let steps = f64::from(users * commons::STEPS) * LANES as f64;
    Timed::new(steps, |batch| {
        let dice = Dice::new(1, common::runs(batch));
        vec![mean(simd::run_on(set, commons::SixteenRuns { dice: &dice, users: users as usize }))]
    })
}

/// The small commons as plain numbers. Its dice are its own, so that it comes to other numbers.
fn plain(users: u32) -> f64 {
    let run = |seed: u64| vec![commons::one_run(users as usize, black_box(seed))];
    Timed::new(f64::from(users * commons::STEPS), run).time
}

fn mean(lanes: Lanes) -> f64 {
    lanes.to_array().iter().sum::<f64>() / LANES as f64
}
