//! Reads a scenario file and all that it extends, and merges them (RFC 7396: a field set to `null` is taken away).

use std::path::PathBuf;

use serde_json::{Map, Value};

use super::fault::{Fault, Faults, Position};
use super::locate::Lines;
use super::schema::READER_FIELDS;
use super::store::{Address, Store, Unread, read_text};
use super::{suggest, syntax, words};

/// Files that may extend one another in one chain.
const LONGEST_CHAIN: usize = 32;

/// One file of an `extends` chain.
#[derive(Debug)]
pub(super) struct Source {
    /// Where it lies.
    pub(super) address: Address,
    /// The line of each place in it.
    pub(super) lines: Lines,
}

/// A scenario file and all that it extends.
pub(super) struct Chain {
    /// The files, the one that was asked for first.
    pub(super) sources: Vec<Source>,
    /// What they say together.
    pub(super) merged: Value,
}

/// Reads the chain that begins with the file `name`.
pub(super) fn read(store: &dyn Store, name: &str) -> Result<Chain, Faults> {
    match find(store, &Address::Disk(PathBuf::new()), name) {
        Ok((address, text)) => read_on(store, address, &text),
        Err(problem) => Err(Faults::one(words::printable(name.chars()), problem)),
    }
}

/// Reads the chain that begins with a text already at hand.
pub(super) fn read_on(store: &dyn Store, address: Address, text: &str) -> Result<Chain, Faults> {
    let file = address.to_string();
    let mut reader = Reader { store, sources: Vec::new(), documents: Vec::new(), faults: Vec::new() };
    if let Err(fault) = reader.read_all(address, text) {
        reader.faults.push(fault);
    }
    if reader.faults.is_empty() { Ok(reader.merge()) } else { Err(Faults { file, faults: reader.faults }) }
}

struct Reader<'a> {
    store: &'a dyn Store,
    sources: Vec<Source>,
    documents: Vec<Value>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn read_all(&mut self, address: Address, text: &str) -> Result<(), Fault> {
        let mut next = self.read_one(address, text)?;
        while let Some(name) = next {
            let (address, text) = self.follow(&name)?;
            next = self.read_one(address, &text)?;
        }
        Ok(())
    }

    /// Takes one file in, and returns the name of the file that it extends.
    fn read_one(&mut self, address: Address, text: &str) -> Result<Option<String>, Fault> {
        let at = |line| Some(Position { file: address.to_string(), line });
        let mut document = syntax::parse(text).map_err(|fault| {
            let position = at(fault.line).filter(|_| !text.trim().is_empty() || !self.sources.is_empty());
            Fault { place: String::new(), problem: fault.problem, position }
        })?;
        let lines = Lines::of(text);
        for duplicate in &lines.duplicates {
            let problem = format!("it is given twice, first on line {}", duplicate.first);
            self.faults.push(Fault { place: duplicate.place.clone(), problem, position: at(duplicate.again) });
        }
        self.sources.push(Source { address, lines });
        let [_, extends] =
            READER_FIELDS.map(|field| document.as_object_mut().and_then(|fields| fields.shift_remove(field)));
        self.documents.push(document);
        match extends {
            None => Ok(None),
            Some(Value::String(name)) => Ok(Some(name)),
            Some(other) => {
                let (shown, kind) = (words::shown(&other), words::kind(&other));
                Err(self.fault(format!("{shown} is {kind} where the name of another scenario is needed")))
            }
        }
    }

    /// Finds the file that the last one extends.
    fn follow(&self, name: &str) -> Result<(Address, String), Fault> {
        let Some(last) = self.sources.last() else { return Err(self.fault("nothing extends it".into())) };
        let (address, text) = find(self.store, &last.address, name).map_err(|problem| self.fault(problem))?;
        if self.sources.iter().any(|source| source.address.normal() == address.normal()) {
            let files = self.sources.iter().map(|source| &source.address).chain([&address]);
            let files: Vec<String> = files.map(ToString::to_string).collect();
            return Err(self.fault(format!("the files extend one another in a circle: {}", files.join(" → "))));
        }
        if self.sources.len() >= LONGEST_CHAIN {
            return Err(self.fault(format!("more than {LONGEST_CHAIN} files extend one another")));
        }
        Ok((address, text))
    }

    /// A fault of the `extends` in the last file.
    fn fault(&self, problem: String) -> Fault {
        let position = self.sources.last().and_then(|source| {
            Some(Position { file: source.address.to_string(), line: source.lines.line("extends")? })
        });
        Fault { place: "extends".into(), problem, position }
    }

    fn merge(self) -> Chain {
        let mut from_base = self.documents.into_iter().rev();
        let mut merged = from_base.next().unwrap_or_default();
        for patch in from_base {
            merge(&mut merged, patch);
        }
        Chain { sources: self.sources, merged }
    }
}

/// RFC 7396.
fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(fields) = target else { return };
    for (key, value) in patch {
        if value.is_null() {
            fields.shift_remove(&key);
        } else {
            merge(fields.entry(key).or_insert(Value::Null), value);
        }
    }
}

/// The file that `name` means in the file `from`: the one beside it, with or without `.json`, or a bundled one.
fn find(store: &dyn Store, from: &Address, name: &str) -> Result<(Address, String), String> {
    let shown = words::file(name);
    if name.is_empty() {
        return Err("the name of the file is empty".into());
    }
    let mut unusable = None;
    for address in candidates(from, name) {
        match read_text(store, &address) {
            Ok(text) => return Ok((address, text)),
            Err(Unread::Missing) => {}
            Err(Unread::Unusable(problem)) => {
                unusable.get_or_insert(problem);
            }
        }
    }
    Err(match unusable {
        Some(problem) => format!("{shown} {problem}"),
        None => format!("there is no file {shown}{}", near_file(store, &from.beside(name), name)),
    })
}

fn candidates(from: &Address, name: &str) -> Vec<Address> {
    let mut candidates = vec![from.beside(name)];
    if !has_ending(name) {
        let file = format!("{name}.json");
        candidates.push(from.beside(&file));
        candidates.push(Address::Bundled(file));
    } else if !name.contains(['/', '\\']) {
        candidates.push(Address::Bundled(name.to_owned()));
    }
    candidates
}

fn near_file(store: &dyn Store, address: &Address, name: &str) -> String {
    let neighbours = store.neighbours(address);
    let bundled = store.bundled();
    let (folder, wanted) = name.rfind(['/', '\\']).map_or(("", name), |slash| name.split_at(slash + 1));
    let wanted = wanted.trim_end_matches(".json");
    let scenarios = neighbours.iter().filter(|file| has_ending(file));
    let near = suggest::nearest(wanted, scenarios.map(|file| file.trim_end_matches(".json")))
        .map(|near| neighbours.iter().find(|file| file.trim_end_matches(".json") == near).map_or("", String::as_str));
    let near_bundled = || suggest::nearest(name, bundled.iter().map(|file| file.trim_end_matches(".json")));
    match near.map(|near| format!("{folder}{near}")).or_else(|| near_bundled().map(str::to_owned)) {
        Some(near) => format!("; did you mean {}?", words::file(&near)),
        None if bundled.is_empty() => String::new(),
        None => "; `commonground scenarios` lists the bundled ones".into(),
    }
}

/// Whether a name already ends in `.json`.
fn has_ending(name: &str) -> bool {
    name.len() > ".json".len() && name.to_lowercase().ends_with(".json")
}
