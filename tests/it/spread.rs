//! Places that differ: what is spread changes by its factor and by nothing else, for a year at a time, and moves no other draw.

use crate::circumstances::place;
use crate::support::{bits, setup, sixteen_runs, walk, with};
use commonground::model::lanes::Lanes;
use commonground::model::look::{Look, Seen};
use serde_json::{Value, json};

/// Two years of a hospital and homes whose need is off by chance; the hospital differs from place to place in these numbers.
fn differing(spread: Value) -> Value {
    let mut value = with(&place(), [("/time/steps", json!(24)), ("/providers/hospital/need/noise", json!(0.1))]);
    value["providers"]["nursing"]["need"]["noise"] = json!(0.1);
    value["providers"]["hospital"]["spread"] = spread;
    value
}

/// The end of each step.
fn steps(value: &Value) -> Vec<Look> {
    let mut all = Vec::new();
    walk(&setup(value), |_, _, after| all.push(after.clone()));
    all
}

/// The factors of the hospital: income, need, cost.
fn factors(world: &Look) -> [Lanes; 3] {
    let spread = world.place.kinds[0].spread.expect("the hospital differs");
    [spread.income, spread.need, spread.cost]
}

fn near(got: Lanes, wanted: Lanes) -> bool {
    got.to_array().into_iter().zip(wanted.to_array()).all(|(got, wanted)| (got - wanted).abs() < 1e-12)
}

#[test]
fn what_is_spread_changes_by_its_factor_and_nothing_else_does() {
    let (alike, differ) = (steps(&differing(json!({}))), steps(&differing(json!({ "income": 0.1, "cost": 0.2 }))));
    for (alike, differ) in alike.iter().zip(&differ) {
        let [income, need, cost] = factors(differ);
        assert!(near(need, Lanes::ONE));
        let (one, other): (&Seen, &Seen) = (&alike.providers[0], &differ.providers[0]);
        assert!(near(other.income, one.income * income) && near(other.cost, one.cost * cost));
        assert!(near(other.margin, one.income * income - one.cost * cost));
        assert_eq!(format!("{:?}", alike.providers[2]), format!("{:?}", differ.providers[2]), "a home differs");
    }
}

#[test]
fn need_that_is_spread_meets_the_same_chance() {
    let (alike, differ) = (steps(&differing(json!({}))), steps(&differing(json!({ "need": 0.2 }))));
    for (alike, differ) in alike.iter().zip(&differ) {
        let need = factors(differ)[1];
        assert!(near(differ.providers[0].need_new, alike.providers[0].need_new * need));
        assert!(near(differ.providers[1].need_new, alike.providers[1].need_new * need), "members of a kind differ");
        assert_eq!(alike.providers[2].need_new, differ.providers[2].need_new);
    }
}

#[test]
fn a_place_differs_for_a_year_at_a_time_and_in_part_for_good() {
    let all: Vec<[f64; 16]> =
        steps(&differing(json!({ "cost": 0.1 }))).iter().map(|world| factors(world)[2].to_array()).collect();
    for year in all.chunks(12) {
        assert!(year.iter().all(|step| step == &year[0]), "something is drawn within a year");
    }
    let (first, second) = (all[0], all[12]);
    assert!(first.iter().zip(second).all(|(first, second)| *first != second), "the second year is as the first");
    // Of sixteen places some are dear and some cheap, and most stay on their side.
    let stay = first.iter().zip(second).filter(|(first, second)| (**first > 1.0) == (*second > 1.0)).count();
    assert!((9..=16).contains(&stay), "{stay} of 16 places stay on their side");
    assert!(first.iter().any(|cost| *cost > 1.0) && first.iter().any(|cost| *cost < 1.0));
}

#[test]
fn a_spread_of_nothing_is_absent() {
    let without = with(&place(), [("/time/steps", json!(24))]);
    let nothing = with(&without, [("/providers/hospital/spread", json!({ "income": 0, "need": 0, "cost": 0 }))]);
    assert!(bits(&sixteen_runs(&setup(&without))) == bits(&sixteen_runs(&setup(&nothing))));
}
