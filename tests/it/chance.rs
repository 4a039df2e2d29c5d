//! Chance as the model meets it: uniform over runs, steps and providers at once, and independent between neighbours of any
//! kind. The word-by-word check against the reference generator stands beside the dice themselves.

use crate::random::{Maker, Without};
use crate::support::{FIRST_RUNS, SEED, pasture, setup, walk, with};
use commonground::model::dice::{Dice, Luck, Purpose};
use commonground::model::lanes::LANES;
use commonground::model::rows::Packing;
use serde_json::json;

const STREAMS: [Purpose; 11] = [
    Purpose::Need,
    Purpose::Choice,
    Purpose::Audit,
    Purpose::Peer,
    Purpose::Mutation,
    Purpose::Shock,
    Purpose::Vote,
    Purpose::Quota,
    Purpose::Trust,
    Purpose::Revision,
    Purpose::Copy,
];
const STEPS: u32 = 64;
const PROVIDERS: usize = 32;
const DRAWS: f64 = STEPS as f64 * PROVIDERS as f64 * LANES as f64;

/// Quantile 0.9999 of the standard normal distribution: one test in ten thousand fails by chance, and the seed is fixed.
const FAR_OUT: f64 = 3.72;

/// All draws of a stream in the order of steps, providers and runs, less one half.
fn draws(seed: u64, stream: Purpose, first_run: u64) -> Vec<f64> {
    let dice = Dice::new(&Packing::Runs(std::array::from_fn(|lane| first_run + lane as u64)));
    let luck = Luck::of(seed, "kind");
    (0..STEPS)
        .flat_map(|step| {
            let draws = dice.each(&luck, stream, step, PROVIDERS);
            draws.iter().flat_map(|draw| draw.to_array()).map(|draw| draw - 0.5).collect::<Vec<f64>>()
        })
        .collect()
}

/// √n times the correlation of two lists of uniform draws less one half: about standard normal if they are independent.
fn link(left: &[f64], right: &[f64]) -> f64 {
    let sum: f64 = left.iter().zip(right).map(|(left, right)| left * right).sum();
    12.0 * sum / (left.len() as f64).sqrt()
}

#[test]
fn draws_fill_a_hundred_bins_evenly_in_every_stream() {
    /// Quantile 0.9999 of χ² with 99 degrees of freedom.
    const LIMIT: f64 = 161.3;
    for stream in STREAMS {
        let mut bins = [0.0; 100];
        for draw in draws(SEED, stream, 0) {
            bins[((draw + 0.5) * 100.0) as usize] += 1.0;
        }
        let expected = DRAWS / 100.0;
        let distance: f64 = bins.iter().map(|count| (count - expected) * (count - expected) / expected).sum();
        assert!(distance < LIMIT, "{stream:?}: χ² = {distance:.1}");
        assert!(distance > 50.0, "{stream:?} is too even for chance: χ² = {distance:.1}");
    }
}

#[test]
fn streams_know_nothing_of_each_other() {
    let all: Vec<Vec<f64>> = STREAMS.iter().map(|stream| draws(SEED, *stream, 0)).collect();
    for (index, left) in all.iter().enumerate() {
        for (other, right) in all.iter().enumerate().skip(index + 1) {
            let link = link(left, right);
            assert!(link.abs() < FAR_OUT + 0.5, "{:?} and {:?}: {link:.2}", STREAMS[index], STREAMS[other]);
        }
    }
}

#[test]
fn a_draw_knows_nothing_of_the_next_run_provider_step_batch_or_seed() {
    let here = draws(SEED, Purpose::Choice, 0);
    let step = PROVIDERS * LANES;
    for (what, distance) in [("run", 1), ("provider", LANES), ("step", step), ("seventh step", 7 * step)] {
        let link = link(&here[distance..], &here[..here.len() - distance]);
        assert!(link.abs() < FAR_OUT, "the next {what}: {link:.2}");
    }
    for (what, there) in [
        ("batch", draws(SEED, Purpose::Choice, 16)),
        ("seed", draws(SEED + 1, Purpose::Choice, 0)),
        ("seed with one other bit far up", draws(SEED ^ (1 << 63), Purpose::Choice, 0)),
    ] {
        let link = link(&here, &there);
        assert!(link.abs() < FAR_OUT, "the next {what}: {link:.2}");
    }
}

