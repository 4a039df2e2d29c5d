//! The kernel: what a step costs with each instruction set, in nanoseconds a provider, and which stages take the time.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod common;

use common::scenarios::scenario;
use commonground::model::dice::Dice;
use commonground::model::look::Look;
use commonground::model::run;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use commonground::model::step::{Moment, STAGES};
use std::hint::black_box;
use std::time::Instant;

/// Batches of sixteen runs of which the fastest counts.
const BATCHES: u64 = 20;

fn main() {
    let setups = [
        ("place-based", scenario("place-based").setup),
        ("place-fortress", scenario("place-fortress").setup),
        ("pasture-ostrom", scenario("pasture-ostrom").setup),
        ("commons-mini, 20", common::commons_mini(20)),
        ("commons-mini, 1000", common::commons_mini(1000)),
    ];
    whole_runs(&setups);
    stages(&setups);
}

/// Whole runs with recording, by scenario and instruction set.
fn whole_runs(setups: &[(&str, Setup)]) {
    let sets = InstructionSet::available();
    print!("{:40}", "ns a provider and step, one core");
    for set in &sets {
        print!("{:>10}", format!("{set:?}"));
    }
    println!();
    for (name, setup) in setups {
        print!("{:40}", format!("{name} ({} × {} steps)", setup.providers(), setup.steps()));
        for set in &sets {
            let time = common::timing::fastest(BATCHES, |batch| {
                black_box(run::run(setup, 1, common::runs(batch), *set));
            });
            print!("{:10.2}", time / common::provider_steps(setup));
        }
        println!();
    }
}

/// Share of each stage in the time of a step, with the best instruction set.
fn stages(setups: &[(&str, Setup)]) {
    println!();
    print!("{:12}", "% of a step");
    for (name, _) in setups {
        print!("{name:>20}");
    }
    println!();
    let shares: Vec<[f64; STAGES.len()]> = setups.iter().map(|(_, setup)| share_of_stages(setup)).collect();
    for (index, stage) in STAGES.iter().enumerate() {
        print!("{:12}", stage.name);
        for share in &shares {
            print!("{:20.1}", share[index] * 100.0);
        }
        println!();
    }
}

/// The time of each stage over whole runs, the fastest of several, as a share of all.
fn share_of_stages(setup: &Setup) -> [f64; STAGES.len()] {
    let mut least = [f64::MAX; STAGES.len()];
    for batch in 0..BATCHES / 4 {
        for (least, time) in least.iter_mut().zip(time_of_stages(setup, batch)) {
            *least = least.min(time);
        }
    }
    let total: f64 = least.iter().sum();
    least.map(|time| time / total)
}

fn time_of_stages(setup: &Setup, batch: u64) -> [f64; STAGES.len()] {
    let dice = Dice::new(1, common::runs(batch));
    let mut world = World::begin(setup);
    let mut times = [0.0; STAGES.len()];
    for step in 0..setup.steps() {
        let moment = Moment { setup, dice: &dice, step, instructions: InstructionSet::best() };
        for (stage, time) in STAGES.iter().zip(&mut times) {
            let start = Instant::now();
            (stage.perform)(&moment, &mut world);
            *time += start.elapsed().as_secs_f64();
        }
    }
    times
}
