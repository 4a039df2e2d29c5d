//! What every single provider did and earned in a named run, where there are few: for a page that shows each of them.

use super::Options;
use crate::model::lanes::LANES;
use crate::model::look::Stepper;
use crate::model::rows::Packing;
use crate::model::setup::Setup;
use std::collections::BTreeMap;

/// Providers up to which each is shown by itself.
pub const FEW: usize = 6;

/// Every provider of one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Herd {
    /// Effort, provider by provider and in each the steps, in the unit of effort.
    pub effort: Vec<Vec<f64>>,
    /// What it has left of its income in each step, in money.
    pub earned: Vec<Vec<f64>>,
}

/// The providers of some runs, where there are few providers and no need, so that all that counts of one is what it takes and
/// earns. Every step is kept.
pub(super) fn of(setup: &Setup, runs: &[u64], options: Options) -> BTreeMap<u64, Herd> {
    if setup.has_need() || setup.providers() > FEW {
        return BTreeMap::new();
    }
    let mut herds = BTreeMap::new();
    for some in runs.chunks(LANES) {
        let numbers = std::array::from_fn(|lane| some[lane.min(some.len() - 1)]);
        let found = walk(setup, numbers, some.len(), options);
        herds.extend(some.iter().copied().zip(found));
    }
    herds
}

fn walk(setup: &Setup, numbers: [u64; LANES], lanes: usize, options: Options) -> Vec<Herd> {
    let providers = setup.providers();
    let nothing = Herd { effort: vec![Vec::new(); providers], earned: vec![Vec::new(); providers] };
    let mut herds = vec![nothing; lanes];
    let mut stepper = Stepper::new(setup, options.seed, &Packing::Runs(numbers), options.instructions);
    while stepper.pass() {
        for (position, seen) in stepper.look().providers.iter().enumerate() {
            for (lane, herd) in herds.iter_mut().enumerate() {
                herd.effort[position].push(seen.level.lane(lane) * seen.size);
                herd.earned[position].push(seen.margin.lane(lane) * seen.size);
            }
        }
    }
    herds
}
