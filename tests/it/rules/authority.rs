//! The national level: it overrides, reorganises and sets targets, and what was agreed is eroded.

use super::{agreed, assert_numbers, each_step, first_level, rule};
use crate::behaviour::{close, end};
use crate::circumstances::place;
use crate::support::{setup, tariff, walk, with};
use commonground::model::lanes::LANES;
use serde_json::{Value, json};

fn act(chance: f64, length: u32, share: f64) -> Value {
    json!({ "chance": chance, "length": length, "share": share })
}

fn authority(overrides: &Value, reorganises: &Value, pressure: f64) -> Value {
    rule(&json!({
        "overrides": overrides, "reorganises": reorganises, "target": { "need_met": 0.9, "pressure": pressure }
    }))
}

#[test]
fn an_override_sets_aside_its_share_of_what_was_agreed() {
    // Without any shock, half of the excess of 1 is free again in every step.
    let value =
        with(&agreed(10, 4), [("/rules/external_authority", authority(&act(1.0, 2, 0.5), &act(0.0, 1, 0.0), 0.0))]);
    assert_numbers(&each_step(&value, first_level), &[1.5; 4]);
}

#[test]
fn a_reorganisation_takes_time_and_what_was_agreed_lapses() {
    // One begins every three steps, at 0, 3, 6 and 9; members meet at 0, 4 and 8.
    let acts = authority(&act(0.0, 1, 0.0), &act(1.0, 3, 0.2), 0.0);
    let value = with(&agreed(4, 10), [("/rules/external_authority", acts)]);
    let levels = each_step(&value, first_level);
    assert_numbers(&levels, &[1.0, 1.0, 1.0, 2.0, 1.0, 1.0, 2.0, 2.0, 1.0, 2.0]);
    assert_numbers(&each_step(&value, |world| world.place.kinds[0].attention.lane(3)), &[0.8; 10]);
}

#[test]
fn at_half_its_strength_the_authority_overrides_half_as_often() {
    let acts = authority(&act(1.0, 1, 1.0), &act(0.0, 1, 0.0), 0.0);
    let value = with(
        &agreed(10, 200),
        [("/rules/external_authority", acts), ("/rules/external_authority/strength", json!(0.5))],
    );
    let mut standing = 0.0;
    walk(&setup(&value), |_, _, after| standing += after.place.standing.to_array().iter().sum::<f64>());
    let mean = standing / (200 * LANES) as f64;
    // Five standard errors of 3,200 tosses of a coin.
    assert!((mean - 0.5).abs() < 0.045, "what was agreed stood in {mean} of all steps");
}

#[test]
fn whoever_answers_for_a_target_of_its_own_reaches_for_the_pool_to_meet_it() {
    // At a price of 0.1 and a cost of 0.2 nothing is worth doing; with 1 lost per unit missing to 0.9 of a need of 1, it is.
    let best = json!({ "best_response": { "foresight": "myopic", "between": false } });
    let value = with(&place(), [("/providers/hospital/behaviour", best), ("/providers/hospital/payment", tariff(0.1))]);
    let under = |pressure: f64| {
        let acts = authority(&act(0.0, 1, 0.0), &act(0.0, 1, 0.0), pressure);
        end(&with(&value, [("/rules/external_authority", acts)])).providers[0].level.lane(0)
    };
    close(under(0.0), 0.0);
    close(under(1.0), 1.0);
}