#[test]
fn need_has_the_mean_and_the_spread_that_the_scenario_says() {
    let noisy = with(
        &pasture(),
        [(
            "/providers/herder/need",
            json!({
                "level": 0.8, "trend": 0, "season": [], "noise": 0.1, "waits": 0, "induced": 0, "relief": 0
            }),
        )],
    );
    let mut needs = Vec::new();
    walk(&setup(&noisy), |_, _, after| {
        needs.extend(after.providers.iter().flat_map(|state| state.need_new.to_array()));
    });
    let count = needs.len() as f64;
    let mean = needs.iter().sum::<f64>() / count;
    let spread = (needs.iter().map(|need| (need - mean) * (need - mean)).sum::<f64>() / count).sqrt();
    // Standard errors: 0.08/√n of the mean, 0.08/√(2n) of the spread; n = 40 steps × 10 providers × 16 runs.
    assert!((mean - 0.8).abs() < FAR_OUT * 0.08 / count.sqrt(), "mean {mean}");
    assert!((spread - 0.08).abs() < FAR_OUT * 0.08 / (2.0 * count).sqrt(), "spread {spread}");
}

#[test]
fn deviations_of_need_last_as_long_as_the_scenario_says_and_spread_as_far() {
    let need = json!({
        "level": 1, "trend": 0, "season": [], "noise": 0.1, "persistence": 0.6, "waits": 0, "induced": 0, "relief": 0
    });
    let lasting = with(&pasture(), [("/providers/herder/need", need), ("/time/steps", json!(200))]);
    let mut deviations: Vec<Vec<f64>> = Vec::new();
    walk(&setup(&lasting), |_, _, after| {
        deviations.push(after.providers.iter().flat_map(|state| (state.need_new - 1.0).to_array()).collect());
    });
    let over = |lag: usize| {
        let pairs = deviations.iter().zip(&deviations[lag..]);
        let products: Vec<f64> = pairs.flat_map(|(now, later)| now.iter().zip(later).map(|(a, b)| a * b)).collect();
        products.iter().sum::<f64>() / products.len() as f64
    };
    // 160 series of 200 steps. The standard error of a correlation is √((1 − 0.36)/n) at lag 1; the variance of such a series
    // counts as that of n (1 − 0.36)/(1 + 0.36) independent draws.
    let count = 160.0 * 200.0;
    let error = (0.64_f64 / count).sqrt();
    assert!((over(1) / over(0) - 0.6).abs() < FAR_OUT * error, "correlation {}", over(1) / over(0));
    assert!((over(2) / over(0) - 0.36).abs() < FAR_OUT * 2.0 * error, "two steps on {}", over(2) / over(0));
    let spread = (2.0 / (count * 0.64 / 1.36)).sqrt();
    assert!((over(0) / 0.01 - 1.0).abs() < FAR_OUT * spread, "variance {}", over(0));
    let first = deviations[0].iter().map(|value| value * value).sum::<f64>() / 160.0;
    assert!((first / 0.01 - 1.0).abs() < FAR_OUT * (2.0_f64 / 160.0).sqrt(), "variance of the first step {first}");
}

#[test]
fn a_shock_with_a_chance_strikes_that_often_and_not_in_all_runs_at_once() {
    let stormy = with(
        &pasture(),
        [
            ("/time/steps", json!(400)),
            ("/pools/pasture/growth", json!({ "inflow": { "amount": 60, "loss": 0 } })),
            ("/shocks/storm", json!({ "stock_loss": { "when": { "chance": 0.05 }, "size": 1, "pool": "pasture" } })),
        ],
    );
    // A full loss leaves exactly the inflow of 60; nothing else does.
    let mut struck = [0.0; LANES];
    walk(&setup(&stormy), |_, _, after| {
        for (count, stock) in struck.iter_mut().zip(after.pools[0].stock.to_array()) {
            *count += f64::from(u8::from((stock - 60.0).abs() < 1e-9));
        }
    });
    let trials = 400.0 * LANES as f64;
    let error = (0.05 * 0.95 / trials).sqrt();
    assert!((struck.iter().sum::<f64>() / trials - 0.05).abs() < FAR_OUT * error, "{struck:?}");
    assert!(struck.iter().any(|count| *count != struck[0]), "all runs are struck alike: {struck:?}");
}

#[test]
fn two_seeds_make_two_experiments() {
    let scenario = Maker::new(3).scenario(Without::default());
    let setup = setup(&scenario);
    let on = |seed| {
        let set = commonground::model::simd::InstructionSet::best();
        crate::support::bits(&commonground::model::run::run(&setup, seed, FIRST_RUNS, set))
    };
    assert!(on(1) == on(1));
    assert!(on(1) != on(2));
}
