//! What is told of experiments over cells: sweeps and sensitivity analyses.
//!
//! ```text
//! Sweep | Sensitivity → Report (findings, tables, figures, data) → terminal, result folder
//! ```
//!
//! The folder has, besides what every result folder has, `cells.csv` (a row for each cell: parameters, and mean, interval and
//! quantiles of every outcome) and what else the experiment has: `effects.csv`, `tipping.csv`, `indices.csv`, `variance.csv`.
//! Its scenario is the one before anything is varied.

mod answer;
mod charts;
mod data;
mod findings;
mod sensitivity;
mod tables;
mod tipping;
pub(super) mod words;

use super::answer::Answer;
use super::figure::Figure;
use super::folder::{Command, Contents, Folder, FolderError, TableFile, manifest};
use super::study::arm_keys;
use super::table::Table;
use crate::experiment::sensitivity::Sensitivity;
use crate::experiment::sweep::Sweep;
use crate::scenario::Scenario;
use serde_json::{Value, json};
use std::io;
use std::path::PathBuf;
use std::slice;

/// All that is told of an experiment over cells.
#[derive(Clone, Debug)]
pub struct Report {
    /// The answer in short.
    pub answer: Answer,
    /// What was found, in sentences with every interval.
    pub findings: Vec<String>,
    /// What is shown of it in a terminal.
    pub tables: Vec<Table>,
    /// The charts.
    pub figures: Vec<Figure>,
    /// The tables as programs read them.
    pub data: Vec<TableFile>,
    /// What the manifest says besides the scenario and the list of files.
    pub told: Value,
}

/// The report of a sweep.
///
/// # Errors
/// A table cannot be made.
pub fn of_sweep(scenario: &Scenario, sweep: &Sweep, command: &Command) -> io::Result<Report> {
    let asked = json!({ "design": sweep.design, "parameters": sweep.cells.parameters, "outcomes": sweep.outcomes });
    Ok(Report {
        answer: answer::answer(scenario, sweep),
        findings: findings::findings(scenario, sweep),
        tables: tables::tables(scenario, sweep),
        figures: charts::figures(scenario, sweep),
        data: data::tables(sweep, command)?,
        told: told(scenario, command, &sweep.field, sweep.cells.points.len(), asked),
    })
}

/// The report of a sensitivity analysis. One that was stopped has no indices, only its cells.
///
/// # Errors
/// A table cannot be made.
pub fn of_sensitivity(scenario: &Scenario, analysis: &Sensitivity, command: &Command) -> io::Result<Report> {
    let mut data = vec![data::cells(&analysis.cells, &analysis.outcomes, &analysis.field, command)?];
    data.extend(sensitivity::data(analysis)?);
    let asked =
        json!({ "method": analysis.method, "parameters": analysis.cells.parameters, "outcomes": analysis.outcomes });
    Ok(Report {
        answer: sensitivity::answer(scenario, analysis),
        findings: sensitivity::findings(scenario, analysis),
        tables: sensitivity::tables(scenario, analysis),
        figures: sensitivity::figures(scenario, analysis),
        data,
        told: told(scenario, command, &analysis.field, analysis.cells.points.len(), asked),
    })
}

impl Report {
    /// Writes the result folder and gives back the paths of its files, the manifest last.
    ///
    /// # Errors
    /// A file cannot be written or a chart not be drawn; then none of the new files is left.
    pub fn write(self, scenario: &Scenario, folder: Folder) -> Result<Vec<PathBuf>, FolderError> {
        let (key, resolved) = (arm_keys(slice::from_ref(scenario)).concat(), scenario.resolved());
        let mut told = self.told;
        told["scenario"] = manifest::scenario(&key, scenario);
        let contents = Contents {
            answer: Some(self.answer),
            data: self.data,
            files: Vec::new(),
            scenarios: vec![(key, resolved)],
            findings: self.findings,
            figures: self.figures,
            tables: self.tables,
        };
        folder.write_all(contents, |names| {
            told["files"] = json!(names);
            crate::plain::json(&format!("{told:#}\n"))
        })
    }
}

/// What it takes to do the experiment again.
fn told(
    scenario: &Scenario,
    command: &Command,
    field: &crate::experiment::field::Field,
    cells: usize,
    asked: Value,
) -> Value {
    let mut told = json!({
        "commonground": crate::identity::VERSION,
        "sources": crate::identity::SOURCES,
        "command": command.words,
        "seed": field.seed,
        "cells": cells,
        "runs_of_each_cell": field.runs,
        "failed_runs": field.failed(),
        "runs_asked": command.runs,
        "precision": manifest::precision(command),
        "level": field.level,
        "interrupted": field.interrupted,
        "title": scenario.file.title,
    });
    if let (Value::Object(told), Value::Object(asked)) = (&mut told, asked) {
        told.extend(asked);
    }
    told
}
