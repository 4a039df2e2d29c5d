//! What the benchmarks share: scenarios, and times that other work on the machine disturbs least.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

pub(crate) mod scenarios;
pub(crate) mod stages;
pub(crate) mod timing;
pub(crate) mod town;

use commonground::model::lanes::LANES;
use commonground::model::measure::outcome_measures;
use commonground::model::setup::Setup;

/// The small commons with any number of users.
pub(crate) fn commons_mini(users: u32) -> Setup {
    town::small_commons(users, 1, 1, 520).unwrap_or_else(|faults| panic!("{faults}"))
}

/// Where an outcome stands in a record.
pub(crate) fn position(setup: &Setup, key: &str) -> usize {
    let found = outcome_measures(setup).iter().position(|measure| measure.key == key);
    found.unwrap_or_else(|| panic!("no outcome is called {key}"))
}

/// Run numbers of one batch.
pub(crate) fn runs(batch: u64) -> [u64; LANES] {
    std::array::from_fn(|lane| batch * LANES as u64 + lane as u64)
}

/// Steps of single providers in one batch.
pub(crate) fn provider_steps(setup: &Setup) -> f64 {
    (setup.providers() * LANES) as f64 * f64::from(setup.steps())
}
