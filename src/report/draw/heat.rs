//! A number over two axes: colour, contours, and the number itself where there is room.

use super::super::figure::{Axis, Heat, HeatPanel};
use super::axes::{self, Numbers};
use super::curves::{Plot, Ranges, given};
use super::numerals::Numerals;
use super::scale::{Scale, Ticks, drawable, extent, rounded};
use super::sketch::{Anchor, BLACK, Dash, GREY, Ink, PALE, PALETTE, Rect, Sketch, Stroke, Type, WHITE};
use super::{contour, no_data};

/// Colours from low to high; each is darker than the one before, so that print without colour shows the same.
const RAMP: [Ink; 4] = [Ink(0xF1, 0xF6, 0xF4), Ink(0x8F, 0xCF, 0xC4), Ink(0x28, 0x8C, 0x97), Ink(0x12, 0x33, 0x5D)];
/// From this share of the ramp on, words on it are white.
const DARK: f64 = 0.65;
/// The line at one half.
const TIPPING: Ink = PALETTE[3];
const GAP: f64 = 26.0;
/// Width of the bar of colours, and the room from the plots to it.
const BAR: f64 = 18.0;
const TO_BAR: f64 = 26.0;
const LEAST_HEIGHT: f64 = 110.0;
/// A cell holds its number if it is this high.
const ROOM: f64 = 34.0;
/// Room between ticks across, and the most of them.
const TICK_SPACE: f64 = 80.0;
const MOST_TICKS: usize = 8;
/// Contours at round levels.
const LEVELS: usize = 5;

/// Draws the panels into an area; gives back where they end.
pub(super) fn draw(sketch: &mut Sketch, heat: &Heat, area: Rect) -> f64 {
    let place = |axis: &Axis, places: &[f64]| places.iter().map(|at| axis.scale.place(*at)).collect();
    let heat = &Heat { columns: place(&heat.x, &heat.columns), rows: place(&heat.y, &heat.rows), ..heat.clone() };
    let values = heat.panels.iter().flat_map(|panel| panel.mean.iter().flatten().copied());
    let Some(found) = extent(values).filter(|_| heat.columns.len() > 1 && heat.rows.len() > 1) else {
        return no_data(sketch, area);
    };
    let colours = Colours::new(&heat.value, found);
    let top = key(sketch, heat, area);
    let words = |sketch: &Sketch, axis: &Axis, part: f64| {
        sketch.lettering.wrap(&axis.title, Type::BODY, area.width() * part, 3)
    };
    let (up, value) = (words(sketch, &heat.y, 0.55), words(sketch, &heat.value, 0.35));
    let lines = up.len().max(value.len()) as f64;
    sketch.paragraph(&up, (area.left, top + Type::BODY.capital()), Anchor::Start, Type::BODY, BLACK);
    sketch.paragraph(&value, (area.right, top + Type::BODY.capital()), Anchor::End, Type::BODY, BLACK);
    let area = Rect { top: top + lines * Type::BODY.leading() + 12.0, ..area };
    let bar_room = colours.room(sketch) + BAR + TO_BAR;
    let bottom = panels(sketch, heat, &colours, Rect { right: area.right - bar_room, ..area });
    let bar = Rect {
        left: area.right - bar_room + TO_BAR,
        right: area.right - bar_room + TO_BAR + BAR,
        bottom: bottom.0,
        ..area
    };
    colours.bar(sketch, bar);
    bottom.1
}

/// Numbers as colours.
pub(super) struct Colours {
    low: f64,
    high: f64,
    ticks: Ticks,
}

impl Colours {
    pub(super) fn new(axis: &Axis, found: (f64, f64)) -> Self {
        let (low, high) = given(axis).unwrap_or_else(|| rounded(found, LEVELS));
        Self { low, high, ticks: Ticks::new((low, high), LEVELS, axis.format) }
    }

    fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    pub(super) fn ink(&self, value: f64) -> Ink {
        let at = self.share(value) * (RAMP.len() - 1) as f64;
        let step = (at as usize).min(RAMP.len() - 2);
        let (from, to, part) = (RAMP[step], RAMP[step + 1], at - step as f64);
        let mix = |from: u8, to: u8| (f64::from(from) + part * (f64::from(to) - f64::from(from))).round() as u8;
        Ink(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
    }

    /// Words on a number's colour.
    pub(super) fn words(&self, value: f64) -> Ink {
        if self.share(value) > DARK { WHITE } else { BLACK }
    }

    fn room(&self, sketch: &Sketch) -> f64 {
        sketch.lettering.widest(&self.ticks.labels(), Type::BODY) + 8.0
    }

    /// The key of the colours.
    fn bar(&self, sketch: &mut Sketch, rect: Rect) {
        let scale = Scale::new((self.low, self.high), rect.bottom, rect.top);
        let steps = 60;
        for step in 0..steps {
            let at = |step: i32| self.low + f64::from(step) / f64::from(steps) * (self.high - self.low);
            let (low, high) = (scale.at(at(step)), scale.at(at(step + 1)));
            sketch.rectangle(Rect { top: high, bottom: (low + 0.6).min(rect.bottom), ..rect }, self.ink(at(step)), 1.0);
        }
        for (value, label) in self.ticks.values.iter().zip(self.ticks.labels()) {
            let y = scale.at(*value);
            sketch.line(vec![(rect.right, y), (rect.right + 4.0, y)], Stroke::solid(BLACK, 1.2));
            sketch.centred(&[label], (rect.right + 7.0, y), Anchor::Start, Type::BODY, GREY);
        }
    }
}

/// Whether lines through the cells mean anything: both axes have an order.
fn is_ordered(heat: &Heat) -> bool {
    heat.x.scale.is_ordered() && heat.y.scale.is_ordered()
}

/// What the lines stand for; gives back where the key ends.
fn key(sketch: &mut Sketch, heat: &Heat, area: Rect) -> f64 {
    if !heat.is_chance || !is_ordered(heat) {
        return area.top;
    }
    let middle = area.top + 10.0;
    let mut left = area.left;
    let entries = [(TIP, "one half".to_owned()), (TIP_INTERVAL, format!("{} interval of that line", heat.confidence))];
    for (stroke, words) in entries {
        sketch.line(vec![(left, middle), (left + 36.0, middle)], stroke);
        sketch.centred(std::slice::from_ref(&words), (left + 44.0, middle), Anchor::Start, Type::BODY, GREY);
        left += 44.0 + sketch.lettering.width(&words, Type::BODY) + 24.0;
    }
    area.top + 30.0
}

const TIP: Stroke = Stroke::solid(TIPPING, 3.6);
const TIP_INTERVAL: Stroke = Stroke { ink: TIPPING, width: 2.2, dash: Dash::Broken { mark: 7.0, gap: 4.0 } };
const LEVEL: Stroke = Stroke::solid(BLACK, 1.1);

/// Draws the panels; gives back where the plots end, and where their words do.
fn panels(sketch: &mut Sketch, heat: &Heat, colours: &Colours, area: Rect) -> (f64, f64) {
    let count = heat.panels.len();
    let columns = if count == 3 || count > 4 { 3 } else { count.min(2) };
    let rows = count.div_ceil(columns.max(1));
    let ranges = Ranges { x: ends(&heat.columns), y: ends(&heat.rows) };
    let y_ticks = Ticks::along(&heat.y, ranges.y, MOST_TICKS / rows.max(1));
    let left = area.left + axes::room(sketch, &y_ticks);
    let width = (area.right - left - GAP * (columns - 1) as f64) / columns as f64;
    let named = heat.panels.iter().any(|panel| !panel.title.is_empty());
    let heading = if named { Type::LABEL.leading() + 4.0 } else { 0.0 };
    let foot = axes::TICK_ROW + 3.0 * Type::BODY.leading();
    let height = (area.height() - foot - (heading + GAP) * rows as f64 + GAP) / rows as f64;
    let height = height.max(LEAST_HEIGHT);
    let mut bottom = area.top;
    for (number, panel) in heat.panels.iter().enumerate() {
        let (row, column) = (number / columns, number % columns);
        let top = area.top + heading + row as f64 * (height + heading + GAP);
        let left = left + column as f64 * (width + GAP);
        let rect = Rect { left, top, right: left + width, bottom: top + height };
        let title = sketch.lettering.wrap(&panel.title, Type::LABEL, width, 1);
        sketch.paragraph(&title, (left, top - 9.0), Anchor::Start, Type::LABEL, BLACK);
        let plot = Plot::new(ranges, rect);
        cells(sketch, heat, panel, colours, plot);
        contours(sketch, heat, panel, colours, plot);
        numbers(sketch, heat, panel, colours, plot);
        let x_ticks = Ticks::along(&heat.x, ranges.x, ((width / TICK_SPACE) as usize).clamp(2, MOST_TICKS));
        marks_up(sketch, rect, plot.y, &y_ticks, column == 0);
        let last = number + columns >= count;
        axes::across(sketch, rect, plot.x, &x_ticks, if last { Numbers::Written } else { Numbers::Left });
        bottom = f64::max(bottom, rect.bottom);
    }
    let whole = Rect { left, bottom, ..area };
    (bottom, axes::title_below(sketch, &heat.x.title, whole, bottom + axes::TICK_ROW))
}

/// The vertical axis without grid lines, which colour would hide.
fn marks_up(sketch: &mut Sketch, rect: Rect, scale: Scale, ticks: &Ticks, written: bool) {
    for (value, label) in ticks.values.iter().zip(ticks.labels()).filter(|_| written) {
        let y = scale.at(*value);
        sketch.line(vec![(rect.left - 4.0, y), (rect.left, y)], Stroke::solid(BLACK, 1.2));
        sketch.centred(&[label], (rect.left - 8.0, y), Anchor::End, Type::BODY, GREY);
    }
}

/// The outer edges of the first and the last cell.
fn ends(places: &[f64]) -> (f64, f64) {
    let edges = edges(places);
    (edges[0], edges[edges.len() - 1])
}

/// Edges of the cells around places: half-way to the neighbours, and as far out beyond the first and the last.
fn edges(places: &[f64]) -> Vec<f64> {
    let last = places.len() - 1;
    let mut edges = vec![places[0] - (places[1] - places[0]) / 2.0];
    edges.extend(places.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])));
    edges.push(places[last] + (places[last] - places[last - 1]) / 2.0);
    edges
}

