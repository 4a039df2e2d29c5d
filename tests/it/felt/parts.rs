//! What each part does that another of its family does not: pools, payments, behaviours and shocks. What share of the votes each
//! form of decision asks for is worked out in `formulas` and `behaviour`.

use super::came_to;
use crate::behaviour::outsiders;
use crate::circumstances::place;
use crate::support::{learner, pasture, tariff, with};
use commonground::scenario::file::File;
use commonground::scenario::text::Form;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A family of parts: its type in the schema, the scenario, the place of the part in it, and each part.
struct Family {
    name: &'static str,
    scenario: Value,
    at: &'static str,
    parts: Vec<Value>,
}

fn families() -> Vec<Family> {
    vec![
        Family { name: "Growth", scenario: untouched(), at: "/pools/pasture/growth", parts: growth() },
        Family { name: "Production", scenario: commons(), at: "/pools/pasture/production", parts: production() },
        Family { name: "Loss", scenario: commons(), at: "/pools/pasture/loses", parts: losses() },
        Family { name: "Rationing", scenario: short(), at: "/pools/pasture/rationing", parts: rationing() },
        Family { name: "Payment", scenario: contracted(), at: "/providers/hospital/payment", parts: payments() },
        Family {
            name: "Fallback",
            scenario: failing(),
            at: "/providers/hospital/payment/prime/fallback",
            parts: fallbacks(),
        },
        Family { name: "Behaviour", scenario: commons(), at: "/providers/herder/behaviour", parts: behaviours() },
        Family { name: "Shock", scenario: stricken(), at: "/shocks/blow", parts: shocks() },
        Family { name: "When", scenario: raining(), at: "/shocks/blow/stock_loss/when", parts: times() },
    ]
}

/// Ten users of a pasture that is half full, for eight steps.
fn commons() -> Value {
    with(&pasture(), [("/time/steps", json!(8)), ("/pools/pasture/start", json!(0.5))])
}

/// The same, who take nothing, beside a pond.
fn untouched() -> Value {
    let pond = with(&pasture()["pools"]["pasture"], [("/growth", json!({ "fixed": {} }))]);
    with(
        &commons(),
        [
            ("/providers/herder/behaviour/fixed/level", json!(0)),
            ("/pools/pasture/start", json!(0.4)),
            ("/pools/pond", pond),
        ],
    )
}

/// Two kinds who claim twice what there is, the second of whom is served later and is stronger.
fn short() -> Value {
    let mut value = with(&commons(), [("/pools/pasture/loses", json!({ "claim": 1 }))]);
    value["pools"]["pasture"].as_object_mut().unwrap().remove("production");
    let ranch = with(&value["providers"]["herder"], [("/priority", json!(1)), ("/strength", json!(3))]);
    with(&value, [("/providers/ranch", ranch)])
}

/// A hospital, one that may hold a prime contract, and a home that it then pays.
fn contracted() -> Value {
    with(
        &place(),
        [
            ("/time/steps", json!(4)),
            ("/providers/hospital/count", json!(1)),
            ("/providers/hospital/behaviour/fixed/level", json!(0.7)),
            ("/providers/nursing/behaviour/fixed/level", json!(0.9)),
        ],
    )
}

/// A prime contract that fails at once.
fn failing() -> Value {
    let prime = json!({ "prime": { "budget": 0.1, "reserve": 0, "fallback": tariff(1.0), "change_per_year": 0 } });
    with(&contracted(), [("/providers/hospital/payment", prime), ("/providers/nursing/paid_by", json!("hospital"))])
}

/// A place with need, outsiders, leaders and a decision: all that a shock can strike.
fn stricken() -> Value {
    let mut value = with(&place(), [("/outside", outsiders(10.0, 0.0)), ("/society/trust_loss", json!(0.5))]);
    for kind in ["hospital", "nursing"] {
        value["providers"][kind]["uses"] = json!({ "pasture": 1 });
    }
    let led = json!({
        "time": 0.1, "clarity": 0, "turnover": 0, "turnover_in_deficit": 0, "handover": 2, "strength": 1,
        "cost": { "money": 0, "attention": 0 }
    });
    with(&value, [("/rules/leadership", led), ("/rules/collective_choice", choice(&json!({ "majority": {} })))])
}

fn choice(decision: &Value) -> Value {
    let rule = crate::behaviour::choice(&json!([0.2, 0.8, 1.4]), 1.0, decision, "equal");
    with(&rule, [("/interval", json!(3)), ("/horizon", json!(10))])
}

/// A storm over the pasture.
fn raining() -> Value {
    let storm = json!({ "stock_loss": { "when": { "at": 3 }, "size": 0.5, "pool": "pasture" } });
    with(&commons(), [("/shocks/blow", storm)])
}

fn growth() -> Vec<Value> {
    vec![
        json!({ "logistic": { "rate": 1 } }),
        json!({ "depensated": { "rate": 1, "threshold": 0.2 } }),
        json!({ "inflow": { "amount": 20, "loss": 10 } }),
        json!({ "allocation": { "amount": 50, "growth_per_step": 0, "carry_over": 0, "overdraft": 0, "recovery": 1 } }),
        json!({ "fixed": {} }),
    ]
}

