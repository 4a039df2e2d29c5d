//! What is foretold against what was observed: a disc where it was fitted, a diamond where it was left out.

use super::super::figure::{Agreement, AgreementPanel, Pair, Tone};
use super::axes::{self, Numbers};
use super::curves::Plot;
use super::key::{self, Key};
use super::points::place;
use super::scale::{Scale, Ticks, drawable, extent, rounded};
use super::sketch::{Anchor, BLACK, GREY, PALETTE, Point, Rect, Sketch, Stroke, Type};
use super::{no_data, tone};

const GAP: f64 = 34.0;
const LEAST_HEIGHT: f64 = 240.0;
/// Panels in a row.
const MOST_COLUMNS: usize = 3;
/// Observations of a panel that are named.
const MOST_NAMED: usize = 14;

/// Draws the panels into an area; gives back where they end.
pub(super) fn draw(sketch: &mut Sketch, agreement: &Agreement, area: Rect) -> f64 {
    let panels: Vec<(&AgreementPanel, (f64, f64))> =
        agreement.panels.iter().filter_map(|panel| Some((panel, range(panel)?))).collect();
    if panels.is_empty() {
        return no_data(sketch, area);
    }
    let top = key::draw(sketch, &keys(&panels), area) + 16.0;
    let columns = panels.len().min(MOST_COLUMNS);
    let rows = panels.len().div_ceil(columns);
    let width = (area.width() - GAP * (columns - 1) as f64) / columns as f64;
    let height = ((area.bottom - top - GAP * (rows - 1) as f64) / rows as f64).max(LEAST_HEIGHT);
    let (mut top, mut bottom) = (top, top);
    for row in panels.chunks(columns) {
        for (column, (panel, range)) in row.iter().enumerate() {
            let left = area.left + column as f64 * (width + GAP);
            let cell = Rect { left, top, right: left + width, bottom: top + height };
            bottom = f64::max(bottom, draw_panel(sketch, panel, *range, cell));
        }
        top = bottom + GAP;
    }
    bottom
}

/// Round numbers about all that is drawn, the same across and up.
fn range(panel: &AgreementPanel) -> Option<(f64, f64)> {
    let shown = panel.pairs.iter().filter(|pair| drawable(pair.foretold));
    let ends = |pair: &Pair| {
        let Pair { observed, error, foretold, interval: (low, high), .. } = *pair;
        [observed - error, observed + error, foretold, low, high]
    };
    extent(shown.flat_map(ends)).map(|range| rounded(range, 5))
}

fn keys(panels: &[(&AgreementPanel, (f64, f64))]) -> Vec<Key> {
    let any = |left_out: bool| panels.iter().flat_map(|(panel, _)| &panel.pairs).any(|pair| pair.left_out == left_out);
    let marker = |text: &str, tone| Key::Marker { text: text.to_owned(), tone };
    let mut keys = vec![Key::Guide("foretold as observed".to_owned())];
    keys.extend(any(false).then(|| marker("fitted", Tone::Better)));
    keys.extend(any(true).then(|| marker("left out", Tone::Worse)));
    keys
}

fn draw_panel(sketch: &mut Sketch, panel: &AgreementPanel, range: (f64, f64), cell: Rect) -> f64 {
    let top = axes::title_above(sketch, &format!("foretold, {}", panel.axis.title), cell);
    let foot = axes::TICK_ROW + Type::BODY.leading() + 6.0;
    let bottom = cell.bottom - foot;
    let y_ticks = Ticks::new(range, axes::steps_up(bottom - top), panel.axis.format);
    let rect = Rect { left: cell.left + axes::room(sketch, &y_ticks), top, right: cell.right - 12.0, bottom };
    let plot = Plot { x: Scale::new(range, rect.left, rect.right), y: Scale::new(range, rect.bottom, rect.top) };
    let x_ticks = Ticks::new(range, axes::steps_across(rect.width()), panel.axis.format);
    axes::up(sketch, rect, plot.y, &y_ticks, Numbers::Written);
    sketch.line(vec![(rect.left, rect.bottom), (rect.right, rect.top)], super::guides::STROKE);
    pairs(sketch, panel, rect, plot);
    axes::across(sketch, rect, plot.x, &x_ticks, Numbers::Written);
    axes::title_below(sketch, &format!("observed, {}", panel.axis.title), rect, rect.bottom + axes::TICK_ROW)
}

/// The observations with both intervals, and their names where there are few.
fn pairs(sketch: &mut Sketch, panel: &AgreementPanel, rect: Rect, plot: Plot) {
    let shown: Vec<(&Pair, Point)> = panel
        .pairs
        .iter()
        .filter(|pair| drawable(pair.foretold))
        .map(|pair| (pair, plot.at((pair.observed, pair.foretold))))
        .collect();
    for (pair, (x, y)) in &shown {
        let tone = if pair.left_out { Tone::Worse } else { Tone::Better };
        let thin = Stroke::solid(GREY, 1.0);
        let ends = [pair.observed - pair.error, pair.observed + pair.error].map(|value| (plot.x.at(value), *y));
        sketch.line(ends.to_vec(), thin);
        let (low, high) = pair.interval;
        if drawable(low) && drawable(high) {
            let ink = PALETTE[if pair.left_out { 2 } else { 0 }];
            sketch.line(vec![(*x, plot.y.at(low)), (*x, plot.y.at(high))], Stroke::solid(ink, 2.0));
        }
        tone::marker(sketch, (*x, *y), tone);
    }
    if shown.len() > MOST_NAMED {
        return;
    }
    let mut taken: Vec<Rect> =
        shown.iter().map(|(_, (x, y))| Rect { left: x - 8.0, top: y - 8.0, right: x + 8.0, bottom: y + 8.0 }).collect();
    for (pair, at) in &shown {
        let width = sketch.lettering.width(&pair.label, Type::BODY).min(rect.width() / 2.0);
        let Some(free) = place(*at, width, rect, &taken) else { continue };
        let words = sketch.lettering.wrap(&pair.label, Type::BODY, width + 1.0, 1);
        sketch.centred(&words, (free.left, free.middle().1), Anchor::Start, Type::BODY, BLACK);
        taken.push(free);
    }
}
