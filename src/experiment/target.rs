//! What an experiment over cells looks at: a measure of a run, one of ours or one worked out from ours, or whether it is above or
//! below a limit.

use super::measured::{self, Reading, Unfound};
use crate::model::lanes::LANES;
use crate::model::measure::{Better, Measure, Sort, Unit, Unknown};
use crate::model::record::Record;
use crate::model::setup::Setup;
use crate::scenario::text::did_you_mean;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What is asked for: `need_met`, `margin.acute@year4`, `margin@year4 - margin@year1`, or the chance that `need_met<0.9`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Key of the measure, or a formula over measures.
    pub measure: String,
    /// With a limit, what counts is whether a run is beyond it.
    pub limit: Option<Limit>,
}

/// A limit to a measure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Which side of it counts.
    pub side: Side,
    /// In the unit of the measure, shares from 0 to 1.
    pub value: f64,
}

/// A side of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Less than the limit.
    Below,
    /// More than the limit.
    Above,
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, formula) = measured::named(text);
        let plain = || Ok(Self { measure: text.trim().to_owned(), limit: None });
        let inner = in_share(formula).unwrap_or(formula);
        let Some(at) = comparison(inner) else { return plain() };
        let (left, right) = (inner[..at].trim(), inner[at + 1..].trim());
        let side = if inner.as_bytes()[at] == b'<' { Side::Below } else { Side::Above };
        if left.is_empty() || right.is_empty() {
            return Err(format!("`{text}` is no measure with a limit; write one as need_met<0.9"));
        }
        match right.parse::<f64>() {
            Ok(value) if !value.is_finite() => Err(format!("`{text}` has no finite limit; write one as need_met<0.9")),
            Ok(value) if name.is_none() => Ok(Self { measure: left.to_owned(), limit: Some(Limit { side, value }) }),
            // What has a name, or is held against another measure, is a formula.
            _ => {
                let share = format!("share({inner})");
                let measure = name.map_or_else(|| share.clone(), |name| format!("{name} = {share}"));
                Ok(Self { measure, limit: None })
            }
        }
    }
}

/// What stands in `share(…)`, if a text is nothing else.
fn in_share(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("share")?.trim_start().strip_prefix('(')?.strip_suffix(')')?;
    let mut depth = 0_i32;
    let closes = inner.chars().any(|letter| {
        depth += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth < 0
    });
    (!closes).then_some(inner)
}

/// Where a text compares, outside brackets and braces.
fn comparison(text: &str) -> Option<usize> {
    let mut depth = 0_i32;
    text.char_indices().find_map(|(at, letter)| {
        match letter {
            '(' | '{' => depth += 1,
            ')' | '}' => depth -= 1,
            '<' | '>' if depth == 0 => return Some(at),
            _ => {}
        }
        None
    })
}

/// A target that every cell measures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// What it is called in files: `need_met`, `need_met<0.9`.
    pub key: String,
    /// The measure behind it. Of a limit it is a share of runs.
    pub measure: Measure,
    /// The limit.
    pub limit: Option<Limit>,
    /// Whether each run says yes or no, so that the mean is a chance.
    pub is_chance: bool,
    /// How it is read from the record of each cell.
    #[serde(skip)]
    readings: Vec<Reading>,
}

