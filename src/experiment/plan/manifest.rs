//! The plan itself: `plan.json`, written once and never changed.

use super::cut::{Round, Size, are_whole, items_of, rounds};
use super::error::PlanError;
use super::{Experiment, file};
use crate::disk::{self, lock, partial, pause};
use crate::identity;
use crate::plain::hexadecimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The plan of an experiment in its folder.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    folder: PathBuf,
    manifest: Manifest,
}

/// What `plan.json` holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    /// Hash of `identity`; every part bears it.
    plan: String,
    /// The command line that made the plan. It is told in results, and decides nothing.
    command: Vec<String>,
    identity: Identity,
}

/// All that decides the parts, byte by byte.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Identity {
    commonground: String,
    /// Hash of the sources that the program was built from.
    sources: String,
    kind: String,
    items: u64,
    rounds: Vec<Round>,
    columns: Vec<String>,
    /// Hash of what the first item leaves, so that a program or machine that reckons otherwise is found out.
    first_item: String,
    parameters: Value,
}

const FILE: &str = "plan.json";
const PARTS: &str = "parts";

impl Plan {
    /// Plans an experiment in a folder. If it holds the plan of the same experiment already, that plan stays as it is and is
    /// given back, whatever `Size::Seconds` may be.
    ///
    /// # Errors
    /// The folder holds another plan or other files, or cannot be written.
    pub fn create(
        folder: &Path,
        experiment: &dyn Experiment,
        command: &[String],
        size: Size,
    ) -> Result<Self, PlanError> {
        match Self::open(folder) {
            Ok(plan) => return plan.if_same(experiment, size),
            Err(PlanError::NoPlan(_)) => check_free(folder)?,
            Err(error) => return Err(error),
        }
        let parts = folder.join(PARTS);
        fs::create_dir_all(&parts).map_err(|reason| PlanError::file(&parts, reason))?;
        let mut identity = identity(experiment);
        identity.first_item = first_item(experiment);
        identity.rounds = rounds(experiment, size);
        let manifest = Manifest { plan: hash(&identity), command: command.to_vec(), identity };
        let path = folder.join(FILE);
        let mut file = file::beside(&path)?;
        let text = serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n";
        file.write_all(text.as_bytes()).map_err(|reason| PlanError::file(&path, reason))?;
        if file::keep_first(file, &path)? {
            return Ok(Self { folder: folder.to_path_buf(), manifest });
        }
        Self::open(folder)?.if_same(experiment, size)
    }

    /// Reads the plan of a folder.
    ///
    /// # Errors
    /// There is none, it is damaged, or another version of the program made it.
    pub fn open(folder: &Path) -> Result<Self, PlanError> {
        let path = folder.join(FILE);
        let text = disk::read_text(&path).map_err(|reason| match reason.kind() {
            ErrorKind::NotFound => PlanError::NoPlan(folder.to_path_buf()),
            _ => PlanError::file(&path, reason),
        })?;
        let damaged = |reason: String| PlanError::DamagedPlan { path: path.clone(), reason };
        let manifest: Manifest = serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?;
        if hash(&manifest.identity) != manifest.plan {
            return Err(damaged("its hash is another".to_owned()));
        }
        let Identity { commonground, sources, rounds, items, .. } = &manifest.identity;
        if commonground != identity::VERSION {
            return Err(PlanError::AnotherVersion { planned: commonground.clone() });
        }
        if *sources != identity::SOURCES {
            return Err(PlanError::AnotherBuild { folder: folder.to_path_buf(), planned: sources.clone() });
        }
        if !are_whole(rounds, *items) {
            return Err(damaged("its rounds do not make the whole".to_owned()));
        }
        Ok(Self { folder: folder.to_path_buf(), manifest })
    }

    /// Removes files on their way whose writers are dead.
    pub fn clean(&self) {
        partial::clean(&self.folder);
        partial::clean(&self.folder.join(PARTS));
    }

