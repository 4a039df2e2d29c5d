//! The library as a stranger's code uses it: the prelude against the command line, and against whatever it may be given.

use super::cli::{ended, folder_with};
use commonground::experiment::{self, Level, Options};
use commonground::model::benchmark::Benchmark;
use commonground::model::measure::{outcome_measures, series_measures, year_measures};
use commonground::model::record::Record;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use commonground::prelude::*;
use commonground::scenario::bundled;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const FINE: &str = "/rules/graduated_sanctions/fine";

fn pasture() -> Scenario {
    Scenario::bundled("pasture-ostrom").unwrap()
}

#[test]
fn fines_raise_the_stock_run_by_run_as_the_command_line_has_it() {
    let mut means = Vec::new();
    for fine in [0.0, 0.1, 0.3, 1.0] {
        let outcomes = pasture().set(FINE, fine).unwrap().run(Runs::of(48).seed(9));
        let stock = outcomes.outcome(Measure::STOCK_MEAN).unwrap();
        assert_eq!(stock.values().unwrap(), of_the_command(fine), "fine {fine}");
        means.push(stock.mean_interval().unwrap());
    }
    assert!(means.is_sorted_by(|less, more| less.high < more.low), "{means:?}");
}

/// The mean stock of each run, as `run` writes it.
fn of_the_command(fine: f64) -> Vec<f64> {
    let folder = tempfile::tempdir().unwrap();
    let change = format!("{FINE}={fine}");
    let run = ["run", "pasture-ostrom", "--runs", "48", "--seed", "9", "--set", &change, "--out", "out", "--quiet"];
    assert_eq!(ended(folder.path(), &run).code, Some(0));
    let mut rows = csv::Reader::from_path(folder.path().join("out/runs.csv")).unwrap();
    let column = rows.headers().unwrap().iter().position(|name| name == "stock_mean").unwrap();
    rows.records().map(|row| row.unwrap()[column].parse().unwrap()).collect()
}

#[test]
fn differences_are_those_of_an_ensemble_of_both() {
    let arms = [Scenario::bundled("pasture-fortress").unwrap(), pasture()];
    let setups = [&arms[0].setup, &arms[1].setup];
    let options =
        Options { seed: 3, runs: 40, precision: None, level: Level::USUAL, instructions: InstructionSet::best() };
    let ensemble = experiment::run(&setups, options, &mut Unheard, &Unheard).unwrap();
    let outcomes = compare(&arms, Runs::of(40).seed(3)).unwrap();
    let apart = arms[1].run(Runs::of(50).seed(3));
    for (measure, pairs) in ensemble.arms[0].measures.iter().zip(&ensemble.differences[0]) {
        let Some(pairs) = pairs else { continue };
        for second in [&outcomes[1], &apart] {
            let difference = second.difference(&outcomes[0], measure).unwrap();
            assert_eq!(difference.mean(), pairs.differences().mean(), "{}", measure.key);
            assert_eq!(difference.count(), pairs.count(), "{}", measure.key);
            assert_eq!(difference.share_above().map_or(0.0, |chance| chance.share) * 40.0, pairs.above() as f64);
        }
    }
}

/// Writes nothing and never stops.
struct Unheard;

impl experiment::Sink for Unheard {
    fn batch(&mut self, _: u64, _: &[Record], _: usize) -> std::io::Result<()> {
        Ok(())
    }
}

impl experiment::Watcher for Unheard {
    fn done(&self, _: u64) {}

    fn stop(&self) -> bool {
        false
    }
}

#[test]
fn every_measure_has_a_constant_and_every_constant_is_measured() {
    let mut setups: Vec<Setup> = bundled::all().map(|name| Scenario::bundled(&name).unwrap().setup).collect();
    let short = Scenario::bundled("place-fortress").unwrap().with_steps(6).unwrap();
    let loss = json!({ "stock_loss": { "pool": "capacity", "when": { "at": 3 }, "size": 0.1 } });
    let bonus = json!({ "amount": 1, "balance": "own", "target": 0 });
    let rare = json!({ "shocks": { "loss": loss }, "providers": { "acute": { "bonus": bonus } } });
    setups.push(short.extended(rare).unwrap().setup);
    setups.push(Benchmark::measured(&short.setup, InstructionSet::best()));
    let of_all = setups.iter().flat_map(|setup| [outcome_measures, series_measures, year_measures].map(|of| of(setup)));
    let measured: BTreeSet<String> =
        of_all.flatten().map(|measure| measure.key.split('.').next().unwrap().to_owned()).collect();
    let named: BTreeSet<String> = Measure::NAMES.iter().map(ToString::to_string).collect();
    assert_eq!(measured, named);
}

