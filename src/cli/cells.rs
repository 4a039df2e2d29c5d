//! What `sweep` and `sensitivity` share: their flags, the folder, and how it ends.

use super::ending::{Ending, Failure, Outcome as End};
use super::flags::Flags;
use super::told::Told;
use super::{STORE, experiment, print};
use commonground::disk;
use commonground::experiment::field::Field;
use commonground::experiment::plan::{CellRuns, Purpose};
use commonground::experiment::target::{Outcome, Target};
use commonground::experiment::vary::{Condition, Vary, listed};
use commonground::model::setup::Setup;
use commonground::report::cells::Report;
use commonground::report::folder::{Folder, Place};
use commonground::report::study::arm_keys;
use commonground::scenario::Scenario;
use std::path::{Path, PathBuf};
use std::slice;

/// Which numbers are varied, and what is looked at.
#[derive(Debug, clap::Args)]
pub(super) struct Asked {
    /// What to vary, by its JSON pointer: /pointer=a..b:n for n even values,
    /// /pointer=[x,y,z] for a list of numbers, words or parts, /pointer=a..b for
    /// a range; may be given more than once
    #[arg(long = "vary", value_name = "POINTER=VALUES", required_unless_present = "points")]
    varied: Vec<Vary>,
    /// Condition between numbers, as '/a < /b' or '/a + /b <= 1': cells that do
    /// not meet it are left out; may be given more than once
    #[arg(long = "where", value_name = "CONDITION")]
    conditions: Vec<Condition>,
    /// CSV table of cells that you have chosen yourself: a pointer at the head of
    /// each column, a cell in each row; in place of --vary and --design
    #[arg(long, value_name = "FILE", conflicts_with = "varied")]
    points: Option<PathBuf>,
    #[arg(long = "measure", value_name = "MEASURE", help = MEASURE)]
    targets: Vec<Target>,
}

/// Said in place of a doc comment, which may not name measures without backticks.
const MEASURE: &str = "\
Measure to look at, as need_met, of one year as need_met@year4, one of your own
over ours as 'margin@year4 - margin@year1', or the chance that one is beyond a
limit, as 'need_met<0.9'; may be given more than once
[default: need_met, without need stock_mean, and collapsed]";

/// What to vary, and under which conditions.
pub(super) type Wanted = (Vec<Vary>, Vec<Condition>);

impl Asked {
    /// Whether the cells are those of a file.
    pub(super) fn is_listed(&self) -> bool {
        self.points.is_some()
    }

    /// What to vary, and under which conditions.
    ///
    /// # Errors
    /// Every fault of the file of points.
    pub(super) fn wanted(&self) -> Result<Wanted, Failure> {
        let Some(path) = &self.points else { return Ok((self.varied.clone(), self.conditions.clone())) };
        let shown = path.display();
        let text =
            disk::read_text(path).map_err(|error| Failure::Request(format!("{shown} cannot be read: {error}")))?;
        let varied =
            listed(&text).map_err(|faults| Failure::Request(format!("{shown}:\n  {}", faults.join("\n  "))))?;
        Ok((varied, self.conditions.clone()))
    }

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
        let has_need = setups.iter().all(Setup::has_need);
        let usual = [if has_need { "need_met" } else { "stock_mean" }, "collapsed"];
        usual.map(|measure| Target { measure: measure.to_owned(), limit: None }).to_vec()
    }

    /// The experiment as one that can be planned.
    ///
    /// # Errors
    /// Every fault of what was asked.
    pub(super) fn planned(&self, scenario: Scenario, purpose: Purpose, flags: &Flags) -> Result<CellRuns, Failure> {
        let targets = |setups: &[Setup]| self.targets(setups);
        CellRuns::new(&STORE, scenario, purpose, self.wanted()?, targets, experiment::options(flags))
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
    Ok(Folder::open(place, flags.replace)?.with_pictures(flags.pictures()))
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
    told(field, report).print(flags, &path, &files)
}

/// What an experiment over cells tells.
pub(super) fn told(field: &Field, report: &Report) -> Told {
    Told {
        answer: report.answer.clone(),
        findings: report.findings.clone(),
        tables: report.tables.clone(),
        seed: field.seed,
        counts: vec![("cells", field.cells.len() as u64)],
        runs: field.runs,
        failed_runs: field.failed(),
        interrupted: field.interrupted,
    }
}
