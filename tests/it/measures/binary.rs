//! Through the binary: a chance has Wilson's interval in every command, `years.csv` is what the runs were, and a measure can be
//! called for by its year wherever one is named.

use super::small;
use crate::cli::{Ended, ended, folder_with};
use crate::support::{pasture, with};
use commonground::statistics::{Interval, PairedChances, paired_chances_interval, wilson_interval};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

type Row = BTreeMap<String, String>;

const RUNS: u64 = 20;

fn rows(folder: &Path, table: &str) -> Vec<Row> {
    csv::Reader::from_path(folder.join("out").join(table)).unwrap().deserialize().map(Result::unwrap).collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row.get(column).unwrap_or_else(|| panic!("no column {column} in {row:?}")).parse().unwrap()
}

fn close(got: f64, wanted: f64, what: &str) {
    assert!((got - wanted).abs() < 1e-9 * (1.0 + wanted.abs()), "{what}: {got} is not {wanted}");
}

/// A command in a folder with one scenario, its results in `out`.
fn done(file: &Value, arguments: &str) -> TempDir {
    let folder = folder_with("one.json", &file.to_string());
    let end = said(&folder, arguments);
    assert_eq!(end.code, Some(0), "{arguments}: {}", end.words);
    folder
}

fn said(folder: &TempDir, arguments: &str) -> Ended {
    let words: Vec<&str> = arguments.split_whitespace().chain(["--runs", "20", "--out", "out", "--replace"]).collect();
    ended(folder.path(), &words)
}

/// A pasture after a drought from which it recovers in every run, though nobody has seen more than these.
fn drought() -> Value {
    let dry = json!({ "stock_loss": { "when": { "at": 20 }, "size": 0.3, "pool": "pasture" } });
    let users = json!({ "fixed": { "level": 0.2, "upstream": 0 } });
    with(&pasture(), [("/shocks", json!({ "dry": dry })), ("/providers/herder/behaviour", users)])
}

/// Holds an interval in a row against Wilson's of the mean that stands before it.
fn assert_wilson(row: &Row, [mean, low, high]: [&str; 3], runs: u64) {
    let some = (number(row, mean) * runs as f64).round() as u64;
    let Interval { low: wanted_low, high: wanted_high } = wilson_interval(some, runs, 0.95).unwrap();
    close(number(row, low), wanted_low, low);
    close(number(row, high), wanted_high, high);
}

#[test]
fn chances_of_a_run_and_of_a_comparison_have_wilsons_interval() {
    let folder = done(&drought(), "run one.json");
    let summary = rows(folder.path(), "summary.csv");
    let of = |measure: &str| summary.iter().find(|row| row["measure"] == measure).unwrap();
    for chance in ["collapsed", "recovered"] {
        assert_wilson(of(chance), ["mean", "low", "high"], RUNS);
    }
    close(number(of("recovered"), "mean"), 1.0, "every run recovers");

    let folder = done(&drought(), "compare pasture-fortress pasture-ostrom");
    let chances: Vec<Row> =
        rows(folder.path(), "summary.csv").into_iter().filter(|row| row["measure"] == "collapsed").collect();
    assert_eq!(chances.len(), 2);
    for row in &chances {
        assert_wilson(row, ["mean", "low", "high"], RUNS);
    }
    let runs = rows(folder.path(), "runs.csv");
    let collapsed = |arm: &str| -> Vec<bool> {
        runs.iter().filter(|row| row["arm"] == arm).map(|row| row["collapsed"] == "1").collect()
    };
    let pairs: Vec<(bool, bool)> = collapsed("pasture-fortress").into_iter().zip(collapsed("pasture-ostrom")).collect();
    let count = |pair: (bool, bool)| pairs.iter().filter(|other| **other == pair).count() as u64;
    let pairs = PairedChances {
        second_only: count((false, true)),
        first_only: count((true, false)),
        both: count((true, true)),
        all: RUNS,
    };
    let wanted = paired_chances_interval(pairs, 0.95).unwrap();
    let differences = rows(folder.path(), "differences.csv");
    let row = differences.iter().find(|row| row["measure"] == "collapsed").unwrap();
    close(number(row, "low"), wanted.low, "low");
    close(number(row, "high"), wanted.high, "high");
}

