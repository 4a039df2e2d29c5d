//! `plan`: an experiment cut into shards, for one machine over many evenings or many machines at once.

mod jobs;

use super::ending::{Ending, Failure, Outcome};
use super::flags::{Flags, Yardstick};
use super::whole::whole;
use super::{compare, paths, principles, print, run, sensitivity, stress, sweep};
use clap::Subcommand;
use commonground::experiment::plan::{Comparison, Experiment, Plan, Size};
use commonground::report::folder::Format;
use commonground::scenario::Scenario;
use serde_json::json;
use std::path::Path;

/// What `plan` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground plan compare a.json b.json --runs 1000000 --out big
  commonground plan principles mine.json --runs 10000 --out rules
  commonground work big
  commonground merge big

Every shard is a file of its own, written whole or not at all: stop at any
moment, start again, let several machines work in one folder. What comes out is
what one command in one go would give, byte by byte. `commonground plan compare
--help` tells more. A calibration cannot be planned, as each of its rounds hangs
on the one before; `calibrate` itself goes on where it was stopped.")]
pub(crate) struct Arguments {
    /// The experiment
    #[command(subcommand)]
    what: What,
}

/// The experiments that can be planned.
#[derive(Debug, Subcommand)]
enum What {
    /// Plans a `run`
    #[command(after_long_help = EXAMPLES)]
    Run(Planning<run::Arguments>),
    /// Plans a `compare`
    #[command(after_long_help = EXAMPLES)]
    Compare(Planning<compare::Arguments>),
    /// Plans a `principles`
    #[command(after_long_help = EXAMPLES)]
    Principles(Planning<principles::Arguments>),
    /// Plans a `sweep`
    #[command(after_long_help = EXAMPLES)]
    Sweep(Planning<sweep::Arguments>),
    /// Plans a `sensitivity`
    #[command(after_long_help = EXAMPLES)]
    Sensitivity(Planning<sensitivity::Arguments>),
    /// Plans a `stress`
    #[command(after_long_help = EXAMPLES)]
    Stress(Planning<stress::Arguments>),
}

const EXAMPLES: &str = "\
Examples:
  commonground plan compare a.json b.json --runs 1000000 --out big
  commonground plan compare a.json b.json --runs 1000000 --out big --shards 64
  commonground plan compare a.json b.json --precision 0.001 --out fine --slurm

Then `commonground work FOLDER` does what is missing, on as many machines as see
the folder; `commonground status FOLDER` tells what is missing; `commonground
merge FOLDER` makes the results. Planning the same again changes nothing;
planning something else in the same folder is refused.";

/// An experiment with the way it is to be cut.
#[derive(Debug, clap::Args)]
struct Planning<A: clap::Args> {
    #[command(flatten)]
    experiment: A,
    #[command(flatten)]
    cut: Cut,
}

/// How an experiment is cut and who is to do it.
#[derive(Debug, clap::Args)]
struct Cut {
    /// Number of shards [default: as many as take about --shard-seconds each]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u64>(1, MOST_SHARDS))]
    shards: Option<u64>,
    /// Work in a shard, in seconds of one core of this machine, found by a trial
    #[arg(long, value_name = "X", default_value_t = 30.0, allow_negative_numbers = true, value_parser = seconds, conflicts_with = "shards")]
    shard_seconds: f64,
    /// Write a Slurm array script into the folder as well
    #[arg(long)]
    slurm: bool,
    /// Write a Kubernetes indexed Job into the folder as well
    #[arg(long)]
    kubernetes: bool,
}

const MOST_SHARDS: u64 = 1_000_000;

