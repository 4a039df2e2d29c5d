//! What is told of experiments over cells: sweeps and sensitivity analyses.
//!
//! ```text
//! Sweep | Sensitivity → Report (findings, tables, figures, CSV files) → terminal, result folder
//! ```

mod charts;
mod files;
mod findings;
mod sensitivity;
mod tables;
mod words;

use super::figure::Figure;
use super::folder::Command;
use super::table::Table;
use crate::experiment::sensitivity::Sensitivity;
use crate::experiment::sweep::Sweep;
use crate::scenario::Scenario;
use serde_json::{Value, json};

/// All that is told of an experiment over cells.
#[derive(Clone, Debug)]
pub struct Report {
    /// What was found, in sentences.
    pub findings: Vec<String>,
    /// What is shown of it in a terminal.
    pub tables: Vec<Table>,
    /// The charts.
    pub figures: Vec<Figure>,
    /// CSV files by their names.
    pub files: Vec<(&'static str, String)>,
    /// What the manifest says besides the list of files.
    pub manifest: Value,
}

/// The report of a sweep.
pub fn of_sweep(scenario: &Scenario, sweep: &Sweep, command: &Command) -> Report {
    let mut files = vec![("cells.csv", files::cells(&sweep.cells, &sweep.outcomes, &sweep.field))];
    files.extend(files::effects(sweep).map(|text| ("effects.csv", text)));
    files.extend(files::tipping(sweep).map(|text| ("tipping.csv", text)));
    let asked = json!({ "design": sweep.design, "parameters": sweep.cells.parameters, "outcomes": sweep.outcomes });
    Report {
        findings: findings::findings(scenario, sweep),
        tables: tables::tables(scenario, sweep),
        figures: charts::figures(scenario, sweep),
        files,
        manifest: manifest(scenario, command, &sweep.field, sweep.cells.points.len(), asked),
    }
}

/// The report of a sensitivity analysis. One that was stopped has no indices, only its cells.
pub fn of_sensitivity(scenario: &Scenario, analysis: &Sensitivity, command: &Command) -> Report {
    let mut files = vec![("cells.csv", files::cells(&analysis.cells, &analysis.outcomes, &analysis.field))];
    files.extend(sensitivity::files(analysis));
    let asked =
        json!({ "method": analysis.method, "parameters": analysis.cells.parameters, "outcomes": analysis.outcomes });
    Report {
        findings: sensitivity::findings(scenario, analysis),
        tables: sensitivity::tables(scenario, analysis),
        figures: sensitivity::figures(scenario, analysis),
        files,
        manifest: manifest(scenario, command, &analysis.field, analysis.cells.points.len(), asked),
    }
}

/// What it takes to do the experiment again.
fn manifest(
    scenario: &Scenario,
    command: &Command,
    field: &crate::experiment::field::Field,
    cells: usize,
    asked: Value,
) -> Value {
    let mut manifest = json!({
        "commonground": env!("CARGO_PKG_VERSION"),
        "command": command.words,
        "seed": field.seed,
        "cells": cells,
        "runs_of_each_cell": field.runs,
        "runs_asked": command.runs,
        "precision": command.precision,
        "interrupted": field.interrupted,
        "title": scenario.file.title,
    });
    if let (Value::Object(manifest), Value::Object(asked)) = (&mut manifest, asked) {
        manifest.extend(asked);
    }
    manifest
}
