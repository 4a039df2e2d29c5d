//! `stress` through the binary: the futures are what they say they are, the indices are those of the table of futures, parts make
//! the whole, and every fault is told at once.

use super::cli::{Ended, ended, folder_with};
use commonground::experiment::stress::{Failing, Futures, Shocks, Verdict};
use commonground::experiment::{Level, Options};
use commonground::model::simd::InstructionSet;
use commonground::report::stress::{Account, findings};
use commonground::scenario::Scenario;
use commonground::scenario::bundled::{self, BUNDLED};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

type Row = BTreeMap<String, String>;

/// A pasture that loses grass, with a rate of growth that nobody knows well.
pub(crate) fn study() -> Value {
    json!({
        "title": "A drought",
        "question": "Who survives a drought?",
        "goals": {
            "lasts": { "label": "Pasture lasts", "measure": "collapsed", "level": { "at_most": 0 }, "note": "assumed" },
            "green": { "label": "Pasture is green", "measure": "stock_mean", "level": { "at_least": 0.4 }, "note": "assumed" }
        },
        "met_in": 0.5,
        "score": { "measure": "stock_mean", "note": "assumed" },
        "ladders": {
            "drought": {
                "label": "Drought",
                "steps": ["small", "large"],
                "shocks": { "dry": { "stock_loss": { "when": { "at": 20 }, "size": 0, "pool": "pasture" } } },
                "sizes": { "/dry/stock_loss/size": [0.2, 0.6] },
                "note": "assumed"
            }
        },
        "parameters": {
            "rate": {
                "label": "Rate of growth",
                "pointers": ["/pools/pasture/growth/depensated/rate"],
                "range": { "between": [0.3, 0.7] },
                "note": "assumed"
            }
        },
        "points": { "latin": 6 }
    })
}

pub(crate) const PAIR: [&str; 6] = ["stress", "pasture-fortress", "pasture-ostrom", "--shocks", "study.json", "--out"];

fn stressed(folder: &Path, more: &[&str]) -> Ended {
    let ended = ended(folder, &[&PAIR[..], more].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.words);
    ended
}

fn rows(path: &Path) -> Vec<Row> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap()
}

/// Words without the line breaks that fit them to a terminal.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn shares_and_regret_are_those_of_the_table_of_futures() {
    let folder = folder_with("study.json", &study().to_string());
    let told = stressed(folder.path(), &["out"]);
    assert!(told.results.contains("18 futures (6 points × 3)"), "{}", told.results);
    assert!(told.results.lines().all(|line| line.chars().count() <= 80), "{}", told.results);
    let out = folder.path().join("out");
    let futures = rows(&out.join("futures.csv"));
    assert_eq!(futures.len(), 18 * 2);
    for pair in futures.chunks(2) {
        assert!(
            ["future", "point", "ladder", "step", "parameter.rate"].iter().all(|key| pair[0][*key] == pair[1][*key])
        );
        let scores = [0, 1].map(|design| number(&pair[design], "score"));
        for (row, score) in pair.iter().zip(scores) {
            assert!((number(row, "regret") - (scores[0].max(scores[1]) - score)).abs() < 1e-12, "{pair:?}");
        }
    }
    for row in rows(&out.join("goals.csv")) {
        let column =
            if row["goal"] == "all" { "all_goals.met_in".to_owned() } else { format!("goal.{}.met_in", row["goal"]) };
        let of_design = futures.iter().filter(|future| future["design"] == row["design"]);
        let met = of_design.filter(|future| number(future, &column) >= 0.5).count();
        assert_eq!((row["met"].clone(), row["futures"].as_str()), (met.to_string(), "18"), "{row:?}");
        assert!(
            number(&row, "low") <= number(&row, "share") && number(&row, "share") <= number(&row, "high"),
            "{row:?}"
        );
    }
    for file in
        ["designs.csv", "steps.csv", "ranking.csv", "boxes.csv", "study.json", "report.html", "charts/steps.svg"]
    {
        assert!(out.join(file).exists(), "{file}");
    }
}

