//! The games of a class. What is shared, who shares it and what a seat chooses stand here for all of them; the numbers and words of
//! each in a file of its own (`meadow`, `place`). Whatever plays, shows or tells a game asks here.

use super::commons::Terms;
use super::{meadow, place};
use crate::model::english::counted;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A game.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Game {
    /// A meadow on which each seat sends cows.
    #[default]
    Meadow,
    /// A place in which each seat is a provider of care.
    Place,
}

/// What a seat chooses in a round, as positions among the stops of its game.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Which level; on the meadow the number of cows.
    pub level: u8,
    /// Which share of prevention.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub upstream: u8,
    /// Which share of what can be referred.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub refers: u8,
}

/// Who sits in a seat: a provider of the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its kind, by the name in the scenario.
    pub kind: &'static str,
    /// Its number among the seats of that kind.
    pub member: usize,
    /// What it is called; nothing where seats are all alike.
    pub name: &'static str,
    /// What it is, and what it is paid, in a sentence.
    pub says: &'static str,
    /// Whether it may refer.
    pub refers: bool,
}

/// What does not change in a game.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facts {
    /// Steps of the model in a round.
    pub steps: u32,
    /// What a level counts in, one and many: "1 cow", "6 cows", "90% of plan".
    pub unit: (&'static str, &'static str),
    /// The first level, what lies between two, and how many there are.
    pub levels: (u8, u8, u8),
    /// Level 1 of the scenario in that unit.
    pub at_level_1: f64,
    /// The position of the level at which nobody takes more than what was planned: where nobody votes it is the limit.
    pub fair: u8,
    /// Shares of effort that may go to prevention, in per cent.
    pub upstream: &'static [u8],
    /// Shares of what can be referred that may be, in per cent.
    pub refers: &'static [u8],
    /// Share of its need that who may refer can refer.
    pub referable: f64,
    /// The pool that is shared, by its name in the scenario.
    pub pool: &'static str,
    /// What is left of it, in words: "grass".
    pub stock: &'static str,
    /// Where it stands at the beginning, in per cent.
    pub starts: f64,
    /// Below which it is as good as lost, in per cent: what the scenario calls its collapse.
    pub bare: f64,
    /// What a computer that chooses for a seat is called.
    pub bot: &'static str,
}

/// What watching and fines are in a game.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Watch {
    /// Chance that what a seat does in a step of the model is seen.
    pub seen: f64,
    /// Fine for a unit of effort above the limit, in money.
    pub fine: f64,
    /// What watching costs all seats together in a step.
    pub costs: f64,
}

impl Game {
    /// All games.
    pub const ALL: [Self; 2] = [Self::Meadow, Self::Place];

    /// What does not change in it.
    pub fn facts(self) -> &'static Facts {
        match self {
            Self::Meadow => &meadow::FACTS,
            Self::Place => &place::FACTS,
        }
    }

    /// Who sits in each of so many seats.
    pub fn roles(self, seats: usize) -> Vec<Role> {
        match self {
            Self::Meadow => (0..seats).map(meadow::role).collect(),
            Self::Place => place::ROLES.iter().take(seats).copied().collect(),
        }
    }

    /// The bundled scenario that it is made of, and what a class has in place of its numbers.
    pub(super) fn scenario(self, terms: &Terms) -> (&'static str, Value) {
        match self {
            Self::Meadow => ("pasture-fortress", meadow::patch(terms)),
            Self::Place => ("place-fortress+care-nearer-home", place::patch(terms)),
        }
    }

    /// What watching and fines are for so many seats.
    pub(super) fn watch(self, seats: usize) -> Watch {
        match self {
            Self::Meadow => meadow::watch(seats),
            Self::Place => place::WATCH,
        }
    }

    /// What watching and fines are, in a sentence.
    pub(super) fn watch_says(self) -> String {
        match self {
            Self::Meadow => meadow::watch_says(),
            Self::Place => place::watch_says(),
        }
    }

    /// What it is about, for those who are about to play it.
    pub fn says(self, seats: usize) -> String {
        match self {
            Self::Meadow => meadow::says(seats),
            Self::Place => place::says(seats),
        }
    }

    /// Whether a choice is one that the game has, and that a role may make.
    pub fn allows(self, choice: Choice, role: &Role) -> bool {
        let facts = self.facts();
        let within = |position: u8, of: &[u8]| usize::from(position) < of.len().max(1);
        choice.level < facts.levels.2
            && within(choice.upstream, facts.upstream)
            && within(choice.refers, if role.refers { facts.refers } else { &[] })
    }

    /// What may be chosen, in words: "0 to 12 cows".
    pub fn range(self) -> String {
        let [first, last] = self.facts().ends();
        format!("{first} to {}", self.level(last))
    }

    /// A number in the unit of levels: "6 cows", "90% of plan".
    fn level(self, number: u8) -> String {
        match self {
            Self::Meadow => counted(f64::from(number), self.facts().unit.0),
            Self::Place => format!("{number}{}", self.facts().unit.1),
        }
    }

    /// A limit in words.
    pub fn limit(self, position: u8) -> String {
        self.level(self.facts().at(position))
    }
}

