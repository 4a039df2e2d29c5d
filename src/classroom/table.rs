//! Where seats and what they share stand among the providers and pools of a setup; and the rounds of a game, as the engine runs them.

use super::commons::{Act, Luck, Round, Turn, Turns};
use super::game::{Facts, Game};
use crate::model::look::{Seen, Stepper};
use crate::model::pool::PoolState;
use crate::model::rows::Packing;
use crate::model::setup::{Kind, Setup};
use crate::model::simd::InstructionSet;

/// Runs as many rounds as there are turns, and writes down what became of each.
pub fn rounds(game: Game, setup: &Setup, turns: &[Turns], luck: Luck) -> Vec<Round> {
    let runs = std::array::from_fn(|_| luck.run);
    let mut stepper = Stepper::new(setup, luck.seed, &Packing::Runs(runs), InstructionSet::best());
    let table = Table::of(game, setup, turns.first().map_or(0, Vec::len));
    let mut before = table.stock(&stepper, 0);
    let mut all = Vec::with_capacity(turns.len());
    for played in turns {
        let Some(round) = table.round(&mut stepper, played, before) else { break };
        before = round.after;
        all.push(round);
    }
    all
}

/// Where seats and what they share stand in a setup.
pub(super) struct Table<'a> {
    facts: &'static Facts,
    setup: &'a Setup,
    /// Position of the pool, and what makes its stock per cent.
    pool: (usize, f64),
    /// Each seat's position among the providers.
    seats: Vec<usize>,
}

impl<'a> Table<'a> {
    /// The table of so many seats.
    pub(super) fn of(game: Game, setup: &'a Setup, seats: usize) -> Self {
        let facts = game.facts();
        let pool = setup.pools().iter().position(|pool| pool.name == facts.pool).unwrap_or(0);
        let per_cent = setup.pools().get(pool).map_or(1.0, |pool| 100.0 / pool.part.capacity);
        let before = |kind: &str| {
            setup.kinds().iter().take_while(|other| other.name != kind).map(|other| other.count).sum::<usize>()
        };
        let seats = game.roles(seats).iter().map(|role| before(role.kind) + role.member).collect();
        Self { facts, setup, pool: (pool, per_cent), seats }
    }

    /// What is there in a lane, in per cent.
    pub(super) fn stock(&self, stepper: &Stepper, lane: usize) -> f64 {
        stepper.pools().get(self.pool.0).map_or(0.0, |pool| pool.stock.lane(lane) * self.pool.1)
    }

    /// Passes the steps of a round and shows each seat in each of them; seats that the setup does not have are left out. `false`
    /// after the last step.
    pub(super) fn pass(&self, stepper: &mut Stepper, mut see: impl FnMut(usize, &Seen)) -> bool {
        for _ in 0..self.facts.steps {
            if !stepper.pass() {
                return false;
            }
            let look = stepper.look();
            let seats = self.seats.iter().filter_map(|seat| look.providers.get(*seat));
            seats.enumerate().for_each(|(seat, seen)| see(seat, seen));
        }
        true
    }

    /// Plays a round; nothing after the last step.
    fn round(&self, stepper: &mut Stepper, played: &Turns, before: f64) -> Option<Round> {
        let bot = |seat: usize| played.get(seat).copied().flatten().is_none();
        let mut seats: Vec<Turn> = (0..self.seats.len()).map(|seat| Turn::begin(bot(seat))).collect();
        let mut eaten = 0.0;
        let passed = self.pass(stepper, |seat, seen| {
            seats[seat].add(self.facts, self.setup.kinds().get(seen.kind), seen);
            eaten += seen.delivered.lane(0) * seen.size;
        });
        for turn in &mut seats {
            turn.end(f64::from(self.facts.steps));
        }
        let dry = self.facts.steps == 1 && is_dry(before, eaten, stepper.pools());
        passed.then(|| Round { before, after: self.stock(stepper, 0), dry, seats })
    }
}

/// Parts of one to which averages are told.
const FINE: f64 = 1e9;

impl Turn {
    fn begin(bot: bool) -> Self {
        Self {
            wanted: 0.0,
            held: 0.0,
            upstream: 0.0,
            refers: 0.0,
            earned: 0.0,
            fine: 0.0,
            need: 0.0,
            met: 0.0,
            bot,
            acts: Vec::new(),
        }
    }

    /// Adds what was seen of a step in the first lane.
    fn add(&mut self, facts: &Facts, kind: Option<&Kind>, seen: &Seen) {
        let act = act(facts, kind, seen);
        self.wanted += act.0;
        self.upstream += act.1;
        self.refers += act.2;
        self.acts.push(act);
        self.held += seen.level.lane(0) * facts.at_level_1;
        self.earned += seen.margin.lane(0) * seen.size;
        self.fine += seen.fine.lane(0) * seen.size;
        self.need += seen.need.lane(0) * seen.size;
        self.met += seen.met.lane(0) * seen.size;
    }

    /// Makes levels and shares what they were on average.
    fn end(&mut self, steps: f64) {
        if steps <= 1.0 {
            return;
        }
        for number in [&mut self.wanted, &mut self.held, &mut self.upstream, &mut self.refers] {
            // What was the same in all steps is that on average, too, to the last digit that is shown.
            *number = (*number / steps * FINE).round() / FINE;
        }
    }
}

/// What a provider wanted: the levels of a kind stand one after another, each with all of its shares.
fn act(facts: &Facts, kind: Option<&Kind>, seen: &Seen) -> Act {
    let position = seen.choice.lane(0) as usize;
    let Some(kind) = kind else { return (0.0, 0.0, 0.0) };
    let shares = (kind.actions.len() / usize::from(facts.levels.2)).max(1);
    let level = f64::from(facts.at((position / shares) as u8));
    kind.actions.get(position).map_or((level, 0.0, 0.0), |action| (level, action.upstream, action.refers))
}

/// Whether more was taken from the meadow, of which there was so much before, than cows have eaten.
fn is_dry(before: f64, eaten: f64, pools: &[PoolState]) -> bool {
    pools.first().is_some_and(|pool| before + pool.grown.lane(0) - pool.stock.lane(0) > eaten + 1e-9)
}
