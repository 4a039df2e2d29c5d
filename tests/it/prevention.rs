//! Prevention by kind, with delay, and what a payment makes of it, in the smallest scenario that shows it.

use crate::behaviour::close;
use crate::circumstances::place;
use crate::support::{checked, setup, tariff, walk, with};
use serde_json::{Value, json};

/// A hospital that meets all its need and a home whose upstream work prevents at most 40% of it and none of its own.
fn by_kind() -> Value {
    with(
        &place(),
        [
            ("/upstream", json!({ "productivity": 1, "decay": 0.5, "most": 0.6, "half": 1 })),
            ("/providers/nursing/prevents", json!({ "hospital": 0.4 })),
            ("/providers/nursing/behaviour/fixed/upstream", json!(0.5)),
        ],
    )
}

#[test]
fn the_work_of_a_kind_prevents_the_need_that_it_names_and_no_other() {
    // As in the place without kinds the stock nears 1, half of the ceiling: 20% of the hospital's need, and nothing of the home's.
    let end = walk(&setup(&with(&by_kind(), [("/time/steps", json!(80))])), |_, _, _| {});
    close(end.providers[0].need_new.lane(0), 0.8);
    close(end.providers[2].need_new.lane(0), 1.0);
    // The hospital's own work goes into the stock of the place: half of half its effort of 0.5 is 0.125 a step, 0.25 at rest,
    // of which 0.6 · 0.25/1.25 = 0.12 more is prevented of its own need, and as much of the home's.
    let both =
        with(&by_kind(), [("/time/steps", json!(80)), ("/providers/hospital/behaviour/fixed/upstream", json!(0.5))]);
    let end = walk(&setup(&both), |_, _, _| {});
    close(end.providers[0].need_new.lane(0), 0.68);
    close(end.providers[2].need_new.lane(0), 0.88);
}

#[test]
fn what_is_built_waits_before_it_acts() {
    let need_of = |delay: Option<f64>| {
        let mut value = by_kind();
        if let Some(delay) = delay {
            value["upstream"]["delay"] = json!(delay);
        }
        let mut need = Vec::new();
        walk(&setup(&value), |_, _, after| need.push(after.providers[0].need_new.lane(0)));
        need
    };
    // 0.5 a step, at once: it acts in the next, 0.4 · 0.5/1.5 = 2/15. With a mean wait of two steps half of it acts one step later:
    // stock 0, 0, 0.25: 0.4 · 0.25/1.25 = 0.08.
    let (at_once, later) = (need_of(None), need_of(Some(2.0)));
    close(at_once[1], 1.0 - 2.0 / 15.0);
    close(later[1], 1.0);
    close(later[2], 0.92);
    assert!(later[11] > at_once[11], "{later:?}");
}

#[test]
fn what_cannot_be_prevented_is_refused() {
    let told = |value: &Value| checked(value).err().unwrap_or_default();
    let all = with(&by_kind(), [("/providers/nursing/prevents/hospital", json!(0.5))]);
    assert!(told(&all).contains("upstream work could prevent 1.1 of it"), "{}", told(&all));
    let mut none = by_kind();
    none.as_object_mut().expect("a scenario").remove("upstream");
    assert!(told(&none).contains("nothing says how upstream work builds up"), "{}", told(&none));
    let nobody = with(&by_kind(), [("/providers/nursing/prevents/clinic", json!(0.1))]);
    assert!(told(&nobody).contains("there is no kind of provider `clinic`"), "{}", told(&nobody));
}

/// One hospital that can do more than it needs to, and may spend a twentieth of its effort upstream, which then prevents up to a tenth
/// of its need. It looks ahead and does what is best.
fn hospital(payment: Value, behaviour: Value, most_level: f64) -> Value {
    let levels: Vec<f64> =
        (0..=40).map(|index| 0.5 + f64::from(index) * 0.01).filter(|level| *level <= most_level).collect();
    let mut value = with(
        &place(),
        [
            ("/time/steps", json!(60)),
            ("/upstream", json!({ "productivity": 4, "decay": 0.1, "most": 0.2, "half": 0.5 })),
            ("/society/patience", json!(0.88)),
            ("/providers/hospital/count", json!(1)),
            ("/providers/hospital/plan", json!(0.8)),
            ("/providers/hospital/levels", json!(levels)),
            ("/providers/hospital/upstream", json!([0, 0.05])),
            ("/providers/hospital/motivation", json!(0.8)),
            ("/providers/hospital/need/level", json!(0.8)),
            (
                "/providers/hospital/cost",
                json!({ "per_effort": 0.4, "fixed": 0.45, "convex": 0.15, "change_per_year": 0 }),
            ),
            ("/providers/hospital/payment", payment),
            ("/providers/hospital/behaviour", behaviour),
        ],
    );
    value["providers"].as_object_mut().expect("kinds").remove("nursing");
    value
}

/// Share of effort spent upstream in the last step.
fn upstream(value: &Value) -> f64 {
    walk(&setup(value), |_, _, _| {}).providers[0].upstream.lane(0)
}

#[test]
fn with_beds_to_spare_the_payment_decides_whether_prevention_is_worth_it_and_with_a_queue_it_is_under_all() {
    let block = json!({ "block": { "amount": 1, "change_per_year": 0 } });
    let responds = json!({ "best_response": { "foresight": "myopic", "between": false } });
    let learns = json!({ "learner": {
        "memory": 0.5, "foregone": 1, "cumulation": 0, "unplayed": "fade", "choice_sharpness": 1000, "habit": 0
    } });
    for behaviour in [responds, learns] {
        // A twentieth of 0.8 builds 0.16 a step, 1.6 at rest: 0.2 · 1.6/2.1 = 15% of need, for 5% of effort. By a block each unit
        // saves what it costs; by the tariff it loses 0.46 more than that.
        close(upstream(&hospital(block.clone(), behaviour.clone(), 1.0)), 0.05);
        close(upstream(&hospital(tariff(1.11), behaviour.clone(), 1.0)), 0.0);
        // It can do 0.6 of 0.8 at most: a freed bed is filled and paid. 5% of that is 0.03 of care, worth 1.91 each; it prevents
        // 0.2 · 1.2/1.7 = 14% of need, 0.11, worth 0.8 each.
        close(upstream(&hospital(block.clone(), behaviour.clone(), 0.6)), 0.05);
        close(upstream(&hospital(tariff(1.11), behaviour, 0.6)), 0.05);
    }
}
