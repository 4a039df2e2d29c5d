//! Fragments among what varies: a cell is the scenario with them laid over it, as with a `+` in its name.

use super::{MIXED, ended, folder_with, rows, swept};
use std::collections::BTreeMap;
use std::fs;
use tempfile::tempdir;

/// A fragment among the levels is the fragment with a `+`: what it says of every kind, and one that is called by a number.
#[test]
fn a_level_that_is_a_fragment_is_the_scenario_with_it() {
    let folder = tempdir().unwrap();
    let measures = ["--measure", "margin.community", "--measure", "payer", "--measure", "need_met<0.9"];
    let (cells, done) =
        swept(folder.path(), &[&["place-fortress", "--vary", "paid as in=[none,block,2015]"], &measures[..]].concat());
    for (cell, name) in
        [(&cells[0], "place-fortress"), (&cells[1], "place-fortress+block"), (&cells[2], "place-fortress+2015")]
    {
        let asked = ["run", name, "--runs", "32", "--no-planner", "--charts", "none", "--out", "run", "--replace"];
        let run = ended(folder.path(), &asked);
        assert_eq!(run.code, Some(0), "{}", run.words);
        let summary = rows(&folder.path().join("run/summary.csv"));
        for measure in ["margin.community", "payer"] {
            let mean = &summary.iter().find(|row| row["measure"] == measure).unwrap()["mean"];
            assert_eq!(&cell[&format!("{measure}_mean")], mean, "{name}: {measure}");
        }
    }
    assert!(!done.results.contains("pass 50%"), "nothing passes 50% along levels: {}", done.results);
}

/// Factors and the rest of a mixture are worked out on what the fragments of the cell have made of the scenario.
#[test]
fn factors_and_mixtures_are_those_of_the_cell() {
    let folder = folder_with("mixed.json", MIXED);
    let other = MIXED.replace("\"share\": 0.3", "\"share\": 0.1").replace("\"share\": 0.2", "\"share\": 0.4");
    let society = r#"{"society": {"noise": 0.3}, "#;
    let fragment = other.replace(r#"{"extends": "pasture-fortress", "#, society);
    let fixed = other.replace(r#""pasture-fortress", "#, r#""pasture-fortress", "society": {"noise": 0.15}, "#);
    for (name, text) in [("other.json", fragment), ("fixed.json", fixed)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let share = ["--vary", "/providers/herder/behaviour/0/share=[0,0.8]"];
    let over = ["mixed.json", "--vary", "over=[none,other]", "--vary", "/society/noise=*[0.5]"];
    let (cells, done) = swept(folder.path(), &[&over[..], &share[..]].concat());
    assert!(done.results.contains("other shares of /providers/herder/behaviour were scaled"), "{}", done.results);
    let (alone, _) = swept(folder.path(), &[&["fixed.json"], &share[..]].concat());
    let stock = |cells: &[BTreeMap<String, String>]| -> Vec<String> {
        cells.iter().map(|row| row["stock_mean_mean"].clone()).collect()
    };
    assert_eq!(stock(&cells[2..]), stock(&alone));
}
