//! How a number is spread over cases: a bar for the middle half, a line for nine tenths, and the mean and the largest apart.

use super::super::figure::{SpreadRow, Spreads, Tone};
use super::axes::{self, Numbers};
use super::curves::given;
use super::key::{self, Key};
use super::numerals::Numerals;
use super::scale::{Scale, Ticks, apart, drawable, extent};
use super::sketch::{Anchor, BLACK, GREY, Ink, PALE, PALETTE, Rect, Sketch, Stroke, Type, WHITE};
use super::{no_data, tone};

/// The widest the names of rows may be.
const NAMES: f64 = 260.0;
/// The widest the numbers in words may be.
const WORDS: f64 = 280.0;
const GAP: f64 = 20.0;
const LEAST_ROW: f64 = 40.0;
const MOST_ROW: f64 = 78.0;
/// Half the height of the bar.
const HALF: f64 = 11.0;
const BAR: Ink = Ink(0x8F, 0xA9, 0xC4);

/// Draws the rows into an area; gives back where they end.
pub(super) fn draw(sketch: &mut Sketch, spreads: &Spreads, area: Rect) -> f64 {
    let numbers = spreads.rows.iter().flat_map(|row| row.quantiles.into_iter().chain([row.mean, row.largest]));
    let Some((low, high)) = extent(numbers) else {
        return no_data(sketch, area);
    };
    let top = key::draw(sketch, &keys(&spreads.cases), area) + 16.0;
    let names: Vec<Vec<String>> =
        spreads.rows.iter().map(|row| sketch.lettering.wrap(&row.label, Type::BODY, NAMES, 2)).collect();
    let range = given(&spreads.axis).unwrap_or_else(|| apart((low.min(0.0), high.max(0.0))));
    let numerals = Ticks::new(range, 5, spreads.axis.format).finer();
    let cut = |words: String| sketch.lettering.wrap(&words, Type::BODY, WORDS, 1).concat();
    let words: Vec<String> = spreads.rows.iter().map(|row| cut(in_words(row, numerals))).collect();
    let foot = axes::TICK_ROW + Type::BODY.leading() + 4.0;
    let row = ((area.bottom - top - foot) / spreads.rows.len() as f64).clamp(LEAST_ROW, MOST_ROW);
    let rect = Rect {
        left: area.left + sketch.lettering.widest(names.iter().flatten(), Type::BODY) + GAP,
        top,
        right: area.right - sketch.lettering.widest(&words, Type::BODY) - GAP,
        bottom: top + row * spreads.rows.len() as f64,
    };
    let scale = Scale::new(range, rect.left + 8.0, rect.right - 8.0);
    let ticks = Ticks::new(range, axes::steps_across(rect.width()), spreads.axis.format);
    for value in &ticks.values {
        let x = scale.at(*value);
        let stroke = if *value == 0.0 { Stroke::solid(BLACK, 1.6) } else { Stroke::solid(PALE, 1.0) };
        sketch.line(vec![(x, rect.top), (x, rect.bottom)], stroke);
    }
    for (number, spread) in spreads.rows.iter().enumerate() {
        let middle = rect.top + (number as f64 + 0.5) * row;
        sketch.centred(&names[number], (area.left, middle), Anchor::Start, Type::BODY, BLACK);
        draw_row(sketch, spread, scale, middle);
        sketch.centred(&words[number..=number], (rect.right + GAP, middle), Anchor::Start, Type::BODY, GREY);
    }
    axes::across(sketch, rect, scale, &ticks, Numbers::Written);
    axes::title_below(sketch, &spreads.axis.title, rect, rect.bottom + axes::TICK_ROW)
}

fn keys(cases: &str) -> [Key; 4] {
    [
        Key::Block { text: format!("half of the {cases}"), ink: BAR },
        Key::Line(format!("nine tenths of the {cases}")),
        Key::Marker { text: "mean".to_owned(), tone: Tone::Better },
        Key::Marker { text: "largest".to_owned(), tone: Tone::Worse },
    ]
}

fn draw_row(sketch: &mut Sketch, row: &SpreadRow, scale: Scale, middle: f64) {
    let [low, lower, median, upper, high] = row.quantiles;
    if row.quantiles.iter().all(|quantile| drawable(*quantile)) {
        sketch.line(vec![(scale.at(low), middle), (scale.at(high), middle)], Stroke::solid(GREY, 2.4));
        let bar = Rect { left: scale.at(lower), right: scale.at(upper), top: middle - HALF, bottom: middle + HALF };
        sketch.rectangle(bar, BAR, 1.0);
        let at = scale.at(median);
        sketch.line(vec![(at, middle - HALF), (at, middle + HALF)], Stroke::solid(PALETTE[0], 3.0));
    }
    for (value, tone) in [(row.largest, Tone::Worse), (row.mean, Tone::Better)] {
        if drawable(value) {
            sketch.disc((scale.at(value), middle), 8.0, WHITE);
            tone::marker(sketch, (scale.at(value), middle), tone);
        }
    }
}

/// "mean 3.1, largest 14.9"
fn in_words(row: &SpreadRow, numerals: Numerals) -> String {
    let write = |value: f64| if drawable(value) { numerals.write(value) } else { "–".to_owned() };
    format!("mean {}, largest {}", write(row.mean), write(row.largest))
}
