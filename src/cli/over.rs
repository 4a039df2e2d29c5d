//! `compare --ensemble`: every design at every point that a match leaves, on the same luck.

use super::ending::{Ending, Failure, Outcome};
use super::experiment::{command, options, place, pool};
use super::flags::Flags;
use super::progress::Progress;
use super::{print, rows, told};
use commonground::experiment::matching::{Kept, KeptError, OverError, over};
use commonground::report::folder::Folder;
use commonground::report::matching::over::{Account, findings, tables, write};
use commonground::scenario::Scenario;
use serde_json::json;
use std::path::Path;

/// Runs of each design at each point, where none were asked for.
const RUNS: u64 = 64;

/// Runs all arms at all points, writes the folder and prints what came of it.
pub(super) fn conduct(arms: &[Scenario], ensemble: &str, flags: &Flags) -> Outcome {
    let flags = &flags.or_runs(RUNS);
    for (asked, flag) in [(flags.resume, "--resume"), (flags.precision.is_some(), "--precision")] {
        if asked {
            return Err(Failure::Request(format!(
                "{flag} goes with single points and not with --ensemble; leave it out"
            )));
        }
    }
    let kept = Kept::read(ensemble)?;
    let threads = pool(flags.threads)?;
    let folder = Folder::open(place(flags, arms, "-over-ensemble"), flags.replace)?.with_pictures(flags.pictures());
    let progress = Progress::over_items(flags.quiet, kept.points.len() as u64)?;
    let found = threads.install(|| over(&kept, arms, options(flags), &progress));
    progress.end();
    let found = found?;
    let path = folder.path().to_owned();
    if found.points.is_empty() {
        print::say("Stopped before the first points were done; nothing is written.");
        return Ok(Ending::Stopped);
    }
    let account = threads.install(|| Account::new(arms, &kept, &found));
    let files = threads.install(|| write(&account, folder, &command(flags)))?;
    print::result(&results(&account, flags.json, &path))?;
    if !flags.quiet {
        print::say(&closing(&account, &path, files.len()));
    }
    Ok(if found.interrupted {
        Ending::Stopped
    } else if found.failed > 0 {
        Ending::Failed
    } else {
        Ending::Fine
    })
}

/// What was found: as text, or with `json` as a document that names the folder.
fn results(account: &Account, json: bool, folder: &Path) -> String {
    let (findings, tables, over) = (findings(account), tables(account), account.over);
    if !json {
        return told::text(&opening(account), &findings, &tables);
    }
    print::document(&json!({
        "findings": findings,
        "rows": rows::of(folder),
        "folder": folder,
        "seed": over.seed,
        "points": over.points.len(),
        "runs": over.runs,
        "failed_runs": over.failed,
        "interrupted": over.interrupted,
    }))
}

/// How it ended and where the files are.
fn closing(account: &Account, folder: &Path, files: usize) -> String {
    let over = account.over;
    let ended = if over.interrupted { "Stopped; what is done is kept. " } else { "" };
    let words = format!(
        "{ended}{} points, {} runs of each design at each, seed {}. {files} files are in {}",
        over.points.len(),
        over.runs,
        over.seed,
        folder.display()
    );
    format!("\n{}", print::wrapped(&words, ""))
}

fn opening(account: &Account) -> String {
    let share = 100.0 * account.kept.left_share;
    let words = format!(
        "Every design at {} points that the evidence of “{}” leaves open ({share:.2}% of what was held possible), on the same luck.",
        account.over.points.len(),
        account.kept.title
    );
    print::wrapped(&words, "")
}

impl From<KeptError> for Failure {
    fn from(error: KeptError) -> Self {
        Self::Request(format!("--ensemble: {error}"))
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
