//! The command line: one file a command, one file that prints.

pub(crate) mod calibrate;
mod cells;
pub(crate) mod check;
pub(crate) mod compare;
mod ending;
mod experiment;
pub(crate) mod explain;
mod files;
mod flags;
pub(crate) mod merge;
pub(crate) mod new;
mod paths;
pub(crate) mod plan;
mod planned;
pub(crate) mod principles;
pub(crate) mod print;
mod progress;
pub(crate) mod replicate;
pub(crate) mod report;
mod resume;
pub(crate) mod run;
pub(crate) mod scenarios;
pub(crate) mod schema;
pub(crate) mod sensitivity;
mod signals;
pub(crate) mod status;
pub(crate) mod stress;
pub(crate) mod sweep;
mod told;
mod whole;
pub(crate) mod work;

use clap::{Parser, Subcommand};
use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use commonground::scenario::text::{Disk, Faults};

/// What was typed.
#[derive(Debug, Parser)]
#[command(name = "commonground", version, about = ABOUT, after_help = AFTER, max_term_width = 80)]
pub(crate) struct Arguments {
    /// The command and its arguments.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands, in the order in which one meets them.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Runs one scenario many times: what becomes of the pool, the need, the money
    Run(run::Arguments),
    /// Runs two to eight scenarios on the same luck: who wins, who loses
    Compare(compare::Arguments),
    /// Tells what each rule of a scenario is worth, alone and together
    Principles(principles::Arguments),
    /// Reproduces published results and holds ours against them
    Replicate(replicate::Arguments),
    /// Makes a result folder into one page that opens offline
    Report(report::Arguments),
    /// Varies numbers of a scenario: maps, lines, and where the pool tips
    Sweep(sweep::Arguments),
    /// Finds which numbers of a scenario drive its results, and how much is luck
    Sensitivity(sensitivity::Arguments),
    /// Fits unknown numbers of scenarios to data, with intervals
    Calibrate(calibrate::Arguments),
    /// Tells which designs still hold under ladders of shocks, and where each fails
    Stress(stress::Arguments),
    /// Cuts an experiment into shards, to be done when and where one likes
    Plan(plan::Arguments),
    /// Does shards of a plan
    Work(work::Arguments),
    /// Tells which shards of a plan are missing
    Status(status::Arguments),
    /// Makes the results of a plan whose shards are all there
    Merge(merge::Arguments),
    /// Tells a scenario in plain English, with what it assumes
    Explain(explain::Arguments),
    /// Finds every fault in scenario files
    Check(check::Arguments),
    /// Lists, shows or copies the scenarios that come with the program
    Scenarios(scenarios::Arguments),
    /// Writes a small scenario to start from
    New(new::Arguments),
    /// Prints the JSON Schema of scenario files, for editors
    Schema(schema::Arguments),
}

const ABOUT: &str = "Shared pools under fortress incentives or shared governance";

const AFTER: &str = "\
Examples:
  commonground scenarios
  commonground explain pasture-ostrom
  commonground run pasture-fortress
  commonground compare pasture-fortress pasture-ostrom --runs 2000
  commonground new mine.json && commonground check mine.json

A SCENARIO is the name of a bundled one or the path of a file.
Results go to standard output, words about them to standard error.

Exit codes:
  0    all is well
  1    a published result was not reproduced, or runs failed: numbers left the
       range that can be computed
  2    a fault in what was typed or in a scenario, or a file that cannot be
       written
  3    a plan has missing shards (status)
  130  stopped by Ctrl-C, 143 by TERM, 129 by HUP; what was done is kept";

/// Where scenarios come from: the disk, and behind it the bundled ones.
const STORE: Disk = Disk { bundled: BUNDLED };

fn load(name: &str) -> Result<Scenario, Faults> {
    Scenario::load(&STORE, name)
}
