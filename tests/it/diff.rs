//! `diff` through the binary: what it says of two folders, and how it ends.

use crate::cli::{Ended, ended};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::{TempDir, tempdir};

/// A place in which each of the commands, given with the name of its folder, has left its results.
fn made(commands: &[(&str, &str)]) -> TempDir {
    let place = tempdir().unwrap();
    for (out, words) in commands {
        let words: Vec<&str> = words.split(' ').chain(["--out", out, "--no-planner", "-q"]).collect();
        let made = ended(place.path(), &words);
        assert_eq!(made.code, Some(0), "{}", made.words);
    }
    place
}

fn diff(place: &Path, words: &str) -> Ended {
    ended(place, &[&["diff"], &words.split(' ').collect::<Vec<_>>()[..]].concat())
}

#[test]
fn folders_that_hold_the_same_are_the_same() {
    let command = "run pasture-fortress --runs 20";
    let place = made(&[("a", command), ("b", command)]);
    let told = diff(place.path(), "a b");
    assert_eq!(told.code, Some(0), "{}", told.words);
    assert_eq!(told.results, "The same: `a` and `b` hold the same results, byte by byte.\n");
}

#[test]
fn another_number_is_named_by_its_pointer_and_what_it_does_is_told_run_by_run() {
    let place = made(&[
        ("a", "compare pasture-fortress pasture-ostrom --runs 40"),
        ("b", "compare pasture-fortress pasture-ostrom --runs 40 --set /society/patience=0.5"),
    ]);
    let told = diff(place.path(), "a b");
    assert_eq!(told.code, Some(1), "{}", told.words);
    assert!(told.results.contains("pasture-ostrom: /society/patience"), "{}", told.results);
    assert!(told.results.contains("differ in the scenario."), "{}", told.results);
    assert!(told.results.contains("run by run on the same luck"), "{}", told.results);
    assert!(told.results.lines().all(|line| line.chars().count() <= 80), "{}", told.results);

    // The change that is told is that of the runs, worked out here from the tables.
    let document: Value = serde_json::from_str(&diff(place.path(), "a b --json").results).unwrap();
    let rows = document["differences"][0]["rows"].as_array().unwrap();
    let row =
        rows.iter().find(|row| row[0]["text"] == "pasture-ostrom" && row[1]["text"] == "stock on average").unwrap();
    let mean = |folder: &str| {
        let table = fs::read_to_string(place.path().join(folder).join("runs.csv")).unwrap();
        let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let at = lines.next().unwrap().iter().position(|column| *column == "stock_mean").unwrap();
        let values: Vec<f64> =
            lines.filter(|line| line[1] == "pasture-ostrom").map(|line| line[at].parse().unwrap()).collect();
        values.iter().sum::<f64>() / values.len() as f64
    };
    let change = row[4]["value"].as_f64().unwrap();
    assert!((change - (mean("b") - mean("a"))).abs() < 1e-12 && change != 0.0, "{change}");
    assert_eq!(document["same"], false);
}

#[test]
fn another_seed_and_number_of_runs_are_told_and_means_compared() {
    let place =
        made(&[("a", "run pasture-ostrom --runs 40"), ("b", "run pasture-ostrom --runs 64 --seed 2 --format parquet")]);
    let told = diff(place.path(), "a b");
    assert_eq!(told.code, Some(1));
    assert!(told.results.contains("differ in the seed and the number of runs."), "{}", told.results);
    let in_a_line = told.results.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(in_a_line.contains("mean against mean, as the seeds differ"), "{}", told.results);
    assert!(in_a_line.contains("also by luck"), "{}", told.results);
}

#[test]
fn the_runs_that_both_have_are_the_same_where_one_went_on() {
    let place = made(&[("a", "run pasture-ostrom --runs 20"), ("b", "run pasture-ostrom --runs 20 --format parquet")]);
    let told = diff(place.path(), "a b");
    assert_eq!(told.code, Some(1));
    assert!(told.results.contains("differ in the command."), "{}", told.results);
    assert!(told.results.contains("Yet every measure is the same in every run"), "{}", told.results);
    let place = made(&[("a", "run pasture-ostrom --runs 20"), ("b", "run pasture-ostrom --runs 40")]);
    let told = diff(place.path(), "a b");
    assert!(told.results.contains("differ in the number of runs."), "{}", told.results);
    assert!(told.results.contains("Yet every measure is the same in every run"), "{}", told.results);
}

#[test]
fn two_designs_run_apart_are_held_against_each_other() {
    let place = made(&[("a", "run pasture-fortress --runs 40"), ("b", "run pasture-ostrom --runs 40")]);
    let told = diff(place.path(), "a b --all");
    assert!(told.results.contains("/rules/measures") && !told.results.contains("/sources"), "{}", told.results);
    assert!(told.results.contains("run by run on the same luck"), "{}", told.results);
    let year = made(&[("a", "run pasture-ostrom --runs 4"), ("b", "run pasture-ostrom --runs 4 --set /time/steps=20")]);
    let told = diff(year.path(), "a b");
    assert!(told.results.contains("their time is not the same"), "{}", told.results);
}

#[test]
fn a_file_that_was_changed_afterwards_is_found() {
    let command = "run pasture-fortress --runs 20";
    let place = made(&[("a", command), ("b", command)]);
    let file = place.path().join("b/summary.csv");
    fs::write(&file, fs::read_to_string(&file).unwrap().replace('1', "2")).unwrap();
    let told = diff(place.path(), "a b");
    assert_eq!(told.code, Some(1));
    assert!(told.results.contains("nothing that decides results differs: summary.csv."), "{}", told.results);
    assert!(told.results.contains("changed after they were written"), "{}", told.results);
}

#[test]
fn other_experiments_are_told_apart_too_and_what_is_no_folder_is_refused() {
    let sweep = "sweep pasture-ostrom --vary /society/trust=0.2..0.8:2 --runs 16";
    let place = tempdir().unwrap();
    for (out, seed) in [("a", "1"), ("b", "2")] {
        let words: Vec<&str> = sweep.split(' ').chain(["--seed", seed, "--out", out, "-q"]).collect();
        let made = ended(place.path(), &words);
        assert_eq!(made.code, Some(0), "{}", made.words);
    }
    let told = diff(place.path(), "a b");
    assert_eq!(told.code, Some(1), "{}", told.words);
    assert!(told.results.contains("differ in the seed.") && told.results.contains("cells.csv"), "{}", told.results);
    let none = diff(place.path(), "a nowhere");
    assert_eq!(none.code, Some(2));
    assert!(none.words.contains("`nowhere` cannot be compared: there is no manifest.json in it"), "{}", none.words);
    fs::write(place.path().join("b/manifest.json"), "{").unwrap();
    assert!(diff(place.path(), "a b").words.contains("is damaged"));
}
