//! How paired runs differ in two measures at once: in how many of them both things happen.

use serde::{Deserialize, Serialize};

use super::super::phrase::{capitalised, count, percent, subject};
use super::super::study::Study;
use crate::model::measure::{Measure, Unit};

/// Paired runs in the plane of two changes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cloud {
    /// What it shows, as a sentence.
    pub title: String,
    /// The share of every quadrant in words.
    pub description: String,
    /// The change across.
    pub across: String,
    /// The change upwards.
    pub upwards: String,
    /// Shares of the pairs in the quadrants, written: right above, left above, left below, right below.
    pub shares: [String; 4],
    /// The first pairs, in points or in the unit of the measure.
    pub points: Vec<[f64; 2]>,
}

/// What is gathered of every pair of runs while they are written.
#[derive(Clone, Debug)]
pub(in crate::report) struct Pairs {
    /// Keys of the measures across and upwards.
    keys: [&'static str; 2],
    /// Where they stand in the outcomes of the first design and of the other.
    positions: [[usize; 2]; 2],
    /// Pairs that have both measures.
    all: u64,
    /// Of these, those in each quadrant; a pair without change in one of them is in none.
    quadrants: [u64; 4],
    points: Vec<[f64; 2]>,
}

/// The first so many pairs are drawn, all are counted.
const DRAWN: usize = 200;

/// Measures that are looked at together: of need and money, or of a plain pool.
const LOOKED_AT: [[&str; 2]; 2] = [["need_met", "margin"], ["welfare_share", "stock_end"]];

impl Pairs {
    /// For two designs whose outcomes have these keys; `None` where they lack both pairs of measures.
    pub(in crate::report) fn of(first: &[Measure], other: &[Measure]) -> Option<Self> {
        LOOKED_AT.into_iter().find_map(|keys| {
            let at = |measures: &[Measure], key: &str| measures.iter().position(|measure| measure.key == key);
            let both = |measures: &[Measure]| Some([at(measures, keys[0])?, at(measures, keys[1])?]);
            let positions = [both(first)?, both(other)?];
            Some(Self { keys, positions, all: 0, quadrants: [0; 4], points: Vec::new() })
        })
    }

    /// Takes in a pair of runs, by a function that tells the outcome of a design at a position.
    pub(in crate::report) fn take(&mut self, value: impl Fn(usize, usize) -> Option<f64>) {
        let change = |measure: usize| {
            let [from, to] = [0, 1].map(|design| value(design, self.positions[design][measure]));
            from.zip(to).map(|(from, to)| to - from).filter(|change| change.is_finite())
        };
        let (Some(x), Some(y)) = (change(0), change(1)) else { return };
        self.all += 1;
        let quadrant = match (x, y) {
            (x, y) if x > 0.0 && y > 0.0 => Some(0),
            (x, y) if x < 0.0 && y > 0.0 => Some(1),
            (x, y) if x < 0.0 && y < 0.0 => Some(2),
            (x, y) if x > 0.0 && y < 0.0 => Some(3),
            _ => None,
        };
        if let Some(quadrant) = quadrant {
            self.quadrants[quadrant] += 1;
        }
        if self.points.len() < DRAWN {
            self.points.push([x, y]);
        }
    }

    /// What came of all pairs; `None` where there are too few to draw, or nothing that moves in both measures.
    pub(in crate::report) fn cloud(&self, study: &Study) -> Option<Cloud> {
        if self.all < super::FEWEST || self.quadrants.iter().sum::<u64>() * 2 < self.all {
            return None;
        }
        let known = |key: &str| study.measures().iter().find(|measure| measure.key == key);
        let measures = [known(self.keys[0])?, known(self.keys[1])?];
        let [across, upwards] = measures.map(subject);
        let unit = |measure: &Measure| if measure.unit == Unit::Share { ", points" } else { "" };
        let scale = measures.map(|measure| if measure.unit == Unit::Share { 100.0 } else { 1.0 });
        let ways = [("rises", "rises"), ("falls", "rises"), ("falls", "falls"), ("rises", "falls")];
        let told = |quadrant: usize| {
            let (x, y) = ways[quadrant];
            format!("{across} {x} and {upwards} {y}")
        };
        let shares = self.quadrants.map(|some| percent(some, self.all));
        let most = (0..4).max_by_key(|quadrant| (self.quadrants[*quadrant], 4 - quadrant))?;
        let each: Vec<String> = (0..4).map(|quadrant| format!("{} in {}", told(quadrant), shares[quadrant])).collect();
        Some(Cloud {
            title: format!("In {} of paired runs {}", shares[most], told(most)),
            description: format!("Of {} paired runs: {}.", count(self.all), each.join("; ")),
            across: format!("Change in {across}{}", unit(measures[0])),
            upwards: format!("Change in {upwards}{}", unit(measures[1])),
            points: self.points.iter().map(|[x, y]| [rounded(x * scale[0]), rounded(y * scale[1])]).collect(),
            shares: shares.map(|share| capitalised(&share)),
        })
    }
}

/// As finely as a chart can show.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
