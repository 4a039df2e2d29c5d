//! Charts of how rivals fare over many cases: tiles of numbers, spreads of a number, and ranges of conditions.

use super::Axis;
use serde::Serialize;

/// A number for each row and column, written on its colour.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tiles {
    /// What the numbers are; its range is that of the colours.
    pub value: Axis,
    /// Names of the rows, which all panels share.
    pub rows: Vec<String>,
    /// The panels, in the order in which they are to be read.
    pub panels: Vec<TilePanel>,
}

/// Columns of tiles that belong together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TilePanel {
    /// What they have in common; may be empty where there is but one panel.
    pub title: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// A list for each row, in it a number for each column.
    pub cells: Vec<Vec<f64>>,
}

/// How a number is spread over cases, a row each.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spreads {
    /// The number.
    pub axis: Axis,
    /// What a case is, in the plural: "futures".
    pub cases: String,
    /// The rows, from top to bottom.
    pub rows: Vec<SpreadRow>,
}

/// The spread of one row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpreadRow {
    /// Whose number it is.
    pub label: String,
    /// Values below which 5%, 25%, 50%, 75% and 95% of the cases lie.
    pub quantiles: [f64; 5],
    /// The mean.
    pub mean: f64,
    /// The largest.
    pub largest: f64,
}

/// Parts of ranges that are singled out, a panel for each set of conditions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranges {
    /// The panels, from top to bottom.
    pub panels: Vec<RangePanel>,
}

/// Conditions that hold together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RangePanel {
    /// Whose conditions they are.
    pub title: String,
    /// What they come to, in a sentence.
    pub words: String,
    /// The conditions.
    pub rows: Vec<RangeRow>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RangeRow {
    /// What it is about.
    pub label: String,
    /// The part that is singled out.
    pub reach: Reach,
    /// What stands at the two ends of the whole range; empty where there are no ends.
    pub ends: [String; 2],
    /// The condition in words.
    pub words: String,
}

/// A part of a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// From one share of the whole range to another, 0 to 1.
    Span(f64, f64),
    /// Of several kinds those that are true.
    Kinds(Vec<bool>),
}
