//! Reads a scenario file and all that it extends, and merges them. What is extended may be a scenario followed by fragments, each of
//! which changes what came before.

use std::path::PathBuf;

use serde_json::Value;

use super::fault::{Fault, Faults, Position};
use super::locate::Lines;
use super::merge::{merge, settle};
use super::schema::READER_FIELDS;
use super::store::{Address, Store, Unread, read_text};
use super::{suggest, syntax, unplain, words};
use crate::plain;

/// Folder of the bundled fragments, which may be left out of their names.
pub const BUNDLES: &str = "bundles/";

/// Files that may make up one scenario.
const MOST_FILES: usize = 32;

/// One file of an `extends` chain.
#[derive(Clone, Debug)]
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

/// Reads the chain of a type with that schema that begins with the file `name`, or that of `scenario+fragment+…`: each part changes those before it.
pub(super) fn read(store: &dyn Store, name: &str, schema: &Value) -> Result<Chain, Faults> {
    Ok(gather(store, name)?.merge(schema))
}

/// Lays the file `name` over a document, with all that it extends; its files come before those of the document.
pub(super) fn lay(store: &dyn Store, name: &str, schema: &Value, onto: &mut Value) -> Result<Vec<Source>, Faults> {
    let reader = gather(store, name)?;
    for patch in reader.documents.into_iter().rev() {
        merge(schema, onto, patch);
    }
    Ok(reader.sources)
}

/// Takes in the file `name`, or each part of `scenario+fragment+…` from the last to the first, with all that they extend.
fn gather<'a>(store: &'a dyn Store, name: &str) -> Result<Reader<'a>, Faults> {
    let here = Address::Disk(PathBuf::new());
    let unfound = |problem: String| Faults::one(plain::one_line(name), problem);
    let mut reader = Reader::new(store);
    match find(store, &here, name) {
        Ok((address, text)) => {
            let file = address.to_string();
            reader.take(address, &text);
            reader.checked(file)
        }
        Err(_) if name.contains('+') => {
            for part in name.rsplit('+') {
                if part.trim().is_empty() {
                    let problem =
                        "a name is missing beside `+`; write SCENARIO+FRAGMENT, such as place-fortress+alliance";
                    return Err(unfound(problem.to_owned()));
                }
                let (address, text) = find(store, &here, part.trim()).map_err(unfound)?;
                reader.take(address, &text);
            }
            reader.checked(plain::one_line(name))
        }
        Err(problem) => Err(unfound(problem)),
    }
}

/// Reads the chain that begins with a text already at hand.
pub(super) fn read_on(store: &dyn Store, address: Address, text: &str, schema: &Value) -> Result<Chain, Faults> {
    let file = address.to_string();
    let mut reader = Reader::new(store);
    reader.take(address, text);
    Ok(reader.checked(file)?.merge(schema))
}

struct Reader<'a> {
    store: &'a dyn Store,
    /// Files read, each before what it extends.
    sources: Vec<Source>,
    documents: Vec<Value>,
    /// Positions of the files whose `extends` is being followed.
    open: Vec<usize>,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    fn new(store: &'a dyn Store) -> Self {
        Self { store, sources: Vec::new(), documents: Vec::new(), open: Vec::new(), faults: Vec::new() }
    }

    /// Takes in a file and all that it extends.
    fn take(&mut self, address: Address, text: &str) {
        if let Err(fault) = self.read_all(address, text) {
            self.faults.push(fault);
        }
    }

    /// Itself where nothing of what it took in is at fault.
    fn checked(self, file: String) -> Result<Self, Faults> {
        if self.faults.is_empty() { Ok(self) } else { Err(Faults { file, faults: self.faults }) }
    }

    /// Reads a file, and then what it extends from the last to the first: the later changes the earlier.
    fn read_all(&mut self, address: Address, text: &str) -> Result<(), Fault> {
        let names = self.read_one(address, text)?;
        self.open.push(self.sources.len() - 1);
        for name in names.iter().rev() {
            let (address, text) = self.follow(name)?;
            self.read_all(address, &text)?;
        }
        self.open.pop();
        Ok(())
    }

    /// Takes one file in, and returns the names of the files that it extends.
    fn read_one(&mut self, address: Address, text: &str) -> Result<Vec<String>, Fault> {
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
        self.faults.extend(unplain::faults(&document).into_iter().map(|(place, problem)| {
            let position = lines.line(&place).and_then(&at);
            Fault { place, problem, position }
        }));
        self.sources.push(Source { address, lines });
        let [_, extends] =
            READER_FIELDS.map(|field| document.as_object_mut().and_then(|fields| fields.shift_remove(field)));
        self.documents.push(document);
        self.names(extends.unwrap_or(Value::Array(Vec::new())))
    }

    /// The names in an `extends`: one, or a list of them.
    fn names(&self, extends: Value) -> Result<Vec<String>, Fault> {
        let list = match extends {
            Value::Array(list) => list,
            one => vec![one],
        };
        let name = |value| match value {
            Value::String(name) => Ok(name),
            other => {
                let (shown, kind) = (words::shown(&other), words::kind(&other));
                let problem = format!("{shown} is {kind} where the name of another scenario is needed");
                Err(fault(self.sources.last(), problem))
            }
        };
        list.into_iter().map(name).collect()
    }

    /// Finds a file that the one being followed extends.
    fn follow(&self, name: &str) -> Result<(Address, String), Fault> {
        let open = || self.open.iter().map(|position| &self.sources[*position]);
        let Some(last) = open().next_back() else { return Err(fault(None, "nothing extends it".into())) };
        let (address, text) = find(self.store, &last.address, name).map_err(|problem| fault(Some(last), problem))?;
        if open().any(|source| source.address.normal() == address.normal()) {
            let files = open().map(|source| &source.address).chain([&address]);
            let files: Vec<String> = files.map(ToString::to_string).collect();
            let problem = format!("the files extend one another in a circle: {}", files.join(" → "));
            return Err(fault(Some(last), problem));
        }
        if self.sources.len() >= MOST_FILES {
            return Err(fault(Some(last), format!("more than {MOST_FILES} files extend one another")));
        }
        Ok((address, text))
    }

    fn merge(self, schema: &Value) -> Chain {
        let mut from_base = self.documents.into_iter().rev();
        let mut merged = from_base.next().unwrap_or_default();
        settle(schema, &mut merged);
        for patch in from_base {
            merge(schema, &mut merged, patch);
        }
        Chain { sources: self.sources, merged }
    }
}

/// A fault of the `extends` in a file.
fn fault(source: Option<&Source>, problem: String) -> Fault {
    let position = source
        .and_then(|source| Some(Position { file: source.address.to_string(), line: source.lines.line("extends")? }));
    Fault { place: "extends".into(), problem, position }
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
        candidates.push(Address::Bundled(format!("{BUNDLES}{name}.json")));
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
    let names = bundled.iter().map(|file| file.trim_end_matches(".json"));
    let near_bundled =
        || suggest::nearest(name, names.flat_map(|name| [Some(name), name.strip_prefix(BUNDLES)]).flatten());
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
