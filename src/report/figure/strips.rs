//! Charts of cases as dots.

use super::Axis;
use serde::Serialize;

/// A row of dots for each design: where each case lies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Strips {
    /// What runs to the right.
    pub axis: Axis,
    /// What the colour of a dot stands for; `None`: nothing.
    pub colour: Option<Colour>,
    /// The rows, from top to bottom.
    pub rows: Vec<Strip>,
}

/// What colours stand for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Colour {
    /// The number.
    pub title: String,
    /// Its values at the two ends of the ramp.
    pub ends: [f64; 2],
}

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Strip {
    /// What it is about.
    pub label: String,
    /// What the dots come to, in words beside the row.
    pub words: String,
    /// Each case: where it lies, and how far from one end of the ramp to the other its colour is (0 to 1; NaN for none).
    pub dots: Vec<(f64, f64)>,
}