impl Outcome {
    /// The targets, found in the measures of every cell.
    ///
    /// # Errors
    /// Every target that some cell does not measure, in words that say which measures there are; two that go by one key.
    pub fn find(targets: &[Target], setups: &[Setup]) -> Result<Vec<Self>, Vec<String>> {
        let (mut outcomes, mut faults): (Vec<Self>, Vec<String>) = (Vec::new(), Vec::new());
        for target in targets {
            match Self::in_all(target, setups) {
                Ok(outcome) if outcomes.contains(&outcome) => {}
                Ok(outcome) if outcomes.iter().any(|other| other.key == outcome.key) => {
                    faults.push(format!("two measures are called `{}`; give one of them another name", outcome.key));
                }
                Ok(outcome) => outcomes.push(outcome),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(outcomes) } else { Err(faults) }
    }

    fn in_all(target: &Target, setups: &[Setup]) -> Result<Self, String> {
        let Some(first) = setups.first() else { return Err("there is no cell to measure".to_owned()) };
        let (_, measure) = Reading::find(first, &target.measure).map_err(|found| found.to_string())?;
        let reading = |setup: &Setup| Ok(Reading::find(setup, &target.measure)?.0);
        let readings: Result<Vec<Reading>, Unfound> = setups.iter().map(reading).collect();
        let readings = readings
            .map_err(|_| format!("`{}` is not measured in every cell; choose another measure", target.measure))?;
        Ok(Self::new(target, &measure, readings))
    }

    fn new(target: &Target, measure: &Measure, readings: Vec<Reading>) -> Self {
        let is_chance = target.limit.is_some() || measure.sort == Sort::Chance;
        let Some(limit) = target.limit else {
            return Self { key: measure.key.clone(), measure: measure.clone(), limit: None, is_chance, readings };
        };
        let (sign, word) = if limit.side == Side::Below { ("<", "below") } else { (">", "above") };
        let shown = if measure.unit == Unit::Share { measured::percent(limit.value) } else { limit.value.to_string() };
        let better = match (measure.better, limit.side) {
            (Better::Neither | Better::Towards, _) => Better::Neither,
            (Better::Higher, Side::Above) | (Better::Lower, Side::Below) => Better::Higher,
            (Better::Higher, Side::Below) | (Better::Lower, Side::Above) => Better::Lower,
        };
        let key = format!("{}{sign}{}", measure.key, limit.value);
        let label = format!("runs with {} {word} {shown}", measure.label);
        let measure = Measure {
            key: key.clone(),
            label,
            unit: Unit::Share,
            sort: Sort::Chance,
            better,
            level: None,
            matters: CHANCE_MATTERS,
            kind: measure.kind.clone(),
        };
        Self { key, measure, limit: Some(limit), is_chance, readings }
    }

    /// The target in sixteen runs of a cell.
    pub(super) fn of(&self, cell: usize, record: &Record) -> [f64; LANES] {
        let values = self.readings[cell].of(record).to_array();
        let Some(Limit { side, value: limit }) = self.limit else { return values };
        values.map(|value| match side {
            // Nor can a run be judged that has no value or failed.
            _ if !value.is_finite() => value,
            Side::Below => f64::from(u8::from(value < limit)),
            Side::Above => f64::from(u8::from(value > limit)),
        })
    }
}

/// How much of a difference in a chance matters: two points.
pub(super) const CHANCE_MATTERS: f64 = 0.02;

/// Says that there is no such measure, and which it might be or which there are.
pub(super) fn unknown(found: &Unknown) -> String {
    let near = did_you_mean(&found.key, found.known.iter().map(String::as_str));
    let way_out = if near.is_empty() { format!("; {found}") } else { near };
    format!("there is no measure `{}`{way_out}", found.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_measure_or_a_chance() {
        let limit = Limit { side: Side::Below, value: 0.9 };
        assert_eq!("need_met<0.9".parse(), Ok(Target { measure: "need_met".into(), limit: Some(limit) }));
        assert_eq!("share(need_met < 0.9)".parse(), Ok(Target { measure: "need_met".into(), limit: Some(limit) }));
        let plain = |measure: &str| Ok(Target { measure: measure.into(), limit: None });
        assert_eq!("margin".parse(), plain("margin"));
        assert_eq!("margin@year4 - margin@year1".parse(), plain("margin@year4 - margin@year1"));
        assert_eq!("need_met@year4 < need_met@year1".parse(), plain("share(need_met@year4 < need_met@year1)"));
        assert_eq!("low = need_met<0.9".parse(), plain("low = share(need_met<0.9)"));
        assert_eq!("share(a<1) - share(b<1)".parse(), plain("share(a<1) - share(b<1)"));
        for text in ["need_met<", "<0.9", "need_met<NaN", "need_met > inf"] {
            assert!(text.parse::<Target>().is_err(), "{text}");
        }
    }
}
