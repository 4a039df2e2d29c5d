//! Words as shapes: the outlines of the shipped font's letters, one after the other, kerned.

use tiny_skia::{Path, PathBuilder};
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder};
use unicode_width::UnicodeWidthChar;

use super::super::DrawError;
use super::super::lettering::{BOLD, REGULAR};
use super::super::sketch::Weight;

/// The shipped font, ready to draw with.
pub(super) struct Outlines {
    regular: Face<'static>,
    bold: Face<'static>,
}

/// A line of text from the start of its base line, in ems, growing downwards.
pub(super) struct Line {
    /// None if nothing of it is seen.
    pub(super) path: Option<Path>,
    pub(super) width: f32,
}

impl Outlines {
    pub(super) fn load() -> Result<Self, DrawError> {
        let face = |bytes| Face::parse(bytes, 0).map_err(|_| DrawError::Font);
        Ok(Self { regular: face(REGULAR)?, bold: face(BOLD)? })
    }

    /// The text in one line. A character that the font lacks is a box, or nothing if it would take no room.
    pub(super) fn line(&self, text: &str, weight: Weight) -> Line {
        let face = match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        };
        let em = f32::from(face.units_per_em());
        let mut pen = Pen { path: PathBuilder::new(), x: 0.0, em };
        let mut before = None;
        for letter in text.chars() {
            let known = face.glyph_index(letter);
            if known.is_none() && letter.width().unwrap_or(0) == 0 {
                continue;
            }
            let glyph = known.unwrap_or(GlyphId(0));
            pen.x += before.map_or(0.0, |before| kerning(face, before, glyph)) / em;
            face.outline_glyph(glyph, &mut pen);
            pen.x += f32::from(face.glyph_hor_advance(glyph).unwrap_or(0)) / em;
            before = Some(glyph);
        }
        Line { path: pen.path.finish(), width: pen.x }
    }
}

/// By how many units of the font two letters stand further apart; most that do not fit well stand closer.
fn kerning(face: &Face, first: GlyphId, second: GlyphId) -> f32 {
    let lookups = face.tables().gpos.map(|gpos| gpos.lookups);
    let pairs = lookups.into_iter().flatten().filter_map(|lookup| {
        lookup.subtables.into_iter::<PositioningSubtable>().find_map(|subtable| pair(&subtable, first, second))
    });
    pairs.map(f32::from).sum()
}

/// What one table of pairs says, if the two are in it.
fn pair(subtable: &PositioningSubtable, first: GlyphId, second: GlyphId) -> Option<i16> {
    let PositioningSubtable::Pair(pairs) = subtable else { return None };
    let place = pairs.coverage().get(first)?;
    let (moved, _) = match pairs {
        PairAdjustment::Format1 { sets, .. } => sets.get(place)?.get(second)?,
        PairAdjustment::Format2 { classes, matrix, .. } => matrix.get((classes.0.get(first), classes.1.get(second)))?,
    };
    Some(moved.x_advance)
}

/// Draws letters at a place on the base line.
struct Pen {
    path: PathBuilder,
    /// Where the letter starts, in ems.
    x: f32,
    /// Units of the font in an em.
    em: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x / self.em, -y / self.em)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (x1, y1) = self.at(x1, y1);
        let (x, y) = self.at(x, y);
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (x1, y1) = self.at(x1, y1);
        let (x2, y2) = self.at(x2, y2);
        let (x, y) = self.at(x, y);
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
