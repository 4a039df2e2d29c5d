//! Two numbers a row with their intervals: a disc for the one, a ring for the other.

use super::super::figure::{EffectRow, Effects, Tone};
use super::axes::{self, Numbers};
use super::curves::given;
use super::key::{self, Key};
use super::numerals::Numerals;
use super::scale::{Scale, Ticks, apart, drawable, extent};
use super::sketch::{Anchor, BLACK, GREY, PALE, Rect, Sketch, Stroke, Type};
use super::{no_data, tone};

/// How the two numbers are drawn.
const TONES: [Tone; 2] = [Tone::Better, Tone::Unclear];
/// The widest the names of rows may be.
const NAMES: f64 = 360.0;
const GAP: f64 = 22.0;
const LEAST_ROW: f64 = 40.0;
const MOST_ROW: f64 = 70.0;

/// Draws the rows into an area; gives back where they end.
pub(super) fn draw(sketch: &mut Sketch, effects: &Effects, area: Rect) -> f64 {
    let numbers = effects.rows.iter().flat_map(|row| row.values).flat_map(|(value, low, high)| [value, low, high]);
    let Some((low, high)) = extent(numbers) else {
        return no_data(sketch, area);
    };
    let keys = TONES.iter().zip(&effects.names).map(|(tone, name)| Key::Marker { text: name.clone(), tone: *tone });
    let top = key::draw(sketch, &keys.collect::<Vec<_>>(), area) + 14.0;
    let names: Vec<Vec<String>> =
        effects.rows.iter().map(|row| sketch.lettering.wrap(&row.label, Type::BODY, NAMES, 2)).collect();
    let left = area.left + sketch.lettering.widest(names.iter().flatten(), Type::BODY) + GAP;
    let foot = axes::TICK_ROW + Type::BODY.leading() + 4.0;
    let row = ((area.bottom - top - foot) / effects.rows.len() as f64).clamp(LEAST_ROW, MOST_ROW);
    let range = given(&effects.axis).unwrap_or_else(|| apart((low.min(0.0), high.max(0.0))));
    let numerals = Ticks::new(range, 5, effects.axis.format).finer();
    let words: Vec<String> = effects.rows.iter().map(|row| in_words(row, numerals)).collect();
    let right = area.right - sketch.lettering.widest(&words, Type::BODY) - GAP;
    let rect = Rect { left, top, right, bottom: top + row * effects.rows.len() as f64 };
    let scale = Scale::new(range, rect.left + 8.0, rect.right - 8.0);
    let ticks = Ticks::new(range, axes::steps_across(rect.width()), effects.axis.format);
    for value in &ticks.values {
        let x = scale.at(*value);
        let stroke = if *value == 0.0 { Stroke::solid(BLACK, 1.6) } else { Stroke::solid(PALE, 1.0) };
        sketch.line(vec![(x, rect.top), (x, rect.bottom)], stroke);
    }
    for (number, entry) in effects.rows.iter().enumerate() {
        let middle = rect.top + (number as f64 + 0.5) * row;
        sketch.line(vec![(rect.left, middle - row / 2.0), (rect.right, middle - row / 2.0)], Stroke::solid(PALE, 1.0));
        sketch.centred(&names[number], (area.left, middle), Anchor::Start, Type::BODY, BLACK);
        draw_row(sketch, entry, scale, middle);
        sketch.centred(&[words[number].clone()], (rect.right + GAP, middle), Anchor::Start, Type::BODY, GREY);
    }
    axes::across(sketch, rect, scale, &ticks, Numbers::Written);
    axes::title_below(sketch, &effects.axis.title, rect, rect.bottom + axes::TICK_ROW)
}

fn draw_row(sketch: &mut Sketch, row: &EffectRow, scale: Scale, middle: f64) {
    for (((value, low, high), tone), y) in row.values.iter().zip(TONES).zip([middle - 8.0, middle + 8.0]) {
        if !drawable(*value) {
            continue;
        }
        if drawable(*low) && drawable(*high) {
            sketch.line(vec![(scale.at(*low), y), (scale.at(*high), y)], Stroke::solid(tone::ink(tone), 2.4));
        }
        tone::marker(sketch, (scale.at(*value), y), tone);
    }
}

/// Both numbers beside the row.
fn in_words(row: &EffectRow, numerals: Numerals) -> String {
    let words =
        row.values.map(|(value, ..)| if drawable(value) { numerals.write(value) } else { "no data".to_owned() });
    words.join(" / ")
}
