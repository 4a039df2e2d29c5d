//! Dots on plain axes: a response with its ribbon, a cloud in each of several panels, a plane with names.

use super::super::figure::{AxisScale, Dot, Mark, Panel, Points};
use super::axes::{self, Numbers};
use super::curves::{Plot, RIBBON, Ranges, given, ribbons};
use super::no_data;
use super::scale::{Ticks, drawable, extent, rounded};
use super::sketch::{Anchor, BLACK, Dash, GREY, PALETTE, Point, Rect, Sketch, Stroke, Type, WHITE};

const GAP: f64 = 34.0;
const LEAST_HEIGHT: f64 = 150.0;
/// Panels in a row.
const MOST_COLUMNS: usize = 3;
/// Half the height of a dot, and of one among many.
const RADIUS: f64 = 5.0;
const SMALL: f64 = 3.0;
/// From this many dots on they are small.
const MANY: usize = 60;

/// Draws the panels into an area; gives back where they end.
pub(super) fn draw(sketch: &mut Sketch, points: &Points, area: Rect) -> f64 {
    let has_numbers = |panel: &Panel| panel.dots.iter().any(|dot| drawable(dot.x) && drawable(dot.y));
    if !points.panels.iter().any(has_numbers) {
        return no_data(sketch, area);
    }
    let columns = if points.panels.len() == 4 { 2 } else { points.panels.len().min(MOST_COLUMNS) };
    let rows = points.panels.len().div_ceil(columns);
    let width = (area.width() - GAP * (columns - 1) as f64) / columns as f64;
    let height = ((area.height() - GAP * (rows - 1) as f64) / rows as f64).max(LEAST_HEIGHT);
    let mut bottom = area.top;
    let mut top = area.top;
    for row in points.panels.chunks(columns) {
        let lines = |panel: &Panel| sketch.lettering.wrap(&panel.x.title, Type::BODY, width * 0.8, 3).len();
        let foot = row.iter().map(lines).max().unwrap_or(1);
        for (column, panel) in row.iter().enumerate() {
            let left = area.left + column as f64 * (width + GAP);
            let cell = Rect { left, top, right: left + width, bottom: top + height };
            bottom = f64::max(bottom, draw_panel(sketch, panel, cell, foot));
        }
        top = bottom + GAP;
    }
    bottom
}

/// Draws a panel with room for so many lines of words below; gives back where it ends.
fn draw_panel(sketch: &mut Sketch, panel: &Panel, cell: Rect, title_lines: usize) -> f64 {
    let panel = &placed(panel);
    let mut top = cell.top;
    if !panel.title.is_empty() {
        let title = sketch.lettering.wrap(&panel.title, Type::LABEL, cell.width(), 2);
        sketch.paragraph(&title, (cell.left, top + Type::LABEL.capital()), Anchor::Start, Type::LABEL, BLACK);
        top += title.len() as f64 * Type::LABEL.leading() + 4.0;
    }
    let top = axes::title_above(sketch, &panel.y.title, Rect { top, ..cell });
    let Some(ranges) = ranges(panel) else {
        return no_data(sketch, Rect { top, ..cell });
    };
    let foot = axes::TICK_ROW + title_lines as f64 * Type::BODY.leading() + 6.0;
    let bottom = (cell.bottom - foot).max(top + LEAST_HEIGHT / 2.0);
    let y_ticks = Ticks::new(ranges.y, axes::steps_up(bottom - top), panel.y.format);
    let rect = Rect { left: cell.left + axes::room(sketch, &y_ticks), top, right: cell.right - 12.0, bottom };
    let x_ticks = Ticks::along(&panel.x, ranges.x, axes::steps_across(rect.width()));
    let plot = Plot::new(ranges, rect);
    axes::up(sketch, rect, plot.y, &y_ticks, Numbers::Written);
    if panel.joined {
        joined(sketch, panel, plot);
    }
    marks(sketch, panel, rect, plot);
    dots(sketch, panel, rect, plot);
    axes::across(sketch, rect, plot.x, &x_ticks, Numbers::Written);
    axes::title_below(sketch, &panel.x.title, rect, rect.bottom + axes::TICK_ROW)
}

/// The same with what runs across at its places on an even axis.
fn placed(panel: &Panel) -> Panel {
    let x = |value: f64| panel.x.scale.place(value);
    let ends = |(low, high): (f64, f64)| (x(low), x(high));
    let dot = |dot: &Dot| Dot { x: x(dot.x), across: dot.across.map(ends), ..dot.clone() };
    let mark = |mark: &Mark| Mark { at: (x(mark.at.0), mark.at.1), across: ends(mark.across), ..mark.clone() };
    Panel { dots: panel.dots.iter().map(dot).collect(), marks: panel.marks.iter().map(mark).collect(), ..panel.clone() }
}

/// The ends of both axes: as asked for, or round numbers about the dots and their intervals, with a little room across.
fn ranges(panel: &Panel) -> Option<Ranges> {
    let both = |ends: Option<(f64, f64)>| ends.map_or([f64::NAN; 2], |(low, high)| [low, high]);
    let x = extent(panel.dots.iter().flat_map(|dot| [dot.x].into_iter().chain(both(dot.across))))?;
    let y = extent(panel.dots.iter().flat_map(|dot| [dot.y].into_iter().chain(both(dot.up))))?;
    let names =
        if let AxisScale::Names(names) = &panel.x.scale { Some((-0.5, names.len() as f64 - 0.5)) } else { None };
    let room = (x.1 - x.0) * 0.02;
    Some(Ranges {
        x: given(&panel.x).or(names).unwrap_or_else(|| super::scale::apart((x.0 - room, x.1 + room))),
        y: given(&panel.y).unwrap_or_else(|| rounded(y, 5)),
    })
}