/// The first point has the run numbers 0 to 15, as a plain `run` of as many has.
#[test]
fn a_future_without_shock_is_the_plain_run_with_its_numbers() {
    let folder = folder_with("study.json", &study().to_string());
    stressed(folder.path(), &["out", "--seed", "5"]);
    let future = rows(&folder.path().join("out/futures.csv")).remove(0);
    assert_eq!((future["point"].as_str(), future["step"].as_str()), ("0", "0"));
    let set = format!("/pools/pasture/growth/depensated/rate={}", future["parameter.rate"]);
    let run = ["run", "pasture-fortress", "--runs", "16", "--seed", "5", "--set", &set, "--out", "run"];
    assert_eq!(ended(folder.path(), &run).code, Some(0));
    let summary = rows(&folder.path().join("run/summary.csv"));
    let stock = summary.iter().find(|row| row["measure"] == "stock_mean").unwrap();
    assert_eq!(future["score"], stock["mean"]);
}

#[test]
fn parts_threads_and_parquet_change_nothing_but_the_time() {
    let folder = folder_with("study.json", &study().to_string());
    stressed(folder.path(), &["whole", "--runs", "20", "--threads", "1"]);
    let plan = [&["plan"], &PAIR[..], &["parts", "--runs", "20", "--shards", "5"]].concat();
    for step in [&plan[..], &["work", "parts", "--threads", "2"], &["merge", "parts"]] {
        assert_eq!(ended(folder.path(), step).code, Some(0), "{step:?}");
    }
    let bytes = |name: &str| fs::read(folder.path().join(name)).unwrap();
    for file in ["futures.csv", "designs.csv", "ranking.csv", "boxes.csv", "manifest.json", "report.html"] {
        assert!(bytes(&format!("whole/{file}")) == bytes(&format!("parts/results/{file}")), "{file} differs");
    }
    if cfg!(feature = "parquet") {
        stressed(folder.path(), &["columns", "--format", "parquet"]);
        assert!(bytes("columns/futures.parquet").starts_with(b"PAR1"));
    }
}

#[test]
fn with_a_precision_it_stops_at_a_round_once_few_futures_are_open_and_parts_stop_there_too() {
    const WANTED: f64 = 0.2;
    let folder = folder_with("study.json", &study().to_string());
    let wanted = WANTED.to_string();
    stressed(folder.path(), &["whole", "--precision", &wanted, "--runs", "512"]);
    let manifest = fs::read_to_string(folder.path().join("whole/manifest.json")).unwrap();
    let runs = serde_json::from_str::<Value>(&manifest).unwrap()["runs"].as_u64().unwrap();
    assert!([64, 128, 256].contains(&runs), "{runs}");
    for row in rows(&folder.path().join("whole/designs.csv")) {
        assert!(number(&row, "open") <= WANTED * 18.0, "{row:?}");
    }
    let plan = [&["plan"], &PAIR[..], &["parts", "--precision", &wanted, "--runs", "512", "--shards", "9"]].concat();
    for step in [&plan[..], &["work", "parts"], &["merge", "parts"]] {
        assert_eq!(ended(folder.path(), step).code, Some(0), "{step:?}");
    }
    let bytes = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert!(bytes("whole/futures.csv") == bytes("parts/results/futures.csv"));
}

#[test]
fn no_number_of_runs_shows_that_all_meet_the_goals_and_whoever_asks_for_it_is_told() {
    let mut study = study();
    study["met_in"] = json!(1);
    let folder = folder_with("study.json", &study.to_string());
    let told = ended(folder.path(), &[&PAIR[..], &["out", "--precision", "0.1"]].concat());
    assert_eq!(told.code, Some(2));
    assert!(one_line(&told.words).contains("lower `met_in`"), "{}", told.words);
}

