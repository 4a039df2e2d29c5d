//! What a verdict depends on: how far the gain of an arm moves as one knob or rule is turned and all else stays.

use crate::experiment::recording::{Recording, Turn, What};
use crate::page::cast::Cast;
use crate::page::pairs::{least, mean};
use crate::page::words::difference;

/// Turns that are told.
const TOLD: usize = 2;

/// One turn: the gain at each of its stops.
struct Range<'a> {
    turn: &'a Turn,
    gains: Vec<f64>,
}

impl Range<'_> {
    fn width(&self) -> f64 {
        let fold = |pick: fn(f64, f64) -> f64| self.gains.iter().copied().reduce(pick).unwrap_or(0.0);
        fold(f64::max) - fold(f64::min)
    }

    fn at(&self, pick: fn(&f64, &f64) -> bool) -> usize {
        (1..self.gains.len()).fold(0, |best, stop| if pick(&self.gains[stop], &self.gains[best]) { stop } else { best })
    }
}

/// The two that move the gain of the last arm most, with the stops at which it is least and most.
pub(super) fn told(cast: &Cast, recording: &Recording, point: usize) -> String {
    let Some(arm) = (0..recording.arms.len()).rev().find(|arm| *arm != recording.reference) else {
        return "Nothing is held against it; turn the knobs and see.".to_owned();
    };
    let reference = &recording.records[recording.points[point][recording.reference]];
    let matters = least(reference, &recording.main);
    let mut ranges: Vec<Range<'_>> =
        (0..recording.grid.turns.len()).map(|turn| range(recording, arm, point, turn)).collect();
    ranges.retain(|range| range.width() > matters);
    ranges.sort_by(|a, b| b.width().total_cmp(&a.width()));
    let unit = &reference.scenario.file.time.unit;
    let name = cast.name(&recording.records[recording.points[point][arm]]);
    let label = cast.label(&recording.main, unit);
    if ranges.is_empty() {
        return match recording.grid.turns.is_empty() {
            true => {
                "This page has no knobs: see the sources and assumptions, and a report with sensitivity.".to_owned()
            }
            false => format!(
                "Nothing that can be turned here, one at a time, changes the gain of “{name}” in {label} by enough to matter."
            ),
        };
    }
    let clauses: Vec<String> = ranges.iter().take(TOLD).map(|range| clause(recording, range, unit)).collect();
    format!(
        "The gain of “{name}” over “{}” in {label} depends most on these. {}.",
        cast.name(reference),
        clauses.join(". ")
    )
}

/// "Patience: from +0.0 at 0 to +12.1 at 0.95".
fn clause(recording: &Recording, range: &Range<'_>, unit: &str) -> String {
    let gain = |stop: usize| difference(&recording.main, range.gains[stop], unit);
    let (low, high) = (range.at(|a, b| a < b), range.at(|a, b| a > b));
    match &range.turn.what {
        What::Knob(knob) => {
            let name = |stop: usize| &knob.stops[stop].name;
            format!("{}: from {} at {} to {} at {}", knob.label, gain(low), name(low), gain(high), name(high))
        }
        What::Rule(..) => format!("{}: {} without it, {} with it", range.turn.label(), gain(0), gain(1)),
    }
}

/// The gain of an arm over the reference at each stop of a turn, all else as it is.
fn range<'a>(recording: &'a Recording, arm: usize, point: usize, turn: usize) -> Range<'a> {
    let turns = &recording.grid.turns;
    let weight: usize = turns[turn + 1..].iter().map(Turn::stops).product();
    let here = recording.grid.points[point][turn];
    let level = |point: usize, arm: usize| {
        let record = &recording.records[recording.points[point][arm]];
        mean(record, &recording.main).map_or(f64::NAN, |(mean, _)| mean)
    };
    let gain = |stop: usize| {
        let at = point - here * weight + stop * weight;
        level(at, arm) - level(at, recording.reference)
    };
    let gains = (0..turns[turn].stops()).map(gain).filter(|gain| gain.is_finite()).collect();
    Range { turn: &turns[turn], gains }
}
