//! What an experiment over cells looks at: a measure of a run, or whether a measure is above or below a limit.

use crate::model::lanes::{LANES, Lanes};
use crate::model::measure::{Better, Measure, Unit, outcome_measures};
use crate::model::setup::Setup;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What is asked for: `need_met`, or the chance that `need_met<0.9`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Key of the measure.
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
        let Some(at) = text.find(['<', '>']) else {
            return Ok(Self { measure: text.to_owned(), limit: None });
        };
        let side = if text.as_bytes()[at] == b'<' { Side::Below } else { Side::Above };
        match text[at + 1..].parse::<f64>() {
            Ok(value) if value.is_finite() && at > 0 => {
                Ok(Self { measure: text[..at].to_owned(), limit: Some(Limit { side, value }) })
            }
            _ => Err(format!("`{text}` is no measure with a limit; write one as need_met<0.9")),
        }
    }
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
    /// Where it stands in the outcomes of each cell.
    #[serde(skip)]
    positions: Vec<usize>,
}

/// Measures that are 1 or 0 in each run by themselves.
const CHANCES: [&str; 1] = ["collapsed"];

impl Outcome {
    /// The targets, found in the measures of every cell.
    ///
    /// # Errors
    /// Every target that some cell does not measure, in words that say which measures there are.
    pub fn find(targets: &[Target], setups: &[Setup]) -> Result<Vec<Self>, Vec<String>> {
        // The lists of thousands of cells would hold millions of words, so that each goes once it is searched.
        let places = |setup: &Setup| -> Vec<Option<usize>> {
            let list = outcome_measures(setup);
            targets.iter().map(|target| list.iter().position(|measure| measure.key == target.measure)).collect()
        };
        let places: Vec<Vec<Option<usize>>> = setups.iter().map(places).collect();
        let list = setups.first().map_or_else(Vec::new, outcome_measures);
        let (mut outcomes, mut faults): (Vec<Self>, Vec<String>) = (Vec::new(), Vec::new());
        for (number, target) in targets.iter().enumerate() {
            match places.iter().map(|places| places[number]).collect::<Option<Vec<usize>>>() {
                Some(positions) if !positions.is_empty() => {
                    let outcome = Self::new(target, &list[positions[0]], positions);
                    if !outcomes.contains(&outcome) {
                        outcomes.push(outcome);
                    }
                }
                _ => faults.push(unknown(target, &list)),
            }
        }
        if faults.is_empty() { Ok(outcomes) } else { Err(faults) }
    }

    fn new(target: &Target, measure: &Measure, positions: Vec<usize>) -> Self {
        let is_chance = target.limit.is_some() || CHANCES.contains(&measure.key.as_str());
        let Some(limit) = target.limit else {
            return Self { key: measure.key.clone(), measure: measure.clone(), limit: None, is_chance, positions };
        };
        let (sign, word) = if limit.side == Side::Below { ("<", "below") } else { (">", "above") };
        let shown = if measure.unit == Unit::Share {
            format!("{}%", (limit.value * 1e8).round() / 1e6)
        } else {
            limit.value.to_string()
        };
        let better = match (measure.better, limit.side) {
            (Better::Neither, _) => Better::Neither,
            (Better::Higher, Side::Above) | (Better::Lower, Side::Below) => Better::Higher,
            (Better::Higher, Side::Below) | (Better::Lower, Side::Above) => Better::Lower,
        };
        let key = format!("{}{sign}{}", measure.key, limit.value);
        let label = format!("runs with {} {word} {shown}", measure.label);
        let measure = Measure { key: key.clone(), label, unit: Unit::Share, better, kind: measure.kind.clone() };
        Self { key, measure, limit: Some(limit), is_chance, positions }
    }

    /// The target in sixteen runs of a cell.
    pub(super) fn of(&self, cell: usize, outcomes: &[Lanes]) -> [f64; LANES] {
        let values = outcomes[self.positions[cell]].to_array();
        let Some(Limit { side, value: limit }) = self.limit else { return values };
        values.map(|value| match side {
            // Nor can a run be judged that has no value or failed.
            _ if !value.is_finite() => value,
            Side::Below => f64::from(u8::from(value < limit)),
            Side::Above => f64::from(u8::from(value > limit)),
        })
    }
}

/// Says that there is no such measure, and which there are.
pub(super) fn unknown(target: &Target, list: &[Measure]) -> String {
    let near = list.iter().map(|measure| (strsim::jaro_winkler(&measure.key, &target.measure), measure));
    let near = near.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(likeness, _)| *likeness > 0.8);
    if list.iter().any(|measure| measure.key == target.measure) {
        return format!("`{}` is not measured in every cell; choose another measure", target.measure);
    }
    if let Some((_, measure)) = near {
        return format!("there is no measure `{}`; did you mean `{}`?", target.measure, measure.key);
    }
    let keys: Vec<&str> = list.iter().map(|measure| measure.key.as_str()).collect();
    format!("there is no measure `{}`; there are {}", target.measure, keys.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_measure_or_a_chance() {
        let limit = Limit { side: Side::Below, value: 0.9 };
        assert_eq!("need_met<0.9".parse(), Ok(Target { measure: "need_met".into(), limit: Some(limit) }));
        assert_eq!("margin".parse(), Ok(Target { measure: "margin".into(), limit: None }));
        for text in ["need_met<", "need_met>x", "<0.9", "need_met<NaN"] {
            assert!(text.parse::<Target>().is_err(), "{text}");
        }
    }
}
