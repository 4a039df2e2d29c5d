//! What the generality of the engine costs: the small commons in the engine against the same model written out by hand,
//! once for sixteen runs side by side with the same dice, and once as plain numbers, one run at a time.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::inline_always, reason = "what is not inlined keeps the baseline instruction set")]

mod common;

use commonground::model::dice::{Dice, Stream};
use commonground::model::lanes::{LANES, Lanes, keep_lanes_together, select};
use commonground::model::run;
use commonground::model::simd::{self, InstructionSet, Work};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::hint::black_box;

const STEPS: u32 = 520;
const GROWTH: f64 = 0.35;
const SPEED: f64 = 0.1;
const SHARPNESS: f64 = 0.5;
const COVERAGE: f64 = 0.2;
const FINE: f64 = 20.0;
const LEVELS: [f64; 2] = [5.0, 10.0];
const REPETITIONS: u64 = 20;

fn main() {
    println!("{:44}{:>10}{:>10}{:>12}{:>12}", "ns a user and step, one core", "20 users", "1000", "stock, 20", "1000");
    let sets = InstructionSet::available();
    for set in sets {
        let engine = [20, 1000].map(|users| engine(users, set));
        let by_hand = [20, 1000].map(|users| sixteen_runs(users, set));
        print_row(&format!("engine, {set:?}"), engine);
        print_row(&format!("by hand, sixteen runs, {set:?}"), by_hand);
        let ratio = |index: usize| engine[index].0 / by_hand[index].0;
        println!("{:44}{:9.2}×{:9.2}×", "  engine / by hand", ratio(0), ratio(1));
    }
    print_row("by hand, plain numbers", [20, 1000].map(plain));
}

fn print_row(name: &str, [small, large]: [(f64, f64); 2]) {
    println!("{name:44}{:10.2}{:10.2}{:12.4}{:12.4}", small.0, large.0, small.1, large.1);
}

/// Time of a user and step, and the mean stock at the end as a share of capacity.
fn engine(users: u32, set: InstructionSet) -> (f64, f64) {
    let setup = common::commons_mini(users);
    let mut stock = 0.0;
    let time =
        common::fastest(REPETITIONS, |batch| stock += mean(run::run(&setup, 1, common::runs(batch), set).outcomes[0]));
    (time / common::provider_steps(&setup), stock / REPETITIONS as f64)
}

fn sixteen_runs(users: u32, set: InstructionSet) -> (f64, f64) {
    let mut stock = 0.0;
    let time = common::fastest(REPETITIONS, |batch| {
        let dice = Dice::new(1, common::runs(batch));
        stock += mean(simd::run_on(set, SixteenRuns { dice: &dice, users: users as usize }));
    });
    (time / (f64::from(users * STEPS) * LANES as f64), stock / REPETITIONS as f64)
}

fn plain(users: u32) -> (f64, f64) {
    let mut stock = 0.0;
    let time = common::fastest(REPETITIONS, |seed| stock += one_run(users as usize, black_box(seed)));
    (time / f64::from(users * STEPS), stock / REPETITIONS as f64)
}

fn mean(lanes: Lanes) -> f64 {
    lanes.to_array().iter().sum::<f64>() / LANES as f64
}

/// The small commons for sixteen runs, with nothing in it but what it needs.
struct SixteenRuns<'a> {
    dice: &'a Dice,
    users: usize,
}

impl Work for SixteenRuns<'_> {
    type Output = Lanes;

    #[inline(always)]
    fn run(self) -> Lanes {
        let mut worth = vec![[Lanes::ZERO; 2]; self.users];
        let (mut level, mut draws) = (vec![Lanes::ZERO; self.users], vec![Lanes::ZERO; self.users]);
        let mut risk = vec![Lanes::all(COVERAGE); self.users];
        let mut stock = Lanes::ONE;
        let share = 1.0 / (100.0 * self.users as f64);
        for step in 0..STEPS {
            let mut demand = Lanes::ZERO;
            self.dice.fill(Stream::Choice, step, &mut draws);
            for user in 0..self.users {
                let [restrained, greedy] = worth[user];
                let restrained = 1.0 / (1.0 + ((greedy - restrained) * SHARPNESS).exp());
                level[user] = select(restrained.less(draws[user]), LEVELS[1], LEVELS[0]);
                demand += level[user];
                keep_lanes_together();
            }
            let claimed = demand * share;
            let granted = (stock / claimed).min(1.0);
            self.dice.fill(Stream::Audit, step, &mut draws);
            for user in 0..self.users {
                let greedy = level[user].greater(LEVELS[0]);
                let pay = level[user] * granted - select(greedy, risk[user] * FINE, 0.0);
                let [restrained, taken] = worth[user];
                worth[user] = [
                    restrained + select(greedy, 0.0, (pay - restrained) * SPEED),
                    taken + select(greedy, (pay - taken) * SPEED, 0.0),
                ];
                risk[user] = draws[user].less(COVERAGE).number();
                keep_lanes_together();
            }
            stock = (stock + GROWTH * stock * (1.0 - stock) - claimed * granted).max(0.01);
        }
        stock
    }
}

/// The small commons as one would write it first: a struct a user, a generator called for each draw, the library's `exp`.
fn one_run(users: usize, seed: u64) -> f64 {
    #[derive(Clone)]
    struct User {
        worth: [f64; 2],
        choice: usize,
        risk: f64,
    }
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut uniform = || f64::from(random.next_u32()) / 4_294_967_296.0;
    let mut all = vec![User { worth: [0.0; 2], choice: 0, risk: COVERAGE }; users];
    let mut stock = 1.0_f64;
    for _ in 0..STEPS {
        let mut demand = 0.0;
        for user in &mut all {
            let greedy = 1.0 / (1.0 + (-SHARPNESS * (user.worth[1] - user.worth[0])).exp());
            user.choice = usize::from(uniform() < greedy);
            demand += LEVELS[user.choice];
        }
        let claimed = demand / (100.0 * users as f64);
        let granted = (stock / claimed).min(1.0);
        for user in &mut all {
            let fine = if user.choice == 1 { user.risk * FINE } else { 0.0 };
            let pay = LEVELS[user.choice] * granted - fine;
            user.worth[user.choice] += SPEED * (pay - user.worth[user.choice]);
            user.risk = f64::from(u8::from(uniform() < COVERAGE));
        }
        stock = (stock + GROWTH * stock * (1.0 - stock) - claimed * granted).max(0.01);
    }
    stock
}
