//! What each rule does where nothing else changes: its smallest scenario, with the rule off and in full force.

use super::came_to;
use crate::behaviour::{choice, fixed, majority, outsiders};
use crate::circumstances::place;
use crate::rules::clocks::money;
use crate::support::{free, with};
use commonground::model::rule::RuleName;
use serde_json::{Value, json};

/// A rule, the scenario in which it is felt, and its parameters.
type Felt = (&'static str, Value, Value);

/// Each rule by its key.
fn rules() -> Vec<Felt> {
    vec![
        ("boundary", with(&users(1.0), [("/outside", outsiders(40.0, 0.0))]), json!({ "shut_out": 1, "counted": 1 })),
        ("partners", trusting(), json!({ "kinds": ["herder"], "delay_each": 0 })),
        ("shared_vision", followers(), json!({ "precision": 10 })),
        ("measures", trusting(), json!({ "coverage": 1, "noise": 0, "lag": 0, "gaming": 0, "audience": "public" })),
        (
            "nested_groups",
            trusting(),
            json!({
                "groups": { "here": { "kinds": ["herder"] }, "there": { "kinds": ["ranch"] } },
                "coverage": 0, "clarity": 0, "attention_each": 0
            }),
        ),
        (
            "leadership",
            users(1.0),
            json!({ "time": 0.1, "clarity": 0, "turnover": 0, "turnover_in_deficit": 0, "handover": 0 }),
        ),
        ("external_authority", answering(), authority()),
        ("quota", users(2.0), json!({ "level": 0.5, "error": 0, "enforcement": 1 })),
        ("collective_choice", users(2.0), choice(&json!([1]), 1.0, &majority(), "equal")),
        ("dedicated_team", fading(), json!({ "capacity": 1, "growth": 0 })),
        (
            "pooled_finance",
            place(),
            json!({
                "pooled": 1, "gain_share": 1, "loss_share": 1, "parts": "by_size", "contract": 100, "rebasing": 0
            }),
        ),
        (
            "graduated_sanctions",
            with(&mixed(), [("/society/coverage", json!(1))]),
            json!({ "fine": 5, "rise": 0, "most": 0, "forgiven": 0 }),
        ),
        ("mediation", disputing(), json!({ "settling": 1, "each": 0 })),
        ("ostracism", ashamed(), json!({ "most": 2, "displacement": -1, "growth": -5 })),
        (
            "peer_sanctions",
            with(&mixed(), [("/providers/herder/sanctioning", json!({ "spends": 0.1, "stray": 0, "revenge": 0 }))]),
            json!({ "against": "taking_more", "effect": 3, "most": 1, "chosen": 1 }),
        ),
    ]
}

/// Ten users at a level, for a few steps.
fn users(level: f64) -> Value {
    with(&fixed(level), [("/time/steps", json!(4))])
}

/// Half keep to their plan, half take twice as much.
fn mixed() -> Value {
    let fixed = |level: f64| json!({ "fixed": { "level": level, "upstream": 0 } });
    let behaviour = json!([{ "share": 0.5, "as": fixed(1.0) }, { "share": 0.5, "as": fixed(2.0) }]);
    with(&users(1.0), [("/providers/herder/behaviour", behaviour)])
}

/// Herders who keep to their plan and ranchers who do not, who see some of it and trust each other the less.
fn trusting() -> Value {
    let value = with(&users(1.0), [("/society/trust_loss", json!(0.5)), ("/society/coverage", json!(0.5))]);
    let ranch = with(&value["providers"]["herder"], [("/behaviour/fixed/level", json!(2))]);
    with(&value, [("/providers/ranch", ranch)])
}

/// Users who do as they believe that others do, and believe that these take half as much again.
fn followers() -> Value {
    let behaviour = json!({ "conditional": { "slope": 1, "bias": 0, "belief_speed": 0.5 } });
    with(&users(1.0), [("/providers/herder/behaviour", behaviour), ("/society/first_belief", json!(1.5))])
}

/// A hospital that is paid nothing and does what pays best.
fn answering() -> Value {
    let best = json!({ "best_response": {} });
    let unpaid = json!({ "block": { "amount": 0, "change_per_year": 0 } });
    with(&place(), [("/providers/hospital/behaviour", best), ("/providers/hospital/payment", unpaid)])
}

/// It neither overrides nor reorganises, and holds each to meeting half of its need.
fn authority() -> Value {
    let never = json!({ "chance": 0, "length": 1, "share": 0 });
    json!({ "overrides": never, "reorganises": never, "target": { "need_met": 0.5, "pressure": 1 } })
}

/// What was decided is carried out by half as much after each step.
fn fading() -> Value {
    let decided = choice(&json!([1]), 1.0, &majority(), "equal");
    with(&users(2.0), [("/rules/collective_choice", decided), ("/society/fading", json!(0.5))])
}

/// Users whose conscience keeps them to their plan until a drought leaves them nothing and they fall out.
fn disputing() -> Value {
    let spring = json!({
        "unit": "units", "capacity": 40, "start": 1, "growth": { "inflow": { "amount": 40, "loss": 0 } },
        "loses": { "claim": 1 }, "rationing": { "proportional": {} }, "collapse": 0, "refuge": 0
    });
    let drought = json!({ "stock_loss": { "when": { "at": 3 }, "size": 1, "pool": "pasture" } });
    with(
        &users(1.0),
        [
            ("/time/steps", json!(8)),
            ("/pools/pasture", spring),
            ("/providers/herder/size", json!(10)),
            ("/providers/herder/behaviour", json!({ "best_response": {} })),
            ("/providers/herder/norm", json!({ "weight": 1, "imposed": 1 })),
            ("/society/grievance", json!(0.8)),
            ("/society/trust", json!(1)),
            ("/shocks/drought", drought),
        ],
    )
}

/// Users who do what pays best, of whom some take more than was allotted.
fn ashamed() -> Value {
    let keep = json!({ "fixed": { "level": 1, "upstream": 0 } });
    let behaviour = json!([{ "share": 0.7, "as": keep }, { "share": 0.3, "as": { "best_response": {} } }]);
    with(&users(1.0), [("/providers/herder/behaviour", behaviour), ("/society/coverage", json!(1))])
}

#[test]
fn every_rule_in_full_force_is_felt_in_a_scenario_of_its_own() {
    let rules = rules();
    for name in RuleName::ALL {
        let key = name.key();
        let Some((_, scenario, parameters)) = rules.iter().find(|(known, ..)| *known == key) else {
            panic!("`{key}` has no scenario in which it is felt: add one to `felt::rules`");
        };
        let at = |strength: f64| {
            let rule = with(parameters, [("/strength", json!(strength)), ("/cost", free())]);
            came_to(key, &with(scenario, [(format!("/rules/{key}").as_str(), rule)]))
        };
        assert!(at(0.0) == came_to(key, scenario), "`{key}` leaves a trace where it is off");
        assert!(at(1.0) != at(0.0), "`{key}` in full force changes nothing");
        assert!(at(0.5) != at(0.0), "`{key}` at half its strength changes nothing");
    }
    assert_eq!(rules.len(), RuleName::ALL.len(), "a rule is listed twice, or is one no more");
}

/// The scenario in which a rule is felt, beside money of which so much is allotted each step, with the rule at that strength and cost.
fn paid_by(felt: &Felt, allotted: f64, strength: f64, cost: f64) -> Value {
    let (key, scenario, parameters) = felt;
    let terms = json!({ "money": cost, "attention": 0, "from": "money" });
    let rule = with(parameters, [("/strength", json!(strength)), ("/cost", terms)]);
    with(scenario, [("/pools/money", money(allotted)), (format!("/rules/{key}").as_str(), rule)])
}

#[test]
fn no_rule_works_unpaid() {
    for felt in rules() {
        let key = felt.0;
        let without = with(&felt.1, [("/pools/money", money(0.0))]);
        assert!(came_to(key, &paid_by(&felt, 0.0, 1.0, 2.0)) == came_to(key, &without), "`{key}` works unpaid");
        let (half_paid, half) = (paid_by(&felt, 1.0, 1.0, 2.0), paid_by(&felt, 1.0, 0.5, 1.0));
        assert!(
            came_to(key, &half_paid) == came_to(key, &half),
            "`{key}` does not do half of its work for half of its cost"
        );
        assert!(
            came_to(key, &half_paid) != came_to(key, &paid_by(&felt, 2.0, 1.0, 2.0)),
            "`{key}` does as much for half"
        );
    }
}

#[test]
fn outside_its_time_a_rule_leaves_no_trace() {
    for felt in rules() {
        let (key, scenario, parameters) = &felt;
        let steps = scenario["time"]["steps"].as_u64().unwrap();
        let cost = json!({ "money": 1, "attention": 0.1 });
        let at = |from: u64, until: u64| {
            let clock =
                [("/from", json!(from)), ("/until", json!(until)), ("/strength", json!(1)), ("/cost", cost.clone())];
            came_to(key, &with(scenario, [(format!("/rules/{key}").as_str(), with(parameters, clock))]))
        };
        let always = with(parameters, [("/strength", json!(1)), ("/cost", cost.clone())]);
        let always = came_to(key, &with(scenario, [(format!("/rules/{key}").as_str(), always)]));
        assert!(at(steps, steps + 1) == came_to(key, scenario), "`{key}` is there before its time");
        assert!(at(0, steps) == always, "`{key}` is not there in its time");
        assert!(at(0, steps - 1) != always && at(1, steps) != always, "the clock of `{key}` is not felt");
    }
}
