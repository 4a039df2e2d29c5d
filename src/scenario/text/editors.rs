//! The JSON Schema of a file type for editors and for validators of others. It knows what the types alone do not say: that a file may
//! extend others and then holds parts of what a whole one holds, that `null` takes a part away, and what is said of every one in a list.

use super::branch::tag;
use super::merge::{EVERY, MARK};
use super::schema::Form;
use serde_json::{Map, Value, json};

/// What is added to the name of a type for its form in a file that extends another.
const IN_PART: &str = "InPart";

/// The JSON Schema of `T`, with the `$schema` and the `extends` that every file may have.
///
/// A file that extends others is checked so far as one can without them. So is a fragment, which has none of [`Form::WHOLE`].
#[must_use]
pub fn schema<T: Form>() -> Value {
    let mut root = T::schema().clone();
    tidy(&mut root);
    let mut definitions = take_object(&mut root, "$defs");
    let parts: Map<String, Value> =
        definitions.iter().map(|(name, schema)| (format!("{name}{IN_PART}"), in_part(schema))).collect();
    let mut part = in_part(&root);
    if let Some(properties) = part.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert("$schema".into(), json!({ "type": "string" }));
        properties.insert("extends".into(), extends());
    }
    let whole_root = json!({ "required": root["required"], "properties": whole_lists(&root["properties"]) });
    definitions.extend(parts);
    part["$defs"] = definitions.into();
    part["if"] = is_whole(T::WHOLE);
    part["then"] = whole_root;
    forget_mark(&mut part);
    part
}

/// What `extends` may say.
fn extends() -> Value {
    let description = "Another scenario that this one changes, or a list of a scenario and fragments, each of which changes those before it: files beside it, or names of bundled ones.";
    json!({ "type": ["string", "array"], "items": { "type": "string" }, "description": description })
}

/// Holds of a file that extends nothing and is no fragment.
fn is_whole(fields: &[&str]) -> Value {
    let extends_nothing = json!({ "not": { "required": ["extends"] } });
    if fields.is_empty() {
        return extends_nothing;
    }
    let has_one: Vec<Value> = fields.iter().map(|field| json!({ "required": [field] })).collect();
    json!({ "allOf": [extends_nothing, { "anyOf": has_one }] })
}

/// The fields of a whole file; a list that says something of every one in it holds parts.
fn whole_lists(properties: &Value) -> Value {
    let whole = |(name, schema): (&String, &Value)| {
        let marked = schema.get(MARK).is_some();
        let schema = if marked {
            json!({ "if": { "required": [EVERY] }, "then": in_part(schema), "else": schema })
        } else {
            schema.clone()
        };
        (name.clone(), schema)
    };
    Value::Object(properties.as_object().into_iter().flatten().map(whole).collect())
}

/// What of a value that has this schema a file may say that is laid over another.
fn in_part(schema: &Value) -> Value {
    let Value::Object(fields) = schema else { return schema.clone() };
    let is_list = fields.get("type").is_some_and(|kind| kind == "array");
    if is_list {
        return schema.clone();
    }
    let mut part = fields.clone();
    if let Some(Value::String(reference)) = part.get_mut("$ref") {
        reference.push_str(IN_PART);
    }
    let forms = part.shift_remove("oneOf").or_else(|| part.shift_remove("anyOf"));
    if let Some(Value::Array(forms)) = forms {
        part.insert("anyOf".into(), forms_in_part(&forms).into());
    }
    for keyword in ["required", "minProperties"] {
        part.shift_remove(keyword);
    }
    if let Some(properties) = part.get_mut("properties").and_then(Value::as_object_mut) {
        for property in properties.values_mut() {
            *property = or_null(in_part(property));
        }
    }
    if let Some(entry) = part.get("additionalProperties").filter(|entry| entry.is_object()) {
        let entry = in_part(entry);
        if part.contains_key(MARK) {
            part.insert("properties".into(), json!({ EVERY: entry.clone() }));
        }
        part.insert("additionalProperties".into(), or_null(entry));
    }
    part.into()
}

