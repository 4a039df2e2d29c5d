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
    let over = format!("The gain of “{name}” over “{}” in {label}", cast.name(reference));
    let rest = without_rules(recording, arm, point, matters).map_or_else(String::new, |left| {
        let left = difference(&recording.main, left, unit);
        format!(" With all its rules off it is {left}: so much comes from what else differs, such as pay.")
    });
    if recording.grid.turns.is_empty() {
        return "This page has no knobs: see what is assumed, and `sensitivity` for what drives the result.".to_owned();
    }
    if ranges.is_empty() {
        return format!("{over} hardly moves with anything that can be turned here, one at a time.{rest}");
    }
    let clauses: Vec<String> = ranges.iter().take(TOLD).map(|range| clause(recording, range, unit)).collect();
    format!("{over} depends most on these. {}.{rest}", clauses.join(". "))
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

/// The gain that is left with all rules of the arm off, where it matters: then the arms differ in more than rules.
fn without_rules(recording: &Recording, arm: usize, point: usize, matters: f64) -> Option<f64> {
    let mut at = point;
    let mut has_rules = false;
    for (position, turn) in recording.grid.turns.iter().enumerate() {
        if matches!(turn.what, What::Rule(..)) && turn.follows[arm] {
            has_rules = true;
            at -= recording.grid.points[point][position] * weight(recording, position);
        }
    }
    let left = gain(recording, arm, at);
    (has_rules && recording.grid.fixed.is_empty() && left.abs() > matters).then_some(left)
}

/// By how much the position of a setting moves with one stop of a turn.
fn weight(recording: &Recording, turn: usize) -> usize {
    recording.grid.turns[turn + 1..].iter().map(Turn::stops).product()
}

/// The gain of an arm over the reference at a setting.
fn gain(recording: &Recording, arm: usize, point: usize) -> f64 {
    let level = |arm: usize| {
        let record = &recording.records[recording.points[point][arm]];
        mean(record, &recording.main).map_or(f64::NAN, |(mean, _)| mean)
    };
    level(arm) - level(recording.reference)
}

/// The gain of an arm over the reference at each stop of a turn, all else as it is.
fn range(recording: &Recording, arm: usize, point: usize, turn: usize) -> Range<'_> {
    let weight = weight(recording, turn);
    let first = point - recording.grid.points[point][turn] * weight;
    let turn = &recording.grid.turns[turn];
    let gains = (0..turn.stops()).map(|stop| gain(recording, arm, first + stop * weight));
    Range { turn, gains: gains.map(|gain| if gain.is_finite() { gain } else { 0.0 }).collect() }
}
