//! A pasture without need, in which peers fine each other: two herders on a pasture, a ranch on a pond.

use super::{Worked, assert_outcomes, assert_series};
use crate::support::{pasture, tariff, with};
use serde_json::{Value, json};

fn scenario() -> Value {
    let herder = with(
        &pasture()["providers"]["herder"],
        [
            ("/count", json!(2)),
            ("/size", json!(10)),
            ("/worth", json!(2)),
            ("/cost/per_effort", json!(0.9)),
            ("/sanctioning", json!({ "spends": 0.05, "stray": 0, "revenge": 0 })),
            ("/payment", tariff(1.0)),
        ],
    );
    let ranch = with(
        &herder,
        [
            ("/count", json!(1)),
            ("/size", json!(20)),
            ("/plan", json!(0.5)),
            ("/worth", json!(1)),
            ("/cost/per_effort", json!(0.8)),
            ("/uses", json!({ "pond": 1 })),
            ("/behaviour/fixed/level", json!(0.7)),
            ("/payment", json!({ "block": { "amount": 0.6, "change_per_year": 0 } })),
        ],
    );
    let pond = json!({
        "unit": "fish", "capacity": 50, "start": 0.8, "growth": { "fixed": {} }, "loses": { "claim": 0.1 },
        "rationing": { "proportional": {} }, "collapse": 0, "refuge": 0
    });
    let quota =
        json!({ "level": 1, "error": 0, "enforcement": 0, "strength": 0, "cost": { "money": 0.6, "attention": 0 } });
    let boundary =
        json!({ "shut_out": 0, "counted": 1, "strength": 0, "cost": { "money": 0.3, "attention": 0, "from": "pond" } });
    let peers = json!({
        "against": "taking_more", "effect": 4, "most": 1, "chosen": 1, "strength": 1, "cost": { "money": 0, "attention": 0 }
    });
    with(
        &pasture(),
        [
            ("/time/steps", json!(2)),
            ("/pools/pasture/start", json!(0.5)),
            ("/pools/pasture/production/schaefer/catchability", json!(0.03)),
            ("/pools/pond", pond),
            ("/providers", json!({ "herder": herder, "ranch": ranch })),
            ("/society/coverage", json!(1)),
            ("/rules", json!({ "quota": quota, "boundary": boundary, "peer_sanctions": peers })),
        ],
    )
}

/// Yield per effort of the herders, 3% of 50 and of 60; the ranch's is 1.
const YIELD: [f64; 2] = [1.5, 1.8];
/// 50 − 15 + 25, and 60 − 18 + 24; the pond loses 1.4 of catch and 0.3 of money in a step.
const PASTURE: [f64; 2] = [0.60, 0.66];
const POND: [f64; 2] = [38.3 / 50.0, 36.6 / 50.0];
/// The ranch exceeds its plan by 0.2 for each of 20: 4 units, for each of which a herder spends 0.05 and the ranch loses 0.4.
const SPENT: f64 = 2.0 * 4.0 * 0.05;
const FINED: f64 = 4.0 * SPENT;

/// Margins of the herders and of the ranch in money; the quota costs all 0.6, of which the herders have a third.
fn margins(step: usize) -> [f64; 2] {
    [10.0 * (YIELD[step] - 0.9) - SPENT - 0.2, 20.0 * (0.6 - 0.8 * 0.7) - FINED - 0.4]
}

/// Incomes in money.
fn incomes(step: usize) -> [f64; 2] {
    [10.0 * YIELD[step], 20.0 * 0.6]
}

/// A catch is worth 2 and 1; rules cost 0.9, and what peers spend and are fined is lost.
fn welfare(step: usize) -> f64 {
    10.0 * (2.0 * YIELD[step] - 0.9) + 20.0 * (0.7 - 0.8 * 0.7) - 0.9 - SPENT - FINED
}

fn both<const N: usize>(of: impl Fn(usize) -> [f64; N]) -> [f64; N] {
    let (first, second) = (of(0), of(1));
    std::array::from_fn(|index| first[index] + second[index])
}

pub(super) fn outcomes() -> Worked<'static> {
    let (margins, incomes) = (both(margins), both(incomes));
    let income = incomes[0] + incomes[1];
    vec![
        ("stock_end", PASTURE[1]),
        ("stock_mean", 0.63),
        ("collapsed", 0.0),
        ("collapse_step", f64::NAN),
        ("effort", (10.0 + 14.0) / 20.0),
        ("yield", (10.0 * 1.65 + 14.0) / 20.0),
        ("compliance", 2.0 / 3.0),
        ("margin", (margins[0] + margins[1]) / income),
        ("in_deficit", 1.0 / 3.0),
        ("governance", 1.8 / income),
        ("payer", 0.5 * income + 0.3),
        ("welfare", 0.5 * (welfare(0) + welfare(1))),
        ("yield.herder", 1.65),
        ("margin.herder", margins[0] / incomes[0]),
        ("yield.ranch", 1.4),
        ("margin.ranch", margins[1] / incomes[1]),
    ]
}

pub(super) fn series() -> Vec<Worked<'static>> {
    let step = |step: usize| {
        vec![
            ("stock.pasture", PASTURE[step]),
            ("stock.pond", POND[step]),
            ("effort", (10.0 + 14.0) / 20.0),
            ("yield", (10.0 * YIELD[step] + 14.0) / 20.0),
            ("welfare", welfare(step)),
            ("margin", margins(step).iter().sum::<f64>() / incomes(step).iter().sum::<f64>()),
            ("peer_sanctions", SPENT + FINED),
        ]
    };
    vec![step(0), step(1)]
}

#[test]
fn every_outcome_of_a_pasture_is_what_it_says() {
    assert_outcomes(&scenario(), &outcomes());
}

#[test]
fn every_series_of_a_pasture_is_what_it_says() {
    assert_series(&scenario(), &series());
}
