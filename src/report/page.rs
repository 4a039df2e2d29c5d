//! The page of a result folder: one HTML file that opens offline and needs nothing beside it.
//!
//! It is made of the folder alone: the manifest, the resolved scenarios, `report.json` with findings and tables, and the
//! charts, which stand in the page as they are. Whatever a manifest lists is shown, whichever command wrote it: charts
//! that `report.json` does not tell of by their own titles, and without a `report.json` every short table.

mod again;
mod answer;
mod arms;
mod changes;
mod cloud;
mod dots;
mod markup;
mod plane;
mod slim;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Component, Path};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::answer::Answer;
use super::digest::{Chart, Digest};
use super::folder::{DIGEST, MANIFEST};
use super::table::{Entry, Table};
use crate::experiment::Level;
use crate::plain;
use arms::Arm;

/// Why there is no page. Shown, it says what is wrong and the way out.
#[derive(Debug)]
pub enum PageError {
    /// There is no manifest, so that the folder holds no results, or none that are whole.
    NoResults,
    /// A file that the manifest lists cannot be read.
    Missing {
        /// Its name in the folder.
        name: String,
        /// What the system says.
        reason: io::Error,
    },
    /// A file is not what it should be.
    Damaged {
        /// Its name in the folder.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl fmt::Display for PageError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoResults => {
                write!(formatter, "there is no {MANIFEST} in it; give a folder that `run` or `compare` has written")
            }
            Self::Missing { name, reason } => {
                write!(
                    formatter,
                    "its {MANIFEST} lists `{name}`, which cannot be read: {reason}; run the experiment again"
                )
            }
            Self::Damaged { name, reason } => {
                write!(formatter, "`{name}` in it is damaged: {reason}; run the experiment again")
            }
        }
    }
}

impl std::error::Error for PageError {}

/// Reads a file of the folder by its name in it.
pub(super) type Read<'a> = dyn Fn(&str) -> io::Result<Vec<u8>> + 'a;

/// The page of the folder whose files `read` reads. The same files give the same page.
///
/// # Errors
/// There is no manifest, or a file that it lists is missing or damaged.
pub(super) fn html(read: &Read) -> Result<String, PageError> {
    Ok(plain::lines(&markup::page(&Contents::gather(read)?).into_string()))
}

/// All that stands on the page.
struct Contents {
    manifest: Manifest,
    /// What the manifest says in single values, such as the seed.
    facts: Vec<(String, String)>,
    arms: Vec<Arm>,
    answer: Option<Answer>,
    findings: Vec<String>,
    charts: Vec<Picture>,
    tables: Vec<Table>,
}

/// What a page wants to know of a manifest. Whatever else is in it is not asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Manifest {
    commonground: String,
    command: Vec<String>,
    seed: Option<u64>,
    runs: Option<u64>,
    futures: Option<u64>,
    cells: Option<u64>,
    runs_of_each_cell: Option<u64>,
    runs_asked: Option<u64>,
    precision: Value,
    level: Option<Level>,
    interrupted: bool,
    arms: Vec<ArmEntry>,
    /// What several scenarios were asked together, where they were.
    study: Option<StudyEntry>,
    files: Vec<String>,
}

/// A question that is not that of one scenario.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StudyEntry {
    title: String,
    question: String,
}

/// An arm as a manifest lists it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ArmEntry {
    name: String,
    title: String,
    asked_as: String,
    file: String,
    sha256: String,
}

/// A chart on the page.
struct Picture {
    name: String,
    svg: String,
    /// Its numbers, where the folder has them.
    table: Option<Table>,
}

