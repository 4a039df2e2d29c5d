//! Numbers of a scenario that an experiment varies: as they are asked for, and checked against the scenario.

use crate::model::measure::words;
use crate::scenario::Scenario;
use crate::scenario::file::File;
use crate::scenario::text::{Document, Fault, Faults};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::str::FromStr;

/// A number to vary, as it is asked for: `/pools/pasture/growth/depensated/rate=0.2..1:5`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vary {
    /// JSON pointer to the number in the resolved scenario.
    pub pointer: String,
    /// The values it takes.
    pub values: Values,
}

/// The values that a number takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Values {
    /// Each of these: `[1,2,5]`, or the even grid `1..5:3`.
    Each(Vec<f64>),
    /// Whatever a design chooses between two ends: `1..5`.
    Between(f64, f64),
}

/// A number of a scenario that is varied.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// JSON pointer to it.
    pub pointer: String,
    /// What it is called for short, other than any other that is varied: the end of its place, as "tariff price".
    pub name: String,
    /// The values it takes, ascending; of a range the two ends.
    pub values: Vec<f64>,
    /// Whether only whole numbers fit there. Then designs round to them.
    pub whole: bool,
}

/// The most values of an even grid.
const MOST_VALUES: usize = 10_000;

impl FromStr for Vary {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (pointer, values) = text.split_once('=').ok_or_else(|| format!("`{text}` has no `=`; {FORMS}"))?;
        Ok(Self { pointer: pointer.to_owned(), values: values.parse()? })
    }
}

const FORMS: &str = "write /pointer=a..b:n for n even values, /pointer=[x,y,z] for a list, /pointer=a..b for a range";

impl FromStr for Values {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.starts_with('[') {
            let list: Vec<f64> =
                serde_json::from_str(text).map_err(|_| format!("`{text}` is no list of numbers; {FORMS}"))?;
            return if list.is_empty() { Err(format!("`{text}` is empty; {FORMS}")) } else { Ok(Self::Each(list)) };
        }
        let (from, rest) = text.split_once("..").ok_or_else(|| format!("`{text}` is no range; {FORMS}"))?;
        let (to, count) = rest.split_once(':').map_or((rest, None), |(to, count)| (to, Some(count)));
        let (from, to) = (number(from)?, number(to)?);
        if from >= to {
            return Err(format!("`{text}` runs from {from} to {to}; the first must be the smaller"));
        }
        match count.map(str::parse::<usize>) {
            None => Ok(Self::Between(from, to)),
            Some(Ok(count)) if (2..=MOST_VALUES).contains(&count) => Ok(Self::Each(even(from, to, count))),
            Some(_) => Err(format!("the number of values in `{text}` must be a whole number from 2 to {MOST_VALUES}")),
        }
    }
}

fn number(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(format!("`{text}` is not a number; {FORMS}")),
    }
}

/// Evenly spaced numbers, rounded to what can be told apart on paper, so that a third of the way from 0 to 0.3 is 0.1.
fn even(from: f64, to: f64, count: usize) -> Vec<f64> {
    let step = (to - from) / (count - 1) as f64;
    (0..count)
        .map(|position| if position + 1 == count { to } else { tidy(from + step * position as f64, step) })
        .collect()
}

/// The number to the twelfth digit of the step.
fn tidy(value: f64, step: f64) -> f64 {
    let places = (11.0 - libm::floor(libm::log10(step.abs()))).clamp(0.0, 20.0) as usize;
    format!("{value:.places$}").parse().unwrap_or(value)
}

/// The parameters that are meant, or every fault of what was asked: pointers to nothing or to no number, the same pointer
/// twice, values that do not fit where they would stand.
///
/// # Errors
/// All faults at once, each with its place.
pub fn parameters(scenario: &Scenario, varied: &[Vary]) -> Result<Vec<Parameter>, Faults> {
    let mut faults = Vec::new();
    for (position, vary) in varied.iter().enumerate() {
        if varied[..position].iter().any(|other| other.pointer == vary.pointer) {
            faults.push(fault(&vary.pointer, "is varied twice; give one --vary for it"));
        } else {
            faults.extend(faults_of(scenario.document(), vary));
        }
    }
    if !faults.is_empty() {
        return Err(scenario.document().faults(faults));
    }
    let pointers: Vec<&str> = varied.iter().map(|vary| vary.pointer.as_str()).collect();
    let parameter = |vary: &Vary| Parameter {
        pointer: vary.pointer.clone(),
        name: short_name(&vary.pointer, &pointers),
        values: vary.values.ascending(),
        whole: is_whole(scenario.document(), vary),
    };
    Ok(varied.iter().map(parameter).collect())
}

impl Values {
    fn ascending(&self) -> Vec<f64> {
        match self {
            Self::Each(list) => {
                let mut list = list.clone();
                list.sort_by(f64::total_cmp);
                list.dedup();
                list
            }
            Self::Between(from, to) => vec![*from, *to],
        }
    }
}

impl Parameter {
    /// The value at a share of the way from the smallest to the largest, a whole number where only such fit.
    pub(super) fn at(&self, share: f64) -> f64 {
        let (low, high) = self.ends();
        if !self.whole {
            return low + share * (high - low);
        }
        // Every whole number has an equal part of the way.
        (low + (share * (high - low + 1.0)).floor()).clamp(low, high)
    }