#[test]
fn a_scenario_with_data_is_changed_without_a_disk() {
    let data = "need\n10\n20\n30\n40\n50\n60\n";
    let folder = folder_with("need.csv", data);
    let file = folder.path().join("mine.json");
    let column = json!({ "csv": { "file": "need.csv", "column": "need" }, "times": 1 });
    let text = json!({ "extends": "place-fortress", "time": { "steps": 6 },
        "providers": { "acute": { "need": { "level": column } } } });
    fs::write(&file, text.to_string()).unwrap();
    let scenario = Scenario::open(&file).unwrap();
    drop(folder);
    let shorter = scenario.with_steps(4).unwrap().set("/society/trust", 0.9).unwrap();
    assert_eq!(shorter.setup.steps(), 4);
    let longer = scenario.with_steps(7).unwrap_err().to_string();
    assert!(longer.contains("column `need` has 6 values and the run 7 steps"), "{longer}");
    let other = scenario.set("/providers/acute/need/level/csv/file", "other.csv").unwrap_err().to_string();
    assert!(other.contains("other.csv"), "{other}");
}

#[test]
fn what_comes_with_the_program_and_text_at_hand_never_reach_the_disk() {
    let folder = folder_with("mine.json", r#"{ "extends": "pasture-ostrom" }"#);
    let file = folder.path().join("mine.json");
    let path = file.to_str().unwrap();
    assert!(Scenario::open(path).is_ok());
    assert!(Scenario::bundled(path).is_err());
    assert!(Scenario::from_value("text", &json!({ "extends": path })).is_err());
}

#[test]
fn every_fault_comes_back_as_one_error_with_its_place() {
    let wrong =
        json!({ "extends": "pasture-ostrom", "time": { "steps": 0 }, "providers": { "herder": { "motivaton": 1 } } });
    let faults = Scenario::from_value("mine", &wrong).unwrap_err();
    let places: Vec<&str> = faults.faults.iter().map(|fault| fault.place.as_str()).collect();
    assert_eq!(places, ["time.steps", "providers.herder.motivaton"]);
    let said = |faults: Result<Scenario, Faults>| faults.unwrap_err().to_string();
    let several = pasture().extended(json!({ "time": { "steps": -1 }, "society": { "trust": 2 }, "extends": "x" }));
    assert!(said(several).starts_with("3 faults in bundled pasture-ostrom.json"));
    assert!(said(pasture().set(FINE, f64::NAN)).contains("rules.graduated_sanctions.fine"));
    for pointer in ["", "/", "rules", "/rules/graduated_sanctions/fin", "/title/x", "/rules/~2"] {
        said(pasture().set(pointer, 1));
    }
    for patch in [json!(null), json!([1]), json!("x"), json!({ "time": null })] {
        said(pasture().extended(patch));
    }
    for text in ["", "{", "[]", "null", "{\"extends\": 3}", "{\"extends\": \"mine\"}"] {
        said(Scenario::from_json("mine", text));
    }
}

#[test]
fn odd_numbers_of_runs_and_measures_that_are_not_there_do_no_harm() {
    let none = pasture().run(Runs::of(0).with_course());
    let stock = none.outcome(Measure::STOCK_MEAN).unwrap();
    assert_eq!((none.runs(), stock.mean(), stock.quantile(0.5)), (0, None, None));
    assert!(stock.mean_interval().is_none() && stock.chance_below(1.0).is_none());
    assert_eq!(none.difference(&none, Measure::STOCK_MEAN).unwrap().mean(), None);
    for width in [f64::NAN, -1.0, 0.0] {
        assert_eq!(pasture().run(Runs::until(width).at_most(70)).runs(), 70);
    }
    let one = pasture().run(Runs::of(1));
    assert!(one.outcome(Measure::STOCK_MEAN).unwrap().mean_interval().is_none());
    for name in ["", "@year1", "stock_mean@year1", "welfare@year999", "welfare@", "welfare.herder", "🐑"] {
        assert!(one.outcome(name).is_err(), "{name}");
        assert!(one.series(name).is_err(), "{name}");
    }
    let welfare = one.outcome(Measure::WELFARE_SHARE).unwrap_err().to_string();
    assert!(welfare.contains("Runs::with_benchmark"), "{welfare}");
    let of_year = one.difference(&one, Measure::WELFARE.in_year(2)).unwrap_err().to_string();
    assert!(of_year.contains("Runs::with_course"), "{of_year}");
    let other_luck = one.difference(&pasture().run(Runs::of(1).seed(2)), Measure::WELFARE).unwrap_err().to_string();
    assert!(other_luck.contains("was run with the seed 2"), "{other_luck}");
    let longer = pasture().with_steps(61).unwrap();
    let calendars = compare([&pasture(), &longer], Runs::of(1)).unwrap_err().to_string();
    assert!(calendars.contains("60 seasons") && calendars.contains("61 seasons"), "{calendars}");
    assert!(compare([], Runs::of(1)).unwrap().is_empty());
}

#[test]
fn the_course_of_every_run_is_kept_where_it_is_asked_for() {
    let outcomes = pasture().run(Runs::of(20).with_course());
    let stock = outcomes.series(Measure::STOCK.of("pasture")).unwrap();
    let points: Vec<(u32, Measured<'_>)> = stock.points().collect();
    assert_eq!((points.len(), points[0].0, points[59].0), (60, 1, 60));
    let last = points[59].1.values().unwrap();
    assert_eq!(last, outcomes.outcome(Measure::STOCK_END).unwrap().values().unwrap());
    assert_eq!(outcomes.outcome(Measure::WELFARE.in_year(7)).unwrap().values().unwrap().len(), 20);
    let plain = pasture().run(Runs::of(20));
    assert!(plain.series("stock.pasture").unwrap().points().all(|(_, point)| point.values().is_none()));
}

#[test]
fn payments_after_the_end_are_left_out_of_a_shorter_run() {
    let place = Scenario::bundled("place-fortress+uniting-care").unwrap();
    let shorter = place.with_steps(12).unwrap();
    let mut of_setup = place.clone();
    of_setup.setup = place.setup.with_steps(12).unwrap();
    let welfare =
        |scenario: &Scenario| scenario.run(Runs::of(16)).outcome(Measure::WELFARE).unwrap().values().unwrap().to_vec();
    assert_eq!(welfare(&shorter), welfare(&of_setup));
}

#[test]
fn a_rule_of_ones_own_that_does_nothing_changes_no_bit() {
    let many = pasture().set("/providers/herder/count", 2100).unwrap().with_steps(4).unwrap();
    for scenario in [pasture(), many] {
        let (with, without) = (scenario.run_under(Runs::of(17), |_, _, _| ()), scenario.run(Runs::of(17)));
        assert_eq!(with.summary(), without.summary());
    }
}

#[test]
fn a_rule_of_ones_own_acts_from_the_stage_on_in_which_it_stands() {
    let (high, low) = (pasture().set(FINE, 0.6).unwrap(), pasture().set(FINE, 0.3).unwrap());
    let doubled = |_: &Moment<'_>, stage: &'static str, place: &mut Place| {
        if stage == "inform" {
            place.fine *= 2.0;
        }
    };
    assert_eq!(low.run_under(Runs::of(20), doubled).summary(), high.run(Runs::of(20)).summary());
}

#[test]
fn the_readme_shows_the_sweep_that_runs() {
    let read = |file| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let (readme, example) = (read("README.md"), read("examples/sweep.rs"));
    let code = &example[example.find("use commonground").unwrap()..];
    assert!(readme.contains(&format!("```rust\n{code}```")), "README.md does not show examples/sweep.rs as it is");
}

/// A field that the file leaves out is added where the schema knows it, as a file that extends this one would; of nothing else.
#[test]
fn a_field_that_is_left_out_is_added_and_an_unknown_one_is_not() {
    let added = pasture().set("/time/warm_up", 20).unwrap().set("/society/patience", 0.5).unwrap();
    let written = pasture().extended(json!({ "time": { "warm_up": 20 }, "society": { "patience": 0.5 } })).unwrap();
    assert_eq!(added.resolved(), written.resolved());
    assert!(added.resolved().contains("\"warm_up\": 20"));
    let place = Scenario::bundled("place-fortress").unwrap();
    let kinds = place.document().pointers("/providers/*").len();
    let reviewed = place.set("/providers/*/reviews", json!({ "chance": 0.5, "most_change": 0.1 })).unwrap();
    assert!(kinds > 1 && place.document().pointers("/providers/*/reviews").is_empty());
    assert_eq!(reviewed.document().pointers("/providers/*/reviews").len(), kinds);
    for (pointer, words) in [
        ("/time/warm_pu", "there is no `warm_pu` in `time`; did you mean `warm_up`?"),
        ("/time/zzz", "and may have `warm_up`"),
        ("/pools/new", "there is no `new` in `pools`"),
        ("/nowhere/patience", "there is no `nowhere` in the scenario"),
        ("/providers/*/motivaton", "it leads nowhere"),
    ] {
        let refused = pasture().set(pointer, 1).unwrap_err().to_string();
        assert!(refused.contains(words), "{pointer}: {refused}");
    }
}
