//! Welfare, the planner's benchmark, the fortress index and recovery, against answers worked out by hand.

use crate::support::{free, outcome, pasture, setup, sixteen_runs, with};
use commonground::model::benchmark::Benchmark;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use commonground::prelude::{Measure, Runs, Scenario};
use serde_json::{Value, json};

/// What a search on ever shorter lines may miss of a level or a welfare, as a share.
const SEARCH: f64 = 0.005;
/// What reading a price between sixteen stocks may miss, as a share.
const TABLE: f64 = 0.01;

/// The setup of a value with what its runs are measured against.
pub(crate) fn benchmarked(value: &Value) -> Setup {
    Benchmark::measured(&setup(value), InstructionSet::best())
}

/// The outcome of that key in run 0.
fn measured(setup: &Setup, key: &str) -> f64 {
    outcome(setup, &sixteen_runs(setup), key).lane(0)
}

fn close(got: f64, wanted: f64, tolerance: f64) {
    assert!((got - wanted).abs() <= tolerance * wanted.abs().max(1.0), "{got} is not {wanted}");
}

/// The pasture of Gordon and Schaefer (r = 1, K = 100, q = 0.01, p = 1, c = 0.2) where it gives the greatest lasting rent:
/// stock (K + c/pq)/2 = 60, effort 40 of 50, rent prK/4 (1 − c/pqK)² = 16.
pub(crate) fn most_rent(herders: u32, steps: u32) -> Value {
    with(
        &pasture(),
        [
            ("/time/steps", json!(steps)),
            ("/pools/pasture/start", json!(0.6)),
            ("/providers/herder/count", json!(herders)),
            ("/providers/herder/plan", json!(0.8)),
            ("/providers/herder/behaviour", json!({ "fixed": { "level": 0.8, "upstream": 0 } })),
        ],
    )
}

#[test]
fn the_planner_finds_the_greatest_lasting_rent_of_gordon_and_schaefer() {
    let value = with(&most_rent(10, 4000), [("/providers/herder/plan", json!(1))]);
    let plan = benchmarked(&value).benchmark().unwrap().plan.clone();
    close(plan.levels[0], 0.8, SEARCH);
    close(plan.welfare, 16.0, SEARCH);
    close(plan.stock_end, 0.6, SEARCH);
}

#[test]
fn the_planner_leaves_the_work_to_those_to_whom_it_costs_less() {
    let value = most_rent(2, 1000);
    let lavish = with(&value["providers"]["herder"], [("/cost/per_effort", json!(0.3))]);
    let plan = benchmarked(&with(&value, [("/providers/lavish", lavish)])).benchmark().unwrap().plan.clone();
    close(plan.levels[0], 1.0, 2.0 * SEARCH);
    close(plan.levels[1], 0.0, 2.0 * SEARCH);
    close(plan.welfare, 16.0, SEARCH);
}

#[test]
fn welfare_counts_what_rules_cost_and_not_what_changes_hands() {
    let value = most_rent(10, 50);
    let price = json!({ "money": 3, "attention": 0 });
    let changes = [("/rules/quota", json!({ "strength": 0, "cost": price, "level": 1, "error": 0, "enforcement": 0 }))];
    let dearer = with(&value, [("/providers/herder/payment/tariff/price", json!(7))]);
    close(measured(&setup(&value), "welfare"), 16.0, 1e-9);
    close(measured(&setup(&dearer), "welfare"), 16.0, 1e-9);
    close(measured(&setup(&with(&value, changes)), "welfare"), 13.0, 1e-9);
}

#[test]
fn welfare_is_told_as_a_share_of_the_planners_where_that_is_positive() {
    close(measured(&benchmarked(&most_rent(10, 1000)), "welfare_share"), 1.0, SEARCH);
    let worthless = with(&most_rent(10, 50), [("/providers/herder/worth", json!(0))]);
    assert!(measured(&benchmarked(&worthless), "welfare_share").is_nan());
}

#[test]
fn a_herder_weighs_the_catch_and_not_the_stock_it_takes() {
    // One more unit of effort: its own rent p q x − c = 0.4, which is what the place has too, less q x = 0.6 of stock at its
    // price p q E / (1 − 0.4) = 2/3, since a stray from 60 shrinks to 1 + r − 2 r x/K − q E = 0.4 of itself in each step.
    for herders in [1, 10] {
        close(measured(&benchmarked(&most_rent(herders, 200)), "fortress_index"), 0.4, TABLE);
    }
}

