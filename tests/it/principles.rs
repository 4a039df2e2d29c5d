//! Which rule matters: combinations of rules that ride side by side are what scenario files with those rules are, and the
//! command that tells what each rule is worth.

use crate::cli::{FEW, ended};
use crate::laws::scenarios;
use crate::random::{Maker, RULES, Without};
use crate::support::{SEED, setup};
use commonground::experiment::principles::{self, Method, Principles, Question, Trial};
use commonground::experiment::{Level, Options, Watcher};
use commonground::model::lanes::{LANES, Mask};
use commonground::model::record::Record;
use commonground::model::rule::RuleName;
use commonground::model::run::run;
use commonground::model::simd::InstructionSet;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use serde_json::{Value, json};
use std::fs;
use tempfile::tempdir;

/// The scenario with those of its rules deleted for which `keep` is false.
fn without(scenario: &Value, keep: impl Fn(&str) -> bool) -> Value {
    let mut copy = scenario.clone();
    copy["rules"].as_object_mut().unwrap().retain(|name, _| keep(name));
    copy
}

/// A random scenario with every rule there is.
fn with_all_rules(number: u64, mut scenario: Value) -> Value {
    let kinds: Vec<String> = scenario["providers"].as_object().unwrap().keys().cloned().collect();
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    let mut maker = Maker::new(number + 20_000);
    for name in RULES {
        scenario["rules"][name] = maker.rule(name, &scenario["pools"].clone(), &kinds);
    }
    scenario
}

fn lane(record: &Record, lane: usize) -> Vec<u64> {
    let all = record.series.iter().chain(&record.outcomes).chain([&record.collapse]);
    all.map(|lanes| lanes.lane(lane).to_bits()).collect()
}

#[test]
fn a_lane_with_some_of_the_rules_is_the_scenario_without_the_others() {
    let mut differ = 0;
    for (number, scenario) in scenarios(40, Without { rules: true, ..Without::default() }) {
        let scenario = with_all_rules(number, scenario);
        let whole = setup(&scenario);
        // Lane 0 has no rule, lane 15 all; each other its own mixture, another in every scenario.
        let has = |lane: usize, rule: usize| match lane {
            0 => false,
            15 => true,
            _ => (lane as u64 * 37 + number * 11) >> (rule % 7) & 1 == 1,
        };
        let rules = whole.rules().only(|name| {
            let rule = RULES.iter().position(|key| *key == name.key()).unwrap();
            Mask::from_fn(|lane| has(lane, rule))
        });
        let side_by_side = whole.with_rules(rules);
        let record = run(&side_by_side, SEED, [number; LANES], InstructionSet::best());
        for number_of_lane in [0, 1 + number as usize % 7, 8 + number as usize % 7, 15] {
            let key_is_in = |key: &str| has(number_of_lane, RULES.iter().position(|name| *name == key).unwrap());
            let alone = setup(&without(&scenario, key_is_in));
            let expected = run(&alone, SEED, [number; LANES], InstructionSet::best());
            assert!(
                lane(&record, number_of_lane) == lane(&expected, 3),
                "scenario {number}, lane {number_of_lane}: {:?}",
                RULES.iter().filter(|key| key_is_in(key)).collect::<Vec<_>>()
            );
        }
        differ += usize::from(lane(&record, 0) != lane(&record, 15));
    }
    assert!(differ > 30, "the rules were felt in {differ} of 40 scenarios only");
}

/// Lets every run be done.
struct Patience;

impl Watcher for Patience {
    fn done(&self, _: u64) {}
    fn stop(&self) -> bool {
        false
    }
}

fn ostrom() -> Scenario {
    Scenario::load(&BUNDLED, "pasture-ostrom").unwrap()
}

fn options(runs: u64) -> Options {
    Options { seed: SEED, runs, precision: None, level: Level::USUAL, instructions: InstructionSet::best() }
}

fn asked(runs: u64, orders: Option<u32>, threads: usize) -> Principles {
    let scenario = ostrom();
    let question = Question::new(&scenario.setup, &["stock_end".into(), "margin".into()], orders).unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| principles::run(&scenario.setup, &question, options(runs), &Patience))
}

/// The governed pasture with users from outside, whom a boundary keeps out and whom the herders reckon with in their votes.
fn pasture_with_outsiders() -> Value {
    let mut file: Value = serde_json::from_str(&ostrom().resolved()).unwrap();
    file["outside"] =
        json!({ "pool": "pasture", "effort": 12, "limit": 25, "price": 1, "cost": 0.2, "entry": 0.1, "crossing": 0.1 });
    file["rules"]["boundary"] = json!({
        "strength": 0.9, "cost": { "money": 0.1, "attention": 0.01 }, "shut_out": 0.8, "counted": 1
    });
    file
}

