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

/// The two that move the gain of the arm under rules most, with the stops at which it is least and most. Where an arm stands beside
/// it that is bound without a say, the gain is that over the better of those.
pub(super) fn told(cast: &Cast, recording: &Recording, point: usize) -> String {
    let Some(arm) = cast.judged() else {
        return "Nothing is held against it; turn the knobs and see.".to_owned();
    };
    if recording.grid.turns.is_empty() {
        return "This page has no knobs: see what is assumed, and `sensitivity` for what drives the result.".to_owned();
    }
    let gains = Gains { cast, recording, arm };
    let reference = &recording.records[recording.points[point][recording.reference]];
    let matters = least(reference, &recording.main);
    let Some(mut ranges) =
        (0..recording.grid.turns.len()).map(|turn| gains.over(point, turn)).collect::<Option<Vec<Range<'_>>>>()
    else {
        return "What the other stops of the knobs and rules come to is being worked out.".to_owned();
    };
    ranges.retain(|range| range.width() > matters);
    ranges.sort_by(|a, b| b.width().total_cmp(&a.width()));
    let unit = &reference.scenario.file.time.unit;
    let name = cast.name(&recording.records[recording.points[point][arm]]);
    let label = cast.label(&recording.main, unit);
    let over = format!("The gain of “{name}” over {} in {label}", gains.base(point));
    let rest = gains.without_rules(point, matters).map_or_else(String::new, |left| {
        let left = difference(&recording.main, left, unit);
        format!(" With all its rules off it is {left}: so much comes from what else differs, such as pay.")
    });
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

/// What an arm gains at any setting.
struct Gains<'a> {
    cast: &'a Cast,
    recording: &'a Recording,
    arm: usize,
}

impl<'a> Gains<'a> {
    /// What the gain is over: “six fortresses”, or the better of the placebos.
    fn base(&self, point: usize) -> String {
        let placebos = self.cast.placebos();
        let name = |arm: usize| self.cast.name(&self.recording.records[self.recording.points[point][arm]]);
        match placebos[..] {
            [] => format!("“{}”", name(self.recording.reference)),
            [only] => format!("“{}”", name(only)),
            _ => "the better placebo".to_owned(),
        }
    }

    /// What the arm gains at a setting that was recorded.
    fn at(&self, point: usize) -> Option<f64> {
        if !self.recording.has(point) {
            return None;
        }
        let level = |arm: usize| {
            let record = &self.recording.records[self.recording.points[point][arm]];
            mean(record, &self.recording.main).map_or(f64::NAN, |(mean, _)| mean)
        };
        let placebos = self.cast.placebos();
        let base = placebos.into_iter().map(level).fold(f64::NAN, f64::max);
        let gain = level(self.arm) - if base.is_nan() { level(self.recording.reference) } else { base };
        Some(if gain.is_finite() { gain } else { 0.0 })
    }

    /// The gain at each stop of a turn, all else as it is; `None` if one was not recorded.
    fn over(&self, point: usize, turn: usize) -> Option<Range<'a>> {
        let weight = self.recording.grid.weight(turn);
        let first = point - self.recording.grid.points[point][turn] * weight;
        let turn = &self.recording.grid.turns[turn];
        let gains = (0..turn.stops()).map(|stop| self.at(first + stop * weight)).collect::<Option<Vec<f64>>>()?;
        Some(Range { turn, gains })
    }

    /// The gain that is left with all rules of the arm off, where it matters: then the arms differ in more than rules.
    fn without_rules(&self, point: usize, matters: f64) -> Option<f64> {
        let left = self.at(self.recording.grid.without_rules(self.arm, point)?)?;
        (self.recording.grid.fixed.is_empty() && left.abs() > matters).then_some(left)
    }
}
