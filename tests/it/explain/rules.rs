//! What every rule says of itself, for a month and for a century.

use commonground::model::english::Time;
use commonground::model::rule::{RuleName, RuleSet};
use serde_json::{Value, json};

/// A set of rules with one in it.
fn with(name: &str, mechanism: Value) -> RuleSet {
    let mut rule = mechanism;
    rule["strength"] = json!(1);
    rule["cost"] = json!({ "money": 0, "attention": 0 });
    serde_json::from_value(json!({ name: rule })).unwrap()
}

fn told(rules: &RuleSet, unit: &str) -> Vec<String> {
    let time = Time::new(unit);
    rules.present().flat_map(|(_, rule)| rule.describe(&time)).collect()
}

/// A rule and what it says where a step is a month; where it is a century only what differs.
struct Case {
    name: &'static str,
    mechanism: Value,
    month: &'static [&'static str],
    century: &'static [&'static str],
}

fn cases() -> Vec<Case> {
    [who_decides(), who_watches(), who_answers()].into_iter().flatten().collect()
}

#[test]
fn every_rule_describes_itself_in_the_unit_of_time() {
    let cases = cases();
    for Case { name, mechanism, month, century } in &cases {
        let rules = with(name, mechanism.clone());
        assert_eq!(told(&rules, "month"), *month, "{name}");
        let centuries = told(&rules, "century");
        let differing: Vec<&String> = centuries.iter().filter(|sentence| !month.contains(&sentence.as_str())).collect();
        assert_eq!(differing, *century, "{name}");
    }
    for name in RuleName::ALL {
        assert!(cases.iter().any(|case| case.name == name.key()), "nobody has looked at what `{}` says", name.key());
    }
}

fn who_decides() -> Vec<Case> {
    vec![
        Case {
            name: "boundary",
            mechanism: json!({ "shut_out": 0.8, "counted": 0.9 }),
            month: &[
                "The place has a boundary: 80% of outside use is shut out, and 90% of what members do counts to the place.",
            ],
            century: &[],
        },
        Case {
            name: "partners",
            mechanism: json!({ "kinds": ["step_family", "acute"], "delay_each": 0.5 }),
            month: &[
                "At the table sit step family and acute.",
                "A provider that does not sit there is neither checked nor bound, and has no vote.",
                "Each seat adds 0.5 months to the time until a decision takes effect.",
            ],
            century: &["Each seat adds 0.5 centuries to the time until a decision takes effect."],
        },
        Case {
            name: "shared_vision",
            mechanism: json!({ "precision": 12, "first": 3, "renewed": { "every": 6, "talked_over": 0.5 } }),
            month: &[
                "After 3 months all share a vision of what each will do.",
                "It wears off as they see what the others do: it weighs as much as 12 months in which everything is seen.",
                "They renew it every 6 months and put 50% of what they have seen behind them.",
            ],
            century: &[
                "After 3 centuries all share a vision of what each will do.",
                "It wears off as they see what the others do: it weighs as much as 12 centuries in which everything is seen.",
                "They renew it every 6 centuries and put 50% of what they have seen behind them.",
            ],
        },
        Case {
            name: "collective_choice",
            mechanism: json!({
                "interval": 6, "first": 1, "decision": { "supermajority": { "share": 0.75 } }, "votes": "by_size",
                "public_seats": 0.2, "ceded": 0.5, "totals": [1], "upstream": [0], "sharing": ["plan"], "horizon": 6
            }),
            month: &[
                "Every 6 months members decide together, with at least 75% of the votes.",
                "The first decision comes after 1 month.",
                "Members have votes by their size; the public holds 20% of all votes.",
                "Each has ceded the right to 50% of any excess over what is decided.",
            ],
            century: &[
                "Every 6 centuries members decide together, with at least 75% of the votes.",
                "The first decision comes after 1 century.",
            ],
        },
        Case {
            name: "quota",
            mechanism: json!({ "level": 0.8, "error": 0.1, "enforcement": 0.5 }),
            month: &[
                "An outside authority has fixed what each may do at 80% of its plan, give or take 10%, and does not revise it.",
                "It prevents 50% of any excess.",
            ],
            century: &[],
        },
        Case {
            name: "external_authority",
            mechanism: json!({
                "overrides": { "chance": 0.02, "length": 6, "share": 0.5 },
                "reorganises": { "chance": 0.01, "length": 1, "share": 0.05 },
                "target": { "need_met": 0.95, "pressure": 1 }
            }),
            month: &[
                "The national level stands above the place.",
                "Each month, with a chance of 2%, it overrides 50% of what was agreed for 6 months.",
                "Each month, with a chance of 1%, it reorganises the place: what was agreed lapses, and 5% of all working time is lost for 1 month.",
                "Each provider answers alone for meeting 95% of its own need.",
            ],
            century: &[
                "Each century, with a chance of 2%, it overrides 50% of what was agreed for 6 centuries.",
                "Each century, with a chance of 1%, it reorganises the place: what was agreed lapses, and 5% of all working time is lost for 1 century.",
            ],
        },
        Case {
            name: "dedicated_team",
            mechanism: json!({ "capacity": 0.8, "growth": 0.03 }),
            month: &[
                "A dedicated team does 80% of the work of carrying out what was decided.",
                "Its costs grow by 3% a year.",
            ],
            century: &[],
        },
    ]
}