    /// Takes the plan away with all its parts, and nothing else that may lie in its folder; the plan itself goes last, so that
    /// one stopped meanwhile is known for what it was.
    ///
    /// # Errors
    /// A file cannot be removed.
    pub fn remove(self) -> Result<(), PlanError> {
        let parts = self.folder.join(PARTS);
        for entry in fs::read_dir(&parts).into_iter().flatten().flatten() {
            if entry.file_name().to_str().is_some_and(is_of_a_part) {
                pause();
                fs::remove_file(entry.path()).map_err(|reason| PlanError::file(&entry.path(), reason))?;
            }
        }
        self.clean();
        match fs::remove_dir(&parts) {
            Err(reason) if reason.kind() != ErrorKind::NotFound => return Err(PlanError::file(&parts, reason)),
            _ => {}
        }
        pause();
        let path = self.folder.join(FILE);
        fs::remove_file(&path).map_err(|reason| PlanError::file(&path, reason))
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The command that makes such experiments.
    pub fn kind(&self) -> &str {
        &self.manifest.identity.kind
    }

    /// What it takes to make the experiment again.
    pub fn parameters(&self) -> &Value {
        &self.manifest.identity.parameters
    }

    /// The command line that made the plan.
    pub fn command(&self) -> &[String] {
        &self.manifest.command
    }

    /// SHA-256 of all that decides the parts, in hexadecimal digits.
    pub fn hash(&self) -> &str {
        &self.manifest.plan
    }

    /// What stands in each column of a row.
    pub fn columns(&self) -> &[String] {
        &self.manifest.identity.columns
    }

    /// Number of items.
    pub fn items(&self) -> u64 {
        self.manifest.identity.items
    }

    /// Number of shards in all rounds; they are numbered from 0.
    pub fn shards(&self) -> u64 {
        self.rounds().iter().fold(0, |sum: u64, round| sum.saturating_add(round.shards))
    }

    /// The rounds, in order.
    pub fn rounds(&self) -> &[Round] {
        &self.manifest.identity.rounds
    }

    /// The items of a shard; `None` if there is no such shard.
    pub fn items_of(&self, shard: u64) -> Option<Range<u64>> {
        items_of(self.rounds(), shard)
    }

    /// Where the part of a shard is or will be.
    pub(super) fn path_of(&self, shard: u64) -> PathBuf {
        self.folder.join(PARTS).join(format!("shard-{shard:06}.part"))
    }

    /// Numbers of all shards up to the end of a round, counted from 0.
    pub(super) fn until_round(&self, round: usize) -> Range<u64> {
        0..self.rounds().iter().take(round + 1).map(|round| round.shards).sum()
    }

    /// Whether an experiment is the one planned, whatever the cut.
    ///
    /// # Errors
    /// It is not; the error says in what.
    pub fn check(&self, experiment: &dyn Experiment) -> Result<(), PlanError> {
        let (planned, asked) = (&self.manifest.identity, identity(experiment));
        let other = |difference: String| Err(PlanError::AnotherPlan { folder: self.folder.clone(), difference });
        if planned.kind != asked.kind {
            return other(format!("`{}` there, `{}` now", planned.kind, asked.kind));
        }
        if let Some(difference) = difference("", &planned.parameters, &asked.parameters) {
            return other(difference);
        }
        if planned.columns != asked.columns || planned.items != asked.items {
            return other("another build of the program made it".to_owned());
        }
        Ok(())
    }

    /// Whether this program on this machine comes to the very numbers of the one that planned, tried on the first item.
    ///
    /// # Errors
    /// It does not, so that its parts would not fit those of others.
    pub fn check_numbers(&self, experiment: &dyn Experiment) -> Result<(), PlanError> {
        if first_item(experiment) == self.manifest.identity.first_item {
            return Ok(());
        }
        Err(PlanError::OtherNumbers(self.folder.clone()))
    }

    fn if_same(self, experiment: &dyn Experiment, size: Size) -> Result<Self, PlanError> {
        self.check(experiment)?;
        if matches!(size, Size::Shards(_)) && rounds(experiment, size) != self.rounds() {
            let difference = format!("{} shards there, another number now", self.shards());
            return Err(PlanError::AnotherPlan { folder: self.folder, difference });
        }
        Ok(self)
    }
}

/// Whether a file's name is that of a part, or of the note beside it.
fn is_of_a_part(name: &str) -> bool {
    let end = name.strip_prefix("shard-").and_then(|rest| rest.split_once('.')).map(|(_, end)| end);
    end.is_some_and(|end| end == "part" || end == "note.json")
}

/// All of the identity but the cut.
fn identity(experiment: &dyn Experiment) -> Identity {
    Identity {
        commonground: identity::VERSION.to_owned(),
        sources: identity::SOURCES.to_owned(),
        kind: experiment.kind().to_owned(),
        items: experiment.items(),
        rounds: Vec::new(),
        columns: experiment.columns(),
        first_item: String::new(),
        parameters: experiment.parameters(),
    }
}

/// Hash of what the first item leaves, bit by bit.
fn first_item(experiment: &dyn Experiment) -> String {
    let mut hash = Sha256::new();
    match experiment.perform(0) {
        Ok(values) => values.iter().for_each(|value| hash.update(value.to_le_bytes())),
        Err(reason) => hash.update(reason),
    }
    hexadecimal(&hash.finalize())
}

fn hash(identity: &Identity) -> String {
    hexadecimal(&Sha256::digest(serde_json::to_vec(identity).unwrap_or_default()))
}

/// A folder for a plan may hold nothing yet but what a plan begun at the same time has made.
fn check_free(folder: &Path) -> Result<(), PlanError> {
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(reason) if reason.kind() == ErrorKind::NotFound => return Ok(()),
        Err(reason) => return Err(PlanError::file(folder, reason)),
    };
    let ours = |name: &str| [FILE, PARTS, lock::NAME].contains(&name) || partial::is_name(name);
    match entries.find_map(|entry| entry.ok().filter(|entry| !ours(&entry.file_name().to_string_lossy()))) {
        Some(entry) => {
            let reason = io::Error::other(format!("it holds `{}`, and no plan", entry.file_name().display()));
            Err(PlanError::file(folder, reason))
        }
        None => Ok(()),
    }
}

/// The first place at which two values differ, with what stands there.
fn difference(place: &str, planned: &Value, asked: &Value) -> Option<String> {
    match (planned, asked) {
        _ if planned == asked => None,
        (Value::Object(planned), Value::Object(asked)) => {
            let keys = planned.keys().chain(asked.keys().filter(|key| !planned.contains_key(*key)));
            let value = |fields: &serde_json::Map<String, Value>, key| fields.get(key).cloned().unwrap_or_default();
            keys.into_iter()
                .find_map(|key| difference(&format!("{place}/{key}"), &value(planned, key), &value(asked, key)))
        }
        (Value::Array(planned), Value::Array(asked)) if planned.len() == asked.len() => planned
            .iter()
            .zip(asked)
            .enumerate()
            .find_map(|(index, (planned, asked))| difference(&format!("{place}/{index}"), planned, asked)),
        _ => Some(format!("{place} is {} there and {} now", short(planned), short(asked))),
    }
}

/// A value in a few letters.
fn short(value: &Value) -> String {
    match value {
        Value::Null => "missing".to_owned(),
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::Object(_) => "an object".to_owned(),
        plain => format!("`{}`", plain.to_string().chars().take(60).collect::<String>()),
    }
}
