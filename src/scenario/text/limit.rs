//! Limits that a schema sets to numbers, texts, lists and objects, and how a value outside them is reported.

use serde_json::{Map, Number, Value};

use super::words;
use crate::model::failure::NEAREST;

/// What is wrong with a number under `minimum`, `maximum`, their exclusive forms and the `format` of its integer type.
pub(super) fn number(schema: &Value, number: &Number) -> Option<String> {
    let value = number.as_f64()?;
    let (low, high) =
        (Bound::of(schema, "minimum", "exclusiveMinimum"), Bound::of(schema, "maximum", "exclusiveMaximum"));
    let below = low.is_some_and(|low| value < low.at || (low.exclusive && value <= low.at));
    let above = high.is_some_and(|high| value > high.at || (high.exclusive && value >= high.at));
    let whole = super::branch::kinds(schema).contains(&"integer");
    let few = if whole { "few" } else { "small" };
    match (low, high) {
        (Some(low), Some(high)) if below || above => {
            Some(format!("`{number}` is outside the range {}", range(low, high)))
        }
        (Some(Bound { at, exclusive: true }), _) if below => {
            Some(format!("`{number}` is too small; it must be above {}", plain(at)))
        }
        (Some(low), _) if below => Some(format!("`{number}` is too {few}; at least {} is needed", plain(low.at))),
        (_, Some(Bound { at, exclusive: true })) if above => {
            Some(format!("`{number}` is too large; it must be below {}", plain(at)))
        }
        (_, Some(high)) if above => Some(too_large(number, high.at)),
        _ => type_maximum(schema)
            .filter(|maximum| value > *maximum)
            .map(|maximum| too_large(number, maximum))
            .or_else(|| too_near_zero(number, value)),
    }
}

/// What is wrong with a number that is not zero, but so near to it that what is divided by it would be no number.
fn too_near_zero(number: &Number, value: f64) -> Option<String> {
    let is_too_near = value != 0.0 && value.abs() < NEAREST;
    is_too_near
        .then(|| format!("`{number}` is too near to 0 to be told from it; write 0, or at least {}", plain(NEAREST)))
}

/// What is wrong with the length of a text, in characters.
pub(super) fn text(schema: &Value, text: &str) -> Option<String> {
    size(schema, ["minLength", "maxLength"], text.chars().count() as u64, "character")
}

/// What is wrong with the length of a list.
pub(super) fn list(schema: &Value, items: &[Value]) -> Option<String> {
    size(schema, ["minItems", "maxItems"], items.len() as u64, "item")
}

/// What is wrong with the number of fields of an object.
pub(super) fn object(schema: &Value, fields: &Map<String, Value>) -> Option<String> {
    size(schema, ["minProperties", "maxProperties"], fields.len() as u64, "field")
}

fn size(schema: &Value, [least, most]: [&str; 2], count: u64, noun: &str) -> Option<String> {
    let limit = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
    let (least, most) = (limit(least).unwrap_or(0), limit(most).unwrap_or(u64::MAX));
    let has = if count == 0 { "it is empty".into() } else { format!("it has {}", words::counted(count, noun)) };
    match (count < least, count > most) {
        _ if least == most && count != least => Some(format!("{has}; exactly {} needed", needed(least, noun))),
        (true, _) => Some(format!("{has}; at least {} needed", needed(least, noun))),
        (_, true) => Some(format!("{has}; at most {} allowed", needed(most, noun))),
        _ => None,
    }
}

fn needed(count: u64, noun: &str) -> String {
    format!("{} {}", words::counted(count, noun), if count == 1 { "is" } else { "are" })
}

#[derive(Clone, Copy)]
struct Bound {
    at: f64,
    exclusive: bool,
}

impl Bound {
    fn of(schema: &Value, inclusive: &str, exclusive: &str) -> Option<Self> {
        let at = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
        let open = at(exclusive).map(|at| Self { at, exclusive: true });
        open.or_else(|| at(inclusive).map(|at| Self { at, exclusive: false }))
    }
}

/// `0 to 1`, with the ends that do not belong to it named.
fn range(low: Bound, high: Bound) -> String {
    let (from, to) = (plain(low.at), plain(high.at));
    let outside = match (low.exclusive, high.exclusive) {
        (true, true) => format!(" ({from} and {to} not included)"),
        (true, false) => format!(" ({from} not included)"),
        (false, true) => format!(" ({to} not included)"),
        (false, false) => String::new(),
    };
    format!("{from} to {to}{outside}")
}

fn too_large(number: &Number, maximum: f64) -> String {
    format!("`{number}` is too large; at most {} is allowed", plain(maximum))
}

/// The largest number of the integer type that schemars names in `format`; those of 64 bits hold whatever JSON can write.
fn type_maximum(schema: &Value) -> Option<f64> {
    match schema.get("format")?.as_str()? {
        "uint8" => Some(f64::from(u8::MAX)),
        "uint16" => Some(f64::from(u16::MAX)),
        "uint32" => Some(f64::from(u32::MAX)),
        "int8" => Some(f64::from(i8::MAX)),
        "int16" => Some(f64::from(i16::MAX)),
        "int32" => Some(f64::from(i32::MAX)),
        _ => None,
    }
}

/// A number as people write it, with an exponent only where it saves a row of digits.
fn plain(number: f64) -> String {
    let size = number.abs();
    if size != 0.0 && !(1e-6..1e15).contains(&size) { format!("{number:e}") } else { number.to_string() }
}
