//! A study of shocks that has been read and checked by itself: its ladders become rungs.

use super::file::{File, Ladder, Range};
use crate::experiment::vary::Parameter;
use crate::model::shock::Shock;
use crate::scenario::bundled::STUDIES;
use crate::scenario::text::{Address, Document, Fault, Faults, Store, did_you_mean, token};
use indexmap::IndexMap;
use serde_json::Value;

/// A study without faults of its own. Whether it fits the designs is seen when they meet it.
#[derive(Clone, Debug)]
pub struct Shocks {
    /// The name by which it was asked for.
    pub name: String,
    /// What it says.
    pub file: File,
    /// No shock, then the steps of the first ladder from the smallest, of the second, and so on.
    pub rungs: Vec<Rung>,
    /// The text that it came from, with its lines.
    document: Document,
}

/// A step of a ladder, or no shock.
#[derive(Clone, Debug, PartialEq)]
pub struct Rung {
    /// Position of the ladder and of the step on it, from 0; `None`: no shock.
    pub step: Option<(usize, usize)>,
    /// What strikes.
    pub shocks: IndexMap<String, Shock>,
}

impl Shocks {
    /// Loads a bundled study by its name or a file by its path.
    ///
    /// # Errors
    /// Every fault that there is in it, each with its place and a way out.
    pub fn load(store: &dyn Store, name: &str) -> Result<Self, Faults> {
        let studies: Vec<&str> = store.bundled().into_iter().filter_map(|file| file.strip_prefix(STUDIES)).collect();
        let document = Document::read::<File>(store, name).or_else(|mut faults| {
            let file = format!("{name}.json");
            let is_there =
                store.neighbours(&Address::Disk(name.into())).iter().any(|known| *known == name || *known == file);
            if is_there {
                return Err(faults);
            }
            if studies.contains(&file.as_str()) {
                return Document::read::<File>(store, &format!("{STUDIES}{name}"));
            }
            let near = did_you_mean(name, studies.iter().filter_map(|study| study.strip_suffix(".json")));
            if let ([only], false) = (&mut faults.faults[..], near.is_empty()) {
                only.problem = format!("there is no study `{name}`{near}");
            }
            Err(faults)
        })?;
        Self::check(name, document)
    }

    /// A study from a text at hand, such as [`Shocks::resolved`] gives; `name` is the name it goes by.
    ///
    /// # Errors
    /// As for [`Shocks::load`].
    pub fn from_text(store: &dyn Store, name: &str, text: &str) -> Result<Self, Faults> {
        Self::check(name, Document::from_text::<File>(store, Address::Disk(name.into()), text)?)
    }

    /// The study as one file that extends nothing.
    pub fn resolved(&self) -> String {
        serde_json::to_string_pretty(&self.file).map_or_else(|_| self.document.to_json(), |text| text + "\n")
    }

    /// A fault at a place of the study, with its line.
    pub(super) fn fault(&self, place: &str, problem: impl Into<String>) -> Fault {
        self.document.fault(place, problem)
    }

    /// Faults of the study.
    pub(super) fn faults(&self, faults: Vec<Fault>) -> Faults {
        self.document.faults(faults)
    }

    /// How severe a rung is: its step as a share of the steps of its ladder, 0 without shock.
    pub fn severity(&self, rung: usize) -> f64 {
        let Some(Some((ladder, step))) = self.rungs.get(rung).map(|rung| rung.step) else { return 0.0 };
        (step + 1) as f64 / self.file.ladders.get_index(ladder).map_or(1.0, |(_, ladder)| ladder.steps.len() as f64)
    }

    fn check(name: &str, document: Document) -> Result<Self, Faults> {
        let file: File = document.parse()?;
        let mut faults = of_ranges(&document, &file);
        let mut rungs = vec![Rung { step: None, shocks: IndexMap::new() }];
        for (position, (key, ladder)) in file.ladders.iter().enumerate() {
            match steps(&document, key, ladder) {
                Ok(steps) => rungs.extend(
                    steps.into_iter().enumerate().map(|(step, shocks)| Rung { step: Some((position, step)), shocks }),
                ),
                Err(found) => faults.extend(found),
            }
        }
        if faults.is_empty() {
            return Ok(Self { name: name.to_owned(), file, rungs, document });
        }
        Err(document.faults(faults))
    }
}

