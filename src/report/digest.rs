//! What a result folder says in words and numbers, as data: `report.json`, from which with the charts beside it the page of a
//! folder is made.

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::chart_table;
use super::figure::Figure;
use super::table::Table;

/// Findings, tables and charts of one experiment. Every result folder has one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Digest {
    /// The answer in short: table, findings and verdict, as a terminal shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// What was found, a sentence or a few each.
    pub findings: Vec<String>,
    /// The charts in the order in which they are to be read.
    pub charts: Vec<Chart>,
    /// The tables as people read them.
    pub tables: Vec<Table>,
}

/// A chart that lies in the folder, in words and numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// Stem of its files: `charts/<name>.svg`.
    pub name: String,
    /// What it shows, as a full sentence.
    pub title: String,
    /// What is drawn.
    pub description: String,
    /// The numbers that are drawn, thinned where they are very many.
    pub table: Table,
}

impl Digest {
    /// Findings, charts in words and numbers, and tables.
    pub fn of(findings: Vec<String>, figures: &[Figure], tables: Vec<Table>) -> Self {
        Self { answer: None, findings, charts: figures.iter().map(Chart::of).collect(), tables }
    }
}

impl Chart {
    /// A chart in words and numbers.
    pub fn of(figure: &Figure) -> Self {
        Self {
            name: figure.name.clone(),
            title: figure.title.clone(),
            description: figure.subtitle.clone(),
            table: chart_table::table(figure),
        }
    }
}
