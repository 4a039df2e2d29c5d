//! Conditions as parts of ranges: a track for the whole, filled where the condition holds, its ends below, and the condition in words
//! beside it.

use super::super::figure::{RangePanel, RangeRow, Ranges, Reach};
use super::no_data;
use super::sketch::{Anchor, BLACK, GREY, PALE, PALETTE, Rect, Sketch, Type};

/// Widths of names and of tracks.
const NAMES: f64 = 300.0;
const TRACK: f64 = 340.0;
const GAP: f64 = 22.0;
const ROW: f64 = 34.0;
/// Half the height of a track.
const HALF: f64 = 7.0;
/// White between kinds.
const SEAM: f64 = 3.0;
/// Lines of a condition in words.
const LINES: usize = 2;

/// Draws the panels below each other; gives back where they end.
pub(super) fn draw(sketch: &mut Sketch, ranges: &Ranges, area: Rect) -> f64 {
    if ranges.panels.is_empty() {
        return no_data(sketch, area);
    }
    let mut top = area.top;
    for panel in &ranges.panels {
        top = draw_panel(sketch, panel, Rect { top, ..area }) + GAP;
    }
    top - GAP
}

fn draw_panel(sketch: &mut Sketch, panel: &RangePanel, area: Rect) -> f64 {
    let mut top = area.top;
    let (title, words) = (
        sketch.lettering.wrap(&panel.title, Type::LABEL, area.width(), 2),
        sketch.lettering.wrap(&panel.words, Type::BODY, area.width(), 3),
    );
    for (lines, font, ink) in [(title, Type::LABEL, BLACK), (words, Type::BODY, GREY)] {
        sketch.paragraph(&lines, (area.left, top + font.capital()), Anchor::Start, font, ink);
        top += lines.len() as f64 * font.leading() + 2.0;
    }
    top += 4.0;
    for row in &panel.rows {
        top = draw_row(sketch, row, Rect { top, ..area });
    }
    top
}

fn draw_row(sketch: &mut Sketch, row: &RangeRow, area: Rect) -> f64 {
    let track_left = area.left + NAMES + GAP;
    let words_left = track_left + TRACK + GAP;
    let label = sketch.lettering.wrap(&row.label, Type::BODY, NAMES, LINES);
    let words = sketch.lettering.wrap(&row.words, Type::BODY, area.right - words_left, LINES);
    let foot = if row.ends.iter().all(String::is_empty) { 0.0 } else { Type::NOTE.leading() };
    let height = (ROW + foot).max(label.len().max(words.len()) as f64 * Type::BODY.leading() + 8.0);
    let middle = area.top + (height - foot) / 2.0;
    sketch.centred(&label, (area.left, middle), Anchor::Start, Type::BODY, BLACK);
    sketch.centred(&words, (words_left, middle), Anchor::Start, Type::BODY, BLACK);
    let part = |from: f64, to: f64, seam: f64| Rect {
        left: track_left + from.clamp(0.0, 1.0) * TRACK,
        right: track_left + to.clamp(0.0, 1.0) * TRACK - seam,
        top: middle - HALF,
        bottom: middle + HALF,
    };
    match &row.reach {
        Reach::Span(from, to) => {
            sketch.rectangle(part(0.0, 1.0, 0.0), PALE, 1.0);
            sketch.rectangle(part(*from, *to, 0.0), PALETTE[2], 1.0);
        }
        Reach::Kinds(kinds) => {
            let width = 1.0 / kinds.len().max(1) as f64;
            for (number, holds) in kinds.iter().enumerate() {
                let at = number as f64 * width;
                sketch.rectangle(part(at, at + width, SEAM), if *holds { PALETTE[2] } else { PALE }, 1.0);
            }
        }
    }
    for (end, (place, anchor)) in row.ends.iter().zip([(track_left, Anchor::Start), (track_left + TRACK, Anchor::End)])
    {
        let end = sketch.lettering.wrap(end, Type::NOTE, TRACK / 2.0 - GAP, 1);
        sketch.paragraph(&end, (place, middle + HALF + 4.0 + Type::NOTE.capital()), anchor, Type::NOTE, GREY);
    }
    area.top + height
}
