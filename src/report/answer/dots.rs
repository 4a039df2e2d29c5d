//! What something comes to at every point that the evidence leaves: a row of dots a design, as a page draws it.

use serde::{Deserialize, Serialize};

/// A row of dots for each of what is compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dots {
    /// What it shows, as a sentence.
    pub title: String,
    /// The same in numbers, for whoever cannot see it.
    pub description: String,
    /// What the axis is: "Difference in need met, percentage points".
    pub axis: String,
    /// Whether it has a line at 0.
    pub has_zero: bool,
    /// The number that colours the dots, with its least and its greatest value; empty where none does.
    pub colour: Vec<String>,
    /// In the order in which they stand below one another.
    pub rows: Vec<DotsRow>,
}

/// A row of dots.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DotsRow {
    /// What it is.
    pub label: String,
    /// What its dots come to: "higher in 56, lower in 23".
    pub words: String,
    /// Where each dot stands, and in which third of the number that colours it: 0 least, 2 most; 1 also where nothing colours it.
    pub dots: Vec<(f64, u8)>,
}