    /// The smallest and the largest value.
    pub fn ends(&self) -> (f64, f64) {
        (self.values.first().copied().unwrap_or(0.0), self.values.last().copied().unwrap_or(0.0))
    }

    /// The value as JSON: a whole number without a decimal point, as fields that count things need it.
    pub(super) fn json(value: f64) -> Value {
        if value.fract() == 0.0 && value.abs() < 1e15 { Value::from(value as i64) } else { Value::from(value) }
    }
}

fn fault(place: &str, problem: impl Into<String>) -> Fault {
    Fault { place: place.to_owned(), problem: problem.into(), position: None }
}

/// What is wrong with one of the pointers or its values. Of an even grid with both ends outside only these are told.
fn faults_of(document: &Document, vary: &Vary) -> Vec<Fault> {
    if let Err(fault) = document.with(&vary.pointer, Value::Null) {
        return vec![fault];
    }
    let is_number = |pointer: &String| document.value().pointer(pointer).is_some_and(Value::is_number);
    if !document.pointers(&vary.pointer).iter().all(is_number) {
        let problem = "there is no number here; only numbers are varied, so point to one inside it";
        return vec![Fault { position: document.position(&vary.pointer), ..fault(&vary.pointer, problem) }];
    }
    let values = vary.values.ascending();
    let at = |values: &[f64]| -> Vec<Fault> {
        values.iter().flat_map(|value| misfit(document, &vary.pointer, *value)).collect()
    };
    let ends = at(&[values[0], values[values.len() - 1]]);
    let mut faults = if ends.is_empty() { at(&values) } else { ends };
    faults.dedup();
    faults
}

/// The faults of the scenario's form with this value. Whether it fits the other parts is seen when all values are set.
pub(super) fn misfit(document: &Document, pointer: &str, value: f64) -> Vec<Fault> {
    match document.with(pointer, Parameter::json(value)) {
        Ok(changed) => changed.parse::<File>().err().map_or_else(Vec::new, |faults| faults.faults),
        Err(fault) => vec![fault],
    }
}

/// Whether a number that is not whole does not fit where its whole neighbours do.
fn is_whole(document: &Document, vary: &Vary) -> bool {
    let values = vary.values.ascending();
    let (low, high) = (values[0], values[values.len() - 1]);
    let fits = |value: f64| misfit(document, &vary.pointer, value).is_empty();
    low.fract() == 0.0 && high.fract() == 0.0 && high > low && fits(low) && fits(low + 1.0) && !fits(low + 0.5)
}

/// The last two parts of a pointer in words; as many more as it takes to tell it from the others.
fn short_name(pointer: &str, all: &[&str]) -> String {
    let ending = |pointer: &str, parts: usize| -> String {
        let tokens: Vec<&str> = pointer.split('/').skip(1).collect();
        let tokens = tokens.iter().map(|token| if *token == "*" { "every" } else { *token });
        let tokens: Vec<&str> = tokens.collect();
        words(&tokens[tokens.len().saturating_sub(parts)..].join(" "))
    };
    let depth = pointer.split('/').count();
    let is_unique = |parts: &usize| {
        all.iter().filter(|other| **other != pointer).all(|other| ending(other, *parts) != ending(pointer, *parts))
    };
    ending(pointer, (2..depth).find(is_unique).unwrap_or(depth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_a_list_and_a_range_are_read() {
        let values = |text: &str| text.parse::<Vary>().unwrap().values;
        assert_eq!(values("/a=0..0.3:4"), Values::Each(vec![0.0, 0.1, 0.2, 0.3]));
        assert_eq!(values("/a=-1..1:3"), Values::Each(vec![-1.0, 0.0, 1.0]));
        assert_eq!(values("/a=[3, 1e-2,2]"), Values::Each(vec![3.0, 0.01, 2.0]));
        assert_eq!(values("/a=1e3..2e3"), Values::Between(1000.0, 2000.0));
    }

    #[test]
    fn a_star_varies_a_number_of_every_kind_as_one() {
        use crate::scenario::Scenario;
        let scenario = Scenario::bundled("place-fortress").unwrap();
        let varied = ["/providers/*/motivation=0..1".parse::<Vary>().unwrap()];
        let found = parameters(&scenario, &varied).unwrap();
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
    fn what_is_no_range_is_told_with_the_forms_there_are() {
        for text in
            ["/a", "/a=", "/a=3", "/a=2..1:3", "/a=1..1", "/a=0..1:1", "/a=0..1:2.5", "/a=0..NaN", "/a=[]", "/a=[x]"]
        {
            assert!(text.parse::<Vary>().is_err(), "{text}");
        }
    }

    #[test]
    fn names_are_as_long_as_it_takes_to_tell_them_apart() {
        let pointers = ["/providers/acute/norm/weight", "/providers/primary/norm/weight", "/society/trust_gain"];
        assert_eq!(short_name(pointers[0], &pointers), "acute norm weight");
        assert_eq!(short_name(pointers[2], &pointers), "society trust gain");
        assert_eq!(short_name("/steps", &["/steps"]), "steps");
    }

    #[test]
    fn whole_numbers_share_the_way_evenly() {
        let count = Parameter { pointer: String::new(), name: String::new(), values: vec![2.0, 4.0], whole: true };
        let found = [0.0, 0.32, 0.34, 0.66, 0.68, 1.0].map(|share| Parameter::json(count.at(share)));
        assert_eq!(found, [2, 2, 3, 3, 4, 4].map(Value::from));
    }
}
