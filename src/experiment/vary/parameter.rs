//! Something that is varied, checked: the values that it takes, and what each of them does to the scenario.

use super::{Put, Vary, put_number};
use crate::scenario::text::Document;
use serde::Serialize;
use serde_json::Value;

/// Something of a scenario that is varied: a number, or one of several levels.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Parameter {
    /// JSON pointer to it, or several with commas between them; of fragments the name of the factor.
    pub pointer: String,
    /// What it is called for short, other than any other that is varied: the end of its place, as "tariff price".
    pub name: String,
    /// The values it takes, ascending; of a range the two ends. Of levels their positions from 0.
    pub values: Vec<f64>,
    /// Whether only whole numbers fit there. Then designs round to them.
    pub whole: bool,
    /// What the levels are called; none of a number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<String>,
    /// Whether the values multiply what the scenario says.
    #[serde(skip_serializing_if = "super::is_false")]
    pub times: bool,
    /// Whether equal steps are equal factors.
    #[serde(skip_serializing_if = "super::is_false")]
    pub log: bool,
    /// What each level does.
    #[serde(skip)]
    puts: Vec<Put>,
    /// The pointers as they were asked for.
    #[serde(skip)]
    pointers: Vec<String>,
}

impl Parameter {
    /// What was asked for, once it is known to fit.
    pub(super) fn of(vary: &Vary, name: String, whole: bool) -> Self {
        let levels = vary.values.levels();
        let values = if levels.is_empty() {
            vary.values.ascending()
        } else {
            (0..levels.len()).map(|level| level as f64).collect()
        };
        Self {
            pointer: vary.pointer.clone(),
            name,
            values,
            whole,
            levels: levels.iter().map(|level| level.name.clone()).collect(),
            times: vary.times,
            log: vary.log,
            puts: levels.iter().map(|level| level.put.clone()).collect(),
            pointers: if vary.is_fragments() { Vec::new() } else { vary.pointers().map(str::to_owned).collect() },
        }
    }

    /// Whether it is one of several levels, words or parts, rather than a number.
    pub fn is_levels(&self) -> bool {
        !self.levels.is_empty()
    }

    /// The value at a share of the way from the smallest to the largest, a whole number where only such fit; of levels and whole
    /// numbers each has an equal part of the way.
    pub(in crate::experiment) fn at(&self, share: f64) -> f64 {
        let (low, high) = self.ends();
        match (self.whole || self.is_levels(), self.log) {
            (false, false) => low + share * (high - low),
            (false, true) => (low * libm::pow(high / low, share)).clamp(low, high),
            (true, false) => (low + (share * (high - low + 1.0)).floor()).clamp(low, high),
            (true, true) => (low * libm::pow((high + 1.0) / low, share)).floor().clamp(low, high),
        }
    }

    /// The smallest and the largest value; of levels the first and the last position.
    pub fn ends(&self) -> (f64, f64) {
        (self.values.first().copied().unwrap_or(0.0), self.values.last().copied().unwrap_or(0.0))
    }

    /// The value half way between the ends, on an axis on which equal steps are alike.
    pub fn middle(&self) -> f64 {
        let (low, high) = self.ends();
        self.value_at(f64::midpoint(self.coordinate(low), self.coordinate(high)))
    }

    /// Where a value lies on an axis on which equal steps are alike.
    pub(in crate::experiment) fn coordinate(&self, value: f64) -> f64 {
        if self.log { libm::log(value) } else { value }
    }

    /// The value that lies there; one that is tried without what the way there and back has rounded.
    pub(in crate::experiment) fn value_at(&self, coordinate: f64) -> f64 {
        if !self.log {
            return coordinate;
        }
        let value = libm::exp(coordinate);
        let is_near = |known: &&f64| (*known - value).abs() <= 1e-12 * value;
        self.values.iter().find(is_near).copied().unwrap_or(value)
    }

    /// A value as it is written: a number, a factor as `*0.5`, or the name of a level.
    pub fn written(&self, value: f64) -> String {
        match self.level(value) {
            Some(level) => level.to_owned(),
            None if self.times => format!("*{value}"),
            None => value.to_string(),
        }
    }