impl Contents {
    fn gather(read: &Read) -> Result<Self, PageError> {
        let text = read(MANIFEST).map_err(|reason| match reason.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => PageError::NoResults,
            _ => PageError::Missing { name: MANIFEST.to_owned(), reason },
        })?;
        let mut manifest: Manifest = parse(MANIFEST, &text)?;
        manifest.files.retain(|name| is_inside(name));
        let has_digest = manifest.files.iter().any(|name| name == DIGEST);
        let digest: Digest = if has_digest { parse(DIGEST, &bytes(read, DIGEST)?)? } else { Digest::default() };
        let tables = if has_digest { digest.tables } else { short_tables(&manifest.files, read)? };
        Ok(Self {
            facts: facts(&parse(MANIFEST, &text)?),
            arms: arms::told(&manifest, read)?,
            charts: pictures(&manifest.files, digest.charts, read)?,
            answer: digest.answer,
            findings: digest.findings,
            tables,
            manifest,
        })
    }
}

/// Whether a name leads nowhere but into the folder.
fn is_inside(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

fn bytes(read: &Read, name: &str) -> Result<Vec<u8>, PageError> {
    read(name).map_err(|reason| PageError::Missing { name: name.to_owned(), reason })
}

fn text(read: &Read, name: &str) -> Result<String, PageError> {
    String::from_utf8(bytes(read, name)?).map_err(|error| damaged(name, &error))
}

fn parse<T: for<'a> Deserialize<'a>>(name: &str, text: &[u8]) -> Result<T, PageError> {
    serde_json::from_slice(text).map_err(|error| damaged(name, &error))
}

fn damaged(name: &str, reason: &dyn fmt::Display) -> PageError {
    PageError::Damaged { name: name.to_owned(), reason: reason.to_string() }
}

/// The single values of a manifest, in its order.
fn facts(manifest: &Map<String, Value>) -> Vec<(String, String)> {
    let written = |value: &Value| match value {
        Value::Bool(true) => Some("yes".to_owned()),
        Value::Bool(false) => Some("no".to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    let label = |key: &str| if key == "commonground" { "version".to_owned() } else { key.replace('_', " ") };
    manifest.iter().filter_map(|(key, value)| Some((label(key), written(value)?))).collect()
}

/// The charts that the digest tells of in its order, and behind them those that it does not.
fn pictures(files: &[String], told: Vec<Chart>, read: &Read) -> Result<Vec<Picture>, PageError> {
    let file = |name: &str| format!("charts/{name}.svg");
    let mut all: Vec<(String, Option<Table>)> = told
        .into_iter()
        .map(|chart| (chart.name, Some(chart.table)))
        .filter(|(name, _)| files.contains(&file(name)))
        .collect();
    for name in files.iter().filter_map(|name| name.strip_prefix("charts/")?.strip_suffix(".svg")) {
        if !all.iter().any(|(known, _)| known == name) {
            all.push((name.to_owned(), None));
        }
    }
    all.into_iter()
        .map(|(name, table)| {
            let document = text(read, &file(&name))?;
            let start = document.find("<svg").ok_or_else(|| damaged(&file(&name), &"it is no SVG"))?;
            Ok(Picture { svg: slim::slim(document.get(start..).unwrap_or_default()), name, table })
        })
        .collect()
}

/// Rows of a table that is still read on a page.
const SHORT: usize = 100;

/// The CSV files that are short enough to be read.
fn short_tables(files: &[String], read: &Read) -> Result<Vec<Table>, PageError> {
    let mut tables = Vec::new();
    for name in files.iter().filter(|name| name.strip_suffix(".csv").is_some()) {
        let bytes = bytes(read, name)?;
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes.as_slice());
        let columns: Vec<String> =
            reader.headers().map_err(|error| damaged(name, &error))?.iter().map(str::to_owned).collect();
        let rows: Result<Vec<_>, _> = reader.records().take(SHORT + 1).collect();
        let rows = rows.map_err(|error| damaged(name, &error))?;
        if rows.len() <= SHORT {
            let rows = rows.iter().map(|row| row.iter().map(entry).collect()).collect();
            tables.push(Table { title: name.clone(), columns, rows });
        }
    }
    Ok(tables)
}

/// A field of a CSV file as it stands there.
fn entry(field: &str) -> Entry {
    field.parse().map_or_else(|_| Entry::words(field), |value| Entry::number(field, value))
}
