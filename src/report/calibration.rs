//! What is told of a calibration: findings in words, tables, charts and files.
//!
//! ```text
//! Problem + Fit → Account → findings | tables | figures → terminal, result folder
//! ```
//!
//! The folder has, besides what every result folder has: `estimates.csv` (a row a parameter), `predictions.csv` (a row an
//! observation), `particles.csv` (a row a point that is left), `search.csv` (a row a round), and `preset.json`, the values that
//! fit best as a fragment that other scenarios extend. `data-dictionary.csv` tells what stands in each column.

mod charts;
mod dictionary;
mod files;
mod findings;
mod tables;
mod words;

pub use charts::figures;
pub use findings::findings;
pub use tables::tables;

use super::folder::{Command, Contents, Folder, FolderError, hash};
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
        files: files::files(account),
        scenarios: account.problem.cases.iter().map(|(name, case)| (name.clone(), case.resolved())).collect(),
        findings: findings(account),
        figures: figures(account),
        tables: tables(account),
    };
    folder.write_all(contents, |names| format!("{:#}\n", manifest(account, command, names)))
}

/// What it takes to do the calibration again.
fn manifest(account: &Account, command: &Command, names: &[&str]) -> Value {
    let Account { problem, fit } = account;
    let scenarios = problem.cases.iter().map(|(name, case)| {
        let asked = problem.file.scenarios.get(name).map(|case| case.scenario.as_str());
        json!({
            "name": name,
            "title": case.file.title,
            "asked_as": asked,
            "file": format!("scenarios/{name}.json"),
            "sha256": hash(&case.resolved()),
        })
    });
    json!({
        "commonground": env!("CARGO_PKG_VERSION"),
        "command": command.words,
        "title": problem.file.title,
        "question": problem.file.question,
        "calibration": problem.hash(),
        "seed": problem.file.method.seed,
        "method": problem.file.method,
        "rounds_done": fit.rounds.len() - 1,
        "settled": fit.settled,
        "preset": problem.file.preset,
        "parameters": problem.file.parameters,
        "arms": scenarios.collect::<Vec<_>>(),
        "files": names,
    })
}