#[test]
fn an_item_gives_the_same_numbers_as_scenario_files_with_rules_left_out() {
    for (file, runs_at_once) in
        [(serde_json::from_str(&ostrom().resolved()).unwrap(), 2), (pasture_with_outsiders(), 1)]
    {
        let whole = setup(&file);
        let question = Question::new(&whole, &["stock_end".into()], None).unwrap();
        let trial = Trial::new(&whole, &question, options(100));
        assert_eq!(trial.runs_at_once(), runs_at_once);
        let rows = trial.perform(3);
        for (row, numbers) in rows.chunks_exact(trial.width()).enumerate() {
            let number = 3 * trial.runs_at_once() + row as u64;
            for coalition in question.design.listed() {
                let keys: Vec<&str> = question.design.rules_in(coalition).map(RuleName::key).collect();
                let alone = setup(&without(&file, |key| keys.contains(&key)));
                let expected = run(&alone, SEED, [number; LANES], InstructionSet::best()).outcomes[0].lane(0);
                assert_eq!(numbers[coalition as usize], expected, "run {number}, rules {keys:?}");
            }
        }
    }
}

#[test]
fn values_are_the_same_on_any_number_of_threads_and_sum_to_what_all_rules_do() {
    let one = asked(70, None, 1);
    assert_eq!(format!("{one:?}"), format!("{:?}", asked(70, None, 3)));
    assert_eq!(one.design.method(), Method::Exact);
    for effects in &one.effects {
        let sum: f64 = effects.shapley.iter().map(|value| value.mean().unwrap()).sum();
        let together = effects.together.mean().unwrap();
        assert!((sum - together).abs() < 1e-9, "{}: {sum} is not {together}", effects.measure.key);
        let of_sizes: Vec<u32> = effects.best.iter().map(principles::Best::size).collect();
        assert_eq!(of_sizes, [0, 1, 2, 3]);
        assert!(effects.best.iter().all(|best| best.worth.count() == 35), "half of the runs judge the best");
    }
}

#[test]
fn random_orders_tell_what_all_combinations_tell() {
    let (exact, sampled) = (asked(70, None, 2), asked(70, Some(6), 2));
    assert_eq!(sampled.design.method(), Method::Orders(6));
    let (exact, sampled) = (&exact.effects[0], &sampled.effects[0]);
    assert_eq!(exact.together, sampled.together);
    assert_eq!((&exact.added, &exact.removed), (&sampled.added, &sampled.removed));
    for (exact, sampled) in exact.shapley.iter().zip(&sampled.shapley) {
        let error = (exact.mean().unwrap() - sampled.mean().unwrap()).abs();
        assert!(error < 4.0 * sampled.standard_error().unwrap(), "{error}");
    }
}

#[test]
fn the_command_tells_values_and_leaves_a_folder() {
    let folder = tempdir().unwrap();
    let arguments = ["principles", "pasture-ostrom", "--measure", "stock_end,margin", "--out", "here"];
    let told = ended(folder.path(), &[&arguments[..], &FEW[..]].concat());
    assert_eq!(told.code, Some(0), "{}", told.words);
    for words in ["\nBetter   ", "Collective choice", "Graduated sanctions", "Measures", "\nDepends  "] {
        assert!(told.results.contains(words), "{words}: {}", told.results);
    }
    assert!(told.results.lines().all(|line| line.chars().count() <= 80), "{}", told.results);
    let read = |name: &str| fs::read_to_string(folder.path().join("here").join(name)).unwrap();
    assert_eq!(read("shapley.csv").lines().count(), 1 + 2 * 3);
    assert_eq!(read("interactions.csv").lines().count(), 1 + 2 * 3);
    assert_eq!(read("subsets.csv").lines().count(), 1 + 2 * 8);
    let manifest: Value = serde_json::from_str(&read("manifest.json")).unwrap();
    assert_eq!((&manifest["runs"], &manifest["seed"]), (&32.into(), &1.into()));
    for file in manifest["files"].as_array().unwrap() {
        assert!(folder.path().join("here").join(file.as_str().unwrap()).exists(), "{file}");
    }
    for chart in ["shapley-stock_end", "first-and-last-stock_end", "interactions-margin", "best-sets-margin", "costs"] {
        assert!(folder.path().join(format!("here/charts/{chart}.svg")).exists(), "{chart}");
    }
}

#[test]
fn what_cannot_be_asked_is_refused_with_a_way_out() {
    let folder = tempdir().unwrap();
    for (arguments, words) in [
        (&["pasture-ostrom", "--measure", "stock_ent"][..], "did you mean `stock_end`?"),
        (&["pasture-ostrom", "--measure", "happiness"][..], "there are stock_end, stock_mean"),
        (&["pasture-fortress"][..], "no rules to tell apart"),
        (&["pasture-ostrom", "--permutations", "0"][..], "a whole number from 1 to 10000 is needed"),
    ] {
        let told = ended(folder.path(), &[&["principles"], arguments].concat());
        assert_eq!(told.code, Some(2), "{arguments:?}");
        assert!(told.words.split_whitespace().collect::<Vec<_>>().join(" ").contains(words), "{}", told.words);
    }
    assert!(!folder.path().join("results").exists());
}
