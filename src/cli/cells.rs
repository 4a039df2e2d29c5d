//! What `sweep` and `sensitivity` share: their flags, the folder, and how it ends.

use super::ending::{Ending, Failure, Outcome as End};
use super::explain::opening;
use super::flags::Flags;
use super::{STORE, experiment, print};
use commonground::experiment::field::Field;
use commonground::experiment::plan::{CellRuns, Purpose};
use commonground::experiment::target::{Outcome, Target};
use commonground::experiment::vary::Vary;
use commonground::model::setup::Setup;
use commonground::report::cells::Report;
use commonground::report::folder::{Folder, Place};
use commonground::report::study::arm_keys;
use commonground::report::table::Table;
use commonground::scenario::Scenario;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::slice;

/// Which numbers are varied, and what is looked at.
#[derive(Debug, clap::Args)]
pub(super) struct Asked {
    /// Number to vary, by its JSON pointer: /pointer=a..b:n for n even values,
    /// /pointer=[x,y,z] for a list, /pointer=a..b for a range; may be given more
    /// than once
    #[arg(long = "vary", required = true, value_name = "POINTER=VALUES")]
    pub(super) varied: Vec<Vary>,
    #[arg(long = "measure", value_name = "MEASURE", help = MEASURE)]
    targets: Vec<Target>,
}

/// Said in place of a doc comment, which may not name measures without backticks.
const MEASURE: &str = "\
Measure to look at, as need_met, or the chance that one is beyond a limit,
as 'need_met<0.9'; may be given more than once [default: need_met, without
need stock_mean, and collapsed]";

impl Asked {
    /// What to look at in every cell.
    ///
    /// # Errors
    /// A measure that there is not, or not in every cell.
    pub(super) fn outcomes(&self, setups: &[Setup]) -> Result<Vec<Outcome>, Failure> {
        Outcome::find(&self.targets(setups), setups).map_err(|faults| Failure::Request(faults.join("\n")))
    }

    /// The measures asked for, or the usual ones.
    fn targets(&self, setups: &[Setup]) -> Vec<Target> {
        if !self.targets.is_empty() {
            return self.targets.clone();
        }
        let has_need = setups.iter().all(|setup| setup.has_need);
        let usual = [if has_need { "need_met" } else { "stock_mean" }, "collapsed"];
        usual.map(|measure| Target { measure: measure.to_owned(), limit: None }).to_vec()
    }

    /// The experiment as one that can be planned.
    ///
    /// # Errors
    /// Every fault of what was asked.
    pub(super) fn planned(&self, scenario: Scenario, purpose: Purpose, flags: &Flags) -> Result<CellRuns, Failure> {
        let targets = |setups: &[Setup]| self.targets(setups);
        CellRuns::new(&STORE, scenario, purpose, self.varied.clone(), targets, experiment::options(flags))
            .map_err(Failure::Request)
    }
}

/// The folder that was asked for, or one named after the scenario and the command. It is opened before anything runs.
pub(super) fn folder(flags: &Flags, scenario: &Scenario, command: &str) -> Result<Folder, Failure> {
    let place = flags.out.clone().map_or_else(
        || {
            let key: String = arm_keys(slice::from_ref(scenario)).concat().chars().take(LONGEST_NAME).collect();
            Place::Fresh(Path::new("results").join(format!("{key}-{command}")))
        },
        Place::Chosen,
    );
    Ok(Folder::open(place, flags.replace)?)
}

/// Letters of a scenario that the name of a folder holds.
const LONGEST_NAME: usize = 90;

/// Writes the folder and prints what came of it.
pub(super) fn finish(scenario: &Scenario, (field, report): (&Field, &Report), flags: &Flags, folder: Folder) -> End {
    if field.runs == 0 {
        print::say("Stopped before every cell had its first runs; nothing is written.");
        return Ok(Ending::Stopped);
    }
    let path = folder.path().to_owned();
    let files = experiment::pool(flags.threads)?.install(|| report.clone().write(scenario, folder))?;
    print::result(&told(scenario, field, report, flags.json.then_some(&path))?)?;
    if !flags.quiet {
        print::say(&closing(field, flags, &path, &files));
    }
    Ok(if field.interrupted { Ending::Stopped } else { Ending::Fine })
}

/// What is printed: with a folder one JSON document that names it, without one text.
pub(super) fn told(
    scenario: &Scenario,
    field: &Field,
    report: &Report,
    json_of: Option<&PathBuf>,
) -> Result<String, Failure> {
    json_of.map_or_else(|| Ok(text(scenario, report)), |folder| document(field, report, folder))
}

/// What `--json` prints.
#[derive(Serialize)]
struct Document<'a> {
    findings: &'a [String],
    tables: &'a [Table],
    folder: &'a Path,
    seed: u64,
    cells: usize,
    runs: u64,
    interrupted: bool,
}

fn document(field: &Field, report: &Report, folder: &Path) -> Result<String, Failure> {
    let document = Document {
        findings: &report.findings,
        tables: &report.tables,
        folder,
        seed: field.seed,
        cells: field.cells.len(),
        runs: field.runs,
        interrupted: field.interrupted,
    };
    serde_json::to_string_pretty(&document).map_err(|error| Failure::Request(format!("no JSON can be made: {error}")))
}

fn text(scenario: &Scenario, report: &Report) -> String {
    let mut text = format!("{}\n\n{}", opening(scenario), print::heading("Findings"));
    for finding in &report.findings {
        text.push('\n');
        text.push_str(&print::wrapped(&format!("- {finding}"), "  "));
    }
    for table in &report.tables {
        text.push_str("\n\n");
        text.push_str(table.to_text(print::WIDTH).trim_end());
    }
    text
}

/// How it ended and where the files are.
fn closing(field: &Field, flags: &Flags, folder: &Path, files: &[PathBuf]) -> String {
    let charts = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "svg")).count();
    let stopped = if field.interrupted {
        format!("Stopped after {} of {} runs of each cell; what is done is kept.\n", field.runs, flags.runs())
    } else {
        String::new()
    };
    let words = format!(
        "{} cells, {} runs of each, seed {}. Cells, tables and {charts} charts are in {}",
        field.cells.len(),
        field.runs,
        field.seed,
        folder.display()
    );
    format!("\n{stopped}{}", print::wrapped(&words, ""))
}
