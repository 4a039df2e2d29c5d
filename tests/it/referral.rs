//! Care nearer home: what is referred, who has it next, and who gains by it, in the smallest scenario that shows it.

use crate::behaviour::close;
use crate::circumstances::place;
use crate::support::{checked, mean, outcome, setup, sixteen_runs, tariff, walk, with};
use serde_json::{Value, json};

/// Half of the hospital's need could be met by the home with half the effort; it refers two fifths of that.
pub(crate) fn referring() -> Value {
    let substitute = json!({ "by": "nursing", "share": 0.5, "cost": 0.5, "worth": 1, "care": 1, "refer": [0.4] });
    with(
        &place(),
        [("/providers/hospital/need/substitute", substitute), ("/providers/hospital/need/waits", json!(0.5))],
    )
}

#[test]
fn what_is_referred_leaves_the_need_of_one_kind_and_is_that_of_another_a_step_later() {
    let (mut referred, mut unmet, mut received) = (Vec::new(), Vec::new(), Vec::new());
    walk(&setup(&with(&referring(), [("/time/steps", json!(3))])), |_, _, after| {
        referred.push(after.providers[0].referred.lane(0));
        unmet.push(after.providers[0].unmet.lane(0));
        received.push(after.providers[2].need_received.lane(0));
    });
    // A fifth of 1, of 1.15 and of 1.21 goes. Of the rest 0.5 is met: 0.3, 0.42 and 0.468 are not, half of which waits.
    for (got, wanted) in [(referred, [0.2, 0.23, 0.242]), (unmet, [0.3, 0.42, 0.468]), (received, [0.0, 0.1, 0.115])] {
        got.into_iter().zip(wanted).for_each(|(got, wanted)| close(got, wanted));
    }
}

#[test]
fn need_that_is_referred_is_counted_once_and_at_what_it_is_worth() {
    let value = |changes: &[(&str, Value)]| {
        let mut value = with(&referring(), [("/providers/hospital/need/waits", json!(0)), ("/time/steps", json!(2))]);
        for (at, new) in changes {
            value = with(&value, [(at, new.clone())]);
        }
        value
    };
    let of = |value: &Value, key: &str| {
        let setup = setup(value);
        mean(outcome(&setup, &sixteen_runs(&setup), key))
    };
    // Two steps, each half of all size. Hospital: 0.8 came up and stayed, 0.5 met. Home: 1 and 1.1, all met. 3.1 of 3.7.
    close(of(&value(&[]), "need_met"), 3.1 / 3.7);
    close(of(&value(&[]), "referred"), 0.4 / 3.7);
    // 50 + 50 units of size. A unit met there is worth what it is worth here, 1, though it takes half a unit: in the second step 0.2
    // units referred for each of 50 bring 10 and not the 5 that their half units would. So much that is lost where it is worth nothing.
    let worthless = value(&[("/providers/hospital/need/substitute/worth", json!(0))]);
    close(of(&value(&[]), "welfare") - of(&worthless, "welfare"), 10.0 / 2.0);
}

/// A hospital that does what is best beside a home that meets so much of all its need once it has what may be referred to it.
fn choosing(payment: Value, behaviour: &Value, most_level: f64, met: f64) -> Value {
    let levels: Vec<f64> =
        (60..=100).map(|index| f64::from(index) * 0.01).filter(|level| *level <= most_level).collect();
    let cost = json!({ "per_effort": 0.4, "fixed": 0.45, "convex": 0.15, "change_per_year": 0 });
    with(
        &referring(),
        [
            ("/time/steps", json!(30)),
            ("/providers/hospital/count", json!(1)),
            ("/providers/hospital/plan", json!(0.8)),
            ("/providers/hospital/levels", json!(levels)),
            ("/providers/hospital/motivation", json!(0.8)),
            ("/providers/hospital/need/level", json!(0.9)),
            ("/providers/hospital/need/waits", json!(0)),
            ("/providers/hospital/need/substitute/share", json!(0.1)),
            ("/providers/hospital/need/substitute/refer", json!([0, 1])),
            ("/providers/hospital/cost", cost),
            ("/providers/hospital/payment", payment),
            ("/providers/hospital/behaviour", behaviour.clone()),
            ("/providers/nursing/need/level", json!(2.0 / met - 0.045)),
        ],
    )
}

/// What the hospital refers in the last step of its need of 0.9.
fn referred(value: &Value) -> f64 {
    walk(&setup(value), |_, _, _| {}).providers[0].referred.lane(0)
}

/// The last unit of 0.9 costs 0.67, of 0.81 it costs 0.643; it is paid 1.11 or nothing, and counts 0.8 if it is met, here or there.
#[test]
fn who_is_paid_by_the_unit_keeps_it_and_who_is_paid_a_sum_sends_it_on_and_dumps() {
    let block = || json!({ "block": { "amount": 1, "change_per_year": 0 } });
    let responds = json!({ "best_response": { "foresight": "myopic", "between": false } });
    let learns = json!({ "learner": {
        "memory": 0.5, "foregone": 1, "cumulation": 0, "unplayed": "fade", "choice_sharpness": 1000, "habit": 0
    } });
    for behaviour in [&responds, &learns] {
        // Beds to spare, and all is met there: 0.65 − 1.11 under the tariff, 0.65 under the block.
        close(referred(&choosing(tariff(1.11), behaviour, 1.0, 1.0)), 0.0);
        close(referred(&choosing(block(), behaviour, 1.0, 1.0)), 0.09);
        // Little is met there: 0.65 − 0.8 · 0.6 = 0.17 for what is met 40%, so it dumps; 0.65 − 0.8 · 0.9 = −0.07 for what is met 10%.
        close(referred(&choosing(block(), behaviour, 1.0, 0.4)), 0.09);
        close(referred(&choosing(block(), behaviour, 1.0, 0.1)), 0.0);
        // A queue: the bed is filled and paid all the same, and 0.8 is gained for each unit that is met there, however it is paid.
        close(referred(&choosing(tariff(1.11), behaviour, 0.7, 1.0)), 0.09);
        close(referred(&choosing(block(), behaviour, 0.7, 1.0)), 0.09);
        // Out of sight, out of mind: 0.65 − 0.8.
        let blind =
            with(&choosing(block(), behaviour, 1.0, 1.0), [("/providers/hospital/need/substitute/care", json!(0))]);
        close(referred(&blind), 0.0);
    }
}

#[test]
fn what_cannot_be_referred_is_refused() {
    let told = |field: &str, new: Value| {
        let at = format!("/providers/hospital/need/substitute/{field}");
        checked(&with(&referring(), [(at.as_str(), new)])).err().unwrap_or_default()
    };
    let own = told("by", json!("hospital"));
    assert!(own.contains("a kind cannot refer its need to itself"), "{own}");
    let none = told("by", json!("nurses"));
    assert!(none.contains("there is no kind of provider `nurses`; did you mean `nursing`?"), "{none}");
    let more = told("refer", json!([0, 1.5]));
    assert!(more.contains("more is referred than can be met there"), "{more}");
    let mut many = referring();
    many["providers"]["hospital"]["levels"] = json!({ "from": 0, "to": 2, "count": 50 });
    many["providers"]["hospital"]["need"]["substitute"]["refer"] = json!([0, 0.5, 1]);
    let many = checked(&many).err().unwrap_or_default();
    assert!(many.contains("50 levels × 1 upstream shares × 3 shares to refer make 150 actions"), "{many}");
}
