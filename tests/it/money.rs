//! Law 8, money binds: less of it never means more care from the same stock, and without any, care is what reserves and overdrafts
//! pay for. On the same luck, over the whole range of what a place is allotted, with pools that wear and pools that do not.

use crate::purse::hospital;
use crate::support::{FIRST_RUNS, checked, mean, outcome, setup, sixteen_runs, walk, with};
use commonground::model::lanes::{LANES, Lanes};
use commonground::model::rows::Packing;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use serde_json::json;

/// What the place is allotted, against what it is today.
const ALLOTMENTS: [f64; 8] = [0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0, 1.1];
const RATIONING: [&str; 3] = ["proportional", "priority", "weight"];
/// Three years: long after the reserves of half a month are gone.
const STEPS: u32 = 36;
/// Standard errors in the interval of a mean of sixteen differences: Student’s t with 15 degrees of freedom at 99.5%.
const INTERVAL: f64 = 2.947;

/// The English place under a purse with so much of its money.
fn place(name: &str, allotment: f64, wear: f64, rationing: &str) -> Scenario {
    let place = Scenario::load(&BUNDLED, name).unwrap_or_else(|faults| panic!("{faults}"));
    let changes = json!({
        "time": { "steps": STEPS },
        "pools": {
            "capacity": { "loses": { "yield": wear } },
            "money": {
                "rationing": { "weight": null, rationing: {} }, "start": allotment.min(1.0),
                "growth": { "allocation": { "amount": 46.25 * allotment, "carry_over": 0.5 * allotment, "overdraft": allotment } }
            }
        },
        "providers": { "mental_health": { "priority": 1 }, "primary": { "priority": 2 } }
    });
    place.extended(changes).unwrap_or_else(|faults| panic!("{faults}"))
}

/// A measure in each of sixteen runs.
fn measured(scenario: &Scenario, keys: [&str; 2]) -> [Lanes; 2] {
    let record = sixteen_runs(&scenario.setup);
    keys.map(|key| outcome(&scenario.setup, &record, key))
}

/// Mean difference of paired runs, and half the width of its interval.
fn difference(more: Lanes, less: Lanes) -> (f64, f64) {
    let gaps = (more - less).to_array();
    let mean = gaps.iter().sum::<f64>() / LANES as f64;
    let variance = gaps.iter().map(|gap| (gap - mean) * (gap - mean)).sum::<f64>() / (LANES - 1) as f64;
    (mean, INTERVAL * (variance / LANES as f64).sqrt())
}

#[test]
fn less_money_never_means_more_care_from_the_same_stock() {
    for wear in [0.0, 0.015] {
        for rationing in RATIONING {
            binds(&format!("{rationing}, wear {wear}"), wear, |allotment| {
                place("place-fortress+purse", allotment, wear, rationing)
            });
        }
    }
}

#[test]
fn nor_does_it_where_a_commissioner_passes_on_what_there_is() {
    let passed_on =
        json!({ "pools": { "money": { "growth": { "allocation": { "commissioner": { "passes_on": 1 } } } } } });
    for wear in [0.0, 0.015] {
        binds(&format!("passed on, wear {wear}"), wear, |allotment| {
            let place = place("place-fortress+purse+commissioner", allotment, wear, "weight");
            place.extended(passed_on.clone()).unwrap_or_else(|faults| panic!("{faults}"))
        });
    }
}

/// Holds places that are allotted more and more against law 8.
fn binds(at: &str, wear: f64, place: impl Fn(f64) -> Scenario) {
    let came_to = ALLOTMENTS.map(|allotment| measured(&place(allotment), ["need_met", "stock_mean"]));
    for (two, allotments) in came_to.windows(2).zip(ALLOTMENTS.windows(2)) {
        let (care, error) = difference(two[0][0], two[1][0]);
        let (stock, stock_error) = difference(two[0][1], two[1][1]);
        let fuller = wear > 0.0 && stock > stock_error;
        assert!(
            care <= error + 1e-9 || fuller,
            "{at}, {allotments:?} of the money: {care:.4} ± {error:.4} more need is met with less money, at a stock {stock:.4} ± {stock_error:.4} higher"
        );
    }
    let [least, most] = [&came_to[0], &came_to[6]].map(|came| mean(came[0]));
    assert!(least < 0.5 * most, "{at}: {least} of need is met with no money, {most} with all");
}

