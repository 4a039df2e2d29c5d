//! The JSON Schema of a file type: what the checker walks, and what an editor completes from.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A type that documents are read as. Deriving its schema takes many times as long as checking a document against it, and an
/// experiment checks thousands of variants of one scenario: so each such type keeps its own, derived once.
pub trait Form: DeserializeOwned + JsonSchema {
    /// What [`derived`] gives for the type.
    fn schema() -> &'static Value;
}

/// Fields that every file may have; they are for the reader and for editors, and never reach the type.
pub(super) const READER_FIELDS: [&str; 2] = ["$schema", "extends"];

/// The JSON Schema of `T` for editors: with `$schema`, `title`, and the `extends` that every file may have.
///
/// It describes a whole scenario; of a file that extends another an editor may say that fields are missing.
#[must_use]
pub fn schema<T: JsonSchema>() -> Value {
    let mut schema = derived::<T>();
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        let extends = "Another scenario that this one changes, or a list of a scenario and fragments, each of which changes those before it: files beside it, or names of bundled ones.";
        properties.entry("$schema").or_insert(json!({ "type": "string" }));
        properties
            .entry("extends")
            .or_insert(json!({ "type": ["string", "array"], "items": { "type": "string" }, "description": extends }));
    }
    schema
}

/// The JSON Schema of `T` as the types give it: what documents are checked against.
pub fn derived<T: JsonSchema>() -> Value {
    schemars::schema_for!(T).to_value()
}
