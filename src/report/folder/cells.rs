//! The result folder of an experiment over cells.
//!
//! ```text
//! manifest.json          version, seed, runs, command, what is varied, hash of the scenario, list of the files
//! scenarios/<name>.json  the scenario before anything is varied, as one file that needs no other
//! cells.csv              a row for each cell: parameters, and mean, interval and quantiles of every outcome
//! …                      what else the experiment has: effects.csv, tipping.csv, indices.csv, variance.csv
//! charts/<name>.svg .png
//! ```

use std::path::PathBuf;
use std::slice;

use serde_json::{Value, json};

use super::super::cells::Report;
use super::super::study::arm_keys;
use super::{CHARTS, Folder, FolderError, MANIFEST, SCENARIOS, Staged, drawn, manifest};
use crate::scenario::Scenario;

impl Folder {
    /// Writes everything that a report has and gives the files their names; gives back their paths, the manifest last.
    ///
    /// # Errors
    /// A file cannot be written or a chart not be drawn; then none of the new files is left.
    pub fn write_cells(self, scenario: &Scenario, report: &Report) -> Result<Vec<PathBuf>, FolderError> {
        let mut files = Vec::new();
        for (name, text) in &report.files {
            files.push(self.stage(name, text.as_bytes())?);
        }
        let key = arm_keys(slice::from_ref(scenario)).concat();
        let resolved = scenario.resolved();
        let scenario_file = format!("{SCENARIOS}/{key}.json");
        files.push(self.stage(&scenario_file, resolved.as_bytes())?);
        for (name, bytes) in drawn(&report.figures)? {
            files.push(self.stage(&format!("{CHARTS}/{name}"), &bytes)?);
        }
        let mut names: Vec<&str> = files.iter().map(Staged::name).collect();
        names.sort_unstable();
        let mut manifest = report.manifest.clone();
        if let Value::Object(fields) = &mut manifest {
            fields.insert(
                "scenario".to_owned(),
                json!({
                    "name": key, "asked_as": scenario.name, "file": scenario_file, "sha256": manifest::hash(&resolved),
                }),
            );
            fields.insert("files".to_owned(), json!(names));
        }
        let manifest = self.stage(MANIFEST, format!("{manifest:#}\n").as_bytes())?;
        self.name_all(files, Some(manifest))
    }
}
