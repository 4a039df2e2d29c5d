//! The textbook inside the engine: with everything optional off, closed forms of bioeconomics and game theory.

use crate::support::{
    FIRST_RUNS, SEED, changed, checked, mean, outcome, pasture, series, setup, sixteen_runs, tariff, walk, with,
};
use commonground::model::dice::{Dice, Luck, Purpose};
use commonground::model::lanes::{LANES, Lanes};
use commonground::model::pool::ActsOn;
use commonground::model::rows::Packing;
use commonground::model::run::run;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

/// A pasture (r = 1, K = 100, q = 0.01) whose users together exert this effort in every step.
fn constant_effort(effort: f64, steps: u32) -> Setup {
    setup(&with(
        &pasture(),
        [
            ("/time/steps", json!(steps)),
            ("/providers/herder/behaviour", json!({ "fixed": { "level": effort / 50.0, "upstream": 0 } })),
        ],
    ))
}

#[test]
fn logistic_growth_follows_its_recursion_bit_by_bit_and_ends_at_capacity() {
    let changes = [("/pools/pasture/start", json!(0.05)), ("/pools/pasture/growth/logistic/rate", json!(0.3))];
    let setup = setup(&with(
        &with(&pasture(), changes),
        [
            ("/providers/herder/behaviour", json!({ "fixed": { "level": 0, "upstream": 0 } })),
            ("/time/steps", json!(200)),
        ],
    ));
    let mut stock: f64 = 5.0;
    let world = walk(&setup, |_, before, after| {
        assert_eq!(before.pools[0].stock.lane(3), stock);
        stock += 0.3 * stock * (1.0 - stock * (1.0 / 100.0));
        assert_eq!(after.pools[0].stock.lane(3), stock);
    });
    assert!((world.pools[0].stock.lane(0) - 100.0).abs() < 1e-9);
}

#[test]
fn constant_effort_leaves_the_gordon_schaefer_stock_and_half_of_r_over_q_gives_the_most() {
    // x = K (1 − qE/r), yield qEx; MSY rK/4 = 25 at E = r/2q = 50.
    let mut best = (0.0, 0.0);
    for effort in [10.0, 30.0, 40.0, 50.0, 60.0, 80.0] {
        let setup = constant_effort(effort, 4000);
        let world = walk(&setup, |_, _, _| {});
        let stock = 100.0 * (1.0 - 0.01 * effort);
        assert!((world.pools[0].stock.lane(0) - stock).abs() < 1e-6, "stock at effort {effort}");
        let caught: f64 = world.providers.iter().map(|state| state.delivered.lane(0) * 5.0).sum();
        assert!((caught - 0.01 * effort * stock).abs() < 1e-6, "yield at effort {effort}");
        if caught > best.1 {
            best = (effort, caught);
        }
    }
    assert!((best.0 - 50.0).abs() < 1e-12 && (best.1 - 25.0).abs() < 1e-6, "the most is {best:?}");
}

#[test]
fn what_an_escapement_yields_for_good_is_its_growth_and_half_of_capacity_yields_the_most() {
    // Of R a share h = qE is caught and S is left: the catch is G(S) = r S (1 − S/K), with S = K (1 − h/((1 − h) r)). It is
    // greatest, rK/4 = 25, where S = K/2: h = 1/3.
    let mut best = (0.0, 0.0);
    for effort in [10.0, 20.0, 100.0 / 3.0, 40.0, 45.0] {
        let bound = changed(&constant_effort(effort, 2000), |parts| {
            parts.pools[0].part.growth_acts_on = Some(ActsOn::Left);
        });
        let world = walk(&bound, |_, _, _| {});
        let caught: f64 = world.providers.iter().map(|state| state.delivered.lane(0) * 5.0).sum();
        let left = world.pools[0].stock.lane(0) - caught;
        let share = 0.01 * effort;
        assert!((left - 100.0 * (1.0 - share / (1.0 - share))).abs() < 1e-6, "{left} is left at effort {effort}");
        assert!((caught - left * (1.0 - left / 100.0)).abs() < 1e-6, "{caught} is caught at effort {effort}");
        if caught > best.1 {
            best = (left, caught);
        }
    }
    assert!((best.0 - 50.0).abs() < 1e-6 && (best.1 - 25.0).abs() < 1e-6, "the most is {best:?}");
}

