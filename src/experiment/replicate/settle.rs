//! Running a scenario to its end and reading what it came to.

use crate::model::lanes::{LANES, Lanes};
use crate::model::look::Stepper;
use crate::model::place::Place;
use crate::model::rows::Packing;
use crate::model::setup::Setup;
use crate::model::simd::InstructionSet;
use crate::scenario::Scenario;
use crate::scenario::bundled::BUNDLED;
use crate::scenario::text::Faults;
use serde_json::Value;

/// Seed of all chance in replications.
const SEED: u64 = 2012;

/// A bundled scenario with other values at some places of it.
pub(super) fn scenario<const N: usize>(name: &str, settings: [(&str, Value); N]) -> Result<Scenario, Faults> {
    Scenario::load(&BUNDLED, name)?.with_all(&BUNDLED, settings)
}

/// Runs the first sixteen runs, shows how things stand after each step, and stops early once `look` has seen enough.
pub(super) fn walk(setup: &Setup, look: impl FnMut(u32, &Stepper<'_>) -> Go) -> Stepper<'_> {
    runs(setup, 0, look)
}

/// The same for the sixteen runs of that number, counted from 0.
pub(super) fn runs(setup: &Setup, set: u64, mut look: impl FnMut(u32, &Stepper<'_>) -> Go) -> Stepper<'_> {
    let runs = Packing::Runs(std::array::from_fn(|lane| set * LANES as u64 + lane as u64));
    let mut stepper = Stepper::new(setup, SEED, &runs, InstructionSet::best());
    for step in 0..setup.steps() {
        stepper.pass();
        if look(step, &stepper) == Go::Stop {
            break;
        }
    }
    stepper
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Go {
    /// To the next step.
    On,
    /// No further.
    Stop,
}

/// Where a scenario without chance ends: what holds of all together in its last step.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    /// Stock of the main pool.
    pub(super) stock: f64,
    /// Effort of all, users from outside included.
    pub(super) effort: f64,
    /// Yield of all providers.
    pub(super) delivered: f64,
    /// Income less cost of all providers.
    pub(super) rent: f64,
}

/// Runs a scenario without chance to its end.
pub(super) fn end(setup: &Setup) -> End {
    let end = walk(setup, |_, _| Go::On);
    let place = end.place();
    let mut end = End {
        stock: end.pools()[setup.main_pool()].stock.lane(0),
        effort: place.outside.lane(0),
        delivered: 0.0,
        rent: 0.0,
    };
    for kind in &place.kinds {
        end.effort += kind.effort.lane(0);
        end.delivered += kind.output.delivered.lane(0);
        end.rent += (kind.money.income - kind.output.cost).lane(0);
    }
    end
}

/// Share of all providers that are within what they are allotted.
pub(super) fn compliers(setup: &Setup, place: &Place) -> Lanes {
    let beyond = place.kinds.iter().fold(Lanes::ZERO, |sum, kind| sum + kind.breaches);
    1.0 - beyond * (1.0 / setup.providers() as f64)
}

/// The mean of sixteen runs.
pub(super) fn mean(lanes: Lanes) -> f64 {
    lanes.to_array().iter().sum::<f64>() / LANES as f64
}
