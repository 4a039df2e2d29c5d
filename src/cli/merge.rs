//! `merge`: the results of a plan whose shards are all there.

use super::ending::{Failure, Outcome};
use super::flags::{Charts, Tables};
use super::planned::Planned;
use super::told::{Form, Told};
use super::{cells, experiment, paths, principles, print, resume, stress};
use commonground::experiment::Options;
use commonground::experiment::plan::{CellRuns, Comparison, Found as Cells, Part, Plan};
use commonground::report::cells::{of_sensitivity, of_sweep};
use commonground::report::folder::{Command, Folder, Found, Place, RunsFile};
use commonground::report::principles::{self as principles_report, Account};
use commonground::report::stress as stressed;
use commonground::report::study::Study;
use std::path::PathBuf;

/// What `merge` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground merge big
  commonground merge big --out results/big

The files are those that one command in one go would have written, byte by byte.
Nothing is made of an incomplete plan: a missing or damaged part is an error
that names it.")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Arguments {
    /// Folder of the plan
    folder: PathBuf,
    /// Folder for the files [default: results in the folder of the plan]
    #[arg(long, value_name = "DIR", value_parser = paths::new())]
    out: Option<PathBuf>,
    /// Replace the results that are in --out already
    #[arg(long, requires = "out")]
    replace: bool,
    /// Format of the long tables (runs, series, cells, subsets, futures); short
    /// ones are always CSV
    #[arg(long, value_parser = Tables::parser(), default_value_t = Tables::Csv)]
    format: Tables,
    /// Pictures of charts in the folder and on its page; `none` draws nothing
    #[arg(long, value_enum, default_value_t = Charts::All)]
    charts: Charts,
    /// Print one JSON document (answer, findings, rows of the short tables,
    /// folder) instead of text
    #[arg(long)]
    json: bool,
    /// Print every finding and every table, however many rows they take
    #[arg(long, conflicts_with = "json")]
    all: bool,
    /// Say nothing but results and errors
    #[arg(long, short)]
    quiet: bool,
}

/// Checks every part, writes the folder and prints what came of it.
pub(crate) fn merge(arguments: &Arguments) -> Outcome {
    let (plan, planned) = Planned::open(&arguments.folder)?;
    let parts = plan.parts(planned.experiment())?;
    // Results in the plan's own folder are those of an earlier merge, which were the same.
    let default = arguments.folder.join("results");
    let out = arguments.out.clone().unwrap_or(default);
    let command = arguments.command(&plan, &planned);
    let found = Folder::find(&out, &command, &planned.texts())?;
    let replace = arguments.replace || arguments.out.is_none();
    if let (Found::Finished { failed_runs }, false) = (found, replace) {
        plan.clean();
        return Ok(resume::finished(&out, failed_runs, arguments.quiet));
    }
    let folder = Folder::open(Place::Chosen(out), replace)?.with_pictures(arguments.charts.into());
    let path = folder.path().to_owned();
    let (told, _) = write(planned, &parts, folder, &command)?;
    plan.clean();
    print::result(&told.results(Form::of(arguments.json, arguments.all), &path))?;
    if !arguments.quiet {
        let words = format!("The results of {} shards are in {}", parts.len(), path.display());
        print::say(&format!("\n{}", print::wrapped(&words, "")));
    }
    Ok(told.ending())
}

impl Arguments {
    /// The command line that would have done it in one go.
    fn command(&self, plan: &Plan, planned: &Planned) -> Command {
        let mut words = plan.command().to_vec();
        if self.format == Tables::Parquet {
            words.extend(["--format", "parquet"].map(str::to_owned));
        }
        let Options { runs, precision, level, .. } = planned.asked();
        Command { words, runs, precision, widths: planned.widths(), level, format: self.format.into() }
    }
}

/// Writes the folder of an experiment whose parts are all there; gives back what it tells and the paths of its files.
pub(super) fn write(
    planned: Planned,
    parts: &[Part],
    folder: Folder,
    command: &Command,
) -> Result<(Told, Vec<PathBuf>), Failure> {
    match planned {
        Planned::Comparison(comparison) => write_runs(&comparison, parts, folder, command),
        Planned::Rules(rules) => {
            let found = rules.merge(parts)?;
            let account = Account { scenario: &rules.scenario, principles: &found };
            let files = principles_report::write(&account, folder, command)?;
            Ok((principles::told(&account), files))
        }
        Planned::Cells(cells) => write_cells(*cells, parts, folder, command),
        Planned::Stress(runs) => {
            let found = runs.merge(parts)?;
            let account = stressed::Account::new(&runs.futures, &found);
            let files = stressed::write(&account, folder, command)?;
            Ok((stress::told(&account), files))
        }
    }
}

fn write_runs(
    comparison: &Comparison,
    parts: &[Part],
    folder: Folder,
    command: &Command,
) -> Result<(Told, Vec<PathBuf>), Failure> {
    let arms = &comparison.arms;
    let mut runs = folder.runs(arms, command.format)?;
    copy_runs(comparison, parts, &mut runs)?;
    let ensemble = comparison.merge(parts)?;
    let study = Study { arms, ensemble: &ensemble };
    let files = folder.write(&study, runs, command)?;
    Ok((experiment::told(&study), files))
}

fn write_cells(
    cells: CellRuns,
    parts: &[Part],
    folder: Folder,
    command: &Command,
) -> Result<(Told, Vec<PathBuf>), Failure> {
    let scenario = cells.scenario.clone();
    let (told, report) = match cells.found(parts)? {
        Cells::Sweep(sweep) => {
            let report = of_sweep(&scenario, &sweep, command)?;
            (cells::told(&sweep.field, &report), report)
        }
        Cells::Sensitivity(analysis) => {
            let report = of_sensitivity(&scenario, &analysis, command)?;
            (cells::told(&analysis.field, &report), report)
        }
    };
    let files = report.write(&scenario, folder)?;
    Ok((told, files))
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
