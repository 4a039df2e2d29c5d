//! Scenarios whose names and unit of time look like words of the program, through `explain`.

use crate::cli::{ended, folder_with};

/// What `explain` prints, without line breaks.
fn printed(change: &str) -> String {
    let folder = folder_with("house.json", change);
    let explained = ended(folder.path(), &["explain", "house.json"]);
    assert_eq!(explained.code, Some(0), "{}", explained.words);
    explained.results.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// All sentences that `explain --json` gives on a subject.
fn sentences(change: &str, subject: &str) -> Vec<String> {
    let folder = folder_with("house.json", change);
    let explained = ended(folder.path(), &["explain", "house.json", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&explained.results).unwrap();
    let sections = json["sections"].as_array().unwrap().iter();
    let facts = sections.flat_map(|section| section["facts"].as_array().unwrap());
    let own = facts.filter(|fact| fact["subject"] == subject);
    let all = own.flat_map(|fact| fact["sentences"].as_array().unwrap());
    all.map(|sentence| sentence.as_str().unwrap().to_owned()).collect()
}

fn has(all: &[String], sentence: &str) {
    assert!(all.iter().any(|one| one == sentence), "no `{sentence}` in {all:#?}");
}

const CENTURY: &str =
    r#"{ "extends": "pasture-ostrom", "title": "C", "question": "Q?", "time": { "unit": "century" } }"#;

#[test]
fn a_century_has_its_plural() {
    let text = printed(CENTURY);
    assert!(text.contains("A run has 60 centuries."), "{text}");
    assert!(text.contains("Every 4 centuries members decide together, by majority."), "{text}");
    assert!(!text.contains("centurys"), "{text}");
    has(&sentences(CENTURY, "Collective choice"), "Every 4 centuries members decide together, by majority.");
    has(&sentences(CENTURY, "Where nobody measures"), "What is known of the pool is 1 century old.");
}

const KIND: &str = r#"{ "extends": "pasture-ostrom", "title": "S", "question": "Q?", "knobs": null, "providers": { "herder": null, "step_family": {
    "count": 2, "size": 25, "plan": 0.8, "levels": { "from": 0, "to": 2, "count": 5 }, "uses": { "pasture": 1 },
    "cost": { "per_effort": 0.2, "fixed": 0, "convex": 0, "change_per_year": 0 }, "motivation": 0, "worth": 1,
    "norm": { "weight": 0, "imposed": 0 }, "behaviour": { "fixed": { "level": 1, "upstream": 0 } } } } }"#;

#[test]
fn a_kind_that_is_called_a_step_family_stays_one() {
    let text = printed(KIND);
    assert!(text.contains("Seats: All sit at the table: step family."), "{text}");
    assert!(text.contains("Step family: 2 providers, which at level 1 together make 25 of effort a season."), "{text}");
    assert!(!text.contains("season family"), "{text}");
    has(&sentences(KIND, "Seats"), "All sit at the table: step family.");
    has(&sentences(KIND, "Step family"), "2 providers, which at level 1 together make 25 of effort a season.");
}

const POOL: &str = r#"{ "extends": "pasture-ostrom", "title": "Step-down beds", "question": "Does the text keep names?",
    "time": { "unit": "month" }, "pools": { "pasture": null, "step_down_beds": {
        "unit": "beds", "capacity": 100, "start": 1, "growth": { "logistic": { "rate": 0.5 } },
        "production": { "schaefer": { "catchability": 0.01 } }, "loses": { "yield": 1 },
        "rationing": { "proportional": {} }, "collapse": 0.1, "refuge": 0.01 } },
    "providers": { "herder": { "uses": { "pasture": null, "step_down_beds": 1 } } } }"#;

#[test]
fn a_pool_that_is_called_step_down_beds_stays_one() {
    let text = printed(POOL);
    assert!(text.contains("Step down beds: A full pool holds 100 beds; it starts full."), "{text}");
    assert!(text.contains("A unit of effort uses 1 of step down beds."), "{text}");
    assert!(!text.contains("month down beds"), "{text}");
    has(&sentences(POOL, "Herder"), "A unit of effort uses 1 of step down beds.");
    has(&sentences(POOL, "Step down beds"), "A full pool holds 100 beds; it starts full.");
}

const STORM: &str = r#"{ "extends": "pasture-ostrom", "title": "R", "question": "Q?",
    "shocks": { "storm": { "stock_loss": { "when": { "at": 10 }, "size": 0.02, "pool": "pasture" } } } }"#;

#[test]
fn a_shock_is_told_in_the_unit_of_time() {
    let told = "After 10 seasons, 2% of pasture is lost at once.";
    assert!(printed(STORM).contains(&format!("Storm: {told}")));
    assert_eq!(sentences(STORM, "Storm"), [told]);
}

#[test]
fn a_unit_that_counts_something_itself_is_named_once() {
    let text = printed(
        r#"{ "extends": "pasture-ostrom", "title": "W", "question": "Q?", "time": { "unit": "4 weeks", "steps_per_year": 13 } }"#,
    );
    assert!(text.contains("A run has 60 steps of 4 weeks; 13 make a year."), "{text}");
    assert!(text.contains("Every 4 steps members decide together"), "{text}");
}
