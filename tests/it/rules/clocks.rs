//! Clocks of rules: when they begin and end, what they do where they are paid for in part, how they build up and wear off.

use super::{agreed, assert_numbers, each_step, first_level, rule};
use crate::behaviour::{end, fixed};
use crate::circumstances::place;
use crate::support::{FIRST_RUNS, SEED, checked, setup, with};
use commonground::model::look::Stepper;
use commonground::model::rows::Packing;
use commonground::model::rule::RuleName;
use commonground::model::simd::InstructionSet;
use serde_json::{Value, json};

/// Money of which so much is allotted each step and nothing carried over.
pub(crate) fn money(amount: f64) -> Value {
    json!({
        "unit": "£m", "capacity": 10, "start": amount / 10.0, "loses": { "claim": 1 }, "collapse": 0, "refuge": 0,
        "growth": { "allocation": {
            "amount": amount, "growth_per_step": 0, "carry_over": 0, "overdraft": 0, "recovery": 0
        } },
        "rationing": { "proportional": {} }
    })
}

/// How strongly a rule acts in each step, in run 3.
fn strengths(value: &Value, name: RuleName) -> Vec<f64> {
    let setup = setup(value);
    let mut stepper = Stepper::new(&setup, SEED, &Packing::Runs(FIRST_RUNS), InstructionSet::best());
    let mut all = Vec::new();
    while stepper.pass() {
        all.push(stepper.rules().switches()[name as usize].strength.lane(3));
    }
    all
}

#[test]
fn an_agreement_holds_from_the_step_in_which_it_begins_until_it_ends() {
    let value = with(
        &agreed(10, 6),
        [("/rules/collective_choice/from", json!(2)), ("/rules/collective_choice/until", json!(4))],
    );
    // Members meet in the step in which the rule begins, and what they decide takes effect at once.
    assert_numbers(&each_step(&value, first_level), &[2.0, 2.0, 1.0, 1.0, 2.0, 2.0]);
}

#[test]
fn a_rule_costs_money_and_time_while_it_is_there() {
    let value = with(
        &place(),
        [
            ("/time/steps", json!(5)),
            ("/rules/mediation", rule(&json!({ "settling": 0, "each": 0 }))),
            ("/rules/mediation/cost", json!({ "money": 3, "attention": 0.1 })),
            ("/rules/mediation/from", json!(1)),
            ("/rules/mediation/until", json!(3)),
        ],
    );
    assert_numbers(&each_step(&value, |world| world.place.governance.lane(3)), &[0.0, 3.0, 3.0, 0.0, 0.0]);
    assert_numbers(&each_step(&value, |world| world.place.kinds[0].attention.lane(3)), &[1.0, 0.9, 0.9, 1.0, 1.0]);
}

#[test]
fn a_team_whose_costs_grow_begins_with_those_of_its_first_year() {
    let value = with(
        &place(),
        [
            ("/time/steps", json!(4)),
            ("/time/steps_per_year", json!(1)),
            ("/rules/dedicated_team", rule(&json!({ "capacity": 1, "growth": 0.5 }))),
            ("/rules/dedicated_team/cost/money", json!(2)),
            ("/rules/dedicated_team/from", json!(1)),
        ],
    );
    assert_numbers(&each_step(&value, |world| world.place.governance.lane(3)), &[0.0, 2.0, 3.0, 4.5]);
}

#[test]
fn a_contract_runs_from_the_step_in_which_it_begins() {
    // The members earn 0.5 each step; the payer comes to expect it two steps after they have begun to pool, and not before.
    let terms = json!({
        "pooled": 1, "gain_share": 1, "loss_share": 1, "parts": "by_size", "contract": 2, "rebasing": 1
    });
    let value = with(
        &place(),
        [("/time/steps", json!(6)), ("/rules/pooled_finance", rule(&terms)), ("/rules/pooled_finance/from", json!(3))],
    );
    assert_numbers(&each_step(&value, |world| world.place.pooling.expected.lane(3)), &[0.0, 0.0, 0.0, 0.0, 0.0, 0.5]);
}

