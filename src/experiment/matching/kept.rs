//! `ensemble.json`: the points that a match leaves, as settings that any scenario can take; each set where it exists.

use super::places::{Setting, changes};
use super::problem::Problem;
use super::waves::Search;
use crate::disk;
use crate::model::setup::Setup;
use crate::scenario::Scenario;
use crate::scenario::bundled::BUNDLED;
use crate::scenario::text::{Address, Faults, Store};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Path, PathBuf};

/// Points that agree with the evidence. Each counts alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// What was matched.
    pub title: String,
    /// Hash of the match that left them.
    #[serde(rename = "match")]
    pub hash: String,
    /// Points that were tried for them.
    pub tried: usize,
    /// Share of the space of the ranges that is left.
    pub left_share: f64,
    /// The open numbers.
    pub numbers: Vec<Number>,
    /// The points.
    pub points: Vec<Member>,
}

/// An open number of an ensemble.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// Its name in the match.
    pub name: String,
    /// What it is, for people.
    pub meaning: String,
    /// Its unit; empty for a plain number.
    pub unit: String,
    /// The least and the greatest value held possible before.
    pub range: [f64; 2],
}

/// A point of an ensemble.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Values of the open numbers, in their order.
    pub values: Vec<f64>,
    /// What is set, wherever it exists.
    pub sets: Vec<Setting>,
}

/// The file in the folder of a match.
pub const NAME: &str = "ensemble.json";

/// Why an ensemble cannot be read.
#[derive(Debug)]
pub enum KeptError {
    /// There is none there.
    Missing(PathBuf),
    /// What is there is none.
    Damaged(PathBuf, String),
    /// The match left no point.
    Empty(PathBuf),
}

impl Kept {
    /// What a search leaves.
    pub fn of(problem: &Problem, search: &Search) -> Self {
        let method = problem.file.method;
        let drawn = search.sample(method.keep as usize, method.seed);
        let number = |(name, open): (&str, &super::file::Open)| Number {
            name: name.to_owned(),
            meaning: open.meaning.clone(),
            unit: open.unit.clone(),
            range: open.range,
        };
        let member = |at: usize| {
            let shares = &search.points[at].shares;
            Member { values: problem.values(shares), sets: problem.settings(shares) }
        };
        Self {
            title: problem.file.title.clone(),
            hash: problem.hash(),
            tried: search.points.len(),
            left_share: search.left.0,
            numbers: problem.numbers().map(number).collect(),
            points: drawn.into_iter().map(member).collect(),
        }
    }

    /// Reads the ensemble of a folder, of a file, or one that comes with the program.
    ///
    /// # Errors
    /// There is none; it is damaged; no point is left.
    pub fn read(name: &str) -> Result<Self, KeptError> {
        let path = PathBuf::from(name);
        let path = if path.is_dir() { path.join(NAME) } else { path };
        let text = match disk::read_text(&path) {
            Ok(text) => text,
            Err(_) => bundled(name).ok_or_else(|| KeptError::Missing(path.clone()))?,
        };
        let kept: Self =
            serde_json::from_str(&text).map_err(|error| KeptError::Damaged(path.clone(), error.to_string()))?;
        if kept.points.is_empty() {
            return Err(KeptError::Empty(path));
        }
        let wanted = kept.numbers.len();
        if kept.points.iter().any(|point| point.values.len() != wanted) {
            let problem = format!("a point does not have {wanted} values");
            return Err(KeptError::Damaged(path, problem));
        }
        Ok(kept)
    }

    /// As the file says it.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// A scenario at a point.
    ///
    /// # Errors
    /// The values are impossible in it.
    pub fn setup(&self, scenario: &Scenario, point: usize) -> Result<Setup, Faults> {
        let changes = changes(scenario, &self.points[point].sets);
        let changes = changes.iter().map(|(pointer, value)| (pointer.as_str(), value.clone()));
        let mut setup = scenario.set_all(changes)?.setup;
        setup.share_lists_with(&scenario.setup);
        Ok(setup)
    }

    /// Places that the points set in a scenario; none if it has none of the numbers.
    pub fn places(&self, scenario: &Scenario) -> usize {
        self.points.first().map_or(0, |point| changes(scenario, &point.sets).len())
    }
}

/// The text of an ensemble that comes with the program.
fn bundled(name: &str) -> Option<String> {
    let known = |file: String| BUNDLED.read(&Address::Bundled(file)).ok();
    let bytes = known(format!("{name}.json")).or_else(|| known(format!("evidence/{name}.json")))?;
    String::from_utf8(bytes).ok()
}

impl fmt::Display for KeptError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |path: &Path| path.display().to_string();
        match self {
            Self::Missing(path) => write!(
                formatter,
                "`{}` is no ensemble; give the folder of a `match`, or its ensemble.json",
                shown(path)
            ),
            Self::Damaged(path, problem) => {
                write!(formatter, "`{}` is no ensemble of a `match`: {problem}", shown(path))
            }
            Self::Empty(path) => {
                write!(
                    formatter,
                    "`{}` holds no point: the match left none, so there is nothing to compare over",
                    shown(path)
                )
            }
        }
    }
}

impl std::error::Error for KeptError {}