#[test]
fn a_token_in_the_common_fund_costs_the_others_fourteen_and_a_single_owner_nothing() {
    // Walker, Gardner & Ostrom: at 64 tokens of eight the private margin 23 − 0.25 (64 + 8) − 5 is 0, that of all 23 − 0.5 · 64 − 5.
    let fund = |players: u32, level: f64| {
        let game = with(
            &most_rent(players, 10),
            [
                ("/pools/pasture/growth", json!({ "fixed": {} })),
                ("/pools/pasture/production", json!({ "quadratic": { "linear": 23, "crowding": 0.25 } })),
                ("/pools/pasture/loses", json!({ "yield": 0 })),
            ],
        );
        benchmarked(&with(
            &game,
            [
                ("/providers/herder/size", json!(8)),
                ("/providers/herder/plan", json!(level)),
                ("/providers/herder/cost/per_effort", json!(5)),
                ("/providers/herder/behaviour", json!({ "fixed": { "level": level, "upstream": 0 } })),
            ],
        ))
    };
    close(measured(&fund(8, 8.0), "fortress_index"), 14.0, TABLE);
    close(measured(&fund(1, 4.5), "fortress_index"), 0.0, 1e-9);
}

#[test]
fn a_claim_that_is_ceded_brings_nobody_anything() {
    let decided = json!({
        "strength": 1, "cost": free(), "interval": 1, "decision": { "majority": {} }, "votes": "equal", "public_seats": 0,
        "ceded": 1, "totals": [1], "upstream": [0], "sharing": ["plan"], "horizon": 10
    });
    let eager = [("/providers/herder/behaviour/fixed/level", json!(1.5)), ("/rules/collective_choice", decided)];
    close(measured(&benchmarked(&with(&most_rent(10, 48), eager)), "fortress_index"), 0.0, 1e-12);
}

#[test]
fn where_a_pool_is_short_what_one_gains_the_others_lose() {
    // Claims of 200 on a stock of 100 that is all taken and never regrows above it: more for one is less for another, so that
    // the place gains nothing, and a herder with a tenth of the claims keeps nine tenths of half a unit, worth 0.5 − 0.2 each.
    let value = with(
        &most_rent(10, 1),
        [
            ("/pools/pasture/start", json!(1)),
            ("/pools/pasture/loses", json!({ "claim": 1 })),
            ("/pools/pasture/production", Value::Null),
            ("/providers/herder/behaviour/fixed/level", json!(4)),
        ],
    );
    close(measured(&benchmarked(&value), "fortress_index"), 0.9 * 0.5 * (1.0 - 0.2), TABLE);
}

#[test]
fn recovery_is_counted_from_the_end_of_the_shock() {
    // Half of 60 is lost in step 20. By x (2 − qE) − x²/100 the stock is 39, 47.2, 53.2, 56.8, 58.6, 59.4 after steps 21 to 26.
    let shock = json!({ "storm": { "stock_loss": { "when": { "at": 20 }, "size": 0.5, "pool": "pasture" } } });
    let struck = with(&most_rent(10, 40), [("/shocks", shock.clone())]);
    let record = setup(&struck);
    close(measured(&record, "recovery_steps"), 5.0, 1e-12);
    close(measured(&record, "recovered"), 1.0, 1e-12);
    let short = setup(&with(&struck, [("/time/steps", json!(26))]));
    assert!(measured(&short, "recovery_steps").is_nan());
    close(measured(&short, "recovered"), 0.0, 1e-12);
}

/// Arms that are compared cost the payer the same, so that no finding about them is one about how much is paid. Where payment is by the
/// unit, less care costs less; there the measure `payer` says so.
#[test]
fn fixed_sums_cost_the_payer_what_the_fortress_costs() {
    let payer = |name: &str| {
        let runs = Scenario::bundled(name).unwrap().run(Runs::of(200).seed(3));
        runs.outcome(Measure::PAYER).unwrap().mean().unwrap()
    };
    let place = ["place-block", "place-capitated", "place-based"].map(|arm| ("place-fortress", arm.to_owned()));
    let real = ["isle-of-wight", "south-tyneside", "tameside", "bradford"];
    let real = real.map(|place| (format!("{place}-fortress"), format!("{place}-place-based")));
    let real = real.iter().map(|(fortress, arm)| (fortress.as_str(), arm.clone()));
    for (fortress, arm) in place.into_iter().chain(real) {
        let (paid, by_the_unit) = (payer(&arm), payer(fortress));
        assert!((paid / by_the_unit - 1.0).abs() < 0.005, "{arm} costs {paid}, {fortress} {by_the_unit}");
    }
}
