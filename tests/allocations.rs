//! A run allocates what it leaves behind and nothing else: not in a step, not in a meeting, not for the next sixteen runs.
//!
//! It is a program of its own, since it counts through the allocator of the whole program.

use allocation_counter::measure;
use commonground::model::benchmark::Benchmark;
use commonground::model::lanes::LANES;
use commonground::model::look::Stepper;
use commonground::model::record::Record;
use commonground::model::rows::Packing;
use commonground::model::run::Workspace;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::{self, BUNDLED};
use commonground::scenario::text::Disk;

/// Enough for two meetings of those who meet once a year.
const STEPS: u32 = 25;

fn short(name: &str, steps: u32) -> Setup {
    let scenario = Scenario::load(&Disk { bundled: BUNDLED }, name).unwrap_or_else(|faults| panic!("{faults}"));
    scenario.setup.with_steps(steps).unwrap_or_else(|misfits| panic!("{name}: {misfits:?}"))
}

/// Lists of a record that hold anything: one piece of memory each.
fn lists(record: &Record) -> u64 {
    [&record.series, &record.years, &record.outcomes].iter().filter(|list| !list.is_empty()).count() as u64
}

/// How often a run allocates, beyond what the record that it leaves behind is made of.
fn beyond_its_record(workspace: &mut Workspace, setup: &Setup, first: u64) -> u64 {
    let runs = std::array::from_fn(|lane| first + lane as u64);
    let mut record = None;
    let counted = measure(|| record = Some(workspace.run(setup, runs, InstructionSet::best())));
    let record = record.expect("a run leaves a record");
    counted.count_total - lists(&record)
}

#[test]
fn a_run_allocates_its_record_and_nothing_else_however_many_steps_it_has() {
    for name in bundled::all() {
        for steps in [STEPS, 2 * STEPS] {
            let setup = short(&name, steps);
            let mut workspace = Workspace::new(&setup, 1);
            for first in [0, 16] {
                assert_eq!(
                    beyond_its_record(&mut workspace, &setup, first),
                    0,
                    "{name}, {steps} steps, from run {first}"
                );
            }
        }
    }
}

#[test]
fn a_step_allocates_nothing_whatever_rides_in_the_lanes() {
    for name in bundled::all() {
        let setup = short(&name, STEPS);
        for packing in [Packing::Runs(std::array::from_fn(|lane| lane as u64)), Packing::Members(7)] {
            let mixed = setup.kinds().iter().any(|kind| kind.segments.len() > 1);
            if mixed && matches!(packing, Packing::Members(_)) {
                continue;
            }
            let mut stepper = Stepper::new(&setup, 1, &packing, InstructionSet::best());
            for step in 1..=STEPS {
                let counted = measure(|| assert!(stepper.pass()));
                assert_eq!(counted.count_total, 0, "{name}, step {step}, {packing:?}");
            }
        }
    }
}

#[test]
fn runs_one_after_the_other_whose_members_ride_in_the_lanes_make_one_record() {
    let setup = short("place-based", STEPS);
    let mut workspace = Workspace::packed(&setup, 1, true);
    // The record that is handed over, and once that of the run at hand.
    assert!(beyond_its_record(&mut workspace, &setup, 0) <= 3);
    assert_eq!(beyond_its_record(&mut workspace, &setup, LANES as u64), 0);
}

#[test]
fn what_is_held_against_a_benchmark_allocates_nothing_more() {
    for name in ["pasture-ostrom", "place-based"] {
        let setup = Benchmark::measured(&short(name, STEPS), InstructionSet::best());
        let mut workspace = Workspace::new(&setup, 1);
        for first in [0, 16] {
            assert_eq!(beyond_its_record(&mut workspace, &setup, first), 0, "{name}, from run {first}");
        }
    }
}

#[test]
fn what_allocates_is_counted() {
    assert_eq!(measure(|| drop(std::hint::black_box(vec![1.0_f64; 9]))).count_total, 1);
    // A workspace allocates, and so would a run that made one.
    let setup = short("place-based", STEPS);
    assert!(measure(|| drop(Workspace::new(&setup, 1))).count_total > 10);
}
