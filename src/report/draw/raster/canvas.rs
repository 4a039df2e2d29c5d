//! A ground of pixels that plotters can draw on: lines, polygons, circles and words, with smooth edges.

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};
use tiny_skia::{Color, FillRule, LineJoin, Paint, Path, PathBuilder, Pixmap, Shader, Stroke, Transform};

use super::super::DrawError;
use super::super::paint::SIZE_OF_AN_EM;
use super::super::sketch::Weight;
use super::outlines::Outlines;

/// Ems from the top of a text, where plotters places it, down to its base line: as in the SVG.
const DROP: f32 = 0.76;

/// The picture, and how it is drawn on in plotters' units.
pub(super) struct Canvas<'a> {
    pub(super) picture: &'a mut Pixmap,
    pub(super) outlines: &'a Outlines,
    /// Pixels of a unit.
    pub(super) scale: f32,
}

type Drawn = Result<(), DrawingErrorKind<DrawError>>;

impl Canvas<'_> {
    fn fill(&mut self, path: Option<Path>, colour: BackendColor, transform: Transform) {
        if let Some(path) = path {
            self.picture.fill_path(&path, &paint(colour), FillRule::Winding, transform, None);
        }
    }

    fn stroke<S: BackendStyle>(&mut self, path: Option<Path>, style: &S) {
        let stroke = Stroke { width: style.stroke_width() as f32, line_join: LineJoin::Round, ..Stroke::default() };
        if let Some(path) = path {
            self.picture.stroke_path(&path, &paint(style.color()), &stroke, self.units(), None);
        }
    }

    /// From units to pixels.
    fn units(&self) -> Transform {
        Transform::from_scale(self.scale, self.scale)
    }
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = DrawError;

    fn get_size(&self) -> (u32, u32) {
        let units = |pixels: u32| (pixels as f32 / self.scale).round() as u32;
        (units(self.picture.width()), units(self.picture.height()))
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x.saturating_add(1), y.saturating_add(1)), &colour, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let path = polyline([(left, top), (right, top), (right, bottom), (left, bottom)], true);
        if fill {
            self.fill(path, style.color(), self.units());
        } else {
            self.stroke(path, style);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.stroke(polyline(path, false), style);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.fill(polyline(path, true), style.color(), self.units());
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let circle = PathBuilder::from_circle(x as f32, y as f32, radius as f32);
        if fill {
            self.fill(circle, style.color(), self.units());
        } else {
            self.stroke(circle, style);
        }
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        let weight = match style.style() {
            FontStyle::Bold => Weight::Bold,
            FontStyle::Normal | FontStyle::Oblique | FontStyle::Italic => Weight::Regular,
        };
        let line = self.outlines.line(text, weight);
        let em = (style.size() / SIZE_OF_AN_EM) as f32;
        let before = match style.anchor().h_pos {
            HPos::Left => 0.0,
            HPos::Center => line.width / 2.0,
            HPos::Right => line.width,
        };
        let base_line = self.units().pre_translate(x as f32, y as f32 + DROP * em).pre_scale(em, em);
        self.fill(line.path, style.color(), base_line.pre_translate(-before, 0.0));
        Ok(())
    }
}

fn paint(colour: BackendColor) -> Paint<'static> {
    let (red, green, blue) = colour.rgb;
    let alpha = (colour.alpha * f64::from(u8::MAX)).round() as u8;
    Paint { shader: Shader::SolidColor(Color::from_rgba8(red, green, blue, alpha)), ..Paint::default() }
}

/// Straight lines from place to place; none if they lead nowhere.
fn polyline(places: impl IntoIterator<Item = BackendCoord>, is_closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (number, (x, y)) in places.into_iter().enumerate() {
        let (x, y) = (x as f32, y as f32);
        if number == 0 {
            path.move_to(x, y);
        } else {
            path.line_to(x, y);
        }
    }
    if is_closed {
        path.close();
    }
    path.finish()
}
