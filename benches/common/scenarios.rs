//! The scenarios of the benchmarks: bundled ones, some with changes. They must be there and without faults.

use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use commonground::scenario::text::Disk;
use serde_json::Value;

const DISK: Disk = Disk { bundled: BUNDLED };

/// A bundled scenario, or a place under a form of governance.
pub(crate) fn scenario(name: &str) -> Scenario {
    Scenario::load(&DISK, name).unwrap_or_else(|faults| panic!("{faults}"))
}

/// The scenario with other values at these places.
pub(crate) fn changed<const N: usize>(scenario: Scenario, changes: [(&str, Value); N]) -> Scenario {
    changes.into_iter().fold(scenario, |scenario, (pointer, value)| {
        scenario.with(&DISK, pointer, value).unwrap_or_else(|faults| panic!("{faults}"))
    })
}