#[test]
fn growth_of_what_is_left_is_a_fault_where_nothing_grows() {
    let fixed = [("/pools/pasture/growth", json!({ "fixed": {} })), ("/pools/pasture/growth_acts_on", json!("left"))];
    let faults = checked(&with(&pasture(), fixed)).expect_err("a fault");
    assert!(faults.contains("pools.pasture.growth_acts_on"), "{faults}");
}

#[test]
fn open_access_ends_where_rent_is_gone() {
    // x = c/(pq) = 0.2/0.01 = 20 and E = (r/q)(1 − x/K) = 80; published tolerance ± 0.1 of stock.
    let open = with(
        &pasture(),
        [
            ("/time/steps", json!(5000)),
            ("/providers/herder/behaviour", json!({ "fixed": { "level": 0, "upstream": 0 } })),
            (
                "/outside",
                json!({
                    "pool": "pasture", "effort": 1, "limit": 200, "price": 1, "cost": 0.2, "entry": 0.01, "crossing": 0
                }),
            ),
        ],
    );
    let world = walk(&setup(&open), |_, _, _| {});
    assert!((world.pools[0].stock.lane(0) - 20.0).abs() < 0.1, "stock {}", world.pools[0].stock.lane(0));
    assert!((world.place.outside.lane(0) - 80.0).abs() < 0.4, "effort {}", world.place.outside.lane(0));
}

/// The laboratory game of Walker, Gardner & Ostrom: a token in the common fund costs the 5 it earns elsewhere.
fn laboratory(players: u32, levels: Value, start: f64) -> Setup {
    setup(&with(
        &with(
            &pasture(),
            [
                ("/pools/pasture/growth", json!({ "fixed": {} })),
                ("/pools/pasture/production", json!({ "quadratic": { "linear": 23, "crowding": 0.25 } })),
                ("/pools/pasture/loses", json!({ "yield": 0 })),
                ("/time/steps", json!(20)),
            ],
        ),
        [
            ("/providers/herder/count", json!(players)),
            ("/providers/herder/size", json!(8)),
            ("/providers/herder/start", json!(start)),
            ("/providers/herder/levels", levels),
            ("/providers/herder/cost/per_effort", json!(5)),
            ("/providers/herder/behaviour", json!({ "best_response": {} })),
        ],
    ))
}

fn tokens(setup: &Setup) -> Vec<f64> {
    let world = walk(setup, |_, _, _| {});
    world.providers.iter().map(|one| one.level.lane(0) * one.size).collect()
}

#[test]
fn eight_players_put_in_sixty_four_tokens_whatever_their_endowment() {
    for endowment in [10, 25] {
        for start in [0.0, 5.0, 10.0] {
            let levels = json!({ "from": 0, "to": endowment, "count": endowment + 1 });
            assert_eq!(tokens(&laboratory(8, levels, start)), [8.0; 8], "{endowment} tokens, first {start}");
        }
    }
}

#[test]
fn one_owner_of_all_puts_in_thirty_six_tokens_and_the_game_wastes_six_tenths_of_the_rent() {
    let one = tokens(&laboratory(1, json!({ "from": 0, "to": 10, "count": 81 }), 1.0));
    assert_eq!(one, [36.0]);
    let rent = |tokens: f64| 18.0 * tokens - 0.25 * tokens * tokens;
    assert!((rent(64.0) / rent(one[0]) - 0.395).abs() < 5e-4, "39.5% of the most is left");
}

