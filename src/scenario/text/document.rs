//! A scenario as it is written, merged along `extends`: the value, its type, and the line of each place.

use std::sync::Arc;

use serde_json::{Map, Value};
use serde_path_to_error::Segment;

use super::fault::{Fault, Faults, Position};
use super::path::{self, Path};
use super::shared::{self, Shared};
use super::source::{self, Chain, Source};
use super::store::{Address, Store};
use super::{Form, known, merge, schema_walk, suggest, words};

/// A scenario file together with all that it extends, read but not yet checked against its type.
#[derive(Debug, Clone)]
pub struct Document {
    value: Value,
    /// That of the type by which files are laid over one another.
    schema: &'static Value,
    /// The file that was asked for, the one that it extends, and so on.
    sources: Arc<[Source]>,
    /// Places that [`Document::with`] has set; they stand on no line.
    set: Vec<String>,
}

impl Document {
    /// Reads the file `name`, or the bundled scenario of that name, and all that it extends, as a `T` is put together; `.json` may
    /// be left out.
    ///
    /// # Errors
    /// Files that are missing, unreadable, over 50 MB, not UTF-8, empty or not JSON; fields written twice;
    /// `extends` in a circle.
    pub fn read<T: Form>(store: &dyn Store, name: &str) -> Result<Self, Faults> {
        source::read(store, name, T::schema()).map(|chain| Self::of(chain, T::schema()))
    }

    /// The same from a text at hand; `address` is the name it goes by, and what names in it are relative to.
    ///
    /// # Errors
    /// As for [`Document::read`].
    pub fn from_text<T: Form>(store: &dyn Store, address: Address, text: &str) -> Result<Self, Faults> {
        source::read_on(store, address, text, T::schema()).map(|chain| Self::of(chain, T::schema()))
    }

    fn of(chain: Chain, schema: &'static Value) -> Self {
        Self { value: chain.merged, schema, sources: chain.sources.into(), set: Vec::new() }
    }

    /// The document as a `T`.
    ///
    /// # Errors
    /// Every fault of it at once.
    pub fn parse<T: Form>(&self) -> Result<T, Faults> {
        let findings = schema_walk::check(T::schema(), &self.value, self.sources.len() > 1);
        if findings.is_empty() {
            return self.read_as();
        }
        let faults = findings.into_iter().map(|finding| Fault {
            position: self.position(&finding.anchor),
            place: finding.place,
            problem: finding.problem,
        });
        Err(self.faults(shared::told_once(faults.collect(), |place| self.shared(place))))
    }

