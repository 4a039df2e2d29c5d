//! `manifest.json`: what it takes to do an experiment again, and nothing that would differ if it were.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::super::study::Study;
use super::tidy::Format;

/// How the experiment was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// The words of the command line, the name of the program first.
    pub words: Vec<String>,
    /// Number of runs asked for; with `precision` the most.
    pub runs: u64,
    /// Width of the interval of the main measure at which it was to stop.
    pub precision: Option<f64>,
    /// Format of the long tables.
    pub format: Format,
}

#[derive(Serialize)]
struct Manifest<'a> {
    commonground: &'static str,
    command: &'a [String],
    seed: u64,
    runs: u64,
    runs_asked: u64,
    precision: Option<f64>,
    interrupted: bool,
    main_measure: &'a str,
    arms: Vec<Arm<'a>>,
    files: &'a [&'a str],
}

#[derive(Serialize)]
struct Arm<'a> {
    name: String,
    title: &'a str,
    asked_as: &'a str,
    file: String,
    sha256: String,
}

/// The manifest as it is written.
pub(super) fn text(study: &Study, command: &Command, files: &[&str]) -> String {
    let arms = study.keys().into_iter().zip(study.arms).map(|(key, arm)| Arm {
        file: format!("{}/{key}.json", super::SCENARIOS),
        name: key,
        title: &arm.file.title,
        asked_as: &arm.name,
        sha256: hash(&arm.resolved()),
    });
    let manifest = Manifest {
        commonground: env!("CARGO_PKG_VERSION"),
        command: &command.words,
        seed: study.ensemble.seed,
        runs: study.ensemble.runs,
        runs_asked: command.runs,
        precision: command.precision,
        interrupted: study.ensemble.interrupted,
        main_measure: &study.ensemble.main_measure,
        arms: arms.collect(),
        files,
    };
    serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n"
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
    let halves = Sha256::digest(text.as_bytes()).into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.filter_map(|half| char::from_digit(u32::from(half), 16)).collect()
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
