//! How far a scenario is from each target: what it says is put in place of the open numbers in every arm, wherever it has them.

use super::places::{Change, expand};
use super::problem::Problem;
use super::target::Foretold;
use super::waves::nth_largest;
use crate::scenario::Scenario;
use crate::scenario::text::Faults;
use serde_json::Value;

/// A scenario held against the targets of a match.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Runs of each arm.
    pub runs: u32,
    /// What they foretell of each target, and how far off that is in standard deviations; NaN where nothing was observed. Nothing
    /// where a run failed.
    pub targets: Vec<(Foretold, f64)>,
    /// How far off the target that counts is.
    pub worst: f64,
    /// Open and derived numbers that the scenario says.
    pub said: usize,
    /// Open and derived numbers in all.
    pub numbers: usize,
    /// Positions of open numbers that lie outside of what was held possible, with what the scenario says.
    pub outside: Vec<(usize, f64)>,
}

impl Held {
    /// Whether the evidence rules it out.
    pub fn is_ruled_out(&self, cutoff: f64) -> bool {
        self.targets.is_empty() || self.worst > cutoff
    }
}

impl Problem {
    /// Holds a scenario against the targets. `None` if it says none of the open numbers.
    ///
    /// # Errors
    /// What it says is impossible in an arm.
    pub fn hold(&self, scenario: &Scenario) -> Result<Option<Held>, Faults> {
        let document = scenario.document().value();
        let said = |pointer: &str| expand(document, pointer).into_iter().next().map(|(_, value)| value);
        let is_said = |quantity: &usize| {
            let mut places = self.places.iter().flat_map(|arm| &arm[*quantity]);
            places.any(|place| said(&place.pointer).is_some())
        };
        let numbers = self.file.numbers.len() + self.file.derived.len();
        let known = (0..numbers).filter(is_said).count();
        if known == 0 {
            return Ok(None);
        }
        let runs = self.file.method.verify.max(self.file.method.runs);
        let mut readings: Vec<Vec<f64>> = vec![Vec::new(); self.readings.len()];
        let mut failed = false;
        for arm in 0..self.arms.len() {
            let places = self.places[arm].iter().flatten();
            let changes = places
                .filter_map(|place| Some((place.pointer.as_str(), Change::Value(said(&place.pointer)?).json(0.0))));
            let setup = self.setup_with(arm, changes)?;
            failed |= !self.run(arm, &setup, runs, &mut readings);
        }
        let foretold = |aim: &super::Aim| {
            let value = aim.foretell(&readings);
            (value, aim.implausibility(value))
        };
        let targets: Vec<(Foretold, f64)> = if failed { Vec::new() } else { self.aims.iter().map(foretold).collect() };
        let matched = self.aims.iter().zip(&targets).filter(|(aim, _)| aim.is_matched);
        let worst = nth_largest(matched.map(|(_, (_, off))| *off), self.file.method.rank as usize);
        Ok(Some(Held { runs, targets, worst, said: known, numbers, outside: self.outside(document) }))
    }

    /// Open numbers of which a scenario says a value outside of their range.
    fn outside(&self, document: &Value) -> Vec<(usize, f64)> {
        let beyond = |(position, open): (usize, &super::file::Open)| {
            let [low, high] = open.range;
            let mut said = open.pointers.iter().flat_map(|pointer| expand(document, pointer));
            said.find(|(_, value)| *value < low || *value > high).map(|(_, value)| (position, value))
        };
        self.file.numbers.values().enumerate().filter_map(beyond).collect()
    }
}
