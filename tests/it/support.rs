//! What the tests of the engine share: one small scenario to start from, ways to change it, run it and read it. Every scenario
//! goes through text and the public parser, as a user's file does. And the files that a command leaves, to be compared.

use commonground::model::lanes::{LANES, Lanes};
use commonground::model::look::{Look, Stepper};
use commonground::model::measure::{outcome_measures, series_measures};
use commonground::model::record::Record;
use commonground::model::rows::Packing;
use commonground::model::run::run;
use commonground::model::setup::{Parts, Setup};
use commonground::model::simd::InstructionSet;
use commonground::scenario::Scenario;
use commonground::scenario::text::{Address, Store};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Seed of every run in these tests.
pub(crate) const SEED: u64 = 20_261_122;

/// The run numbers 0 to 15, one a lane.
pub(crate) const FIRST_RUNS: [u64; LANES] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// A store that holds one text under every name.
struct OneText(String);

impl Store for OneText {
    fn read(&self, _: &Address) -> io::Result<Vec<u8>> {
        Ok(self.0.clone().into_bytes())
    }
    fn neighbours(&self, _: &Address) -> Vec<String> {
        Vec::new()
    }
    fn bundled(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// The checked scenario of a value; its faults in words if it has any.
pub(crate) fn checked(value: &Value) -> Result<Scenario, String> {
    Scenario::load(&OneText(format!("{value:#}")), "test.json").map_err(|faults| faults.to_string())
}

/// The setup of a value that must be without fault.
pub(crate) fn setup(value: &Value) -> Setup {
    checked(value).unwrap_or_else(|faults| panic!("{faults}\n{value:#}")).setup
}

/// The same setup with its parts changed.
pub(crate) fn changed(setup: &Setup, change: impl FnOnce(&mut Parts)) -> Setup {
    let mut parts = setup.parts();
    change(&mut parts);
    Setup::new(parts).unwrap_or_else(|misfits| panic!("{misfits:?}"))
}

/// The first sixteen runs.
pub(crate) fn sixteen_runs(setup: &Setup) -> Record {
    run(setup, SEED, FIRST_RUNS, InstructionSet::best())
}

/// Walks the first sixteen runs step by step and shows how things stand before and after each step.
pub(crate) fn walk(setup: &Setup, mut look: impl FnMut(u32, &Look, &Look)) -> Look {
    let mut stepper = Stepper::new(setup, SEED, &Packing::Runs(FIRST_RUNS), InstructionSet::best());
    let mut before = stepper.look();
    for step in 0..setup.steps() {
        stepper.pass();
        let after = stepper.look();
        look(step, &before, &after);
        before = after;
    }
    before
}

/// Every number that a record holds, bit by bit.
pub(crate) fn bits(record: &Record) -> Vec<u64> {
    let all = record.series.iter().chain(&record.outcomes).chain([&record.collapse]);
    all.flat_map(|lanes| lanes.to_array().map(f64::to_bits)).collect()
}

/// The outcome of that key in each of sixteen runs.
pub(crate) fn outcome(setup: &Setup, record: &Record, key: &str) -> Lanes {
    let position = outcome_measures(setup).iter().position(|measure| measure.key == key);
    record.outcomes[position.unwrap_or_else(|| panic!("there is no outcome `{key}`"))]
}

/// The series of that key in run 0, one value a recorded step.
pub(crate) fn series(setup: &Setup, record: &Record, key: &str) -> Vec<f64> {
    let measures = series_measures(setup);
    let position = measures.iter().position(|measure| measure.key == key);
    let first = position.unwrap_or_else(|| panic!("there is no series `{key}`"));
    record.series.iter().skip(first).step_by(measures.len()).map(|lanes| lanes.lane(0)).collect()
}

/// The mean of sixteen runs.
pub(crate) fn mean(lanes: Lanes) -> f64 {
    lanes.to_array().iter().sum::<f64>() / LANES as f64
}

/// A copy in which the value at each JSON pointer is another one; objects on the way are made where they are missing.
pub(crate) fn with<const N: usize>(value: &Value, changes: [(&str, Value); N]) -> Value {
    let mut copy = value.clone();
    for (pointer, new) in changes {
        let mut place = &mut copy;
        for key in pointer.split('/').skip(1) {
            place = &mut place[key];
        }
        *place = new;
    }
    copy
}

/// A pasture of ten fixed users who take the most that it can give: nothing optional, every number a round one.
pub(crate) fn pasture() -> Value {
    json!({
        "title": "Test pasture", "question": "What happens?", "sources": ["made for a test"], "assumptions": [],
        "time": { "steps": 40, "unit": "season", "steps_per_year": 1 },
        "pools": { "pasture": {
            "unit": "tonnes", "capacity": 100, "start": 1, "growth": { "logistic": { "rate": 1 } },
            "production": { "schaefer": { "catchability": 0.01 } }, "loses": { "yield": 1 },
            "rationing": { "proportional": {} }, "collapse": 0.2, "refuge": 0
        } },
        "providers": { "herder": herders() },
        "society": society(),
        "rules": {}
    })
}

fn herders() -> Value {
    json!({
        "count": 10, "size": 50, "plan": 1, "levels": { "from": 0, "to": 3, "count": 7 }, "uses": { "pasture": 1 },
        "cost": { "per_effort": 0.2, "fixed": 0, "convex": 0, "change_per_year": 0 },
        "motivation": 0, "worth": 1, "norm": { "weight": 0, "imposed": 0 },
        "behaviour": { "fixed": { "level": 1, "upstream": 0 } }, "payment": tariff(1.0)
    })
}

/// A society that sees little and in which trust stands still.
pub(crate) fn society() -> Value {
    json!({
        "coverage": 0.1, "noise": 0, "lag": 0, "trust": 0.5, "trust_gain": 0, "trust_loss": 0, "resentment": 0,
        "tolerance": 0.05, "risk_learning": 0.2
    })
}

/// A price for each unit, however many.
pub(crate) fn tariff(price: f64) -> Value {
    json!({ "tariff": { "price": price, "baseline": 1e9, "marginal_rate": 1, "change_per_year": 0 } })
}

/// A learner that weighs what it did and what it might have done alike and chooses sharply.
pub(crate) fn learner() -> Value {
    json!({ "learner": {
        "memory": 0.7, "foregone": 1, "cumulation": 0, "unplayed": "fade", "choice_sharpness": 20, "habit": 0
    } })
}

/// A price of nothing.
pub(crate) fn free() -> Value {
    json!({ "money": 0, "attention": 0 })
}

/// Every file under a folder by its path in it, the hidden too.
pub(crate) fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            found.insert(path.strip_prefix(folder).unwrap().to_path_buf(), fs::read(&path).unwrap());
        }
    }
    found
}
