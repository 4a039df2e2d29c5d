//! What need, upstream work, users from outside and the society say, for a month and for a century.

use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use commonground::scenario::explain::explain;
use serde_json::{Value, json};

/// What is said on a subject in a pasture with these changes, where a step is a month and where it is a century.
fn told(change: &Value, subject: &str) -> [Vec<String>; 2] {
    ["month", "century"].map(|unit| {
        let mut file = change.clone();
        for (key, value) in [("extends", "pasture-ostrom"), ("title", "T"), ("question", "Q?")] {
            file[key] = json!(value);
        }
        file["time"] = json!({ "unit": unit });
        let scenario =
            Scenario::from_text(&BUNDLED, "t", &file.to_string()).unwrap_or_else(|faults| panic!("{faults}"));
        let facts = explain(&scenario).into_iter().flat_map(|section| section.facts);
        facts.filter(|fact| fact.subject.as_deref() == Some(subject)).flat_map(|fact| fact.sentences).collect()
    })
}

/// Every sentence, in both units of time, is among what is said.
fn says(change: &Value, subject: &str, month: &[&str], century: &[&str]) {
    let [months, centuries] = told(change, subject);
    for (wanted, all) in [(month, months), (century, centuries)] {
        for sentence in wanted {
            assert!(all.iter().any(|one| one == sentence), "no `{sentence}` on {subject} in {all:#?}");
        }
    }
}

#[test]
fn need_describes_itself() {
    let need = json!({
        "level": [1, 1.5], "trend": 0, "season": [], "noise": 0.05, "persistence": 0.9, "waits": 0.5,
        "spills": { "step_family": { "share": 0.2, "becomes": 2 } }, "induced": 0.3, "relief": 0, "urgent": 0.4,
        "substitute": {
            "by": "step_family", "share": 0.13, "cost": 0.73, "worth": 1, "care": 0.5, "refer": [0, 0.5, 1]
        }
    });
    let family = json!({
        "count": 1, "size": 5, "plan": 0.8, "levels": [1], "uses": {}, "motivation": 0, "worth": 1,
        "cost": { "per_effort": 0, "fixed": 0, "convex": 0, "change_per_year": 0 },
        "norm": { "weight": 0, "imposed": 0 }, "behaviour": { "fixed": { "level": 1, "upstream": 0 } },
        "need": { "level": 1, "trend": 0, "season": [], "noise": 0, "waits": 0, "induced": 0, "relief": 0 }
    });
    let change = json!({ "time": {}, "providers": { "herder": { "need": need }, "step_family": family } });
    // Both values last until the end of the run, as the list repeats no further: 60 steps need 60 values.
    let mut change = change;
    change["upstream"] = json!({ "productivity": 2, "decay": 0.05, "most": 0.3, "half": 4 });
    change["providers"]["herder"]["prevents"] = json!({ "step_family": 0.2 });
    change["providers"]["herder"]["need"]["level"] =
        (0..60).map(|step| if step % 2 == 0 { 1.0 } else { 1.5 }).collect();
    says(
        &change,
        "Herder",
        &[
            "The need for it runs from 1 to 1.5 each month for each unit of its effort at level 1, 1.25 on average.",
            "By chance it is typically off by 5%; 90% of that is still there one month later.",
            "Of need that is not met 50% waits for the next month; 20% falls on step family, where a unit becomes 2; 30% is lost.",
            "It can charge for 30% of what it does beyond need.",
            "40% of new need cannot wait: where more or less of it comes up than is usual over a year, so much more or less than planned is done.",
            "13% of its need could be met by step family, where a unit becomes 0.73 and is worth 100% to the public; each may refer 0%, 50% or 100% of that.",
            "What step family meets of it counts 50% as much to whoever referred it as what it meets itself.",
            "Each builds a stock of upstream work of its own, which prevents 20% of the need of step family at most.",
        ],
        &[
            "The need for it runs from 1 to 1.5 each century for each unit of its effort at level 1, 1.25 on average.",
            "By chance it is typically off by 5%; 90% of that is still there one century later.",
            "Of need that is not met 50% waits for the next century; 20% falls on step family, where a unit becomes 2; 30% is lost.",
        ],
    );
    says(
        &change,
        "Step family",
        &["The need for it is 1 each month for each unit of its effort at level 1.", "It is not paid."],
        &["1 provider, which at level 1 makes 5 of effort a century."],
    );
}