#[test]
fn without_a_purse_a_place_that_is_allotted_nothing_cares_on() {
    let [without, _] = measured(&place("place-fortress", 0.0, 0.0, "weight"), ["need_met", "stock_mean"]);
    assert!(mean(without) > 0.8, "{}", mean(without));
}

#[test]
fn without_money_care_is_what_reserves_and_overdrafts_pay_for() {
    let scenario = place("place-fortress+purse", 0.0, 0.015, "weight");
    let setup = &scenario.setup;
    let mut spent = vec![Lanes::ZERO; setup.providers()];
    let mut met = vec![Lanes::ZERO; setup.providers()];
    walk(setup, |_, _, after| {
        for ((seen, spent), met) in after.providers.iter().zip(&mut spent).zip(&mut met) {
            let (cost, effort) = (setup.kinds()[seen.kind].cost, seen.level * seen.granted);
            let index = after.place.kinds[seen.kind].cost_index;
            *spent += effort * (effort * cost.convex + cost.per_effort) * index;
            *met += seen.met;
        }
    });
    // Half a month of a planned cost of 1 in reserve and 2.8 of overdraft; a unit of effort costs 0.4 · 0.98³ at least, and no pool
    // yields more than 1.2 for it.
    let (purse, cheapest) = (0.5 + 2.8, 0.4 * 0.98_f64.powi(3));
    let mut starved = 0;
    for (index, seen) in walk(setup, |_, _, _| {}).providers.iter().enumerate() {
        if setup.kinds()[seen.kind].paid_from.is_none() {
            continue;
        }
        starved += 1;
        for lane in 0..LANES {
            assert!(
                spent[index].lane(lane) <= purse + 1e-9,
                "provider {index} spent {} on effort",
                spent[index].lane(lane)
            );
            assert!(met[index].lane(lane) <= purse / cheapest * 1.2, "provider {index} met {}", met[index].lane(lane));
        }
    }
    assert_eq!(starved, 11);
}

#[test]
fn what_a_short_pool_has_is_paid_out_to_the_last_pound() {
    for rationing in RATIONING {
        let scenario = place("place-fortress+purse", 0.8, 0.0, rationing);
        let pool = scenario.setup.pools().iter().position(|pool| !pool.part.renews_itself()).unwrap();
        let mut short = 0;
        walk(&scenario.setup, |step, before, after| {
            let mut unpaid = Lanes::ZERO;
            for seen in &after.providers {
                unpaid += seen.unpaid * seen.size;
            }
            let available = scenario.setup.pools()[pool].part.available(&before.pools[pool]);
            for lane in 0..LANES {
                if unpaid.lane(lane) > 1e-9 {
                    short += 1;
                    let left = available.lane(lane) - after.place.paid[pool].lane(lane);
                    assert!(left.abs() < 1e-9, "{rationing}, step {step}: {left} is left while claims go unpaid");
                }
            }
        });
        assert!(short > 100, "{rationing}: the pool is hardly ever short");
    }
}

#[test]
fn a_purse_is_the_same_whether_runs_or_members_ride_in_the_lanes() {
    let value = with(&hospital(0.6), [("/providers/hospital/count", json!(5))]);
    let scenario = checked(&value).unwrap();
    let by_runs = walk(&setup(&value), |_, _, _| {});
    let mut stepper = commonground::model::look::Stepper::new(
        &scenario.setup,
        crate::support::SEED,
        &Packing::Members(FIRST_RUNS[0]),
        commonground::model::simd::InstructionSet::best(),
    );
    while stepper.pass() {}
    for (one, other) in stepper.look().providers.iter().zip(&by_runs.providers) {
        assert_eq!(one.cash.lane(0).to_bits(), other.cash.lane(0).to_bits());
        assert_eq!(one.level.lane(0).to_bits(), other.level.lane(0).to_bits());
    }
}