#[test]
fn the_pool_of_tavoni_and_others_settles_where_an_independent_solver_says() {
    for (effort, published) in [(0.2, None), (0.483, Some(84.9)), (0.8, None)] {
        let pool = with(
            &with(
                &pasture(),
                [
                    ("/pools/pasture/capacity", json!(200)),
                    ("/pools/pasture/growth", json!({ "inflow": { "amount": 50, "loss": 50 } })),
                    (
                        "/pools/pasture/production",
                        json!({ "cobb_douglas": { "scale": 10, "effort": 0.6, "stock": 0.2 } }),
                    ),
                    ("/pools/pasture/loses", json!({ "effort": 1 })),
                    ("/time/steps", json!(2000)),
                ],
            ),
            [
                ("/providers/herder/size", json!(1)),
                ("/providers/herder/behaviour", json!({ "fixed": { "level": effort, "upstream": 0 } })),
                ("/providers/herder/payment", tariff(1.0)),
            ],
        );
        let setup = setup(&pool);
        let world = walk(&setup, |_, _, _| {});
        let stock = world.pools[0].stock.lane(0);
        let solved = root(|stock| 50.0 - 50.0 * (stock / 200.0) * (stock / 200.0) - effort * stock);
        assert!((stock - solved).abs() < 1e-6, "stock {stock}, solved {solved}");
        let each = world.providers.iter();
        let caught: f64 = each.map(|state| state.delivered.lane(0) * state.size).sum();
        let wanted = 10.0 * effort.powf(0.6) * solved.powf(0.2);
        assert!((caught - wanted).abs() < 1e-6 * wanted, "yield {caught}, wanted {wanted}");
        if let Some(published) = published {
            assert!((stock - published).abs() < 0.1, "{stock} against the published {published}");
        }
    }
}

/// The positive root of a falling function, by halving.
fn root(of: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, 200.0);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if of(middle) > 0.0 { low = middle } else { high = middle }
    }
    low
}

/// Picks one number of a run.
type Part = fn(&Mini) -> f64;

/// What a run of the small model comes to.
#[derive(Clone, Copy)]
struct Mini {
    stock: f64,
    harvest: f64,
    greedy: f64,
}

const AGENTS: usize = 20;
const TICKS: u32 = 520;

/// The small model in plain scalar code. `draw` gives a uniform number for the choice (stream 0) or the audit (stream 1) of an
/// agent in a tick; `felt` says what audit an agent feels in a tick.
fn plain(mut chosen: impl FnMut(u32, usize) -> f64, mut audited: impl FnMut(u32, usize) -> f64) -> Mini {
    const HARVEST: [f64; 2] = [5.0, 10.0];
    let full = 100.0 * AGENTS as f64;
    let (mut stock, mut total, mut greedy) = (full, 0.0, 0);
    let mut worth = [[0.0_f64; 2]; AGENTS];
    for tick in 0..TICKS {
        let mut choices = [0; AGENTS];
        for (agent, choice) in choices.iter_mut().enumerate() {
            let restrained = 1.0 / (1.0 + (0.5 * (worth[agent][1] - worth[agent][0])).exp());
            *choice = usize::from(chosen(tick, agent) > restrained);
            greedy += *choice;
        }
        let demand: f64 = choices.iter().map(|choice| HARVEST[*choice]).sum();
        let scale = (stock / demand).min(1.0);
        for (agent, choice) in choices.iter().enumerate() {
            let fined = audited(tick, agent) * if *choice == 1 { 20.0 } else { 0.0 };
            let worth = &mut worth[agent][*choice];
            *worth += 0.1 * (HARVEST[*choice] * scale - fined - *worth);
        }
        stock = (stock + 0.35 * stock * (1.0 - stock / full) - demand * scale).max(0.01 * full);
        total += demand * scale;
    }
    let acts = AGENTS as f64 * f64::from(TICKS);
    Mini { stock: stock / full, harvest: total / acts, greedy: greedy as f64 / acts }
}

fn mini() -> Setup {
    setup(&serde_json::from_str(include_str!("../../scenarios/commons-mini.json")).unwrap())
}

