//! `merge`: the results of a plan whose shards are all there.

use super::ending::{Ending, Failure, Outcome};
use super::flags::Tables;
use super::planned::Planned;
use super::{compare, experiment, explain, print};
use commonground::experiment::Ensemble;
use commonground::experiment::plan::{Comparison, Part, Plan};
use commonground::report::folder::{Command, Folder, Place, RunsFile};
use commonground::report::study::Study;
use std::path::PathBuf;

/// What `merge` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commonground merge big
  commonground merge big --out results/big

The files are those that one command in one go would have written, byte by byte
(but the manifest, which tells how the plan was made). Nothing is made of an
incomplete plan: a missing or damaged part is an error that names it.")]
pub(crate) struct Arguments {
    /// Folder of the plan
    folder: PathBuf,
    /// Folder for the files [default: results in the folder of the plan]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace the results that are in --out already
    #[arg(long, requires = "out")]
    replace: bool,
    /// Format of the tables of runs and series; short tables are always CSV
    #[arg(long, value_enum, default_value_t = Tables::Csv)]
    format: Tables,
    /// Print one JSON document (findings, tables, folder) instead of text
    #[arg(long)]
    json: bool,
    /// Say nothing but results and errors
    #[arg(long, short)]
    quiet: bool,
}

/// Checks every part, writes the folder and prints what came of it.
pub(crate) fn merge(arguments: &Arguments) -> Outcome {
    let (plan, planned) = Planned::open(&arguments.folder)?;
    let parts = plan.parts(planned.experiment())?;
    match &planned {
        Planned::Comparison(comparison) => report(arguments, &plan, comparison, &parts),
    }
}

fn report(arguments: &Arguments, plan: &Plan, comparison: &Comparison, parts: &[Part]) -> Outcome {
    let arms = &comparison.arms;
    // Results in the plan's own folder are those of an earlier merge, which were the same.
    let default = arguments.folder.join("results");
    let replace = arguments.replace || arguments.out.is_none();
    let folder = Folder::open(Place::Chosen(arguments.out.clone().unwrap_or(default)), replace)?;
    let mut runs = folder.runs(arms, arguments.format.into())?;
    copy_runs(comparison, parts, &mut runs)?;
    let ensemble = comparison.merge(parts)?;
    let study = Study { arms, ensemble: &ensemble };
    let path = folder.path().to_owned();
    let command = Command { words: plan.command().to_vec(), runs: comparison.runs, precision: comparison.precision };
    folder.write(&study, runs, &command)?;
    let opening = if arms.len() == 1 { explain::opening(&arms[0]) } else { compare::opening(arms) };
    let text = if arguments.json { experiment::document(&study, &path)? } else { experiment::text(&study, &opening) };
    print::result(&text)?;
    if !arguments.quiet {
        let Ensemble { runs, seed, .. } = ensemble;
        let words = format!("{runs} runs, seed {seed}, from {} shards, are in {}", parts.len(), path.display());
        print::say(&format!("\n{}", print::wrapped(&words, "")));
    }
    Ok(Ending::Fine)
}

/// Writes the outcomes of all runs, in their order.
fn copy_runs(comparison: &Comparison, parts: &[Part], file: &mut RunsFile) -> Result<(), Failure> {
    let mut run = 0;
    for part in parts {
        part.rows(|row| {
            file.run(run, &comparison.outcomes(&row.values))?;
            run += 1;
            Ok(())
        })?;
    }
    Ok(())
}
