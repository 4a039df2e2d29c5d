//! What one set of values comes to: every scenario with these values, run, and read where data were observed.

use super::problem::Problem;
use crate::experiment::trial::each_batch;
use crate::experiment::vary::Parameter as Varied;
use crate::model::benchmark::Benchmark;
use crate::model::failure::FAILED;
use crate::model::setup::Setup;
use crate::model::simd::InstructionSet;
use crate::scenario::bundled::BUNDLED;
use crate::scenario::text::Faults;
use std::ops::{ControlFlow, Range};

/// What is foretold of one observation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Foretold {
    /// In the unit of the data; NaN where no run has a value.
    pub value: f64,
    /// Standard error from the number of runs; NaN of what is not a mean.
    pub error: f64,
    /// Runs that failed; they are in neither.
    pub failed: u64,
}

/// What these values foretell, an entry for each observation. Every set of values meets the same luck.
///
/// # Errors
/// A scenario is impossible with these values.
pub(super) fn foretell(problem: &Problem, values: &[f64], runs: Range<u64>) -> Result<Vec<Foretold>, Faults> {
    let mut foretold = vec![Foretold { value: f64::NAN, error: f64::NAN, failed: 0 }; problem.observations.len()];
    for case in 0..problem.cases.len() {
        let setup = setup(problem, case, values)?;
        let of_case = |position: &usize| problem.observations[*position].case == case;
        let positions: Vec<usize> = (0..problem.observations.len()).filter(of_case).collect();
        let mut read: Vec<Vec<f64>> = vec![Vec::new(); positions.len()];
        // Nothing breaks off.
        let _ = each_batch(&setup, problem.file.method.seed, runs.clone(), InstructionSet::best(), |record, lanes| {
            for (values, position) in read.iter_mut().zip(&positions) {
                values.extend_from_slice(&problem.observations[*position].read(record)[..lanes]);
            }
            ControlFlow::Continue(())
        });
        for (values, position) in read.into_iter().zip(positions) {
            let failed = values.iter().filter(|value| **value == FAILED).count() as u64;
            let (value, error) = problem.observations[position].foretell(values);
            foretold[position] = Foretold { value, error, failed };
        }
    }
    Ok(foretold)
}

/// A scenario with these values in it.
fn setup(problem: &Problem, case: usize, values: &[f64]) -> Result<Setup, Faults> {
    let (_, scenario) = &problem.cases[case];
    let changes = problem.parameters.iter().zip(values).flat_map(|(parameter, value)| {
        parameter.places[case].iter().map(|pointer| (pointer.as_str(), Varied::json(*value)))
    });
    let mut setup = scenario.setup_with(&BUNDLED, changes)?;
    if scenario.setup.benchmark().is_some() {
        setup = Benchmark::measured(&setup, InstructionSet::best());
    }
    Ok(setup)
}
