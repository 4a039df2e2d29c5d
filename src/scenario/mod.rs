//! From text to a checked scenario: the file as written, its faults, and the setup that the model runs.

pub mod build;
pub mod bundled;
mod by_step;
mod cautions;
pub mod data;
mod deal;
pub mod explain;
pub mod file;
mod knobs;
mod open;
mod payments;
pub mod place;
mod played;
pub mod series;
pub mod text;

use crate::model::setup::Setup;
use crate::model::shock::Shock;
use file::File;
use indexmap::IndexMap;
use serde_json::Value;
use std::borrow::Cow;
use std::sync::{Arc, LazyLock};
use text::{Address, Document, Fault, Faults, Form, Keeping, Kept, Store};

/// A scenario without faults: to be changed ([`Scenario::set`]) and run ([`Scenario::run`]).
///
/// ```
/// use commonground::prelude::*;
///
/// let pasture = Scenario::bundled("pasture-ostrom")?.set("/rules/graduated_sanctions/fine", 0.5)?;
/// let outcomes = pasture.run(Runs::of(64).seed(1));
/// assert!(outcomes.outcome(Measure::STOCK_MEAN)?.mean() > Some(0.2));
/// # Ok::<(), Faults>(())
/// ```
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The name by which it was asked for.
    pub name: String,
    /// What it says.
    pub file: File,
    /// What the model runs.
    pub setup: Setup,
    /// The text that it came from, with its lines.
    document: Document,
    /// The columns of data that were read for it.
    kept: Arc<Kept>,
}

impl Scenario {
    /// Loads a bundled scenario by its name or a file by its path.
    ///
    /// # Errors
    /// Every fault that there is in it, each with its place and a way out.
    pub fn load(store: &dyn Store, name: &str) -> Result<Self, Faults> {
        Self::check(store, name, Document::read::<File>(store, name)?)
    }

    /// A scenario from a text at hand, such as [`Scenario::resolved`] gives; `name` is the name it goes by.
    ///
    /// # Errors
    /// As for [`Scenario::load`].
    pub fn from_text(store: &dyn Store, name: &str, text: &str) -> Result<Self, Faults> {
        Self::check(store, name, Document::from_text::<File>(store, Address::Disk(name.into()), text)?)
    }

    /// The same scenario with another value at a JSON pointer, or at a field that is left out.
    ///
    /// # Errors
    /// A pointer to nothing, or a value that does not fit there.
    pub fn with(&self, store: &dyn Store, pointer: &str, value: Value) -> Result<Self, Faults> {
        self.with_fields(store, [(pointer, value)])
    }

    /// The same scenario with other values at several JSON pointers, checked once all are set.
    ///
    /// # Errors
    /// As for [`Scenario::with`], and every pointer to nothing at once.
    pub fn with_all<'a>(
        &self,
        store: &dyn Store,
        changes: impl IntoIterator<Item = (&'a str, Value)>,
    ) -> Result<Self, Faults> {
        Self::check(store, &self.name, self.changed(changes, Document::set)?)
    }

    /// The same, where optional fields that are left out are added.
    fn with_fields<'a>(
        &self,
        store: &dyn Store,
        changes: impl IntoIterator<Item = (&'a str, Value)>,
    ) -> Result<Self, Faults> {
        Self::check(store, &self.name, self.changed(changes, Document::set_or_add)?)
    }

    /// What the model runs with other values at several JSON pointers, without the walk over the scenario's form: for many
    /// sets of values between two that fit there. Far quicker than [`Scenario::with_all`].
    ///
    /// # Errors
    /// Pointers to nothing, and values that do not fit together.
    pub fn setup_with<'a>(
        &self,
        store: &dyn Store,
        changes: impl IntoIterator<Item = (&'a str, Value)>,
    ) -> Result<Setup, Faults> {
        let document = self.changed(changes, Document::set)?;
        let written = whole(store, &document).map_err(|faults| document.faults(faults))?;
        let mut file: File = written.read_as()?;
        let faults = series::read_columns(store, &document, &mut file);
        if faults.is_empty() {
            build::setup(&file, &document).map_err(|faults| document.faults(faults))
        } else {
            Err(document.faults(faults))
        }
    }

    fn changed<'a>(
        &self,
        changes: impl IntoIterator<Item = (&'a str, Value)>,
        set: fn(&mut Document, &str, &Value) -> Result<(), Fault>,
    ) -> Result<Document, Faults> {
        let (mut document, mut faults) = (self.document.clone(), Vec::new());
        for (pointer, value) in changes {
            faults.extend(set(&mut document, pointer, &value).err());
        }
        if faults.is_empty() { Ok(document) } else { Err(self.document.faults(faults)) }
    }

    /// The same scenario with further shocks, which come after its own. Numbers must be set before: [`Scenario::with`] goes back
    /// to what is written.
    ///
    /// # Errors
    /// One has the name of a shock that is there, or does not fit the place.
    pub fn with_shocks(&self, shocks: &IndexMap<String, Shock>) -> Result<Self, Faults> {
        let mut file = self.file.clone();
        let taken = shocks.keys().filter(|name| file.shocks.contains_key(*name));
        let taken: Vec<Fault> = taken
            .map(|name| {
                self.document.fault(&format!("shocks.{name}"), "the scenario has a shock of that name; choose another")
            })
            .collect();
        if !taken.is_empty() {
            return Err(self.document.faults(taken));
        }
        file.shocks.extend(shocks.clone());
        let setup = build::setup(&file, &self.document).map_err(|faults| self.document.faults(faults))?;
        Ok(Self { file, setup, ..self.clone() })
    }

    /// What is written, merged along `extends`, with the line of each place.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// A scenario from a document that has been read; `name` is the name it goes by.
    ///
    /// # Errors
    /// As for [`Scenario::load`].
    pub fn check(store: &dyn Store, name: &str, document: Document) -> Result<Self, Faults> {
        let store = Keeping::new(store);
        let written = whole(&store, &document).map_err(|faults| document.faults(faults))?;
        let mut file: File = written.parse()?;
        let faults = series::read_columns(&store, &document, &mut file);
        if !faults.is_empty() {
            return Err(document.faults(faults));
        }
        let faults = knobs::check(&file, &document);
        if !faults.is_empty() {
            return Err(document.faults(faults));
        }
        let setup = build::setup(&file, &document).map_err(|faults| document.faults(faults))?;
        let kept = Arc::new(store.kept(bundled::BUNDLED));
        Ok(Self { name: name.to_owned(), file, setup, document, kept })
    }

    /// The scenario as one file that extends nothing and reads no other file.
    pub fn resolved(&self) -> String {
        serde_json::to_string_pretty(&self.file).map_or_else(|_| self.document.to_json(), |text| text + "\n")
    }
}

/// The JSON Schema of scenario files, for editors.
pub fn schema() -> Value {
    by_step::for_editors(played::for_editors(text::schema::<File>()))
}

/// The document with what columns of data say in place of the columns, but for need, which is read once its form has been checked.
fn whole<'a>(store: &dyn Store, document: &'a Document) -> Result<Cow<'a, Document>, Vec<Fault>> {
    by_step::written(store, played::written(store, document)?)
}

impl Form for File {
    /// A fragment would take lists away that the scenario has, and does not say when things begin and end.
    const WHOLE: &'static [&'static str] = &["sources", "assumptions", "time"];

    fn schema() -> &'static Value {
        static SCHEMA: LazyLock<Value> = LazyLock::new(text::derived::<File>);
        &SCHEMA
    }
}
