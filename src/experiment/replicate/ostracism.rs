//! Tavoni, Schlüter & Levin 2012: how many keep to the norm where others are shunned, and from how many on that holds.
//!
//! Two kinds of user, one that starts within the norm and one that starts above it, imitate each other over the same two
//! levels of effort. Runs for the stable share start with nine of ten in the norm. For the separatrix the share at the
//! start is halved in from both sides; the stock starts where it is at rest for that share, as the state has two
//! dimensions. The mean path of the runs is held against the differential equations, solved apart in [`super::water`].

use super::settle::{Go, compliers, end, mean, scenario, walk};
use super::water::Water;
use super::{Chart, Check, Drawing, Form, Line, Plane, Replication, Reproduction, Status, Tolerance, Unit};
use crate::model::lanes::Lanes;
use crate::scenario::Scenario;
use crate::scenario::text::Faults;
use rayon::prelude::*;
use serde_json::json;

/// The entry of this result.
pub(super) const REPLICATION: Replication = Replication {
    name: "ostracism",
    title: "Water commons under ostracism: stable shares of compliers and separatrices",
    source: "Tavoni, Schlüter & Levin 2012",
    caveats: &[
        "Parameters are read in the model's public code; stable shares and separatrices are computed from its equations with them, and not read in the paper.",
        "A separatrix is that of starts at which the stock is at rest for the share that complies: the state has two dimensions.",
        "How often users look at each other is assumed; stable shares and, from such starts, separatrices do not depend on it.",
    ],
    reproduce,
};

/// A degree of greed μ, the stable share of compliers with its stock, and the separatrix.
struct Published {
    greed: f64,
    stable: f64,
    stock: f64,
    separatrix: f64,
}

const PUBLISHED: [Published; 5] = [
    Published { greed: 1.8, stable: 1.0, stock: 84.9, separatrix: 0.587 },
    Published { greed: 2.2, stable: 0.908, stock: 78.8, separatrix: 0.606 },
    Published { greed: 2.8, stable: 0.7577, stock: 64.57, separatrix: 0.6256 },
    Published { greed: 3.4, stable: 0.697, stock: 55.3, separatrix: 0.620 },
    Published { greed: 3.78, stable: 0.693, stock: 52.1, separatrix: 0.594 },
];

const FILE: &str = "replicate/water-ostracism";
const USERS: u32 = 50;
/// Steps in the paper's unit of time.
const STEPS: f64 = 10.0;
/// Steps of a run for a separatrix.
const DEPARTURE: u32 = 10_000;
/// Share of compliers below which nobody will comply any more.
const LOST: f64 = 0.1;
/// Degree of greed and start of the runs that are held against the equations, and how many users they have.
const PATH: (f64, f64, u32) = (2.8, 0.95, 200);
/// Steps of these runs, and how far their mean share may be from the equations at any time (assumed).
const PATH_STEPS: u32 = 800;
const PATH_TOLERANCE: f64 = 0.01;

fn reproduce() -> Result<Reproduction, Faults> {
    let results: Result<Vec<Found>, Faults> = PUBLISHED.par_iter().map(find).collect();
    let results = results?;
    let mut checks = calculated()?.to_vec();
    let mut scenarios = vec![("ostracism-water".to_owned(), scenario(FILE, [])?)];
    for (published, found) in PUBLISHED.iter().zip(&results) {
        checks.extend(found.checks(published));
        scenarios.push((format!("ostracism-mu-{}", published.greed), found.scenario.clone()));
    }
    let (path, apart) = path()?;
    checks.push(Check {
        what: format!("μ = {}: greatest distance of the mean of 16 runs, {} users, from the equations", PATH.0, PATH.2),
        ours: apart,
        published: 0.0,
        tolerance: Tolerance::Within(PATH_TOLERANCE),
        unit: Unit::Number,
        status: Status::Computed,
    });
    Ok(Reproduction { checks, charts: vec![map(&results), path], scenarios })
}

/// What the engine came to at one degree of greed.
struct Found {
    greed: f64,
    scenario: Scenario,
    /// Share of compliers and stock in the second half of the runs.
    stable: (f64, f64),
    /// The most compliers from which most runs fall to nobody, and the fewest from which most hold, as shares.
    separatrix: (f64, f64),
    /// Share of compliers after a start with the fewest possible.
    defecting: f64,
}

impl Found {
    fn middle(&self) -> f64 {
        f64::midpoint(self.separatrix.0, self.separatrix.1)
    }

