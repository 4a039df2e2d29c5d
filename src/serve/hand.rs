//! Values set by hand, and the knobs of arms brought in line with them: a value at which a knob has no stop becomes one, and a knob
//! that arms do not share stays with the first.

use super::prepare::bounded;
use super::refusal::Refusal;
use crate::model::english::number;
use crate::scenario::Scenario;
use crate::scenario::bundled::BUNDLED;
use crate::scenario::file::{Knob, Setting, Stop};
use crate::scenario::text::Faults;
use serde_json::Value;

/// The arms with values in every place that they lead to.
///
/// # Errors
/// Pointers that lead somewhere in no arm, an arm that becomes too large, or every fault of an arm with its values.
pub(super) fn set(arms: &[Scenario], values: &[(String, Value)], runs: u64) -> Result<Vec<Scenario>, Refusal> {
    let mut reached = vec![false; values.len()];
    let mut of_arms = Vec::new();
    for arm in arms {
        let mut written = arm.document().clone();
        let mut own = Vec::new();
        for (position, (pointer, value)) in values.iter().enumerate() {
            if written.set(pointer, value).is_ok() {
                own.push((pointer.as_str(), value.clone()));
                reached[position] = true;
            }
        }
        // Before it is built, since that takes memory for every provider.
        bounded(written.value(), runs)?;
        of_arms.push(own);
    }
    let dead: Vec<(&str, Value)> = values
        .iter()
        .zip(&reached)
        .filter(|(_, reached)| !**reached)
        .map(|((at, value), _)| (at.as_str(), value.clone()))
        .collect();
    if let (Some(first), false) = (arms.first(), dead.is_empty()) {
        first.with_all(&BUNDLED, dead)?;
    }
    let set = |(arm, own): (Scenario, Vec<(&str, Value)>)| if own.is_empty() { Ok(arm) } else { arm.set_all(own) };
    Ok(arms.iter().cloned().zip(of_arms).map(set).collect::<Result<_, Faults>>()?)
}

/// Brings the knobs of the arms in line, and says which arms keep a number of their own.
pub(super) fn fit_knobs(arms: &mut [Scenario], reference: usize) -> Vec<String> {
    for arm in arms.iter_mut() {
        let document = arm.document().value().clone();
        arm.file.knobs.retain(|_, knob| stands(knob, &document));
    }
    let order = std::iter::once(reference).chain((0..arms.len()).filter(|arm| *arm != reference));
    let mut notes = Vec::new();
    let mut known: Vec<(String, Knob, Option<usize>)> = Vec::new();
    for position in order {
        let arm = &mut arms[position];
        let document = arm.document().value().clone();
        let mut kept = Vec::new();
        for (name, knob) in &arm.file.knobs {
            let home = knob.stands(&document);
            match known.iter().find(|(other, ..)| other == name) {
                Some((_, first, stop)) if first == knob && *stop == home => kept.push(name.clone()),
                Some(_) => notes.push(format!("“{}” keeps its own value of “{}”.", arm.name, knob.label)),
                None => {
                    kept.push(name.clone());
                    known.push((name.clone(), knob.clone(), home));
                }
            }
        }
        arm.file.knobs.retain(|name, _| kept.contains(name));
    }
    notes
}

/// Whether a scenario stands at a stop of a knob; if at none, gives it one where that is a single number or switch.
fn stands(knob: &mut Knob, document: &Value) -> bool {
    if knob.stands(document).is_some() {
        return true;
    }
    let mut values = knob.sets.iter().map(|pointer| document.pointer(pointer));
    let Some(Some(value)) = values.next() else { return false };
    if values.any(|other| other != Some(value)) {
        return false;
    }
    let setting = match (value.as_bool(), value.as_f64()) {
        (Some(on), _) => Setting::Switch(on),
        (None, Some(number)) => Setting::Number(number),
        (None, None) => return false,
    };
    let mut name = match setting {
        Setting::Switch(on) => (if on { "on" } else { "off" }).to_owned(),
        Setting::Number(value) => number(value),
    };
    while knob.stops.iter().any(|stop| stop.name == name) {
        name.push('*');
    }
    let is_above = |stop: &Stop| match (stop.value, setting) {
        (Setting::Number(stop), Setting::Number(own)) => stop > own,
        _ => false,
    };
    let at = knob.stops.iter().position(is_above).unwrap_or(knob.stops.len());
    knob.stops.insert(at, Stop { value: setting, name, says: "A value of this scenario or set by hand.".to_owned() });
    true
}
