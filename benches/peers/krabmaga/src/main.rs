//! The small commons in krABMaga, on its sequential engine: each user is a boxed agent on the schedule, which in one pass learns from the
//! last step and then decides; the pool is settled after the step.

use krabmaga::engine::{agent::Agent, schedule::Schedule, state::State};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::any::Any;
use std::time::Instant;

const GROWTH: f64 = 0.35;
const CLAIM: [f64; 2] = [5.0, 10.0];
const LEARNING: f64 = 0.1;
const SHARPNESS: f64 = 0.5;
const AUDIT: f64 = 0.2;
const FINE: f64 = 20.0;

struct Commons {
    users: usize,
    capacity: f64,
    stock: f64,
    demand: f64,
    scale: f64,
    total: f64,
    greedy: u64,
    first: bool,
    rng: ChaCha8Rng,
}

#[derive(Clone, Default)]
struct User {
    value: [f64; 2],
    choice: usize,
}

impl Agent for User {
    fn step(&mut self, state: &mut dyn State) {
        let commons = state.as_any_mut().downcast_mut::<Commons>().expect("the commons");
        if !commons.first {
            let audit: f64 = commons.rng.random();
            let mut pay = CLAIM[self.choice] * commons.scale;
            if self.choice == 1 && audit < AUDIT {
                pay -= FINE;
            }
            self.value[self.choice] += LEARNING * (pay - self.value[self.choice]);
        }
        let draw: f64 = commons.rng.random();
        let chance = 1.0 / (1.0 + (-SHARPNESS * (self.value[1] - self.value[0])).exp());
        self.choice = usize::from(draw < chance);
        commons.demand += CLAIM[self.choice];
        commons.greedy += self.choice as u64;
    }
}

impl State for Commons {
    fn init(&mut self, schedule: &mut Schedule) {
        for _ in 0..self.users {
            schedule.schedule_repeating(Box::new(User::default()), 0.0, 0);
        }
    }
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_state_mut(&mut self) -> &mut dyn State {
        self
    }
    fn as_state(&self) -> &dyn State {
        self
    }
    fn reset(&mut self) {}
    fn update(&mut self, _step: u64) {}
    fn after_step(&mut self, _schedule: &mut Schedule) {
        self.first = false;
        self.scale = (self.stock / self.demand).min(1.0);
        let taken = self.demand * self.scale;
        let grown = self.stock + GROWTH * self.stock * (1.0 - self.stock / self.capacity);
        self.stock = (grown - taken).max(0.01 * self.capacity);
        self.total += taken;
        self.demand = 0.0;
    }
}

/// Stock, harvest and share of greedy choices of one run.
fn run(users: usize, steps: u64, seed: u64) -> [f64; 3] {
    let capacity = 100.0 * users as f64;
    let mut commons = Commons {
        users,
        capacity,
        stock: capacity,
        demand: 0.0,
        scale: 1.0,
        total: 0.0,
        greedy: 0,
        first: true,
        rng: ChaCha8Rng::seed_from_u64(seed),
    };
    let mut schedule = Schedule::new();
    commons.init(&mut schedule);
    for _ in 0..steps {
        schedule.step(&mut commons);
    }
    let all_steps = users as f64 * steps as f64;
    [commons.stock / capacity, commons.total / all_steps, commons.greedy as f64 / all_steps]
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
    let mut sums = [0.0; 3];
    for number in 0..runs {
        for (sum, value) in sums.iter_mut().zip(run(n as usize, t, seed + number)) {
            *sum += value;
        }
    }
    let (secs, mut used) = (start.elapsed().as_secs_f64(), cpu() - cpu_before);
    if used.is_nan() {
        used = secs;
    }
    let [stock, harvest, greedy] = sums.map(|sum| sum / runs as f64);
    println!(
        "{{\"n\":{n},\"t\":{t},\"runs\":{runs},\"secs\":{secs},\"cpu\":{used},\"stock\":{stock},\"harvest\":{harvest},\"greedy\":{greedy}}}"
    );
}
