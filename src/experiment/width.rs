//! Intervals that are to be so narrow, several measures at once: runs are added until all are.

use super::summary::contrast_interval;
use super::{Ensemble, mean_interval};
use crate::model::measure::Measure;
use serde::{Deserialize, Serialize};

/// A measure of the whole run whose interval is to be no wider than so much; with several arms that of its paired difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Width {
    /// Key of the measure.
    pub measure: String,
    /// The greatest width, in the unit of the measure, shares from 0 to 1.
    pub width: f64,
}

/// A width that was asked for, with what there is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached<'a> {
    /// What is measured.
    pub measure: &'a Measure,
    /// The width that was asked for.
    pub asked: f64,
    /// The widest interval of all arms; `None` where one has none yet.
    pub width: Option<f64>,
}

impl Reached<'_> {
    /// Whether the interval is as narrow as asked.
    pub fn is_met(&self) -> bool {
        self.width.is_some_and(|width| width <= self.asked)
    }

    /// The width as a share of what was asked for: over 1 it is too wide.
    pub fn share(&self) -> f64 {
        self.width.map_or(f64::INFINITY, |width| width / self.asked)
    }
}

impl Ensemble {
    /// The widths that were asked for by name, that which took most runs first.
    pub fn reached(&self) -> Vec<Reached<'_>> {
        let one = |Width { measure, width }: &Width| {
            let known = self.arms.first()?;
            let measure = &known.measures[known.position(measure)?];
            Some(Reached { measure, asked: *width, width: self.width_of(&measure.key) })
        };
        let mut reached: Vec<Reached<'_>> = self.widths.iter().filter_map(one).collect();
        reached.sort_by(|one, other| other.share().total_cmp(&one.share()));
        reached
    }

    /// Whether every interval is as narrow as asked: that of the main measure, and those that were asked for by name; never, if
    /// nothing is asked.
    pub(super) fn is_precise(&self, precision: Option<f64>) -> bool {
        let main = precision.map(|width| (self.main_measure.as_str(), width));
        let named = self.widths.iter().map(|named| (named.measure.as_str(), named.width));
        let mut asked = main.into_iter().chain(named).peekable();
        asked.peek().is_some() && asked.all(|(key, width)| self.width_of(key).is_some_and(|found| found <= width))
    }

    /// How wide the interval of a measure is: the widest of all arms, or of their paired differences from the first. `None` where an
    /// arm has none yet.
    fn width_of(&self, key: &str) -> Option<f64> {
        let first = self.arms.first()?;
        let position = first.position(key)?;
        let (tally, sort) = (&first.outcomes.get(position)?.tally, first.measures.get(position)?.sort);
        let widths: Option<Vec<f64>> = if self.differences.is_empty() {
            Some(vec![mean_interval(tally, sort, self.level)?.width()])
        } else {
            let width = |pairs: &Vec<Option<_>>| {
                Some(contrast_interval(pairs.get(position)?.as_ref()?, tally, sort, self.level)?.width())
            };
            self.differences.iter().map(width).collect()
        };
        Some(widths?.into_iter().fold(0.0, f64::max))
    }
}
