//! Values as bars from zero with their intervals, a row each.

use super::super::figure::{Bars, DotRow, Tone};
use super::key::{self, Key};
use super::numerals::Numerals;
use super::scale::{Scale, Ticks, drawable, extent};
use super::sketch::{Anchor, BLACK, PALE, Rect, SHADE, Sketch, Stroke, Type, WHITE};
use super::{axes, no_data, rows, tone};

/// The widest the names of rows may be.
const NAMES: f64 = 300.0;
/// Values are written to a tenth of so fine a step that the end of an interval beside zero seldom reads as zero.
const FINE_STEPS: usize = 20;
/// The same where there are no intervals.
const STEPS: usize = 5;
const GAP: f64 = 18.0;
const LEAST_ROW: f64 = 30.0;
const MOST_ROW: f64 = 64.0;
/// Share of a row that its bar fills.
const FILLED: f64 = 0.56;
/// Half the height of the ends of an interval.
const CAP: f64 = 5.0;

/// Draws the bars into an area; gives back where they end.
pub(super) fn draw(sketch: &mut Sketch, bars: &Bars, area: Rect) -> f64 {
    let Some((low, high)) = extent(bars.rows.iter().flat_map(|row| [row.value, row.low, row.high])) else {
        return no_data(sketch, area);
    };
    let keys = keys(bars);
    let top = if keys.is_empty() { area.top } else { key::draw(sketch, &keys, area) + 16.0 };
    let names: Vec<Vec<String>> =
        bars.rows.iter().map(|row| sketch.lettering.wrap(&row.label, Type::BODY, NAMES, 2)).collect();
    let range = rows::around(low, high);
    let has_intervals = bars.rows.iter().any(|row| drawable(row.low));
    let steps = if has_intervals { FINE_STEPS } else { STEPS };
    let numerals = Ticks::new(range, steps, bars.axis.format).finer();
    let words: Vec<String> = bars.rows.iter().map(|row| worded(row, numerals)).collect();
    let foot = axes::TICK_ROW + Type::BODY.leading() + 4.0;
    let lines = names.iter().map(Vec::len).max().unwrap_or(0) as f64;
    let row = ((area.bottom - top - foot) / bars.rows.len() as f64)
        .clamp(LEAST_ROW, MOST_ROW)
        .max(lines * Type::BODY.leading() + 6.0);
    let rect = Rect {
        left: area.left + sketch.lettering.widest(names.iter().flatten(), Type::BODY) + GAP,
        top,
        right: area.right - sketch.lettering.widest(&words, Type::BODY) - GAP,
        bottom: top + row * bars.rows.len() as f64,
    };
    let ticks = Ticks::new(range, axes::steps_across(rect.width()), bars.axis.format);
    let scale = Scale::new(range, rect.left, rect.right);
    for value in &ticks.values {
        let x = scale.at(*value);
        sketch.line(vec![(x, rect.top), (x, rect.bottom)], Stroke::solid(PALE, 1.0));
    }
    for (number, entry) in bars.rows.iter().enumerate() {
        let middle = rect.top + (number as f64 + 0.5) * row;
        sketch.centred(&names[number], (area.left, middle), Anchor::Start, Type::BODY, BLACK);
        bar(sketch, entry, scale, middle, row * FILLED / 2.0);
        sketch.centred(&words[number..=number], (rect.right + GAP, middle), Anchor::Start, Type::BODY, BLACK);
    }
    let zero = scale.at(0.0);
    sketch.line(vec![(zero, rect.top), (zero, rect.bottom)], Stroke::solid(BLACK, 1.6));
    axes::across(sketch, rect, scale, &ticks, axes::Numbers::Written);
    axes::title_below(sketch, &bars.axis.title, rect, rect.bottom + axes::TICK_ROW)
}

fn bar(sketch: &mut Sketch, row: &DotRow, scale: Scale, middle: f64, half: f64) {
    if !drawable(row.value) {
        return;
    }
    let (zero, end) = (scale.at(0.0), scale.at(row.value));
    let rect = Rect { left: zero.min(end), top: middle - half, right: zero.max(end), bottom: middle + half };
    let ink = if row.tone == Tone::Unclear { SHADE } else { tone::ink(row.tone) };
    sketch.rectangle(rect, ink, 1.0);
    if drawable(row.low) && drawable(row.high) {
        let (low, high) = (scale.at(row.low), scale.at(row.high));
        for (width, ink) in [(5.0, WHITE), (2.0, BLACK)] {
            sketch.line(vec![(low, middle), (high, middle)], Stroke::solid(ink, width));
            for x in [low, high] {
                sketch.line(vec![(x, middle - CAP), (x, middle + CAP)], Stroke::solid(ink, width));
            }
        }
    }
}

/// "+3.1 (2.8 to 3.4)", and without an interval "3.1"
fn worded(row: &DotRow, numerals: Numerals) -> String {
    if !drawable(row.value) {
        return "no data".to_owned();
    }
    if drawable(row.low) && drawable(row.high) {
        let [value, low, high] = [row.value, row.low, row.high].map(|value| numerals.signed(value));
        format!("{value} ({low} to {high})")
    } else {
        numerals.write(row.value)
    }
}

/// The tones that occur, in words; none for a measure of which neither direction is better.
fn keys(bars: &Bars) -> Vec<Key> {
    let occurs = |tone: &Tone| bars.rows.iter().any(|row| row.tone == *tone && drawable(row.value));
    let block = |tone: Tone| Key::Block {
        text: match tone {
            Tone::Unclear => "unclear: the interval spans zero".to_owned(),
            Tone::Better | Tone::Worse => tone::word(tone).to_owned(),
        },
        ink: if tone == Tone::Unclear { SHADE } else { tone::ink(tone) },
    };
    let tones = [Tone::Better, Tone::Worse, Tone::Unclear].into_iter().filter(occurs).map(block);
    if bars.judged { tones.collect() } else { Vec::new() }
}
