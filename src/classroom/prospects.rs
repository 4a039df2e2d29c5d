//! What each choice of a seat would come to in the next round if all others do what they did last. Nobody can know the luck of the
//! round, so the meadow leaves it out, and the place is tried on sixteen other lucks.

use super::commons::{Commons, Luck, Round, share_met};
use super::game::Game;
use super::meadow;
use super::table::Table;
use super::treatment::{Rule, SENT_HOME};
use crate::model::lanes::{LANES, Lanes};
use crate::model::look::Stepper;
use crate::model::pool::PoolState;
use crate::model::rows::Packing;
use crate::model::simd::InstructionSet;
use crate::scenario::text::Faults;
use serde::Serialize;

/// The first of the lucks on which a choice in the place is tried: none that a class plays.
const OTHER_LUCKS: u64 = 1_000_000;

/// What a choice would come to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Prospect {
    /// Level, in the unit of levels: on the meadow cows.
    pub level: u8,
    /// What the seat would earn in this round.
    pub earned: f64,
    /// What would be left of what is shared, in per cent.
    pub stock: f64,
    /// Share of its need that the seat would meet; nought where there is none.
    pub met: f64,
}

impl Commons {
    /// What each level of a seat would come to in the next round if all others want what they did in the last one.
    ///
    /// # Errors
    /// The engine cannot run it, which no class has seen.
    pub fn prospects(&self, rounds: &[Round], luck: Luck, seat: usize) -> Result<Vec<Prospect>, Faults> {
        match self.terms.game {
            Game::Meadow => Ok(self.on_the_meadow(rounds, seat)),
            Game::Place => self.in_the_place(rounds, luck, seat),
        }
    }

    /// By the laws of the engine's pool. Fines and dry rounds are left out.
    fn on_the_meadow(&self, rounds: &[Round], seat: usize) -> Vec<Prospect> {
        let (setup, facts) = (&self.scenario.setup, self.terms.game.facts());
        let (Some(pool), Some(kind)) = (setup.pools().first(), setup.kinds().first()) else { return Vec::new() };
        let last = rounds.last();
        let (pool, stock) = (&pool.part, Lanes::all(last.map_or(facts.starts, |round| round.after)));
        let wanted =
            |other: usize| last.and_then(|round| round.seats.get(other)).map_or(facts.at_level_1, |turn| turn.wanted);
        let rest: f64 =
            (0..self.terms.seats).filter(|other| *other != seat).map(|other| self.held(wanted(other))).sum();
        let of = |level: u8| {
            let cows = self.held(f64::from(level));
            let all = Lanes::all(cows + rest);
            let yields = pool.yield_per_effort(all, stock);
            let mut state = PoolState { stock, ..pool.begin() };
            state.drawn = all * pool.loss_per_effort(yields, stock);
            pool.regrow(&mut state, 0);
            let earns = yields.lane(0) * meadow::price(self.terms.seats) - kind.cost.per_effort;
            Prospect { level, earned: cows * earns - self.levy(), stock: state.stock.lane(0), met: 0.0 }
        };
        facts.all().into_iter().map(of).collect()
    }

    /// On sixteen other lucks on which all did what they did here: the mean.
    fn in_the_place(&self, rounds: &[Round], luck: Luck, seat: usize) -> Result<Vec<Prospect>, Faults> {
        let facts = self.terms.game.facts();
        let steps = facts.steps as usize;
        let mut acts = self.acted(rounds);
        for own in &mut acts {
            let last = own.last().copied().flatten().unwrap_or((facts.at_level_1, 0.0, 0.0));
            own.extend(std::iter::repeat_n(Some(last), steps));
        }
        let runs = std::array::from_fn(|lane| OTHER_LUCKS + lane as u64);
        let of = |level: u8| {
            let mut acts = acts.clone();
            for act in acts.get_mut(seat).into_iter().flat_map(|own| own.iter_mut().rev().take(steps)).flatten() {
                *act = (f64::from(level), act.1, act.2);
            }
            let setup = self.setup_of(&acts)?;
            let table = Table::of(self.terms.game, &setup, self.terms.seats);
            let mut stepper = Stepper::new(&setup, luck.seed, &Packing::Runs(runs), InstructionSet::best());
            (0..rounds.len() * steps).for_each(|_| _ = stepper.pass());
            Ok(ahead(&table, &mut stepper, level, seat))
        };
        facts.all().into_iter().map(of).collect()
    }

    /// What is left of a wish for cows once the rule has taken its part.
    fn held(&self, cows: f64) -> f64 {
        let fence = self.terms.settled.filter(|settled| settled.rule == Rule::Fence);
        let limit = |limit| f64::from(self.terms.game.facts().at(limit));
        fence.map_or(cows, |settled| cows - SENT_HOME * (cows - limit(settled.limit)).max(0.0))
    }

    /// What watching costs a seat in a round.
    fn levy(&self) -> f64 {
        let fines = self.terms.settled.is_some_and(|settled| settled.rule == Rule::Fine);
        if fines { self.terms.game.watch(self.terms.seats).costs / self.terms.seats as f64 } else { 0.0 }
    }
}

/// The mean over all lanes of a round from here.
fn ahead(table: &Table, stepper: &mut Stepper, level: u8, seat: usize) -> Prospect {
    let (mut earned, mut need, mut met) = (0.0, 0.0, 0.0);
    let mean = |lanes: Lanes| (0..LANES).map(|lane| lanes.lane(lane)).sum::<f64>() / LANES as f64;
    table.pass(stepper, |seated, seen| {
        if seated == seat {
            earned += mean(seen.margin) * seen.size;
            need += mean(seen.need) * seen.size;
            met += mean(seen.met) * seen.size;
        }
    });
    let stock = (0..LANES).map(|lane| table.stock(stepper, lane)).sum::<f64>() / LANES as f64;
    Prospect { level, earned, stock, met: share_met(need, met).unwrap_or(0.0) }
}
