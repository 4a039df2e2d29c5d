//! The experiments that can be planned, made again from the plan in a folder.

use super::STORE;
use super::ending::Failure;
use commonground::experiment::plan::{Comparison, Experiment, Plan, PlanError};
use std::path::Path;

/// An experiment as its plan tells it.
pub(super) enum Planned {
    /// `run` and `compare`.
    Comparison(Comparison),
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
            other => Err(format!("this program knows no experiment `{other}`")),
        };
        let planned = planned.map_err(Failure::Request)?;
        plan.check(planned.experiment())?;
        Ok((plan, planned))
    }

    /// What there is to do.
    pub(super) fn experiment(&self) -> &dyn Experiment {
        match self {
            Self::Comparison(comparison) => comparison,
        }
    }
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        Self::Request(error.to_string())
    }
}