/// Every cell with its place on the page and its number.
fn placed<'a>(heat: &'a Heat, panel: &'a HeatPanel, plot: Plot) -> impl Iterator<Item = (Rect, f64)> + 'a {
    let (across, up) = (edges(&heat.columns), edges(&heat.rows));
    panel.mean.iter().enumerate().flat_map(move |(row, values)| {
        let rects: Vec<(Rect, f64)> = values
            .iter()
            .enumerate()
            .filter(|(column, _)| column + 1 < across.len() && row + 1 < up.len())
            .map(|(column, value)| {
                let (left, bottom) = plot.at((across[column], up[row]));
                let (right, top) = plot.at((across[column + 1], up[row + 1]));
                (Rect { left, top, right, bottom }, *value)
            })
            .collect();
        rects
    })
}

fn cells(sketch: &mut Sketch, heat: &Heat, panel: &HeatPanel, colours: &Colours, plot: Plot) {
    for (rect, value) in placed(heat, panel, plot) {
        let ink = if drawable(value) { colours.ink(value) } else { PALE };
        // A hair wider, so that no white shows between neighbours.
        sketch.rectangle(Rect { right: rect.right + 0.3, bottom: rect.bottom + 0.3, ..rect }, ink, 1.0);
    }
}

fn contours(sketch: &mut Sketch, heat: &Heat, panel: &HeatPanel, colours: &Colours, plot: Plot) {
    if !is_ordered(heat) {
        return;
    }
    let mut along = |values: &[Vec<f64>], level: f64, stroke: Stroke| {
        for line in contour::lines(&heat.columns, &heat.rows, values, level) {
            let places: Vec<_> = line.into_iter().map(|point| plot.at(point)).collect();
            sketch.line(places, stroke);
        }
    };
    if heat.is_chance {
        along(&panel.low, 0.5, TIP_INTERVAL);
        along(&panel.high, 0.5, TIP_INTERVAL);
        along(&panel.mean, 0.5, TIP);
    } else {
        for level in &colours.ticks.values {
            along(&panel.mean, *level, LEVEL);
        }
    }
}

/// The numbers, if every cell has room for its own.
fn numbers(sketch: &mut Sketch, heat: &Heat, panel: &HeatPanel, colours: &Colours, plot: Plot) {
    // A share of runs is known to a per cent at best.
    let numerals = if heat.is_chance { Numerals::new(heat.value.format, 1.0, 0.01) } else { colours.ticks.finer() };
    let placed: Vec<(Rect, f64, String)> = placed(heat, panel, plot)
        .filter(|(_, value)| drawable(*value))
        .map(|(rect, value)| (rect, value, numerals.write(value)))
        .collect();
    let fits = |(rect, _, words): &(Rect, f64, String)| {
        rect.height() >= ROOM && rect.width() >= sketch.lettering.width(words, Type::NOTE) + 4.0
    };
    if !placed.iter().all(fits) {
        return;
    }
    for (rect, value, words) in placed {
        // On a patch of the cell's own colour, so that no line runs through it.
        let (middle, half) = (rect.middle(), sketch.lettering.width(&words, Type::NOTE) / 2.0 + 3.0);
        let (top, bottom) = (middle.1 - Type::NOTE.capital(), middle.1 + Type::NOTE.capital());
        let patch = Rect { left: middle.0 - half, right: middle.0 + half, top, bottom };
        sketch.rectangle(patch, colours.ink(value), 1.0);
        sketch.centred(&[words], rect.middle(), Anchor::Middle, Type::NOTE, colours.words(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_reach_half_way_to_their_neighbours() {
        assert_eq!(edges(&[0.0, 1.0, 3.0]), [-0.5, 0.5, 2.0, 4.0]);
    }

    #[test]
    fn colours_grow_darker_all_along() {
        let colours = Colours::new(&Axis::percent(""), (0.0, 1.0));
        let light = |share: f64| {
            let Ink(red, green, blue) = colours.ink(share);
            0.2126 * f64::from(red) + 0.7152 * f64::from(green) + 0.0722 * f64::from(blue)
        };
        let lights: Vec<f64> = (0..=20).map(|step| light(f64::from(step) / 20.0)).collect();
        assert!(lights.windows(2).all(|pair| pair[0] > pair[1]), "{lights:?}");
    }
}
