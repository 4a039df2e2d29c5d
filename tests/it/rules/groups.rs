//! Groups within the place: quotas, monitors and sight of their own; fragments that contradict each other; divided attention.

use super::{assert_numbers, each_step, first_level, rule, with_ranchers};
use crate::behaviour::{choice, close, divided, end, fixed, majority};
use crate::support::with;
use serde_json::{Value, json};

fn groups(groups: &Value, coverage: f64, attention_each: f64) -> Value {
    rule(&json!({ "groups": groups, "coverage": coverage, "clarity": 0, "attention_each": attention_each }))
}

/// Ten herders who would best be bound at 0.8 of their plans and eleven ranchers who want twice theirs, with these groups.
fn apart(parts: &Value) -> Value {
    let rule = choice(&json!([0.2, 0.8, 1.4, 2.0]), 1.0, &majority(), "equal");
    let value = with(&divided(50.0), [("/providers/ranch/count", json!(11)), ("/rules/collective_choice", rule)]);
    with(&value, [("/rules/nested_groups", groups(parts, 0.0, 0.0))])
}

#[test]
fn each_group_sets_its_members_the_quota_of_its_own_median() {
    let world = end(&apart(&json!({ "small": { "kinds": ["herder"] }, "large": { "kinds": ["ranch"] } })));
    close(world.place.decision.total.lane(0), 2.0);
    close(world.providers[0].agreed.lane(0), 0.8);
    close(world.providers[0].level.lane(0), 0.8);
    close(world.providers[10].agreed.lane(0), 2.0);
}

#[test]
fn groups_that_contradict_each_other_bind_less() {
    let world = end(&apart(&json!({ "small": { "kinds": ["herder"] }, "whole": { "kinds": ["herder", "ranch"] } })));
    // Quotas of 0.8 and 2: their mean is 1.4, and the discord of (2 − 0.8)/2 = 0.6 leaves 0.4 of it to bind.
    close(world.providers[0].agreed.lane(0), 1.4);
    close(world.providers[0].level.lane(0), 2.0 - 0.4 * 0.6);
}

#[test]
fn each_membership_adds_a_monitor_and_takes_time() {
    let parts =
        json!({ "north": { "kinds": ["herder"] }, "mutton": { "kinds": ["herder"] }, "wool": { "kinds": ["ranch"] } });
    let value = with(
        &with_ranchers(&fixed(1.0)),
        [("/society/coverage", json!(0)), ("/rules/nested_groups", groups(&parts, 0.5, 0.1))],
    );
    let world = end(&value);
    assert_numbers(&world.place.kinds.iter().map(|kind| kind.checked.lane(0)).collect::<Vec<f64>>(), &[0.75, 0.5]);
    // Herders hold one membership beyond the first, and only they miss its time.
    assert_numbers(&world.place.kinds.iter().map(|kind| kind.attention.lane(0)).collect::<Vec<f64>>(), &[0.9, 1.0]);
}

#[test]
fn a_group_decides_sooner_than_the_place_and_binds_once_the_place_has_agreed() {
    let parts = json!({ "small": { "kinds": ["herder"] }, "large": { "kinds": ["ranch"] } });
    let seats = rule(&json!({ "kinds": ["herder", "ranch"], "delay_each": 0.25 }));
    let value = with(&apart(&parts), [("/rules/partners", seats), ("/time/steps", json!(8))]);
    // A quarter of a step for each seat: 2.5 steps for ten herders, 2.75 for eleven ranchers, 5.25 for all.
    let quota = |group: usize| each_step(&value, move |world| world.place.group_quotas[group].total.lane(3));
    assert_numbers(&quota(0), &[1.0, 1.0, 1.0, 0.8, 0.8, 0.8, 0.8, 0.8]);
    assert_numbers(&quota(1), &[1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 2.0]);
    assert_numbers(&each_step(&value, first_level), &[2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 0.8, 0.8]);
}

#[test]
fn no_monitor_checks_whoever_is_not_at_the_table_or_does_not_count() {
    let parts = json!({ "all": { "kinds": ["herder", "ranch"] } });
    let value = with(
        &with_ranchers(&fixed(1.0)),
        [
            ("/society/coverage", json!(0)),
            ("/rules/nested_groups", groups(&parts, 0.5, 0.0)),
            ("/rules/partners", rule(&json!({ "kinds": ["herder"], "delay_each": 0 }))),
            ("/rules/boundary", rule(&json!({ "shut_out": 0, "counted": 0.6 }))),
        ],
    );
    let world = end(&value);
    assert_numbers(&world.place.kinds.iter().map(|kind| kind.checked.lane(0)).collect::<Vec<f64>>(), &[0.3, 0.0]);
}

#[test]
fn trust_goes_by_what_is_near() {
    let value = with(
        &with_ranchers(&fixed(1.0)),
        [
            ("/providers/ranch/behaviour/fixed/level", json!(2)),
            ("/society/coverage", json!(1)),
            ("/society/trust_gain", json!(0.1)),
            ("/society/trust_loss", json!(0.4)),
            ("/time/steps", json!(1)),
        ],
    );
    let parts = json!({ "small": { "kinds": ["herder"] }, "large": { "kinds": ["ranch"] } });
    let near = with(&value, [("/rules/nested_groups", groups(&parts, 0.0, 0.0))]);
    let trust = |value: &Value| [0, 10].map(|index: usize| end(value).providers[index].trust.lane(0));
    // Across the place half are in breach: 0.5 + 0.5 · 0.5 · 0.1 − 0.5 · 0.5 · 0.4. Near at hand none of the herders is, and
    // every rancher: 0.5 + 0.5 · 0.1 and 0.5 − 0.5 · 0.4.
    assert_numbers(&trust(&value), &[0.425, 0.425]);
    assert_numbers(&trust(&near), &[0.55, 0.3]);
}

#[test]
fn near_signals_are_clearer_to_those_in_a_group_and_to_nobody_else() {
    // Only herders are in a group, of which half breach; with full clarity they see that half without error, in every run.
    let mixed = json!([
        { "share": 0.5, "as": { "fixed": { "level": 2, "upstream": 0 } } },
        { "share": 0.5, "as": { "fixed": { "level": 1, "upstream": 0 } } }
    ]);
    let value = with(
        &with(&fixed(1.0), [("/providers/herder/behaviour", mixed)]),
        [
            ("/society/coverage", json!(1)),
            ("/society/noise", json!(0.5)),
            ("/society/trust_loss", json!(0.4)),
            ("/rules/nested_groups", groups(&json!({ "small": { "kinds": ["herder"] } }), 0.0, 0.0)),
            ("/rules/nested_groups/clarity", json!(1)),
            ("/time/steps", json!(1)),
        ],
    );
    let world = end(&with_ranchers(&value));
    let spread = |index: usize| {
        let trust = world.providers[index].trust.to_array();
        trust.iter().copied().fold(0.0, f64::max) - trust.iter().copied().fold(1.0, f64::min)
    };
    assert!(spread(0) < 1e-12 && spread(10) > 1e-3, "{} and {}", spread(0), spread(10));
    close(world.place.noise.lane(0), 0.5);
}
