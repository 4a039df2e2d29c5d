//! Disputes: how they begin, what they do to obligations, and what a good and a poor mediator make of them.

use super::{assert_numbers, each_step, rule};
use crate::behaviour::{close, end, fixed};
use crate::support::{setup, walk, with};
use commonground::model::look::Look;
use serde_json::{Value, json};

/// Ten users who each step claim the 10 that a spring gives. After step 2 it gives half, so that all are rationed in step 3.
fn spring() -> Value {
    let mut value = with(
        &fixed(1.0),
        [
            ("/pools/pasture/capacity", json!(10)),
            ("/pools/pasture/growth", json!({ "inflow": { "amount": 10, "loss": 0 } })),
            ("/pools/pasture/loses", json!({ "claim": 1 })),
            ("/providers/herder/size", json!(10)),
            ("/providers/herder/norm", json!({ "weight": 1, "imposed": 1 })),
            ("/society/grievance", json!(0.8)),
            ("/society/settling", json!(0.1)),
            (
                "/shocks/drought",
                json!({ "funding_cut": { "when": { "at": 2 }, "length": 1, "size": 0.5, "pool": "pasture" } }),
            ),
            ("/time/steps", json!(6)),
        ],
    );
    value["pools"]["pasture"].as_object_mut().unwrap().remove("production");
    value
}

fn mediation(settling: f64, each: f64) -> Value {
    rule(&json!({ "settling": settling, "each": each }))
}

fn dispute(world: &Look) -> f64 {
    world.providers[0].dispute.lane(3)
}

#[test]
fn whoever_is_rationed_is_in_dispute_which_dies_down_and_sooner_where_it_is_mediated() {
    let mediated = with(&spring(), [("/rules/mediation", mediation(0.5, 0.0))]);
    assert_numbers(&each_step(&spring(), dispute), &[0.0, 0.0, 0.0, 0.8, 0.72, 0.648]);
    assert_numbers(&each_step(&mediated, dispute), &[0.0, 0.0, 0.0, 0.8, 0.4, 0.2]);
}

#[test]
fn whoever_is_in_dispute_feels_less_obliged_to_the_others() {
    let setup = setup(&with(&spring(), [("/rules/mediation", mediation(0.5, 0.0))]));
    let mut norms = Vec::new();
    walk(&setup, |_, _, after| {
        norms.push(after.providers[0].norm.lane(3));
    });
    // A trust of 0.5 and a weight of 1, less the share in dispute.
    assert_numbers(&norms, &[0.5, 0.5, 0.5, 0.1, 0.3, 0.4]);
}

#[test]
fn a_slow_mediator_is_dear_and_settles_nothing() {
    let slow = with(&spring(), [("/rules/mediation", mediation(0.1, 2.0))]);
    assert_numbers(&each_step(&slow, dispute), &each_step(&spring(), dispute));
    // Ten providers in dispute to 0.8, 0.72, at 2 each in the step after.
    assert_numbers(&each_step(&slow, |world| world.place.governance.lane(3)), &[0.0, 0.0, 0.0, 0.0, 16.0, 14.4]);
}

#[test]
fn whoever_is_fined_again_and_again_stays_in_dispute() {
    let fined = with(
        &fixed(2.0),
        [
            ("/society/coverage", json!(1)),
            ("/society/grievance", json!(0.6)),
            ("/rules/graduated_sanctions", rule(&json!({ "fine": 0.1, "rise": 0, "most": 0, "forgiven": 0 }))),
            ("/rules/mediation", mediation(1.0, 0.0)),
            ("/time/steps", json!(5)),
        ],
    );
    assert_numbers(&each_step(&fined, dispute), &[0.6; 5]);
    close(dispute(&end(&with(&fined, [("/society/coverage", json!(0))]))), 0.0);
}
