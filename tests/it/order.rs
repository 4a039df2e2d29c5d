//! The order in which a file lists its kinds and pools is for the reader: runs come to the same in any, bit by bit.

use crate::laws::scenarios;
use crate::random::Without;
use crate::support::{SEED, checked, outcome, setup, sixteen_runs};
use commonground::model::measure::{outcome_measures, series_measures};
use commonground::model::record::Record;
use commonground::model::setup::Setup;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::{self, BUNDLED};
use commonground::scenario::text::Disk;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The same scenario with kinds and pools in the opposite order; but the pool that findings are about, the first that renews
/// itself, comes first of all.
fn turned(scenario: &Value, setup: &Setup) -> Value {
    let mut turned = scenario.clone();
    let main = &setup.pools()[setup.main_pool()].name;
    for list in ["providers", "pools"] {
        let is_main = |name: &str| list == "pools" && name == main;
        let all = scenario[list].as_object().unwrap();
        let (first, rest) = (all.iter().filter(|(name, _)| is_main(name)), all.iter().rev());
        let rest = rest.filter(|(name, _)| !is_main(name));
        let parts: Map<String, Value> = first.chain(rest).map(|(name, part)| (name.clone(), part.clone())).collect();
        turned[list] = Value::Object(parts);
    }
    turned
}

/// How many kinds or pools it has, whichever is more.
fn parts(scenario: &Value) -> usize {
    ["providers", "pools"].map(|list| scenario[list].as_object().unwrap().len()).into_iter().max().unwrap_or(0)
}

/// Every number of sixteen runs, bit by bit, under the key of its measure.
fn by_key(setup: &Setup, record: &Record) -> BTreeMap<String, Vec<u64>> {
    let mut all: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    let series = series_measures(setup);
    for (position, lanes) in record.series.iter().enumerate() {
        let of = all.entry(format!("series {}", series[position % series.len()].key)).or_default();
        of.extend(lanes.to_array().map(f64::to_bits));
    }
    for measure in outcome_measures(setup) {
        all.insert(measure.key.clone(), outcome(setup, record, &measure.key).to_array().map(f64::to_bits).to_vec());
    }
    all
}

fn assert_alike(name: &str, value: &Value) {
    let one = setup(value);
    let other = setup(&turned(value, &one));
    let (one, other) = (by_key(&one, &sixteen_runs(&one)), by_key(&other, &sixteen_runs(&other)));
    assert!(one.keys().eq(other.keys()), "{name}: the measures differ");
    for (key, numbers) in &one {
        assert!(
            numbers == &other[key],
            "{name}: it matters to `{key}` in which order kinds and pools stand (seed {SEED})"
        );
    }
}

#[test]
fn every_bundled_scenario_comes_to_the_same_in_any_order_of_kinds_and_pools() {
    let mut compared = 0;
    for name in bundled::all() {
        let scenario = Scenario::load(&Disk { bundled: BUNDLED }, &name).unwrap();
        let value: Value = serde_json::from_str(&scenario.resolved()).unwrap();
        if parts(&value) > 1 && checked(&value).is_ok() {
            assert_alike(&name, &value);
            compared += 1;
        }
    }
    assert!(compared > 30, "{compared} scenarios with several kinds or pools");
}

#[test]
fn random_scenarios_come_to_the_same_in_any_order_of_kinds_and_pools() {
    let several = scenarios(150, Without::default()).filter(|(_, value)| parts(value) > 1);
    let mut compared = 0;
    for (number, value) in several {
        assert_alike(&format!("scenario {number}"), &value);
        compared += 1;
    }
    assert!(compared > 100, "{compared} scenarios with several kinds or pools");
}
