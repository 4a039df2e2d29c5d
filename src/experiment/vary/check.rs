//! Whether what is to be varied is there, and what is to stand there fits; or every fault of it at once.

use super::{Level, Parameter, Put, Values, Vary, fault, name};
use crate::scenario::Scenario;
use crate::scenario::file::File;
use crate::scenario::text::{Document, Fault, Faults};
use serde_json::Value;

/// The parameters that are meant, or every fault of what was asked: pointers to nothing or to no number, the same place twice,
/// values that do not fit where they would stand.
///
/// # Errors
/// All faults at once, each with its place.
pub fn parameters(scenario: &Scenario, varied: &[Vary]) -> Result<Vec<Parameter>, Faults> {
    let document = scenario.document();
    let mut faults = Vec::new();
    for (position, vary) in varied.iter().enumerate() {
        match twice(document, vary, &varied[..position]) {
            Some(problem) => faults.push(fault(&vary.pointer, problem)),
            None => faults.extend(faults_of(document, vary)),
        }
    }
    if !faults.is_empty() {
        return Err(document.faults(faults));
    }
    let parameter =
        |vary: &Vary| Parameter::of(document, vary, name::of(document, vary, varied), is_whole(document, vary));
    Ok(varied.iter().map(parameter).collect())
}

/// What is wrong where something is varied that others vary already.
fn twice(document: &Document, vary: &Vary, others: &[Vary]) -> Option<String> {
    let own = vary.places(document);
    let within =
        |one: &str, other: &str| one.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    for other in others {
        let twice = "is varied twice; give one --vary for it";
        if other.pointer == vary.pointer {
            return Some(twice.to_owned());
        }
        for place in other.places(document) {
            match own.iter().find(|own| within(own, &place) || within(&place, own)) {
                Some(own) if *own == place && own == &vary.pointer => return Some(twice.to_owned()),
                Some(own) if *own == place => return Some(format!("`{own}` {twice}")),
                Some(own) => {
                    return Some(format!(
                        "one of `{own}` and `{place}` lies in the other, and both are varied; vary one of them"
                    ));
                }
                None => {}
            }
        }
    }
    None
}

/// What is wrong with one of the pointers or its values.
fn faults_of(document: &Document, vary: &Vary) -> Vec<Fault> {
    if vary.is_fragments() {
        return Vec::new();
    }
    vary.pointers().flat_map(|pointer| faults_at(document, pointer, vary)).collect()
}

/// Of an even grid with both ends outside only these are told.
fn faults_at(document: &Document, pointer: &str, vary: &Vary) -> Vec<Fault> {
    if let Err(fault) = document.with(pointer, Value::Null) {
        return vec![fault];
    }
    if let Values::Levels(levels) = &vary.values {
        let put = |put: &Put| if let Put::Value(value) = put { Some(value.clone()) } else { None };
        // A list of cells has a level for each row.
        let is_new = |(position, level): &(usize, &Level)| !levels[..*position].contains(level);
        let values = levels.iter().enumerate().filter(is_new).filter_map(|(_, level)| put(&level.put));
        return once(values.flat_map(|value| unfit(document, pointer, value)));
    }
    let places = document.pointers(pointer);
    let is_number = |place: &String| document.value().pointer(place).is_some_and(Value::is_number);
    if !places.iter().all(is_number) {
        let problem =
            "there is no number here; point to one inside it, or list what may stand here, as [\"one\",\"other\"]";
        return vec![Fault { position: document.position(pointer), ..fault(pointer, problem) }];
    }
    // A number is tried once for all places, a factor at each.
    let written = |place: &String| document.value().pointer(place).and_then(Value::as_f64).unwrap_or(0.0);
    let tried: Vec<(&str, f64)> = if vary.times {
        places.iter().map(|place| (place.as_str(), written(place))).collect()
    } else {
        vec![(pointer, 1.0)]
    };
    let values = vary.values.ascending();
    let at = |values: &[f64]| {
        let each = values.iter().flat_map(|value| tried.iter().map(move |(place, factor)| (*place, value * factor)));
        once(each.flat_map(|(place, value)| unfit(document, place, Parameter::json(value))))
    };
    let ends = at(&[values[0], values[values.len() - 1]]);
    if ends.is_empty() { at(&values) } else { ends }
}

