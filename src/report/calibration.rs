//! What is told of a calibration: findings in words, tables, charts and files.
//!
//! ```text
//! Problem + Fit → Account → findings | tables | figures → terminal, result folder
//! ```
//!
//! The folder has, besides what every result folder has: `estimates.csv` (a row a parameter), `predictions.csv` (a row an
//! observation), `particles.csv` (a row a point that is left), `search.csv` (a row a round), and `preset.json`, the values that
//! fit best as a fragment that other scenarios extend. `data-dictionary.csv` tells what stands in each column.

mod answer;
mod charts;
mod data;
mod findings;
mod tables;
mod words;

pub use charts::figures;
pub use findings::findings;
pub use tables::tables;

use super::answer::Answer;
use super::folder::manifest::{self, Progress};
use super::folder::{Command, Contents, Folder, FolderError};
use crate::experiment::calibrate::{Fit, Problem};
use serde_json::{Value, json};
use std::path::PathBuf;

/// A calibration with what came of it.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    /// What was asked.
    pub problem: &'a Problem,
    /// What was found.
    pub fit: &'a Fit,
}

/// Writes the result folder and gives back the paths of its files, the manifest last.
///
/// # Errors
/// A file cannot be written or a chart not be drawn; then none of the new files is left.
pub fn write(account: &Account, folder: Folder, command: &Command) -> Result<Vec<PathBuf>, FolderError> {
    let contents = Contents {
        answer: Some(answer(account)),
        data: data::tables(account).map_err(|reason| FolderError::file(folder.path(), reason))?,
        files: vec![data::preset(account)],
        scenarios: account.problem.cases.iter().map(|(name, case)| (name.clone(), case.resolved())).collect(),
        findings: findings(account),
        figures: figures(account),
        tables: tables(account),
    };
    folder.write_all(contents, |names| manifest(account, command, names))
}

/// What is printed at the end, and stands first on the page.
pub fn answer(account: &Account) -> Answer {
    answer::answer(account)
}

/// What it takes to do the calibration again.
fn manifest(account: &Account, command: &Command, files: &[&str]) -> String {
    let Account { problem, fit } = account;
    let scenarios = problem.cases.iter().map(|(name, case)| manifest::scenario(name, case));
    let own = json!({
        "title": problem.file.title,
        "question": problem.file.question,
        "calibration": problem.hash(),
        "method": problem.file.method,
        "rounds_done": fit.rounds.len() - 1,
        "settled": fit.settled,
        "failed_points": fit.failed,
        "preset": problem.file.preset,
        "parameters": problem.file.parameters,
        "scenarios": scenarios.collect::<Vec<Value>>(),
    });
    let progress = Progress { seed: problem.file.method.seed, runs: command.runs, failed_runs: 0, interrupted: false };
    manifest::text(command, progress, own, files)
}
