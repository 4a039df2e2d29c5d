//! Published results, reproduced: each from ordinary scenario files of the one engine, with ours beside what was published.
//!
//! To add one: a file here with its scenarios and checks, and its line in [`ALL`]. What a result needs is a part that any
//! scenario can use; the code here sets numbers in scenario files, runs them, reads the end, and holds it against numbers.

mod check;
mod covenants;
mod fishery;
mod laboratory;
mod ostracism;
mod public_good;
mod settle;
mod water;

pub use check::{Check, Status, Tolerance, Unit};

use crate::scenario::Scenario;
use crate::scenario::text::Faults;

/// A published result that the engine is to reproduce.
#[derive(Clone, Copy, Debug)]
pub struct Replication {
    /// The name by which it is asked for.
    pub name: &'static str,
    /// What it is, in a line.
    pub title: &'static str,
    /// Where it was published.
    pub source: &'static str,
    /// What to bear in mind: what is recalled and not read, what is assumed.
    pub caveats: &'static [&'static str],
    reproduce: fn() -> Result<Reproduction, Faults>,
}

/// Every published result there is, in the order in which they are run.
pub const ALL: [Replication; 5] = [
    fishery::REPLICATION,
    laboratory::REPLICATION,
    covenants::REPLICATION,
    ostracism::REPLICATION,
    public_good::REPLICATION,
];

/// What the engine made of a published result.
#[derive(Clone, Debug)]
pub struct Reproduction {
    /// Ours beside the published values.
    pub checks: Vec<Check>,
    /// What there is to draw.
    pub charts: Vec<Chart>,
    /// Every scenario that was run, by a short name.
    pub scenarios: Vec<(String, Scenario)>,
}

/// A chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Stem of its file.
    pub name: &'static str,
    /// What it shows, as a sentence.
    pub title: String,
    /// What is drawn.
    pub subtitle: String,
    /// Its numbers.
    pub drawing: Drawing,
}

/// The numbers of a chart.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawing {
    /// Lines and points in a plane.
    Plane(Plane),
    /// Ours beside the published values.
    Pairs(Pairs),
}

/// Lines and points in a plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// Title of the horizontal axis, with its unit, and its ends.
    pub x: (&'static str, (f64, f64)),
    /// Title of the vertical axis, with its unit, and how its numbers are written.
    pub y: (&'static str, Unit),
    /// Its lines.
    pub lines: Vec<Line>,
}

/// Ours beside the published values, a row each.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairs {
    /// Title of the axis, with its unit, and how its numbers are written.
    pub axis: (&'static str, Unit),
    /// The rows, from top to bottom.
    pub rows: Vec<Pair>,
}

/// One value of ours beside the published one.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// What it is.
    pub label: String,
    /// Ours.
    pub ours: f64,
    /// The published one, and how far ours may be from it.
    pub published: (f64, f64),
}

/// One line of a chart, or a row of points.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is.
    pub label: String,
    /// Its points.
    pub points: Vec<(f64, f64)>,
    /// Whether the points are joined.
    pub form: Form,
}

/// How the points of a line are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Joined, as a formula is.
    Joined,
    /// Each by itself, as results of runs are.
    Single,
}

impl Replication {
    /// The one of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|one| one.name == name)
    }

    /// Runs its scenarios and holds their end against what was published.
    ///
    /// # Errors
    /// A scenario file with a fault in it, which for bundled ones is a fault of the program.
    pub fn reproduce(&self) -> Result<Reproduction, Faults> {
        (self.reproduce)()
    }
}

impl Reproduction {
    /// Whether every value is what was published, within its tolerance.
    pub fn passes(&self) -> bool {
        self.checks.iter().all(Check::passes)
    }
}
