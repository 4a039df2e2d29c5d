//! Played: what people did, step by step, as it was written down: a class, a laboratory, a game at a table. So a log of choices is
//! a scenario, and is run again bit for bit; and what nobody played is chosen as `otherwise` says.
//!
//! What a rule takes off a level (what has been ceded, what cannot be paid for) it takes off a level that was played, too: what is
//! written down is what somebody wished to do. One who learns `otherwise` learns from what was played in its name as from its own
//! choices, so that it can go on when its player leaves. No draw depends on who plays.

use super::Behaviour;
use crate::english::{Time, number, words};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What was played, provider by provider and step by step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Played {
    /// What the game counts in, such as cows; without it, levels are written as they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<GameUnit>,
    /// Levels of effort, a list for each provider with one number for each step, in the game's unit. `null` is a turn that nobody
    /// played.
    #[schemars(length(min = 1, max = 100_000), inner(inner(range(min = 0.0, max = 1e9))))]
    pub levels: Vec<Vec<Option<f64>>>,
    /// Shares of the effort spent on upstream work, in the same order; where nothing is written, as `otherwise` says, or none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100_000), inner(inner(range(min = 0.0, max = 1.0))))]
    pub upstream: Vec<Vec<Option<f64>>>,
    /// Shares of its need that it refers, in the same order; of the shares that the kind may refer the nearest is taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100_000), inner(inner(range(min = 0.0, max = 1.0))))]
    pub refers: Vec<Vec<Option<f64>>>,
    /// How a provider chooses in a turn that nobody played; without it, every turn must be written down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Box<Behaviour>>,
}

/// What a game counts in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GameUnit {
    /// Its name, in the plural: "cows".
    pub name: String,
    /// How many of it are level 1.
    #[schemars(range(min = crate::limits::LEAST, max = 1e9))]
    pub at_level_1: f64,
}

/// What is written down for one turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// Level of effort, in multiples of the provider's size.
    pub level: Option<f64>,
    /// Share of the effort spent on upstream work.
    pub upstream: Option<f64>,
    /// Share of its need that it refers.
    pub refers: Option<f64>,
}

impl Played {
    /// What is written down for a provider, counted among those who choose alike, in a step.
    pub fn turn(&self, provider: usize, step: u32) -> Turn {
        let written = |lists: &[Vec<Option<f64>>]| {
            lists.get(provider).and_then(|list| list.get(step as usize)).copied().flatten()
        };
        let per_level = self.unit.as_ref().map_or(1.0, |unit| unit.at_level_1);
        Turn {
            level: written(&self.levels).map(|level| level / per_level),
            upstream: written(&self.upstream),
            refers: written(&self.refers),
        }
    }

    /// The highest level and the highest share of upstream work that are written down.
    pub(crate) fn most(&self) -> (f64, f64) {
        let highest =
            |lists: &[Vec<Option<f64>>]| lists.iter().flatten().flatten().fold(0.0, |most: f64, one| most.max(*one));
        (highest(&self.levels) / self.unit.as_ref().map_or(1.0, |unit| unit.at_level_1), highest(&self.upstream))
    }

    /// Why so many providers cannot play this for so many steps.
    pub(crate) fn misfit(&self, providers: usize, steps: u32) -> Option<String> {
        let tables = [&self.levels, &self.upstream, &self.refers];
        if let Some(lists) = tables.iter().map(|lists| lists.len()).find(|lists| *lists > providers) {
            return Some(format!("{lists} lists of what was played for {providers} providers; at most one for each"));
        }
        match self.otherwise.as_deref() {
            Some(Behaviour::Played(_)) => Some("`otherwise` says how one chooses who does not play; it cannot be `played`".into()),
            Some(_) => None,
            None => (0..providers).find_map(|provider| {
                let step = (0..steps).find(|step| self.turn(provider, *step).level.is_none())?;
                Some(format!(
                    "nothing is written down for provider {} in step {} of {steps}; give a level, or say how it chooses `otherwise`",
                    provider + 1,
                    step + 1
                ))
            }),
        }
    }

    pub(super) fn describe(&self, plan: f64, time: &Time) -> String {
        let unit = self.unit.as_ref().map_or_else(String::new, |unit| {
            format!(", in {} ({} are level 1)", words(&unit.name), number(unit.at_level_1))
        });
        let otherwise = self.otherwise.as_ref().map_or_else(String::new, |otherwise| {
            format!("; where nothing is written down it {}", otherwise.describe(plan, time))
        });
        format!("does in each {} what was played and written down for it{unit}{otherwise}", time.one())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::behaviour::Constant;

    fn played(otherwise: Option<Behaviour>) -> Played {
        Played {
            unit: Some(GameUnit { name: "cows".into(), at_level_1: 6.0 }),
            levels: vec![vec![Some(3.0), None, Some(12.0)], vec![Some(6.0)]],
            upstream: vec![vec![None, Some(0.25)]],
            refers: Vec::new(),
            otherwise: otherwise.map(Box::new),
        }
    }

    #[test]
    fn a_turn_is_read_in_the_unit_of_the_game_and_may_be_missing() {
        let game = played(None);
        // Three of six cows are level 0.5; the second turn has a share of upstream work alone.
        assert_eq!(game.turn(0, 0), Turn { level: Some(0.5), upstream: None, refers: None });
        assert_eq!(game.turn(0, 1), Turn { level: None, upstream: Some(0.25), refers: None });
        assert_eq!(game.turn(1, 1), Turn { level: None, upstream: None, refers: None });
        assert_eq!(game.most(), (2.0, 0.25));
    }

    #[test]
    fn a_missing_turn_is_a_fault_unless_it_is_said_how_one_chooses_otherwise() {
        let keeps = Behaviour::Fixed(Constant { level: 1.0, upstream: 0.0 });
        assert!(played(None).misfit(2, 3).is_some_and(|problem| problem.contains("provider 1 in step 2 of 3")));
        assert_eq!(played(Some(keeps.clone())).misfit(2, 3), None);
        assert!(played(Some(keeps.clone())).misfit(1, 3).is_some_and(|problem| problem.contains("2 lists")));
        assert!(played(Some(Behaviour::Played(played(Some(keeps))))).misfit(2, 3).is_some());
    }
}