#[test]
fn upstream_work_describes_itself() {
    let change = json!({ "upstream": { "productivity": 2, "decay": 0.05, "most": 0.3, "half": 4, "delay": 12 } });
    let first = "Work spent upstream builds a stock that lowers need everywhere, by 30% at most.";
    says(
        &change,
        "Upstream work",
        &[
            first,
            "A place that spends all its planned effort on it builds 2 a month; half of the effect is reached at 4.",
            "Each month 5% of the stock is lost.",
            "What is built begins to act after 12 months on average.",
        ],
        &[
            first,
            "A place that spends all its planned effort on it builds 2 a century; half of the effect is reached at 4.",
            "Each century 5% of the stock is lost.",
            "What is built begins to act after 12 centuries on average.",
        ],
    );
}

#[test]
fn users_from_outside_describe_themselves() {
    let change = json!({ "outside": {
        "pool": "pasture", "effort": 5, "limit": 1000, "price": 1, "cost": 0.2, "entry": 0.1, "crossing": 0.25
    } });
    says(
        &change,
        "Users from outside",
        &[
            "Others use pasture too, with 5 of effort at the start and never more than 1,000.",
            "A unit of yield is worth 1 to them and a unit of effort costs them 0.2.",
            "They come while that pays and go when it does not, by 10% of the most in a month in which profit equals cost.",
            "Where no boundary is drawn, 25% of what members do falls outside the place.",
        ],
        &[
            "They come while that pays and go when it does not, by 10% of the most in a century in which profit equals cost.",
        ],
    );
}

#[test]
fn the_society_describes_itself() {
    let change = json!({ "society": {
        "coverage": 0.1, "noise": 0.2, "lag": 2, "grievance": 0.5, "settling": 0.1, "fading": 0.05, "trust": 0.5,
        "trust_gain": 0.05, "trust_loss": 0.3
    } });
    says(
        &change,
        "Where nobody measures",
        &[
            "What a provider does is seen with a chance of 10% each month.",
            "What is known of the pool is 2 months old.",
        ],
        &[
            "What a provider does is seen with a chance of 10% each century.",
            "What is known of the pool is 2 centuries old.",
        ],
    );
    says(
        &change,
        "Disputes",
        &["Each month 10% of a dispute dies down by itself."],
        &["Each century 10% of a dispute dies down by itself."],
    );
    says(
        &change,
        "Decisions",
        &["Each month 5% of a decision that no team carries out fades."],
        &["Each century 5% of a decision that no team carries out fades."],
    );
    let trust = |one: &str| {
        format!(
            "A {one} in which all are seen to keep to their share wins back 5% of what is missing; one in which all are seen to exceed it costs 30% of what is there."
        )
    };
    says(&change, "Trust", &[&trust("month"), "It begins at 50%."], &[&trust("century")]);
}

#[test]
fn a_kind_says_how_its_payment_changes_and_what_it_spends_on_fines() {
    let block = json!({ "block": { "amount": 1, "change_per_year": 0 } });
    let change = json!({ "providers": { "herder": {
        "then": [{ "at": 12, "payment": block }], "sanctioning": { "spends": 0.1, "stray": 0.2, "revenge": 0.3 }
    } } });
    says(
        &change,
        "Herder",
        &[
            "After 12 months that becomes a block of 1 a month per unit of size, whatever is delivered.",
            "Where it may fine others it spends 0.1 on each unit of effort in breach, 20% of it on others by mistake, and 30% of what it was fined the month before on paying back.",
        ],
        &[
            "After 12 centuries that becomes a block of 1 a century per unit of size, whatever is delivered.",
            "Where it may fine others it spends 0.1 on each unit of effort in breach, 20% of it on others by mistake, and 30% of what it was fined the century before on paying back.",
        ],
    );
}
