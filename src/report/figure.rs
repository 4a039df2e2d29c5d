//! Charts as data: what is to be shown, in the numbers and words of the result, without a pixel.
//!
//! A figure is drawn by [`draw`](super::draw). A number that is missing is written as NaN: it leaves a gap in a line, and a
//! series without any number is drawn as "no data".

mod fitted;
mod heat;
mod robustness;
mod scale;
mod strips;

pub use fitted::{Agreement, AgreementPanel, Pair, Posterior, Posteriors};
pub use heat::{Heat, HeatPanel};
pub use robustness::{RangePanel, RangeRow, Ranges, Reach, SpreadRow, Spreads, TilePanel, Tiles};
pub use scale::AxisScale;
pub use strips::{Colour, Strip, Strips};

use crate::experiment::Level;
use serde::Serialize;

/// One chart with all the words that stand on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Stem of the file the chart is written to; also the prefix of identifiers inside the SVG.
    pub name: String,
    /// The finding the chart shows, as a full sentence.
    pub title: String,
    /// What is drawn: the measure, the number of runs, the kind of interval.
    pub subtitle: String,
    /// Where the numbers come from; one small line at the foot.
    pub note: String,
    /// The numbers.
    pub body: Body,
}

/// The numbers of a chart, by kind of chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// Quantiles over time, a fan for each arm.
    Fan(Fan),
    /// The share of runs in which something still stands or has fallen, a step curve for each arm.
    Survival(Survival),
    /// Differences from zero with their intervals, one row each.
    Dots(Dots),
    /// Values as bars from zero with their intervals.
    Bars(Bars),
    /// A number for each pair, as a triangle of cells.
    Matrix(Matrix),
    /// Lines and points in a plane.
    Plane(Plane),
    /// Dots on plain axes, joined or not: a response, a cloud, a plane.
    Points(Points),
    /// A number over two axes, as colour with contours.
    Heat(Heat),
    /// Two numbers a row with their intervals.
    Effects(Effects),
    /// What is foretold against what was observed.
    Agreement(Agreement),
    /// What is known of numbers before and after the data.
    Posteriors(Posteriors),
    /// A number for each row and column, written on its colour.
    Tiles(Tiles),
    /// How a number is spread over cases, a row each.
    Spreads(Spreads),
    /// Conditions as parts of ranges.
    Ranges(Ranges),
    /// Cases as dots, a row a design.
    Strips(Strips),
}

/// Quantiles over time: up to three arms share one plot, more arms get a panel each on the same axes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fan {
    /// Time.
    pub x: Axis,
    /// The measure.
    pub y: Axis,
    /// One fan for each arm, in the order in which they are to be read.
    pub series: Vec<FanSeries>,
    /// Levels worth knowing, such as the stock below which the pool has collapsed.
    pub guides: Vec<Guide>,
}

/// The fan of one arm. The columns belong together by index; what exceeds the shortest is not drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FanSeries {
    /// Name of the arm.
    pub label: String,
    /// Places on the x axis, ascending.
    pub x: Vec<f64>,
    /// Median over the runs.
    pub median: Vec<f64>,
    /// Ranges around the median, in any order.
    pub bands: Vec<Band>,
}

/// The range that holds a given share of the runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Band {
    /// Share of the runs inside the range, 0 to 1; the key prints it.
    pub share: f64,
    /// Lower end at each place on the x axis.
    pub low: Vec<f64>,
    /// Upper end at each place on the x axis.
    pub high: Vec<f64>,
}

/// A level drawn across the plot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Guide {
    /// What the level means.
    pub label: String,
    /// Where it lies on the y axis.
    pub value: f64,
}

/// How long something lasts by arm, always from 0% to 100%: the share of runs in which it still stands, or has fallen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Survival {
    /// Time.
    pub x: Axis,
    /// What the share is of, for example "runs in which the pool has not collapsed".
    pub y_title: String,
    /// Level of the interval; the key prints it.
    pub confidence: Level,
    /// One curve for each arm.
    pub curves: Vec<SurvivalCurve>,
}

/// The shares of one arm; each holds from its place on the x axis until the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SurvivalCurve {
    /// Position of the arm among all of the experiment, which decides its colour and dash.
    pub arm: usize,
    /// Name of the arm.
    pub label: String,
    /// Places on the x axis, ascending.
    pub x: Vec<f64>,
    /// Share of runs, 0 to 1.
    pub share: Vec<f64>,
    /// Lower end of the interval of the share.
    pub low: Vec<f64>,
    /// Upper end of the interval of the share.
    pub high: Vec<f64>,
}

/// Lines and points in a plane, such as a formula and what runs make of it. At most three, each named at its end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plane {
    /// What runs to the right.
    pub x: Axis,
    /// What runs up.
    pub y: Axis,
    /// The lines, in the order in which they are to be read.
    pub lines: Vec<PlaneLine>,
}

/// One line of a plane, or a row of points.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaneLine {
    /// What it is.
    pub label: String,
    /// Its points, in the order in which they are joined.
    pub points: Vec<(f64, f64)>,
    /// Whether the points are joined, or drawn each by itself.
    pub joined: bool,
}

