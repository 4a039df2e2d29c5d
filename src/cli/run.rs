//! `run`: one scenario, many times.

use super::ending::{Failure, Outcome};
use super::flags::{Flags, Yardstick};
use super::{against, experiment, over};
use commonground::scenario::Scenario;

/// What `run` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground run pasture-fortress
  commonground run mine.json --runs 5000 --seed 7 --out results/first
  commonground run mine.json --precision 0.01
  commonground run mine.json --precision need_met=0.005 --precision welfare=0.1
  commonground run mine.json --level 0.9
  commonground run mine.json --set /society/trust=0.8 --json > out.json
  commonground run mine.json --ensemble results/mine

The same scenario, seed and number of runs give the same results, bit for bit,
whatever the number of threads. Ctrl-C stops after the runs in hand and keeps
what is done; a second Ctrl-C stops at once.")]
pub(crate) struct Arguments {
    /// Name of a bundled scenario, or path of a file
    scenario: String,
    /// Runs it at every point that a match left, beside the scenario as it is
    /// written: between what it lies, and what decides; a folder of `match`, its
    /// ensemble.json, or the name of a bundled one [--runs is then 64 unless typed]
    #[arg(long, value_name = "FOLDER")]
    ensemble: Option<String>,
    /// Hold it against the targets of a match file: a line among the sources on the
    /// page says by how many it is ruled out
    #[arg(long, value_name = "EVIDENCE")]
    against: Option<String>,
    #[command(flatten)]
    pub(super) yardstick: Yardstick,
    #[command(flatten)]
    pub(super) flags: Flags,
}

impl Arguments {
    /// Whether it can be cut into shards.
    ///
    /// # Errors
    /// It is over an ensemble.
    pub(super) fn check_plannable(&self) -> Result<(), Failure> {
        over::check_plannable(self.ensemble.as_ref(), "run")
    }

    /// The scenario.
    ///
    /// # Errors
    /// It has faults, or cannot be held against the evidence.
    pub(super) fn arm(&self) -> Result<Scenario, Failure> {
        let mut scenario = self.flags.load(&self.scenario)?;
        against::mark(std::slice::from_mut(&mut scenario), self.against.as_ref())?;
        Ok(scenario)
    }
}

/// Runs the scenario, writes the folder and prints what came of it.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let scenario = arguments.arm()?;
    if let Some(ensemble) = &arguments.ensemble {
        return over::written(&scenario, ensemble, &arguments.flags);
    }
    experiment::conduct(vec![scenario], &arguments.flags, &arguments.yardstick)
}
