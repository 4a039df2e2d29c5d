//! A fact: what one measure comes to with one design, against another, how sure that is, and what it means for the place.

use serde::{Deserialize, Serialize};

use super::super::study::Study;
use crate::model::measure::{Better, Measure, Sort};
use crate::statistics::Interval;

/// What a change means for the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judged {
    /// Better by more than matters.
    Better,
    /// Worse by more than matters.
    Worse,
    /// The difference is smaller than matters.
    Same,
    /// The runs do not say whether it is more or less.
    Unclear,
    /// It differs, and neither direction is better.
    Neither,
}

/// Fewer runs than this tell no range, no interval and no verdict.
pub(in crate::report) const FEWEST: u64 = 20;

/// What one measure comes to with a design, and with the first design, run by run.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) struct Fact<'a> {
    pub(in crate::report) measure: &'a Measure,
    /// Position of the design.
    pub(in crate::report) design: usize,
    /// The mean with the first design.
    pub(in crate::report) from: f64,
    /// The mean with this design.
    pub(in crate::report) to: f64,
    /// The mean difference over the pairs of runs. It need not be `to - from` where some runs have no value.
    pub(in crate::report) change: f64,
    /// The interval of the difference; `None` where there are too few runs for one.
    pub(in crate::report) interval: Option<Interval>,
    /// The share of pairs in which the design has more.
    pub(in crate::report) higher: f64,
    /// The share of pairs in which it has less.
    pub(in crate::report) lower: f64,
    pub(in crate::report) judged: Judged,
}

impl<'a> Fact<'a> {
    /// `None` where no pair of runs has the measure.
    pub(in crate::report) fn of(study: &Study<'a>, design: usize, key: &str) -> Option<Self> {
        let contrast = study.contrast(design, key)?;
        let (from, to) = (study.estimate(0, key)?.mean, study.estimate(design, key)?.mean);
        let (measure, change) = (contrast.measure, contrast.difference);
        let interval = contrast.interval.filter(|_| study.ensemble.runs >= FEWEST);
        let pairs = contrast.pairs.count().max(1) as f64;
        let share = |count: u64| count as f64 / pairs;
        let (higher, lower) = (share(contrast.pairs.above()), share(contrast.pairs.below()));
        let judged = judged(measure, from, change, interval);
        Some(Self { measure, design, from, to, change, interval, higher, lower, judged })
    }

    /// A change that was found otherwise than between two designs: what a rule adds, or a number does from one end to the other.
    pub(in crate::report) fn found(
        measure: &'a Measure,
        (from, change): (f64, f64),
        interval: Option<Interval>,
    ) -> Self {
        let judged = judged(measure, from, change, interval);
        Self { measure, design: 0, from, to: from + change, change, interval, higher: 0.0, lower: 0.0, judged }
    }

    /// Whether it is sure and matters.
    pub(in crate::report) fn is_clear(&self) -> bool {
        !matches!(self.judged, Judged::Same | Judged::Unclear)
    }

    /// How many times the smallest change that matters it is.
    pub(in crate::report) fn weight(&self) -> f64 {
        self.change.abs() / matters(self.measure, self.from).max(f64::MIN_POSITIVE)
    }

    /// The share of pairs in which the design is better; `None` of a measure of which neither direction is.
    pub(in crate::report) fn better_pairs(&self) -> Option<f64> {
        match (self.judged, self.measure.better) {
            (Judged::Neither, _) | (_, Better::Neither | Better::Towards) => None,
            (_, Better::Higher) => Some(self.higher),
            (_, Better::Lower) => Some(self.lower),
        }
    }
}

/// The smallest change of a measure that is worth a word, in its unit. That of an amount is a share of what there is.
pub(in crate::report) fn matters(measure: &Measure, from: f64) -> f64 {
    match measure.sort {
        Sort::Amount | Sort::Money => measure.matters * from.abs(),
        Sort::Share | Sort::Chance | Sort::Time | Sort::Count => measure.matters,
    }
}

