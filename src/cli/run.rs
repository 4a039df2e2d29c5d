//! `run`: one scenario, many times.

use super::ending::Outcome;
use super::experiment;
use super::flags::{Flags, Yardstick};

/// What `run` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground run pasture-fortress
  commonground run mine.json --runs 5000 --seed 7 --out results/first
  commonground run mine.json --precision 0.01
  commonground run mine.json --set /society/trust=0.8 --json > out.json

The same scenario, seed and number of runs give the same results, bit for bit,
whatever the number of threads. Ctrl-C stops after the runs in hand and keeps
what is done; a second Ctrl-C stops at once.")]
pub(crate) struct Arguments {
    /// Name of a bundled scenario, or path of a file
    pub(super) scenario: String,
    #[command(flatten)]
    pub(super) yardstick: Yardstick,
    #[command(flatten)]
    pub(super) flags: Flags,
}

/// Runs the scenario, writes the folder and prints what came of it.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let scenario = arguments.flags.load(&arguments.scenario)?;
    experiment::conduct(vec![scenario], &arguments.flags, &arguments.yardstick)
}
