//! Runs that failed, because a number left those that can be computed with: how many there are, and which is the first.

use crate::model::failure::{self, Failure};
use crate::model::setup::Setup;
use serde::{Deserialize, Serialize};

/// Failed runs of one setup.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failures {
    /// How many runs failed.
    pub runs: u64,
    /// Number of the first of them.
    pub first: Option<u64>,
}

/// Failed runs of one of the setups of an experiment, and where the first of them left the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedRuns {
    /// What was run, for people: the title of an arm, the values of a cell. Empty where there is but one.
    pub of: String,
    /// How many runs failed, and of how many.
    pub runs: u64,
    /// Runs that were done, with those that failed.
    pub all: u64,
    /// Number of the first that failed.
    pub first: u64,
    /// Where it first left the numbers; `None` where that cannot be told.
    pub place: Option<Failure>,
}

impl Failures {
    /// Takes in a run that failed.
    pub(super) fn add(&mut self, run: u64) {
        self.runs += 1;
        self.first = Some(self.first.map_or(run, |first| first.min(run)));
    }

    /// Takes in those of further runs.
    pub(super) fn merge(&mut self, other: &Self) {
        self.runs = self.runs.saturating_add(other.runs);
        self.first = self.first.into_iter().chain(other.first).min();
    }

    /// What is to be told of them; `None` if there are none. Works the first failed run out once more.
    pub fn told(&self, of: &str, all: u64, setup: &Setup, seed: u64) -> Option<FailedRuns> {
        let first = self.first?;
        let place = failure::first(setup, seed, first);
        Some(FailedRuns { of: of.to_owned(), runs: self.runs, all, first, place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_the_lowest_in_any_order() {
        let mut forth = Failures::default();
        for run in [40, 17, 18] {
            forth.add(run);
        }
        assert_eq!(forth, Failures { runs: 3, first: Some(17) });
        let mut back = Failures { runs: 1, first: Some(3) };
        back.merge(&forth);
        forth.merge(&Failures { runs: 1, first: Some(3) });
        assert_eq!((forth, back), (Failures { runs: 4, first: Some(3) }, back));
    }
}
