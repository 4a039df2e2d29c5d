//! Charts of numbers fitted to data.

use super::Axis;
use serde::Serialize;

/// What is foretold against what was observed, a panel for each unit. On the diagonal the two are the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// The panels.
    pub panels: Vec<AgreementPanel>,
}

/// Observations of one unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgreementPanel {
    /// The unit, across and up alike.
    pub axis: Axis,
    /// The observations.
    pub pairs: Vec<Pair>,
}

/// An observation and what is foretold of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// What was observed.
    pub label: String,
    /// Its value.
    pub observed: f64,
    /// Its standard error.
    pub error: f64,
    /// What is foretold.
    pub foretold: f64,
    /// The interval of what is foretold.
    pub interval: (f64, f64),
    /// Whether it was left out of the fit.
    pub left_out: bool,
}

/// What is known of numbers before and after the data: a row each, on a scale of its own on which all was alike before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Posteriors {
    /// What the heights count.
    pub title: String,
    /// What the intervals are.
    pub interval: String,
    /// What the best is called.
    pub mark: String,
    /// The numbers, from top to bottom.
    pub rows: Vec<Posterior>,
}

/// What is known of one number. Places are shares of the way from the least to the greatest value held possible.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Posterior {
    /// What the number is.
    pub label: String,
    /// The least and the greatest value held possible before.
    pub ends: [f64; 2],
    /// How often even slices of the way are met, against how often they were held possible before.
    pub heights: Vec<f64>,
    /// Value and place of the median.
    pub median: (f64, f64),
    /// Values and places of the ends of the interval.
    pub interval: [(f64, f64); 2],
    /// Value and place of the best.
    pub best: (f64, f64),
}
