//! The years of a run: which steps each of them has.

use super::recorded_steps;
use crate::setup::Setup;
use serde::{Deserialize, Serialize};

/// The years of which measures are recorded: every one, or evenly thinned in a very long run. The last is always among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Years {
    /// In their order.
    pub recorded: Vec<Year>,
}

/// A year of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    /// Which one, from 1. Where a step is longer than a year, the one in which the step begins.
    pub number: u32,
    /// Its first step, from 0.
    pub from: u32,
    /// The step after its last. The last year of a run may be shorter than the others.
    pub until: u32,
}

impl Year {
    /// Number of its steps.
    #[must_use]
    pub fn steps(self) -> u32 {
        self.until - self.from
    }
}

impl Years {
    /// The years of a setup.
    #[must_use]
    pub fn of(setup: &Setup) -> Self {
        let number = |step: u32| libm::floor(setup.years(step)) as u32 + 1;
        let begins = |step: &u32| *step == 0 || number(*step) != number(step - 1);
        let firsts: Vec<u32> = (0..setup.steps).filter(begins).collect();
        let year = |position: u32| {
            let position = position as usize;
            let from = firsts[position];
            Year { number: number(from), from, until: firsts.get(position + 1).copied().unwrap_or(setup.steps) }
        };
        Self { recorded: recorded_steps(firsts.len() as u32).into_iter().map(year).collect() }
    }

    /// Position of a year among those that are recorded.
    pub(super) fn position(&self, number: u32) -> Option<usize> {
        self.recorded.iter().position(|year| year.number == number)
    }

    /// Which years there are, in words: `1 to 10`.
    pub(super) fn words(&self) -> String {
        let numbers: Vec<u32> = self.recorded.iter().map(|year| year.number).collect();
        match numbers[..] {
            [] => "none".to_owned(),
            [one] => one.to_string(),
            [first, last] => format!("{first} and {last}"),
            [first, .., last] if (last - first) as usize + 1 == numbers.len() => format!("{first} to {last}"),
            [first, second, .., last] => format!("{first}, {second} and so on to {last}"),
        }
    }
}
