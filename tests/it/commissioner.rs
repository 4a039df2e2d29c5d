//! What a commissioner does, in the smallest scenario that shows it, and where it does nothing.

use crate::behaviour::close;
use crate::circumstances;
use crate::explain;
use crate::laws::scenarios;
use crate::random::Without;
use crate::support::{bits, learner, setup, sixteen_runs, tariff, walk, with};
use serde_json::{Value, json};

/// Pointer to the commissioner of the place below.
const COMMISSIONER: &str = "/pools/money/growth/allocation/commissioner";

/// A hospital of size 10 that is paid a price of 1 for so much care and nursing of size 10 that is paid a block of 1, out of 20 a month,
/// for four years. What is left over or overspent is kept in mind for good and recovered only in so far as somebody is paid less.
fn place(hospital: f64, passes_on: f64) -> Value {
    let money = json!({
        "unit": "£m", "capacity": 20, "start": 1, "loses": { "claim": 0 }, "rationing": { "proportional": {} }, "collapse": 0,
        "refuge": 0, "growth": { "allocation": {
            "amount": 20, "growth_per_step": 0, "carry_over": 1000, "overdraft": 1000, "recovery": 0,
            "commissioner": { "passes_on": passes_on, "least": 0.5, "most": 2 }
        } }
    });
    let mut value = with(&circumstances::place(), [("/time/steps", json!(48)), ("/pools/money", money)]);
    for kind in ["hospital", "nursing"] {
        for (field, to) in [("count", json!(1)), ("size", json!(10)), ("paid_from", json!("money"))] {
            value["providers"][kind][field] = to;
        }
        value["providers"][kind]["need"]["level"] = json!(2);
    }
    with(
        &value,
        [
            ("/providers/hospital/behaviour/fixed/level", json!(hospital)),
            ("/providers/hospital/payment", tariff(1.0)),
            ("/providers/nursing/payment", json!({ "block": { "amount": 1, "change_per_year": 0 } })),
        ],
    )
}

/// What nursing is paid in the first month of each year, per unit of its size, and what is claimed in that month in all.
fn years(value: &Value) -> (Vec<f64>, Vec<f64>) {
    let (mut block, mut claimed) = (Vec::new(), Vec::new());
    walk(&setup(value), |step, _, after| {
        if step % 12 == 0 {
            block.push(after.providers[1].income.lane(5));
            claimed.push(after.providers.iter().map(|seen| (seen.income + seen.unpaid).lane(5) * seen.size).sum());
        }
    });
    (block, claimed)
}

fn all_close(got: &[f64], wanted: &[f64]) {
    assert_eq!(got.len(), wanted.len());
    got.iter().zip(wanted).for_each(|(got, wanted)| close(*got, *wanted));
}

#[test]
fn a_hospital_that_does_more_takes_it_from_its_neighbour_a_year_later() {
    // 10.2 + 10 are claimed of 20: 0.2 too much each month, 2.4 owed after a year. Left in the second year: 20 − 0.2 − 10.2 = 9.6 of 10,
    // so 0.96. In it 19.8 are claimed, 2.4 are saved against 2.4 owed, and 9.8 of 9.6 are left for the third; after that 20 of 20 are
    // claimed for good.
    let (block, claimed) = years(&place(1.02, 1.0));
    all_close(&block, &[1.0, 0.96, 0.98, 0.98]);
    all_close(&claimed, &[20.2, 19.8, 20.0, 20.0]);
    // Half of it passed on: 0.98 of 1; then 20.0 are claimed, 2.4 are still owed, 9.6 of 9.8 are left, and half of that goes: 9.7.
    all_close(&years(&place(1.02, 0.5)).0[..3], &[1.0, 0.98, 0.97]);
    assert_eq!(years(&place(1.02, 0.0)).0, [1.0; 4]);
}

#[test]
fn money_that_nobody_claims_is_passed_on() {
    // 9.8 + 10 of 20 claimed, 2.4 carried over: 20 + 0.2 − 9.8 = 10.4 for 10. With that 20.2 are claimed and nothing is left of what was
    // carried over: 20 − 9.8 = 10.2 for the third year.
    let (block, claimed) = years(&place(0.98, 1.0));
    all_close(&block, &[1.0, 1.04, 1.02, 1.02]);
    all_close(&claimed, &[19.8, 20.2, 20.0, 20.0]);
    // Where nothing may be carried over it lapses, and the next year has what it has: 10.2.
    let lapses = with(&place(0.98, 1.0), [("/pools/money/growth/allocation/carry_over", json!(0))]);
    all_close(&years(&lapses).0, &[1.0, 1.02, 1.02, 1.02]);
}