    /// What a level is called; `None` of a number.
    pub fn level(&self, value: f64) -> Option<&str> {
        self.levels.get(value as usize).map(String::as_str)
    }

    /// The position of a level by its name.
    pub(in crate::experiment) fn position(&self, name: &str) -> Option<f64> {
        Some(self.levels.iter().position(|level| level == name)? as f64)
    }

    /// The fragment that a level lays over the scenario.
    pub(super) fn fragment(&self, value: f64) -> Option<&str> {
        match self.puts.get(value as usize) {
            Some(Put::Fragment(name)) if self.is_levels() => Some(name),
            _ => None,
        }
    }

    /// The fragments among its levels.
    pub(in crate::experiment) fn fragments(&self) -> impl Iterator<Item = &str> {
        self.puts.iter().filter_map(|put| if let Put::Fragment(name) = put { Some(name.as_str()) } else { None })
    }

    /// The places of a document that it changes, without a `*`.
    pub(super) fn places(&self, document: &Document) -> impl Iterator<Item = String> {
        self.pointers.iter().flat_map(|pointer| document.pointers(pointer))
    }

    /// What a number comes to where this much is written; of a level that is no number none.
    pub(super) fn number(&self, value: f64, written: f64) -> f64 {
        match self.puts.get(value as usize) {
            Some(Put::Value(part)) => part.as_f64().unwrap_or(f64::NAN),
            _ if self.times => value * written,
            _ => value,
        }
    }

    /// What stands where in a document, with this value.
    pub(in crate::experiment) fn changes(&self, value: f64, document: &Document) -> Vec<(String, Value)> {
        if !self.is_levels() {
            let put = |pointer: &String| put_number(document, pointer, value, self.times);
            return self.pointers.iter().flat_map(put).collect();
        }
        let Some(Put::Value(part)) = self.puts.get(value as usize) else { return Vec::new() };
        self.pointers.iter().map(|pointer| (pointer.clone(), part.clone())).collect()
    }

    /// The value as JSON: a whole number without a decimal point, as fields that count things need it.
    pub(in crate::experiment) fn json(value: f64) -> Value {
        if value.fract() == 0.0 && value.abs() < 1e15 { Value::from(value as i64) } else { Value::from(value) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_and_levels_share_the_way_evenly() {
        let count = Parameter { values: vec![2.0, 4.0], whole: true, ..Parameter::default() };
        let found = [0.0, 0.32, 0.34, 0.66, 0.68, 1.0].map(|share| Parameter::json(count.at(share)));
        assert_eq!(found, [2, 2, 3, 3, 4, 4].map(Value::from));
        let levels = ["a", "b", "c"].map(str::to_owned).to_vec();
        let words = Parameter { values: vec![0.0, 1.0, 2.0], levels, ..Parameter::default() };
        let found = [0.0, 0.32, 0.34, 0.66, 0.68, 1.0].map(|share| words.written(words.at(share)));
        assert_eq!(found, ["a", "a", "b", "b", "c", "c"]);
    }

    #[test]
    fn half_way_between_a_tenth_and_a_thousand_is_ten() {
        let log = Parameter { values: vec![0.1, 1000.0], log: true, ..Parameter::default() };
        assert!((log.at(0.5) - 10.0).abs() < 1e-9 && (log.at(0.0) - 0.1).abs() < 1e-12);
        assert!((log.value_at(log.coordinate(7.0)) - 7.0).abs() < 1e-12);
        assert!((log.middle() - 10.0).abs() < 1e-9);
    }

    #[test]
    fn whole_numbers_too_are_spread_by_orders_of_magnitude() {
        let log = Parameter { values: vec![1.0, 999.0], log: true, whole: true, ..Parameter::default() };
        let whole = |share: f64| log.at(share).to_bits();
        assert_eq!([0.0, 0.34, 0.67, 1.0].map(whole), [1.0_f64, 10.0, 102.0, 999.0].map(f64::to_bits));
    }
}
