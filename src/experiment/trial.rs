//! Runs of one setup, sixteen at a time: the loop that a calibration, a match and a comparison over points share.

use crate::model::lanes::LANES;
use crate::model::record::Record;
use crate::model::run::Workspace;
use crate::model::setup::Setup;
use crate::model::simd::InstructionSet;
use std::ops::{ControlFlow, Range};

/// Runs a setup on these run numbers and hands over record by record, with how many of its lanes count; until all are done or
/// `take` breaks off.
pub(super) fn each_batch(
    setup: &Setup,
    seed: u64,
    runs: Range<u64>,
    instructions: InstructionSet,
    mut take: impl FnMut(&Record, usize) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut workspace = Workspace::new(setup, seed);
    for first in runs.clone().step_by(LANES) {
        let numbers = std::array::from_fn(|lane| first + lane as u64);
        let lanes = (runs.end - first).min(LANES as u64) as usize;
        let record = workspace.run(setup, numbers, instructions);
        take(&record, lanes)?;
    }
    ControlFlow::Continue(())
}
