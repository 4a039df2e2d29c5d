//! The JSON Schema of a file type: what the checker walks, and what an editor completes from.

use schemars::JsonSchema;
use serde_json::{Value, json};

/// Fields that every file may have; they are for the reader and for editors, and never reach the type.
pub(super) const READER_FIELDS: [&str; 2] = ["$schema", "extends"];

/// The JSON Schema of `T` for editors: with `$schema`, `title`, and the `extends` that every file may have.
///
/// It describes a whole scenario; of a file that extends another an editor may say that fields are missing.
#[must_use]
pub fn schema<T: JsonSchema>() -> Value {
    let mut schema = of::<T>();
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        let extends = "Another scenario that this one changes, or a list of a scenario and fragments, each of which changes those before it: files beside it, or names of bundled ones.";
        properties.entry("$schema").or_insert(json!({ "type": "string" }));
        properties
            .entry("extends")
            .or_insert(json!({ "type": ["string", "array"], "items": { "type": "string" }, "description": extends }));
    }
    schema
}

/// The JSON Schema of `T` as the types give it.
pub(super) fn of<T: JsonSchema>() -> Value {
    schemars::schema_for!(T).to_value()
}
