//! The key above a chart: what a line, a ribbon or a marker stands for.

use super::super::figure::Tone;
use super::curves::{LINE, RIBBON, SHADOW};
use super::sketch::{Anchor, GREY, Ink, Rect, Sketch, Stroke, Type};
use super::{guides, tone};

/// One entry.
pub(super) enum Key {
    Line(String),
    /// The line of another arm, behind.
    Shadow(String),
    /// A level across the plots.
    Guide(String),
    /// A ribbon that lies inside `layers − 1` others.
    Ribbon {
        text: String,
        layers: usize,
    },
    Marker {
        text: String,
        tone: Tone,
    },
    /// A filled bar or cell.
    Block {
        text: String,
        ink: Ink,
    },
}

impl Key {
    fn text(&self) -> &str {
        match self {
            Self::Line(text)
            | Self::Shadow(text)
            | Self::Guide(text)
            | Self::Ribbon { text, .. }
            | Self::Marker { text, .. }
            | Self::Block { text, .. } => text,
        }
    }

    /// Width of what is drawn before the words.
    fn swatch(&self) -> f64 {
        if matches!(self, Self::Marker { .. } | Self::Block { .. }) { 14.0 } else { 30.0 }
    }
}

const SPACE: f64 = 24.0;
const ROW: f64 = 22.0;

/// Draws the entries side by side, in more rows if they need them; gives back where they end.
pub(super) fn draw<'a>(sketch: &mut Sketch, keys: impl IntoIterator<Item = &'a Key>, area: Rect) -> f64 {
    let (mut x, mut y) = (area.left, area.top);
    for key in keys {
        let width = key.swatch() + 8.0 + sketch.lettering.width(key.text(), Type::BODY);
        if x > area.left && x + width > area.right {
            (x, y) = (area.left, y + ROW);
        }
        let middle = y + ROW / 2.0;
        swatch(sketch, key, x, middle);
        let at = (x + key.swatch() + 8.0, middle);
        sketch.centred(&[key.text().to_owned()], at, Anchor::Start, Type::BODY, GREY);
        x += width + SPACE;
    }
    y + ROW
}

fn swatch(sketch: &mut Sketch, key: &Key, left: f64, middle: f64) {
    let right = left + key.swatch();
    match key {
        Key::Line(_) => sketch.line(vec![(left, middle), (right, middle)], Stroke::solid(GREY, LINE)),
        Key::Shadow(_) => sketch.line(vec![(left, middle), (right, middle)], SHADOW),
        Key::Guide(_) => sketch.line(vec![(left, middle), (right, middle)], guides::STROKE),
        Key::Ribbon { layers, .. } => {
            let rect = Rect { left, top: middle - 7.0, right, bottom: middle + 7.0 };
            for _ in 0..(*layers).min(6) {
                sketch.rectangle(rect, GREY, RIBBON);
            }
        }
        Key::Block { ink, .. } => {
            sketch.rectangle(Rect { left, top: middle - 7.0, right, bottom: middle + 7.0 }, *ink, 1.0);
        }
        Key::Marker { tone, .. } => {
            tone::marker(sketch, (left + key.swatch() / 2.0, middle), *tone);
        }
    }
}
