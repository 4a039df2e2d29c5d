//! What an agreement gains over its placebo: the same binding, watching and fining without a say in what is decided.

use crate::experiment::recording::{Recorded, Recording};
use crate::page::cast::Cast;
use crate::page::pairs::{Pair, mean, shown};

/// An arm against the better of its placebos, run by run on the same luck.
pub(super) struct Over {
    /// What the placebo is called.
    pub(super) name: String,
    /// How the arm fares against it.
    pub(super) pair: Pair,
    /// The mean difference of the main outcome, and whether its interval leaves out 0.
    pub(super) gain: (f64, bool),
}

/// The gain of an arm over the better of the placebos that stand beside it; `None` where there is none, or at this setting nobody in
/// the arm decides together.
pub(super) fn over(cast: &Cast, recording: &Recording, point: usize, arm: &Recorded) -> Option<Over> {
    if !Cast::is_agreed(arm) {
        return None;
    }
    let level = |record: &Recorded| mean(record, &recording.main).map_or(f64::NEG_INFINITY, |(mean, _)| mean);
    let placebos = cast.placebos().into_iter().map(|placebo| &recording.records[recording.points[point][placebo]]);
    let better = placebos.max_by(|a, b| level(a).total_cmp(&level(b)))?;
    let pair = Pair::of(recording, arm, better);
    let main = shown(recording).iter().position(|measure| measure.key == recording.main.key)?;
    let by = pair.differences[main]?;
    let is_sure = by.interval.is_some_and(|interval| !interval.contains(0.0));
    Some(Over { name: cast.name(better), gain: (by.mean, is_sure), pair })
}
