//! The arms of an experiment in plain English: the first in full, of every other one what differs.

use std::io::{self, ErrorKind};

use super::{ArmEntry, Manifest, PageError, Read, bytes};
use crate::scenario::Scenario;
use crate::scenario::explain::{Fact, Section, explain};
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

/// What of a section an arm says otherwise than the first, subject by subject.
pub(super) struct Change {
    pub(super) heading: &'static str,
    pub(super) facts: Vec<Altered>,
}

/// The sentences on a subject that two arms do not share.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Altered {
    /// What they are about: "Acute"; empty where the sentences say so themselves.
    pub(super) about: String,
    /// What this arm says; empty if the first says more and nothing else.
    pub(super) now: String,
    /// What the first arm says in place of it; empty if it says nothing of it.
    pub(super) before: String,
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
            let facts = altered(self.section(heading), first.section(heading));
            (!facts.is_empty()).then_some(Change { heading, facts })
        };
        headings.into_iter().filter_map(change).collect()
    }

    /// What is said under a heading; nothing if there is no such section.
    pub(super) fn section(&self, heading: &str) -> &[Fact] {
        let found = self.sections.iter().find(|section| section.heading == heading);
        found.map_or(&[], |section| &section.facts)
    }
}

/// What is said otherwise: of the same subject the sentences that differ, then what the first arm alone speaks of.
fn altered(now: &[Fact], before: &[Fact]) -> Vec<Altered> {
    let same = |fact: &Fact, others: &[Fact]| -> Option<Fact> {
        others.iter().find(|other| fact.subject.is_some() && other.subject == fact.subject).cloned()
    };
    let new = now.iter().filter(|fact| !before.contains(fact));
    let mut all: Vec<Altered> = new.map(|fact| between(Some(fact), same(fact, before).as_ref())).collect();
    let gone = before.iter().filter(|fact| !now.contains(fact) && same(fact, now).is_none());
    all.extend(gone.map(|fact| between(None, Some(fact))));
    all
}

/// The sentences of two facts on the same subject that they do not share.
fn between(now: Option<&Fact>, before: Option<&Fact>) -> Altered {
    let sentences = |fact: Option<&Fact>| fact.map_or_else(Vec::new, |fact| fact.sentences.clone());
    let (mine, theirs) = (sentences(now), sentences(before));
    let only = |wanted: &[String], known: &[String]| -> String {
        wanted.iter().filter(|sentence| !known.contains(sentence)).cloned().collect::<Vec<_>>().join(" ")
    };
    let about = now.or(before).and_then(Fact::lead).unwrap_or_default();
    Altered { about, now: only(&mine, &theirs), before: only(&theirs, &mine) }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(subject: Option<&str>, principle: Option<&'static str>, sentences: &[&str]) -> Fact {
        let sentences = sentences.iter().map(|sentence| (*sentence).to_owned()).collect();
        Fact { subject: subject.map(str::to_owned), principle, sentences }
    }

    #[test]
    fn only_the_sentences_that_differ_are_told() {
        let first = [
            fact(Some("Acute"), None, &["1 provider.", "It is paid a price of 1.11.", "It learns."]),
            fact(None, None, &["Each decides for itself alone."]),
        ];
        let other = [
            fact(Some("Acute"), None, &["1 provider.", "It is paid 1 per head.", "It learns."]),
            fact(Some("Boundary"), Some("Ostrom 1"), &["Shut."]),
        ];
        let expected = [
            ("Acute", "It is paid 1 per head.", "It is paid a price of 1.11."),
            ("Boundary (Ostrom 1)", "Shut.", ""),
            ("", "", "Each decides for itself alone."),
        ];
        let expected = expected.map(|(about, now, before)| Altered {
            about: about.to_owned(),
            now: now.to_owned(),
            before: before.to_owned(),
        });
        assert_eq!(altered(&other, &first), expected);
        assert!(altered(&first, &first).is_empty());
    }
}
