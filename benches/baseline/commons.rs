//! The small commons: users who choose between restraint and greed, an audit, a fine, a stock that grows.

use super::{blocks, rows, words};
use commonground::model::dice::{Dice, Luck, Purpose};
use commonground::model::lanes::{Lanes, Singles, keep_lanes_together, select};
use commonground::model::simd::Work;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

pub(crate) const STEPS: u32 = 520;
const GROWTH: f64 = 0.35;
const SPEED: f64 = 0.1;
const SHARPNESS: f64 = 0.5;
const COVERAGE: f64 = 0.2;
const FINE: f64 = 20.0;
const LEVELS: [f64; 2] = [5.0, 10.0];

/// The small commons for sixteen runs, with nothing in it but what it needs.
pub(crate) struct SixteenRuns<'a> {
    pub(crate) dice: &'a Dice,
    pub(crate) luck: &'a Luck,
    pub(crate) users: usize,
}

impl Work for SixteenRuns<'_> {
    type Output = Lanes;

    #[inline(always)]
    fn run(self) -> Lanes {
        let Self { dice, luck, users } = self;
        let mut worth = vec![[Lanes::ZERO; 2]; users];
        let mut level = vec![Lanes::ZERO; users];
        let mut risk = vec![Lanes::all(COVERAGE); users];
        let [mut choices, mut audits] = [words(users), words(users)];
        let sharpness = Singles::all((SHARPNESS * std::f64::consts::LOG2_E) as f32);
        let mut stock = Lanes::ONE;
        let share = 1.0 / (100.0 * users as f64);
        for step in 0..STEPS {
            let mut demand = Lanes::ZERO;
            for block in blocks(users) {
                let draws = dice.block(luck, Purpose::Choice, step, block, &mut choices);
                for user in rows(block, users) {
                    let [restrained, greedy] = worth[user];
                    let highest = restrained.max(greedy);
                    let first = ((restrained - highest).single() * sharpness).exp2();
                    let both = first + ((greedy - highest).single() * sharpness).exp2();
                    level[user] = select(first.less(draws.of(user).single() * both), LEVELS[1], LEVELS[0]);
                    demand += level[user];
                    keep_lanes_together();
                }
            }
            let claimed = demand * share;
            let granted = (stock / claimed).min(1.0);
            for block in blocks(users) {
                let draws = dice.block(luck, Purpose::Audit, step, block, &mut audits);
                for user in rows(block, users) {
                    let greedy = level[user].greater(LEVELS[0]);
                    let pay = level[user] * granted - select(greedy, risk[user] * FINE, 0.0);
                    let [restrained, taken] = worth[user];
                    worth[user] = [
                        restrained + select(greedy, 0.0, (pay - restrained) * SPEED),
                        taken + select(greedy, (pay - taken) * SPEED, 0.0),
                    ];
                    risk[user] = draws.of(user).less(COVERAGE).number();
                    keep_lanes_together();
                }
            }
            stock = (stock + GROWTH * stock * (1.0 - stock) - claimed * granted).max(0.01);
        }
        stock
    }
}

/// The small commons as one would write it first: a struct a user, a generator called for each draw, the library's `exp`.
pub(crate) fn one_run(users: usize, seed: u64) -> f64 {
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
