//! What is told of a match, and of arms compared over what it leaves.
//!
//! ```text
//! Problem + Search → Account → findings | tables | figures → terminal, result folder
//! ```
//!
//! The folder of a match has, besides what every result folder has: `ensemble.json` (the points that are handed on), `points.csv` (a row
//! a point that was tried), `targets.csv`, `ranges.csv`, `conflicts.csv` (a row a pair of targets), `exclusions.csv` and `waves.csv`.

pub mod against;
mod answer;
mod charts;
mod data;
mod findings;
pub mod over;
mod tables;

pub use answer::answer;
pub use charts::figures;
pub use findings::findings;
pub use tables::tables;

use super::folder::manifest::{self, Progress};
use super::folder::{Command, Contents, Folder, FolderError};
use crate::experiment::matching::conflicts::{Exclusion, Pair, RuledOut, exclusions, pairs, ruled_out};
use crate::experiment::matching::{Aim, Kept, NAME, Point, Problem, Search};
use crate::model::measure::words;
use serde_json::{Value, json};
use std::path::PathBuf;

/// A match with what came of it.
#[derive(Clone, Debug)]
pub struct Account<'a> {
    /// What was asked.
    pub problem: &'a Problem,
    /// What was found.
    pub search: &'a Search,
    /// The points that are handed on.
    pub kept: Kept,
    pairs: Vec<Pair>,
    exclusions: Vec<Exclusion>,
    ruled_out: Vec<RuledOut>,
}

/// An open number before and after.
#[derive(Clone, Debug, PartialEq)]
struct Narrowed {
    /// Its name for people.
    name: String,
    unit: String,
    before: [f64; 2],
    /// 5%, median and 95% of what is left, as values and as shares of the way.
    after: [f64; 3],
    shares: [f64; 3],
    /// Width of what is left against the same of before.
    left_open: f64,
}

/// What of its range an even number has between 5% and 95%.
const BEFORE: f64 = 0.9;

impl<'a> Account<'a> {
    /// Works out what is to be told.
    pub fn new(problem: &'a Problem, search: &'a Search) -> Self {
        let (aims, cutoff) = (&problem.aims, problem.file.method.cutoff);
        let none_left = search.left().next().is_none();
        Self {
            kept: Kept::of(problem, search),
            pairs: pairs(aims, search, cutoff),
            exclusions: if none_left { exclusions(aims, search, cutoff) } else { Vec::new() },
            ruled_out: ruled_out(aims, search, cutoff),
            problem,
            search,
        }
    }

    /// Points that are left.
    pub fn left(&self) -> usize {
        self.search.left().count()
    }

    fn aim(&self, position: usize) -> &Aim {
        &self.problem.aims[position]
    }

    /// The open numbers before and after, in the order of the file; none where no point is left.
    fn numbers(&self) -> Vec<Narrowed> {
        if self.left() == 0 {
            return Vec::new();
        }
        let narrowed = |(axis, (name, open)): (usize, (&str, &crate::experiment::matching::file::Open))| {
            let shares = self.search.quantiles([0.05, 0.5, 0.95], |point| point.shares[axis]);
            Narrowed {
                name: words(name),
                unit: open.unit.clone(),
                before: open.range,
                after: shares.map(|share| open.at(share)),
                shares,
                left_open: (shares[2] - shares[0]) / BEFORE,
            }
        };
        self.problem.numbers().enumerate().map(narrowed).collect()
    }

    /// Pairs that fewer points of the first wave meet than would if one told nothing of the other, by more than chance; those first of
    /// which the smallest share is met.
    fn apart(&self) -> Vec<&Pair> {
        let mut apart: Vec<&Pair> =
            self.pairs.iter().filter(|pair| pair.expected - pair.met as f64 > chance(pair)).collect();
        apart.sort_by(|a, b| (a.met as f64 / a.expected).total_cmp(&(b.met as f64 / b.expected)));
        apart
    }

    /// What the points that are left foretell of a target: 5%, median, 95%.
    fn foretold(&self, position: usize) -> [f64; 3] {
        self.search.quantiles([0.05, 0.5, 0.95], |point| value_of(point, position))
    }
}

/// How far from what was to be expected chance may take the points that meet a pair: two standard deviations of a count.
fn chance(pair: &Pair) -> f64 {
    2.0 * pair.expected.max(1.0).sqrt()
}

/// What a point foretells of a target; NaN for none.
fn value_of(point: &Point, position: usize) -> f64 {
    point.foretold.as_ref().map_or(f64::NAN, |foretold| foretold[position].0)
}

/// Writes the result folder and gives back the paths of its files, the manifest last.
///
/// # Errors
/// A file cannot be written or a chart not be drawn; then none of the new files is left.
pub fn write(account: &Account, folder: Folder, command: &Command) -> Result<Vec<PathBuf>, FolderError> {
    let contents = Contents {
        answer: Some(answer(account)),
        data: data::tables(account).map_err(|reason| FolderError::file(folder.path(), reason))?,
        files: vec![(NAME.to_owned(), account.kept.text().into_bytes())],
        scenarios: account.problem.arms.iter().map(|(name, arm)| (name.clone(), arm.resolved())).collect(),
        findings: findings(account),
        figures: figures(account),
        tables: tables(account),
    };
    folder.write_all(contents, |names| manifest(account, command, names))
}

/// What it takes to do the match again.
fn manifest(account: &Account, command: &Command, files: &[&str]) -> String {
    let Account { problem, search, .. } = account;
    let scenarios = problem.arms.iter().map(|(name, arm)| manifest::scenario(name, arm));
    let own = json!({
        "study": { "title": problem.file.title, "question": problem.file.question },
        "match": problem.hash(),
        "method": problem.file.method,
        "waves_done": search.waves.len(),
        "points_tried": search.points.len(),
        "points_left": account.left(),
        "left_share": search.left.0,
        "left_share_error": search.left.1,
        "numbers": problem.file.numbers,
        "derived": problem.file.derived,
        "targets": problem.file.targets,
        "scenarios": scenarios.collect::<Vec<Value>>(),
    });
    let progress = Progress { seed: problem.file.method.seed, runs: command.runs, failed_runs: 0, interrupted: false };
    manifest::text(command, progress, own, files)
}
