//! What is told of arms compared over the points that the evidence leaves.
//!
//! The folder has, besides what every result folder has: `over.csv` (a row an arm and measure: in how many points higher and lower),
//! `decides.csv` (a row an arm, measure and number), `differences.csv` (a row a point, arm and measure) and `points.csv`.

mod charts;
mod data;
mod findings;
mod tables;

pub use charts::figures;
pub use findings::findings;
pub use tables::tables;

use crate::experiment::matching::{Difference, Kept, Over};
use crate::model::measure::{Better, Measure, words};
use crate::report::folder::manifest::{self, Progress};
use crate::report::folder::{Command, Contents, Folder, FolderError};
use crate::report::study::arm_keys;
use crate::scenario::Scenario;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Arms over an ensemble, with what came of them.
#[derive(Clone, Debug)]
pub struct Account<'a> {
    /// The arms; the first is what the others are compared with.
    pub arms: &'a [Scenario],
    /// The points.
    pub kept: &'a Kept,
    /// What came of every arm at every point.
    pub over: &'a Over,
    keys: Vec<String>,
    /// What the arms are called in words: those that only add to the first by what they add.
    names: Vec<String>,
    /// Of each further arm and each measure.
    found: Vec<Vec<Difference>>,
}

/// Measures that findings tell of, in their order, where there are such.
const TOLD: [&str; 5] = ["need_met", "welfare", "stock_end", "margin", "collapsed"];

/// The same where nobody has need.
const TOLD_WITHOUT_NEED: [&str; 3] = ["stock_mean", "welfare", "collapsed"];

impl<'a> Account<'a> {
    /// Works out what is to be told.
    pub fn new(arms: &'a [Scenario], kept: &'a Kept, over: &'a Over) -> Self {
        let values: Vec<&[f64]> = over.points.iter().map(|point| kept.points[*point].values.as_slice()).collect();
        let of = |arm: usize| {
            let measures = 0..over.measures.len();
            measures.map(|measure| Difference::of(&over.differences(arm, measure), over.runs, &values)).collect()
        };
        let keys = arm_keys(arms);
        Self { names: names(&keys), keys, found: (1..arms.len()).map(of).collect(), arms, kept, over }
    }

    /// Positions of the measures that are told.
    fn told(&self) -> Vec<usize> {
        let keys: &[&str] = if self.arms.iter().all(|arm| arm.setup.has_need()) { &TOLD } else { &TOLD_WITHOUT_NEED };
        keys.iter().filter_map(|key| self.over.position(key)).collect()
    }

    /// The arms that are compared with the first.
    fn others(&self) -> std::ops::Range<usize> {
        1..self.arms.len()
    }

    fn difference(&self, arm: usize, measure: usize) -> &Difference {
        &self.found[arm - 1][measure]
    }

    fn measure(&self, measure: usize) -> &Measure {
        &self.over.measures[measure]
    }

    /// The name of an open number for people.
    fn number(&self, position: usize) -> String {
        words(&self.kept.numbers[position].name)
    }

    /// The number that has most to do with a measure over all arms, if any clearly has.
    fn deciding(&self, measure: usize) -> Option<usize> {
        let size = |number: usize| -> f64 {
            let of = |arm: usize| self.difference(arm, measure).numbers[number];
            self.others().map(of).filter(|influence| influence.is_clear).map(|influence| influence.rank.abs()).sum()
        };
        let best = (0..self.kept.numbers.len()).max_by(|a, b| size(*a).total_cmp(&size(*b)))?;
        (size(best) > 0.0).then_some(best)
    }
}

/// Names without that of the first arm where they begin with it; it is then called by what it is.
fn names(keys: &[String]) -> Vec<String> {
    let Some(first) = keys.first() else { return Vec::new() };
    let added = |key: &String| key.strip_prefix(first.as_str())?.strip_prefix('-').map(str::to_owned);
    match keys[1..].iter().map(added).collect::<Option<Vec<String>>>() {
        Some(added) if !added.is_empty() => std::iter::once("the first design".to_owned()).chain(added).collect(),
        _ => keys.to_vec(),
    }
}

/// Whether more of a measure is better, worse, or neither.
fn sign(measure: &Measure) -> Option<bool> {
    match measure.better {
        Better::Higher => Some(true),
        Better::Lower => Some(false),
        Better::Towards | Better::Neither => None,
    }
}

/// Writes the result folder and gives back the paths of its files, the manifest last.
///
/// # Errors
/// A file cannot be written or a chart not be drawn; then none of the new files is left.
pub fn write(account: &Account, folder: Folder, command: &Command) -> Result<Vec<PathBuf>, FolderError> {
    let contents = Contents {
        answer: None,
        data: data::tables(account).map_err(|reason| FolderError::file(folder.path(), reason))?,
        files: Vec::new(),
        scenarios: account.keys.iter().cloned().zip(account.arms.iter().map(Scenario::resolved)).collect(),
        findings: findings(account),
        figures: figures(account),
        tables: tables(account),
    };
    folder.write_all(contents, |names| manifest(account, command, names))
}

fn manifest(account: &Account, command: &Command, files: &[&str]) -> String {
    let Account { arms, kept, over, keys, .. } = account;
    let arms = keys.iter().zip(arms.iter()).map(|(key, arm)| manifest::scenario(key, arm));
    let title = format!("{} over {}", keys.join(", "), kept.title);
    let own = json!({
        "study": {
            "title": title,
            "question": "What stands of a comparison over all that the evidence leaves open?",
        },
        "match": kept.hash,
        "ensemble_points": kept.points.len(),
        "points_done": over.points.len(),
        "points_impossible": over.impossible,
        "arms": arms.collect::<Vec<Value>>(),
    });
    let progress =
        Progress { seed: over.seed, runs: over.runs, failed_runs: over.failed, interrupted: over.interrupted };
    manifest::text(command, progress, own, files)
}