    fn checks(&self, published: &Published) -> [Check; 4] {
        let check = |what: &str, ours, published, tolerance| Check {
            what: format!("μ = {}: {what}", self.greed),
            ours,
            published,
            tolerance: Tolerance::Within(tolerance),
            unit: Unit::Number,
            status: Status::Computed,
        };
        let between = format!("separatrix (falls from {:.2}, holds from {:.2})", self.separatrix.0, self.separatrix.1);
        [
            check("stable share of compliers", self.stable.0, published.stable, 0.01),
            Check { tolerance: Tolerance::Relative(0.01), ..check("stock there", self.stable.1, published.stock, 0.0) },
            check(&between, self.middle(), published.separatrix, 0.02),
            Check {
                tolerance: Tolerance::Exact,
                ..check("share of compliers after starting with one in ten", self.defecting, 0.0, 0.0)
            },
        ]
    }
}

fn find(published: &Published) -> Result<Found, Faults> {
    let greed = published.greed;
    let water = Water::published(greed);
    let start = commons(&water, USERS * 9 / 10)?;
    let stable = settled(&start);
    let defecting = mean(last(&commons(&water, USERS / 10)?));
    Ok(Found { greed, scenario: start, stable, separatrix: separatrix(&water)?, defecting })
}

/// The scenario with that greed and number of users, so many of whom comply at the start, the stock at rest for these.
fn commons(water: &Water, complying: u32) -> Result<Scenario, Faults> {
    let Water { users, greed, .. } = *water;
    let norm = water.effort / users;
    let (levels, others) = (json!([norm, norm * greed]), users as u32 - complying);
    let stock = water.stock(f64::from(complying) / users) / water.capacity;
    scenario(
        FILE,
        [
            ("/pools/water/start", json!(stock)),
            ("/providers/restrained/count", json!(complying)),
            ("/providers/restrained/size", json!(complying)),
            ("/providers/restrained/levels", levels.clone()),
            ("/providers/restrained/plan", json!(norm)),
            ("/providers/restrained/start", json!(norm)),
            ("/providers/greedy/count", json!(others)),
            ("/providers/greedy/size", json!(others)),
            ("/providers/greedy/levels", levels),
            ("/providers/greedy/plan", json!(norm)),
            ("/providers/greedy/start", json!(norm * greed)),
            ("/rules/ostracism/most", json!(water.shunning.0)),
        ],
    )
}

/// Mean share of compliers and stock over the second half of sixteen runs.
fn settled(scenario: &Scenario) -> (f64, f64) {
    let setup = &scenario.setup;
    let half = setup.steps() / 2;
    let (mut share, mut stock) = (Lanes::ZERO, Lanes::ZERO);
    walk(setup, |step, now| {
        if step >= half {
            share += compliers(setup, now.place());
            stock += now.pools()[setup.main_pool()].stock;
        }
        Go::On
    });
    let steps = f64::from(setup.steps() - half);
    (mean(share) / steps, mean(stock) / steps)
}

/// Share of compliers in each run when nobody complies in any, or at the end of [`DEPARTURE`].
fn last(scenario: &Scenario) -> Lanes {
    let mut share = Lanes::ZERO;
    walk(&scenario.setup, |step, now| {
        share = compliers(&scenario.setup, now.place());
        if step >= DEPARTURE || share.at_most(Lanes::ZERO).all() { Go::Stop } else { Go::On }
    });
    share
}

/// Halves the starts in: the most compliers from which most of sixteen runs fall to nobody, the fewest from which most hold.
fn separatrix(water: &Water) -> Result<(f64, f64), Faults> {
    let users = water.users as u32;
    let (mut falls, mut holds) = (users / 10, users * 9 / 10);
    while holds - falls > 1 {
        let middle = u32::midpoint(falls, holds);
        let lost = last(&commons(water, middle)?).less(Lanes::all(LOST));
        if mean(lost.number()) > 0.5 { falls = middle } else { holds = middle }
    }
    Ok((f64::from(falls) / water.users, f64::from(holds) / water.users))
}

/// Efforts of one user alone and of fifty who each calculate, with the steady state in view.
fn calculated() -> Result<[Check; 2], Faults> {
    let effort = |count: u32| -> Result<f64, Faults> {
        let owners = scenario(
            "replicate/water-owners",
            [("/providers/user/count", json!(count)), ("/providers/user/size", json!(count))],
        )?;
        Ok(end(&owners.setup).effort)
    };
    let check = |what: &str, ours, published| Check {
        what: what.to_owned(),
        ours,
        published,
        tolerance: Tolerance::Within(0.0005),
        unit: Unit::Number,
        status: Status::Read,
    };
    Ok([
        check("effort of the greatest lasting profit (one user)", effort(1)?, 0.483),
        check("effort of 50 users, each the best of the steady state", effort(USERS)?, 1.826),
    ])
}

