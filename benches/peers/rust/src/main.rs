//! The small commons as one writes it first: a list of users, one generator (ChaCha8) a run. The yardstick of the others.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::Instant;

const GROWTH: f64 = 0.35;
const CLAIM: [f64; 2] = [5.0, 10.0];
const LEARNING: f64 = 0.1;
const SHARPNESS: f64 = 0.5;
const AUDIT: f64 = 0.2;
const FINE: f64 = 20.0;

#[derive(Clone, Default)]
struct User {
    value: [f64; 2],
    choice: usize,
}

/// Stock, harvest and share of greedy choices of one run.
fn run(users: usize, steps: usize, mut rng: ChaCha8Rng) -> [f64; 3] {
    let capacity = 100.0 * users as f64;
    let mut stock = capacity;
    let mut all = vec![User::default(); users];
    let (mut total, mut greedy) = (0.0, 0u64);
    for _ in 0..steps {
        let mut demand = 0.0;
        for user in &mut all {
            let draw: f64 = rng.random();
            let chance = 1.0 / (1.0 + (-SHARPNESS * (user.value[1] - user.value[0])).exp());
            user.choice = usize::from(draw < chance);
            demand += CLAIM[user.choice];
            greedy += user.choice as u64;
        }
        let scale = (stock / demand).min(1.0);
        for user in &mut all {
            let audit: f64 = rng.random();
            let mut pay = CLAIM[user.choice] * scale;
            if user.choice == 1 && audit < AUDIT {
                pay -= FINE;
            }
            user.value[user.choice] += LEARNING * (pay - user.value[user.choice]);
        }
        let taken = demand * scale;
        stock = (stock + GROWTH * stock * (1.0 - stock / capacity) - taken).max(0.01 * capacity);
        total += taken;
    }
    let all_steps = (users * steps) as f64;
    [stock / capacity, total / all_steps, greedy as f64 / all_steps]
}

/// Processor time of this thread so far, in seconds; not a number where the system does not say.
fn cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split_whitespace().next().and_then(|time| time.parse::<f64>().ok()).unwrap_or(f64::NAN) * 1e-9
}

fn main() {
    let asked: Vec<u64> = std::env::args().skip(1).map(|text| text.parse().expect("N T RUNS SEED")).collect();
    let [n, t, runs, seed] = asked[..] else { panic!("N T RUNS SEED") };
    let (start, cpu_before) = (Instant::now(), cpu());
    let (mut sums, mut squares) = ([0.0; 3], [0.0; 3]);
    for number in 0..runs {
        let found = run(n as usize, t as usize, ChaCha8Rng::seed_from_u64(seed + number));
        for (index, value) in found.into_iter().enumerate() {
            sums[index] += value;
            squares[index] += value * value;
        }
    }
    let (secs, mut used) = (start.elapsed().as_secs_f64(), cpu() - cpu_before);
    if used.is_nan() {
        used = secs;
    }
    let means = sums.map(|sum| sum / runs as f64);
    let deviation = |index: usize| (squares[index] / runs as f64 - means[index] * means[index]).max(0.0).sqrt();
    println!(
        "{{\"n\":{n},\"t\":{t},\"runs\":{runs},\"secs\":{secs},\"cpu\":{used},\"stock\":{},\"harvest\":{},\"greedy\":{},\
         \"stock_sd\":{},\"harvest_sd\":{},\"greedy_sd\":{}}}",
        means[0], means[1], means[2], deviation(0), deviation(1), deviation(2)
    );
}