/// Faults without those that were told already.
fn once(faults: impl Iterator<Item = Fault>) -> Vec<Fault> {
    let mut found: Vec<Fault> = Vec::new();
    for fault in faults {
        if !found.contains(&fault) {
            found.push(fault);
        }
    }
    found
}

/// The faults of the scenario's form with this value.
pub(super) fn unfit(document: &Document, pointer: &str, value: Value) -> Vec<Fault> {
    match document.with(pointer, value) {
        Ok(changed) => changed.parse::<File>().err().map_or_else(Vec::new, |faults| faults.faults),
        Err(fault) => vec![fault],
    }
}

/// Whether a number that is not whole does not fit where its whole neighbours do.
fn is_whole(document: &Document, vary: &Vary) -> bool {
    let values = vary.values.ascending();
    let (Some(low), Some(high), Some(pointer)) = (values.first(), values.last(), vary.pointers().next()) else {
        return false;
    };
    let fits = |value: f64| unfit(document, pointer, Parameter::json(value)).is_empty();
    let is_plain = !vary.times && low.fract() == 0.0 && high.fract() == 0.0 && high > low;
    is_plain && fits(*low) && fits(low + 1.0) && !fits(low + 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(scenario: &Scenario, varied: &[&str]) -> Result<Vec<Parameter>, String> {
        let varied: Vec<Vary> = varied.iter().map(|text| text.parse().unwrap()).collect();
        parameters(scenario, &varied).map_err(|faults| faults.to_string())
    }

    #[test]
    fn a_star_varies_a_number_of_every_kind_as_one() {
        let scenario = Scenario::bundled("place-fortress").unwrap();
        let found = found(&scenario, &["/providers/*/motivation=0..1"]).unwrap();
        assert_eq!((found.len(), found[0].name.as_str()), (1, "every motivation"));
        let kinds = scenario.document().pointers("/providers/*/motivation");
        assert_eq!(kinds.len(), scenario.file.providers.len());
        let changed = scenario.document().with("/providers/*/motivation", Value::from(0.25)).unwrap();
        assert!(kinds.iter().all(|kind| changed.value().pointer(kind) == Some(&Value::from(0.25))));
        for dead in ["/providers/*/motivaton=0..1", "/providers/*/payment=0..1", "/providers/acute/*=0..1"] {
            assert!(parameters(&scenario, &[dead.parse().unwrap()]).is_err(), "{dead}");
        }
    }

    #[test]
    fn words_that_do_not_fit_are_told_with_those_that_do() {
        let scenario = Scenario::bundled("place-based").unwrap();
        let levels = found(&scenario, &[r#"/rules/collective_choice/votes=["equal","by_size"]"#]).unwrap();
        assert_eq!(
            (levels[0].levels.as_slice(), levels[0].name.as_str()),
            (&["equal".into(), "by_size".into()][..], "collective choice votes")
        );
        let fault = found(&scenario, &[r#"/rules/collective_choice/votes=["equal","by_sise"]"#]).unwrap_err();
        assert!(fault.contains("by_sise") && fault.contains("by_size"), "{fault}");
    }

    #[test]
    fn a_place_that_two_ask_for_is_told() {
        let scenario = Scenario::bundled("place-fortress").unwrap();
        let twice =
            found(&scenario, &["/providers/acute/motivation=0..1", "/providers/*/motivation=0..1"]).unwrap_err();
        assert!(twice.contains("`/providers/acute/motivation` is varied twice"), "{twice}");
        let inside = found(
            &scenario,
            &[
                "/providers/acute/norm/weight=0..1",
                r#"/providers/acute/norm=[{"weight":0,"imposed":0},{"weight":1,"imposed":0}]"#,
            ],
        );
        assert!(inside.unwrap_err().contains("lies in the other"));
    }

    #[test]
    fn a_factor_is_tried_on_what_is_written() {
        let scenario = Scenario::bundled("place-fortress").unwrap();
        let fault = found(&scenario, &["/society/trust=*0.5..100"]).unwrap_err();
        assert!(fault.contains("outside the range 0 to 1"), "{fault}");
        let fits = &found(&scenario, &["/society/trust=*0.5..1.5"]).unwrap()[0];
        let trust = scenario.document().value()["society"]["trust"].as_f64().unwrap();
        assert_eq!(fits.changes(0.5), [("/society/trust".to_owned(), Value::from(0.5 * trust))]);
        assert_eq!(fits.written(0.5), "*0.5");
    }
}
