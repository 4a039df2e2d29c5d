//! The laws of the model, each on many random scenarios of every mix of parts.

use crate::random::schema::{offered, used};
use crate::random::{Maker, RULES, Without};
use crate::support::{FIRST_RUNS, SEED, bits, checked, free, setup, sixteen_runs, walk};
use commonground::experiment::{self, Level, Options, Sink, Watcher};
use commonground::model::dice::{Dice, Luck, Purpose};
use commonground::model::lanes::{LANES, Lanes};
use commonground::model::pool::{Claimant, Claims, Rationing};
use commonground::model::record::Record;
use commonground::model::rows::Packing;
use commonground::model::run::{Workspace, run};
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use commonground::scenario::file::File;
use commonground::scenario::text::Form;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;

/// Each scenario of a law, with its number.
pub(crate) fn scenarios(count: u64, without: Without) -> impl Iterator<Item = (u64, Value)> {
    (0..count).map(move |number| (number, Maker::new(number).scenario(without)))
}

#[test]
fn random_scenarios_have_no_faults_and_say_everything_that_a_scenario_can_say() {
    /// In so many of 300 scenarios at least.
    const OFTEN: usize = 5;
    /// Words for the reader; and columns of data, which are files beside the scenario.
    const LEFT_OUT: [&str; 10] =
        ["File.notes", "File.knobs", "Notes.", "Knob.", "Stop.", "Column.", "Csv.", "Mark=", "Missing=", "Separator="];
    let schema = File::schema();
    let mut counts: BTreeMap<String, usize> = offered(schema).into_iter().map(|field| (field, 0)).collect();
    for (number, scenario) in scenarios(300, Without::default()) {
        if let Err(faults) = checked(&scenario) {
            panic!("scenario {number}: {faults}");
        }
        for field in used(schema, &scenario) {
            *counts.get_mut(&field).unwrap_or_else(|| panic!("`{field}` is not offered")) += 1;
        }
    }
    let left_out = |field: &str| LEFT_OUT.iter().chain(&["Continuation."]).any(|name| field.starts_with(name));
    let rare: Vec<_> = counts.iter().filter(|(field, count)| **count < OFTEN && !left_out(field)).collect();
    assert!(rare.is_empty(), "random scenarios say too little of {rare:?}");
    assert!(counts.len() > 200, "only {} fields are offered", counts.len());
}

#[test]
fn a_rule_that_is_off_and_free_is_absent() {
    for (number, scenario) in scenarios(60, Without { rules: false, ..Without::default() }) {
        let whole = bits(&sixteen_runs(&setup(&scenario)));
        for name in RULES {
            let mut without = scenario.clone();
            let was_there = without["rules"].as_object_mut().unwrap().remove(name).is_some();
            let expected = if was_there { bits(&sixteen_runs(&setup(&without))) } else { whole.clone() };
            for (strength, placebo) in [(0.0, false), (0.7, true)] {
                let with = with_rule(&without, number, name, strength, placebo, &free());
                assert!(bits(&sixteen_runs(&setup(&with))) == expected, "scenario {number}: `{name}` leaves a trace");
            }
        }
    }
}

#[test]
fn a_placebo_with_a_cost_is_that_cost_and_nothing_else() {
    const COUNT: u64 = 30;
    let cost = json!({ "money": 1.5, "attention": 0.05 });
    let mut moved = 0;
    for (number, mut scenario) in scenarios(COUNT, Without::default()) {
        for name in RULES {
            scenario["rules"].as_object_mut().unwrap().remove(name);
            let off = bits(&sixteen_runs(&setup(&with_rule(&scenario, number, name, 0.0, false, &cost))));
            let placebo = bits(&sixteen_runs(&setup(&with_rule(&scenario, number, name, 0.9, true, &cost))));
            assert!(off == placebo, "scenario {number}: the placebo of `{name}` acts");
            moved += usize::from(bits(&sixteen_runs(&setup(&scenario))) != off);
        }
    }
    let cases = COUNT as usize * RULES.len();
    assert!(moved * 5 > cases * 4, "a cost of time and money was felt in {moved} of {cases} cases only");
}

/// The scenario with one more rule.
fn with_rule(scenario: &Value, number: u64, name: &str, strength: f64, placebo: bool, cost: &Value) -> Value {
    let mut copy = scenario.clone();
    let kinds: Vec<&str> = scenario["providers"].as_object().unwrap().keys().map(String::as_str).collect();
    let mut rule = Maker::new(number + 10_000).rule(name, &scenario["pools"], &kinds);
    rule["strength"] = json!(strength);
    rule["placebo"] = json!(placebo);
    rule["cost"] = cost.clone();
    copy["rules"][name] = rule;
    copy
}

#[test]
fn rules_move_no_draw_so_that_all_arms_meet_the_same_need() {
    const COUNT: u64 = 80;
    let mut compared = 0;
    for (number, scenario) in scenarios(COUNT, Without { upstream: true, rules: false }) {
        let mut bare = scenario.clone();
        bare["rules"] = json!({});
        let (with, bare) = (setup(&scenario), setup(&bare));
        let needs = |setup: &Setup| {
            let mut all: Vec<[u64; LANES]> = Vec::new();
            walk(setup, |_, _, after| {
                all.extend(after.providers.iter().map(|state| state.need_new.to_array().map(f64::to_bits)));
            });
            all
        };
        assert!(needs(&with) == needs(&bare), "scenario {number}: a rule shifts chance");
        compared += u64::from(bits(&sixteen_runs(&with)) != bits(&sixteen_runs(&bare)));
    }
    assert!(compared * 2 > COUNT, "the arms differed in {compared} of {COUNT} scenarios only");
}