fn who_watches() -> Vec<Case> {
    vec![
        Case {
            name: "measures",
            mechanism: json!({ "coverage": 0.5, "noise": 0.1, "lag": 1, "gaming": 0.1, "audience": "public" }),
            month: &[
                "A provider is checked with a chance of 50% each month.",
                "All members and the public see the figures, which are typically off by 10% and 1 month old.",
                "Of any excess 5% is kept out of them.",
            ],
            century: &[
                "A provider is checked with a chance of 50% each century.",
                "All members and the public see the figures, which are typically off by 10% and 1 century old.",
            ],
        },
        Case {
            name: "nested_groups",
            mechanism: json!({
                "groups": { "step_up": { "kinds": ["acute", "step_family"] } }, "coverage": 0.3, "clarity": 0.2,
                "attention_each": 0.01
            }),
            month: &[
                "Within the place there are groups, each with a quota and a monitor of its own: step up (acute and step family).",
                "A group's monitor checks each member with a chance of 30% each month.",
                "What is near is seen with 20% less error.",
                "Each membership beyond the first takes 1% of a member's working time.",
            ],
            century: &["A group's monitor checks each member with a chance of 30% each century."],
        },
        Case {
            name: "leadership",
            mechanism: json!({ "time": 0.02, "clarity": 0.3, "turnover": 0.03, "turnover_in_deficit": 0.02, "handover": 6 }),
            month: &[
                "Leaders give 2% of all working time to the system, which makes what members know 30% more exact and more recent.",
                "Each month a leader leaves with a chance of 3% (5% where all are in deficit); what was agreed then lapses, and it takes 6 months until a successor is there.",
            ],
            century: &[
                "Each century a leader leaves with a chance of 3% (5% where all are in deficit); what was agreed then lapses, and it takes 6 centuries until a successor is there.",
            ],
        },
    ]
}

fn who_answers() -> Vec<Case> {
    vec![
        Case {
            name: "graduated_sanctions",
            mechanism: json!({ "fine": 0.3, "rise": 0.5, "most": 4, "forgiven": 0.1 }),
            month: &[
                "A provider that is seen to exceed its share pays 0.3 per unit of excess, and 50% more for each earlier offence that is not yet forgiven, up to 4 offences.",
                "Each month 10% of past offences is forgiven.",
            ],
            century: &["Each century 10% of past offences is forgiven."],
        },
        Case {
            name: "mediation",
            mechanism: json!({ "settling": 0.5, "each": 0.02 }),
            month: &[
                "Disputes are heard early: each month 50% of a dispute ends, at a cost of 0.02 for each provider in dispute.",
            ],
            century: &[
                "Disputes are heard early: each century 50% of a dispute ends, at a cost of 0.02 for each provider in dispute.",
            ],
        },
        Case {
            name: "ostracism",
            mechanism: json!({ "most": 0.34, "displacement": -150, "growth": -10 }),
            month: &[
                "A provider that is seen above its share, and is better off for it, is shunned.",
                "The utility at stake each month is 0.338 per unit of size where all others keep to their share, 0.124 where half do and 0 where a quarter do.",
            ],
            century: &[
                "The utility at stake each century is 0.338 per unit of size where all others keep to their share, 0.124 where half do and 0 where a quarter do.",
            ],
        },
        Case {
            name: "peer_sanctions",
            mechanism: json!({ "against": "taking_more", "effect": 3, "most": 0.5, "chosen": 0.6 }),
            month: &[
                "Members may spend up to 0.5 a month per unit of their size to fine others.",
                "A member that takes more than the others do on average, or than was agreed, loses 3 for each unit of money spent on it.",
                "The rule is 60% of their own choosing: to that extent nobody is fined by mistake or in revenge.",
            ],
            century: &["Members may spend up to 0.5 a century per unit of their size to fine others."],
        },
        Case {
            name: "pooled_finance",
            mechanism: json!({
                "pooled": 0.3, "gain_share": 0.5, "loss_share": 0.4, "parts": "equal", "contract": 60, "rebasing": 0.5
            }),
            month: &[
                "Members pool 30% of their operating results, in equal parts.",
                "Of a common surplus they keep 50%, and of a common deficit they bear 40%.",
                "A contract runs for 60 months; then the payer moves its expectation 50% of the way to what was achieved.",
            ],
            century: &[
                "A contract runs for 60 centuries; then the payer moves its expectation 50% of the way to what was achieved.",
            ],
        },
    ]
}
