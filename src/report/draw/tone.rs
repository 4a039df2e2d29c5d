//! How a gain, a loss and an open question look: by form and word first, by colour second.

use super::super::figure::Tone;
use super::sketch::{Ink, PALETTE, Point, Sketch};

/// Half the height of a marker, in points.
const RADIUS: f64 = 6.0;

/// The colour of a tone.
pub(super) fn ink(tone: Tone) -> Ink {
    match tone {
        Tone::Better => PALETTE[0],
        Tone::Worse => PALETTE[2],
        Tone::Unclear => PALETTE[4],
    }
}

/// The word of a tone.
pub(super) fn word(tone: Tone) -> &'static str {
    match tone {
        Tone::Better => "better",
        Tone::Worse => "worse",
        Tone::Unclear => "unclear",
    }
}

/// Draws the marker of a tone: a disc, a diamond, a ring.
pub(super) fn marker(sketch: &mut Sketch, at: Point, tone: Tone) {
    match tone {
        Tone::Better => sketch.disc(at, RADIUS, ink(tone)),
        Tone::Worse => sketch.diamond(at, RADIUS * 1.35, ink(tone)),
        Tone::Unclear => sketch.ring(at, RADIUS - 1.0, ink(tone)),
    }
}