/// Writes the plan and says what to do next.
pub(crate) fn plan(arguments: &Arguments) -> Outcome {
    match &arguments.what {
        What::Run(Planning { experiment, cut }) => {
            experiment.check_plannable()?;
            let arms = vec![experiment.arm()?];
            make(&comparison(arms, &experiment.flags, &experiment.yardstick)?, &experiment.flags, cut)
        }
        What::Compare(Planning { experiment, cut }) => {
            experiment.check_plannable()?;
            let arms = experiment.arms()?;
            make(&comparison(arms, &experiment.flags, &experiment.yardstick)?, &experiment.flags, cut)
        }
        What::Principles(Planning { experiment, cut }) => {
            let (trials, flags) = experiment.planned()?;
            make(&trials, flags, cut)
        }
        What::Sweep(Planning { experiment, cut }) => {
            let (cells, flags) = experiment.planned()?;
            make(&cells, &flags, cut)
        }
        What::Sensitivity(Planning { experiment, cut }) => {
            let (cells, flags) = experiment.planned()?;
            make(&cells, &flags, cut)
        }
        What::Stress(Planning { experiment, cut }) => {
            let (runs, flags) = experiment.planned()?;
            make(&runs, &flags, cut)
        }
    }
}

fn comparison(arms: Vec<Scenario>, flags: &Flags, yardstick: &Yardstick) -> Result<Comparison, Failure> {
    super::experiment::comparison(arms, flags, yardstick.has_planner())
}

fn make(experiment: &dyn Experiment, flags: &Flags, cut: &Cut) -> Outcome {
    let Some(folder) = &flags.out else {
        return Err(Failure::Request("a plan needs a folder; add --out FOLDER".to_owned()));
    };
    if flags.replace {
        return Err(Failure::Request(
            "a plan is never replaced; choose another folder instead of --replace".to_owned(),
        ));
    }
    if flags.resume {
        return Err(Failure::Request("a plan can always be resumed; leave --resume away".to_owned()));
    }
    if flags.format() != Format::default() {
        return Err(Failure::Request("a plan has no tables yet; give --format to `merge`".to_owned()));
    }
    let size = cut.shards.map_or(Size::Seconds(cut.shard_seconds), Size::Shards);
    let plan = Plan::create(folder, experiment, &super::experiment::words(), size)?;
    if cut.slurm {
        jobs::write(&folder.join("slurm.sh"), &jobs::slurm(&plan)?)?;
    }
    if cut.kubernetes {
        jobs::write(&folder.join("kubernetes.yaml"), &jobs::kubernetes(&plan))?;
    }
    print::result(&told(&plan, flags))?;
    if !flags.quiet {
        print::say(&next(folder, cut));
    }
    Ok(Ending::Fine)
}

fn told(plan: &Plan, flags: &Flags) -> String {
    let (folder, shards) = (plan.folder(), plan.shards());
    if flags.json {
        let document = json!({ "folder": folder, "plan": plan.hash(), "items": plan.items(), "shards": shards });
        return print::document(&document);
    }
    let shards = if shards == 1 { "1 shard".to_owned() } else { format!("{shards} shards") };
    let most = if flags.has_precision() { "at most " } else { "" };
    print::wrapped(&format!("Planned in {}: {most}{} runs in {shards}", folder.display(), flags.runs()), "  ")
}

fn next(folder: &Path, cut: &Cut) -> String {
    let [slurm, kubernetes] = ["slurm.sh", "kubernetes.yaml"].map(|name| paths::pasted(&folder.join(name)));
    let folder = paths::pasted(folder);
    let mut lines = vec!["Next:".to_owned(), format!("  commonground work {folder}")];
    if cut.slurm {
        lines.push(format!("  or: sbatch --array=$(commonground status {folder}) {slurm}"));
    }
    if cut.kubernetes {
        lines.push(format!("  or: kubectl apply -f {kubernetes}"));
    }
    lines.push(format!("  commonground merge {folder}"));
    lines.join("\n")
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.001..=86_400.0).contains(&seconds) => Ok(seconds),
        _ => Err("seconds from 0.001 to 86400 are needed, such as 30".to_owned()),
    }
}
