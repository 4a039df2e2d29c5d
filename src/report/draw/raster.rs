//! The PNG of a chart: the marks that make its SVG, painted with the shipped font on a ground of pixels.

mod canvas;
mod encode;
mod outlines;
#[cfg(test)]
mod tests;

use plotters::prelude::IntoDrawingArea;
use tiny_skia::Pixmap;

use super::DrawError;
use super::paint::{self, UNITS};
use super::sketch::Sketch;
use canvas::Canvas;
use outlines::Outlines;

/// Pixels of a PNG per point: twice, for sharp slides and print.
const PIXELS: f64 = 2.0;

/// The sketch as a PNG file.
pub(super) fn png(sketch: &Sketch) -> Result<Vec<u8>, DrawError> {
    let pixels = |points: f64| (points * PIXELS).ceil() as u32;
    let mut picture = Pixmap::new(pixels(sketch.width), pixels(sketch.height)).ok_or(DrawError::Size)?;
    let outlines = Outlines::load()?;
    let canvas = Canvas { picture: &mut picture, outlines: &outlines, scale: (PIXELS / UNITS) as f32 };
    paint::all(&canvas.into_drawing_area(), sketch)?;
    encode::png(&picture).map_err(|error| DrawError::Surface(error.to_string()))
}
