//! The curves: the cost of a step of one provider as one thing grows and all else stays. Where it is level, cost is linear.

use crate::common::provider_steps;
use crate::common::town::{Town, small_commons};
use crate::modes::{batch, with_statistics};
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;

/// Steps of all curves but that of steps.
const STEPS: u32 = 12;
/// Seconds that one point may take, if two calls do not take longer.
const PATIENCE: f64 = 0.2;
/// A batch that takes longer than so many nanoseconds is the last of its line.
const TOO_LONG: f64 = 3e9;
/// Copies of a place where kinds or pools vary, and divisors of them: 252 kinds and 756 providers in all.
const COPIES: [usize; 6] = [1, 2, 6, 14, 21, 42];
/// Users of the small commons where kinds or pools vary.
const USERS: u32 = 1008;

/// What one thing does to the cost of a step.
pub(crate) struct Curve {
    /// What grows.
    pub(crate) title: &'static str,
    /// What stays.
    pub(crate) note: &'static str,
    /// A line a scenario.
    pub(crate) lines: Vec<Line>,
}

/// One scenario in a curve.
pub(crate) struct Line {
    /// The scenario.
    pub(crate) label: &'static str,
    /// What has grown to how many, and nanoseconds of a step of one provider.
    pub(crate) points: Vec<(f64, f64)>,
    /// Sizes that could not be had, and why.
    pub(crate) left_out: Vec<String>,
}

/// All curves, measured now.
pub(crate) fn all() -> Vec<Curve> {
    vec![providers(), kinds(), pools(), places(), steps(), runs()]
}

fn providers() -> Curve {
    let count = |setup: &Setup| setup.providers();
    let users = [20, 200, 2_000, 20_000, 100_000, 1_000_000];
    let crowds = [1, 10, 100, 1_000, 5_555, 55_555];
    Curve {
        title: "providers",
        note: "12 steps; one kind and one pool in the small commons, six kinds and two pools in the place",
        lines: vec![
            line(count, "small commons", users, |users| small_commons(users, 1, 1, STEPS)),
            line(count, "place-fortress", crowds, |crowd| Town { crowd, ..Town::one("place-fortress", STEPS) }.setup()),
        ],
    }
}

fn kinds() -> Curve {
    let count = |setup: &Setup| setup.kinds().len();
    let most = COPIES[COPIES.len() - 1];
    Curve {
        title: "kinds",
        note: "12 steps; 1,008 users of one pool in the small commons, 756 providers on two pools in the place",
        lines: vec![
            line(count, "small commons", [1, 6, 42, 252, 1008], |kinds| small_commons(USERS, kinds, 1, STEPS)),
            line(count, "place-fortress", COPIES, |copies| {
                let crowd = (most / copies) as u32;
                Town { copies, crowd, ..Town::one("place-fortress", STEPS) }.setup()
            }),
        ],
    }
}

fn pools() -> Curve {
    let count = |setup: &Setup| setup.pools().len();
    let copies = COPIES[COPIES.len() - 1];
    Curve {
        title: "pools",
        note: "12 steps; 252 kinds throughout, with 1,008 users in the small commons and 756 providers in the place",
        lines: vec![
            line(count, "small commons", [1, 6, 42, 252], |pools| small_commons(USERS, 252, pools, STEPS)),
            line(count, "place-fortress", COPIES, |sets| {
                Town { copies, sets, ..Town::one("place-fortress", STEPS) }.setup()
            }),
        ],
    }
}

fn places() -> Curve {
    let count = |setup: &Setup| setup.pools().len() / 2;
    let side_by_side = |scenario: &'static str, crowd: u32| {
        move |places: usize| Town { scenario, steps: STEPS, copies: places, sets: places, crowd }.setup()
    };
    let counts = [1, 2, 5, 10, 20, 42, 84];
    Curve {
        title: "places side by side",
        note: "12 steps; each place with six kinds, two pools of its own and 18 providers, or 594 where it is crowded",
        lines: vec![
            line(count, "place-fortress", counts, side_by_side("place-fortress", 1)),
            line(count, "place-fortress, crowded", [1, 2, 5, 10, 20, 42], side_by_side("place-fortress", 33)),
            line(count, "place-based", [1, 2, 5, 10, 20, 42], side_by_side("place-based", 1)),
        ],
    }
}

fn steps() -> Curve {
    let count = |setup: &Setup| setup.steps() as usize;
    let counts = [1, 4, 12, 40, 120, 520, 2_000];
    let town = |scenario: &'static str| move |steps: u32| Town::one(scenario, steps).setup();
    Curve {
        title: "steps",
        note: "twenty users in the small commons, 18 providers in the places",
        lines: vec![
            line(count, "small commons", counts, |steps| small_commons(20, 1, 1, steps)),
            line(count, "place-fortress", counts, town("place-fortress")),
            line(count, "place-based", counts, town("place-based")),
        ],
    }
}

/// Ensembles with all their statistics.
fn runs() -> Curve {
    let of = |label: &'static str, setup: Result<Setup, String>| {
        let mut line = Line { label, points: Vec::new(), left_out: Vec::new() };
        match setup {
            Err(fault) => line.left_out.push(fault),
            Ok(setup) => {
                let steps = provider_steps(&setup) / 16.0;
                let time = |runs: u64| (runs as f64, with_statistics(&setup, runs, PATIENCE) / (steps * runs as f64));
                line.points = [16, 64, 256, 1_024, 4_096, 16_384].map(time).to_vec();
            }
        }
        line
    };
    Curve {
        title: "runs, with statistics",
        note: "12 steps; twenty users in the small commons, 18 providers in the places",
        lines: vec![
            of("small commons", small_commons(20, 1, 1, STEPS)),
            of("place-fortress", Town::one("place-fortress", STEPS).setup()),
            of("place-based", Town::one("place-based", STEPS).setup()),
        ],
    }
}

/// Measures a scenario at each size, against a count of what is in it.
fn line<T, const N: usize>(
    count: impl Fn(&Setup) -> usize,
    label: &'static str,
    sizes: [T; N],
    setup: impl Fn(T) -> Result<Setup, String>,
) -> Line {
    let mut line = Line { label, points: Vec::new(), left_out: Vec::new() };
    let mut last = 0.0;
    for setup in sizes.into_iter().map(setup) {
        match setup {
            Ok(_) if last > TOO_LONG => line.left_out.push("sixteen runs of the size before take over 3 s".to_owned()),
            Ok(setup) => {
                last = batch(&setup, InstructionSet::best(), PATIENCE);
                line.points.push((count(&setup) as f64, last / provider_steps(&setup)));
            }
            Err(fault) => line.left_out.push(fault),
        }
    }
    line
}
