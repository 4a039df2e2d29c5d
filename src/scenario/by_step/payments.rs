//! Prices by step: a payment whose prices change is the same payment followed by others, each from the step on in which a price is new.

use super::{PRICES, Reader, form, is_series};
use serde_json::{Map, Value, json};

/// Puts the payments that the series of a kind stand for in place of those that have them.
pub(super) fn spread(reader: &mut Reader<'_>, pointer: &str, kind: &mut Map<String, Value>) {
    let Some(first) = kind.get("payment").cloned() else { return };
    let mut begun = vec![(0, first, format!("{pointer}/payment"))];
    for (index, regime) in kind.get("then").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let at = regime.get("at").and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
        // What has no step or no payment is a fault of form, which is told later.
        let (Some(at), Some(payment)) = (at, regime.get("payment")) else { return };
        begun.push((at, payment.clone(), format!("{pointer}/then/{index}/payment")));
    }
    let mut all: Vec<(usize, Value)> = Vec::new();
    for (index, (from, payment, place)) in begun.iter().enumerate() {
        let to = begun.get(index + 1).map_or(reader.steps, |next| next.0);
        all.extend(steps(reader, place, payment, (*from, to)));
    }
    let mut all = all.into_iter();
    if let Some((_, first)) = all.next() {
        kind.insert("payment".to_owned(), first);
    }
    let then: Vec<Value> = all.map(|(at, payment)| json!({ "at": at, "payment": payment })).collect();
    if !then.is_empty() {
        kind.insert("then".to_owned(), then.into());
    }
}

/// A payment in force from one step to another, as one whose prices stay or several, each with its first step.
fn steps(reader: &mut Reader<'_>, place: &str, payment: &Value, (from, to): (usize, usize)) -> Vec<(usize, Value)> {
    let as_it_is = || vec![(from, payment.clone())];
    let Some((name, terms)) = form(payment) else { return as_it_is() };
    let given: Vec<&str> = PRICES.into_iter().filter(|field| terms.get(*field).is_some_and(is_series)).collect();
    if given.is_empty() {
        return as_it_is();
    }
    let change = terms.get("change_per_year").and_then(Value::as_f64).unwrap_or(0.0);
    if change != 0.0 {
        let problem = format!("`{}` by step says itself how it changes; write 0 here", given[0]);
        reader.fault(&format!("{place}/{name}/change_per_year"), problem);
    }
    let mut series = Vec::with_capacity(given.len());
    for field in given {
        series.push((field, reader.series(&format!("{place}/{name}/{field}"), &terms[field], "a price")));
    }
    let mut all: Vec<(usize, Value)> = Vec::new();
    for step in from..to.min(reader.steps) {
        let mut terms = terms.clone();
        for (field, values) in &series {
            terms.insert((*field).to_owned(), json!(values[step]));
        }
        let payment = json!({ name: terms });
        if all.last().is_none_or(|(_, before)| *before != payment) {
            all.push((step, payment));
        }
    }
    // A payment that would begin after the end is a fault that is told later, with its place.
    if all.is_empty() { as_it_is() } else { all }
}
