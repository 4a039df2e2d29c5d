//! The tables of `run` and `compare`.

use super::{Row, Table, is_chance, mean, results, share};
use crate::support::{FIRST_RUNS, outcome, series};
use commonground::model::benchmark::Benchmark;
use commonground::model::measure::{Better, Measure, outcome_measures, series_measures};
use commonground::model::record::Record;
use commonground::model::run::run;
use commonground::model::simd::InstructionSet;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use commonground::scenario::text::Disk;
use serde_json::Value;
use tempfile::{TempDir, tempdir};

const ARMS: [&str; 2] = ["pasture-fortress", "pasture-ostrom"];
const SEED: u64 = 4;
/// Three batches of sixteen.
const RUNS: u64 = 48;

fn compared() -> TempDir {
    let folder = tempdir().unwrap();
    results(folder.path(), &format!("compare {} {} --runs {RUNS} --seed {SEED}", ARMS[0], ARMS[1]), "out");
    folder
}

fn scenario(arm: &str) -> Scenario {
    Scenario::load(&Disk { bundled: BUNDLED }, arm).unwrap_or_else(|faults| panic!("{faults}"))
}

/// The records of an arm, sixteen runs in each.
fn records(scenario: &Scenario) -> Vec<Record> {
    let batch = |batch: u64| {
        let numbers = FIRST_RUNS.map(|number| number + 16 * batch);
        run(&scenario.setup, SEED, numbers, InstructionSet::best())
    };
    (0..RUNS / 16).map(batch).collect()
}

/// A measure by its key, unit and better direction as they are written in files.
fn written(measure: &Measure) -> [String; 3] {
    let word = |value: Value| value.as_str().unwrap().to_owned();
    let unit = word(serde_json::to_value(measure.unit).unwrap());
    [measure.key.clone(), unit, word(serde_json::to_value(measure.better).unwrap())]
}

#[test]
fn runs_hold_the_outcomes_of_each_run_under_their_keys() {
    let folder = compared();
    let runs = Table::read(&folder.path().join("out"), "runs.csv");
    for arm in ARMS {
        let scenario = scenario(arm);
        let records = records(&scenario);
        let rows: Vec<&Row> = runs.rows.iter().filter(|row| runs.word(row, "arm") == arm).collect();
        assert_eq!(rows.len() as u64, RUNS);
        for (number, row) in rows.into_iter().enumerate() {
            runs.is(row, "run", number as f64);
            for measure in outcome_measures(&scenario.setup).iter().filter(|measure| !needs_a_planner(&measure.key)) {
                let value = outcome(&scenario.setup, &records[number / 16], &measure.key).lane(number % 16);
                runs.is(row, &measure.key, value);
            }
            // The planner is found by the command: welfare as a share of that of the best plan, and a number about it.
            let best = runs.number(row, "welfare") / runs.number(row, "welfare_share");
            let first = &runs.rows[0];
            let same = runs.number(first, "welfare") / runs.number(first, "welfare_share");
            assert!((best / same - 1.0).abs() < 1e-9 && best > 0.0, "{row:?}");
            // Where the grass is about to die, a cow more costs it many times what it yields.
            assert!((0.0..100.0).contains(&runs.number(row, "fortress_index")), "{row:?}");
        }
    }
    runs.is_all_seen();
}

fn needs_a_planner(key: &str) -> bool {
    ["welfare_share", "fortress_index"].contains(&key)
}

#[test]
fn series_hold_what_the_runs_of_each_step_come_to() {
    let folder = compared();
    let table = Table::read(&folder.path().join("out"), "series.csv");
    for arm in ARMS {
        let scenario = scenario(arm);
        let records = records(&scenario);
        for measure in series_measures(&scenario.setup) {
            let count = series(&scenario.setup, &records[0], &measure.key).len();
            for step in 0..count {
                let key = measure.key.as_str();
                let values: Vec<f64> =
                    records.iter().flat_map(|record| step_of(&scenario, record, key, step)).collect();
                let number = (step + 1).to_string();
                let is_it = |row: &&Row| {
                    table.word(row, "arm") == arm
                        && table.word(row, "step") == number
                        && table.word(row, "measure") == key
                };
                let row = table.rows.iter().find(is_it).unwrap_or_else(|| panic!("no `{key}` at {step}"));
                table.is(row, "mean", mean(&values));
                table.has_quantiles(row, "", &values);
                table.is(row, "runs", values.len() as f64);
            }
        }
    }
    table.is_all_seen();
}

/// A series at a recorded step, in the runs that have a value.
fn step_of(scenario: &Scenario, record: &Record, key: &str, step: usize) -> Vec<f64> {
    let measures = series_measures(&scenario.setup);
    let position = measures.iter().position(|measure| measure.key == key).unwrap();
    let lanes = record.series[step * measures.len() + position].to_array();
    lanes.into_iter().filter(|value| !value.is_nan()).collect()
}

/// The sample standard deviation; none of less than two values.
fn deviation(values: &[f64]) -> f64 {
    let middle = mean(values);
    let squares: f64 = values.iter().map(|value| (value - middle).powi(2)).sum();
    if values.len() < 2 { f64::NAN } else { (squares / (values.len() - 1) as f64).sqrt() }
}

