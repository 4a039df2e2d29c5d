//! A shared vision: what it weighs against evidence, whom it moves, and how it wears off.

use super::{assert_numbers, each_step, rule};
use crate::behaviour::{MARGIN, end, learners, of};
use crate::support::{pasture, with};
use commonground::model::look::Look;
use serde_json::{Value, json};

fn vision(precision: f64) -> Value {
    rule(&json!({ "precision": precision }))
}

/// Two users: one takes twice its plan, the other does what it believes that the other will do, and all see everything.
fn follower() -> Value {
    with(
        &pasture(),
        [
            ("/providers/herder/count", json!(2)),
            (
                "/providers/herder/behaviour",
                json!([
                    { "share": 0.5, "as": { "fixed": { "level": 2, "upstream": 0 } } },
                    { "share": 0.5, "as": { "conditional": { "slope": 1, "bias": 0, "belief_speed": 0.5 } } }
                ]),
            ),
            ("/society/coverage", json!(1)),
            ("/time/steps", json!(4)),
        ],
    )
}

fn followed(world: &Look) -> f64 {
    world.providers[1].level.lane(3)
}

#[test]
fn a_vision_weighs_as_much_as_its_precision_in_steps_of_full_sight() {
    let seen = with(&follower(), [("/rules/shared_vision", vision(4.0))]);
    let weight = |world: &Look| world.place.vision.lane(3);
    assert_numbers(&each_step(&seen, weight), &[1.0, 4.0 / 5.0, 4.0 / 6.0, 4.0 / 7.0]);
    let unseen = with(&seen, [("/society/coverage", json!(0))]);
    assert_numbers(&each_step(&unseen, weight), &[1.0; 4]);
}

#[test]
fn a_vision_that_is_renewed_puts_what_was_seen_behind() {
    let weight = |world: &Look| world.place.vision.lane(3);
    let renewed = |talked_over: f64| {
        let vision =
            rule(&json!({ "precision": 4, "first": 1, "renewed": { "every": 2, "talked_over": talked_over } }));
        with(&follower(), [("/rules/shared_vision", vision)])
    };
    assert_numbers(&each_step(&renewed(1.0), weight), &[0.0, 1.0, 4.0 / 5.0, 1.0]);
    // Half of two steps' evidence is left.
    assert_numbers(&each_step(&renewed(0.5), weight), &[0.0, 1.0, 4.0 / 5.0, 4.0 / 5.0]);
}

#[test]
fn a_vision_holds_up_what_conditional_cooperators_expect() {
    // What is seen of the other: 1, 1.5, 1.75, 1.875. The vision says 1, with weight 1, 4/5, 4/6, 4/7.
    assert_numbers(&each_step(&follower(), followed), &[1.0, 1.5, 1.75, 1.875]);
    let held = with(&follower(), [("/rules/shared_vision", vision(4.0))]);
    assert_numbers(&each_step(&held, followed), &[1.0, 1.1, 1.25, 1.375]);
}

#[test]
fn a_vision_wears_off_against_evidence() {
    let long = with(&follower(), [("/rules/shared_vision", vision(4.0)), ("/time/steps", json!(397))]);
    // Its weight is then 4/400, and what is seen is 2.
    assert!((followed(&end(&long)) - 1.99).abs() < 1e-9);
}

#[test]
fn a_vision_of_what_all_will_do_makes_users_who_mind_the_norm_take_less() {
    let bare = with(
        &learners(),
        [
            ("/providers/herder/norm", json!({ "weight": 1, "imposed": 1 })),
            ("/society/trust", json!(0)),
            ("/society/coverage", json!(0)),
            ("/time/steps", json!(60)),
        ],
    );
    let shared = with(&bare, [("/rules/shared_vision", vision(4.0))]);
    let (before, after) = (of(&bare, "effort"), of(&shared, "effort"));
    assert!(after < before - MARGIN, "effort {before} falls to {after} only");
}