fn production() -> Vec<Value> {
    vec![
        json!({ "schaefer": { "catchability": 0.01 } }),
        json!({ "saturating": { "half": 0.2 } }),
        json!({ "quadratic": { "linear": 1, "crowding": 0.012 } }),
        json!({ "cobb_douglas": { "scale": 0.1, "effort": 0.8, "stock": 0.5 } }),
    ]
}

fn losses() -> Vec<Value> {
    vec![json!({ "yield": 1 }), json!({ "effort": 0.002 }), json!({ "claim": 0.3 })]
}

fn rationing() -> Vec<Value> {
    vec![json!({ "proportional": {} }), json!({ "priority": {} }), json!({ "weight": {} })]
}

fn payments() -> Vec<Value> {
    let shared = json!({ "gain_share": {
        "amount": 0.9, "budget": 1, "gain": 0.4, "loss": 0.4, "corridor": 0, "counted_from": "budget", "gain_cap": 1,
        "loss_cap": 1, "change_per_year": 0
    } });
    let mut all = fallbacks();
    all.extend([
        shared,
        json!({ "prime": { "budget": 1, "reserve": 5, "fallback": tariff(1.0), "change_per_year": 0 } }),
        json!({ "public_good": { "amount": 0.3, "per_head": 0.01, "change_per_year": 0 } }),
    ]);
    all
}

fn fallbacks() -> Vec<Value> {
    vec![
        tariff(1.0),
        json!({ "block": { "amount": 0.8, "change_per_year": 0 } }),
        json!({ "blended": { "price": 1, "variable": 0.5, "change_per_year": 0 } }),
        json!({ "capitation": {
            "amount": 1, "outcome_share": 0.5, "target": 0.9, "outcome": "own", "change_per_year": 0
        } }),
    ]
}

fn behaviours() -> Vec<Value> {
    vec![
        json!({ "fixed": { "level": 1, "upstream": 0 } }),
        json!({ "best_response": {} }),
        learner(),
        json!({ "imitator": {
            "rate": 0.5, "mutation": 0.2, "comparison": { "fermi": { "sharpness": 5 } }, "peers": "kind"
        } }),
        json!({ "conditional": { "slope": 1, "bias": 0.1, "belief_speed": 0.5 } }),
        json!({ "played": { "levels": [[0.5, null, 1.5]], "otherwise": { "fixed": { "level": 1, "upstream": 0 } } } }),
    ]
}

fn shocks() -> Vec<Value> {
    let when = json!({ "at": 4 });
    let size = 0.5;
    vec![
        json!({ "need_surge": { "when": when, "length": 2, "size": size, "kinds": [] } }),
        json!({ "funding_cut": { "when": when, "length": 2, "size": size, "pool": "pasture" } }),
        json!({ "stock_loss": { "when": when, "size": size, "pool": "pasture" } }),
        json!({ "leader_leaves": { "when": when } }),
        json!({ "new_entrant": { "when": when, "effort": 20 } }),
        json!({ "national_override": { "when": when, "length": 2, "size": size } }),
        json!({ "reorganisation": { "when": when, "length": 2, "size": size } }),
    ]
}

fn times() -> Vec<Value> {
    vec![json!({ "at": 3 }), json!({ "chance": 0.3 })]
}

/// The parts of a family as the schema of scenarios lists them.
fn listed(schema: &Value, family: &str) -> BTreeSet<String> {
    let parts = schema["$defs"][family]["oneOf"].as_array().unwrap_or_else(|| panic!("`{family}` is no family"));
    parts.iter().map(|part| part["required"][0].as_str().unwrap().to_owned()).collect()
}

fn key(part: &Value) -> &str {
    part.as_object().unwrap().keys().next().unwrap()
}

#[test]
fn every_part_does_what_no_other_of_its_family_does() {
    let schema = File::schema();
    for Family { name, scenario, at, parts } in families() {
        let known: BTreeSet<String> = parts.iter().map(|part| key(part).to_owned()).collect();
        assert_eq!(known, listed(schema, name), "`{name}`: each part has a line in `felt::parts`");
        let mut outcomes: Vec<(&str, Vec<u64>)> = Vec::new();
        for part in &parts {
            let value = in_place(&scenario, name, at, part);
            let came_to = came_to(key(part), &value);
            for (other, theirs) in &outcomes {
                assert!(came_to != *theirs, "{name}: `{}` comes to the same as `{other}`", key(part));
            }
            outcomes.push((key(part), came_to));
        }
    }
}

/// The scenario with that part, and what the part needs besides.
fn in_place(scenario: &Value, family: &str, at: &str, part: &Value) -> Value {
    let mut value = with(scenario, [(at, part.clone())]);
    match (family, key(part)) {
        // Money is not produced from.
        ("Growth", "allocation") => {
            value["pools"]["pasture"]["loses"] = json!({ "claim": 0 });
            value["pools"]["pasture"].as_object_mut().unwrap().remove("production");
        }
        ("Loss", "claim") => {
            value["pools"]["pasture"].as_object_mut().unwrap().remove("production");
        }
        ("Payment", "prime") => value["providers"]["nursing"]["paid_by"] = json!("hospital"),
        _ => {}
    }
    value
}