#[test]
fn chances_of_cells_and_of_sets_of_rules_have_wilsons_interval() {
    let sweep = "sweep one.json --vary /shocks/dry/stock_loss/size=0.1..0.3:2 --measure recovered --measure collapsed";
    let cells = "sensitivity one.json --method morris --trajectories 2 --vary /shocks/dry/stock_loss/size=0.1..0.3 \
                 --vary /society/trust=0..1 --measure recovered";
    for (command, keys) in [(sweep, &["recovered", "collapsed"][..]), (cells, &["recovered"])] {
        let folder = done(&drought(), command);
        for row in rows(folder.path(), "cells.csv") {
            for key in keys {
                let [mean, low, high] = ["mean", "low", "high"].map(|end| format!("{key}_{end}"));
                assert_wilson(&row, [&mean, &low, &high], RUNS);
            }
        }
    }
    let folder = done(&drought(), sweep);
    let effects = rows(folder.path(), "effects.csv");
    assert!(effects.iter().all(|row| number(row, "low") < number(row, "high")), "no effect on a chance is certain");

    let folder = done(&drought(), "principles pasture-ostrom --measure collapsed");
    let sets = rows(folder.path(), "subsets.csv");
    assert_eq!(sets.len(), 8);
    for row in &sets {
        assert_wilson(row, ["mean", "low", "high"], RUNS);
    }
}

#[test]
fn years_are_what_the_runs_were() {
    let folder = done(&small(), "run place-fortress");
    let years = rows(folder.path(), "years.csv");
    let value = |row: &Row| number(row, "mean");
    let of = |kind: &str, measure: &str| -> Vec<&Row> {
        years.iter().filter(|row| row["kind"] == kind && row["measure"] == measure).collect()
    };
    let welfare = of("", "welfare");
    assert!(welfare.len() > 1);
    let steps: f64 = welfare.iter().map(|row| number(row, "steps")).sum();
    let mean = welfare.iter().map(|row| value(row) * number(row, "steps")).sum::<f64>() / steps;
    let runs = rows(folder.path(), "runs.csv");
    close(mean, runs.iter().map(|row| number(row, "welfare")).sum::<f64>() / RUNS as f64, "welfare");

    let kinds: Vec<&str> = years.iter().map(|row| row["kind"].as_str()).filter(|kind| !kind.is_empty()).collect();
    for measure in ["delivered", "backlog", "income", "cost"] {
        for place in of("", measure) {
            let parts = years.iter().filter(|row| row["measure"] == measure && kinds.contains(&row["kind"].as_str()));
            let sum: f64 = parts.filter(|row| row["year"] == place["year"]).map(value).sum();
            close(sum, value(place), measure);
        }
    }
    for (year, row) in of("", "margin_money").into_iter().enumerate() {
        let (low, high) = (number(row, "low"), number(row, "high"));
        assert!(low <= value(row) && value(row) <= high, "year {year}");
        assert!(number(row, "q05") <= number(row, "median") && number(row, "median") <= number(row, "q95"));
        assert_eq!((&row["runs"], &row["missing"]), (&RUNS.to_string(), &"0".to_owned()));
    }
}

#[test]
fn a_measure_is_called_for_by_its_year_in_every_experiment() {
    // The margin of `hospital` is what is left of a half, less the cost of it and a hundredth for the rule.
    let folder = done(
        &small(),
        "sweep one.json --vary /providers/hospital/cost/per_effort=0.1..0.3:3 --measure margin.hospital@year2 --measure need_met@year1",
    );
    for (row, cost) in rows(folder.path(), "cells.csv").iter().zip([0.1, 0.2, 0.3]) {
        close(number(row, "margin.hospital@year2_mean"), 0.98 - cost, "margin");
        close(number(row, "need_met@year1_mean"), 157.5 / 207.5, "need met");
    }
    let folder = done(
        &small(),
        "sensitivity one.json --method morris --trajectories 2 --vary /providers/hospital/cost/per_effort=0.1..0.3 \
         --vary /society/trust=0..1 --measure cost.hospital@year2",
    );
    for row in rows(folder.path(), "cells.csv") {
        let cost = number(&row, "/providers/hospital/cost/per_effort");
        close(number(&row, "cost.hospital@year2_mean"), 25.0 * cost, "cost");
    }
    let folder = done(&small(), "principles one.json --measure margin.hospital@year1");
    let sets = rows(folder.path(), "subsets.csv");
    let means: Vec<f64> = sets.iter().map(|row| number(row, "mean")).collect();
    close(means[0], 0.8, "without the rule");
    close(means[1], 0.78, "with it");
}

