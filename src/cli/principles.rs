//! `principles`: what each rule of a scenario is worth, alone and together.

use super::ending::{Ending, Failure, Outcome};
use super::experiment::{command, options, pool};
use super::explain::opening;
use super::flags::Flags;
use super::print;
use super::progress::Progress;
use super::whole::whole;
use commonground::experiment::plan::RuleTrials;
use commonground::experiment::principles::{self, Principles, Question, Unfit};
use commonground::report::folder::{Folder, Place};
use commonground::report::principles::{Account, findings, main_tables, tables, write};
use commonground::report::study::arm_keys;
use commonground::report::table::Table;
use commonground::scenario::Scenario;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What `principles` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commonground principles pasture-ostrom
  commonground principles place-based --runs 200 --measure need_met,margin
  commonground principles mine.json --measure stock_end --out results/rules
  commonground principles mine.json --permutations 64

Runs every combination of the rules in the scenario on the same luck, and tells
what each rule adds on average over all orders in which they could be adopted
(its Shapley value), which rules need each other or crowd each other out, the
best set of each size, and what each costs. Up to 12 rules all combinations are
run; above that, random orders are drawn in each run, and the intervals say how
much that leaves open. Any outcome measure can be asked about: `runs.csv` of a
run names them. Ctrl-C stops after the runs in hand and keeps what is done.")]
pub(crate) struct Arguments {
    /// Name of a bundled scenario, or path of a file
    scenario: String,
    /// Measures by which rules are judged, the first one first [default: the
    /// need met, or the stock at the end where there is no need]
    #[arg(long = "measure", value_name = "KEY", value_delimiter = ',')]
    measures: Vec<String>,
    /// Draw N random orders of adoption in each run instead of running every
    /// combination [default: none, and 32 above 12 rules]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u32>(1, MOST_ORDERS))]
    permutations: Option<u32>,
    #[command(flatten)]
    flags: Flags,
}

const MOST_ORDERS: u32 = 10_000;

/// Runs the combinations, writes the folder and prints what came of it.
pub(crate) fn principles(arguments: &Arguments) -> Outcome {
    let flags = &arguments.flags;
    let scenario = flags.load(&arguments.scenario)?;
    let question = Question::new(&scenario.setup, &arguments.measures, arguments.permutations)?;
    let threads = pool(flags.threads)?;
    let folder = Folder::open(place(flags, &scenario), flags.replace)?;
    let progress = Progress::begin(flags)?;
    let found = threads.install(|| principles::run(&scenario.setup, &question, options(flags), &progress));
    progress.end();
    if found.runs == 0 {
        print::say("Stopped before the first runs were done; nothing is written.");
        return Ok(Ending::Stopped);
    }
    let account = Account { scenario: &scenario, principles: &found };
    let path = folder.path().to_owned();
    let files = threads.install(|| write(&account, folder, &command(flags)))?;
    print::result(&told(&account, flags.json.then_some(&path))?)?;
    if !flags.quiet {
        print::say(&closing(&found, flags, &path, &files));
    }
    Ok(if found.interrupted { Ending::Stopped } else { Ending::Fine })
}

impl Arguments {
    /// The experiment as one that can be planned, and its flags.
    ///
    /// # Errors
    /// The scenario has faults, or cannot be asked that.
    pub(super) fn planned(&self) -> Result<(RuleTrials, &Flags), Failure> {
        let scenario = self.flags.load(&self.scenario)?;
        let trials = RuleTrials::new(scenario, self.measures.clone(), self.permutations, options(&self.flags))?;
        Ok((trials, &self.flags))
    }
}

impl From<Unfit> for Failure {
    fn from(unfit: Unfit) -> Self {
        Self::Request(unfit.to_string())
    }
}

/// The folder that was asked for, or one named after the scenario.
fn place(flags: &Flags, scenario: &Scenario) -> Place {
    if let Some(path) = &flags.out {
        return Place::Chosen(path.clone());
    }
    let name = arm_keys(std::slice::from_ref(scenario)).concat();
    Place::Fresh(Path::new("results").join(format!("{name}-principles")))
}

/// What is printed: with a folder one JSON document that names it, without one text.
pub(super) fn told(account: &Account, json_of: Option<&PathBuf>) -> Result<String, Failure> {
    json_of.map_or_else(|| Ok(text(account)), |folder| document(account, folder))
}

/// What `--json` prints.
#[derive(Serialize)]
struct Document<'a> {
    findings: Vec<String>,
    tables: Vec<Table>,
    folder: &'a Path,
    seed: u64,
    runs: u64,
    interrupted: bool,
}

fn document(account: &Account, folder: &Path) -> Result<String, Failure> {
    let Principles { seed, runs, interrupted, .. } = *account.principles;
    let document = Document { findings: findings(account), tables: tables(account), folder, seed, runs, interrupted };
    serde_json::to_string_pretty(&document).map_err(|error| Failure::Request(format!("no JSON can be made: {error}")))
}

/// Findings and the tables that say most.
fn text(account: &Account) -> String {
    let mut text = format!("{}\n\n{}", opening(account.scenario), print::heading("Findings"));
    for finding in findings(account) {
        text.push('\n');
        text.push_str(&print::wrapped(&format!("- {finding}"), "  "));
    }
    text.push('\n');
    for table in main_tables(account) {
        text.push('\n');
        text.push_str(&table.to_text(print::WIDTH));
    }
    text
}

/// How it ended and where the files are.
fn closing(found: &Principles, flags: &Flags, folder: &Path, files: &[PathBuf]) -> String {
    let charts = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "svg")).count();
    let stopped = if found.interrupted {
        format!("Stopped after {} of {} runs; what is done is kept. ", found.runs, flags.runs())
    } else {
        String::new()
    };
    let words = format!(
        "{stopped}{} runs, seed {}. Tables and {charts} {} are in {}",
        found.runs,
        found.seed,
        if charts == 1 { "chart" } else { "charts" },
        folder.display()
    );
    format!("\n{}", print::wrapped(&words, ""))
}
