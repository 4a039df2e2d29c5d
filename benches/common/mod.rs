//! What the benchmarks share: scenarios, and times that other work on the machine disturbs least.

pub(crate) mod scenarios;

use commonground::model::lanes::LANES;
use commonground::model::setup::Setup;
use scenarios::{changed, scenario};
use serde_json::json;
use std::time::Instant;

/// The small commons with any number of users.
pub(crate) fn commons_mini(users: u32) -> Setup {
    let changes = [
        ("/providers/user/count", json!(users)),
        ("/providers/user/size", json!(users)),
        ("/pools/commons/capacity", json!(100 * users)),
    ];
    changed(scenario("commons-mini"), changes).setup
}

/// Run numbers of one batch.
pub(crate) fn runs(batch: u64) -> [u64; LANES] {
    std::array::from_fn(|lane| batch * LANES as u64 + lane as u64)
}

/// Steps of single providers in one batch.
pub(crate) fn provider_steps(setup: &Setup) -> f64 {
    (setup.providers() * LANES) as f64 * f64::from(setup.steps())
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
