//! Ostrom, Walker & Gardner 1992: what eight players leave of a common fund where they may talk, fine each other, or both.
//!
//! Eight conditions of the game in [`super::laboratory`], each a scenario file, with the same players in all of them. Talk is
//! a meeting that binds nobody and a vision of what each will do; the sword is fines among peers. What is told is the mean of
//! rounds 11 to 30 over [`RUNS`] runs, before and after fees and fines.

use super::settle::{Go, compliers, runs, scenario};
use super::{Chart, Check, Drawing, Pair, Pairs, Replication, Reproduction, Status, Tolerance, Unit};
use crate::model::lanes::{LANES, Lanes};
use crate::model::setup::Setup;
use crate::scenario::Scenario;
use crate::scenario::text::Faults;
use rayon::prelude::*;

/// The entry of this result.
pub(super) const REPLICATION: Replication = Replication {
    name: "covenants",
    title: "Covenants with and without a sword: eight conditions of the common-pool game",
    source: "Ostrom, Walker & Gardner 1992",
    caveats: &[
        "All published values are recalled and not checked against the paper, but for repeated talk with ten tokens (\"close to 100 percent\", 5% defection), which was read second-hand.",
        "Fees, fines and their ratio are recalled: fees of 5 to 20 cents, fines of two or four times as much; here 1:4 throughout.",
        "Parameters of behaviour are the same in all conditions. They are fitted by `calibrate` to a part of the conditions; the others are marked \"left out\". The form of the model was chosen knowing all of them.",
        "Levels are judged by net yields. Shares of promises broken are told beside them and not judged: groups that declined sanctions broke more of them than those that only talked, and here nothing sets the two apart.",
        "Groups that chose and groups that declined sanctions chose for themselves in the laboratory. Here the choice is given: one scenario has it, one does not, and the latter is that of one talk.",
    ],
    reproduce,
};

/// Sets of sixteen runs of each condition.
const SETS: u64 = 16;
/// Runs of each condition.
const RUNS: u64 = SETS * LANES as u64;
/// Rounds before anybody may talk, which are not told.
const BEFORE: u32 = 10;
/// Greatest net yield of a round, in the value of tokens: (18 · 36 − 0.25 · 36²)/5.
const BEST: f64 = 64.8;
/// How far a level may be from the published one.
const LEVEL: f64 = 0.15;
/// Published net yields no further apart than this count as equal where conditions are ranked.
const TIE: f64 = 0.05;

/// A condition, and what was published of it: shares of the greatest net yield before and after fees and fines, and of
/// decisions that broke the promise.
struct Published {
    what: &'static str,
    file: &'static str,
    gross: f64,
    net: Option<f64>,
    defection: Option<f64>,
    status: Status,
    /// Whether behaviour was fitted to its yields.
    fitted: bool,
}

const PUBLISHED: [Published; 8] = [
    Published {
        what: "baseline",
        file: "covenant-baseline",
        gross: 0.21,
        net: None,
        defection: None,
        status: Status::Recalled,
        fitted: true,
    },
    Published {
        what: "imposed sanctions",
        file: "covenant-sword",
        gross: 0.37,
        net: Some(0.09),
        defection: None,
        status: Status::Recalled,
        fitted: true,
    },
    Published {
        what: "one talk",
        file: "covenant-talk-once",
        gross: 0.55,
        net: None,
        defection: Some(0.25),
        status: Status::Recalled,
        fitted: true,
    },
    Published {
        what: "one talk, sanctions declined",
        file: "covenant-talk-declined",
        gross: 0.56,
        net: None,
        defection: Some(0.42),
        status: Status::Recalled,
        fitted: false,
    },
    Published {
        what: "one talk, imposed sanctions",
        file: "covenant-talk-sword",
        gross: 0.85,
        net: Some(0.67),
        defection: Some(0.01),
        status: Status::Recalled,
        fitted: true,
    },
    Published {
        what: "repeated talk",
        file: "covenant-talk",
        gross: 0.73,
        net: None,
        defection: Some(0.13),
        status: Status::Recalled,
        fitted: true,
    },
    Published {
        what: "one talk, chosen sanctions",
        file: "covenant-talk-chosen-sword",
        gross: 0.93,
        net: Some(0.90),
        defection: Some(0.04),
        status: Status::Recalled,
        fitted: false,
    },
    Published {
        what: "repeated talk, 10 tokens",
        file: "covenant-talk-ten-tokens",
        gross: 0.99,
        net: None,
        defection: Some(0.05),
        status: Status::Read,
        fitted: false,
    },
];

/// What the engine came to in a condition: the same shares.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Found {
    gross: f64,
    net: f64,
    defection: f64,
}

