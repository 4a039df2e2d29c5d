//! What is known of numbers before and after the data, a row each on a scale of its own.

use super::super::figure::{Posterior, Posteriors, Tone};
use super::super::phrase::significant;
use super::key::{self, Key};
use super::sketch::{Anchor, BLACK, GREY, Ink, PALETTE, Rect, Sketch, Stroke, Type};
use super::{no_data, tone};

/// The widest the names of rows may be.
const NAMES: f64 = 300.0;
const GAP: f64 = 26.0;
const LEAST_ROW: f64 = 92.0;
const MOST_ROW: f64 = 150.0;
/// Colour of the heights.
const HEIGHTS: Ink = PALETTE[1];

/// Draws the rows into an area; gives back where they end.
pub(super) fn draw(sketch: &mut Sketch, posteriors: &Posteriors, area: Rect) -> f64 {
    if posteriors.rows.is_empty() {
        return no_data(sketch, area);
    }
    let keys = [
        Key::Block { text: posteriors.title.clone(), ink: HEIGHTS },
        Key::Guide("before the data".to_owned()),
        Key::Marker { text: posteriors.interval.clone(), tone: Tone::Better },
        Key::Marker { text: posteriors.mark.clone(), tone: Tone::Worse },
    ];
    let top = key::draw(sketch, &keys, area) + 14.0;
    let names: Vec<Vec<String>> =
        posteriors.rows.iter().map(|row| sketch.lettering.wrap(&row.label, Type::BODY, NAMES, 3)).collect();
    let words: Vec<[String; 2]> = posteriors.rows.iter().map(in_words).collect();
    let left = area.left + sketch.lettering.widest(names.iter().flatten(), Type::BODY) + GAP;
    let right = area.right - sketch.lettering.widest(words.iter().flatten(), Type::BODY) - GAP;
    let height = ((area.bottom - top) / posteriors.rows.len() as f64).clamp(LEAST_ROW, MOST_ROW);
    for (number, row) in posteriors.rows.iter().enumerate() {
        let top = top + number as f64 * height;
        let strip = Rect { left, top: top + 8.0, right, bottom: top + height - 34.0 };
        sketch.centred(&names[number], (area.left, strip.middle().1), Anchor::Start, Type::BODY, BLACK);
        draw_row(sketch, row, strip);
        sketch.centred(&words[number], (right + GAP, strip.middle().1), Anchor::Start, Type::BODY, GREY);
    }
    top + height * posteriors.rows.len() as f64
}

fn draw_row(sketch: &mut Sketch, row: &Posterior, strip: Rect) {
    let highest = row.heights.iter().copied().fold(1.0, f64::max);
    let at = |share: f64| strip.left + share * strip.width();
    let up = |height: f64| strip.bottom - 10.0 - height / highest * (strip.height() - 10.0);
    let slice = 1.0 / row.heights.len().max(1) as f64;
    for (number, height) in row.heights.iter().enumerate().filter(|(_, height)| **height > 0.0) {
        let left = at(number as f64 * slice);
        let rect = Rect { left, top: up(*height), right: at((number + 1) as f64 * slice) - 1.0, bottom: up(0.0) };
        sketch.rectangle(rect, HEIGHTS, 0.75);
    }
    sketch.line(vec![(strip.left, up(1.0)), (strip.right, up(1.0))], super::guides::STROKE);
    sketch.line(vec![(strip.left, strip.bottom), (strip.right, strip.bottom)], Stroke::solid(BLACK, 1.2));
    let [(_, low), (_, high)] = row.interval;
    sketch.line(vec![(at(low), strip.bottom), (at(high), strip.bottom)], Stroke::solid(tone::ink(Tone::Better), 4.0));
    tone::marker(sketch, (at(row.median.1), strip.bottom), Tone::Better);
    tone::marker(sketch, (at(row.best.1), strip.bottom), Tone::Worse);
    let base = strip.bottom + 12.0 + Type::BODY.capital();
    for (value, x, anchor) in [(row.ends[0], strip.left, Anchor::Start), (row.ends[1], strip.right, Anchor::End)] {
        sketch.words(&significant(value), (x, base), anchor, Type::BODY, GREY);
    }
}

/// Median and interval beside the row.
fn in_words(row: &Posterior) -> [String; 2] {
    let [(low, _), (high, _)] = row.interval;
    [significant(row.median.0), format!("{} to {}", significant(low), significant(high))]
}