/// Alternatives in part: of those that go by a name one may be said, and the others taken away.
fn forms_in_part(forms: &[Value]) -> Vec<Value> {
    let tags: Vec<&str> = forms.iter().filter_map(tag).collect();
    let gone = |besides: Option<&str>| -> Map<String, Value> {
        let others = tags.iter().filter(|tag| Some(**tag) != besides);
        others.map(|tag| ((*tag).to_owned(), json!({ "type": "null" }))).collect()
    };
    let object = |properties: Map<String, Value>, required: &[&str]| json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false });
    let mut parts: Vec<Value> = forms
        .iter()
        .map(|form| match tag(form) {
            Some(name) => {
                let mut properties = gone(Some(name));
                properties.insert(name.to_owned(), in_part(&form["properties"][name]));
                let mut part = object(properties, &[name]);
                if let Some(description) = form.get("description") {
                    part["description"] = description.clone();
                }
                part
            }
            None => in_part(form),
        })
        .collect();
    if !tags.is_empty() {
        parts.push(object(gone(None), &[]));
    }
    parts
}

/// The schema, or `null`, which takes a field away.
fn or_null(schema: Value) -> Value {
    let nothing = json!({ "type": "null" });
    if schema["type"].as_array().is_some_and(|kinds| kinds.contains(&json!("null")))
        || schema["anyOf"].as_array().is_some_and(|forms| forms.contains(&nothing))
    {
        return schema;
    }
    json!({ "anyOf": [schema, nothing] })
}

/// Formats of numbers, which belong to Rust, as limits that every validator knows.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            limit(fields);
            fields.values_mut().for_each(tidy);
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

fn limit(fields: &mut Map<String, Value>) {
    let Some(format) = fields.get("format").and_then(Value::as_str).map(str::to_owned) else { return };
    let most = match format.as_str() {
        "uint8" => Some(u64::from(u8::MAX)),
        "uint16" => Some(u64::from(u16::MAX)),
        "uint32" => Some(u64::from(u32::MAX)),
        _ => None,
    };
    if format.starts_with("uint") {
        fields.entry("minimum").or_insert(0.into());
    }
    if let Some(most) = most {
        fields.entry("maximum").or_insert(most.into());
    }
    fields.shift_remove("format");
}

fn forget_mark(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.shift_remove(MARK);
            fields.values_mut().for_each(forget_mark);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_mark),
        _ => {}
    }
}

fn take_object(schema: &mut Value, name: &str) -> Map<String, Value> {
    match schema.as_object_mut().and_then(|fields| fields.shift_remove(name)) {
        Some(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::file::File;

    #[test]
    fn a_part_may_be_said_in_part_taken_away_or_replaced_but_not_be_two() {
        let schema = schema::<File>();
        let payment = &schema["$defs"]["PaymentInPart"]["anyOf"];
        let of =
            |name: &str| payment.as_array().unwrap().iter().find(|form| form["required"] == json!([name])).unwrap();
        assert_eq!(of("block")["properties"]["block"]["$ref"], "#/$defs/BlockInPart");
        assert_eq!(of("block")["properties"]["tariff"], json!({ "type": "null" }));
        assert_eq!(schema["$defs"]["BlockInPart"]["required"], Value::Null);
        assert_eq!(schema["$defs"]["Block"]["required"], json!(["amount", "change_per_year"]));
        assert_eq!(schema["properties"]["providers"]["anyOf"][0]["properties"]["every"]["$ref"], "#/$defs/KindInPart");
    }

    #[test]
    fn no_reference_leads_nowhere_and_no_keyword_is_our_own() {
        let schema = schema::<File>();
        let text = schema.to_string();
        assert!(!text.contains(MARK) && !text.contains("\"format\""));
        // A schema is an object, also that of `null`.
        assert!(!text.contains("null]") && text.contains("{\"type\":\"null\"}]"));
        for name in text.split("\"#/$defs/").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(schema["$defs"].get(name).is_some(), "{name}");
        }
    }
}
