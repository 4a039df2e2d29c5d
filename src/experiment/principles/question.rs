//! What is asked: of which rules, by which measures.

use super::design::Design;
use crate::model::measure::{Measure, outcome_measures};
use crate::model::setup::Setup;
use crate::scenario::text::did_you_mean;
use std::fmt;

/// The combinations of rules and the measures by which they are judged.
#[derive(Clone, Debug)]
pub struct Question {
    /// The rules, and which of their combinations are run.
    pub design: Design,
    /// Measures with their positions among the outcomes of a run.
    measures: Vec<(usize, Measure)>,
}

/// Why a scenario cannot be asked that. Shown, it says what can be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// There is no rule in it.
    NoRules,
    /// It has no such outcome measure.
    UnknownMeasure {
        /// What was asked for.
        key: String,
        /// The measures that it has.
        known: Vec<String>,
    },
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
        let all = outcome_measures(setup);
        let default = [if setup.has_need() { "need_met" } else { "stock_end" }.to_owned()];
        let mut measures: Vec<(usize, Measure)> = Vec::new();
        for key in if keys.is_empty() { &default } else { keys } {
            let found = all.iter().position(|measure| measure.key == *key);
            let Some(position) = found else {
                let known = all.into_iter().map(|measure| measure.key).collect();
                return Err(Unfit::UnknownMeasure { key: key.clone(), known });
            };
            if measures.iter().all(|(taken, _)| *taken != position) {
                measures.push((position, all[position].clone()));
            }
        }
        Ok(Self { design, measures })
    }

    /// The measures, in the order in which they were asked for.
    pub fn measures(&self) -> impl Iterator<Item = &Measure> {
        self.measures.iter().map(|(_, measure)| measure)
    }

    /// Their positions among the outcomes of a run.
    pub(super) fn positions(&self) -> Vec<usize> {
        self.measures.iter().map(|(position, _)| *position).collect()
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRules => formatter.write_str(
                "the scenario has no rules to tell apart; give one with at least one rule, such as `pasture-ostrom`",
            ),
            Self::UnknownMeasure { key, known } => {
                let hint = did_you_mean(key, known.iter().map(String::as_str));
                write!(formatter, "no run of this scenario has a measure `{key}`{hint}")?;
                if hint.is_empty() { write!(formatter, "; there are {}", known.join(", ")) } else { Ok(()) }
            }
        }
    }
}

impl std::error::Error for Unfit {}