#[test]
fn the_summary_is_that_of_the_runs() {
    let folder = compared();
    let out = folder.path().join("out");
    let (runs, table) = (Table::read(&out, "runs.csv"), Table::read(&out, "summary.csv"));
    for row in &table.rows {
        let (arm, key) = (table.word(row, "arm"), table.word(row, "measure"));
        let values = runs.numbers(key, |run| run["arm"] == arm);
        table.is(row, "mean", mean(&values));
        if !is_chance(key) {
            table.is_amid(row, ["low", "mean", "high"]);
        }
        table.is(row, "sd", deviation(&values));
        let width = table.number(row, "high") - table.number(row, "low");
        assert!(width.is_nan() || is_chance(key) || width <= 0.3 * spread(&values), "{row:?}");
        table.has_quantiles(row, "", &values);
        table.is(row, "runs", values.len() as f64);
        table.is(row, "missing", RUNS as f64 - values.len() as f64);
        let measures = outcome_measures(&scenario(arm).setup);
        let unit = measures.iter().find(|measure| measure.key == key).map(|measure| written(measure)[1].clone());
        if let Some(unit) = unit {
            table.says(row, "unit", &unit);
        }
    }
    table.is_all_seen();
}

/// From the least to the largest value.
fn spread(values: &[f64]) -> f64 {
    let ends = |of: fn(f64, f64) -> f64| values.iter().copied().reduce(of).unwrap_or(0.0);
    ends(f64::max) - ends(f64::min)
}

#[test]
fn differences_are_those_of_the_pairs_of_runs() {
    let folder = compared();
    let out = folder.path().join("out");
    let (runs, table) = (Table::read(&out, "runs.csv"), Table::read(&out, "differences.csv"));
    let measures = outcome_measures(&scenario(ARMS[0]).setup);
    for row in &table.rows {
        table.says(row, "arm", ARMS[1]);
        table.says(row, "reference", ARMS[0]);
        let key = table.word(row, "measure");
        let of = |arm: &str, number: u64| {
            let run = runs.rows.iter().find(|run| run["arm"] == arm && run["run"] == number.to_string()).unwrap();
            runs.number(run, key)
        };
        let pairs = (0..RUNS).map(|number| of(ARMS[1], number) - of(ARMS[0], number));
        let pairs: Vec<f64> = pairs.filter(|difference| !difference.is_nan()).collect();
        table.is(row, "runs", pairs.len() as f64);
        if pairs.is_empty() {
            continue;
        }
        table.is(row, "difference", mean(&pairs));
        table.is(row, "share_higher", share(&pairs, |difference| difference > 0.0));
        table.is(row, "share_lower", share(&pairs, |difference| difference < 0.0));
        let mut sorted = pairs.clone();
        sorted.sort_by(f64::total_cmp);
        let middle = f64::midpoint(sorted[(pairs.len() - 1) / 2], sorted[pairs.len() / 2]);
        table.is_near(row, "median", middle, 0.02 * spread(&pairs) + 1e-3 * middle.abs() + 1e-12);
        let [low, high] = ["low", "high"].map(|end| table.number(row, end));
        assert!(low.is_nan() || (low <= mean(&pairs) && mean(&pairs) <= high), "{row:?}");
        let Some(measure) = measures.iter().find(|measure| measure.key == key) else { continue };
        table.says(row, "unit", &written(measure)[1]);
        let verdict = table.word(row, "verdict");
        let expected = match measure.better {
            _ if low.is_nan() || (low <= 0.0 && high >= 0.0) => ["same", "unclear"],
            Better::Higher if low > 0.0 => ["better", "better"],
            Better::Lower if high < 0.0 => ["better", "better"],
            Better::Neither if low > 0.0 => ["higher", "higher"],
            Better::Neither => ["lower", "lower"],
            // Which of the two is nearer to its level shows in the means of the arms, which are not looked at here.
            Better::Towards => ["better", "worse"],
            _ => ["worse", "worse"],
        };
        assert!(expected.contains(&verdict), "{row:?}");
    }
    table.is_all_seen();
}

#[test]
fn measures_are_told_as_the_engine_has_them() {
    let folder = compared();
    let table = Table::read(&folder.path().join("out"), "measures.csv");
    let setup = Benchmark::measured(&scenario(ARMS[0]).setup, InstructionSet::best());
    for (recorded, measures) in [("run", outcome_measures(&setup)), ("step", series_measures(&setup))] {
        for measure in measures {
            let [key, unit, better] = written(&measure);
            let is_it = |row: &&Row| table.word(row, "measure") == key && table.word(row, "recorded") == recorded;
            let row = table.rows.iter().find(is_it).unwrap_or_else(|| panic!("no `{key}`"));
            table.says(row, "label", &measure.label);
            table.says(row, "unit", &unit);
            table.says(row, "better", &better);
            table.says(row, "kind", measure.kind.as_deref().unwrap_or_default());
            table.is(row, "level", measure.level.unwrap_or(f64::NAN));
            table.is(row, "matters", measure.matters);
            let sort = serde_json::to_value(measure.sort).unwrap();
            table.says(row, "sort", sort.as_str().unwrap());
        }
    }
    table.is_all_seen();
}
