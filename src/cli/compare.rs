//! `compare`: several scenarios on the same luck, run by run.

use super::ending::{Failure, Outcome};
use super::flags::{Flags, Yardstick};
use super::{experiment, print};
use commonground::experiment::calendar;
use commonground::report::study::arm_keys;
use commonground::scenario::Scenario;

/// What `compare` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commonground compare pasture-fortress pasture-ostrom
  commonground compare a.json b.json c.json --runs 5000 --out results/abc
  commonground compare a.json b.json --precision 0.005

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
    #[command(flatten)]
    pub(super) yardstick: Yardstick,
    #[command(flatten)]
    pub(super) flags: Flags,
}

impl Arguments {
    /// The scenarios, which can be compared.
    ///
    /// # Errors
    /// One has faults, or they cannot be compared.
    pub(super) fn arms(&self) -> Result<Vec<Scenario>, Failure> {
        let arms = self.scenarios.iter().map(|name| self.flags.load(name)).collect::<Result<Vec<_>, _>>()?;
        check(&arms)?;
        Ok(arms)
    }
}

/// Runs all arms, writes the folder and prints what came of it.
pub(crate) fn compare(arguments: &Arguments) -> Outcome {
    let arms = arguments.arms()?;
    experiment::conduct(arms, &arguments.flags, &arguments.yardstick)
}

/// Arms must share their calendar, and differ in something else.
pub(super) fn check(arms: &[Scenario]) -> Result<(), Failure> {
    for (position, arm) in arms.iter().enumerate() {
        if let Some(twin) = arms[..position].iter().find(|other| other.file == arm.file) {
            let (one, other) = (&twin.name, &arm.name);
            let what = if one == other {
                format!("`{one}` is given twice")
            } else {
                format!("`{one}` and `{other}` say the same")
            };
            return Err(Failure::Request(format!("{what}; give scenarios that differ, as their results would not")));
        }
    }
    match arms.iter().find(|arm| arm.file.time != arms[0].file.time) {
        Some(other) => Err(Failure::Request(format!(
            "arms must have the same `time`: `{}` has {}, `{}` has {}",
            arms[0].name,
            calendar(&arms[0].file.time),
            other.name,
            calendar(&other.file.time)
        ))),
        None => Ok(()),
    }
}

/// A line for each arm: its short name and its title.
pub(super) fn titles(arms: &[Scenario]) -> String {
    let keys = arm_keys(arms);
    let width = keys.iter().map(|key| key.chars().count()).max().unwrap_or(0);
    let mut lines = Vec::new();
    for (key, arm) in keys.iter().zip(arms) {
        let indent = " ".repeat(width + 4);
        let title = print::wrapped(&format!("{indent}{}", arm.file.title), &indent);
        lines.push(format!("  {key:width$}  {}", title.trim_start()));
    }
    lines.join("\n")
}
