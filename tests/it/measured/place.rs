//! A place with need, money, trust and upstream work: an acute provider and two of community care draw on staff.

use super::{Worked, assert_outcomes, assert_series};
use crate::support::{free, pasture, tariff, with};
use serde_json::{Value, json};

/// Acute is paid a tariff from outside; community care a block out of a purse that does not reach, and a bonus. All are fixed.
fn scenario() -> Value {
    let herder = pasture()["providers"]["herder"].clone();
    let kind = |count: u32, size: f64, plan: f64, worth: f64| {
        with(
            &herder,
            [
                ("/count", json!(count)),
                ("/size", json!(size)),
                ("/plan", json!(plan)),
                ("/worth", json!(worth)),
                ("/uses", json!({ "staff": 1 })),
            ],
        )
    };
    let acute = with(
        &kind(1, 20.0, 1.2, 1.5),
        [
            ("/behaviour/fixed/level", json!(0.8)),
            ("/cost/per_effort", json!(0.9)),
            ("/cost/fixed", json!(0.1)),
            ("/payment", tariff(1.1)),
            ("/need", need(&json!([1.0, 1.2]), 0.5, &json!({ "community": { "share": 0.25, "becomes": 0.5 } }), 1.0)),
        ],
    );
    let community = with(
        &kind(2, 50.0, 0.9, 2.0),
        [
            ("/upstream", json!([0.1])),
            ("/behaviour/fixed", json!({ "level": 1, "upstream": 0.1 })),
            ("/cost/per_effort", json!(0.7)),
            ("/payment", json!({ "block": { "amount": 0.8, "change_per_year": 0 } })),
            ("/paid_from", json!("money")),
            ("/bonus", bonus()),
            ("/need", need(&json!([1.2, 1.0]), 0.2, &json!({ "acute": { "share": 0.1, "becomes": 1 } }), 0.5)),
        ],
    );
    let quota =
        json!({ "strength": 0, "cost": { "money": 1.4, "attention": 0 }, "level": 1, "error": 0, "enforcement": 0 });
    with(
        &pasture(),
        [
            ("/time", json!({ "steps": 2, "unit": "month", "steps_per_year": 12 })),
            ("/pools", pools()),
            ("/providers", json!({ "acute": acute, "community": community })),
            ("/upstream", json!({ "productivity": 2, "decay": 0.5, "most": 0.45, "half": 0.5 })),
            ("/society/coverage", json!(0.4)),
            ("/society/trust_gain", json!(0.3)),
            ("/society/trust_loss", json!(0.6)),
            ("/rules/quota", quota),
            (
                "/rules/measures",
                json!({ "strength": 0, "cost": free(), "coverage": 1, "noise": 0, "lag": 0, "gaming": 0, "audience": "public" }),
            ),
        ],
    )
}

fn pools() -> Value {
    json!({
        "staff": {
            "unit": "staff", "capacity": 200, "start": 1, "growth": { "inflow": { "amount": 20, "loss": 30 } },
            "loses": { "claim": 0.5 }, "rationing": { "proportional": {} }, "collapse": 0.7, "refuge": 0
        },
        "money": {
            "unit": "£m", "capacity": 30, "start": 1, "loses": { "claim": 0 }, "rationing": { "proportional": {} },
            "growth": { "allocation": {
                "amount": 30, "growth_per_step": 0.1, "carry_over": 0, "overdraft": 4, "recovery": 0.5
            } },
            "collapse": 0, "refuge": 0
        }
    })
}

fn need(level: &Value, waits: f64, spills: &Value, relief: f64) -> Value {
    json!({
        "level": level, "trend": 0, "season": [], "noise": 0, "waits": waits, "spills": spills, "induced": 0,
        "relief": relief
    })
}

/// Half for a margin of −30% of income, which is kept; half for need met in full.
fn bonus() -> Value {
    json!({
        "amount": 0.05, "balance": "own", "target": -0.3, "need_met": { "share": 0.5, "of": "own", "target": 1 }
    })
}

/// What acute meets in a step, with 0.8 of effort; and community care, with 1 of which a tenth goes upstream.
const MET: [f64; 2] = [0.8, 0.9];
/// Relief of the second step, from 0.1 · 50 · 2/70 = 1/7 of upstream stock: 0.45 · 1/7 / (1/7 + 1/2).
const RELIEF: f64 = 0.1;
/// New need in the second step: community care feels relief by half.
const NEW: [f64; 2] = [1.2 * (1.0 - RELIEF), 1.0 - 0.5 * RELIEF];
/// What arrives in it: a tenth of 0.3 for each of 50 over 20, and half of a quarter of 0.2 for each of 20 over 50.
const RECEIVED: [f64; 2] = [0.1 * 0.3 * 50.0 / 20.0, 0.5 * 0.25 * 0.2 * 20.0 / 50.0];
/// Unmet after it: half and a fifth of the first step's 0.2 and 0.3 were still waiting.
const UNMET: [f64; 2] = [NEW[0] + RECEIVED[0] + 0.1 - MET[0], NEW[1] + RECEIVED[1] + 0.06 - MET[1]];
/// Need that arose in both, for each unit of size.
const ARISEN: [f64; 2] = [1.0 + NEW[0] + RECEIVED[0], 1.2 + NEW[1] + RECEIVED[1]];

/// Across the place: 20 of acute, 50 of community care.
fn across([acute, community]: [f64; 2]) -> f64 {
    20.0 * acute + 50.0 * community
}

