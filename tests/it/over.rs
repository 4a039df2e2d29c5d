//! Experiments over 24 points made by hand: what is printed ends with a verdict in three rows, which says what the tables say.

use crate::cli::{Ended, ended};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const POINTS: u64 = 24;

/// A folder with an ensemble in which the cost of effort is open, from nearly nothing to more than a cow brings.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let point = |number: u64| {
        let cost = 0.05 + 1.2 * number as f64 / POINTS as f64;
        json!({ "values": [cost], "sets": [{ "pointer": "/providers/herder/cost/per_effort", "value": cost }] })
    };
    let ensemble = json!({
        "title": "Herders", "match": "0", "tried": 100, "left_share": 0.24,
        "numbers": [{ "name": "cost", "meaning": "cost of a cow", "unit": "", "range": [0, 2] }],
        "points": (0..POINTS).map(point).collect::<Vec<_>>(),
    });
    fs::write(folder.path().join("herders.json"), ensemble.to_string()).unwrap();
    folder
}

/// What a command over the ensemble says; its folder is `out`.
fn over(folder: &Path, words: &[&str]) -> Value {
    let common = ["--set", "/time/steps=12", "--ensemble", "herders.json", "--runs", "16", "--out", "out", "-q"];
    let Ended { code, results, words, .. } = ended(folder, &[words, &common, &["--charts", "none", "--json"]].concat());
    assert_eq!(code, Some(0), "{words}");
    serde_json::from_str(&results).unwrap()
}

/// The rows of a verdict by their heads.
fn verdict(document: &Value) -> Vec<(String, String)> {
    let lines = document["answer"]["verdict"]["given"].as_array().unwrap_or_else(|| panic!("{document:#}"));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    lines.iter().map(|line| (text(&line["head"]), text(&line["text"]))).collect()
}

/// The rows of a table, cells by their columns.
fn rows(folder: &Path, table: &str) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(folder.join("out").join(table)).unwrap();
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let head = lines.next().unwrap();
    lines.map(|line| head.iter().cloned().zip(line).collect()).collect()
}

fn heads(verdict: &[(String, String)]) -> Vec<&str> {
    verdict.iter().map(|(head, _)| head.as_str()).collect()
}

#[test]
fn a_comparison_ends_with_what_is_robust_what_is_open_and_what_decides() {
    let folder = folder();
    let document = over(folder.path(), &["compare", "pasture-fortress", "pasture-ostrom"]);
    let verdict = verdict(&document);
    assert_eq!(heads(&verdict), ["Robust", "Open", "Decides"], "{verdict:#?}");
    let rows = rows(folder.path(), "over.csv");
    for row in &rows {
        let count = |column: &str| row[column].parse::<u64>().unwrap();
        let all = ["higher", "lower", "unclear", "same"].map(count);
        assert_eq!(all.iter().sum::<u64>(), count("points"), "{row:?}");
    }
    let row = rows.iter().find(|row| row["measure"] == "stock_mean").unwrap();
    let counts = format!("in {} of {POINTS} points that the evidence leaves open", row["higher"]);
    assert!(verdict.iter().any(|(_, text)| text.contains(&counts)), "{counts}: {verdict:#?}");
    let page = fs::read_to_string(folder.path().join("out/report.html")).unwrap();
    assert!(verdict.iter().all(|(head, _)| page.contains(&format!("<dt>{head}</dt>"))), "the page has the verdict");
}

#[test]
fn a_run_says_between_what_it_lies_and_how_that_stands_to_what_is_written() {
    let folder = folder();
    let verdict = verdict(&over(folder.path(), &["run", "pasture-ostrom"]));
    assert_eq!(heads(&verdict), ["Outcome", "Differs", "Decides"], "{verdict:#?}");
    assert!(
        verdict[0].1.contains(&format!("in 9 of 10 of {POINTS} points that the evidence leaves open")),
        "{verdict:#?}"
    );
    assert!(verdict[2].1.starts_with("Cost"), "{verdict:#?}");
}

#[test]
fn the_set_of_rules_that_is_worth_most_is_told_with_the_points_at_which_it_is() {
    let folder = folder();
    let document = over(folder.path(), &["principles", "pasture-ostrom", "--measure", "stock_mean"]);
    let verdict = verdict(&document);
    assert_eq!(heads(&verdict), ["Best", "Robust", "Decides"], "{verdict:#?}");
    let rows = rows(folder.path(), "best.csv");
    let count = |row: &BTreeMap<String, String>, column: &str| row[column].parse::<u64>().unwrap();
    assert_eq!(rows.iter().map(|row| count(row, "best")).sum::<u64>(), POINTS, "one set is best at each point");
    let first = &rows[0];
    assert!(
        rows.iter().all(|row| count(row, "best") <= count(first, "best") && count(row, "clear") <= count(row, "best"))
    );
    let counts = format!("worth most in {} of {POINTS} points that the evidence leaves open", first["best"]);
    assert!(verdict[0].1.contains(&counts), "{counts}: {verdict:#?}");
    // The best set at each point is behind by nothing there.
    let alone = rows.len() == 1;
    assert!(first["behind"].parse::<f64>().unwrap() > 0.0 || alone, "{first:?}");
}

#[test]
fn few_points_have_no_verdict() {
    let folder = folder();
    let path = folder.path().join("herders.json");
    let mut ensemble: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    ensemble["points"].as_array_mut().unwrap().truncate(5);
    fs::write(&path, ensemble.to_string()).unwrap();
    let document = over(folder.path(), &["compare", "pasture-fortress", "pasture-ostrom"]);
    let withheld = document["answer"]["verdict"]["withheld"].as_str().unwrap();
    assert!(withheld.contains("5 points are too few"), "{withheld}");
}
