//! Checks of knobs that no range can make: pointers that lead nowhere, values that do not fit where they would stand.

use super::Scenario;
use super::file::{File, Knob, Setting};
use super::text::{Document, Fault, Faults};
use crate::model::rule::RuleName;
use serde_json::{Value, json};

impl Scenario {
    /// The same scenario with other values at some JSON pointers and without some of its rules. It has no knobs, since these have
    /// been turned.
    ///
    /// # Errors
    /// Pointers to nothing, and every fault of the scenario that comes out.
    pub fn turned<'a>(
        &self,
        settings: impl IntoIterator<Item = (&'a str, Value)>,
        without: &[RuleName],
    ) -> Result<Self, Faults> {
        let mut changes = json!({ "knobs": null });
        for rule in without {
            changes["rules"][rule.key()] = Value::Null;
        }
        let document = self.changed(settings, Document::set)?.patched(changes);
        Self::check(&*self.kept, &self.name, document)
    }
}

/// Every fault of the knobs of a scenario whose form is sound.
pub(super) fn check(file: &File, document: &Document) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut turned: Vec<(&str, &String)> = Vec::new();
    for (name, knob) in &file.knobs {
        for (index, pointer) in knob.sets.iter().enumerate() {
            let place = format!("knobs.{name}.sets[{index}]");
            if let Some((other, _)) = turned.iter().find(|(_, taken)| *taken == pointer) {
                let problem = format!("`{pointer}` is turned by the knob `{other}` already; name it once");
                faults.push(document.fault(&place, problem));
                continue;
            }
            turned.push((name, pointer));
            faults.extend(target(document, pointer).map(|problem| document.fault(&place, problem)));
        }
        faults.extend(stops(name, knob, document));
    }
    faults
}

/// What is wrong with what a pointer leads to; nothing if it is a number or a switch.
fn target(document: &Document, pointer: &str) -> Option<String> {
    if let Err(fault) = document.with(pointer, Value::Null) {
        let problem = fault.problem;
        return Some(format!(
            "`{pointer}` leads nowhere: {problem}. A knob that came along with `extends` is taken away with `null`"
        ));
    }
    let found = document.value().pointer(pointer)?;
    let is_knob = pointer == "/knobs" || pointer.starts_with("/knobs/");
    let is_calendar = pointer == "/time" || pointer.starts_with("/time/");
    match found {
        _ if is_knob => Some(format!("`{pointer}` is a knob itself; point to what it turns")),
        _ if is_calendar => Some(format!(
            "`{pointer}` is the calendar, which all runs that are compared share; point to something else"
        )),
        Value::Number(_) | Value::Bool(_) => None,
        _ => Some(format!("`{pointer}` leads to neither a number nor a switch; point to one inside it")),
    }
}

/// What is wrong with the stops of a knob: doubled, of mixed kinds, or out of range where they would stand.
fn stops(name: &str, knob: &Knob, document: &Document) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (index, stop) in knob.stops.iter().enumerate() {
        let place = format!("knobs.{name}.stops[{index}]");
        let before = &knob.stops[..index];
        if before.iter().any(|other| other.value == stop.value || other.name == stop.name) {
            let problem = "another stop of this knob has that name or value; each needs its own";
            faults.push(document.fault(&place, problem));
        } else {
            let misfits = knob.sets.iter().filter_map(|pointer| misfit(document, pointer, stop.value));
            faults.extend(misfits.map(|problem| document.fault(&format!("{place}.value"), problem)).next());
        }
    }
    faults
}

/// Why a value does not fit at a pointer that leads to a number or a switch.
fn misfit(document: &Document, pointer: &str, value: Setting) -> Option<String> {
    let found = document.value().pointer(pointer)?;
    let alike = match value {
        Setting::Switch(_) => found.is_boolean(),
        Setting::Number(_) => found.is_number(),
    };
    if !alike && (found.is_boolean() || found.is_number()) {
        let wanted = if found.is_boolean() { "a switch, true or false" } else { "a number" };
        return Some(format!("`{}` does not fit at `{pointer}`, where {wanted} stands", value.json()));
    }
    let faults = document.with(pointer, value.json()).ok()?.parse::<File>().err()?;
    faults.faults.first().map(|fault| format!("at `{pointer}`: {}", fault.problem))
}
