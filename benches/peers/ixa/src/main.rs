//! The small commons in Ixa: users are entities with two properties; one plan a step, two sweeps over the population.

use ixa::prelude::*;
use std::time::Instant;

const GROWTH: f64 = 0.35;
const CLAIM: [f64; 2] = [5.0, 10.0];
const LEARNING: f64 = 0.1;
const SHARPNESS: f64 = 0.5;
const AUDIT: f64 = 0.2;
const FINE: f64 = 20.0;

define_rng!(ChoiceRng);
define_rng!(AuditRng);
define_entity!(User);
#[derive(Copy, Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Values {
    restrained: f64,
    greedy: f64,
}
impl_property!(Values, User, default_const = Values { restrained: 0.0, greedy: 0.0 });
define_property!(struct Greedy(bool), User, default_const = Greedy(false));

#[derive(Default)]
struct Pool {
    stock: f64,
    capacity: f64,
    total: f64,
    greedy: u64,
}
define_data_plugin!(PoolPlugin, Pool, Pool::default());

fn step(context: &mut Context) {
    let mut demand = 0.0;
    let mut greedy_now = 0u64;
    for id in context.get_entity_iterator::<User>() {
        let values: Values = context.get_property(id);
        let chance = 1.0 / (1.0 + (-SHARPNESS * (values.greedy - values.restrained)).exp());
        let greedy = context.sample_bool(ChoiceRng, chance);
        context.set_property(id, Greedy(greedy));
        demand += CLAIM[usize::from(greedy)];
        greedy_now += u64::from(greedy);
    }
    let stock = context.get_data(PoolPlugin).stock;
    let scale = (stock / demand).min(1.0);
    for id in context.get_entity_iterator::<User>() {
        let Greedy(greedy) = context.get_property(id);
        let mut values: Values = context.get_property(id);
        let caught = context.sample_bool(AuditRng, AUDIT);
        let mut pay = CLAIM[usize::from(greedy)] * scale;
        if greedy {
            if caught {
                pay -= FINE;
            }
            values.greedy += LEARNING * (pay - values.greedy);
        } else {
            values.restrained += LEARNING * (pay - values.restrained);
        }
        context.set_property(id, values);
    }
    let pool = context.get_data_mut(PoolPlugin);
    let taken = demand * scale;
    pool.stock = (stock + GROWTH * stock * (1.0 - stock / pool.capacity) - taken).max(0.01 * pool.capacity);
    pool.total += taken;
    pool.greedy += greedy_now;
}

fn schedule(context: &mut Context, at: u64, steps: u64) {
    if at < steps {
        context.add_plan(at as f64, move |context| {
            step(context);
            schedule(context, at + 1, steps);
        });
    }
}

/// Stock, harvest and share of greedy choices of one run.
fn run(users: u64, steps: u64, seed: u64) -> [f64; 3] {
    let mut context = Context::new();
    context.init_random(seed);
    for _ in 0..users {
        let _ = context.add_entity(User).expect("a user");
    }
    let capacity = 100.0 * users as f64;
    *context.get_data_mut(PoolPlugin) = Pool { stock: capacity, capacity, total: 0.0, greedy: 0 };
    schedule(&mut context, 0, steps);
    context.execute();
    let pool = context.get_data(PoolPlugin);
    let all_steps = (users * steps) as f64;
    [pool.stock / capacity, pool.total / all_steps, pool.greedy as f64 / all_steps]
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
        for (sum, value) in sums.iter_mut().zip(run(n, t, seed + number)) {
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
