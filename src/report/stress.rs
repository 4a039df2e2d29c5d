//! What designs are worth under stress, told: findings in words, tables, charts and files.
//!
//! ```text
//! Futures + Stress → Account (Verdict) → findings | tables | figures → terminal, result folder
//! ```
//!
//! Of an experiment that is not complete there is no verdict: the table of futures says what was done, and nothing is made of it.

mod answer;
mod assumed;
mod charts;
mod columns;
mod conditions;
mod data;
mod failures;
mod findings;
mod manifest;
mod tables;

pub use charts::figures;
pub use findings::findings;
pub use tables::tables;

use std::path::PathBuf;

use super::answer::Answer;
use super::folder::{Command, Contents, Folder, FolderError};
use super::phrase::Numerals;
use super::study::arm_keys;
use crate::experiment::Level;
use crate::experiment::stress::{Criterion, Futures, Share, Standing, Stress, Verdict};
use crate::scenario::Scenario;
use crate::statistics::ranking::Ranking;
use crate::statistics::{Interval, wilson_interval};

/// Designs, their futures, and what came of them.
#[derive(Clone, Debug)]
pub struct Account<'a> {
    /// The designs and the futures that they met.
    pub futures: &'a Futures,
    /// What their runs came to.
    pub stress: &'a Stress,
    /// What is said of the designs; `None` of an incomplete experiment.
    pub verdict: Option<Verdict>,
    /// Short names of the designs, each another.
    keys: Vec<String>,
}

/// Writes the result folder and gives back the paths of its files, the manifest last.
///
/// # Errors
/// A file cannot be written or a chart not be drawn; then none of the new files is left.
pub fn write(account: &Account, folder: Folder, command: &Command) -> Result<Vec<PathBuf>, FolderError> {
    let data = data::tables(account, command).map_err(|reason| FolderError::file(folder.path(), reason))?;
    let contents = Contents {
        answer: Some(answer(account)),
        data,
        files: vec![("study.json".to_owned(), account.futures.shocks.resolved().into_bytes())],
        scenarios: account.keys.iter().cloned().zip(account.designs().iter().map(Scenario::resolved)).collect(),
        findings: findings(account),
        figures: figures(account),
        tables: tables(account),
    };
    folder.write_all(contents, |names| manifest::text(account, command, names))
}

/// What is printed at the end, and stands first on the page.
pub fn answer(account: &Account) -> Answer {
    answer::answer(account)
}

impl<'a> Account<'a> {
    /// Draws up what there is to tell.
    pub fn new(futures: &'a Futures, stress: &'a Stress) -> Self {
        Self { futures, stress, verdict: Verdict::of(futures, stress), keys: arm_keys(&futures.designs) }
    }

    /// Short names of the designs, each another.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// The designs.
    pub fn designs(&self) -> &'a [Scenario] {
        &self.futures.designs
    }

    /// The level of all intervals.
    fn level(&self) -> Level {
        self.stress.level
    }

    /// What a step is, in the singular.
    fn time(&self) -> &'a str {
        self.designs().first().map_or("step", |design| &design.file.time.unit)
    }

    /// What is said of the designs, by their names.
    fn standings(&self) -> impl Iterator<Item = (&String, &Standing)> {
        self.keys.iter().zip(self.verdict.iter().flat_map(|verdict| &verdict.designs))
    }

    /// How the designs rank by a criterion; `None` of one design.
    fn ranking(&self, criterion: Criterion) -> Option<&Ranking> {
        let rankings = &self.verdict.as_ref()?.rankings;
        rankings.iter().find(|(known, _)| *known == criterion).map(|(_, ranking)| ranking)
    }

    /// Labels of the goals, in their order.
    fn goals(&self) -> impl ExactSizeIterator<Item = &'a str> {
        self.futures.shocks.file.goals.values().map(|goal| goal.label.as_str())
    }

    /// A rung in words: "no shock", "Winter surge (+10%)".
    fn rung(&self, rung: usize) -> String {
        let step = self.futures.shocks.rungs.get(rung).and_then(|rung| rung.step);
        step.and_then(|(ladder, step)| {
            let (_, ladder) = self.futures.shocks.file.ladders.get_index(ladder)?;
            Some(format!("{} ({})", ladder.label, ladder.steps.get(step)?))
        })
        .unwrap_or_else(|| "no shock".to_owned())
    }

    /// Share of the points at which a design meets all goals on a rung, with Wilson's interval over the points.
    fn share_at(&self, standing: &Standing, rung: usize) -> Share {
        let at = |future: &usize| self.futures.place(*future).1 == rung;
        let met: Vec<bool> = (0..standing.met.len()).filter(at).map(|future| standing.met[future]).collect();
        let some = met.iter().filter(|met| **met).count();
        let interval = wilson_interval(some as u64, met.len() as u64, self.level().share());
        Share { some, all: met.len(), interval }
    }

    /// Numbers of the score, written as finely as an interval gives reason to.
    fn numerals(&self, value: f64, interval: Option<Interval>) -> Numerals<'a> {
        Numerals::new(self.futures.score.unit, self.time(), value, interval)
    }
}

/// A criterion as the end of "by …".
fn by(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Goals => "share of futures that meet all goals",
        Criterion::Regret => "mean regret",
        Criterion::Worst => "mean of the worst 5% of futures",
    }
}