#[test]
fn a_run_has_the_same_bits_in_any_lane_any_company_and_any_instruction_set() {
    for (number, scenario) in scenarios(60, Without::default()) {
        let setup = setup(&scenario);
        let in_order = run(&setup, SEED, FIRST_RUNS, InstructionSet::Baseline);
        for set in InstructionSet::available() {
            assert!(bits(&run(&setup, SEED, FIRST_RUNS, set)) == bits(&in_order), "scenario {number} on {set:?}");
        }
        let elsewhere = std::array::from_fn(|lane| [900 + lane as u64, 5][usize::from(lane == 11)]);
        let moved = run(&setup, SEED, elsewhere, InstructionSet::best());
        let alone = run(&setup, SEED, [5; LANES], InstructionSet::best());
        assert!(lane_bits(&in_order, 5) == lane_bits(&moved, 11), "scenario {number}: run 5 minds its company");
        assert!(lane_bits(&in_order, 5) == lane_bits(&alone, 3), "scenario {number}: run 5 minds being alone");
    }
}

#[test]
fn whether_runs_or_members_ride_in_the_lanes_changes_no_bit() {
    let mut crowds = 0;
    for (number, mut scenario) in scenarios(30, Without::default()) {
        for kind in scenario["providers"].as_object_mut().unwrap().values_mut() {
            // Some fill their lanes and some leave lanes or whole blocks empty.
            kind["count"] = json!(kind["count"].as_u64().unwrap_or(1) * (1 + number % 3 * 7));
        }
        let Ok(made) = checked(&scenario) else { continue };
        let setup = &made.setup;
        let run = |by_member: bool| {
            let mut workspace = Workspace::packed(setup, SEED, by_member);
            workspace.run(setup, [77; LANES], InstructionSet::best()); // leaves no trace
            bits(&workspace.run(setup, FIRST_RUNS, InstructionSet::best()))
        };
        assert!(run(true) == run(false), "scenario {number}: it matters what rides in the lanes");
        crowds += usize::from(setup.kinds().iter().all(|kind| kind.segments.len() == 1) && number % 3 > 0);
    }
    assert!(crowds > 5, "members rode in the lanes of {crowds} scenarios only");
}

#[test]
fn a_run_with_just_enough_gets_all_of_it_next_to_runs_that_are_rationed() {
    let who: Vec<Claimant> =
        (0..9).map(|i| Claimant { priority: i % 3, strength: [0.5, 1.7, 4.0][i as usize % 3] }).collect();
    let mut order: Vec<usize> = (0..who.len()).collect();
    order.sort_by_key(|i| who[*i].priority);
    let (dice, luck) = (Dice::new(&Packing::Runs([7; LANES])), Luck::of(SEED, "kind"));
    for step in 0..500 {
        let claims = dice.each(&luck, Purpose::Need, step, who.len());
        let total = claims.iter().fold(0.0, |sum, claim| sum + claim.lane(0));
        let available = Lanes::from_fn(|lane| if lane % 2 == 0 { total } else { 0.4 * total });
        for rationing in [Rationing::Proportional {}, Rationing::Priority {}, Rationing::Weight {}] {
            let mut shares = vec![Lanes::ZERO; who.len()];
            assert!(rationing.share_out(available, &Claims::new(claims.clone()), &who, &order, &mut shares));
            assert!(shares.iter().all(|share| share.lane(0) == 1.0), "{rationing:?}, case {step}");
            assert!(shares.iter().any(|share| share.lane(1) < 1.0), "{rationing:?}, case {step}");
        }
    }
}

/// The numbers of one run.
fn lane_bits(record: &Record, lane: usize) -> Vec<u64> {
    let all = record.series.iter().chain(&record.outcomes).chain([&record.collapse]);
    all.map(|lanes| lanes.lane(lane).to_bits()).collect()
}

/// Keeps the bits of every run in the order in which they come.
#[derive(Default)]
struct Kept(Vec<Vec<u64>>);

impl Sink for Kept {
    fn batch(&mut self, first: u64, arms: &[Record], lanes: usize) -> io::Result<()> {
        for lane in 0..lanes {
            self.0.push(std::iter::once(first).chain(arms.iter().flat_map(|arm| lane_bits(arm, lane))).collect());
        }
        Ok(())
    }
}

/// Lets every run be done.
struct Patience;

impl Watcher for Patience {
    fn done(&self, _: u64) {}
    fn stop(&self) -> bool {
        false
    }
}

#[test]
fn an_experiment_has_the_same_bytes_on_any_number_of_threads() {
    for (number, scenario) in scenarios(8, Without::default()) {
        let mut bare = scenario.clone();
        bare["rules"] = json!({});
        let (bare, ruled) = (setup(&bare), setup(&scenario));
        let on = |threads: usize| {
            let options = Options {
                seed: SEED,
                runs: 150,
                precision: None,
                level: Level::USUAL,
                instructions: InstructionSet::best(),
            };
            let mut kept = Kept::default();
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let arms = [&bare, &ruled];
            let ensemble = pool.install(|| experiment::run(&arms, options, &mut kept, &Patience)).unwrap();
            (format!("{ensemble:?}"), kept.0)
        };
        let (summary, runs) = on(1);
        assert_eq!(runs.len(), 150);
        for threads in [2, 3] {
            let (other_summary, other_runs) = on(threads);
            assert!(runs == other_runs, "scenario {number}: runs differ on {threads} threads");
            assert!(summary == other_summary, "scenario {number}: the summary differs on {threads} threads");
        }
    }
}