/// What is paid of a block of 0.8 for each of 50: 34 of the 40, with the overdraft of 4; then 33 − 2 and the 2 that may be owed
/// besides.
const PAID: [f64; 2] = [0.8 * 34.0 / 40.0, 0.8 * 33.0 / 40.0];
/// Bonus of both steps: half of it, and half by need met: 0.9 of 1.2, and 0.9 of 1.02.
const BONUS: [f64; 2] = [0.05 * (0.5 + 0.5 * 0.75), 0.05 * (0.5 + 0.5 * 0.9 / 1.02)];
/// Each unit of size pays 1.4/70 for the quota. Acute earns 0.88 at a cost of 0.1 + 0.9 · 0.8.
const ACUTE: f64 = 0.88 - 0.82 - 0.02;

fn community(step: usize) -> f64 {
    PAID[step] + BONUS[step] - 0.7 - 0.02
}

/// Income of all in a step.
fn income(step: usize) -> f64 {
    across([0.88, PAID[step] + BONUS[step]])
}

/// The staff lose 33 in each step: 200 − 33 + 20 − 30, and 157 − 33 + 20 − 30 · 0.785².
const STAFF: [f64; 2] = [157.0 / 200.0, (157.0 - 33.0 + 20.0 - 30.0 * 0.785 * 0.785) / 200.0];
/// Two of three exceed their plan. From 0.5: (1/3 · 0.5 · 0.3 − 2/3 · 0.5 · 0.6) · 0.4, and the same from 0.44.
const TRUST: [f64; 2] = [0.44, 0.44 + 0.4 * (0.56 * 0.3 - 2.0 * 0.44 * 0.6) / 3.0];
/// 1.5 for each unit that acute meets or prevents, 2 for community care's, less the cost and 1.4 for the quota.
const WELFARE: [f64; 2] = [
    20.0 * (1.5 * 0.8 - 0.82) + 50.0 * (2.0 * 0.9 - 0.7) - 1.4,
    20.0 * (1.5 * (0.8 + 0.12) - 0.82) + 50.0 * (2.0 * (0.9 + 0.05) - 0.7) - 1.4,
];

/// Everybody meets another share of need: acute 1.6 of 2.155 for a size of 20, two of community care 1.8 of 2.16 for 25 each.
fn gini() -> f64 {
    let shares = [1.6 / ARISEN[0], 1.8 / ARISEN[1]];
    let mean = across(shares) / 70.0;
    20.0 * 50.0 * (shares[1] - shares[0]) / (70.0 * 70.0 * mean)
}

pub(super) fn outcomes() -> Worked<'static> {
    let arisen = across(ARISEN);
    // Of what is unmet, acute lets a quarter fall on others and loses a quarter, community care a tenth and seven tenths.
    let spilled = across([0.25 * (0.2 + UNMET[0]), 0.1 * (0.3 + UNMET[1])]);
    let lost = across([0.25 * (0.2 + UNMET[0]), 0.7 * (0.3 + UNMET[1])]);
    let all = income(0) + income(1);
    let paid = PAID[0] + PAID[1];
    vec![
        ("stock_end", STAFF[1]),
        ("stock_mean", 0.5 * (STAFF[0] + STAFF[1])),
        ("collapsed", 1.0),
        ("collapse_step", 2.0),
        ("effort", across([0.8, 1.0]) / across([1.2, 0.9])),
        ("yield", across([0.8, 0.9]) / across([1.2, 0.9])),
        ("compliance", 1.0 / 3.0),
        ("need_met", 2.0 * across(MET) / arisen),
        ("waiting_end", across([0.5 * UNMET[0], 0.2 * UNMET[1]]) / (0.5 * arisen)),
        ("spilled", spilled / arisen),
        ("lost", lost / arisen),
        ("inequality", gini()),
        ("margin", (40.0 * ACUTE + 50.0 * (community(0) + community(1))) / all),
        ("in_deficit", 2.0 / 3.0),
        ("governance", 2.8 / all),
        ("payer", 0.5 * all),
        // 4 were overdrawn, of which 2 came back; then 2 more.
        ("overdrawn.money", 4.0 / 33.0),
        ("trust_end", TRUST[1]),
        ("welfare", 0.5 * (WELFARE[0] + WELFARE[1])),
        ("need_met.acute", 1.6 / ARISEN[0]),
        ("margin.acute", ACUTE / 0.88),
        ("need_met.community", 1.8 / ARISEN[1]),
        ("margin.community", (community(0) + community(1)) / (paid + BONUS[0] + BONUS[1])),
        ("unpaid.community", (1.6 - paid) / 1.6),
        ("bonus.community", (BONUS[0] + BONUS[1]) / 0.1),
    ]
}

pub(super) fn series() -> Vec<Worked<'static>> {
    // What is waiting, and the new need that it is told in steps of.
    let waiting = [across([0.5 * 0.2, 0.2 * 0.3]) / 80.0, across([0.5 * UNMET[0], 0.2 * UNMET[1]]) / across(NEW)];
    // New need, and what others had let fall.
    let came_up = [80.0, across(ARISEN) - 80.0];
    // The stock of upstream work is 1/7, then half of that and 1/7 more.
    let relief = [RELIEF, 0.45 * 0.3];
    let step = |step: usize| {
        vec![
            ("stock.staff", STAFF[step]),
            ("effort", across([0.8, 1.0]) / across([1.2, 0.9])),
            ("yield", across([0.8, 0.9]) / across([1.2, 0.9])),
            ("need_met", across(MET) / came_up[step]),
            ("waiting", waiting[step]),
            ("margin", across([ACUTE, community(step)]) / income(step)),
            ("trust", TRUST[step]),
            ("relief", relief[step]),
        ]
    };
    vec![step(0), step(1)]
}

#[test]
fn every_outcome_of_a_place_is_what_it_says() {
    assert_outcomes(&scenario(), &outcomes());
}

#[test]
fn every_series_of_a_place_is_what_it_says() {
    assert_series(&scenario(), &series());
}
