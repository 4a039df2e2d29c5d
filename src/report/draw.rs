//! Draws a [`Figure`] as SVG or PNG: the frame of words around every chart, and the way from data to file.
//!
//! A figure becomes a sketch, a plain list of marks, which one file paints with plotters. Layout is ours rather than
//! plotters', because labels at the ends of lines, wrapped titles and small multiples must be measured before they are
//! drawn. The same figure gives the same bytes.

mod agreement;
mod axes;
mod bars;
mod contour;
mod curves;
mod dots;
mod effects;
mod fan;
mod guides;
mod heat;
mod key;
mod lettering;
mod matrix;
mod numerals;
mod overlay;
mod paint;
mod panels;
mod place;
mod plane;
mod points;
mod posteriors;
mod ranges;
#[cfg(feature = "png")]
mod raster;
mod rows;
mod scale;
mod sketch;
mod spreads;
mod strips;
mod survival;
#[cfg(test)]
mod tests;
mod tiles;
mod tone;

use std::fmt;

use super::figure::{Body, Figure};
use lettering::Lettering;
use paint::Caption;
use sketch::{Anchor, BLACK, GREY, Ink, Rect, Sketch, Type};

/// Why a figure could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DrawError {
    /// The font shipped with the program is damaged.
    Font,
    /// The picture would be too large for memory.
    Size,
    /// The drawing library refused, with its words.
    Surface(String),
}

impl fmt::Display for DrawError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Font => formatter.write_str("the shipped font cannot be read"),
            Self::Size => formatter.write_str("the chart is too large for a picture"),
            Self::Surface(words) => write!(formatter, "the chart cannot be drawn: {words}"),
        }
    }
}

impl std::error::Error for DrawError {}

/// The figure as an SVG document that scales, with its words as text and its title and subtitle for screen readers.
///
/// # Errors
/// Only if the shipped font or the drawing library fails; no figure by itself is an error.
pub fn svg(figure: &Figure) -> Result<String, DrawError> {
    let caption = Caption { name: &figure.name, title: &figure.title, description: &figure.subtitle };
    paint::svg(&sketch(figure)?, &caption)
}

/// The figure as a PNG file at two pixels a point: 2400 wide, and as a rule 1500 high. Only with the feature `png`.
///
/// # Errors
/// As [`svg`], and if the picture is too large for memory.
#[cfg(feature = "png")]
pub fn png(figure: &Figure) -> Result<Vec<u8>, DrawError> {
    raster::png(&sketch(figure)?)
}

/// Which pictures of charts a folder gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pictures {
    /// None: no chart is drawn.
    None,
    /// Only SVG.
    Svg,
    /// Every form that this program was built with.
    #[default]
    All,
}

/// The figure in the forms asked for: ending of the file's name, and the file.
///
/// # Errors
/// As [`svg`] and `png`.
pub(super) fn pictures(figure: &Figure, asked: Pictures) -> Result<Vec<(&'static str, Vec<u8>)>, DrawError> {
    let mut made = Vec::new();
    if asked != Pictures::None {
        made.push(("svg", svg(figure)?.into_bytes()));
    }
    #[cfg(feature = "png")]
    if asked == Pictures::All {
        made.push(("png", png(figure)?));
    }
    Ok(made)
}

/// Width of every chart, in points.
const WIDTH: f64 = 1200.0;
/// Height a chart has unless its content needs another, in points.
const HEIGHT: f64 = 750.0;
/// Free space at the edges, in points.
const MARGIN: f64 = 40.0;

fn sketch(figure: &Figure) -> Result<Sketch, DrawError> {
    let mut sketch = Sketch { lettering: Lettering::load()?, width: WIDTH, height: HEIGHT, marks: Vec::new() };
    let page = Rect { left: MARGIN, top: MARGIN, right: WIDTH - MARGIN, bottom: HEIGHT - MARGIN };
    let top = text(&mut sketch, &figure.title, page, (Type::TITLE, BLACK, 6));
    let top = text(&mut sketch, &figure.subtitle, Rect { top: top + 4.0, ..page }, (Type::SUBTITLE, GREY, 6));
    let note_lines = sketch.lettering.wrap(&figure.note, Type::NOTE, page.width(), 3).len();
    let note_height = note_lines as f64 * Type::NOTE.leading();
    let body = Rect { top: top + 14.0, bottom: page.bottom - note_height - 14.0, ..page };
    let bottom = match &figure.body {
        Body::Fan(fan) => fan::draw(&mut sketch, fan, body),
        Body::Survival(survival) => survival::draw(&mut sketch, survival, body),
        Body::Dots(dots) => dots::draw(&mut sketch, dots, body),
        Body::Bars(bars) => bars::draw(&mut sketch, bars, body),
        Body::Matrix(matrix) => matrix::draw(&mut sketch, matrix, body),
        Body::Plane(plane) => plane::draw(&mut sketch, plane, body),
        Body::Points(points) => points::draw(&mut sketch, points, body),
        Body::Heat(heat) => heat::draw(&mut sketch, heat, body),
        Body::Effects(effects) => effects::draw(&mut sketch, effects, body),
        Body::Agreement(agreement) => agreement::draw(&mut sketch, agreement, body),
        Body::Posteriors(posteriors) => posteriors::draw(&mut sketch, posteriors, body),
        Body::Tiles(tiles) => tiles::draw(&mut sketch, tiles, body),
        Body::Spreads(spreads) => spreads::draw(&mut sketch, spreads, body),
        Body::Ranges(ranges) => ranges::draw(&mut sketch, ranges, body),
        Body::Strips(strips) => strips::draw(&mut sketch, strips, body),
    };
    let note = Rect { top: bottom + 14.0, ..page };
    sketch.height = text(&mut sketch, &figure.note, note, (Type::NOTE, GREY, 3)) + MARGIN;
    Ok(sketch)
}

/// Writes a text of at most some lines across the page; gives back where it ends.
fn text(sketch: &mut Sketch, text: &str, page: Rect, (font, ink, most): (Type, Ink, usize)) -> f64 {
    let lines = sketch.lettering.wrap(text, font, page.width(), most);
    sketch.paragraph(&lines, (page.left, page.top + font.capital()), Anchor::Start, font, ink);
    page.top + lines.len() as f64 * font.leading()
}

/// What stands in place of a chart without numbers; gives back where it ends.
fn no_data(sketch: &mut Sketch, area: Rect) -> f64 {
    let bottom = area.top + 160.0;
    sketch.rectangle(Rect { bottom, ..area }, sketch::PALE, 0.4);
    let middle = Rect { bottom, ..area }.middle();
    sketch.centred(&["No data".to_owned()], middle, Anchor::Middle, Type::LABEL, GREY);
    bottom
}
