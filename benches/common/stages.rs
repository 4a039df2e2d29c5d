//! What each stage of the step takes.

use super::{runs, timing};
use commonground::model::look::Stepper;
use commonground::model::rows::Packing;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use std::time::Instant;

/// Each stage of a setup by name, in order, with the nanoseconds that it takes over all steps of sixteen runs side by side: the
/// least of as many times as can be had in so many seconds.
pub(crate) fn least(setup: &Setup, patience: f64) -> Vec<(&'static str, f64)> {
    let mut least: Vec<(&'static str, f64)> = Vec::new();
    timing::fastest_within(patience, |batch| {
        let now = once(setup, batch);
        if least.is_empty() {
            least = now;
            return;
        }
        for ((_, least), (_, now)) in least.iter_mut().zip(now) {
            *least = least.min(now);
        }
    });
    least
}

fn once(setup: &Setup, batch: u64) -> Vec<(&'static str, f64)> {
    let mut stepper = Stepper::new(setup, 1, &Packing::Runs(runs(batch)), InstructionSet::best());
    let mut times: Vec<(&'static str, f64)> = Vec::new();
    let mut goes_on = true;
    while goes_on {
        let (mut stage, mut start) = (0, Instant::now());
        goes_on = stepper.pass_by_stage(|name| {
            let time = start.elapsed().as_secs_f64() * 1e9;
            match times.get_mut(stage) {
                Some((_, sum)) => *sum += time,
                None => times.push((name, time)),
            }
            (stage, start) = (stage + 1, Instant::now());
        });
    }
    times
}
