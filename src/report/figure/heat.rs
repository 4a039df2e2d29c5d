//! A number over two axes: a map in colours, with contours.

use super::Axis;
use crate::experiment::Level;
use serde::Serialize;

/// A number over two axes, a panel for each value of a third.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Heat {
    /// Across.
    pub x: Axis,
    /// Up.
    pub y: Axis,
    /// What colour stands for.
    pub value: Axis,
    /// Places across, ascending.
    pub columns: Vec<f64>,
    /// Places up, ascending.
    pub rows: Vec<f64>,
    /// The panels, in the order in which they are to be read.
    pub panels: Vec<HeatPanel>,
    /// Whether the number is a chance, of which the contour at one half is drawn with its interval, rather than contours
    /// at round levels.
    pub is_chance: bool,
    /// Level of the intervals; the key prints it.
    pub confidence: Level,
}

/// The numbers of one panel: a list for each row, in it one for each column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeatPanel {
    /// What the panel shows; may be empty where there is but one.
    pub title: String,
    /// The numbers.
    pub mean: Vec<Vec<f64>>,
    /// Lower ends of their intervals.
    pub low: Vec<Vec<f64>>,
    /// Upper ends.
    pub high: Vec<Vec<f64>>,
}