/// What a change from that level means. What is not sure is not called the same as long as it could matter; and what is sure is
/// called the same as long as it does not matter.
fn judged(measure: &Measure, from: f64, change: f64, interval: Option<Interval>) -> Judged {
    let matters = matters(measure, from);
    let Some(Interval { low, high }) = interval else { return Judged::Unclear };
    if low <= 0.0 && high >= 0.0 && (-low).max(high) > matters {
        return Judged::Unclear;
    }
    if change.abs() < matters || change == 0.0 {
        return Judged::Same;
    }
    let gain = match (measure.better, measure.level) {
        (Better::Higher, _) => change,
        (Better::Lower, _) => -change,
        // What is left beyond the planner's best level is no gain: it might have been used.
        (Better::Towards, Some(level)) => (from + change).min(level) - from.min(level),
        (Better::Towards | Better::Neither, _) => 0.0,
    };
    match gain {
        gain if gain.abs() < matters => Judged::Neither,
        gain if gain > 0.0 => Judged::Better,
        _ => Judged::Worse,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::measure::Unit;

    fn measure(better: Better, level: Option<f64>) -> Measure {
        Measure {
            key: "m".to_owned(),
            label: "m".to_owned(),
            unit: Unit::Share,
            sort: Sort::Share,
            better,
            level,
            matters: 0.005,
            kind: None,
        }
    }

    fn judge(better: Better, level: Option<f64>, from: f64, change: f64, half: f64) -> Judged {
        let interval = Interval { low: change - half, high: change + half };
        judged(&measure(better, level), from, change, Some(interval))
    }

    #[test]
    fn a_change_smaller_than_matters_is_the_same_however_sure() {
        assert_eq!(judge(Better::Higher, None, 0.9, -0.003, 0.001), Judged::Same);
        assert_eq!(judge(Better::Higher, None, 0.9, -0.006, 0.001), Judged::Worse);
        assert_eq!(judge(Better::Lower, None, 0.9, -0.006, 0.001), Judged::Better);
        assert_eq!(judge(Better::Neither, None, 0.9, -0.006, 0.001), Judged::Neither);
    }

    #[test]
    fn what_could_matter_and_is_not_sure_is_not_called_the_same() {
        assert_eq!(judge(Better::Higher, None, 0.9, 0.001, 0.02), Judged::Unclear);
        assert_eq!(judge(Better::Higher, None, 0.9, 0.02, 0.03), Judged::Unclear);
        assert_eq!(judge(Better::Higher, None, 0.9, 0.001, 0.003), Judged::Same);
        assert_eq!(judged(&measure(Better::Higher, None), 0.9, 0.2, None), Judged::Unclear);
    }

    #[test]
    fn a_stock_beyond_the_level_of_the_best_plan_is_no_gain() {
        let at = Some(0.52);
        assert_eq!(judge(Better::Towards, at, 0.53, 0.07, 0.01), Judged::Neither);
        assert_eq!(judge(Better::Towards, at, 0.26, 0.23, 0.01), Judged::Better);
        assert_eq!(judge(Better::Towards, at, 0.26, 0.40, 0.01), Judged::Better);
        assert_eq!(judge(Better::Towards, at, 0.50, -0.10, 0.01), Judged::Worse);
        assert_eq!(judge(Better::Towards, at, 0.60, -0.20, 0.01), Judged::Worse);
        assert_eq!(judge(Better::Towards, None, 0.60, -0.20, 0.01), Judged::Neither);
    }

    #[test]
    fn how_much_of_an_amount_matters_is_a_share_of_it() {
        let money = Measure { sort: Sort::Money, ..measure(Better::Higher, None) };
        let interval = |change: f64| Some(Interval { low: change - 0.01, high: change + 0.01 });
        assert_eq!(judged(&money, 100.0, 0.4, interval(0.4)), Judged::Same);
        assert_eq!(judged(&money, 100.0, 0.6, interval(0.6)), Judged::Better);
    }
}