/// Ranges that run backwards, and pointers given twice.
fn of_ranges(document: &Document, file: &File) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for (key, parameter) in &file.parameters {
        let [from, to] = parameter.range.ends();
        let form = match parameter.range {
            Range::Between(_) => "between",
            Range::Times(_) => "times",
            Range::Among(_) => "among",
        };
        let place = format!("parameters.{key}.range.{form}");
        if from >= to && form != "among" {
            faults.push(document.fault(&place, format!("it runs from {from} to {to}; the first must be the smaller")));
        }
        if form == "times" && from < 0.0 {
            faults.push(document.fault(&place, format!("`{from}` is below 0; a factor must be 0 or more")));
        }
        for (number, pointer) in parameter.pointers.iter().enumerate() {
            if seen.contains(&pointer.as_str()) {
                let place = format!("parameters.{key}.pointers[{number}]");
                faults.push(document.fault(&place, format!("`{pointer}` is given twice; name each number once")));
            }
            seen.push(pointer);
        }
    }
    faults
}

/// The shocks of each step of a ladder, or what is wrong with its sizes.
fn steps(document: &Document, key: &str, ladder: &Ladder) -> Result<Vec<IndexMap<String, Shock>>, Vec<Fault>> {
    let faults = of_sizes(document, key, ladder);
    if !faults.is_empty() {
        return Err(faults);
    }
    let steps = (0..ladder.steps.len()).map(|number| step(document, key, ladder, number));
    let (good, bad): (Vec<_>, Vec<_>) = steps.partition(Result::is_ok);
    if bad.is_empty() {
        return Ok(good.into_iter().flatten().collect());
    }
    Err(bad.into_iter().filter_map(Result::err).collect())
}

/// Lists of another length than there are steps, and pointers to nothing or to no number.
fn of_sizes(document: &Document, key: &str, ladder: &Ladder) -> Vec<Fault> {
    let mut problems = Vec::new();
    for (pointer, sizes) in &ladder.sizes {
        let target = within(key, pointer);
        if sizes.len() != ladder.steps.len() {
            let (given, needed) = (sizes.len(), ladder.steps.len());
            problems.push(format!("`{pointer}` has {given} sizes and `steps` {needed}; give one for each"));
        }
        match document.with(&target, Value::Null) {
            _ if !pointer.starts_with('/') => {
                problems.push(format!("`{pointer}` is no pointer; one begins with `/`, as `/winter/need_surge/size`"));
            }
            Err(fault) => problems.push(format!("`{pointer}`: {}", fault.problem)),
            Ok(_) if !document.value().pointer(&target).is_some_and(Value::is_number) => {
                problems.push(format!("`{pointer}` leads to no number; point to one inside it"));
            }
            Ok(_) => {}
        }
    }
    let place = format!("ladders.{key}.sizes");
    problems.into_iter().map(|problem| document.fault(&place, problem)).collect()
}

/// The shocks of one step: those written, with the sizes of the step.
fn step(document: &Document, key: &str, ladder: &Ladder, number: usize) -> Result<IndexMap<String, Shock>, Fault> {
    let mut changed = document.clone();
    for (pointer, sizes) in &ladder.sizes {
        changed = changed.with(&within(key, pointer), Parameter::json(sizes[number]))?;
    }
    let file: File = changed.parse().map_err(|faults| {
        let first = faults.faults.into_iter().next();
        let problem = first.map_or_else(String::new, |fault| format!("{}: {}", fault.place, fault.problem));
        let place = format!("ladders.{key}.sizes");
        document.fault(&place, format!("step {} (`{}`): {problem}", number + 1, ladder.steps[number]))
    })?;
    Ok(file.ladders.get(key).map(|ladder| ladder.shocks.clone()).unwrap_or_default())
}

/// A pointer into the shocks of a ladder as one into the whole study.
fn within(ladder: &str, pointer: &str) -> String {
    format!("/ladders/{}/shocks{pointer}", token(ladder))
}
