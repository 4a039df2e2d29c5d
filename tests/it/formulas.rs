//! Formulas that no law holds against anything but themselves, each in the smallest place in which a slip would change a number
//! that is worked out by hand. All is read off outcomes and series.

use crate::behaviour::{choice, divided, fixed};
use crate::circumstances::place;
use crate::support::{FIRST_RUNS, SEED, free, outcome, pasture, series, setup, sixteen_runs, tariff, with};
use commonground::model::run::run;
use commonground::model::simd::InstructionSet;
use serde_json::{Value, json};

/// A series in one run, at each step.
fn course(value: &Value, key: &str) -> Vec<f64> {
    let setup = setup(value);
    series(&setup, &sixteen_runs(&setup), key)
}

fn assert_course(value: &Value, key: &str, wanted: &[f64]) {
    let got = course(value, key);
    let near = got.len() == wanted.len() && got.iter().zip(wanted).all(|(got, wanted)| (got - wanted).abs() < 1e-9);
    assert!(near, "`{key}` is {got:?}, not {wanted:?}");
}

/// A rule with these parameters, in full force and free.
fn rule(parameters: &Value) -> Value {
    with(parameters, [("/strength", json!(1)), ("/cost", free())])
}

/// Users with a plan of 1 who want 2, are always checked, and give up half of the rest where they expect a fine of 0.1.
fn give_way() -> Value {
    let behaviour = json!({ "conditional": { "slope": 0, "bias": 2, "belief_speed": 0, "gives_way": 0.1 } });
    with(
        &pasture(),
        [
            ("/time/steps", json!(3)),
            ("/providers/herder/behaviour", behaviour),
            ("/society/coverage", json!(1)),
            ("/rules/graduated_sanctions", rule(&json!({ "fine": 0.1, "rise": 1, "most": 10, "forgiven": 0 }))),
        ],
    )
}

#[test]
fn the_fine_that_is_expected_rises_with_each_offence() {
    // 0.1, 0.2 and 0.3 are expected: of the excess of 1 is left 0.1/(0.1 + 0.1), then 0.1/0.3 and 0.1/0.4.
    assert_course(&give_way(), "effort", &[1.5, 1.0 + 1.0 / 3.0, 1.25]);
}

#[test]
fn the_fine_that_is_expected_is_less_where_a_part_of_the_excess_is_hidden() {
    let measures = json!({ "coverage": 1, "noise": 0, "lag": 0, "gaming": 0.5, "audience": "monitor" });
    let hidden = with(&give_way(), [("/rules/measures", rule(&measures))]);
    // Half of 0.1, 0.2 and 0.3.
    assert_course(&hidden, "effort", &[1.0 + 0.1 / 0.15, 1.5, 1.4]);
}

#[test]
fn a_fine_is_expected_as_often_as_one_was_checked() {
    let unchecked = with(&give_way(), [("/society/coverage", json!(0)), ("/society/risk_learning", json!(0.5))]);
    assert_course(&unchecked, "effort", &[2.0; 3]);
    // At first it is expected as often as society looks: half of 0.1.
    let seldom = with(&give_way(), [("/society/coverage", json!(0.5)), ("/society/risk_learning", json!(0))]);
    assert!((course(&seldom, "effort")[0] - (1.0 + 0.1 / 0.15)).abs() < 1e-9);
}

/// Standard deviation of trust at the end, over many runs of one step.
fn spread_of_trust(noise: f64) -> f64 {
    const BATCHES: u64 = 64;
    let fixed = |level: f64| json!({ "fixed": { "level": level, "upstream": 0 } });
    let value = with(
        &pasture(),
        [
            ("/time/steps", json!(1)),
            ("/providers/herder/count", json!(2)),
            (
                "/providers/herder/behaviour",
                json!([{ "share": 0.5, "as": fixed(1.0) }, { "share": 0.5, "as": fixed(2.0) }]),
            ),
            ("/society/coverage", json!(1)),
            ("/society/noise", json!(noise)),
            ("/society/trust_loss", json!(0.8)),
        ],
    );
    let setup = setup(&value);
    let mut all = Vec::new();
    for batch in 0..BATCHES {
        let record = run(&setup, SEED, FIRST_RUNS.map(|number| number + 16 * batch), InstructionSet::best());
        all.extend(outcome(&setup, &record, "trust_end").to_array());
    }
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    (all.iter().map(|trust| (trust - mean).powi(2)).sum::<f64>() / (all.len() - 1) as f64).sqrt()
}

#[test]
fn what_is_seen_of_breaches_is_off_by_the_standard_error_that_the_scenario_says() {
    // One of two is in breach: 0.4 of one half times the other half is 0.1, a trust of 0.5 loses 0.8 of what is seen, and the
    // mean of two draws strays by √2 less. Of 1,024 runs the estimate is off by a fiftieth.
    let wanted = 0.1 * 0.5 * 0.8 / 2.0_f64.sqrt();
    let got = spread_of_trust(0.4);
    assert!((got / wanted - 1.0).abs() < 0.08, "{got} is not {wanted}");
    assert!(spread_of_trust(0.0) < 1e-12);
}