impl Facts {
    /// The level at a position, in the unit of levels.
    pub fn at(&self, position: u8) -> u8 {
        let (first, between, count) = self.levels;
        first + between * position.min(count.saturating_sub(1))
    }

    /// The first level and the last, in the unit of levels.
    pub fn ends(&self) -> [u8; 2] {
        [self.at(0), self.at(u8::MAX)]
    }

    /// All levels, in the unit of levels.
    pub fn all(&self) -> Vec<u8> {
        (0..self.levels.2).map(|position| self.at(position)).collect()
    }

    /// The position of a level that was typed.
    pub fn position(&self, level: u8) -> Option<u8> {
        (0..self.levels.2).find(|position| self.at(*position) == level)
    }

    /// What a choice is, in numbers of the scenario: level in the unit of levels, share of effort for prevention, share of
    /// need that is referred.
    pub fn numbers(&self, choice: Choice) -> (f64, f64, f64) {
        let share =
            |of: &[u8], position: u8| of.get(usize::from(position)).map_or(0.0, |share| f64::from(*share) / 100.0);
        (
            f64::from(self.at(choice.level)),
            share(self.upstream, choice.upstream),
            self.referable * share(self.refers, choice.refers),
        )
    }
}

impl From<u8> for Choice {
    /// A level, with no prevention and nothing referred.
    fn from(level: u8) -> Self {
        Self { level, ..Self::default() }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(super) fn is_nought(number: &u8) -> bool {
    *number == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_one_of_the_stops_and_only_some_may_refer() {
        for game in Game::ALL {
            let roles = game.roles(8);
            assert_eq!(roles.len(), 8);
            let facts = game.facts();
            assert!(game.allows(Choice::from(facts.levels.2 - 1), &roles[0]));
            assert!(!game.allows(Choice::from(facts.levels.2), &roles[0]));
            assert_eq!(facts.position(facts.at(facts.fair)), Some(facts.fair));
            assert!((f64::from(facts.at(facts.fair)) - facts.at_level_1).abs() < 1e-12, "the fair level is the plan");
        }
        let [hospital, practice] = [0, 1].map(|seat| Game::Place.roles(8)[seat]);
        let choice = Choice { level: 3, upstream: 2, refers: 1 };
        assert!(Game::Place.allows(choice, &hospital) && !Game::Place.allows(choice, &practice));
        assert!(!Game::Meadow.allows(choice, &Game::Meadow.roles(4)[0]));
        assert_eq!(Game::Place.facts().numbers(choice), (100.0, 0.08, 0.065));
        assert_eq!(Game::Meadow.range(), "0 to 12 cows");
        assert_eq!(Game::Place.limit(4), "110% of plan");
    }
}
