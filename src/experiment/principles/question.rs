//! What is asked: of which rules, by which measures.

use super::design::Design;
use crate::experiment::target::unknown;
use crate::model::benchmark::Benchmark;
use crate::model::measure::{self, Address, Better, Measure};
use crate::model::setup::Setup;
use crate::model::simd::InstructionSet;
use std::fmt;

/// The combinations of rules and the measures by which they are judged.
#[derive(Clone, Debug)]
pub struct Question {
    /// The rules, and which of their combinations are run.
    pub design: Design,
    /// Measures with where they stand in the record of a run.
    measures: Vec<(Address, Measure)>,
}

/// Why a scenario cannot be asked that. Shown, it says what can be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// There is no rule in it.
    NoRules,
    /// It has no such measure.
    UnknownMeasure(measure::Unknown),
}

impl Question {
    /// Asks what the rules of a scenario do to these measures. Without any: to the need met, or the stock at the end where
    /// there is no need. With `orders` that many orders of adoption are drawn in each run; without, every combination is
    /// run up to [`MOST_EXACT`](super::MOST_EXACT) rules.
    ///
    /// # Errors
    /// The scenario has no rules, or not that measure.
    pub fn new(setup: &Setup, keys: &[String], orders: Option<u32>) -> Result<Self, Unfit> {
        let design = Design::new(setup, orders).ok_or(Unfit::NoRules)?;
        let default = [if setup.has_need() { "need_met" } else { "stock_end" }.to_owned()];
        let mut measures: Vec<(Address, Measure)> = Vec::new();
        for key in if keys.is_empty() { &default } else { keys } {
            let (address, measure) = Address::find(setup, key).map_err(Unfit::UnknownMeasure)?;
            if measures.iter().all(|(taken, _)| *taken != address) {
                measures.push((address, measure));
            }
        }
        if measures.iter().any(|(_, measure)| measure.better == Better::Towards && measure.level.is_none()) {
            measures = held_against_the_planner(setup, measures);
        }
        Ok(Self { design, measures })
    }

    /// The measures, in the order in which they were asked for.
    pub fn measures(&self) -> impl Iterator<Item = &Measure> {
        self.measures.iter().map(|(_, measure)| measure)
    }

    /// Where they stand in the record of a run.
    pub(super) fn addresses(&self) -> Vec<Address> {
        self.measures.iter().map(|(address, _)| *address).collect()
    }
}

/// The measures with the levels that a planner would bring about. Combinations of rules have one planner, who needs none.
fn held_against_the_planner(setup: &Setup, measures: Vec<(Address, Measure)>) -> Vec<(Address, Measure)> {
    let planned = Benchmark::measured(setup, InstructionSet::best());
    let held = |(address, measure): (Address, Measure)| match Address::find(&planned, &measure.key) {
        Ok((_, held)) => (address, held),
        Err(_) => (address, measure),
    };
    measures.into_iter().map(held).collect()
}

impl fmt::Display for Unfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRules => formatter.write_str(
                "the scenario has no rules to tell apart; give one with at least one rule, such as `pasture-ostrom`",
            ),
            Self::UnknownMeasure(found) => formatter.write_str(&unknown(found)),
        }
    }
}

impl std::error::Error for Unfit {}