/// The mean path of sixteen runs beside that of the equations, and the greatest distance between them.
fn path() -> Result<(Chart, f64), Faults> {
    let (greed, share, users) = PATH;
    let water = Water::published(greed).among(f64::from(users));
    let start = commons(&water, (share * water.users).round() as u32)?;
    let mut state = (share, water.stock(share));
    let (mut runs, mut equations, mut apart) = (vec![(0.0, share)], vec![(0.0, share)], 0.0_f64);
    walk(&start.setup, |step, now| {
        let time = f64::from(step + 1) / STEPS;
        state = water.after(state, 1.0 / STEPS, 1.0 / STEPS, 1.0);
        let ours = mean(compliers(&start.setup, now.place()));
        apart = apart.max((ours - state.0).abs());
        equations.push((time, state.0));
        if (step + 1).is_multiple_of(20) {
            runs.push((time, ours));
        }
        if step + 1 < PATH_STEPS { Go::On } else { Go::Stop }
    });
    let line = |label: &str, points, form| Line { label: label.to_owned(), points, form };
    let chart = Chart {
        name: "ostracism-path",
        title: "Agents that copy each other follow the differential equations".to_owned(),
        subtitle: format!("Share of users who keep to the norm, μ = {greed}; mean of 16 runs with {users} users"),
        drawing: Drawing::Plane(Plane {
            x: ("units of time", (0.0, 80.0)),
            y: ("share who keep to the norm", Unit::Share),
            lines: vec![line("equations", equations, Form::Joined), line("engine", runs, Form::Single)],
        }),
    };
    Ok((chart, apart))
}

/// Stable shares and separatrices against greed, with the curve on which complying pays as well as not complying.
fn map(found: &[Found]) -> Chart {
    let points = |label: &str, of: fn(&Found) -> f64| Line {
        label: label.to_owned(),
        points: found.iter().map(|one| (one.greed, of(one))).collect(),
        form: Form::Single,
    };
    Chart {
        name: "ostracism-shares",
        title: "Ostracism holds a commons together only where enough keep to the norm".to_owned(),
        subtitle:
            "Share of users who keep to the norm: where runs settle, and from which start on they do not fall to nobody"
                .to_owned(),
        drawing: Drawing::Plane(Plane {
            x: ("effort above the norm against effort in it (μ)", (1.6, 4.0)),
            y: ("share who keep to the norm", Unit::Share),
            lines: vec![
                Line { label: "equations".to_owned(), points: indifference(), form: Form::Joined },
                points("stable (engine)", |one| one.stable.0),
                points("separatrix (engine)", Found::middle),
            ],
        }),
    }
}

/// Where complying and not complying pay alike: the shares that draw others to them, and after a gap those that do not.
/// Where complying pays however many do, the former is everybody.
fn indifference() -> Vec<(f64, f64)> {
    let greeds = || (166..=384).map(|hundredth| f64::from(hundredth) / 100.0);
    let rest = |greed: f64, stable: bool| {
        let rests = Water::published(greed).rests();
        rests.iter().find(|(_, draws)| *draws == stable).map_or(1.0, |(share, _)| *share)
    };
    let stable = greeds().map(|greed| (greed, rest(greed, true)));
    stable.chain([(f64::NAN, f64::NAN)]).chain(greeds().map(|greed| (greed, rest(greed, false)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::bundled::BUNDLED;

    #[test]
    fn other_waters_other_users_and_another_curve_of_shunning_settle_where_their_equations_say() {
        // Loss 30 and inflow 40 of a pool of 150, a higher cost, a less sudden curve, thirty users.
        let mut water = Water::published(3.5);
        (water.inflow, water.loss, water.capacity, water.cost, water.users) = (40.0, 30.0, 150.0, 12.0, 30.0);
        water.effort = 0.4;
        water.shunning = (0.95, -60.0, -7.0);
        let scenario = commons(&water, 28).unwrap();
        let scenario = scenario.with_all(
            &BUNDLED,
            [
                ("/time/steps", json!(20_000)),
                ("/pools/water/capacity", json!(150)),
                ("/pools/water/growth/inflow/amount", json!(4)),
                ("/pools/water/growth/inflow/loss", json!(3)),
                ("/providers/restrained/cost/per_effort", json!(12)),
                ("/providers/greedy/cost/per_effort", json!(12)),
                ("/rules/ostracism/displacement", json!(-60)),
                ("/rules/ostracism/growth", json!(-7)),
            ],
        );
        let (share, stock) = settled(&scenario.unwrap());
        let (mut low, mut high) = (0.8, 1.0);
        assert!(water.advantage(low) > 0.0 && water.advantage(high) < 0.0, "a stable share lies between");
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if water.advantage(middle) > 0.0 { low = middle } else { high = middle }
        }
        assert!((share - low).abs() < 0.01 && (stock / water.stock(low) - 1.0).abs() < 0.01, "{share} against {low}");
    }
}
