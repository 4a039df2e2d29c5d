//! `manifest.json`: what it takes to do an experiment again, and nothing that would differ if it were.

use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::tidy::Format;
use crate::experiment::{Level, Width};
use crate::scenario::Scenario;
use crate::{identity, plain};

/// How the experiment was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// The words of the command line, the name of the program first.
    pub words: Vec<String>,
    /// Number of runs asked for; with `precision` the most.
    pub runs: u64,
    /// Width of the interval of the main measure at which it was to stop.
    pub precision: Option<f64>,
    /// Widths of the intervals of measures, by name, at which it was to stop.
    pub widths: Vec<Width>,
    /// The level of all intervals.
    pub level: Level,
    /// Format of the long tables.
    pub format: Format,
}

/// How far an experiment came.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct Progress {
    pub(in crate::report) seed: u64,
    pub(in crate::report) runs: u64,
    pub(in crate::report) failed_runs: u64,
    pub(in crate::report) interrupted: bool,
}

/// The manifest as it is written: what all experiments say, what one says of its `own`, and the other files of the folder.
pub(in crate::report) fn text(command: &Command, progress: Progress, own: Value, files: &[&str]) -> String {
    let mut manifest = json!({
        "commonground": identity::VERSION,
        "sources": identity::SOURCES,
        "command": command.words,
        "seed": progress.seed,
        "runs": progress.runs,
        "failed_runs": progress.failed_runs,
        "runs_asked": command.runs,
        "precision": precision(command),
        "level": command.level,
        "interrupted": progress.interrupted,
    });
    if let (Value::Object(manifest), Value::Object(own)) = (&mut manifest, own) {
        manifest.extend(own);
    }
    manifest["files"] = json!(files);
    plain::json(&format!("{manifest:#}\n"))
}

/// How narrow intervals were to be: a number of the main measure, or an object with one for each measure.
pub(in crate::report) fn precision(command: &Command) -> Value {
    if command.widths.is_empty() {
        return json!(command.precision);
    }
    command.widths.iter().map(|named| (named.measure.clone(), json!(named.width))).collect()
}

/// What a manifest says of a scenario, by its short name in the folder.
pub(in crate::report) fn scenario(key: &str, scenario: &Scenario) -> Value {
    json!({
        "name": key,
        "title": scenario.file.title,
        "asked_as": scenario.name,
        "file": format!("{}/{key}.json", super::SCENARIOS),
        "sha256": hash(&scenario.resolved()),
    })
}

/// The files that an earlier manifest lists; none if it is no manifest.
pub(super) fn files_in(manifest: &str) -> Vec<String> {
    #[derive(Deserialize)]
    struct Files {
        files: Vec<String>,
    }
    serde_json::from_str(manifest).map_or_else(|_| Vec::new(), |manifest: Files| manifest.files)
}

/// SHA-256 of a text in hexadecimal digits.
pub(in crate::report) fn hash(text: &str) -> String {
    plain::hexadecimal(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 180-2, appendix B.1.
    #[test]
    fn the_hash_is_sha_256() {
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn what_is_no_manifest_lists_no_files() {
        assert!(files_in("").is_empty() && files_in("[]").is_empty() && files_in("{\"files\": 3}").is_empty());
        assert_eq!(files_in("{\"seed\": 1, \"files\": [\"runs.csv\"]}"), ["runs.csv"]);
    }
}