#[test]
fn check_finds_the_faults_that_stress_finds_and_tells_what_a_sound_study_holds() {
    let folder = folder_with("study.json", &study().to_string());
    let sound = ended(folder.path(), &["check", "study.json", "winter-surge"]);
    assert_eq!(sound.code, Some(0), "{}", sound.results);
    let told = one_line(&sound.results);
    for words in
        ["study.json: fine; study of shocks “A drought”", "drought (2 steps)", "6 points on 3 rungs: 18 futures"]
    {
        assert!(told.contains(words), "{words} is not in\n{told}");
    }
    let mut wrong = study();
    wrong["met_in"] = json!(0);
    wrong["goals"]["lasts"]["level"] = json!({ "at_mots": 0 });
    fs::write(folder.path().join("study.json"), format!("{wrong:#}")).unwrap();
    let checked = ended(folder.path(), &["check", "study.json"]);
    let stressed = ended(folder.path(), &[&PAIR[..], &["out"]].concat());
    assert_eq!((checked.code, checked.results.as_str()), (Some(2), stressed.words.as_str()));
    for (slip, words) in [
        ("winter-surg", "there is no study `winter-surg`; did you mean `winter-surge`?"),
        ("place-fortres", "there is no file `place-fortres`; did you mean `place-fortress`?"),
    ] {
        let checked = ended(folder.path(), &["check", slip]);
        assert!(checked.code == Some(2) && one_line(&checked.results).contains(words), "{}", checked.results);
    }
}

#[test]
fn whoever_types_too_little_is_told_what_is_missing_and_which_studies_there_are() {
    let folder = folder_with("study.json", "{}");
    for (arguments, words) in [
        (&["stress"][..], "designs to test and a study of shocks are needed"),
        (&["stress", "pasture-fortress"], "a study of shocks is needed: add --shocks FILE"),
        (&["stress", "--shocks", "place"], "designs to test are needed"),
    ] {
        let told = ended(folder.path(), arguments);
        let heard = one_line(&told.words);
        assert_eq!((told.code, told.results.as_str()), (Some(2), ""));
        assert!(heard.contains(words) && heard.contains("winter-surge"), "{heard}");
    }
    let wrong = ended(folder.path(), &["stress", "pasture-fortress", "--shocks", "winter-serge"]);
    assert!(one_line(&wrong.words).contains("did you mean"), "{}", wrong.words);
}

/// What is said of a study with values changed.
fn faults_of(changes: &[(&str, Value)]) -> String {
    let mut study = study();
    for (pointer, value) in changes {
        *study.pointer_mut(pointer).unwrap() = value.clone();
    }
    let folder = folder_with("study.json", &format!("{study:#}"));
    let told = ended(folder.path(), &[&PAIR[..], &["out"]].concat());
    assert_eq!((told.code, told.results.as_str()), (Some(2), ""), "{}", told.words);
    assert!(!folder.path().join("out").exists(), "a fault leaves a folder behind");
    told.words
}

#[test]
fn every_fault_of_a_study_is_told_at_once_with_place_and_way_out() {
    let words = faults_of(&[
        ("/ladders/drought/steps", json!(["small"])),
        ("/parameters/rate/range", json!({ "between": [0.7, 0.3] })),
    ]);
    for fault in
        ["2 faults in study.json", "`/dry/stock_loss/size` has 2 sizes and `steps` 1", "it runs from 0.7 to 0.3"]
    {
        assert!(words.contains(fault), "{fault} is not in\n{words}");
    }
    let words = faults_of(&[("/ladders/drought/sizes", json!({ "/dry/stock_loss/size": [0.2, 1.6] }))]);
    assert!(words.contains("step 2 (`large`)") && words.contains("outside the range 0 to 1"), "{words}");
    let words = faults_of(&[("/met_in", json!(0)), ("/goals/lasts/level", json!({ "at_mots": 0 }))]);
    assert!(words.contains("met_in") && words.contains("did you mean `at_most`?"), "{words}");
}

