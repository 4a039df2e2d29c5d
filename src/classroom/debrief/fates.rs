//! What a game comes to in each of many lucks.

use super::Fan;
use crate::classroom::commons::share_met;
use crate::classroom::game::Game;
use crate::classroom::table::Table;
use crate::model::lanes::LANES;
use crate::model::look::Stepper;
use crate::model::rows::Packing;
use crate::model::setup::Setup;
use crate::model::simd::InstructionSet;
use crate::statistics::quantile;

/// What a game came to in one luck.
#[derive(Clone, Debug, Default)]
pub(super) struct Fate {
    /// What was left after each round, in per cent.
    pub(super) stock: Vec<f64>,
    /// What each seat earned.
    pub(super) earned: Vec<f64>,
    /// Need of all seats, in units of care.
    pub(super) need: f64,
    /// Need met.
    pub(super) met: f64,
    /// What the care of all seats is worth to the public, less what it costs.
    pub(super) worth: f64,
}

impl Fate {
    pub(super) fn end(&self) -> f64 {
        self.stock.last().copied().unwrap_or(100.0)
    }

    pub(super) fn total(&self) -> f64 {
        self.earned.iter().sum()
    }

    /// Share of need that was met.
    pub(super) fn share(&self) -> f64 {
        share_met(self.need, self.met).unwrap_or(0.0)
    }
}

/// What a game of so many seats and rounds comes to in each of so many lucks.
pub(super) fn fates(game: Game, setup: &Setup, (seats, rounds): (usize, usize), seed: u64, lucks: usize) -> Vec<Fate> {
    let table = Table::of(game, setup, seats);
    let mut all = Vec::with_capacity(lucks);
    for first in (0..lucks).step_by(LANES) {
        let runs = std::array::from_fn(|lane| (first + lane) as u64);
        let mut stepper = Stepper::new(setup, seed, &Packing::Runs(runs), InstructionSet::best());
        let mut batch = vec![Fate { earned: vec![0.0; seats], ..Fate::default() }; LANES.min(lucks - first)];
        for _ in 0..rounds {
            if !round(setup, &table, &mut stepper, &mut batch) {
                break;
            }
        }
        all.append(&mut batch);
    }
    all
}

/// One round of a batch; `false` after the last step.
fn round(setup: &Setup, table: &Table, stepper: &mut Stepper, batch: &mut [Fate]) -> bool {
    let passed = table.pass(stepper, |seat, seen| {
        let worth = setup.kinds().get(seen.kind).map_or(0.0, |kind| kind.worth);
        for (lane, fate) in batch.iter_mut().enumerate() {
            fate.earned[seat] += seen.margin.lane(lane) * seen.size;
            fate.need += seen.need.lane(lane) * seen.size;
            fate.met += seen.met.lane(lane) * seen.size;
            fate.worth += (worth * seen.met.lane(lane) - seen.cost.lane(lane)) * seen.size;
        }
    });
    for (lane, fate) in batch.iter_mut().enumerate().filter(|_| passed) {
        fate.stock.push(table.stock(stepper, lane));
    }
    passed
}

/// The fan of what is left, round by round.
pub(super) fn fan(name: &str, fates: &[Fate], rounds: usize) -> Fan {
    let sorted = |round: usize| {
        let mut stock: Vec<f64> = fates.iter().filter_map(|fate| fate.stock.get(round)).copied().collect();
        stock.sort_by(f64::total_cmp);
        stock
    };
    let rounds: Vec<Vec<f64>> = (0..rounds).map(sorted).collect();
    let at = |share: f64| rounds.iter().map(|stock| quantile(stock, share)).collect();
    Fan { name: name.to_owned(), low: at(0.1), middle: at(0.5), high: at(0.9) }
}