#[test]
fn sums_move_within_limits_and_in_one_frame_of_money() {
    let kept = with(&place(1.2, 1.0), [(&format!("{COMMISSIONER}/least"), json!(0.9))]);
    all_close(&years(&kept).0[..3], &[1.0, 0.9, 0.81]);
    // The block falls by 2% a year and the tariff by 3%, month by month; with all passed on what is claimed in a year is what is allotted,
    // whatever they say. In the first year less is claimed, and lapses; in later ones what is overspent at first is saved at last.
    let falling = with(
        &place(1.0, 1.0),
        [
            ("/providers/nursing/payment/block/change_per_year", json!(-0.02)),
            ("/providers/hospital/payment/tariff/change_per_year", json!(-0.03)),
            ("/pools/money/growth/allocation/carry_over", json!(0)),
            ("/pools/money/growth/allocation/recovery", json!(1)),
        ],
    );
    let mut claimed = [0.0; 4];
    walk(&setup(&falling), |step, _, after| {
        let of_all = after.providers.iter().map(|seen| seen.income.lane(2) * seen.size).sum::<f64>();
        claimed[step as usize / 12] += of_all / 12.0;
    });
    assert!(claimed[0] < 19.8, "{claimed:?}");
    all_close(&claimed[1..], &[20.0; 3]);
}

#[test]
fn a_payment_that_takes_over_begins_with_what_the_money_leaves() {
    let then = |payment: Value| json!([{ "at": 24, "payment": payment }]);
    let block = |amount: f64| json!({ "block": { "amount": amount, "change_per_year": 0 } });
    // A block of 1.5 takes over in the third year: with all passed on the sum is what is left all the same, with nothing it is 1.5.
    let larger = with(&place(1.02, 1.0), [("/providers/nursing/then", then(block(1.5)))]);
    all_close(&years(&larger).0, &[1.0, 0.96, 0.98, 0.98]);
    let at = |value: &Value| years(value).0[2];
    close(at(&with(&place(1.02, 0.0), [("/providers/nursing/then", then(block(1.5)))])), 1.5);
    // A block of 1 takes over from a price of 0.5 for 2: 4.8 are owed after two years with 0.2 too much in each month, so that
    // 20 − 0.2 − 10.2 = 9.6 and not 10 is left of the first year, if it had been asked, and 20 − 0.4 − 10.2 = 9.4 of the second.
    let new = with(
        &place(1.02, 1.0),
        [("/providers/nursing/payment", tariff(0.5)), ("/providers/nursing/then", then(block(1.0)))],
    );
    all_close(&years(&new).0[..3], &[1.0, 1.0, 0.94]);
    // The hospital’s block of 1.02 gives way to a price of 1: 19.8 of 20.2 are left in the second year. For the third the plan is
    // expected, 10, and nothing is owed, so that nursing has its 10 back; for the fourth 20 − 0.2 − 10.2.
    let priced = with(
        &place(1.02, 1.0),
        [("/providers/hospital/payment", block(1.02)), ("/providers/hospital/then", then(tariff(1.0)))],
    );
    all_close(&years(&priced).0, &[1.0, 19.8 / 20.2, 1.0, 0.96]);
}

#[test]
fn it_does_nothing_where_all_are_paid_by_the_unit() {
    let paid = with(&place(1.1, 1.0), [("/providers/nursing/payment", tariff(1.0))]);
    let mut without = paid.clone();
    without["pools"]["money"]["growth"]["allocation"].as_object_mut().unwrap().remove("commissioner");
    let came_to = |value: &Value| bits(&sixteen_runs(&setup(value)));
    assert!(came_to(&paid) == came_to(&without));
    // Nor where nothing is passed on; and it is felt where all is.
    let mut without = place(1.1, 1.0);
    without["pools"]["money"]["growth"]["allocation"].as_object_mut().unwrap().remove("commissioner");
    assert!(came_to(&place(1.1, 0.0)) == came_to(&without));
    assert!(came_to(&place(1.1, 1.0)) != came_to(&without));
}

