//! `--ensemble` of `run`, `compare` and `principles`: scenarios at every point that a match leaves, on the same luck.

use super::ending::{Ending, Failure, Outcome};
use super::experiment::{command, options, place, pool};
use super::flags::Flags;
use super::print;
use super::progress::Progress;
use super::told::Told;
use commonground::experiment::Options;
use commonground::experiment::matching::{
    Kept, KeptError, Over, OverError, RulesError, Sort, over, over_rules, over_written,
};
use commonground::report::folder::Folder;
use commonground::report::matching::over::{Account, answer, findings, tables, write};
use commonground::scenario::Scenario;
use std::path::Path;

/// Runs of each scenario at each point, where none were asked for.
pub(super) const RUNS: u64 = 64;

/// The same of each combination of rules: there may be thousands.
const RUNS_OF_RULES: u64 = 16;

/// All arms of a comparison at all points.
pub(super) fn designs(arms: &[Scenario], ensemble: &str, flags: &Flags) -> Outcome {
    let asked = |kept: &Kept, options, progress: &Progress| Ok(over(kept, arms, options, progress)?);
    conduct(arms, ensemble, &flags.or_runs(RUNS), "-over-ensemble", &asked)
}

/// One scenario at all points, and as it is written.
pub(super) fn written(scenario: &Scenario, ensemble: &str, flags: &Flags) -> Outcome {
    let asked = |kept: &Kept, options, progress: &Progress| Ok(over_written(kept, scenario, options, progress)?);
    conduct(std::slice::from_ref(scenario), ensemble, &flags.or_runs(RUNS), "-over-ensemble", &asked)
}

/// The rules of a scenario at all points, judged by these measures, over all orders or so many.
pub(super) fn rules(scenario: &Scenario, ensemble: &str, asked: (&[String], Option<u32>), flags: &Flags) -> Outcome {
    let of = |kept: &Kept, options, progress: &Progress| Ok(over_rules(kept, scenario, asked, options, progress)?);
    let arms = std::slice::from_ref(scenario);
    conduct(arms, ensemble, &flags.or_runs(RUNS_OF_RULES), "-principles-over-ensemble", &of)
}

/// Whether a command can be cut into shards.
///
/// # Errors
/// It is over an ensemble.
pub(super) fn check_plannable(ensemble: Option<&String>, command: &str) -> Result<(), Failure> {
    match ensemble {
        Some(_) => Err(Failure::Request(format!("--ensemble is not cut into shards; use `{command}` itself"))),
        None => Ok(()),
    }
}

/// `--ensemble` of a command that cannot have it: it is taken, so that what is wrong with it can be said.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct NoEnsemble {
    #[arg(long, value_name = "FOLDER", hide = true)]
    ensemble: Option<String>,
}

impl NoEnsemble {
    /// Refuses it.
    ///
    /// # Errors
    /// It was asked for; `why` says why it makes no sense and what does.
    pub(super) fn check(&self, why: &str) -> Result<(), Failure> {
        match &self.ensemble {
            Some(_) => Err(Failure::Request(format!("--ensemble: {why}"))),
            None => Ok(()),
        }
    }
}

/// What is done at all points.
type Asked<'a> = &'a (dyn Fn(&Kept, Options, &Progress) -> Result<Over, Failure> + Sync);

/// Does it, writes the folder and prints what came of it.
fn conduct(arms: &[Scenario], ensemble: &str, flags: &Flags, ending: &str, asked: Asked<'_>) -> Outcome {
    for (asked, flag) in
        [(flags.resume, "--resume"), (flags.has_precision(), "--precision"), (!flags.level.is_usual(), "--level")]
    {
        if asked {
            return Err(Failure::Request(format!(
                "{flag} goes with single points and not with --ensemble; leave it out"
            )));
        }
    }
    let kept = Kept::read(ensemble)?;
    let threads = pool(flags.threads)?;
    let folder = Folder::open(place(flags, arms, ending), flags.replace)?.with_pictures(flags.pictures());
    let progress = Progress::over_items(flags.quiet, kept.points.len() as u64)?;
    let found = threads.install(|| asked(&kept, options(flags), &progress));
    progress.end();
    let found = found?;
    let path = folder.path().to_owned();
    if found.points.is_empty() {
        print::say("Stopped before the first points were done; nothing is written.");
        return Ok(Ending::Stopped);
    }
    let account = threads.install(|| Account::new(arms, &kept, &found));
    let files = threads.install(|| write(&account, folder, &command(flags)))?;
    let told = told(&account);
    print::result(&told.results(flags.form(), &path))?;
    if !flags.quiet && (found.interrupted || found.failed > 0 || flags.json) {
        print::say(&closing(&account, &path, files.len()));
    }
    Ok(if found.interrupted { Ending::Stopped } else { told.ending() })
}

/// What is told at the end.
fn told(account: &Account) -> Told {
    let over = account.over;
    Told {
        answer: answer(account),
        findings: findings(account),
        tables: tables(account),
        seed: over.seed,
        counts: vec![("points", over.points.len() as u64)],
        runs: over.runs,
        failed_runs: over.failed,
        interrupted: over.interrupted,
    }
}

/// How it ended and where the files are.
fn closing(account: &Account, folder: &Path, files: usize) -> String {
    let over = account.over;
    let ended = if over.interrupted { "Stopped; what is done is kept. " } else { "" };
    let words = format!(
        "{ended}{} points, {} runs of each {} at each, seed {}. {files} files are in {}",
        over.points.len(),
        over.runs,
        match over.sort {
            Sort::Rules(_) => "combination of rules",
            Sort::Designs | Sort::Written => "design",
        },
        over.seed,
        folder.display()
    );
    format!("\n{}", print::wrapped(&words, ""))
}

impl From<KeptError> for Failure {
    fn from(error: KeptError) -> Self {
        Self::Request(format!("--ensemble: {error}"))
    }
}

impl From<RulesError> for Failure {
    fn from(error: RulesError) -> Self {
        match error {
            RulesError::Unfit(unfit) => unfit.into(),
            RulesError::Over(error) => error.into(),
        }
    }
}

impl From<OverError> for Failure {
    fn from(error: OverError) -> Self {
        match error {
            OverError::Nowhere(arm) => Self::Request(format!(
                "--ensemble: none of its numbers stands in `{arm}`; give designs that the match is about, or lay them over its arms"
            )),
            OverError::Impossible(Some(faults)) => Self::Scenario(faults),
            OverError::Impossible(None) => Self::Request("--ensemble: no point is possible in every design".to_owned()),
        }
    }
}
