//! What is told of scenarios at the points that the evidence leaves: of designs held against the first, of one held against itself as
//! it is written, of the rules of one.
//!
//! The folder has, besides what every result folder has: `over.csv` (a row an arm and measure: in how many points higher and lower),
//! `decides.csv` (a row an arm, measure and number), `differences.csv` (a row a point, arm and measure) and `points.csv`.

mod answer;
mod charts;
mod data;
mod findings;
mod rules;
mod sets;
mod tables;
mod written;

pub use answer::answer;
pub use charts::figures;
pub use findings::findings;
pub use tables::tables;

use crate::experiment::matching::{Difference, Kept, Over, Sort, Spread};
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
    /// Short names of what is held against each other, the first against the others.
    keys: Vec<String>,
    /// What these are called in words: designs that only add to the first by what they add.
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
        let (keys, names) = called(arms, &over.sort);
        Self { found: (1..keys.len()).map(of).collect(), keys, names, arms, kept, over }
    }

    /// The short name of the one scenario that it is about.
    fn scenario_key(&self) -> String {
        arm_keys(self.arms).into_iter().next().unwrap_or_default()
    }

    /// Positions of the measures that are told: of rules those that were asked for.
    fn told(&self) -> Vec<usize> {
        if let Sort::Rules(_) = self.over.sort {
            return (0..self.over.measures.len()).collect();
        }
        let keys: &[&str] = if self.arms.iter().all(|arm| arm.setup.has_need()) { &TOLD } else { &TOLD_WITHOUT_NEED };
        keys.iter().filter_map(|key| self.over.position(key)).collect()
    }

    /// The arms that are compared with the first.
    fn others(&self) -> std::ops::Range<usize> {
        1..self.keys.len()
    }

    /// Levels of a measure of an arm over points.
    fn levels(&self, arm: usize, measure: usize) -> Spread {
        Spread::of(&self.over.levels(arm, measure))
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

/// What is held against each other is called: keys for files, names for people.
fn called(arms: &[Scenario], sort: &Sort) -> (Vec<String>, Vec<String>) {
    let keys = arm_keys(arms);
    match sort {
        Sort::Designs => {
            let names = names(&keys);
            (keys, names)
        }
        Sort::Written => {
            let key = keys.concat();
            (vec![format!("{key}-as-written"), key.clone()], vec![format!("{key} as it is written"), key])
        }
        Sort::Rules(rules) => {
            let of = |ends: [&str; 2], name: &dyn Fn(&str) -> String| {
                let rules = rules.iter().map(|rule| name(rule.key()));
                std::iter::once(ends[0].to_owned()).chain(rules).chain([ends[1].to_owned()]).collect()
            };
            (of(["none", "all"], &str::to_owned), of(["none of the rules", "all rules together"], &words))
        }
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
        answer: Some(answer(account)),
        data: data::tables(account).map_err(|reason| FolderError::file(folder.path(), reason))?,
        files: Vec::new(),
        scenarios: arm_keys(account.arms).into_iter().zip(account.arms.iter().map(Scenario::resolved)).collect(),
        findings: findings(account),
        figures: figures(account),
        tables: tables(account),
    };
    folder.write_all(contents, |names| manifest(account, command, names))
}

fn manifest(account: &Account, command: &Command, files: &[&str]) -> String {
    let Account { arms, kept, over, .. } = account;
    let keys = arm_keys(arms);
    let title = format!("{} over {}", keys.join(", "), kept.title);
    let arms = keys.iter().zip(arms.iter()).map(|(key, arm)| manifest::scenario(key, arm));
    let question = match over.sort {
        Sort::Designs => "What stands of a comparison over all that the evidence leaves open?",
        Sort::Written => "What does a scenario come to over all that the evidence leaves open?",
        Sort::Rules(_) => "What is each rule worth over all that the evidence leaves open?",
    };
    let own = json!({
        "study": {
            "title": title,
            "question": question,
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
