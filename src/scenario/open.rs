//! Scenarios for code: from the program, from a file, from text; and the same with other values.

use super::Scenario;
use super::bundled::BUNDLED;
use super::text::{Disk, Document, Faults};
use serde_json::Value;
use std::path::Path;

impl Scenario {
    /// A scenario that comes with the program, with or without fragments: `place-fortress`, `place-fortress+2024+alliance`. Reads
    /// no disk.
    ///
    /// ```
    /// use commonground::prelude::*;
    ///
    /// let pasture = Scenario::bundled("pasture-ostrom")?;
    /// assert_eq!(pasture.file.title, "Pasture, governed by its herders");
    /// assert!(Scenario::bundled("pasture-ostorm").is_err_and(|fault| fault.to_string().contains("pasture-ostrom")));
    /// # Ok::<(), Faults>(())
    /// ```
    ///
    /// # Errors
    /// There is none of that name.
    pub fn bundled(name: &str) -> Result<Self, Faults> {
        Self::load(&BUNDLED, name)
    }

    /// A scenario file on the disk, with whatever it extends and the columns of data that it names.
    ///
    /// # Errors
    /// It cannot be read; or every fault that there is in it, each with its place and a way out.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Faults> {
        Self::load(&Disk { bundled: BUNDLED }, &path.as_ref().to_string_lossy())
    }

    /// A scenario from JSON text, which may extend those that come with the program; `name` is what faults call it. Reads no
    /// disk.
    ///
    /// ```
    /// use commonground::prelude::*;
    ///
    /// let faults = Scenario::from_json("mine", r#"{ "extends": "pasture-ostrom", "time": { "steps": 0 } }"#).unwrap_err();
    /// assert_eq!(faults.to_string(), "1 fault in mine\n  time.steps: `0` is outside the range 1 to 100000   (line 1)");
    /// ```
    ///
    /// # Errors
    /// As for [`Scenario::open`].
    pub fn from_json(name: &str, text: &str) -> Result<Self, Faults> {
        Self::from_text(&BUNDLED, name, text)
    }

    /// The same from a JSON value.
    ///
    /// # Errors
    /// As for [`Scenario::open`].
    pub fn from_value(name: &str, value: &Value) -> Result<Self, Faults> {
        Self::from_json(name, &format!("{value:#}"))
    }

    /// The same scenario with another value, of any structure, at a JSON pointer to one that is there, or to a field that is left out; in
    /// the pointer `*` stands for every name or item. Reads no disk: columns of
    /// data are those that were read already, or that come with the program.
    ///
    /// ```
    /// use commonground::prelude::*;
    ///
    /// let pasture = Scenario::bundled("pasture-ostrom")?;
    /// let strict = pasture.set("/rules/graduated_sanctions/fine", 1.0)?.set("/providers/herder/count", 12)?;
    /// let depensated = json!({ "depensated": { "rate": 0.5, "threshold": 0.1 } });
    /// let fragile = strict.set("/pools/pasture/growth", depensated)?;
    /// assert!(fragile.set("/rules/graduated_sanctions/fin", 1.0).is_err());
    /// let settled = pasture.set("/time/warm_up", 20)?; // was left out, and so nought
    /// let place = Scenario::bundled("place-fortress")?.set("/providers/*/motivation", 0.6)?; // of every kind of provider
    /// # Ok::<(), Faults>(())
    /// ```
    ///
    /// # Errors
    /// A pointer to nothing, or every fault of the scenario with that value.
    pub fn set(&self, pointer: &str, value: impl Into<Value>) -> Result<Self, Faults> {
        self.with(&*self.kept, pointer, value.into())
    }

    /// The same with several values, checked once all are set. Reads no disk.
    ///
    /// # Errors
    /// As for [`Scenario::set`], and every pointer to nothing at once.
    pub fn set_all<'a>(&self, changes: impl IntoIterator<Item = (&'a str, Value)>) -> Result<Self, Faults> {
        self.with_fields(&*self.kept, changes)
    }

    /// The same scenario changed in places, as a file that `extends` it would: what is given is merged into it, a field that is
    /// `null` is taken away. Reads no disk.
    ///
    /// ```
    /// use commonground::prelude::*;
    ///
    /// let pasture = Scenario::bundled("pasture-ostrom")?;
    /// let unwatched = pasture.extended(json!({ "rules": { "measures": null }, "society": { "coverage": 0.2 } }))?;
    /// assert!(unwatched.set("/rules/measures/coverage", 1).is_err());
    /// # Ok::<(), Faults>(())
    /// ```
    ///
    /// # Errors
    /// Every fault of the scenario that comes out.
    pub fn extended(&self, changes: impl Into<Value>) -> Result<Self, Faults> {
        Self::check(&*self.kept, &self.name, self.document().patched(changes.into()))
    }

    /// The same scenario, longer or shorter. Payments that would take over after the end are left out.
    ///
    /// ```
    /// use commonground::prelude::*;
    ///
    /// let year = Scenario::bundled("place-fortress")?.with_steps(12)?;
    /// assert_eq!(year.setup.steps(), 12);
    /// assert!(year.with_steps(0).is_err());
    /// # Ok::<(), Faults>(())
    /// ```
    ///
    /// # Errors
    /// There are no steps or too many, a column of need ends before them, or a shock comes after them.
    pub fn with_steps(&self, steps: u32) -> Result<Self, Faults> {
        let mut document = self.changed([("/time/steps", steps.into())], Document::set)?;
        document.edit(|scenario| forget_payments_from(scenario, steps));
        Self::check(&*self.kept, &self.name, document)
    }
}

/// Takes payments away that take over in that step or later.
fn forget_payments_from(scenario: &mut Value, steps: u32) {
    let providers = scenario.get_mut("providers").and_then(Value::as_object_mut);
    for kind in providers.into_iter().flat_map(|kinds| kinds.values_mut()) {
        if let Some(then) = kind.get_mut("then").and_then(Value::as_array_mut) {
            then.retain(|regime| regime.get("at").and_then(Value::as_u64).is_none_or(|at| at < u64::from(steps)));
        }
    }
}