#[test]
fn where_nothing_is_passed_on_random_scenarios_come_to_the_same_as_without() {
    let mut tried = 0;
    for (number, mut scenario) in scenarios(60, Without::default()) {
        let Some(commissioner) = scenario.pointer_mut(COMMISSIONER) else { continue };
        commissioner["passes_on"] = json!(0);
        let off = bits(&sixteen_runs(&setup(&scenario)));
        scenario["pools"]["money"]["growth"]["allocation"].as_object_mut().unwrap().remove("commissioner");
        assert!(off == bits(&sixteen_runs(&setup(&scenario))), "scenario {number}");
        tried += 1;
    }
    assert!(tried > 10, "{tried}");
}

#[test]
fn every_payment_has_the_part_set_anew_that_is_a_sum() {
    let gain_share = json!({ "gain_share": {
        "amount": 1, "budget": 1, "gain": 0, "loss": 0, "corridor": 0, "counted_from": "budget", "gain_cap": 1,
        "loss_cap": 1, "change_per_year": 0
    } });
    let per_head = json!({ "capitation": {
        "amount": 1, "outcome_share": 0.4, "outcome": "own", "target": 1, "change_per_year": 0
    } });
    // Nursing does 2 of a plan of 1, and meets 2 of a need of 2. A blend is paid 1 for the plan and 0.3 for the unit above it, a public
    // good 1 and 0.1 for each of the 30.2 units of both.
    for (payment, sum, more) in [
        (json!({ "block": { "amount": 1, "change_per_year": 0 } }), 1.0, 0.0),
        (json!({ "blended": { "price": 1, "variable": 0.3, "change_per_year": 0 } }), 1.0, 0.3),
        (per_head, 1.0, 0.0),
        (gain_share, 1.0, 0.0),
        (json!({ "public_good": { "amount": 1, "per_head": 0.1, "change_per_year": 0 } }), 1.0, 3.02),
        (tariff(1.0), 0.0, 2.0),
    ] {
        // 20.2 with a block; the allotment leaves as much as would do with 0.96 of the sum.
        let allotted = 20.0 + 10.0 * (sum + more - 1.0);
        let value = with(
            &place(1.02, 1.0),
            [
                ("/providers/nursing/payment", payment.clone()),
                ("/pools/money/growth/allocation/amount", json!(allotted)),
                ("/pools/money/capacity", json!(allotted)),
            ],
        );
        let block = years(&value).0;
        close(block[0], sum + more);
        close(block[1], sum * 0.96 + more);
    }
}

#[test]
fn whoever_weighs_an_option_knows_what_its_sum_has_come_to() {
    // A unit of care costs 0.3. By outcomes, all of a sum of 1 for a need of 2 brings 0.5 for each unit met; with half of the sum 0.25.
    let per_head = json!({ "capitation": {
        "amount": 1, "outcome_share": 1, "outcome": "own", "target": 1, "change_per_year": 0
    } });
    for (name, behaviour) in [("learner", learner()), ("best response", json!({ "best_response": {} }))] {
        let value = with(
            &place(1.0, 1.0),
            [
                ("/providers/nursing/payment", per_head.clone()),
                ("/providers/nursing/behaviour", behaviour),
                ("/providers/nursing/cost/per_effort", json!(0.3)),
                ("/providers/nursing/levels", json!([0.5, 2])),
                ("/pools/money/growth/allocation/amount", json!(14)),
                ("/pools/money/capacity", json!(14)),
                ("/pools/money/growth/allocation/carry_over", json!(0)),
            ],
        );
        let mut levels = [0.0; 4];
        walk(&setup(&value), |step, _, after| {
            let mean = after.providers[1].level.to_array().iter().sum::<f64>() / 16.0;
            levels[step as usize / 12] += if step % 12 >= 6 { mean / 6.0 } else { 0.0 };
        });
        assert!(levels[0] > 1.6 && levels[1] < levels[0] - 0.5, "{name}: {levels:?}");
    }
}

#[test]
fn a_commissioner_is_told_in_plain_english() {
    let text = explain::explained("place-fortress+purse+commissioner");
    let sentence = "Once a year fixed sums paid out of it are set anew: 30% of each follows the money that is left once rules and care by the unit are paid for as in the last year, from 90% to 106% of that year’s sum, and the rest its price index.";
    assert!(text.contains(sentence), "no `{sentence}` in:\n{text}");
}
