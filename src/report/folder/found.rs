//! What an experiment finds in the folder that its results are to go to, when it is started again.

use std::path::Path;

use serde_json::Value;

use super::manifest::{self, Command};
use super::{Folder, FolderError, MANIFEST};
use crate::{disk, identity};

/// What is in a folder already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing of this experiment.
    Nothing,
    /// What it had come to when somebody stopped it.
    Stopped,
    /// All of it.
    Finished {
        /// Runs that failed.
        failed_runs: u64,
    },
}

impl Folder {
    /// Looks whether a folder holds the results of this very command, of scenarios and studies with these texts, by this very
    /// build. What a dead writer has left is put in order first.
    ///
    /// # Errors
    /// Somebody is writing to it, or it cannot be put in order.
    pub fn find(path: &Path, command: &Command, texts: &[String]) -> Result<Found, FolderError> {
        Self::put_in_order(path)?;
        let text = disk::read_text(&path.join(MANIFEST)).unwrap_or_default();
        let Ok(manifest) = serde_json::from_str::<Value>(&text) else { return Ok(Found::Nothing) };
        let mut hashes = Vec::new();
        collect(&manifest, &mut hashes);
        let mut wanted: Vec<String> = texts.iter().map(|text| manifest::hash(text)).collect();
        hashes.sort_unstable();
        wanted.sort_unstable();
        let is_same = manifest["commonground"] == identity::VERSION
            && manifest["sources"] == identity::SOURCES
            && manifest["command"] == Value::from(command.words.clone())
            && manifest["runs_asked"] == command.runs
            && hashes == wanted;
        let is_whole = || manifest::files_in(&text).iter().all(|name| path.join(name).is_file());
        Ok(match (is_same, manifest["interrupted"].as_bool(), manifest["failed_runs"].as_u64()) {
            (true, Some(true), _) => Found::Stopped,
            (true, _, Some(failed_runs)) if is_whole() => Found::Finished { failed_runs },
            _ => Found::Nothing,
        })
    }
}

/// Every hash that a manifest tells of a file.
fn collect<'a>(value: &'a Value, hashes: &mut Vec<&'a str>) {
    match value {
        Value::Object(fields) => {
            hashes.extend(fields.get("sha256").and_then(Value::as_str));
            fields.values().for_each(|value| collect(value, hashes));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, hashes)),
        _ => {}
    }
}
