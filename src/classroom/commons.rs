//! What a group shares, ready to be played: a scenario of the engine in which the seats are played, and what became of it, round by round.

use super::game::{Choice, Game, Role};
use super::table::rounds;
use super::treatment::{Settled, Treatment};
use crate::model::setup::Setup;
use crate::scenario::Scenario;
use crate::scenario::bundled::BUNDLED;
use crate::scenario::text::Faults;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What each seat chose in a round; `None` where a computer chose.
pub type Turns = Vec<Option<Choice>>;

/// What is shared, and how, before anybody chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Which game.
    pub game: Game,
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

/// Which luck a group meets: the same for all groups of a class.
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
    /// What was there before it of what is shared, in per cent of the most that there can be.
    pub before: f64,
    /// The same after it.
    pub after: f64,
    /// Whether it was a dry round.
    pub dry: bool,
    /// What each seat came to.
    pub seats: Vec<Turn>,
}

/// What a seat came to in a round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Turn {
    /// Level that it wanted, in the unit of levels, on average over the steps of the round: on the meadow cows.
    pub wanted: f64,
    /// Level that it had, once the rule had taken its part.
    pub held: f64,
    /// Share of its effort for prevention.
    pub upstream: f64,
    /// Share of its need that it referred.
    pub refers: f64,
    /// What it earned, with its fine and its part of the fines of all.
    pub earned: f64,
    /// What it was fined.
    pub fine: f64,
    /// Need that was to be met, in units of care; nought where there is none.
    pub need: f64,
    /// Need that was met.
    pub met: f64,
    /// Whether a computer chose.
    pub bot: bool,
    /// What it wanted in each step: level, share of prevention, share referred.
    #[serde(skip)]
    pub acts: Vec<Act>,
}

/// What a seat wanted in a step: level in the unit of levels, share of effort for prevention, share of need referred.
pub type Act = (f64, f64, f64);

/// The share of need that was met; nothing where there was none.
pub fn share_met(need: f64, met: f64) -> Option<f64> {
    (need > 0.0).then(|| met / need)
}

/// The same of several turns together.
pub fn met_of<'a>(turns: impl IntoIterator<Item = &'a Turn>) -> Option<f64> {
    let (need, met) = turns.into_iter().fold((0.0, 0.0), |(need, met), turn| (need + turn.need, met + turn.met));
    share_met(need, met)
}

impl Turn {
    /// The share of its need that it met.
    pub fn share_met(&self) -> Option<f64> {
        share_met(self.need, self.met)
    }
}

impl Round {
    /// What all seats earned together.
    pub fn earned(&self) -> f64 {
        self.seats.iter().map(|turn| turn.earned).sum()
    }

    /// The levels of all seats together.
    pub fn held(&self) -> f64 {
        self.seats.iter().map(|turn| turn.held).sum()
    }
}

/// What a group shares, ready for turns.
#[derive(Clone, Debug)]
pub struct Commons {
    pub(super) scenario: Scenario,
    pub(super) terms: Terms,
    roles: Vec<Role>,
}

impl Commons {
    /// On these terms, and nobody has played yet.
    ///
    /// # Errors
    /// No such scenario can be made: none of the terms that a room may have.
    pub fn new(terms: &Terms) -> Result<Self, Faults> {
        let (name, patch) = terms.game.scenario(terms);
        let scenario = Scenario::bundled(name)?.extended(patch)?;
        Ok(Self { scenario, roles: terms.game.roles(terms.seats), terms: terms.clone() })
    }

    /// Who sits in each seat.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The scenario with what was played so far.
    ///
    /// # Errors
    /// A turn that the game does not have.
    pub fn scenario(&self, turns: &[Turns]) -> Result<Scenario, Faults> {
        let lists = self.lists(&self.written(turns));
        self.scenario.set_all(lists.iter().map(|(pointer, value)| (pointer.as_str(), value.clone())))
    }

    /// What the engine runs of it.
    pub(super) fn setup(&self, turns: &[Turns]) -> Result<Setup, Faults> {
        self.setup_of(&self.written(turns))
    }

    /// What the engine runs where the seats want this, step by step.
    pub(super) fn setup_of(&self, acts: &[Vec<Option<Act>>]) -> Result<Setup, Faults> {
        let lists = self.lists(acts);
        self.scenario.setup_with(&BUNDLED, lists.iter().map(|(pointer, value)| (pointer.as_str(), value.clone())))
    }

    /// The rounds that were played, as the engine runs them.
    ///
    /// # Errors
    /// As for [`Commons::scenario`].
    pub fn play(&self, turns: &[Turns], luck: Luck) -> Result<Vec<Round>, Faults> {
        Ok(rounds(self.terms.game, &self.setup(turns)?, turns, luck))
    }

    /// What each seat wanted in each step of rounds that were played, computers included.
    pub(super) fn acted(&self, rounds: &[Round]) -> Vec<Vec<Option<Act>>> {
        let of = |seat: usize| rounds.iter().filter_map(move |round| round.seats.get(seat));
        (0..self.terms.seats)
            .map(|seat| of(seat).flat_map(|turn| turn.acts.iter().copied().map(Some)).collect())
            .collect()
    }

    /// Turns by round as acts by seat and step.
    fn written(&self, turns: &[Turns]) -> Vec<Vec<Option<Act>>> {
        let facts = self.terms.game.facts();
        let of = |seat: usize| {
            let chosen = turns.iter().map(move |round| round.get(seat).copied().flatten());
            chosen.flat_map(|choice| {
                std::iter::repeat_n(choice.map(|choice| facts.numbers(choice)), facts.steps as usize)
            })
        };
        (0..self.terms.seats).map(|seat| of(seat).collect()).collect()
    }

    /// Acts by seat as the lists of the scenario, with the pointers to them.
    fn lists(&self, acts: &[Vec<Option<Act>>]) -> Vec<(String, Value)> {
        let facts = self.terms.game.facts();
        let mut kinds: Vec<&str> = self.roles.iter().map(|role| role.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut all = Vec::new();
        for kind in kinds {
            let mut seats: Vec<usize> = (0..self.roles.len()).filter(|seat| self.roles[*seat].kind == kind).collect();
            seats.sort_by_key(|seat| self.roles[*seat].member);
            let mut put = |field: &str, of: fn(&Act) -> f64| {
                let list = |seat: &usize| {
                    acts.get(*seat).into_iter().flatten().map(|act| act.as_ref().map(of)).collect::<Vec<_>>()
                };
                let lists: Vec<_> = seats.iter().map(list).collect();
                all.push((format!("/providers/{kind}/behaviour/played/{field}"), json!(lists)));
            };
            put("levels", |act| act.0);
            if !facts.upstream.is_empty() {
                put("upstream", |act| act.1);
            }
            if seats.iter().any(|seat| self.roles[*seat].refers) {
                put("refers", |act| act.2);
            }
        }
        all
    }
}
