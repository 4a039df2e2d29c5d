//! `calibrate`: unknown numbers of scenarios fitted to data.

use super::ending::{Ending, Failure, Outcome};
use super::experiment::{pool, words};
use super::flags::Charts;
use super::progress::Progress;
use super::resume::locked;
use super::told::{self, Form};
use super::whole::whole;
use super::{STORE, paths, print, rows};
use commonground::experiment::Level;
use commonground::experiment::calibrate::{
    Fit, Problem, Replace, Rounds, RoundsError, SearchError, most_points, search,
};
use commonground::report::calibration::{Account, answer, findings, tables, write};
use commonground::report::folder::{Command, Folder, Format};
use serde_json::json;
use std::path::{Path, PathBuf};

/// What `calibrate` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground calibrate calibrations/trust-margins
  commonground scenarios copy calibrations/trust-margins .
  commonground calibrate mine.json --out results/mine
  commonground calibrate --schema > calibration.schema.json

The file names the scenarios, the unknown numbers with what is held possible
of each, the data with their errors, and which of them are left out. The method
is approximate Bayesian computation by sequential Monte Carlo. The folder has
estimates with 90% intervals, what is foretold beside what was observed, and
preset.json, a fragment to lay over scenarios: other.json+results/mine/preset.

Every round is kept. Ctrl-C stops after the batch in hand; the same command goes
on from there, and comes to the same results to the byte.")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that can be typed")]
pub(crate) struct Arguments {
    /// Calibration file
    #[arg(value_name = "FILE", required_unless_present = "schema")]
    file: Option<String>,
    /// Print the JSON Schema of calibration files, for editors, and fit nothing
    #[arg(long, conflicts_with_all = ["file", "out"])]
    schema: bool,
    /// Folder for the files; without it results/<preset>-calibration
    #[arg(long, value_name = "DIR", value_parser = paths::new())]
    out: Option<PathBuf>,
    /// Begin anew and replace what is in the folder
    #[arg(long)]
    replace: bool,
    /// Number of threads; it changes nothing but the time [default: all cores]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u16>(1, 1024))]
    threads: Option<u16>,
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

/// Searches, writes the folder and prints what came of it.
pub(crate) fn calibrate(arguments: &Arguments) -> Outcome {
    let Some(file) = &arguments.file else { return schema() };
    let threads = pool(arguments.threads)?;
    let problem = threads.install(|| Problem::load(&STORE, file))?;
    let folder = arguments
        .out
        .clone()
        .unwrap_or_else(|| Path::new("results").join(format!("{}-calibration", problem.file.preset)));
    let replace = if arguments.replace { Replace::All } else { Replace::Nothing };
    let lock = locked(&folder)?;
    let rounds = Rounds::open(&folder, problem.identity(), replace)?;
    let progress = Progress::over_items(arguments.quiet, most_points(&problem))?;
    let found = threads.install(|| search(&problem, &rounds, &progress));
    progress.end();
    let Some(fit) = found? else {
        print::say("Stopped; what is done is kept, and the same command goes on from there.");
        return Ok(Ending::Stopped);
    };
    let account = Account { problem: &problem, fit: &fit };
    let place = Folder::within(&folder, lock)?.with_pictures(arguments.charts.into());
    let runs = u64::from(problem.file.method.runs);
    let command =
        Command { words: words(), runs, precision: None, widths: Vec::new(), level: Level::USUAL, format: Format::Csv };
    threads.install(|| write(&account, place, &command))?;
    print::result(&results(&account, Form::of(arguments.json, arguments.all), &folder))?;
    if !arguments.quiet {
        print::say(&closing(&problem, &fit, &folder));
    }
    Ok(if fit.failed > 0 { Ending::Failed } else { Ending::Fine })
}

fn schema() -> Outcome {
    let schema = commonground::scenario::text::schema::<commonground::experiment::calibrate::file::File>();
    print::result(&format!("{schema:#}"))?;
    Ok(Ending::Fine)
}

impl From<RoundsError> for Failure {
    fn from(error: RoundsError) -> Self {
        Self::Request(error.to_string())
    }
}

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Self {
        Self::Request(error.to_string())
    }
}

/// What was found, in that form; a JSON document names the folder.
fn results(account: &Account, form: Form, folder: &Path) -> String {
    let (answer, findings, tables) = (answer(account), findings(account), tables(account));
    match form {
        Form::Screen => told::on_a_screen(&answer, Some(folder)),
        Form::All => told::all(&answer, &findings, &tables, Some(folder)),
        Form::Json => print::document(&json!({
            "answer": answer,
            "findings": told::found(&answer, &findings),
            "rows": rows::of(folder),
            "folder": folder,
            "seed": account.problem.file.method.seed,
            "settled": account.fit.settled,
            "failed_points": account.fit.failed,
        })),
    }
}

/// How it ended and where the files are.
fn closing(problem: &Problem, fit: &Fit, folder: &Path) -> String {
    let words = format!(
        "{} particles, {} rounds of {} runs each, seed {}. The preset to extend is {}",
        problem.file.method.particles,
        fit.rounds.len() - 1,
        problem.file.method.runs,
        problem.file.method.seed,
        folder.join("preset.json").display()
    );
    format!("\n{}", print::wrapped(&words, ""))
}
