//! Who sits at the table: bound, checked and heard; and how long many take to decide.

use super::{agreed, assert_numbers, each_step, first_level, rule, with_ranchers};
use crate::behaviour::{choice, close, divided, end, fixed, majority};
use crate::support::{checked, setup, walk, with};
use commonground::model::lanes::Mask;
use commonground::model::rule::RuleName;
use commonground::model::setup::Setup;
use serde_json::{Value, json};

fn partners(kinds: &Value, delay_each: f64) -> Value {
    rule(&json!({ "kinds": kinds, "delay_each": delay_each }))
}

#[test]
fn whoever_is_not_at_the_table_is_neither_bound_nor_checked() {
    let herders_alone = ("/rules/partners", partners(&json!(["herder"]), 0.0));
    let bound = end(&with(&with_ranchers(&agreed(10, 20)), [herders_alone.clone()]));
    close(bound.providers[0].level.lane(0), 1.0);
    close(bound.providers[10].level.lane(0), 2.0);
    let fined = with(
        &with_ranchers(&agreed(10, 20)),
        [
            ("/rules/collective_choice/ceded", json!(0)),
            ("/society/coverage", json!(1)),
            ("/rules/graduated_sanctions", rule(&json!({ "fine": 0.1, "rise": 0, "most": 0, "forgiven": 0 }))),
        ],
    );
    // One unit of excess at 0.1 for each of 50 units of herders and as many of ranchers.
    close(end(&fined).place.fines.lane(0), 10.0);
    close(end(&with(&fined, [herders_alone])).place.fines.lane(0), 5.0);
}

#[test]
fn whoever_is_not_at_the_table_has_no_vote() {
    let rule = choice(&json!([0.2, 0.8, 1.4, 2.0]), 1.0, &majority(), "by_size");
    let all = with(&divided(200.0), [("/rules/collective_choice", rule)]);
    close(end(&all).place.decision.total.lane(0), 2.0);
    let alone = with(&all, [("/rules/partners", partners(&json!(["herder"]), 0.0))]);
    close(end(&alone).place.decision.total.lane(0), 0.8);
}

/// A place in which the ranch decides for all, with these kinds at the table and these who sit there by themselves.
fn ranch_decides(kinds: &Value, ranch_by_itself: bool) -> Value {
    let one_decider = json!({ "one_decider": { "kind": "ranch" } });
    with(
        &divided(200.0),
        [
            ("/rules/collective_choice", choice(&json!([0.2, 0.8, 1.4, 2.0]), 1.0, &one_decider, "equal")),
            ("/rules/partners", partners(kinds, 0.0)),
            ("/providers/ranch/partner", json!(ranch_by_itself)),
        ],
    )
}

#[test]
fn one_decider_whose_seat_is_taken_away_decides_nothing() {
    let setup = setup(&ranch_decides(&json!(["herder", "ranch"]), false));
    let decided = |setup: &Setup| walk(setup, |_, _, _| {}).place.decided.lane(0);
    assert!(decided(&setup) >= 0.0);
    let rules = setup.rules().only(|name| Mask::all_of(name != RuleName::Partners));
    assert!(decided(&setup.with_rules(rules)) < 0.0);
}

#[test]
fn one_decider_without_a_seat_is_a_fault_of_the_file() {
    let faults = |value: &Value| checked(value).err().unwrap_or_default();
    let told = faults(&ranch_decides(&json!(["herder"]), true));
    assert!(
        told.contains(
            "rules.collective_choice.decision.one_decider.kind: `ranch` has no seat at the table, so that nothing would ever \
             be decided; name it among `rules.partners.kinds`, or let another kind decide"
        ),
        "{told}"
    );
    let off = with(&ranch_decides(&json!(["herder"]), false), [("/rules/partners/strength", json!(0))]);
    assert!(faults(&off).contains("say `\"partner\": true` under `providers.ranch`"), "{}", faults(&off));
    let half = with(&ranch_decides(&json!(["herder"]), true), [("/rules/partners/strength", json!(0.5))]);
    assert_eq!(faults(&half), "");
}

#[test]
fn outsiders_ride_free_on_what_the_members_leave() {
    let value = with_ranchers(&with(
        &fixed(1.4),
        [("/rules/collective_choice", choice(&json!([0.8]), 1.0, &majority(), "equal"))],
    ));
    let margins = |kinds: Value| {
        let value = with(&value, [("/rules/partners", partners(&kinds, 0.0))]);
        let world = end(&value);
        [0, 10].map(|index: usize| world.providers[index].margin.lane(0))
    };
    // All bound: 80 of 200 units of effort leave 0.6 of the stock; 0.8 (0.6 − 0.2) = 0.32 each.
    // Herders alone: 40 + 70 leave 0.45; herders earn 0.8 · 0.25, ranchers 1.4 · 0.25, more than if they were bound.
    for (kinds, wanted) in [(json!(["herder", "ranch"]), [0.32, 0.32]), (json!(["herder"]), [0.2, 0.35])] {
        let got = margins(kinds);
        assert!((got[0] - wanted[0]).abs() < 1e-6 && (got[1] - wanted[1]).abs() < 1e-6, "{got:?}, not {wanted:?}");
    }
}

#[test]
fn many_at_the_table_decide_slowly_and_a_team_speeds_them_up() {
    // Ten seats at a quarter of a step each: 2.5 steps, so in force from step 3; a team that does 0.6 of it leaves 1 step.
    let slow = with(&agreed(10, 6), [("/rules/partners", partners(&json!(["herder"]), 0.25))]);
    let team = with(&slow, [("/rules/dedicated_team", rule(&json!({ "capacity": 0.6, "growth": 0 })))]);
    assert_numbers(&each_step(&slow, first_level), &[2.0, 2.0, 2.0, 1.0, 1.0, 1.0]);
    assert_numbers(&each_step(&team, first_level), &[2.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
}

#[test]
fn a_decision_that_takes_longer_than_the_time_between_meetings_still_comes_into_force() {
    for interval in [1, 2, 3] {
        let slow = with(&agreed(interval, 6), [("/rules/partners", partners(&json!(["herder"]), 0.3))]);
        assert_numbers(&each_step(&slow, first_level), &[2.0, 2.0, 2.0, 1.0, 1.0, 1.0]);
    }
}
