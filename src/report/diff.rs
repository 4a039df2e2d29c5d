//! Two result folders side by side: why they are not the same, and their differences where they can be compared.
//!
//! ```text
//! two folders → opened → causes (what decides results) | measured (run by run on the same luck) → tables, verdict
//! ```

mod causes;
mod measured;
mod opened;
mod pointers;

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use super::folder::MANIFEST;
use super::phrase::{counted, list};
use super::table::Table;
use crate::experiment::Level;
use causes::{Cause, causes};
use measured::{Compared, compared};
use opened::Opened;
use serde_json::Value;

/// Two result folders held against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Diff {
    /// Whether they hold the same results: every file but the manifest is the same, byte by byte.
    pub is_same: bool,
    /// What decides results and is not the same; `None` where there is nothing of the kind.
    pub causes: Option<Table>,
    /// Measures of the whole place that are not the same; `None` where there are none, or no runs to compare.
    pub place: Option<Table>,
    /// The same by kind of provider.
    pub kinds: Option<Table>,
    /// What it comes to, in a few sentences.
    pub verdict: Vec<String>,
}

/// Why a folder cannot be held against another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffError {
    /// The folder, as it was asked for.
    pub folder: String,
    /// What is wrong, and the way out.
    pub problem: String,
}

impl fmt::Display for DiffError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` cannot be compared: {}", self.folder, self.problem)
    }
}

impl std::error::Error for DiffError {}

/// Holds two result folders against each other, with intervals at this level.
///
/// # Errors
/// One of them holds no results, or damaged ones.
pub fn diff(first: &Path, second: &Path, level: Level) -> Result<Diff, DiffError> {
    let (one, other) = (Opened::new(first)?, Opened::new(second)?);
    let apart = files_apart(&one, &other)?;
    let pairs = pairs(&one.arms(), &other.arms());
    let causes = causes(&one, &other, &pairs)?;
    let luck = Luck::of(&one, &other, &causes);
    let compared = if luck == Luck::NotTheSameTime {
        Vec::new()
    } else {
        compared(&one, &other, &pairs, (luck == Luck::Same, level))?
    };
    let time = one.arms().first().map(|arm| one.json(&format!("scenarios/{arm}.json"))).transpose()?;
    let time = time.as_ref().and_then(|scenario| scenario["time"]["unit"].as_str()).unwrap_or("step");
    let names = [&one.name, &other.name].map(|name| format!("`{name}`"));
    let table = |by_kind: bool| {
        let rows = compared.iter().filter(|row| row.measure.kind.is_some() == by_kind && !row.is_same());
        differences(&names, rows.map(|row| row.row(time)).collect(), luck, (by_kind, level))
    };
    Ok(Diff {
        is_same: apart.is_empty(),
        causes: (!causes.is_empty()).then(|| Table {
            title: "What decides the results, and is not the same".to_owned(),
            columns: vec!["What".to_owned(), names[0].clone(), names[1].clone()],
            rows: causes.iter().map(Cause::row).collect(),
        }),
        place: table(false),
        kinds: table(true),
        verdict: verdict(&names, &apart, &causes, &compared, luck),
    })
}

/// What runs of the same number have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Luck {
    /// The same random numbers.
    Same,
    /// Other ones, so that only means can be compared.
    Another,
    /// The steps are not the same, so that nothing can.
    NotTheSameTime,
}

impl Luck {
    fn of(one: &Opened, other: &Opened, causes: &[Cause]) -> Self {
        if causes.iter().any(|cause| cause.what.contains(": /time/")) {
            Self::NotTheSameTime
        } else if one.manifest["seed"] == other.manifest["seed"] {
            Self::Same
        } else {
            Self::Another
        }
    }
}

/// Files that only one has, or that are not the same; the manifest is not among them.
fn files_apart(one: &Opened, other: &Opened) -> Result<Vec<String>, DiffError> {
    let all: BTreeSet<&String> = one.files.iter().chain(&other.files).filter(|name| *name != MANIFEST).collect();
    let mut apart = Vec::new();
    for file in all {
        let both = one.files.contains(file) && other.files.contains(file);
        if !both || !one.has_the_same(other, file)? {
            apart.push(file.clone());
        }
    }
    Ok(apart)
}

/// Arms that are held against each other: those of the same name; where there is but one in each, those two.
fn pairs(one: &[String], other: &[String]) -> Vec<[String; 2]> {
    if let ([only], [their]) = (one, other) {
        return vec![[only.clone(), their.clone()]];
    }
    one.iter().filter(|arm| other.contains(arm)).map(|arm| [arm.clone(), arm.clone()]).collect()
}

fn differences(
    names: &[String; 2],
    rows: Vec<Vec<super::table::Entry>>,
    luck: Luck,
    (by_kind, level): (bool, Level),
) -> Option<Table> {
    let of = if by_kind { "by kind of provider" } else { "in the whole place" };
    let how = if luck == Luck::Same { "run by run on the same luck" } else { "mean against mean, as the seeds differ" };
    let mut columns = ["Design", "Measure"].map(str::to_owned).to_vec();
    columns.extend(names.iter().cloned());
    columns.extend(["Change".to_owned(), format!("{level} interval")]);
    let title = format!("What is not the same {of}: means over the runs, {how}");
    (!rows.is_empty()).then_some(Table { title, columns, rows })
}

/// What it comes to.
fn verdict(names: &[String; 2], apart: &[String], causes: &[Cause], compared: &[Compared], luck: Luck) -> Vec<String> {
    let [one, other] = names;
    let mut topics: Vec<String> = Vec::new();
    for cause in causes {
        if !topics.iter().any(|topic| topic == cause.topic) {
            topics.push(cause.topic.to_owned());
        }
    }
    if apart.is_empty() {
        let but = if causes.is_empty() { String::new() } else { format!(" They differ only in {}.", list(&topics)) };
        return vec![format!("The same: {one} and {other} hold the same results, byte by byte.{but}")];
    }
    let other_numbers = compared.iter().filter(|row| !row.is_same()).count();
    let mut lines = vec![match topics.as_slice() {
        [] => format!(
            "Not the same, though nothing that decides results differs: {}. Files were changed after they were written.",
            some(apart)
        ),
        topics => format!("Not the same: {one} and {other} differ in {}.", list(topics)),
    }];
    lines.push(match (compared.len(), other_numbers, luck) {
        (_, _, Luck::NotTheSameTime) => "Their runs cannot be compared, as their time is not the same.".to_owned(),
        (0, _, _) => format!("They have no runs of the same design to compare. Not the same: {}.", some(apart)),
        (_, 0, _) => "Yet every measure is the same in every run that both have.".to_owned(),
        (all, differ, Luck::Same) => {
            format!("{differ} of {} differ, run by run on the same luck.", counted(all as u64, "measure"))
        }
        (all, differ, _) => {
            format!("{differ} of {} differ, also by luck, as the seeds differ.", counted(all as u64, "measure"))
        }
    });
    lines
}

/// Files that a sentence names.
const NAMED: usize = 4;

fn some(files: &[String]) -> String {
    let mut named: Vec<String> = files.iter().take(NAMED).cloned().collect();
    let more = files.len().saturating_sub(NAMED);
    named.extend((more > 0).then(|| counted(more as u64, "other file")));
    list(&named)
}

impl Diff {
    /// As JSON: whether they are the same, causes, differences, and what it comes to.
    pub fn to_json(&self) -> Value {
        let differences: Vec<&Table> = [&self.place, &self.kinds].into_iter().flatten().collect();
        serde_json::json!({
            "same": self.is_same,
            "causes": self.causes,
            "differences": differences,
            "verdict": self.verdict,
        })
    }
}