    /// The document as a `T` without the walk over its form, for one that differs from a checked one only by numbers whose
    /// limits have been seen to.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub(in crate::scenario) fn read_as<T: Form>(&self) -> Result<T, Faults> {
        serde_path_to_error::deserialize(&self.value).map_err(|error| {
            let place = place_of(error.path());
            self.faults(vec![self.fault(&place, error.inner().to_string())])
        })
    }

    /// The merged document, without `extends` and `$schema`.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The merged document as text, ready to be kept as a file that extends nothing.
    pub fn to_json(&self) -> String {
        format!("{:#}\n", self.value)
    }

    /// The file that was asked for, the one that it extends, and so on.
    pub fn files(&self) -> impl Iterator<Item = &Address> {
        self.sources.iter().map(|source| &source.address)
    }

    /// The line that a place such as `pools.money.capacity` or a pointer such as `/pools/money/capacity` is written on.
    ///
    /// Of several files in a chain it is the one that decides. `None` for the document as a whole, and for what
    /// [`Document::with`] has set.
    pub fn position(&self, place: &str) -> Option<Position> {
        let place = self.place(place);
        let said_of_every = self.of_every(&place);
        if self
            .set
            .iter()
            .any(|set| [Some(&place), said_of_every.as_ref()].into_iter().flatten().any(|place| lies_in(place, set)))
        {
            return None;
        }
        let (source, line) = self.source_of(&place)?;
        Some(Position { file: source.address.to_string(), line })
    }

    /// The file that `name` means when it is written at this place (or pointer), as in `{"csv": {"file": name}}`.
    pub fn resolve(&self, place: &str, name: &str) -> Address {
        let root = || self.sources.first().map(|source| &source.address);
        let address = self.source_of(&self.place(place)).map(|(source, _)| &source.address).or_else(root);
        address.map_or_else(|| Address::Disk(name.into()), |address| address.beside(name))
    }

    /// A fault at a place (or pointer), with its line; for checks that a schema cannot express.
    pub fn fault(&self, place: &str, problem: impl Into<String>) -> Fault {
        Fault { place: self.place(place), problem: problem.into(), position: self.position(place) }
    }

    /// Faults of this document.
    pub fn faults(&self, faults: Vec<Fault>) -> Faults {
        let file = self.sources.first().map_or_else(String::new, |source| source.address.to_string());
        Faults { file, faults }
    }

    /// The pointers that are meant by one with `*` in place of a name, as `/providers/*/motivation`: those that lead to a value. One
    /// without a `*` means itself.
    pub fn pointers(&self, pointer: &str) -> Vec<String> {
        path::places(&self.value, pointer).into_iter().map(|(pointer, _)| pointer).collect()
    }

    /// A copy in which the value at an RFC 6901 pointer is another one; with `*` in place of a name, at all that it leads to.
    ///
    /// # Errors
    /// The pointer must lead to a value that is there; if it does not, the fault says which part of it fails.
    #[expect(clippy::needless_pass_by_value, reason = "whoever changes a place has made the value for it")]
    pub fn with(&self, pointer: &str, value: Value) -> Result<Self, Fault> {
        let mut changed = self.clone();
        changed.set(pointer, &value)?;
        Ok(changed)
    }

    /// Puts another value at an RFC 6901 pointer.
    ///
    /// # Errors
    /// As for [`Document::with`]; then nothing is changed.
    pub(crate) fn set(&mut self, pointer: &str, value: &Value) -> Result<(), Fault> {
        self.put(pointer, self.pointers(pointer), value)
    }

    /// The same, where a field that is left out wherever the pointer leads, but that the schema knows there, is added.
    ///
    /// # Errors
    /// The pointer leads to no value and to no such field; then nothing is changed.
    pub(in crate::scenario) fn set_or_add(&mut self, pointer: &str, value: &Value) -> Result<(), Fault> {
        let there = self.pointers(pointer);
        let pointers = if there.is_empty() { self.addable(pointer) } else { there };
        self.put(pointer, pointers, value)
    }

    /// Puts a value at the pointers that are meant by the one that was asked for.
    fn put(&mut self, asked: &str, pointers: Vec<String>, value: &Value) -> Result<(), Fault> {
        if pointers.is_empty() {
            return Err(self.dead_pointer(asked));
        }
        for pointer in pointers {
            if let Some(target) = self.value.pointer_mut(&pointer) {
                *target = value.clone();
            } else {
                self.add(&pointer, value);
            }
            self.set.push(Path::from_pointer(&pointer, &self.value).to_string());
        }
        Ok(())
    }

    /// The pointers to fields that are left out, but that the schema knows where one leads, all but its last part, to objects.
    fn addable(&self, pointer: &str) -> Vec<String> {
        let Some((within, token)) = pointer.rsplit_once('/') else { return Vec::new() };
        let wanted = path::tokens(pointer).last();
        let is_known =
            |here: &str| known::fields(self.schema, here).into_iter().any(|name| Some(name) == wanted.as_deref());
        let places = path::places(&self.value, within).into_iter();
        let objects = places.filter(|(here, value)| value.is_object() && is_known(here));
        objects.map(|(here, _)| format!("{here}/{token}")).collect()
    }

    /// Adds a field to an object.
    fn add(&mut self, pointer: &str, value: &Value) {
        let Some((within, name)) = pointer.rsplit_once('/').zip(path::tokens(pointer).last()) else { return };
        if let Some(fields) = self.value.pointer_mut(within.0).and_then(Value::as_object_mut) {
            fields.insert(name, value.clone());
        }
    }

    /// A copy into which changes are merged as those of a file that `extends` it are (RFC 7396).
    pub(in crate::scenario) fn patched(&self, patch: Value) -> Self {
        let mut changed = self.clone();
        path::leaves(&patch, &mut Path::default(), &mut changed.set);
        merge::merge(self.schema, &mut changed.value, patch);
        changed
    }

    /// A copy with the fragment `name` laid over it, as `scenario+fragment` has it.
    ///
    /// # Errors
    /// As for [`Document::read`].
    pub fn with_fragment(&self, store: &dyn Store, name: &str) -> Result<Self, Faults> {
        let mut changed = self.clone();
        let over = source::lay(store, name, self.schema, &mut changed.value)?;
        changed.sources = over.into_iter().chain(self.sources.iter().cloned()).collect();
        Ok(changed)
    }

    /// Changes what is written; the lines of places stay what they are.
    pub(in crate::scenario) fn edit(&mut self, change: impl FnOnce(&mut Value)) {
        change(&mut self.value);
    }

    fn dead_pointer(&self, pointer: &str) -> Fault {
        let problem = if pointer.starts_with('/') && path::has_any(pointer) {
            "it leads nowhere: `*` stands for one name, and what follows it is found below none".into()
        } else if pointer.starts_with('/') {
            self.dead_token(pointer)
        } else {
            let pointer = format!("/{}", pointer.replace(['.', '['], "/").replace(']', ""));
            format!("a pointer begins with `/`; did you mean {}?", words::name(&pointer))
        };
        Fault { place: words::cut(pointer), problem, position: None }
    }

    /// Says where a pointer leaves the document.
    fn dead_token(&self, pointer: &str) -> String {
        let (mut here, mut path, mut gone) = (&self.value, Path::default(), String::new());
        for token in path::tokens(pointer) {
            let Some(next) = path::child(here, &token) else {
                let place = path.to_string();
                let within = if place.is_empty() { "the scenario".into() } else { words::name(&place) };
                let known = known::fields(self.schema, &gone);
                return nothing_there(here, &known, &within, &token);
            };
            path.enter_token(here, &token);
            gone = format!("{gone}/{}", path::token(&token));
            here = next;
        }
        "it leads nowhere".into()
    }

    /// A place, also when it is given as a pointer.
    fn place(&self, place: &str) -> String {
        if place.starts_with('/') { Path::from_pointer(place, &self.value).to_string() } else { place.to_owned() }
    }

    /// The file that decides what stands at a place, and the line: its own, or that of what is said of every one beside it.
    fn source_of(&self, place: &str) -> Option<(&Source, usize)> {
        let said_of_every = self.of_every(place);
        self.sources.iter().find_map(|source| {
            let line = line_in(source, place).or_else(|| line_in(source, said_of_every.as_deref()?))?;
            Some((source, line))
        })
    }

    /// The place at which a file says of every pool or kind what stands at this one.
    fn of_every(&self, place: &str) -> Option<String> {
        self.shared(place).map(|shared| shared.place)
    }

    fn shared(&self, place: &str) -> Option<Shared> {
        let properties = self.schema.get("properties")?.as_object()?;
        properties.iter().filter(|(_, schema)| merge::is_marked(schema)).find_map(|(list, _)| {
            let place = path::renamed_below(place, list, merge::EVERY)?;
            let count = self.value.get(list).and_then(Value::as_object).map_or(0, Map::len);
            Some(Shared { place, count })
        })
    }
}

