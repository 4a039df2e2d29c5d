//! `docs/scenario-file.md` shows every field that a scenario may have in an example, and its examples of single forms fit where they
//! are said to stand.

use super::read;
use commonground::prelude::*;
use commonground::scenario::file::File;
use commonground::scenario::text::Form;
use serde_json::Value;
use std::collections::BTreeSet;

const PAGE: &str = "docs/scenario-file.md";

/// Where the examples of a family are laid over a bundled scenario; a form that a name of one's own bears gets one.
const FAMILIES: [(&str, &str, &[&str]); 12] = [
    ("growth", "place-fortress", &["pools", "money", "growth"]),
    ("production", "pasture-fortress", &["pools", "pasture", "production"]),
    ("loses", "pasture-fortress", &["pools", "pasture", "loses"]),
    ("rationing", "pasture-fortress", &["pools", "pasture", "rationing"]),
    ("behaviour", "pasture-fortress", &["providers", "herder", "behaviour"]),
    ("norm", "pasture-fortress", &["providers", "herder", "norm"]),
    ("payment", "place-fortress", &["providers", "acute", "payment"]),
    ("need", "place-fortress", &["providers", "acute", "need"]),
    ("upstream", "place-fortress", &["upstream"]),
    ("outside", "place-fortress", &["outside"]),
    ("rules", "place-fortress", &["rules"]),
    ("shocks", "place-fortress", &["shocks", "example"]),
];

/// The blocks of JSON on the page, each with the word behind `json`.
fn blocks(page: &str) -> Vec<(&str, &str)> {
    let opened = page.split("```json").skip(1);
    opened
        .filter_map(|rest| rest.split_once("```")?.0.split_once('\n'))
        .map(|(word, text)| (word.trim(), text))
        .collect()
}

/// The fields of a scenario file that its types name.
fn fields(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(keywords) => {
            let properties = keywords.get("properties").and_then(Value::as_object);
            found.extend(properties.into_iter().flat_map(|fields| fields.keys().cloned()));
            keywords.values().for_each(|below| fields(below, found));
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, found)),
        _ => {}
    }
}

#[test]
fn every_field_of_a_scenario_stands_in_an_example() {
    let page = read(PAGE);
    let mut known = BTreeSet::new();
    fields(File::schema(), &mut known);
    assert!(known.len() > 200, "{} fields were found", known.len());
    let missing: Vec<&String> = known.iter().filter(|field| !page.contains(&format!("\"{field}\":"))).collect();
    assert!(missing.is_empty(), "{PAGE} shows in no example: {missing:?}");
}

#[test]
fn the_examples_of_single_forms_fit_where_they_stand() {
    let page = read(PAGE);
    for (family, ground, place) in FAMILIES {
        let ground = Scenario::bundled(ground).unwrap();
        let examples = blocks(&page).into_iter().filter(|(word, _)| *word == family).flat_map(|(_, text)| forms(text));
        let examples: Vec<Value> = examples.collect();
        assert!(!examples.is_empty(), "no example of `{family}`");
        for form in examples {
            let patch = place.iter().rev().fold(form.clone(), |below, name| json!({ *name: below }));
            let faults = ground.extended(patch).err().map(|faults| faults.to_string());
            assert_eq!(faults, None, "{family}: {form}");
        }
    }
}

#[test]
fn the_examples_that_extend_what_is_bundled_are_sound() {
    let page = read(PAGE);
    let files = blocks(&page).into_iter().map(|(_, text)| text).filter(|text| text.contains("\"extends\": \"place-"));
    let faults: Vec<String> = files
        .clone()
        .filter_map(|text| Scenario::from_json("example", text).err())
        .map(|faults| faults.to_string())
        .collect();
    assert!(files.count() > 0);
    assert_eq!(faults, Vec::<String>::new());
}

/// The forms of a block: one a line, or one over all lines.
fn forms(text: &str) -> Vec<Value> {
    let lines: Option<Vec<Value>> = text.lines().map(|line| serde_json::from_str(line).ok()).collect();
    lines.unwrap_or_else(|| vec![serde_json::from_str(text).unwrap()])
}
