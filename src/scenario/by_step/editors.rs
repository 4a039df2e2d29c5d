//! What an editor knows of numbers by step: where a list or a column may stand in place of a number.

use super::PRICES;
use serde_json::{Value, json};

/// Payments and shocks that may have such a number, by the names of their types.
const PAYMENTS: [&str; 7] = ["Tariff", "Block", "Blended", "Capitation", "GainShare", "Prime", "PublicGood"];
const SHOCKS: [&str; 3] = ["NeedSurge", "FundingCut", "StockLoss"];

/// The schema of scenario files for editors, in which they may.
pub(in crate::scenario) fn for_editors(mut schema: Value) -> Value {
    let Some(definitions) = schema.get_mut("$defs").and_then(Value::as_object_mut) else { return schema };
    for part in ["", "InPart"] {
        let column = json!({ "$ref": format!("#/$defs/Column{part}") });
        for name in PAYMENTS {
            for field in PRICES {
                let place = definitions.get_mut(&format!("{name}{part}"));
                or_by_step(place.and_then(|form| form.pointer_mut(&format!("/properties/{field}"))), &column);
            }
        }
        for name in SHOCKS {
            let Some(shock) = definitions.get_mut(&format!("{name}{part}")) else { continue };
            or_by_step(shock.pointer_mut("/properties/size"), &column);
            when_of_one_size(shock);
        }
        let sums = definitions.get_mut(&format!("Allotted{part}")).and_then(|sums| sums.get_mut("anyOf"));
        if let Some(Value::Array(forms)) = sums {
            forms.push(column);
        }
    }
    schema
}

fn or_by_step(number: Option<&mut Value>, column: &Value) {
    let Some(number) = number else { return };
    let one = number.take();
    let list = json!({ "type": "array", "minItems": 1, "items": one.clone() });
    let description = one.get("description").cloned();
    *number = json!({ "anyOf": [one, list, column] });
    if let Some(description) = description {
        number["description"] = description;
    }
}

/// Only a shock of one size has to say when it strikes and for how long.
fn when_of_one_size(shock: &mut Value) {
    let Some(Value::Array(required)) = shock.get_mut("required") else { return };
    let (of_time, always) =
        std::mem::take(required).into_iter().partition::<Vec<Value>, _>(|field| *field == "when" || *field == "length");
    *required = always;
    shock["if"] = json!({ "properties": { "size": { "type": "number" } } });
    shock["then"] = json!({ "required": of_time });
}