/// Differences with intervals. Panels with the same rows stand side by side, others below each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dots {
    /// One panel for each measure, or group of measures with one unit.
    pub panels: Vec<DotPanel>,
}

/// Rows that share an axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DotPanel {
    /// What the panel shows.
    pub title: String,
    /// Unit and range of the differences.
    pub axis: Axis,
    /// The differences, from top to bottom.
    pub rows: Vec<DotRow>,
}

/// One difference and its interval.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DotRow {
    /// What is compared.
    pub label: String,
    /// The difference.
    pub value: f64,
    /// Lower end of the interval; NaN where there is none.
    pub low: f64,
    /// Upper end of the interval; NaN where there is none.
    pub high: f64,
    /// What the difference means for the place.
    pub tone: Tone,
}

/// Values with their intervals, one bar each.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bars {
    /// Unit and range of the values.
    pub axis: Axis,
    /// The values, from top to bottom.
    pub rows: Vec<DotRow>,
    /// Whether the tones of the rows say better and worse; they do not for a measure of which neither direction is better.
    pub judged: bool,
}

/// A number for each pair of things.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Matrix {
    /// Names of the things.
    pub labels: Vec<String>,
    /// The pairs.
    pub cells: Vec<MatrixCell>,
    /// How the numbers are written.
    pub format: Format,
    /// What a number above zero means.
    pub positive: String,
    /// What a number below zero means.
    pub negative: String,
}

/// The number of one pair.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MatrixCell {
    /// Position of the later of the two among the labels.
    pub row: usize,
    /// Position of the earlier.
    pub column: usize,
    /// The number.
    pub value: f64,
    /// Whether its interval excludes zero.
    pub clear: bool,
}

/// Dots on plain axes, a panel beside the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Points {
    /// The panels.
    pub panels: Vec<Panel>,
}

/// Dots that share axes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Panel {
    /// What the panel shows; may be empty where there is but one.
    pub title: String,
    /// Across.
    pub x: Axis,
    /// Up.
    pub y: Axis,
    /// The dots, in the order in which they are joined.
    pub dots: Vec<Dot>,
    /// Whether a line joins them, with a ribbon between their intervals.
    pub joined: bool,
    /// Places worth knowing.
    pub marks: Vec<Mark>,
}

/// A dot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dot {
    /// What it stands for; may be empty.
    pub label: String,
    /// Across.
    pub x: f64,
    /// Up.
    pub y: f64,
    /// Interval across.
    pub across: Option<(f64, f64)>,
    /// Interval up.
    pub up: Option<(f64, f64)>,
}

/// A place with an interval across.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// What it means.
    pub label: String,
    /// Where it is, across and up.
    pub at: (f64, f64),
    /// Between which places across it may lie.
    pub across: (f64, f64),
}

/// Two numbers a row, such as what an input does alone and in all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effects {
    /// What the numbers are.
    pub axis: Axis,
    /// What the two of each row are called.
    pub names: [String; 2],
    /// The rows, from top to bottom.
    pub rows: Vec<EffectRow>,
}

/// A row with two numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EffectRow {
    /// What it is about.
    pub label: String,
    /// Each number with the ends of its interval: number, low, high.
    pub values: [(f64, f64, f64); 2],
}

/// What a difference means. It is shown by the form of the marker and in words, not by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// A gain, and the interval excludes zero.
    Better,
    /// A loss, and the interval excludes zero.
    Worse,
    /// The interval spans zero.
    Unclear,
}

/// Words, unit and range of an axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Axis {
    /// What is measured, with its unit.
    pub title: String,
    /// How the numbers are written.
    pub format: Format,
    /// The ends of the axis; `None` takes them from the data. What lies outside is drawn at the edge.
    pub range: Option<(f64, f64)>,
    /// How numbers lie on it.
    #[serde(skip_serializing_if = "AxisScale::is_even")]
    pub scale: AxisScale,
}

impl Axis {
    /// An axis of plain numbers whose ends come from the data.
    pub fn number(title: impl Into<String>) -> Self {
        Self { title: title.into(), format: Format::Number, range: None, scale: AxisScale::Even }
    }

    /// An axis of shares from 0 to 1, written as 0% to 100%.
    pub fn percent(title: impl Into<String>) -> Self {
        Self { title: title.into(), format: Format::Percent, range: None, scale: AxisScale::Even }
    }

    /// An axis of differences between shares, written in percentage points.
    pub fn points(title: impl Into<String>) -> Self {
        Self { title: title.into(), format: Format::Points, range: None, scale: AxisScale::Even }
    }
}

/// How numbers are written on an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// As they are: `12,500`.
    Number,
    /// Shares as per cent: `0.25` is written `25%`.
    Percent,
    /// Calendar years: `2015`, without a comma.
    Year,
    /// Differences of shares in percentage points, the unit left to the axis title: `0.25` is written `25`.
    Points,
}
