//! The meadow of a group: a scenario of the engine in which the seats are played, and what became of it, round by round.
//!
//! The meadow is that of `pasture-fortress`, on which grass that falls below a fifth of full dies, with numbers for a class: a cow
//! eats its part of the grass and earns a tenth of the per cent of grass in coins, less 2 for its keep, whatever the number of seats.

use super::treatment::{COWS_AT_LEVEL_1, MOST_COWS, Rule, SENT_HOME, Settled, Treatment, WATCHING_COSTS, rules};
use crate::model::lanes::Lanes;
use crate::model::look::{Look, Seen, Stepper};
use crate::model::pool::PoolState;
use crate::model::rows::Packing;
use crate::model::setup::Setup;
use crate::model::simd::InstructionSet;
use crate::scenario::Scenario;
use crate::scenario::text::Faults;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Cows that each seat sent in a round; `None` where a computer herder chose.
pub type Turns = Vec<Option<u8>>;

/// Chance that a round is dry, and the share of the grass that a dry round takes.
pub const DRY: (f64, f64) = (0.1, 0.1);

/// The kind of provider that herds, by its name in the scenario.
const HERDERS: &str = "herder";

/// What a meadow is like before anybody chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// What it is called: "Class MEAD, group A".
    pub title: String,
    /// Seats.
    pub seats: usize,
    /// Rounds.
    pub rounds: u32,
    /// What the group is given.
    pub treatment: Treatment,
    /// What it has settled on.
    pub settled: Option<Settled>,
}

/// Which luck a meadow meets: the same for all groups of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Luck {
    /// Seed of all chance.
    pub seed: u64,
    /// Number of the run.
    pub run: u64,
}

/// One round that has been played.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Round {
    /// Grass before it, in per cent of a full meadow.
    pub before: f64,
    /// Grass after it.
    pub after: f64,
    /// Whether it was a dry round.
    pub dry: bool,
    /// What each seat came to.
    pub seats: Vec<Turn>,
}

/// What a seat came to in a round.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Turn {
    /// Cows that it wanted to send.
    pub wanted: f64,
    /// Cows that it had on the meadow, once the rule had taken its part.
    pub cows: f64,
    /// Coins that it earned, with its fine and its part of the fines of all.
    pub coins: f64,
    /// Coins that it was fined.
    pub fine: f64,
    /// Whether a computer herder chose.
    pub bot: bool,
}

impl Round {
    /// Coins of all seats together.
    pub fn coins(&self) -> f64 {
        self.seats.iter().map(|turn| turn.coins).sum()
    }

    /// Cows of all seats together.
    pub fn cows(&self) -> f64 {
        self.seats.iter().map(|turn| turn.cows).sum()
    }
}

/// A meadow that can be played: the scenario, ready for turns.
#[derive(Clone, Debug)]
pub struct Meadow {
    scenario: Scenario,
    seats: usize,
    settled: Option<Settled>,
}

impl Meadow {
    /// The meadow on these terms, on which nobody has played yet.
    ///
    /// # Errors
    /// No such scenario can be made: none of the terms that a room may have.
    pub fn new(terms: &Terms) -> Result<Self, Faults> {
        let scenario = Scenario::bundled("pasture-fortress")?.extended(patch(terms))?;
        Ok(Self { scenario, seats: terms.seats, settled: terms.settled })
    }

    /// The scenario with what was played so far.
    ///
    /// # Errors
    /// A turn of more cows than there may be.
    pub fn scenario(&self, turns: &[Turns]) -> Result<Scenario, Faults> {
        self.scenario.set(&format!("/providers/{HERDERS}/behaviour/played/levels"), lists(self.seats, turns))
    }

    /// What the engine runs of it.
    fn setup(&self, turns: &[Turns]) -> Result<Setup, Faults> {
        let levels = format!("/providers/{HERDERS}/behaviour/played/levels");
        self.scenario.setup_with(&crate::scenario::bundled::BUNDLED, [(levels.as_str(), lists(self.seats, turns))])
    }

    /// The rounds that were played, as the engine runs them.
    ///
    /// # Errors
    /// As for [`Meadow::scenario`].
    pub fn play(&self, turns: &[Turns], luck: Luck) -> Result<Vec<Round>, Faults> {
        Ok(rounds(&self.setup(turns)?, turns, luck))
    }

    /// What each choice of a seat would come to in the next round if all others wanted what they are said to, on a meadow with so
    /// much grass: coins, and the grass that is left, by the laws of the engine's pool. Fines and dry rounds are left out, since nobody
    /// can know them.
    pub fn prospects(&self, grass: f64, others: &[f64], seat: usize) -> Vec<Prospect> {
        let setup = &self.scenario.setup;
        let (Some(pool), Some(kind)) = (setup.pools().first(), setup.kinds().first()) else { return Vec::new() };
        let (pool, stock) = (&pool.part, Lanes::all(grass));
        let rest: f64 = (0..self.seats)
            .filter(|other| *other != seat)
            .map(|other| self.held(others.get(other).copied().unwrap_or(COWS_AT_LEVEL_1)))
            .sum();
        (0..=MOST_COWS)
            .map(|wanted| {
                let cows = self.held(f64::from(wanted));
                let all = Lanes::all(cows + rest);
                let yields = pool.yield_per_effort(all, stock);
                let mut state = PoolState { stock, ..pool.begin() };
                state.drawn = all * pool.loss_per_effort(yields, stock);
                pool.regrow(&mut state, 0);
                let earns = yields.lane(0) * price(self.seats) - kind.cost.per_effort;
                Prospect { cows: wanted, coins: cows * earns - self.levy(), grass: state.stock.lane(0) }
            })
            .collect()
    }