#[test]
fn whatever_of_a_study_does_not_fit_the_designs_is_told_at_once() {
    let words = faults_of(&[
        ("/goals/green/measure", json!("stock_men")),
        ("/score/measure", json!("effort")),
        ("/ladders/drought/shocks/dry/stock_loss/pool", json!("pastures")),
        ("/parameters/rate/pointers", json!(["/rules/measures/coverage"])),
    ]);
    for fault in [
        "goals.green.measure: `pasture-fortress` has no measure `stock_men`; did you mean `stock_mean`?",
        "of `effort` neither direction is better",
        "there is no pool `pastures`; did you mean `pasture`? (in `pasture-ostrom`)",
        "parameters.rate.pointers[0]: in `pasture-fortress`",
        "(line ",
    ] {
        assert!(words.contains(fault), "{fault} is not in\n{words}");
    }
}

fn futures() -> (Futures, Options) {
    futures_of(&study())
}

fn futures_of(study: &Value) -> (Futures, Options) {
    let designs = ["pasture-fortress", "pasture-ostrom"].map(|name| Scenario::load(&BUNDLED, name).unwrap());
    let shocks = Shocks::from_text(&BUNDLED, "study", &study.to_string()).unwrap();
    let options =
        Options { seed: 1, runs: 16, precision: None, level: Level::USUAL, instructions: InstructionSet::best() };
    (Futures::new(&BUNDLED, shocks, designs.to_vec(), 1).unwrap(), options)
}

/// Every run is made up: the first design has a stock of 0.5 in every future, the second one of 0.6 but 0.3 under a drought.
#[test]
fn what_is_said_of_designs_follows_from_their_runs() {
    let (futures, options) = futures();
    let mut stress = futures.begin(options);
    for item in 0..futures.items(16) {
        let (_, future, design) = futures.item(item);
        let dry = futures.shocks.rungs[futures.place(future).1].step.is_some();
        let stock = [0.5, if dry { 0.3 } else { 0.6 }][design];
        let values = [0.0, stock, stock, f64::NAN, f64::NAN].map(|value| [value; 16]).concat();
        futures.take(&mut stress, item, Ok(&values), options);
    }
    let verdict = Verdict::of(&futures, &stress).unwrap();
    let [steady, brittle] = &verdict.designs[..] else { panic!("two designs") };
    assert_eq!((steady.all_goals.some, brittle.all_goals.some), (18, 6));
    // Wilson's 95% interval of 16 in 16 runs begins at 16 / (16 + 1.96²) = 0.81, above the half that counts.
    assert_eq!((steady.open, brittle.open), (0, 0));
    // Without shock the second has 0.1 more, under each of two droughts 0.2 less.
    let close = |found: Option<f64>, expected: f64| assert!((found.unwrap() - expected).abs() < 1e-9, "{found:?}");
    close(steady.mean_regret.map(|(mean, _)| mean), 0.1 / 3.0);
    close(brittle.mean_regret.map(|(mean, _)| mean), 0.4 / 3.0);
    close(brittle.worst.map(|(worst, _)| worst), 0.3);
    assert_eq!(verdict.rankings.iter().map(|(_, ranking)| ranking.first[0]).collect::<Vec<_>>().len(), 3);
    assert!(verdict.rankings.iter().all(|(_, ranking)| ranking.first[0] > 0.999));
    assert_eq!(steady.failing, Failing::Nowhere);
    let Failing::Within(found) = &brittle.failing else { panic!("{:?}", brittle.failing) };
    assert_eq!((found.chosen.cases, found.chosen.of_interest, found.conditions.len()), (12, 12, 1));
}

