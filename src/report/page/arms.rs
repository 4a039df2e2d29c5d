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

/// What of a section an arm says otherwise than the first, paragraph by paragraph.
pub(super) struct Change {
    pub(super) heading: &'static str,
    pub(super) paragraphs: Vec<Altered>,
}

/// The sentences of a paragraph that two arms do not share.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Altered {
    /// What the paragraph is about, where it says so at its start: "Acute".
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
            let paragraphs = altered(self.section(heading), first.section(heading));
            (!paragraphs.is_empty()).then_some(Change { heading, paragraphs })
        };
        headings.into_iter().filter_map(change).collect()
    }

    /// The paragraphs under a heading; none if there is no such section.
    pub(super) fn section(&self, heading: &str) -> &[String] {
        let found = self.sections.iter().find(|section| section.heading == heading);
        found.map_or(&[], |section| &section.paragraphs)
    }
}

/// The paragraphs that differ. Those that begin alike are taken to be about the same.
fn altered(now: &[String], before: &[String]) -> Vec<Altered> {
    let same = |paragraph: &str, others: &[String]| {
        let about = lead(paragraph);
        others.iter().find(|other| !about.is_empty() && lead(other) == about).cloned().unwrap_or_default()
    };
    let new = now.iter().filter(|paragraph| !before.contains(paragraph));
    let mut all: Vec<Altered> = new.map(|paragraph| between(paragraph, &same(paragraph, before))).collect();
    let gone = before.iter().filter(|paragraph| !now.contains(paragraph) && same(paragraph, now).is_empty());
    all.extend(gone.map(|paragraph| between("", paragraph)));
    all
}

/// The sentences of two paragraphs that they do not share.
fn between(now: &str, before: &str) -> Altered {
    let sentences = |text: &str| -> Vec<String> {
        let body = text.strip_prefix(lead(text)).unwrap_or(text).trim_start_matches([':', '.', ' ']);
        body.split_inclusive(". ").map(|sentence| sentence.trim().to_owned()).collect()
    };
    let (mine, theirs) = (sentences(now), sentences(before));
    let only = |wanted: &[String], known: &[String]| -> String {
        wanted.iter().filter(|sentence| !known.contains(sentence)).cloned().collect::<Vec<_>>().join(" ")
    };
    let about = if now.is_empty() { lead(before) } else { lead(now) };
    Altered { about: about.to_owned(), now: only(&mine, &theirs), before: only(&theirs, &mine) }
}

/// Words of what a paragraph is about.
const LEAD: usize = 3;

/// What a paragraph says at its start that it is about: `Acute: 1 provider …` → `Acute`. Nothing if it does not.
pub(super) fn lead(paragraph: &str) -> &str {
    let end = paragraph.find([':', '.', '(']).unwrap_or(0);
    let lead = paragraph.get(..end).unwrap_or_default().trim_end();
    if lead.split_whitespace().count() <= LEAD && !lead.ends_with('%') { lead } else { "" }
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

    fn paragraphs(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn only_the_sentences_that_differ_are_told() {
        let first = paragraphs(&["Acute: 1 provider. It is paid a price of 1.11. It learns.", "None: a fortress."]);
        let other = paragraphs(&["Acute: 1 provider. It is paid 1 per head. It learns.", "Boundary (Ostrom 1). Shut."]);
        let expected = [
            ("Acute", "It is paid 1 per head.", "It is paid a price of 1.11."),
            ("Boundary", "(Ostrom 1). Shut.", ""),
            ("None", "", "a fortress."),
        ];
        let expected = expected.map(|(about, now, before)| Altered {
            about: about.to_owned(),
            now: now.to_owned(),
            before: before.to_owned(),
        });
        assert_eq!(altered(&other, &first), expected);
        assert!(altered(&first, &first).is_empty());
    }

    #[test]
    fn a_long_first_sentence_is_no_lead() {
        assert_eq!(lead("Graduated sanctions (King's Fund 6). Whoever"), "Graduated sanctions");
        assert_eq!(lead("Where nobody measures, it is not seen."), "");
        assert_eq!((lead("Trust begins at 50%."), lead("")), ("", ""));
    }
}
