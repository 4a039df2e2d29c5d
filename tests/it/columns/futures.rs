//! The tables of `stress`: futures are made of runs, all others of futures.

use super::{Row, Table, mean, results, share};
use crate::cli::{ended, folder_with};
use crate::stress::{PAIR, study};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

const RUNS: f64 = 16.0;
const DESIGNS: [&str; 2] = ["pasture-fortress", "pasture-ostrom"];
const RATE: &str = "/pools/pasture/growth/depensated/rate";
/// Sizes of the shock, by the step of the ladder.
const SIZES: [f64; 3] = [0.0, 0.2, 0.6];
const NAMES: [&str; 3] = ["", "small", "large"];

/// The pasture, half dry in the end of most runs, from which some designs recover late.
fn drought() -> Value {
    let mut study = study();
    study["goals"]["green"]["level"] = json!({ "at_least": 0.35 });
    study
}

fn stressed(folder: &Path) {
    let ended = ended(folder, &[&PAIR[..], &["out", "--seed", "5"]].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.words);
}

/// The first point has the run numbers 0 to 15, as a plain `run` of as many has.
#[test]
fn futures_hold_what_their_runs_come_to() {
    let folder = folder_with("study.json", &drought().to_string());
    stressed(folder.path());
    let futures = Table::read(&folder.path().join("out"), "futures.csv");
    for (number, row) in futures.rows.iter().enumerate() {
        let (future, design) = (number / 2, DESIGNS[number % 2]);
        futures.is(row, "future", future as f64);
        futures.is(row, "point", (future / 3) as f64);
        let step = future % 3;
        futures.says(row, "ladder", if step == 0 { "" } else { "drought" });
        futures.is(row, "step", step as f64);
        futures.says(row, "size", NAMES[step]);
        futures.is(row, "severity", step as f64 / 2.0);
        futures.says(row, "design", design);
        if future < 3 {
            check_runs(folder.path(), &futures, row, design, step);
        }
        let scores = futures.numbers("score", |other| other["future"] == row["future"]);
        let best = scores.into_iter().reduce(f64::max).unwrap();
        futures.is(row, "regret", best - futures.number(row, "score"));
    }
    let recovered = futures.numbers("recovered", |_| true);
    assert!(recovered.iter().any(|share| *share > 0.0), "nothing ever recovers");
    futures.is_all_seen();
}

fn check_runs(folder: &Path, futures: &Table, row: &Row, design: &str, step: usize) {
    let shock = json!({ "stock_loss": { "when": { "at": 20 }, "size": SIZES[step], "pool": "pasture" } });
    let mut scenario = json!({ "extends": design });
    if step > 0 {
        scenario["shocks"] = json!({ "dry": shock });
    }
    let name = format!("{design}-{step}");
    std::fs::write(folder.join(format!("{name}.json")), scenario.to_string()).unwrap();
    let rate = futures.number(row, "parameter.rate");
    results(folder, &format!("run {name}.json --runs 16 --seed 5 --set {RATE}={rate}"), &name);
    let runs = Table::read(&folder.join(name), "runs.csv");
    let of = |key: &str| runs.numbers(key, |_| true);
    let (collapsed, grass) = (of("collapsed"), of("stock_mean"));
    futures.is(row, "runs", RUNS);
    futures.is(row, "failed_runs", 0.0);
    futures.says(row, "failure", "");
    futures.is(row, "goal.lasts.value", mean(&collapsed));
    futures.is(row, "goal.lasts.met_in", share(&collapsed, |value| value <= 0.0));
    futures.is(row, "goal.green.value", mean(&grass));
    futures.is(row, "goal.green.met_in", share(&grass, |value| value >= 0.35));
    let both = collapsed.iter().zip(&grass).filter(|(collapsed, grass)| **collapsed <= 0.0 && **grass >= 0.35).count();
    let met = both as f64 / RUNS;
    futures.is(row, "all_goals.met_in", met);
    futures.is(row, "all_goals.met", f64::from(u8::from(met >= 0.5)));
    futures.is(row, "score", mean(&grass));
    let times = if step == 0 { [f64::NAN; 2] } else { ["recovered", "recovery_steps"].map(|key| mean(&of(key))) };
    futures.is(row, "recovered", times[0]);
    futures.is(row, "recovery_steps", times[1]);
}

