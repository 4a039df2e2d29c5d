//! The kernel: what a step costs with each instruction set, in nanoseconds a provider, and which stages take the time.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod common;

use common::scenarios::scenario;
use commonground::model::run;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use std::hint::black_box;

/// Batches of sixteen runs of which the fastest counts.
const BATCHES: u64 = 20;
/// Seconds for the stages of one scenario.
const PATIENCE: f64 = 0.5;

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

/// Share of each stage in the time of a step, with the best instruction set. A scenario has only the stages that it needs.
fn stages(setups: &[(&str, Setup)]) {
    println!();
    print!("{:12}", "% of a step");
    for (name, _) in setups {
        print!("{name:>20}");
    }
    println!();
    let shares: Vec<Vec<(&str, f64)>> = setups.iter().map(|(_, setup)| shares_of_stages(setup)).collect();
    for name in in_order(&shares) {
        print!("{name:12}");
        for share in &shares {
            match share.iter().find(|(own, _)| *own == name) {
                Some((_, share)) => print!("{:20.1}", share * 100.0),
                None => print!("{:>20}", "–"),
            }
        }
        println!();
    }
}

fn shares_of_stages(setup: &Setup) -> Vec<(&'static str, f64)> {
    let stages = common::stages::least(setup, PATIENCE);
    let total: f64 = stages.iter().map(|(_, time)| time).sum();
    stages.into_iter().map(|(name, time)| (name, time / total)).collect()
}

/// The names of all stages, each behind the one that it follows where it occurs.
fn in_order<'a>(lists: &[Vec<(&'a str, f64)>]) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for list in lists {
        let mut at = 0;
        for (name, _) in list {
            let known = names.iter().position(|known| known == name);
            if known.is_none() {
                names.insert(at, name);
            }
            at = known.unwrap_or(at) + 1;
        }
    }
    names
}
