//! The arms of an experiment in plain English: the first in full, of every other one what differs.

use std::io::{self, ErrorKind};

use super::{ArmEntry, Manifest, PageError, Read, bytes};
use crate::scenario::Scenario;
use crate::scenario::explain::{Section, explain};
use crate::scenario::text::{Address, Store};

/// An arm and what its scenario says.
pub(super) struct Arm {
    pub(super) entry: ArmEntry,
    /// `Err` with the reason where this version of the program cannot read it.
    pub(super) told: Result<Told, String>,
}

/// What a scenario says.
pub(super) struct Told {
    pub(super) title: String,
    pub(super) question: String,
    pub(super) sections: Vec<Section>,
}

/// What of a section an arm says otherwise than the first.
pub(super) struct Change {
    pub(super) heading: &'static str,
    /// What it says and the first does not.
    pub(super) instead: Vec<String>,
    /// What the first says and it does not.
    pub(super) gone: Vec<String>,
}

/// The arms that the manifest lists, and scenarios among its files that belong to none of them.
pub(super) fn told(manifest: &Manifest, read: &Read) -> Result<Vec<Arm>, PageError> {
    let mut entries = manifest.arms.clone();
    for file in &manifest.files {
        let name = file.strip_prefix("scenarios/").and_then(|name| name.strip_suffix(".json"));
        if let Some(name) = name.filter(|_| !entries.iter().any(|entry| entry.file == *file)) {
            entries.push(ArmEntry { name: name.to_owned(), file: file.clone(), ..ArmEntry::default() });
        }
    }
    entries.retain(|entry| manifest.files.contains(&entry.file));
    entries
        .into_iter()
        .map(|entry| {
            let store = Kept { name: &entry.file, bytes: bytes(read, &entry.file)? };
            let told = match Scenario::load(&store, &entry.file) {
                Ok(scenario) => Ok(Told {
                    sections: explain(&scenario),
                    title: scenario.file.title,
                    question: scenario.file.question,
                }),
                Err(faults) => Err(faults.to_string()),
            };
            Ok(Arm { entry, told })
        })
        .collect()
}

impl Arm {
    /// What it is called for people.
    pub(super) fn title(&self) -> &str {
        let title = self.told.as_ref().map_or(self.entry.title.as_str(), |told| told.title.as_str());
        if title.is_empty() { &self.entry.name } else { title }
    }
}

impl Told {
    /// What is said here otherwise than in `first`, leaving out sections of these headings.
    pub(super) fn changes(&self, first: &Self, left_out: &[&str]) -> Vec<Change> {
        let mut headings: Vec<&'static str> = first.sections.iter().map(|section| section.heading).collect();
        let more = self.sections.iter().map(|section| section.heading);
        headings.extend(more.filter(|heading| first.section(heading).is_empty()));
        headings.retain(|heading| !left_out.contains(heading));
        let change = |heading: &'static str| {
            let (mine, theirs) = (self.section(heading), first.section(heading));
            let change = Change { heading, instead: without(mine, theirs), gone: without(theirs, mine) };
            (!change.instead.is_empty() || !change.gone.is_empty()).then_some(change)
        };
        headings.into_iter().filter_map(change).collect()
    }

    /// The paragraphs under a heading; none if there is no such section.
    pub(super) fn section(&self, heading: &str) -> &[String] {
        let found = self.sections.iter().find(|section| section.heading == heading);
        found.map_or(&[], |section| &section.paragraphs)
    }
}

fn without(these: &[String], those: &[String]) -> Vec<String> {
    these.iter().filter(|paragraph| !those.contains(paragraph)).cloned().collect()
}

/// One file of the folder, as a resolved scenario reads no other.
struct Kept<'a> {
    name: &'a str,
    bytes: Vec<u8>,
}

impl Store for Kept<'_> {
    fn read(&self, address: &Address) -> io::Result<Vec<u8>> {
        match address {
            Address::Disk(path) if path.to_str() == Some(self.name) => Ok(self.bytes.clone()),
            _ => Err(ErrorKind::NotFound.into()),
        }
    }

    fn neighbours(&self, _: &Address) -> Vec<String> {
        Vec::new()
    }

    fn bundled(&self) -> Vec<&str> {
        Vec::new()
    }
}