#[test]
fn what_is_told_of_designs_is_worked_out_from_the_futures() {
    let folder = folder_with("study.json", &drought().to_string());
    stressed(folder.path());
    let out = folder.path().join("out");
    let futures = Table::read(&out, "futures.csv");
    check_designs(&futures, &Table::read(&out, "designs.csv"));
    check_goals(&futures, &Table::read(&out, "goals.csv"));
    check_steps(&futures, &Table::read(&out, "steps.csv"));
    check_ranking(&futures, &Table::read(&out, "ranking.csv"));
    check_boxes(&futures, &Table::read(&out, "boxes.csv"));
}

fn of_design(design: &str) -> impl Fn(&Row) -> bool + '_ {
    move |future: &Row| future["design"] == design
}

/// Whether a low, a middle and a high number follow each other.
fn in_order(table: &Table, row: &Row, columns: [&str; 3]) {
    let [low, middle, high] = columns.map(|column| table.number(row, column));
    assert!(low <= middle && middle <= high, "{columns:?} of {row:?}");
}

fn check_designs(futures: &Table, table: &Table) {
    for (row, name) in table.rows.iter().zip(DESIGNS) {
        table.says(row, "design", name);
        let of = |column: &str| futures.numbers(column, of_design(name));
        table.is(row, "score", mean(&of("score")));
        table.is(row, "mean_regret", mean(&of("regret")));
        in_order(table, row, ["worst_low", "worst", "worst_high"]);
        assert!(table.number(row, "worst") < table.number(row, "score"));
        in_order(table, row, ["mean_regret_low", "mean_regret", "mean_regret_high"]);
        let largest = of("regret").into_iter().reduce(f64::max).unwrap();
        table.is(row, "largest_regret", largest);
        let in_future = table.number(row, "largest_regret_in_future");
        let there = futures.numbers("regret", |future| {
            future["design"] == name && (futures.number(future, "future") - in_future).abs() < 0.5
        });
        assert!((there[0] - largest).abs() < 1e-12, "{row:?}");
        let struck = |column: &str| futures.numbers(column, |future| future["design"] == name && future["step"] != "0");
        table.is(row, "recovered", mean(&struck("recovered")));
        // Each future weighs as many runs as recovered in it.
        let weighed = struck_times(futures, name);
        table.is(row, "recovery_steps", weighed);
        // A share of 16 runs leaves a half open from 4 to 12 of them, more or less.
        let open = share(&of("all_goals.met_in"), |met| (0.25..=0.75).contains(&met)) * of("score").len() as f64;
        assert!((table.number(row, "open") - open).abs() <= 2.0, "{row:?}, about {open}");
    }
    table.is_all_seen();
}

fn struck_times(futures: &Table, design: &str) -> f64 {
    let (mut sum, mut runs) = (0.0, 0.0);
    for future in futures.rows.iter().filter(|future| future["design"] == design) {
        let (recovered, steps) = (futures.number(future, "recovered"), futures.number(future, "recovery_steps"));
        if !steps.is_nan() {
            sum += recovered * steps;
            runs += recovered;
        }
    }
    sum / runs
}

fn check_goals(futures: &Table, table: &Table) {
    assert_eq!(table.rows.len(), 6);
    for row in &table.rows {
        let goal = table.word(row, "goal");
        let column = if goal == "all" { "all_goals.met_in".to_owned() } else { format!("goal.{goal}.met_in") };
        let shares = futures.numbers(&column, of_design(table.word(row, "design")));
        let met = share(&shares, |share| share >= 0.5);
        table.is(row, "futures", shares.len() as f64);
        table.is(row, "met", met * shares.len() as f64);
        table.is(row, "share", met);
        in_order(table, row, ["low", "share", "high"]);
    }
    table.is_all_seen();
}

fn check_steps(futures: &Table, table: &Table) {
    assert_eq!(table.rows.len(), 6);
    for row in &table.rows {
        let step = table.number(row, "step") as usize;
        table.says(row, "ladder", if step == 0 { "" } else { "drought" });
        table.says(row, "size", NAMES[step]);
        let design = table.word(row, "design");
        let of = |column: &str| {
            futures.numbers(column, |future| future["design"] == design && future["step"] == step.to_string())
        };
        let met = of("all_goals.met");
        table.is(row, "futures", met.len() as f64);
        table.is(row, "met", met.iter().sum());
        table.is(row, "share", mean(&met));
        in_order(table, row, ["low", "share", "high"]);
        table.is(row, "score", mean(&of("score")));
        table.is(row, "mean_regret", mean(&of("regret")));
    }
    table.is_all_seen();
}

