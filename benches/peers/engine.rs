//! The small commons of `MODEL.md` in the engine, from `scenarios/commons-mini.json`, on one thread: `N T RUNS SEED`, as the
//! other programs.
//!
//! The clock starts when the scenario has been read and checked, and covers what every batch of sixteen runs does, its records included.

#![expect(clippy::print_stdout, reason = "its output is what it is for")]

#[path = "../common/mod.rs"]
mod common;

use commonground::model::lanes::LANES;
use commonground::model::run;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use serde_json::json;
use std::time::Instant;

fn main() {
    let asked: Vec<u64> = std::env::args().skip(1).filter_map(|text| text.parse().ok()).collect();
    let [users, steps, runs, seed] = asked[..] else {
        println!("N T RUNS SEED, or benches/peers/run to compare with the others");
        return;
    };
    let setup =
        common::town::small_commons(users as u32, 1, 1, steps as u32).unwrap_or_else(|faults| panic!("{faults}"));
    let keys = ["stock_end", "yield", "effort"].map(|key| common::position(&setup, key));
    let instructions = InstructionSet::best();
    let batches = runs.div_ceil(LANES as u64);
    let (start, cpu) = (Instant::now(), common::timing::cpu_seconds());
    let mut sums = [0.0; 3];
    for batch in 0..batches {
        let record = run::run(&setup, seed, common::runs(batch), instructions);
        for (sum, key) in sums.iter_mut().zip(keys) {
            *sum += record.outcomes[key].to_array().iter().sum::<f64>();
        }
    }
    let secs = start.elapsed().as_secs_f64();
    let used = common::timing::cpu_seconds().zip(cpu).map_or(secs, |(after, before)| after - before);
    let runs = batches * LANES as u64;
    let [stock, catch, effort] = sums.map(|sum| sum / runs as f64);
    let plan = plan(&setup);
    println!(
        "{}",
        json!({
            "n": users, "t": steps, "runs": runs, "secs": secs, "cpu": used,
            // The engine tells catch and effort against planned effort, and the plan is the restrained claim.
            "stock": stock, "harvest": catch * plan, "greedy": effort - 1.0,
            "instructions": format!("{instructions:?}"),
        })
    );
}

/// The planned effort of a user: its claim when it is restrained.
fn plan(setup: &Setup) -> f64 {
    setup.planned_effort() / setup.providers() as f64
}