    /// What is left of a wish once the rule has taken its part.
    fn held(&self, cows: f64) -> f64 {
        let fence = self.settled.filter(|settled| settled.rule == Rule::Fence);
        fence.map_or(cows, |settled| cows - SENT_HOME * (cows - f64::from(settled.limit)).max(0.0))
    }

    /// What watching costs a seat.
    fn levy(&self) -> f64 {
        if self.settled.is_some_and(|settled| settled.rule == Rule::Fine) { WATCHING_COSTS } else { 0.0 }
    }
}

/// What a choice would come to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Prospect {
    /// Cows.
    pub cows: u8,
    /// Coins of this round.
    pub coins: f64,
    /// Grass that is left, in per cent.
    pub grass: f64,
}

/// Runs as many rounds as there are turns, and writes down what became of each.
pub fn rounds(setup: &Setup, turns: &[Turns], luck: Luck) -> Vec<Round> {
    let runs = std::array::from_fn(|_| luck.run);
    let mut stepper = Stepper::new(setup, luck.seed, &Packing::Runs(runs), InstructionSet::best());
    let mut before = grass(&stepper.look(), 0);
    let mut all = Vec::with_capacity(turns.len());
    for played in turns {
        if !stepper.pass() {
            break;
        }
        let end = stepper.look();
        let after = grass(&end, 0);
        let bot = |seat: usize| played.get(seat).copied().flatten().is_none();
        let seats = end.providers.iter().enumerate().map(|(seat, seen)| turn(seen, 0, bot(seat))).collect();
        all.push(Round { before, after, dry: is_dry(before, &end), seats });
        before = after;
    }
    all
}

/// Grass in a lane, in per cent of a full meadow: its capacity is 100.
pub(super) fn grass(look: &Look, lane: usize) -> f64 {
    look.pools.first().map_or(0.0, |pool| pool.stock.lane(lane))
}

/// What a herder came to in a lane.
pub(super) fn turn(seen: &Seen, lane: usize, bot: bool) -> Turn {
    // The list of levels runs from no cow to twelve, one by one: the position of a choice is its number of cows.
    Turn {
        wanted: seen.choice.lane(lane),
        cows: seen.level.lane(lane) * seen.size,
        coins: seen.margin.lane(lane) * seen.size,
        fine: seen.fine.lane(lane) * seen.size,
        bot,
    }
}

/// Whether more was taken from the meadow, of which there was so much before, than cows have eaten.
fn is_dry(before: f64, look: &Look) -> bool {
    let eaten: f64 = look.providers.iter().map(|seen| seen.delivered.lane(0) * seen.size).sum();
    look.pools.first().is_some_and(|pool| before + pool.grown.lane(0) - pool.stock.lane(0) > eaten + 1e-9)
}

/// Coins for a unit of yield, so that a cow earns a tenth of the grass in per cent whatever the number of seats.
fn price(seats: usize) -> f64 {
    seats as f64 / 0.6
}

/// Turns by round as lists by seat.
fn lists(seats: usize, turns: &[Turns]) -> Value {
    let of = |seat: usize| turns.iter().map(|round| round.get(seat).copied().flatten()).collect::<Vec<_>>();
    json!((0..seats).map(of).collect::<Vec<_>>())
}

/// What a class has in place of the pasture's numbers.
fn patch(terms: &Terms) -> Value {
    let Terms { title, seats, rounds, treatment, settled } = terms;
    let seats = *seats as f64;
    json!({
        "title": title,
        "question": "What happens to a meadow that a group shares, and what changes it?",
        "assumptions": [
            "The meadow of pasture-fortress in numbers for a class: a cow earns a tenth of the grass in per cent, less 2 coins, and eats 6 in 100 of the grass divided by the number of seats, so that one cow of six seats eats 1% of it (assumed)",
            format!("A round is dry with a chance of {}, and then a tenth of the grass is gone (assumed)", DRY.0),
            "Where nobody plays, a computer herder learns what pays, with the patience and the learning of the bundled pasture, the same in every group (assumed)",
            "What a group voted for stands as the one thing on the table, so that the lot can fall on nothing else; computer herders hold to it as far as their conscience goes (assumed)"
        ],
        "time": { "steps": rounds, "unit": "round" },
        "pools": { "pasture": { "unit": "% of a full meadow", "production": { "schaefer": { "catchability": 0.06 / seats } } } },
        "providers": { HERDERS: {
            "count": seats as u64, "size": COWS_AT_LEVEL_1 * seats, "plan": 1,
            "levels": { "from": 0, "to": f64::from(MOST_COWS) / COWS_AT_LEVEL_1, "count": u32::from(MOST_COWS) + 1 },
            "cost": { "per_effort": 2 }, "worth": price(terms.seats), "norm": { "weight": 3, "imposed": 0.3 },
            "behaviour": { "learner": null, "played": {
                "unit": { "name": "cows", "at_level_1": COWS_AT_LEVEL_1 }, "levels": lists(seats as usize, &[]), "otherwise": bot()
            } },
            "payment": { "tariff": { "price": price(terms.seats) } }
        } },
        "shocks": { "dry": { "stock_loss": { "when": { "chance": DRY.0 }, "size": DRY.1, "pool": "pasture" } } },
        "knobs": null,
        "rules": rules(terms.seats, *treatment, *settled)
    })
}

/// How a computer herder chooses: as the herders of the bundled pasture, in coins that are ten times its pounds.
fn bot() -> Value {
    json!({ "learner": {
        "memory": 0.9, "foregone": 1, "cumulation": 0, "unplayed": "fade", "choice_sharpness": 2, "habit": 1
    } })
}
