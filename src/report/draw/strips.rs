//! A row of dots a design: where each point of an ensemble lies, in the colour of one of its numbers.

use super::super::figure::{Strip, Strips};
use super::axes::{self, Numbers};
use super::curves::given;
use super::scale::{Scale, Ticks, drawable, extent};
use super::sketch::{Anchor, BLACK, GREY, Ink, PALE, PALETTE, Rect, Sketch, Stroke, Type};
use super::{no_data, rows};
use crate::report::phrase::significant;

/// The widest the names of rows may be.
const NAMES: f64 = 300.0;
/// The widest the words beside a row may be.
const WORDS: f64 = 240.0;
const GAP: f64 = 20.0;
const LEAST_ROW: f64 = 84.0;
const MOST_ROW: f64 = 170.0;
const RADIUS: f64 = 4.6;
/// Pieces of the key's ramp.
const PIECES: usize = 40;
const RAMP: f64 = 180.0;

/// Draws the rows into an area; gives back where they end.
pub(super) fn draw(sketch: &mut Sketch, strips: &Strips, area: Rect) -> f64 {
    let Some((low, high)) = extent(strips.rows.iter().flat_map(|row| row.dots.iter().map(|dot| dot.0))) else {
        return no_data(sketch, area);
    };
    let top = key(sketch, strips, area) + 14.0;
    let wrapped = |sketch: &Sketch, text: &str, most: f64| sketch.lettering.wrap(text, Type::BODY, most, 4);
    let names: Vec<Vec<String>> = strips.rows.iter().map(|row| wrapped(sketch, &row.label, NAMES)).collect();
    let words: Vec<Vec<String>> = strips.rows.iter().map(|row| wrapped(sketch, &row.words, WORDS)).collect();
    let foot = axes::TICK_ROW + Type::BODY.leading() + 4.0;
    let height = ((area.bottom - top - foot) / strips.rows.len() as f64).clamp(LEAST_ROW, MOST_ROW);
    let rect = Rect {
        left: area.left + sketch.lettering.widest(names.iter().flatten(), Type::BODY) + GAP,
        top,
        right: area.right - sketch.lettering.widest(words.iter().flatten(), Type::BODY) - GAP,
        bottom: top + height * strips.rows.len() as f64,
    };
    let range = given(&strips.axis).unwrap_or_else(|| rows::around(low, high));
    let scale = Scale::new(range, rect.left + 10.0, rect.right - 10.0);
    let ticks = Ticks::new(range, axes::steps_across(rect.width()), strips.axis.format);
    for value in &ticks.values {
        let x = scale.at(*value);
        let stroke = if *value == 0.0 { Stroke::solid(BLACK, 1.6) } else { Stroke::solid(PALE, 1.0) };
        sketch.line(vec![(x, rect.top), (x, rect.bottom)], stroke);
    }
    for (number, row) in strips.rows.iter().enumerate() {
        let middle = rect.top + (number as f64 + 0.5) * height;
        sketch.centred(&names[number], (area.left, middle), Anchor::Start, Type::BODY, BLACK);
        dots(sketch, row, scale, middle, height);
        sketch.centred(&words[number], (rect.right + GAP, middle), Anchor::Start, Type::BODY, GREY);
        if number > 0 {
            let y = rect.top + number as f64 * height;
            sketch.line(vec![(rect.left, y), (rect.right, y)], Stroke::solid(PALE, 1.0));
        }
    }
    axes::across(sketch, rect, scale, &ticks, Numbers::Written);
    axes::title_below(sketch, &strips.axis.title, rect, rect.bottom + axes::TICK_ROW)
}

/// Dots stand above and below the middle of their row, so that few lie over each other.
fn dots(sketch: &mut Sketch, row: &Strip, scale: Scale, middle: f64, height: f64) {
    let mut placed: Vec<(f64, f64)> = Vec::new();
    let mut order: Vec<&(f64, f64)> = row.dots.iter().filter(|dot| drawable(dot.0)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let most = height / 2.0 - 2.0 * RADIUS;
    for (value, share) in order {
        let x = scale.at(*value);
        let is_free = |y: &f64| {
            placed.iter().rev().take(80).all(|(a, b)| (a - x) * (a - x) + (b - y) * (b - y) >= 3.4 * RADIUS * RADIUS)
        };
        let steps = (most / (1.9 * RADIUS)).floor().max(0.0) as usize;
        let offsets = (0..=steps).flat_map(|step| [1.0, -1.0].map(|side| middle + side * 1.9 * RADIUS * step as f64));
        let y = offsets.into_iter().find(is_free).unwrap_or(middle);
        placed.push((x, y));
        sketch.disc((x, y), RADIUS, ramp(*share));
    }
}

/// What the colours stand for; gives back where it ends.
fn key(sketch: &mut Sketch, strips: &Strips, area: Rect) -> f64 {
    let Some(colour) = &strips.colour else { return area.top };
    let middle = area.top + 11.0;
    let low = significant(colour.ends[0]);
    let title = format!("{}: {low}", colour.title);
    let left = area.left + sketch.lettering.width(&title, Type::BODY) + 10.0;
    sketch.centred(&[title], (area.left, middle), Anchor::Start, Type::BODY, GREY);
    for piece in 0..PIECES {
        let at = |edge: usize| left + RAMP * edge as f64 / PIECES as f64;
        let rect = Rect { left: at(piece), right: at(piece + 1), top: middle - 7.0, bottom: middle + 7.0 };
        sketch.rectangle(rect, ramp((piece as f64 + 0.5) / PIECES as f64), 1.0);
    }
    let high = significant(colour.ends[1]);
    sketch.centred(&[high], (left + RAMP + 10.0, middle), Anchor::Start, Type::BODY, GREY);
    area.top + 22.0
}

/// From blue over a pale middle to orange; of dots without a number, blue.
fn ramp(share: f64) -> Ink {
    const MIDDLE: Ink = Ink(0xC8, 0xC2, 0xBC);
    if !share.is_finite() {
        return PALETTE[0];
    }
    let (from, to, part) =
        if share < 0.5 { (PALETTE[0], MIDDLE, 2.0 * share) } else { (MIDDLE, PALETTE[3], 2.0 * share - 1.0) };
    let part = part.clamp(0.0, 1.0);
    let mix = |a: u8, b: u8| (f64::from(a) + part * (f64::from(b) - f64::from(a))).round() as u8;
    Ink(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}
