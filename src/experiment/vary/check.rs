//! Whether what is to be varied is there, and what is to stand there fits; or every fault of it at once.

use super::{Condition, Parameter, Put, Values, Vary, fault, name, put_number, within};
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
    checked(scenario, varied, &[], Vec::new())
}

/// The same beside conditions and what is already known to be wrong.
///
/// # Errors
/// As for [`parameters`], followed by `faults` and those of the conditions.
pub(in crate::experiment) fn checked(
    scenario: &Scenario,
    varied: &[Vary],
    conditions: &[Condition],
    faults: Vec<Fault>,
) -> Result<Vec<Parameter>, Faults> {
    let document = scenario.document();
    let mut all = Vec::new();
    for (position, vary) in varied.iter().enumerate() {
        match twice(document, vary, &varied[..position]) {
            Some(problem) => all.push(fault(&vary.pointer, problem)),
            None => all.extend(faults_of(document, vary)),
        }
    }
    all.extend(faults);
    all.extend(conditions.iter().flat_map(|condition| condition.faults(scenario, varied)));
    if !all.is_empty() {
        return Err(document.faults(all));
    }
    let parameter = |vary: &Vary| Parameter::of(vary, name::of(document, vary, varied), is_whole(document, vary));
    Ok(varied.iter().map(parameter).collect())
}

/// What is wrong where something is varied that others vary already.
fn twice(document: &Document, vary: &Vary, others: &[Vary]) -> Option<String> {
    let own = vary.places(document);
    for other in others {
        let twice = "is varied twice; give one --vary for it";
        if other.pointer == vary.pointer {
            return Some(twice.to_owned());
        }
        for place in other.places(document) {
            match own.iter().find(|own| within(own, &place).or_else(|| within(&place, own)).is_some()) {
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

fn faults_at(document: &Document, pointer: &str, vary: &Vary) -> Vec<Fault> {
    if let Err(fault) = document.with(pointer, Value::Null) {
        return vec![fault];
    }
    if let Values::Levels(_) = vary.values {
        let values = vary.values.levels().into_iter().filter_map(|level| match &level.put {
            Put::Value(value) => Some(value.clone()),
            Put::Fragment(_) | Put::Nothing => None,
        });
        return once(values.flat_map(|value| unfit(document, &[(pointer.to_owned(), value)])));
    }
    let places = document.pointers(pointer);
    let is_number = |place: &String| document.value().pointer(place).is_some_and(Value::is_number);
    if !places.iter().all(is_number) {
        let problem =
            "there is no number here; point to one inside it, or list what may stand here, as [\"one\",\"other\"]";
        return vec![Fault { position: document.position(pointer), ..fault(pointer, problem) }];
    }
    let values = vary.values.ascending();
    let (Some(low), Some(high)) = (values.first(), values.last()) else {
        return vec![fault(pointer, "there is no value to try")];
    };
    let at = |values: &[f64]| {
        let put = |value: &f64| unfit(document, &put_number(document, pointer, *value, vary.times));
        once(values.iter().flat_map(put))
    };
    // Of values with both ends outside only these are told. Where the ends fit, so do those between them, whole numbers apart:
    // a list of cells has a value for each row.
    let ends = at(&[*low, *high]);
    if !ends.is_empty() {
        return ends;
    }
    let part = values.iter().find(|value| value.fract() != 0.0).filter(|_| !vary.times);
    match part {
        Some(part) if at(&[*part]).is_empty() => Vec::new(),
        None if !vary.times => Vec::new(),
        _ => at(&values),
    }
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

/// The faults of the scenario's form with these values.
pub(super) fn unfit(document: &Document, changes: &[(String, Value)]) -> Vec<Fault> {
    let mut tried = document.clone();
    let dead: Vec<Fault> = changes.iter().filter_map(|(pointer, value)| tried.set(pointer, value).err()).collect();
    if !dead.is_empty() {
        return dead;
    }
    tried.parse::<File>().err().map_or_else(Vec::new, |faults| faults.faults)
}

/// Whether a number that is not whole does not fit where its whole neighbours do; of numbers that are known to fit.
fn is_whole(document: &Document, vary: &Vary) -> bool {
    let values = vary.values.ascending();
    let (Some(low), Some(high), Some(pointer)) = (values.first(), values.last(), vary.pointers().next()) else {
        return false;
    };
    let fits = |value: f64| unfit(document, &put_number(document, pointer, value, false)).is_empty();
    let is_plain = !vary.times && low.fract() == 0.0 && high.fract() == 0.0 && high > low;
    is_plain && !fits(low + 0.5) && fits(low + 1.0)
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
    fn a_part_between_two_whole_numbers_is_told_where_only_these_fit() {
        let scenario = Scenario::bundled("pasture-fortress").unwrap();
        let fault = found(&scenario, &["/time/steps=[10,12.5,20]"]).unwrap_err();
        assert!(fault.contains("12.5"), "{fault}");
        assert!(
            found(&scenario, &["/time/steps=[10,12,20]"]).is_ok()
                && found(&scenario, &["/society/trust=[0,0.5,1]"]).is_ok()
        );
    }

    #[test]
    fn a_factor_is_tried_on_what_is_written() {
        let scenario = Scenario::bundled("place-fortress").unwrap();
        let fault = found(&scenario, &["/society/trust=*0.5..100"]).unwrap_err();
        assert!(fault.contains("outside the range 0 to 1"), "{fault}");
        let fits = &found(&scenario, &["/society/trust=*0.5..1.5"]).unwrap()[0];
        let trust = scenario.document().value()["society"]["trust"].as_f64().unwrap();
        assert_eq!(fits.changes(0.5, scenario.document()), [("/society/trust".to_owned(), Value::from(0.5 * trust))]);
        assert_eq!(fits.written(0.5), "*0.5");
    }
}
