//! From sketch to picture: the only code that draws with plotters.
//!
//! The same marks are painted for SVG and for PNG, so the two cannot differ but in who draws the letters.

use plotters::coord::Shift;
use plotters::element::DashedPathElement;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::DrawError;
use super::lettering::{FAMILY, clean};
use super::sketch::{Anchor, Dash, Ink, Mark, Point, Sketch, Stroke, Weight, Words};

type Page<B> = DrawingArea<B, Shift>;

/// plotters counts in whole units; a point is this many of them.
pub(super) const UNITS: f64 = 10.0;
/// plotters writes a font of size s as an em of s / 1.24.
pub(super) const SIZE_OF_AN_EM: f64 = 1.24;
/// plotters drops the base line of a text by this many ems below its place.
const DROP: f64 = 0.76;

/// Names a picture for those who cannot see it.
pub(super) struct Caption<'a> {
    /// Prefix of identifiers in the file.
    pub(super) name: &'a str,
    pub(super) title: &'a str,
    pub(super) description: &'a str,
}

/// The sketch as an SVG document.
pub(super) fn svg(sketch: &Sketch, caption: &Caption) -> Result<String, DrawError> {
    let size = (unit(sketch.width) as u32, unit(sketch.height) as u32);
    let mut document = String::new();
    all(&SVGBackend::with_string(&mut document, size).into_drawing_area(), sketch)?;
    let (_, marks) = document.split_once(">\n").ok_or_else(|| surface("an SVG without a head"))?;
    Ok(head(sketch, size, caption) + marks)
}

/// Everything that is on the sketch, on a white ground.
pub(super) fn all<B: DrawingBackend>(page: &Page<B>, sketch: &Sketch) -> Result<(), DrawError> {
    page.fill(&WHITE).map_err(surface)?;
    for mark in &sketch.marks {
        paint(page, mark)?;
    }
    page.present().map_err(surface)
}

fn surface(error: impl std::fmt::Display) -> DrawError {
    DrawError::Surface(error.to_string())
}

/// The opening of the document, which plotters writes without scale and without words for screen readers.
fn head(sketch: &Sketch, (width, height): (u32, u32), caption: &Caption) -> String {
    let name: String =
        caption.name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"{name}-title {name}-description\" stroke-linejoin=\"round\">\n\
         <title id=\"{name}-title\">{}</title>\n<desc id=\"{name}-description\">{}</desc>\n",
        sketch.width,
        sketch.height,
        escaped(caption.title),
        escaped(caption.description),
    )
}

fn escaped(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn unit(points: f64) -> i32 {
    (points * UNITS).round() as i32
}

fn place((x, y): Point) -> (i32, i32) {
    (unit(x), unit(y))
}

fn colour(Ink(red, green, blue): Ink) -> RGBColor {
    RGBColor(red, green, blue)
}

fn paint<B: DrawingBackend>(page: &Page<B>, mark: &Mark) -> Result<(), DrawError> {
    match mark {
        Mark::Words(words) => write(page, words),
        Mark::Line { points, stroke } => line(page, points, *stroke),
        Mark::Area { points, ink, opacity } => {
            let corners: Vec<_> = points.iter().copied().map(place).collect();
            let fill = colour(*ink).mix(*opacity).filled();
            page.draw(&Polygon::new(corners, fill)).map_err(surface)
        }
        Mark::Disc { centre, radius, ink } => {
            let disc = Circle::new(place(*centre), unit(*radius), colour(*ink).filled());
            page.draw(&disc).map_err(surface)
        }
        Mark::Ring { centre, radius, ink } => {
            let ground = Circle::new(place(*centre), unit(*radius), WHITE.filled());
            page.draw(&ground).map_err(surface)?;
            let ring = colour(*ink).stroke_width(unit(2.0) as u32);
            page.draw(&Circle::new(place(*centre), unit(*radius), ring)).map_err(surface)
        }
    }
}

fn line<B: DrawingBackend>(page: &Page<B>, points: &[Point], stroke: Stroke) -> Result<(), DrawError> {
    let mut places: Vec<_> = points.iter().copied().map(place).collect();
    places.dedup();
    let style = colour(stroke.ink).stroke_width(unit(stroke.width) as u32);
    match stroke.dash {
        Dash::Solid => page.draw(&PathElement::new(places, style)).map_err(surface),
        Dash::Broken { mark, gap } => {
            page.draw(&DashedPathElement::new(places, unit(mark), unit(gap), style)).map_err(surface)
        }
    }
}

fn write<B: DrawingBackend>(page: &Page<B>, words: &Words) -> Result<(), DrawError> {
    let style = match words.font.weight {
        Weight::Regular => FontStyle::Normal,
        Weight::Bold => FontStyle::Bold,
    };
    let across = match words.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let size = words.font.size * UNITS * SIZE_OF_AN_EM;
    let font = FontDesc::new(FontFamily::Name(FAMILY), size, style);
    let ink = colour(words.ink);
    let style = TextStyle::from(font).color(&ink).pos(Pos::new(across, VPos::Top));
    let top = words.at.1 - DROP * words.font.size;
    page.draw(&Text::new(clean(&words.text), place((words.at.0, top)), style)).map_err(surface)
}