/// A study of the small place with a goal and a score by year.
fn study() -> Value {
    json!({
        "title": "Years", "question": "Who keeps a margin?",
        "goals": { "solvent": { "label": "Nobody makes a loss in the first year", "measure": "margin.*@year1",
                                "level": { "at_least": 0 }, "note": "assumed" } },
        "met_in": 0.5,
        "score": { "measure": "need_met@year2", "note": "assumed" },
        "ladders": { "dry": { "label": "Drought", "steps": ["small"], "note": "assumed",
            "shocks": { "dry": { "stock_loss": { "when": { "at": 1 }, "size": 0, "pool": "pasture" } } },
            "sizes": { "/dry/stock_loss/size": [0.2] } } },
        "parameters": { "trust": { "label": "Trust", "pointers": ["/society/trust"], "range": { "between": [0.3, 0.7] },
                                   "note": "assumed" } },
        "points": { "latin": 4 }
    })
}

#[test]
fn goals_of_a_stress_test_may_be_about_a_year() {
    let folder = folder_with("one.json", &small().to_string());
    fs::write(folder.path().join("study.json"), study().to_string()).unwrap();
    let end = said(&folder, "stress one.json --shocks study.json");
    assert_eq!(end.code, Some(0), "{}", end.words);
    let designs = rows(folder.path(), "designs.csv");
    close(number(&designs[0], "score"), 85.5 / 110.5, "score");
    let goals = rows(folder.path(), "goals.csv");
    assert!(goals.iter().all(|row| number(row, "share") == 0.0), "`home` makes a loss in its first year");
}

#[test]
fn a_calibration_may_be_told_of_a_year() {
    let data = json!({ "scenario": "place", "measure": "margin.hospital@year2", "unit": "of income", "use": "fit",
                       "source": "worked out by hand", "observed": 0.7, "error": 0.001 });
    let file = json!({
        "title": "Costs of a hospital", "question": "What does care cost?", "sources": ["worked out by hand"],
        "assumptions": [], "preset": "costs", "method": { "runs": 16, "particles": 100, "rounds": 20, "seed": 5 },
        "scenarios": { "place": { "scenario": "one.json", "patch": {} } },
        "parameters": { "cost": { "meaning": "cost of a unit of effort", "unit": "",
            "prior": { "uniform": { "from": 0, "to": 1 } }, "pointers": ["/providers/hospital/cost/per_effort"] } },
        "data": { "margin": data }
    });
    let folder = folder_with("one.json", &small().to_string());
    fs::write(folder.path().join("calibration.json"), file.to_string()).unwrap();
    let end = ended(folder.path(), &["calibrate", "calibration.json", "--out", "out"]);
    assert_eq!(end.code, Some(0), "{}", end.words);
    let estimates = rows(folder.path(), "estimates.csv");
    // A margin of 0.7 is a cost of 0.28.
    assert!((number(&estimates[0], "median") - 0.28).abs() < 0.01, "{estimates:?}");
}

#[test]
fn a_year_or_a_measure_that_there_is_not_is_told_with_those_there_are() {
    let folder = folder_with("one.json", &small().to_string());
    for (key, way_out) in [
        ("need_met@year9", "the scenario has no year9; its years are 1 and 2"),
        ("need_met@2", "a year is written as need_met@year2; there are 1 and 2"),
        ("quality@year1", "of each year there are need_met, waiting, delivered"),
        ("marginn.nursing@year2", "did you mean `margin.nursing@year2`?"),
        ("quality", "and of each year, as need_met@year1: need_met, waiting, delivered"),
    ] {
        let sweep = said(&folder, &format!("sweep one.json --vary /society/trust=0..1:2 --measure {key}"));
        let rules = said(&folder, &format!("principles one.json --measure {key}"));
        for end in [sweep, rules] {
            assert_eq!(end.code, Some(2), "{key}");
            let words = end.words.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(&format!("no measure `{key}`")) && words.contains(way_out), "{words}");
        }
    }
}
