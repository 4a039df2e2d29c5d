//! The experiments that can be planned, made again from the plan in a folder.

use super::STORE;
use super::ending::Failure;
use commonground::experiment::plan::{CellRuns, Comparison, Experiment, Plan, PlanError, RuleTrials, StressRuns};
use commonground::experiment::{Options, Width};
use commonground::scenario::Scenario;
use std::path::Path;

/// An experiment as its plan tells it.
pub(super) enum Planned {
    /// `run` and `compare`.
    Comparison(Comparison),
    /// `principles`.
    Rules(Box<RuleTrials>),
    /// `sweep` and `sensitivity`.
    Cells(Box<CellRuns>),
    /// `stress`.
    Stress(Box<StressRuns>),
}

impl Planned {
    /// Reads the plan in a folder and makes its experiment.
    ///
    /// # Errors
    /// There is no plan, or this program cannot do it.
    pub(super) fn open(folder: &Path) -> Result<(Plan, Self), Failure> {
        let plan = Plan::open(folder)?;
        let planned = match plan.kind() {
            Comparison::KIND => Comparison::from_parameters(&STORE, plan.parameters()).map(Self::Comparison),
            RuleTrials::KIND => {
                RuleTrials::from_parameters(&STORE, plan.parameters()).map(|rules| Self::Rules(Box::new(rules)))
            }
            StressRuns::KIND => {
                StressRuns::from_parameters(&STORE, plan.parameters()).map(|runs| Self::Stress(Box::new(runs)))
            }
            kind if CellRuns::KINDS.contains(&kind) => {
                CellRuns::from_parameters(&STORE, plan.parameters()).map(|cells| Self::Cells(Box::new(cells)))
            }
            other => Err(format!("this program knows no experiment `{other}`")),
        };
        let planned = planned.map_err(Failure::Request)?;
        plan.check(planned.experiment())?;
        Ok((plan, planned))
    }

    /// How many runs were asked for, how narrow intervals, and at which level.
    pub(super) fn asked(&self) -> Options {
        match self {
            Self::Comparison(comparison) => comparison.options,
            Self::Rules(rules) => rules.options,
            Self::Cells(cells) => cells.options,
            Self::Stress(runs) => runs.options,
        }
    }

    /// How narrow the intervals of measures were to be, by name.
    pub(super) fn widths(&self) -> Vec<Width> {
        match self {
            Self::Comparison(comparison) => comparison.widths.clone(),
            Self::Rules(_) | Self::Cells(_) | Self::Stress(_) => Vec::new(),
        }
    }

    /// The texts of its scenarios, and of the study if it has one, as they are kept with results.
    pub(super) fn texts(&self) -> Vec<String> {
        match self {
            Self::Comparison(comparison) => comparison.arms.iter().map(Scenario::resolved).collect(),
            Self::Rules(rules) => vec![rules.scenario.resolved()],
            Self::Cells(cells) => vec![cells.scenario.resolved()],
            Self::Stress(runs) => {
                let designs = runs.futures.designs.iter().map(Scenario::resolved);
                designs.chain([runs.futures.shocks.resolved()]).collect()
            }
        }
    }

    /// What there is to do.
    pub(super) fn experiment(&self) -> &dyn Experiment {
        match self {
            Self::Comparison(comparison) => comparison,
            Self::Rules(rules) => rules.as_ref(),
            Self::Cells(cells) => cells.as_ref(),
            Self::Stress(runs) => runs.as_ref(),
        }
    }
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        Self::Request(error.to_string())
    }
}
