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
mod provider;

use common::scenarios::scenario;
use commonground::model::dice::{Dice, Kept, Luck};
use commonground::model::lanes::{LANES, Lanes};
use commonground::model::rows::{BLOCK, Packing};
use commonground::model::run;
use commonground::model::setup::Setup;
use commonground::model::simd::{self, InstructionSet};
use std::hint::black_box;
use std::ops::Range;

const REPETITIONS: u64 = 20;
const SEED: u64 = 1;

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
    let at = ["stock_end", "need_met", "margin"].map(|key| common::position(setup, key));
    Timed::new(common::provider_steps(setup), |batch| {
        let record = run::run(setup, SEED, common::runs(batch), set);
        at.iter().map(|index| mean(record.outcomes[*index])).collect()
    })
}

fn place_by_hand(setup: &Setup, set: InstructionSet) -> Timed {
    let luck: Vec<Luck> = setup.kinds().iter().map(|kind| Luck::of(SEED, &kind.name)).collect();
    Timed::new(common::provider_steps(setup), |batch| {
        let dice = dice(batch);
        simd::run_on(set, place::SixteenRuns { setup, dice: &dice, luck: &luck }).to_vec()
    })
}

fn commons_in_engine(users: u32, set: InstructionSet) -> Timed {
    let setup = common::commons_mini(users);
    let stock = common::position(&setup, "stock_end");
    Timed::new(common::provider_steps(&setup), |batch| {
        vec![mean(run::run(&setup, SEED, common::runs(batch), set).outcomes[stock])]
    })
}

fn commons_by_hand(users: u32, set: InstructionSet) -> Timed {
    let (luck, users) = (Luck::of(SEED, "user"), users as usize);
    let steps = (users * LANES) as f64 * f64::from(commons::STEPS);
    Timed::new(steps, |batch| {
        let dice = dice(batch);
        vec![mean(simd::run_on(set, commons::SixteenRuns { dice: &dice, luck: &luck, users }))]
    })
}

fn dice(batch: u64) -> Dice {
    Dice::new(&Packing::Runs(common::runs(batch)))
}

/// Blocks of members of a kind that share their draws.
#[inline(always)]
fn blocks(members: usize) -> Range<usize> {
    0..members.div_ceil(BLOCK)
}

/// The members in a block.
#[inline(always)]
fn rows(block: usize, members: usize) -> Range<usize> {
    block * BLOCK..members.min((block + 1) * BLOCK)
}

/// Room for the draws of a kind for one purpose, of four steps at once.
fn words(members: usize) -> Kept {
    vec![[0; LANES]; blocks(members).len() * LANES]
}

/// The small commons as plain numbers. Its dice are its own, so that it comes to other numbers.
fn plain(users: u32) -> f64 {
    let run = |seed: u64| vec![commons::one_run(users as usize, black_box(seed))];
    Timed::new(f64::from(users * commons::STEPS), run).time
}

fn mean(lanes: Lanes) -> f64 {
    lanes.to_array().iter().sum::<f64>() / LANES as f64
}