#[test]
fn strength_builds_up_while_a_rule_is_there_and_wears_off_once_it_has_ended() {
    let value = with(
        &agreed(10, 10),
        [
            ("/society/build_up", json!(4)),
            ("/rules/collective_choice/from", json!(1)),
            ("/rules/collective_choice/until", json!(6)),
        ],
    );
    let wanted = [0.0, 0.25, 0.5, 0.75, 1.0, 1.0, 0.75, 0.5, 0.25, 0.0];
    assert_numbers(&strengths(&value, RuleName::CollectiveChoice), &wanted);
    // Who wants 2 gives up of the 1 above its share as much as the rule is strong.
    let levels = wanted.map(|strength| 2.0 - strength);
    assert_numbers(&each_step(&value, first_level), &levels);
}

#[test]
fn what_has_ended_before_it_was_built_up_wears_off_from_where_it_stood() {
    let value = with(&agreed(10, 6), [("/society/build_up", json!(4)), ("/rules/collective_choice/until", json!(2))]);
    assert_numbers(&strengths(&value, RuleName::CollectiveChoice), &[0.25, 0.5, 0.25, 0.0, 0.0, 0.0]);
}

#[test]
fn money_that_an_agreement_moves_builds_up_and_wears_off_with_it() {
    let terms = json!({
        "pooled": 1, "gain_share": 1, "loss_share": 1, "parts": "by_size", "contract": 100, "rebasing": 0
    });
    let value = with(
        &place(),
        [
            ("/time/steps", json!(5)),
            ("/society/build_up", json!(2)),
            ("/rules/pooled_finance", rule(&terms)),
            ("/rules/pooled_finance/until", json!(2)),
        ],
    );
    // A hospital has 0.4, a home 0.6, all on average 0.5: who pools the share s gains 0.1 s.
    assert_numbers(&each_step(&value, |world| world.providers[0].margin.lane(3)), &[0.45, 0.5, 0.45, 0.4, 0.4]);
}

/// An agreement that costs 2 a step and a tenth of all time, of which a pool can pay so much.
fn funded(amount: f64) -> Value {
    with(
        &agreed(10, 3),
        [
            ("/pools/money", money(amount)),
            ("/rules/collective_choice/cost", json!({ "money": 2, "attention": 0.1, "from": "money" })),
        ],
    )
}

#[test]
fn a_rule_acts_and_takes_time_in_proportion_to_what_is_paid_for_it() {
    for (amount, share) in [(0.0, 0.0), (0.5, 0.25), (1.0, 0.5), (2.0, 1.0), (5.0, 1.0)] {
        let value = funded(amount);
        assert_numbers(&strengths(&value, RuleName::CollectiveChoice), &[share; 3]);
        assert_numbers(&each_step(&value, |world| world.place.spent_on_rules[0].lane(3)), &[2.0 * share; 3]);
        assert_numbers(&each_step(&value, |world| world.place.kinds[0].attention.lane(3)), &[1.0 - 0.1 * share; 3]);
        assert_numbers(&each_step(&value, first_level), &[2.0 - share; 3]);
    }
}

#[test]
fn rules_are_paid_before_a_shock_takes_the_money_and_before_anybody_is_paid() {
    let loss = json!({ "stock_loss": { "when": { "at": 1 }, "size": 1, "pool": "money" } });
    let value = with(&funded(2.0), [("/shocks/theft", loss), ("/providers/herder/paid_from", json!("money"))]);
    assert_numbers(&strengths(&value, RuleName::CollectiveChoice), &[1.0; 3]);
    assert_eq!(end(&value).place.paid[0].lane(3), 0.0);
}

#[test]
fn what_members_pay_for_is_paid_even_where_they_are_in_deficit() {
    let poor = with(
        &agreed(10, 3),
        [("/providers/herder/payment/tariff/price", json!(0)), ("/rules/collective_choice/cost/money", json!(1000))],
    );
    assert_numbers(&strengths(&poor, RuleName::CollectiveChoice), &[1.0; 3]);
}

#[test]
fn a_rule_that_ends_before_it_begins_is_refused() {
    let value = with(
        &fixed(1.0),
        [
            ("/rules/mediation", rule(&json!({ "settling": 0, "each": 0 }))),
            ("/rules/mediation/from", json!(4)),
            ("/rules/mediation/until", json!(4)),
        ],
    );
    let faults = checked(&value).err().unwrap_or_default();
    assert!(faults.contains("rules.mediation.until") && faults.contains("before it begins"), "{faults}");
}
