//! The JSON Schema of a file type: what the checker walks.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A type that documents are read as. Deriving its schema takes many times as long as checking a document against it, and an
/// experiment checks thousands of variants of one scenario: so each such type keeps its own, derived once.
pub trait Form: DeserializeOwned + JsonSchema {
    /// Fields of which a whole file has one and a fragment none; no such field where there are no fragments.
    const WHOLE: &'static [&'static str] = &[];

    /// What [`derived`] gives for the type.
    fn schema() -> &'static Value;
}

/// References that are followed from one schema to the next.
const MOST_REFERENCES: usize = 32;

/// Fields that every file may have; they are for the reader and for editors, and never reach the type.
pub(super) const READER_FIELDS: [&str; 2] = ["$schema", "extends"];

/// The schema that a chain of references leads to.
pub(super) fn resolve<'a>(root: &'a Value, mut schema: &'a Value) -> &'a Value {
    for _ in 0..MOST_REFERENCES {
        let pointer = schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
        match pointer.and_then(|pointer| root.pointer(pointer)) {
            Some(target) => schema = target,
            None => break,
        }
    }
    schema
}

/// The JSON Schema of `T` as the types give it: what documents are checked against.
pub fn derived<T: JsonSchema>() -> Value {
    schemars::schema_for!(T).to_value()
}
