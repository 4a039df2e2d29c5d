//! How far the findings hang on what is assumed of people: self-interest alone, one behaviour for all, slower and faster
//! learning.

use super::course::{Estimate, Outcomes, bundled};
use crate::support::changed;
use commonground::model::behaviour::{Behaviour, BestResponse, Comparison, Conditional, Foresight, Imitator, Peers};
use commonground::model::setup::Parts;

/// Runs of each arm in each circumstance.
const RUNS: usize = 48;

/// The arms held against the fortress: rules alone, payment alone, and both.
const ARMS: [&str; 7] = [
    "place-block",
    "place-talking-shop",
    "place-sword",
    "place-fortress+ostrom-eight",
    "place-capitated",
    "place-based",
    "place-fortress+kings-fund-ten",
];

/// What is assumed of people.
struct Circumstance {
    name: &'static str,
    apply: fn(&mut Parts),
}

const CIRCUMSTANCES: [Circumstance; 8] = [
    Circumstance { name: "as it is", apply: |_| {} },
    Circumstance { name: "self-interest alone", apply: selfish },
    Circumstance {
        name: "all best responders",
        apply: |setup| {
            all(setup, &Behaviour::BestResponse(BestResponse { foresight: Foresight::Myopic, between: false }));
        },
    },
    Circumstance { name: "all imitators", apply: |setup| all(setup, &imitator()) },
    Circumstance { name: "all conditional", apply: |setup| all(setup, &conditional()) },
    Circumstance {
        name: "self-interested imitators",
        apply: |setup| {
            selfish(setup);
            all(setup, &imitator());
        },
    },
    Circumstance { name: "learning half as fast", apply: |setup| learning(setup, 0.5) },
    Circumstance { name: "learning twice as fast", apply: |setup| learning(setup, 2.0) },
];

fn selfish(setup: &mut Parts) {
    for kind in &mut setup.kinds {
        kind.motivation = 0.0;
        kind.norm.weight = 0.0;
    }
}

fn all(setup: &mut Parts, behaviour: &Behaviour) {
    for (own, _) in setup.kinds.iter_mut().flat_map(|kind| &mut kind.behaviours) {
        *own = behaviour.clone();
    }
}

/// Looks at a peer of its kind once in five steps, tries something else once in fifty (assumed).
fn imitator() -> Behaviour {
    let comparison = Comparison::Fermi { sharpness: 10.0 };
    Behaviour::Imitator(Imitator { rate: 0.2, mutation: 0.02, comparison, peers: Peers::All })
}

/// Matches what it believes of the others and a little more, as Fischbacher & Gächter 2010 found (sizes assumed).
fn conditional() -> Behaviour {
    Behaviour::Conditional(Conditional { slope: 1.0, bias: 0.02, hump: None, belief_speed: 0.3, gives_way: None })
}

/// Lets learners forget at another pace: a share of 1 − memory is forgotten in a step.
fn learning(setup: &mut Parts, times: f64) {
    for (behaviour, _) in setup.kinds.iter_mut().flat_map(|kind| &mut kind.behaviours) {
        if let Behaviour::Learner(learner) = behaviour {
            learner.memory = 1.0 - (1.0 - learner.memory) * times;
        }
    }
}

/// Prints every arm against the fortress, and gives back for each circumstance and arm the mean change of need met.
fn table() -> Vec<(&'static str, &'static str, f64)> {
    let mut changes = Vec::new();
    for Circumstance { name, apply } in &CIRCUMSTANCES {
        let made = |arm: &str| Outcomes::of(changed(&bundled(arm), apply), RUNS);
        let base = made("place-fortress");
        for arm in ARMS {
            let outcomes = made(arm);
            for key in ["stock_end", "need_met", "margin", "welfare"] {
                let level = Estimate::of(base.values(key)).mean;
                let gap = Estimate::between(outcomes.values(key), base.values(key));
                let [low, high] = [gap.interval.low, gap.interval.high];
                println!("{name} | {arm} | {key} | {level:.3} | {:+.3} ({low:+.3} to {high:+.3})", gap.mean);
                if key == "need_met" {
                    changes.push((*name, arm, gap.mean));
                }
            }
        }
    }
    changes
}

#[test]
fn fixed_budgets_meet_less_need_than_the_fortress_whatever_is_assumed_of_learners() {
    let changes = table();
    let change = |circumstance: &str, arm: &str| {
        let found = changes.iter().find(|change| change.0 == circumstance && change.1 == arm);
        found.expect("an arm in a circumstance").2
    };
    for circumstance in ["as it is", "self-interest alone", "all best responders", "all imitators"] {
        for arm in ["place-block", "place-capitated"] {
            assert!(change(circumstance, arm) < 0.0, "{arm} meets more need than the fortress, {circumstance}");
        }
    }
    for circumstance in ["learning half as fast", "learning twice as fast"] {
        assert!(change(circumstance, "place-block") < 0.0, "block payment meets more need, {circumstance}");
    }
}
