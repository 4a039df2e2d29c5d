//! What a purse does, in the smallest scenario that shows it, and where it does nothing.

use crate::behaviour::close;
use crate::circumstances;
use crate::explain;
use crate::support::{checked, learner, setup, walk, with};
use serde_json::{Value, json};

/// One hospital that does 1 of effort at a cost of 1 a month, is paid a block, and begins with a month of cash.
pub(crate) fn hospital(block: f64) -> Value {
    let mut value = circumstances::place();
    value["providers"].as_object_mut().unwrap().remove("nursing");
    with(
        &value,
        [
            ("/providers/hospital/count", json!(1)),
            ("/providers/hospital/behaviour/fixed/level", json!(1)),
            ("/providers/hospital/cost/per_effort", json!(1)),
            ("/providers/hospital/payment", json!({ "block": { "amount": block, "change_per_year": 0 } })),
            ("/providers/hospital/purse", json!({ "reserve": 1, "overdraft": 0, "smoothing": 0, "pull": 0 })),
        ],
    )
}

/// What the hospital does in each month.
fn levels(value: &Value) -> Vec<f64> {
    let mut levels = Vec::new();
    walk(&setup(value), |_, _, after| levels.push(after.providers[0].level.lane(5)));
    levels
}

#[test]
fn effort_falls_to_what_income_pays_for() {
    // Cash 1, then 1 + 0.6 − 1 = 0.6; what can be spent is 0.6 and a twelfth of that. From there on a twelfth of cash goes each month.
    let mut cash = 0.6;
    for (month, level) in levels(&hospital(0.6)).into_iter().enumerate() {
        let wanted = if month == 0 { 1.0 } else { 0.6 + cash / 12.0 };
        close(level, wanted);
        if month > 0 {
            cash -= cash / 12.0;
        }
    }
}

#[test]
fn an_overdraft_without_end_binds_nothing() {
    let endless = with(&hospital(0.6), [("/providers/hospital/purse/overdraft", json!(1000))]);
    assert!(levels(&endless).into_iter().all(|level| level == 1.0));
    let enough = hospital(1.0);
    assert!(levels(&enough).into_iter().all(|level| level == 1.0));
}

/// The same hospital, which loves its work and may choose among five levels.
fn keen(behaviour: Value) -> Value {
    with(
        &hospital(0.6),
        [
            ("/providers/hospital/behaviour", behaviour),
            ("/providers/hospital/motivation", json!(5)),
            ("/providers/hospital/levels", json!([0.2, 0.4, 0.6, 0.8, 1.0])),
        ],
    )
}

#[test]
fn what_cannot_be_paid_for_is_not_on_the_table_of_whoever_chooses() {
    let best = json!({ "best_response": { "foresight": "myopic", "between": false } });
    for (name, behaviour) in [("learner", learner()), ("best response", best)] {
        let (mut limited, mut chosen) = (0, 0);
        walk(&setup(&keen(behaviour.clone())), |step, before, after| {
            let (level, most) = (after.providers[0].level, before.providers[0].most);
            for lane in 0..16 {
                let (level, most) = (level.lane(lane), most.lane(lane));
                assert!(level <= most, "{name}, step {step}: {level} of {most}");
                let listed = [0.2, 0.4, 0.6, 0.8, 1.0].contains(&level);
                assert!(listed, "{name}, step {step}: {level} is not on the list");
                limited += usize::from(most < 0.8);
                chosen += usize::from(level == 0.6);
            }
        });
        assert!(limited > 100 && chosen > 50, "{name}: {limited} steps with a limit, {chosen} at what can be paid");
        // Without a purse all is done.
        let mut rich = keen(behaviour);
        rich["providers"]["hospital"].as_object_mut().unwrap().remove("purse");
        assert_eq!(levels(&rich).last(), Some(&1.0), "{name}");
    }
}

#[test]
fn whoever_has_money_in_hand_does_more() {
    // A unit more costs 1 and is worth 0.8 to it. With a pound at 0.3 a half more costs 0.15 and brings 0.4.
    let base = with(
        &keen(json!({ "best_response": { "foresight": "myopic", "between": false } })),
        [
            ("/providers/hospital/motivation", json!(0.8)),
            ("/providers/hospital/levels", json!([0.5, 1.0])),
            ("/providers/hospital/payment/block/amount", json!(1)),
        ],
    );
    assert_eq!(levels(&base).last(), Some(&0.5));
    let saving = with(&base, [("/providers/hospital/purse/pull", json!(1))]);
    let levels = levels(&saving);
    assert_eq!(levels[1], 0.5, "{levels:?}");
    assert!(levels[2..].contains(&1.0), "{levels:?}");
}

#[test]
fn a_lender_keeps_going_what_would_fall() {
    let poor = with(&hospital(0.6), [("/time/steps", json!(48)), ("/providers/hospital/purse/reserve", json!(0))]);
    let lent = with(&poor, [("/providers/hospital/purse/lender", json!({ "share": 0.5, "cap": 0.1 }))]);
    // Half of 0.4 is more than the cap of 0.1.
    close(*levels(&poor).last().unwrap(), 0.6);
    close(*levels(&lent).last().unwrap(), 0.7);
}

#[test]
fn a_purse_needs_an_income() {
    let mut value = hospital(1.0);
    value["providers"]["hospital"].as_object_mut().unwrap().remove("payment");
    let fault = checked(&value).err().unwrap();
    assert!(fault.contains("a `purse` without a `payment`"), "{fault}");
}

#[test]
fn a_purse_is_told_in_plain_english() {
    let text = explain::explained("place-fortress+purse");
    for sentence in [
        "It begins with 0.5 months of planned cost in cash and may be overdrawn by 2.8 months.",
        "In one month it can spend what it has been paid over some 4 months and its part of a year in what it could still draw; it does no more than that pays for.",
        "What it cannot pay even so it owes to suppliers, who are paid before it has money again.",
        "Half of a change in its effort has reached its fixed cost after 2 years.",
        "A lender covers 50% of what its own money lacks to the cost of its plan, up to 13% of that cost so far as the payer’s allotment reaches, and counts as a payer.",
        "Money is worth more to it the less it has: with one more month of planned cost in hand a pound counts for 42.74%.",
    ] {
        assert!(text.contains(sentence), "no `{sentence}` in:\n{text}");
    }
    let century = with(&hospital(1.0), [("/time/unit", json!("century"))]);
    let told = explain::text(&commonground::scenario::explain::explain(&checked(&century).unwrap()));
    assert!(
        told.contains("In one century it can spend what it has been paid at last and its part of a year"),
        "{told}"
    );
}