/// Twelve of sixteen runs meet the goals, of which Wilson's 95% interval is 0.51 to 0.90; then eleven, where it is 0.44 to 0.86.
#[test]
fn a_future_is_open_while_the_interval_of_its_runs_holds_the_share_that_counts() {
    let (futures, options) = futures();
    for (met, open) in [(12, 0), (11, 18)] {
        let mut stress = futures.begin(options);
        let stock: Vec<f64> = (0..16).map(|run| if run < met { 0.5 } else { 0.3 }).collect();
        let values = [vec![0.0; 16], stock.clone(), stock, vec![f64::NAN; 32]].concat();
        (0..futures.items(16)).for_each(|item| futures.take(&mut stress, item, Ok(&values), options));
        assert_eq!(futures.open(&stress), [open; 2], "{met}");
    }
}

/// Sixty futures: the grass stays in the first two, and the pasture in the first of them alone, which has no shock. So 59 fail.
#[test]
fn a_design_that_fails_nearly_everywhere_has_no_box_of_its_own_but_its_goals_have() {
    let mut study = study();
    study["points"] = json!({ "latin": 20 });
    let (futures, options) = futures_of(&study);
    let mut stress = futures.begin(options);
    for item in 0..futures.items(16) {
        let (_, future, _) = futures.item(item);
        let dry = futures.shocks.rungs[futures.place(future).1].step.is_some();
        let lost = f64::from(u8::from(dry));
        let stock = if future < 2 { 0.5 } else { 0.3 };
        let values = [lost, stock, stock, f64::NAN, f64::NAN].map(|value| [value; 16]).concat();
        futures.take(&mut stress, item, Ok(&values), options);
    }
    let verdict = Verdict::of(&futures, &stress).unwrap();
    assert!(matches!(verdict.designs[0].failing, Failing::NearlyEverywhere(_)), "{:?}", verdict.designs[0].failing);
    let told = findings(&Account::new(&futures, &stress)).join(" ");
    assert!(
        told.contains("fails in 98% of futures (it misses “Pasture is green” nearly always), so that no condition"),
        "{told}"
    );
    assert!(told.contains("`pasture-fortress` misses “Pasture lasts” where severity of the shock is"), "{told}");
}

#[test]
fn of_an_experiment_with_a_failed_run_no_index_is_given_and_the_run_is_counted() {
    let (futures, options) = futures();
    let mut stress = futures.begin(options);
    for item in 0..futures.items(16) {
        let values = [0.0, 0.5, 0.5, f64::NAN, f64::NAN].map(|value| [value; 16]).concat();
        let values = if item == 7 { Err("struck by lightning") } else { Ok(values.as_slice()) };
        futures.take(&mut stress, item, values, options);
    }
    assert!(Verdict::of(&futures, &stress).is_none());
    assert_eq!(stress.failed(), 16);
    let (_, future, design) = futures.item(7);
    assert_eq!(stress.cells[future][design].failure.as_deref(), Some("struck by lightning"));
    let told = findings(&Account::new(&futures, &stress)).join(" ");
    assert!(told.contains("16 runs failed, so no share, regret, ranking or box is given"), "{told}");
}

#[test]
fn every_bundled_study_fits_the_place_designs() {
    let designs = ["place-fortress", "place-based", "place-block", "place-capitated"];
    let designs: Vec<Scenario> = designs.map(|name| Scenario::load(&BUNDLED, name).unwrap()).to_vec();
    for name in bundled::studies() {
        let shocks = Shocks::load(&BUNDLED, name).unwrap();
        let mut few = serde_json::from_str::<Value>(&shocks.resolved()).unwrap();
        few["points"] = json!({ "sobol": 2 });
        let shocks = Shocks::from_text(&BUNDLED, name, &few.to_string()).unwrap();
        let futures =
            Futures::new(&BUNDLED, shocks, designs.clone(), 1).unwrap_or_else(|faults| panic!("{name}: {faults}"));
        assert_eq!(futures.count() % 2, 0);
    }
    assert_eq!(bundled::studies().count(), 7);
}