/// The line through the dots and the ribbon between their intervals.
fn joined(sketch: &mut Sketch, panel: &Panel, plot: Plot) {
    let column = |pick: fn(&Dot) -> f64| -> Vec<f64> { panel.dots.iter().map(pick).collect() };
    let (x, y) = (column(|dot| dot.x), column(|dot| dot.y));
    let low = column(|dot| dot.up.map_or(f64::NAN, |up| up.0));
    let high = column(|dot| dot.up.map_or(f64::NAN, |up| up.1));
    for outline in ribbons(&x, &low, &high, |line| line) {
        sketch.area(outline.into_iter().map(|point| plot.at(point)).collect(), PALETTE[0], RIBBON * 1.3);
    }
    for line in super::curves::joined(&x, &y) {
        sketch.line(line.into_iter().map(|point| plot.at(point)).collect(), Stroke::solid(PALETTE[0], 2.6));
    }
}

/// Places worth knowing: the level across, the interval as a bar on it, and the words beside.
fn marks(sketch: &mut Sketch, panel: &Panel, rect: Rect, plot: Plot) {
    const LEVEL: Stroke = Stroke { ink: GREY, width: 1.3, dash: Dash::Broken { mark: 5.0, gap: 4.0 } };
    for Mark { label, at, across } in &panel.marks {
        let (x, y) = plot.at(*at);
        sketch.line(vec![(rect.left, y), (rect.right, y)], LEVEL);
        sketch.line(vec![(x, y), (x, rect.bottom)], LEVEL);
        let ends = vec![(plot.x.at(across.0), y), (plot.x.at(across.1), y)];
        sketch.line(ends, Stroke::solid(PALETTE[2], 6.0));
        sketch.diamond((x, y), 8.0, PALETTE[2]);
        let width = sketch.lettering.width(label, Type::LABEL);
        let right = plot.x.at(across.1) + 12.0;
        let (start, anchor) =
            if right + width < rect.right { (right, Anchor::Start) } else { (plot.x.at(across.0) - 12.0, Anchor::End) };
        let left = if anchor == Anchor::Start { start } else { start - width };
        let ground = Rect { left: left - 3.0, top: y - 26.0, right: left + width, bottom: y - 6.0 };
        sketch.rectangle(ground, WHITE, 0.85);
        sketch.centred(std::slice::from_ref(label), (start, y - 16.0), anchor, Type::LABEL, PALETTE[2]);
    }
}

/// The dots with their intervals, and their names where no other name stands.
fn dots(sketch: &mut Sketch, panel: &Panel, rect: Rect, plot: Plot) {
    let radius = if panel.dots.len() > MANY { SMALL } else { RADIUS };
    let shown: Vec<(&Dot, Point)> = panel
        .dots
        .iter()
        .filter(|dot| drawable(dot.x) && drawable(dot.y))
        .map(|dot| (dot, plot.at((dot.x, dot.y))))
        .collect();
    for (dot, (x, y)) in &shown {
        let whisker = Stroke::solid(PALETTE[0], 1.6);
        if let Some((low, high)) = dot.across {
            sketch.line(vec![(plot.x.at(low), *y), (plot.x.at(high), *y)], whisker);
        }
        if let Some((low, high)) = dot.up.filter(|_| !panel.joined) {
            sketch.line(vec![(*x, plot.y.at(low)), (*x, plot.y.at(high))], whisker);
        }
        sketch.disc((*x, *y), radius, PALETTE[0]);
    }
    let mut taken: Vec<Rect> =
        shown.iter().map(|(_, (x, y))| Rect { left: x - 6.0, top: y - 6.0, right: x + 6.0, bottom: y + 6.0 }).collect();
    for (dot, at) in shown.iter().filter(|(dot, _)| !dot.label.is_empty()) {
        let width = sketch.lettering.width(&dot.label, Type::BODY).min(rect.width() / 2.0);
        let Some(free) = place(*at, width, rect, &taken) else { continue };
        let words = sketch.lettering.wrap(&dot.label, Type::BODY, width + 1.0, 1);
        sketch.centred(&words, (free.left, free.middle().1), Anchor::Start, Type::BODY, BLACK);
        taken.push(free);
    }
}

/// The first place around a dot where its name covers nothing; above it if there is none.
pub(super) fn place((x, y): Point, width: f64, rect: Rect, taken: &[Rect]) -> Option<Rect> {
    let height = Type::BODY.size + 4.0;
    let at = |left: f64, middle: f64| Rect {
        left,
        top: middle - height / 2.0,
        right: left + width,
        bottom: middle + height / 2.0,
    };
    let around = [
        at(x - width / 2.0, y - 17.0),
        at(x + 10.0, y - 12.0),
        at(x - width / 2.0, y + 17.0),
        at(x + 10.0, y + 12.0),
        at(x - 10.0 - width, y - 12.0),
        at(x - 10.0 - width, y + 12.0),
        at(x - width / 2.0, y - 36.0),
        at(x - width / 2.0, y + 36.0),
        at(x + 10.0, y - 30.0),
        at(x - 10.0 - width, y - 30.0),
    ];
    let inside = |place: &Rect| {
        place.left >= rect.left
            && place.right <= rect.right
            && place.top >= rect.top - 14.0
            && place.bottom <= rect.bottom
    };
    let covers = |a: &Rect, b: &Rect| a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    around.into_iter().find(|place| inside(place) && !taken.iter().any(|other| covers(place, other)))
}
