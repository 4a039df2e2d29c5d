//! What the benchmarks share: scenarios, and times that other work on the machine disturbs least.

use commonground::model::lanes::LANES;
use commonground::model::setup::Setup;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use commonground::scenario::text::Disk;
use serde_json::json;
use std::time::Instant;

/// A scenario of the folder `scenarios`; it must be there and without faults.
pub(crate) fn scenario(name: &str) -> Scenario {
    let path = format!("{}/scenarios/{name}.json", env!("CARGO_MANIFEST_DIR"));
    Scenario::load(&DISK, &path).unwrap_or_else(|faults| panic!("{faults}"))
}

/// The small commons with any number of users.
pub(crate) fn commons_mini(users: u32) -> Setup {
    let changes = [
        ("/providers/user/count", json!(users)),
        ("/providers/user/size", json!(users)),
        ("/pools/commons/capacity", json!(100 * users)),
    ];
    let scenario = changes.into_iter().fold(scenario("commons-mini"), |scenario, (pointer, value)| {
        scenario.with(&DISK, pointer, value).unwrap_or_else(|faults| panic!("{faults}"))
    });
    scenario.setup
}

/// Run numbers of one batch.
pub(crate) fn runs(batch: u64) -> [u64; LANES] {
    std::array::from_fn(|lane| batch * LANES as u64 + lane as u64)
}

/// Steps of single providers in one batch.
pub(crate) fn provider_steps(setup: &Setup) -> f64 {
    (setup.providers.len() * LANES) as f64 * f64::from(setup.steps)
}

/// Nanoseconds of the fastest of `times` calls, which are given their number.
pub(crate) fn fastest(times: u64, mut work: impl FnMut(u64)) -> f64 {
    let time = |number| {
        let start = Instant::now();
        work(number);
        start.elapsed().as_secs_f64() * 1e9
    };
    (0..times).map(time).fold(f64::MAX, f64::min)
}

const DISK: Disk = Disk { bundled: BUNDLED };
