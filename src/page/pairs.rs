//! An arm against the one that others are held against, run by run on the same luck.

use crate::experiment::recording::{Recorded, Recording};
use crate::experiment::{Level, contrast_interval, mean_interval};
use crate::model::measure::{Measure, Sort};
use crate::statistics::{Interval, Paired, Tally};

/// Measures that a page shows, by the beginning of their keys.
const SHOWN: [&str; 9] = [
    "need_met",
    "waiting_end",
    "margin",
    "in_deficit",
    "welfare",
    "stock_end",
    "collapsed",
    "inequality",
    "governance",
];

/// All arms at one setting, held against the reference.
#[derive(Clone, Debug)]
pub(super) struct Pairs {
    /// One an arm; `None` for the reference itself.
    pub(super) arms: Vec<Option<Pair>>,
}

/// One arm against the reference.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    /// Runs in which the main outcome is higher by more than matters.
    pub(super) more: usize,
    /// Runs in which it is lower by more than matters.
    pub(super) less: usize,
    /// Whether every run of every shown measure is the same to the last bit.
    pub(super) same: bool,
    /// For each shown measure the mean difference with its interval; `None` where one of the two has no such measure.
    pub(super) differences: Vec<Option<Difference>>,
}

/// A mean difference.
#[derive(Clone, Copy, Debug)]
pub(super) struct Difference {
    pub(super) mean: f64,
    pub(super) interval: Option<Interval>,
}

/// The measures that a page shows, in the order of the reference's list. Those of the only kind say nothing beside those of all.
pub(super) fn shown(recording: &Recording) -> Vec<&Measure> {
    let first = recording.records.first().map_or(&[][..], |record| &record.measures[..]);
    let is_shown = |measure: &&Measure| {
        SHOWN
            .iter()
            .any(|key| measure.key == *key || measure.key.strip_prefix(key).is_some_and(|rest| rest.starts_with('.')))
    };
    let setup = &recording.arms[recording.reference].setup;
    let is_of_all = |measure: &&Measure| measure.kind.is_none() || setup.kinds().len() > 1;
    first.iter().filter(is_shown).filter(is_of_all).collect()
}

/// The values of a measure in a record, run by run.
pub(super) fn values<'a>(record: &'a Recorded, key: &str) -> Option<&'a [f64]> {
    let at = record.measures.iter().position(|measure| measure.key == key)?;
    Some(&record.outcomes[at])
}

/// The mean of a measure in a record, with its interval.
pub(super) fn mean(record: &Recorded, measure: &Measure) -> Option<(f64, Option<Interval>)> {
    let tally = tally(values(record, &measure.key)?);
    Some((tally.mean()?, mean_interval(&tally, measure.sort, Level::USUAL)))
}

fn tally(values: &[f64]) -> Tally {
    let mut tally = Tally::default();
    tally.push_lanes(values);
    tally
}

impl Pairs {
    /// All arms at a setting.
    pub(super) fn of(recording: &Recording, point: usize) -> Self {
        let at = |arm: usize| &recording.records[recording.points[point][arm]];
        let reference = at(recording.reference);
        let pair = |arm: usize| (arm != recording.reference).then(|| Pair::of(recording, at(arm), reference));
        Self { arms: (0..recording.arms.len()).map(pair).collect() }
    }
}

impl Pair {
    /// An arm against another.
    pub(super) fn of(recording: &Recording, arm: &Recorded, reference: &Recorded) -> Self {
        let main = &recording.main;
        let both = values(arm, &main.key).zip(values(reference, &main.key));
        let matters = main.matters * scale(reference, main);
        let differences: Vec<f64> = both
            .map_or_else(Vec::new, |(own, theirs)| own.iter().zip(theirs).map(|(own, theirs)| own - theirs).collect());
        let shown = shown(recording);
        let alike = |measure: &&Measure| {
            let both = values(arm, &measure.key).zip(values(reference, &measure.key));
            both.is_none_or(|(own, theirs)| {
                own.iter().zip(theirs).all(|(own, theirs)| own.to_bits() == theirs.to_bits())
            })
        };
        Self {
            more: differences.iter().filter(|difference| **difference > matters).count(),
            less: differences.iter().filter(|difference| **difference < -matters).count(),
            same: shown.iter().all(alike),
            differences: shown.iter().map(|measure| difference(arm, reference, measure)).collect(),
        }
    }
}

/// What a difference that matters is a share of: of amounts and money what there is, of all else one.
fn scale(reference: &Recorded, measure: &Measure) -> f64 {
    match measure.sort {
        Sort::Amount | Sort::Money => mean(reference, measure).map_or(1.0, |(mean, _)| mean.abs().max(1.0)),
        _ => 1.0,
    }
}

/// How much of a difference of a measure matters, in its own unit.
pub(super) fn least(reference: &Recorded, measure: &Measure) -> f64 {
    measure.matters * scale(reference, measure)
}

fn difference(arm: &Recorded, reference: &Recorded, measure: &Measure) -> Option<Difference> {
    let (own, theirs) = (values(arm, &measure.key)?, values(reference, &measure.key)?);
    let mut pairs = Paired::default();
    pairs.push_lanes(theirs, own);
    let interval = contrast_interval(&pairs, &tally(theirs), measure.sort, Level::USUAL)
        .or_else(|| pairs.mean_interval(Level::USUAL.share()));
    Some(Difference { mean: pairs.differences().mean()?, interval })
}