#[test]
fn the_small_commons_is_the_plain_model_run_by_run_on_the_same_draws() {
    // The engine's providers feel the risk they have learnt, which at full speed of learning is the audit of the last step;
    // before the first it is the chance itself. Audits are independent of each other, so only their names have moved.
    let setup = mini();
    let record = run(&setup, SEED, FIRST_RUNS, InstructionSet::best());
    let (dice, luck) = (Dice::new(&Packing::Runs(FIRST_RUNS)), Luck::of(SEED, "user"));
    let all = |purpose: Purpose| -> Vec<Vec<Lanes>> {
        (0..TICKS).map(|step| dice.each(&luck, purpose, step, AGENTS)).collect()
    };
    let (choices, audits) = (all(Purpose::Choice), all(Purpose::Audit));
    for lane in 0..LANES {
        let audited = |tick: u32, agent: usize| match tick.checked_sub(1) {
            None => 0.2,
            Some(last) => f64::from(u8::from(audits[last as usize][agent].lane(lane) < 0.2)),
        };
        let wanted = plain(|tick, agent| choices[tick as usize][agent].lane(lane), audited);
        let got = engine(&setup, &record, lane);
        assert!((got.stock - wanted.stock).abs() < 1e-9, "run {lane}: stock {} is not {}", got.stock, wanted.stock);
        assert!((got.harvest - wanted.harvest).abs() < 1e-9, "run {lane}: harvest");
        assert!((got.greedy - wanted.greedy).abs() < 1e-9, "run {lane}: greedy");
    }
}

fn engine(setup: &Setup, record: &commonground::model::record::Record, lane: usize) -> Mini {
    let of = |key: &str| outcome(setup, record, key).lane(lane);
    Mini { stock: of("stock_end"), harvest: of("yield") * 5.0, greedy: 1.0 - of("compliance") }
}

#[test]
fn the_small_commons_has_the_means_of_the_plain_model_on_other_draws() {
    /// Means of two samples may differ by so many standard errors.
    const STANDARD_ERRORS: f64 = 4.0;
    const RUNS: u64 = 2048;
    // As in the engine, the first tick feels the chance of an audit itself. With a drawn audit there too, the mean harvest is
    // lower by 0.0065 ± 0.0008: a first fine keeps some from taking more for long.
    let setup = mini();
    let mut engines = Vec::new();
    for batch in 0..RUNS / LANES as u64 {
        let record = run(&setup, 1, std::array::from_fn(|lane| batch * 16 + lane as u64), InstructionSet::best());
        engines.extend((0..LANES).map(|lane| engine(&setup, &record, lane)));
    }
    let plains: Vec<Mini> = (0..RUNS)
        .map(|number| {
            let mut choice = ChaCha8Rng::seed_from_u64(2 * number);
            let mut audit = ChaCha8Rng::seed_from_u64(2 * number + 1);
            let mut audited = |tick, _| if tick == 0 { 0.2 } else { f64::from(u8::from(audit.random::<f64>() < 0.2)) };
            plain(|_, _| choice.random(), &mut audited)
        })
        .collect();
    let parts: [(&str, Part); 3] =
        [("stock", |run| run.stock), ("harvest", |run| run.harvest), ("greedy", |run| run.greedy)];
    for (name, of) in parts {
        let (ours, our_error) = mean_and_error(engines.iter().map(of));
        let (theirs, their_error) = mean_and_error(plains.iter().map(of));
        let errors = (ours - theirs) / our_error.hypot(their_error);
        println!("{name}: {ours:.5} against {theirs:.5}, {errors:+.2} standard errors apart");
        assert!(errors.abs() < STANDARD_ERRORS, "{name}: {ours} against {theirs}, {errors} standard errors apart");
    }
}

fn mean_and_error(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let values: Vec<f64> = values.collect();
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (mean, (squares / (count - 1.0) / count).sqrt())
}

#[test]
fn users_who_each_respond_best_on_a_logistic_pool_overuse_it_and_the_record_says_so() {
    // With Schaefer production a myopic user sees qRp − c > 0 and takes all it may: x falls until qRp = c, that is to 20.
    let greedy = with(
        &pasture(),
        [
            ("/providers/herder/behaviour", json!({ "best_response": {} })),
            ("/time/steps", json!(400)),
            ("/providers/herder/levels", json!([0, 1.6, 3])),
            ("/pools/pasture/growth/logistic/rate", json!(0.2)),
            ("/pools/pasture/production/schaefer/catchability", json!(0.01)),
        ],
    );
    let setup = setup(&greedy);
    let record = sixteen_runs(&setup);
    let late: Vec<f64> = series(&setup, &record, "stock.pasture").split_off(100);
    let average = late.iter().sum::<f64>() / late.len() as f64;
    assert!((0.05..0.35).contains(&average), "the stock hovers about 0.2 of capacity, not {average}");
    assert!(mean(outcome(&setup, &record, "collapsed")) == 1.0);
}