fn reproduce() -> Result<Reproduction, Faults> {
    let scenarios: Result<Vec<Scenario>, Faults> =
        PUBLISHED.iter().map(|condition| scenario(&format!("replicate/{}", condition.file), [])).collect();
    let scenarios = scenarios?;
    let found: Vec<Found> = scenarios.par_iter().map(|scenario| find(&scenario.setup)).collect();
    let mut checks: Vec<Check> =
        PUBLISHED.iter().zip(&found).flat_map(|(published, found)| checks(published, *found)).collect();
    checks.extend(order(&found));
    Ok(Reproduction {
        checks,
        charts: vec![chart(&found)],
        scenarios: PUBLISHED
            .iter()
            .zip(scenarios)
            .map(|(condition, scenario)| (condition.file.to_owned(), scenario))
            .collect(),
    })
}

/// Means over runs and rounds.
fn find(setup: &Setup) -> Found {
    let sets: Vec<Found> = (0..SETS).into_par_iter().map(|set| of_set(setup, set)).collect();
    let mean = |of: fn(&Found) -> f64| sets.iter().map(of).sum::<f64>() / SETS as f64;
    Found { gross: mean(|found| found.gross), net: mean(|found| found.net), defection: mean(|found| found.defection) }
}

fn of_set(setup: &Setup, set: u64) -> Found {
    let (mut gross, mut lost, mut broken) = (Lanes::ZERO, Lanes::ZERO, Lanes::ZERO);
    runs(setup, set, |step, now| {
        if step >= BEFORE {
            for kind in &now.place().kinds {
                gross += kind.money.income - kind.output.cost;
            }
            lost += now.place().peer_sanctions;
            broken += 1.0 - compliers(setup, now.place());
        }
        Go::On
    });
    let rounds = f64::from(setup.steps() - BEFORE);
    let mean = |sum: Lanes| super::settle::mean(sum) / rounds;
    let gross = mean(gross) / BEST;
    Found { gross, net: gross - mean(lost) / BEST, defection: mean(broken) }
}

fn checks(published: &Published, found: Found) -> Vec<Check> {
    let left_out = if published.fitted { "" } else { " (left out)" };
    let check = |what: &str, ours, published_value, left_out| Check {
        what: format!("{}: {what}{left_out}", published.what),
        ours,
        published: published_value,
        tolerance: Tolerance::Within(LEVEL),
        unit: Unit::Share,
        status: published.status,
    };
    let before = if published.net.is_some() { "net yield before fees and fines" } else { "net yield" };
    let mut all = vec![check(before, found.gross, published.gross, left_out)];
    if let Some(net) = published.net {
        all.push(check("net yield after fees and fines", found.net, net, left_out));
    }
    if let Some(defection) = published.defection {
        let broken = check("promises broken", found.defection, defection, left_out);
        all.push(Check { tolerance: Tolerance::Told, ..broken });
    }
    all
}

/// The order of the conditions after fees and fines, and whether a sword alone is worse than nothing.
fn order(found: &[Found]) -> [Check; 2] {
    let net = |published: &Published| published.net.unwrap_or(published.gross);
    let mut wrong = 0.0;
    for (index, published) in PUBLISHED.iter().enumerate() {
        for (other, before) in PUBLISHED.iter().enumerate().take(index) {
            let apart = net(published) - net(before);
            if apart.abs() > TIE && (found[index].net - found[other].net) * apart <= 0.0 {
                wrong += 1.0;
            }
        }
    }
    let check = |what: &str, ours, tolerance, unit| Check {
        what: what.to_owned(),
        ours,
        published: 0.0,
        tolerance,
        unit,
        status: Status::Recalled,
    };
    let worse = (found[1].net - found[0].net).max(0.0);
    [
        check("pairs of conditions in the wrong order after fees and fines", wrong, Tolerance::Exact, Unit::Number),
        check(
            "by how much imposed sanctions are better than the baseline after fees and fines",
            worse,
            Tolerance::Exact,
            Unit::Share,
        ),
    ]
}

/// Ours beside the published yields, condition by condition.
fn chart(found: &[Found]) -> Chart {
    let rows = PUBLISHED.iter().zip(found).map(|(published, found)| Pair {
        label: published.what.to_owned(),
        ours: found.net,
        published: (published.net.unwrap_or(published.gross), LEVEL),
    });
    Chart {
        name: "covenants-yield",
        title: "Talk helps most; a sword that nobody asked for costs more than it brings".to_owned(),
        subtitle: format!(
            "Share of the greatest net yield after fees and fines; mean of rounds 11 to 30 of {RUNS} runs"
        ),
        drawing: Drawing::Pairs(Pairs { axis: ("share of the greatest net yield", Unit::Share), rows: rows.collect() }),
    }
}
