//! `merge`: the results of a plan whose shards are all there.

use super::ending::{Ending, Failure, Outcome};
use super::flags::Tables;
use super::planned::Planned;
use super::{cells, compare, experiment, explain, principles, print, stress};
use commonground::experiment::plan::{CellRuns, Comparison, Part, Plan, RuleTrials, StressRuns};
use commonground::report::cells::{of_sensitivity, of_sweep};
use commonground::report::folder::{Command, Folder, Place, RunsFile};
use commonground::report::principles::{Account, write};
use commonground::report::stress as stressed;
use commonground::report::study::Study;
use std::path::PathBuf;

/// What `merge` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commonground merge big
  commonground merge big --out results/big

The files are those that one command in one go would have written, byte by byte.
Nothing is made of an incomplete plan: a missing or damaged part is an error
that names it.")]
pub(crate) struct Arguments {
    /// Folder of the plan
    folder: PathBuf,
    /// Folder for the files [default: results in the folder of the plan]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace the results that are in --out already
    #[arg(long, requires = "out")]
    replace: bool,
    /// Format of the long tables (runs, series, cells, subsets); short ones are
    /// always CSV
    #[arg(long, value_enum, default_value_t = Tables::Csv)]
    format: Tables,
    /// Print one JSON document (findings, tables, folder) instead of text
    #[arg(long)]
    json: bool,
    /// Say nothing but results and errors
    #[arg(long, short)]
    quiet: bool,
}

/// A plan that is done, and where its results go.
struct Whole<'a> {
    plan: &'a Plan,
    parts: &'a [Part],
    folder: Folder,
    arguments: &'a Arguments,
}

/// Checks every part, writes the folder and prints what came of it.
pub(crate) fn merge(arguments: &Arguments) -> Outcome {
    let (plan, planned) = Planned::open(&arguments.folder)?;
    let parts = plan.parts(planned.experiment())?;
    // Results in the plan's own folder are those of an earlier merge, which were the same.
    let default = arguments.folder.join("results");
    let replace = arguments.replace || arguments.out.is_none();
    let folder = Folder::open(Place::Chosen(arguments.out.clone().unwrap_or(default)), replace)?;
    let path = folder.path().to_owned();
    let whole = Whole { plan: &plan, parts: &parts, folder, arguments };
    let told = match &planned {
        Planned::Comparison(comparison) => whole.compare(comparison),
        Planned::Rules(rules) => whole.principles(rules),
        Planned::Cells(cells) => whole.cells(cells),
        Planned::Stress(runs) => whole.stress(runs),
    }?;
    print::result(&told)?;
    if !arguments.quiet {
        let words = format!("The results of {} shards are in {}", parts.len(), path.display());
        print::say(&format!("\n{}", print::wrapped(&words, "")));
    }
    Ok(Ending::Fine)
}

/// Each writes the folder and gives back what is printed.
impl Whole<'_> {
    fn compare(self, comparison: &Comparison) -> Result<String, Failure> {
        let arms = &comparison.arms;
        let mut runs = self.folder.runs(arms, self.arguments.format.into())?;
        copy_runs(comparison, self.parts, &mut runs)?;
        let ensemble = comparison.merge(self.parts)?;
        let study = Study { arms, ensemble: &ensemble };
        let path = self.folder.path().to_owned();
        let command = self.command(comparison.runs, comparison.precision);
        self.folder.write(&study, runs, &command)?;
        if self.arguments.json {
            return experiment::document(&study, &path);
        }
        let opening = if arms.len() == 1 { explain::opening(&arms[0]) } else { compare::opening(arms) };
        Ok(experiment::text(&study, &opening))
    }

    fn principles(self, rules: &RuleTrials) -> Result<String, Failure> {
        let found = rules.merge(self.parts)?;
        let account = Account { scenario: &rules.scenario, principles: &found };
        let path = self.folder.path().to_owned();
        let command = self.command(rules.options.runs, rules.options.precision);
        write(&account, self.folder, &command)?;
        principles::told(&account, self.arguments.json.then_some(&path))
    }

    fn cells(self, cells: &CellRuns) -> Result<String, Failure> {
        let (scenario, path) = (&cells.scenario, self.folder.path().to_owned());
        let command = self.command(cells.options.runs, cells.options.precision);
        let (field, report) = match (cells.sweep(self.parts)?, cells.sensitivity(self.parts)?) {
            (Some(sweep), _) => (sweep.field.clone(), of_sweep(scenario, &sweep, &command)?),
            (None, Some(analysis)) => (analysis.field.clone(), of_sensitivity(scenario, &analysis, &command)?),
            (None, None) => return Err(Failure::Request("the plan is for neither of these experiments".to_owned())),
        };
        report.clone().write(scenario, self.folder)?;
        cells::told(scenario, &field, &report, self.arguments.json.then_some(&path))
    }

    fn stress(self, runs: &StressRuns) -> Result<String, Failure> {
        let stress = runs.merge(self.parts)?;
        let account = stressed::Account::new(&runs.futures, &stress);
        let path = self.folder.path().to_owned();
        let command = self.command(runs.options.runs, None);
        stressed::write(&account, self.folder, &command)?;
        stress::told(&account, self.arguments.json.then_some(&path))
    }

    fn command(&self, runs: u64, precision: Option<f64>) -> Command {
        let mut words = self.plan.command().to_vec();
        if self.arguments.format == Tables::Parquet {
            words.extend(["--format", "parquet"].map(str::to_owned));
        }
        Command { words, runs, precision, format: self.arguments.format.into() }
    }
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
