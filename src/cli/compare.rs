//! `compare`: several scenarios on the same luck, run by run.

use super::ending::{Failure, Outcome};
use super::experiment;
use super::flags::{Flags, Yardstick};
use super::{against, over};
use commonground::experiment::check_arms;
use commonground::model::rule::CollectiveChoice;
use commonground::scenario::Scenario;

/// What `compare` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground compare pasture-fortress pasture-ostrom
  commonground compare a.json b.json c.json --runs 5000 --out results/abc
  commonground compare a.json b.json --precision 0.005
  commonground compare a.json b.json --level 0.9
  commonground compare pasture-fortress pasture-ostrom --placebos
  commonground compare pasture-fortress pasture-ostrom --ensemble results/mine

All designs meet the same random numbers: run 17 of one is compared with run 17
of another, so that differences show after few runs. The first design is the one
that the others are compared with. The answer fits one screen: a table, what was
found, and a verdict in three rows; --all prints every table besides. Ctrl-C
stops after the runs in hand and keeps what is done; a second Ctrl-C stops at
once.")]
pub(crate) struct Arguments {
    /// Two to eight scenarios: names of bundled ones, or paths of files
    #[arg(required = true, num_args = 2..=8, value_name = "SCENARIO")]
    scenarios: Vec<String>,
    /// Adds the placebos of each arm whose members decide together: an agreement drawn by lot, and one to go on as before
    #[arg(long)]
    placebos: bool,
    /// Compares at every point that a match left: in how many of them each design
    /// is higher, lower, and what decides; a folder of `match`, its ensemble.json,
    /// or the name of a bundled one [--runs is then 64 unless typed]
    #[arg(long, value_name = "FOLDER")]
    ensemble: Option<String>,
    /// Hold each design against the targets of a match file: a line among its
    /// sources on the page says by how many it is ruled out
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
        over::check_plannable(self.ensemble.as_ref(), "compare")
    }

    /// The scenarios, which can be compared.
    ///
    /// # Errors
    /// One has faults, or they cannot be compared.
    pub(super) fn arms(&self) -> Result<Vec<Scenario>, Failure> {
        let mut arms = Vec::new();
        for name in &self.scenarios {
            let arm = self.flags.load(name)?;
            let placebos = if self.placebos && is_governed(&arm) { PLACEBOS.as_slice() } else { &[] };
            arms.push(arm);
            for placebo in placebos {
                arms.push(self.flags.load(&format!("{name}+{placebo}"))?);
            }
        }
        if self.placebos && arms.len() == self.scenarios.len() {
            let problem =
                "members decide together in none of these scenarios, so there is nothing to make a placebo of";
            return Err(Failure::Request(format!("--placebos: {problem}")));
        }
        if arms.len() > MOST_ARMS {
            let problem = format!("with their placebos these are {} arms; {MOST_ARMS} at most", arms.len());
            return Err(Failure::Request(format!("--placebos: {problem}; give fewer scenarios")));
        }
        check(&arms)?;
        against::mark(&mut arms, self.against.as_ref())?;
        Ok(arms)
    }
}

/// The most arms that one table holds.
const MOST_ARMS: usize = 8;

/// Bundled fragments that leave the binding and take away the say.
const PLACEBOS: [&str; 2] = ["random-agreement", "as-we-are"];

/// Whether members decide together on what binds them.
fn is_governed(arm: &Scenario) -> bool {
    let rule = arm.file.rules.collective_choice.as_ref();
    let binds = |rule: &CollectiveChoice| rule.strength > 0.0 && !rule.placebo && rule.ceded > 0.0;
    rule.is_some_and(|rule| binds(rule) && rule.decision.is_by_members())
}

/// Runs all arms, writes the folder and prints what came of it.
pub(crate) fn compare(arguments: &Arguments) -> Outcome {
    let arms = arguments.arms()?;
    if let Some(ensemble) = &arguments.ensemble {
        return over::designs(&arms, ensemble, &arguments.flags);
    }
    experiment::conduct(arms, &arguments.flags, &arguments.yardstick)
}

/// Arms must share their calendar, and differ in something else.
pub(super) fn check(arms: &[Scenario]) -> Result<(), Failure> {
    check_arms(arms).map_err(Failure::Request)
}
