//! Leaders and the team: what they are good for, how momentum is lost, and how a team takes on a life of its own.

use super::{agreed, assert_numbers, each_step, first_level, rule};
use crate::behaviour::{end, fixed};
use crate::support::with;
use serde_json::{Value, json};

fn leaders(turnover: f64, in_deficit: f64, handover: u32) -> Value {
    rule(&json!({
        "time": 0.1, "clarity": 0.5, "turnover": turnover, "turnover_in_deficit": in_deficit, "handover": handover
    }))
}

fn team(capacity: f64, growth: f64) -> Value {
    rule(&json!({ "capacity": capacity, "growth": growth }))
}

#[test]
fn leaders_make_what_is_known_exacter_and_newer_at_the_price_of_their_time() {
    let led = with(
        &fixed(1.0),
        [
            ("/society/noise", json!(0.2)),
            ("/society/lag", json!(4)),
            ("/rules/leadership", leaders(0.0, 0.0, 0)),
            ("/time/steps", json!(3)),
        ],
    );
    let known = |value: &Value| {
        let place = end(value).place;
        [place.noise, place.lag, place.kinds[0].attention].map(|number| number.lane(0))
    };
    assert_numbers(&known(&led), &[0.1, 2.0, 0.9]);
    // Where the leader leaves at once and nobody follows, nothing is led.
    let unled = with(&led, [("/rules/leadership", leaders(1.0, 0.0, 10))]);
    assert_numbers(&known(&unled), &[0.2, 4.0, 1.0]);
}

#[test]
fn agreements_lapse_when_leaders_leave_and_wait_for_the_next_meeting() {
    // Members meet every five steps; each leader leaves as soon as possible, and a successor is in post three steps later:
    // they leave at steps 0, 4, 8 and 12.
    let led = with(&agreed(5, 14), [("/rules/leadership", leaders(1.0, 0.0, 3))]);
    let levels = each_step(&led, first_level);
    assert_numbers(&levels, &[1.0, 1.0, 1.0, 1.0, 2.0, 1.0, 1.0, 1.0, 2.0, 2.0, 1.0, 1.0, 2.0, 2.0]);
    let led = each_step(&led, |world| world.place.attention_led.lane(3));
    assert_numbers(&led, &[0.0, 0.0, 0.0, 0.1, 0.0, 0.0, 0.0, 0.1, 0.0, 0.0, 0.0, 0.1, 0.0, 0.0]);
}

#[test]
fn leaders_leave_houses_that_are_in_deficit() {
    let led = with(&agreed(100, 4), [("/rules/leadership", leaders(0.0, 1.0, 0))]);
    assert_numbers(&each_step(&led, first_level), &[1.0; 4]);
    // Without income all are in deficit after the first step, and what was agreed lapses in the next.
    let poor = with(&led, [("/providers/herder/payment", json!({ "block": { "amount": 0, "change_per_year": 0 } }))]);
    assert_numbers(&each_step(&poor, first_level), &[1.0, 2.0, 2.0, 2.0]);
}

#[test]
fn decisions_fade_without_a_team_and_last_in_proportion_to_it() {
    let faded = with(&agreed(100, 4), [("/society/fading", json!(0.2))]);
    // A share c of what was agreed is carried out: 2 − c.
    let fading = |kept: f64| [1.0, 2.0 - kept, 2.0 - kept.powi(2), 2.0 - kept.powi(3)];
    assert_numbers(&each_step(&faded, first_level), &fading(0.8));
    for (capacity, kept) in [(0.5, 0.9), (1.0, 1.0)] {
        let kept_up = with(&faded, [("/rules/dedicated_team", team(capacity, 0.0))]);
        assert_numbers(&each_step(&kept_up, first_level), &fading(kept));
    }
}

#[test]
fn a_team_takes_on_a_life_of_its_own_even_where_it_does_nothing() {
    let value = with(
        &fixed(1.0),
        [
            ("/rules/dedicated_team", team(0.0, 0.05)),
            ("/rules/dedicated_team/cost", json!({ "money": 10, "attention": 0.1 })),
            ("/time/steps", json!(3)),
        ],
    );
    // A season is a year here: 5% more in each.
    assert_numbers(&each_step(&value, |world| world.place.governance.lane(3)), &[10.0, 10.5, 11.025]);
    assert_numbers(&each_step(&value, |world| world.place.kinds[0].attention.lane(3)), &[0.9, 0.895, 0.88975]);
}
