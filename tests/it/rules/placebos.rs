//! Placebos of an agreement: all are bound and fined alike, but members have no say in what is decided.

use crate::behaviour::{choice, close, divided, end, fixed};
use crate::support::{setup, walk, with};
use commonground::model::lanes::LANES;
use serde_json::{Value, json};

/// Users at this level, ten of them, bound in full every ten steps to what this decision says, with these totals on the table.
fn held(level: f64, totals: &Value, decision: &Value) -> Value {
    let rule = with(&choice(totals, 1.0, decision, "equal"), [("/obliges", json!(true))]);
    with(&fixed(level), [("/rules/collective_choice", rule), ("/time/steps", json!(400))])
}

#[test]
fn a_lot_falls_on_each_option_alike_and_anew_at_each_meeting() {
    let value = held(1.0, &json!([0.5, 1.5]), &json!({ "lot": {} }));
    let (mut high, mut meetings, mut changes) = (0.0, 0.0, 0);
    let mut last = None;
    walk(&setup(&value), |step, _, after| {
        if step % 10 == 5 {
            let totals = after.place.decision.total.to_array();
            assert!(totals.iter().all(|total| *total == 0.5 || *total == 1.5), "{totals:?}");
            high += totals.iter().filter(|total| **total == 1.5).count() as f64;
            meetings += LANES as f64;
            changes += u32::from(last.is_some_and(|last| last != totals[0]));
            last = Some(totals[0]);
        }
    });
    // 640 draws: a half, give or take three standard errors of 0.02. In one run about half of 39 steps from meeting to meeting change it.
    assert!((high / meetings - 0.5_f64).abs() < 0.06, "{high} of {meetings} draws");
    assert!((8..=31).contains(&changes), "{changes} changes in 39");
}

#[test]
fn a_lot_binds_as_a_vote_does() {
    // The only option is one half. Nine of ten votes are those of others: nine tenths of the way from 1.4 down to it.
    let level = |decision: Value| end(&held(1.4, &json!([0.5]), &decision)).providers[0].level.lane(0);
    close(level(json!({ "lot": {} })), 1.4 - 0.9 * 0.9);
    close(level(json!({ "majority": {} })), 1.4 - 0.9 * 0.9);
}

#[test]
fn who_is_held_to_what_all_do_goes_on_as_it_is() {
    let level = |decision: Value| end(&held(1.4, &json!([0.5]), &decision)).providers[0].level.lane(0);
    close(level(json!({ "as_we_are": {} })), 1.4);
}

#[test]
fn an_outsider_decides_what_is_best_for_the_public() {
    // At total T the pasture comes to rest at 1 − T/2, so that all together yield T (1 − T/2): 0.18, 0.48, 0.42 and 0. The ranch, which
    // is paid for its work, wants the most and has most votes by size.
    let totals = json!([0.2, 0.8, 1.4, 2.0]);
    let decided = |decision: Value| {
        let rule = choice(&totals, 1.0, &decision, "by_size");
        end(&with(&divided(200.0), [("/rules/collective_choice", rule)])).place.decision.total.lane(0)
    };
    close(decided(json!({ "outsider": {} })), 0.8);
    close(decided(json!({ "majority": {} })), 2.0);
}