#[test]
fn the_national_level_makes_itself_felt_up_to_its_target_and_no_further() {
    let nothing = json!({ "chance": 0, "length": 1, "share": 0 });
    let mut value = place();
    value["providers"].as_object_mut().unwrap().remove("nursing");
    let hospital = with(
        &value["providers"]["hospital"],
        [
            ("/behaviour", json!({ "best_response": {} })),
            ("/levels", json!([0, 0.25, 0.5, 0.75, 1])),
            ("/payment", tariff(0.0)),
        ],
    );
    let cases = [(0.25, 1.0, 0.25), (0.5, 1.0, 0.5), (0.75, 0.5, 0.75), (0.75, 0.1, 0.0)];
    for (target, pressure, wanted) in cases {
        let target = json!({ "need_met": target, "pressure": pressure });
        let authority = json!({ "overrides": nothing, "reorganises": nothing, "target": target });
        let changes = [("/providers/hospital", hospital.clone()), ("/rules/external_authority", rule(&authority))];
        // A unit costs 0.2 and earns nothing; up to the target it is worth as much as the pressure.
        let met = course(&with(&value, changes), "need_met");
        assert_eq!(met.last(), Some(&wanted));
    }
}

#[test]
fn a_change_needs_the_share_of_votes_that_the_rule_says() {
    // Ten of eleven votes are for 0.8 of all plans; all do 2 as long as nothing is decided.
    let under = |share: f64| {
        let decision = json!({ "supermajority": { "share": share } });
        let rule = choice(&json!([0.2, 0.8, 1.4, 2.0]), 1.0, &decision, "equal");
        *course(&with(&divided(5.0), [("/rules/collective_choice", rule)]), "effort").last().unwrap()
    };
    for (share, wanted) in [(0.5, 0.8), (0.9, 0.8), (0.95, 2.0), (1.0, 2.0)] {
        assert!((under(share) - wanted).abs() < 1e-9, "with {share} of the votes needed all do {}", under(share));
    }
}

#[test]
fn the_public_counts_patients_and_not_providers() {
    // One hospital of 90 with need of 1.2, ten homes of 1 each with need of 0.4, all with a plan of 1. By plan 90 + 4 of 112 are
    // met; by need all have 100/112 of theirs, which is better for the 90 and worse for the ten.
    let mut value = with(&place(), [("/time/steps", json!(3))]);
    for (kind, count, size, level) in [("hospital", 1, 90, 1.2), ("nursing", 10, 10, 0.4)] {
        let kind = &mut value["providers"][kind];
        *kind = with(
            kind,
            [
                ("/count", json!(count)),
                ("/size", json!(size)),
                ("/need/level", json!(level)),
                ("/behaviour/fixed/level", json!(3)),
            ],
        );
    }
    let public = with(
        &choice(&json!([1]), 1.0, &json!({ "majority": {} }), "equal"),
        [("/public_seats", json!(1)), ("/sharing", json!(["plan", "need"])), ("/interval", json!(1))],
    );
    let met = course(&with(&value, [("/rules/collective_choice", public)]), "need_met");
    assert!((met[2] - 100.0 / 112.0).abs() < 1e-9, "{met:?}");
}

#[test]
fn members_foresee_what_lies_between_two_stocks_nearer_to_the_nearer() {
    // A unit of effort yields the share of the pool that is full, costs 0.43 and is paid 1: members want the most above that
    // and the least below it. Sixteen stocks are foreseen: 6.2 fifteenths are 0.413, 6.8 are 0.453.
    let decided = |fifteenths: f64| {
        let rule = with(
            &choice(&json!([0.5, 1.5]), 1.0, &json!({ "majority": {} }), "equal"),
            [("/horizon", json!(1)), ("/interval", json!(1))],
        );
        let value = with(
            &fixed(3.0),
            [
                ("/time/steps", json!(2)),
                ("/pools/pasture/growth", json!({ "fixed": {} })),
                ("/pools/pasture/loses", json!({ "yield": 0 })),
                ("/pools/pasture/start", json!(fifteenths / 15.0)),
                ("/providers/herder/cost/per_effort", json!(0.43)),
                ("/rules/collective_choice", rule),
            ],
        );
        course(&value, "effort")[1]
    };
    assert_eq!([6.2, 6.8].map(decided), [0.5, 1.5]);
}

#[test]
fn whoever_comes_from_outside_minds_that_it_is_rationed() {
    let spring = json!({
        "unit": "units", "capacity": 40, "start": 1, "growth": { "inflow": { "amount": 40, "loss": 0 } },
        "loses": { "claim": 1 }, "rationing": { "proportional": {} }, "collapse": 0, "refuge": 0
    });
    let outside = json!({
        "pool": "pasture", "effort": 40, "limit": 100, "price": 1, "cost": 0.5, "entry": 0.1, "crossing": 0
    });
    let value = with(
        &fixed(1.0),
        [
            ("/time/steps", json!(2)),
            ("/pools/pasture", spring),
            ("/providers/herder/size", json!(60)),
            ("/outside", outside),
        ],
    );
    // Of 60 and 40 claims 40 are granted, so that a unit earns 0.4 for 0.5: 0.1 · 100 of −0.1/0.5 leave; then 40 of 98 are granted.
    assert_course(&value, "yield", &[0.4, 40.0 / 98.0]);
}