/// Of two designs, one ranks first as often as it is ahead of the other.
fn check_ranking(futures: &Table, table: &Table) {
    let criteria: BTreeSet<&str> = table.rows.iter().map(|row| table.word(row, "criterion")).collect();
    assert_eq!(criteria, BTreeSet::from(["goals", "mean_regret", "worst"]));
    for row in &table.rows {
        let (design, rival) = (table.word(row, "design"), table.word(row, "rival"));
        assert!(design != rival && DESIGNS.contains(&rival), "{row:?}");
        let better =
            mean(&futures.numbers("regret", of_design(design))) < mean(&futures.numbers("regret", of_design(rival)));
        let (first, ahead) = (table.number(row, "first"), table.number(row, "ahead_of_rival"));
        assert!(row["criterion"] != "mean_regret" || (first > 0.5) == better, "{row:?}");
        assert!((first - ahead).abs() < 0.5 && (-1e-9..=1.0 + 1e-9).contains(&ahead), "{row:?}");
    }
    table.is_all_seen();
}

/// A box holds the futures between its limits, some of which fail.
fn check_boxes(futures: &Table, table: &Table) {
    for row in &table.rows {
        let (design, goal) = (table.word(row, "design"), table.word(row, "goal"));
        let same = |other: &&Row| ["design", "goal", "box"].iter().all(|key| other[*key] == row[*key]);
        let limits: Vec<&Row> = table.rows.iter().filter(same).collect();
        let met = if goal == "all" { "all_goals.met_in".to_owned() } else { format!("goal.{goal}.met_in") };
        let fails = |future: &&Row| futures.number(future, &met) < 0.5;
        let all: Vec<&Row> = futures.rows.iter().filter(|future| future["design"] == design).collect();
        let within: Vec<&Row> = all
            .iter()
            .copied()
            .filter(|future| limits.iter().all(|limit| holds(futures, table, limit, future)))
            .collect();
        let failures = within.iter().filter(|future| fails(future)).count() as f64;
        table.is(row, "cases", within.len() as f64);
        table.is(row, "failures", failures);
        table.is(row, "coverage", failures / all.iter().filter(|future| fails(future)).count() as f64);
        table.is(row, "density", failures / within.len() as f64);
        table.is(row, "mass", within.len() as f64 / all.len() as f64);
        let chosen =
            |other: &&Row| ["design", "goal"].iter().all(|key| other[*key] == row[*key]) && other["chosen"] == "1";
        let boxes: BTreeSet<&str> = table.rows.iter().filter(chosen).map(|other| table.word(other, "box")).collect();
        assert_eq!(boxes.len(), 1, "one box is told of {design} and {goal}");
        assert!(["0", "1"].contains(&table.word(row, "chosen")), "{row:?}");
        // A limit at the end of the range is none, and has no chance of being one by luck.
        for (end, chance, last) in [("low", "quasi_p_low", 0.0), ("high", "quasi_p_high", 1.0)] {
            let (limit, chance) = (table.number(row, end), table.number(row, chance));
            if row["dimension"] == "severity" {
                assert_eq!(chance.is_nan(), (limit - last).abs() < 1e-12, "{end}: {row:?}");
            }
            assert!(chance.is_nan() || (0.0..=1.0).contains(&chance), "{end}: {row:?}");
        }
    }
    table.is_all_seen();
}

fn holds(futures: &Table, table: &Table, limit: &Row, future: &Row) -> bool {
    let dimension = table.word(limit, "dimension");
    let kinds = table.word(limit, "kinds");
    if dimension == "ladder" {
        let ladder = match futures.word(future, "ladder") {
            "" => "none",
            name => name,
        };
        return kinds.split('+').any(|kind| kind == ladder);
    }
    let value = futures.number(future, dimension);
    let [low, high] = ["low", "high"].map(|end| table.number(limit, end));
    low - 1e-12 <= value && value <= high + 1e-12
}