/// The line of a place in a file; an item of a list on one line has that of its list.
fn line_in(source: &Source, place: &str) -> Option<usize> {
    let list = place.rsplit_once('[').map(|(list, _)| list).filter(|_| place.ends_with(']'));
    source.lines.line(place).or_else(|| source.lines.line(list?))
}

/// Whether a place is `whole` or a part of it.
fn lies_in(place: &str, whole: &str) -> bool {
    place.strip_prefix(whole).is_some_and(|rest| whole.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
}

/// What is not there, and what is, or may be.
fn nothing_there(here: &Value, known: &[&str], within: &str, token: &str) -> String {
    let wanted = words::name(token);
    match here {
        Value::Object(fields) => {
            let names = || fields.keys().map(String::as_str);
            let left_out = || known.iter().copied().filter(|name| !fields.contains_key(*name));
            let near = suggest::did_you_mean(token, names().chain(left_out()));
            let way_out = if token == merge::EVERY {
                "; in a pointer `*` stands for every name".into()
            } else if near.is_empty() {
                let may_have = words::names(left_out());
                let may_have =
                    if left_out().next().is_none() { String::new() } else { format!(" and may have {may_have}") };
                format!("; it has {}{may_have}", words::names(names()))
            } else {
                near
            };
            format!("there is no {wanted} in {within}{way_out}")
        }
        Value::Array(items) => {
            format!("there is no item {wanted} in {within}; it has {}", words::counted(items.len() as u64, "item"))
        }
        scalar => format!("{within} is {}; there is no {wanted} in it", words::kind(scalar)),
    }
}

fn place_of(path: &serde_path_to_error::Path) -> String {
    let mut place = Path::default();
    for segment in path {
        match segment {
            Segment::Seq { index } => place.enter_item(*index),
            Segment::Map { key } | Segment::Enum { variant: key } => place.enter(key),
            Segment::Unknown => {}
        }
    }
    place.to_string()
}
