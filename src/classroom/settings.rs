//! What a class is set up as: how many seats in which groups, which treatments, how many rounds, on which luck.

use super::commons::Luck;
use super::game::Game;
use super::treatment::Treatment;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Seats of a group, at least and at most.
pub const GROUP: (usize, usize) = (4, 8);

/// Seats of a class, at least and at most.
pub const SEATS: (usize, usize) = (4, 320);

/// Rounds of a game, at least and at most.
pub const ROUNDS: (u32, u32) = (3, 30);

/// What a class is set up as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Which game is played.
    #[serde(default)]
    pub game: Game,
    /// Four letters by which the class is joined.
    pub code: String,
    /// Seats, whoever sits in them.
    pub seats: usize,
    /// Seats of each group.
    pub groups: Vec<usize>,
    /// Rounds that do not count.
    pub practice: u32,
    /// Rounds of each game.
    pub rounds: u32,
    /// The games after practice: for each, the treatment of each group.
    pub games: Vec<Vec<Treatment>>,
    /// The luck that all groups meet.
    pub luck: Luck,
    /// Seconds to talk.
    pub talk_seconds: u32,
}

/// How treatments are laid over a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Groups differ at once, in one game.
    Contrast,
    /// All groups are the same, in one game after another.
    InTurn,
}

impl Settings {
    /// A class with so many seats.
    ///
    /// # Errors
    /// What is out of range, in words.
    pub fn new(code: &str, seats: usize, rounds: u32, plan: Plan, seed: u64) -> Result<Self, String> {
        let groups = groups(seats);
        let all = Treatment::ALL;
        let games = match plan {
            Plan::Contrast => vec![(0..groups.len()).map(|group| all[group % all.len()]).collect()],
            Plan::InTurn => all.iter().map(|treatment| vec![*treatment; groups.len()]).collect(),
        };
        let settings = Self {
            game: Game::Meadow,
            code: code.to_owned(),
            seats,
            groups,
            practice: 2,
            rounds,
            games,
            luck: Luck { seed, run: 0 },
            talk_seconds: 120,
        };
        settings.checked()
    }

    /// The same if a room can be run on it.
    ///
    /// # Errors
    /// What is out of range, in words. A log from elsewhere may say anything.
    pub fn checked(self) -> Result<Self, String> {
        let within = |number: usize, (least, most): (usize, usize)| (least..=most).contains(&number);
        if !within(self.seats, SEATS) {
            return Err(format!("{} seats; a class has {} to {}", self.seats, SEATS.0, SEATS.1));
        }
        if !(ROUNDS.0..=ROUNDS.1).contains(&self.rounds) || self.practice > ROUNDS.1 {
            return Err(format!("{} rounds; a game has {} to {}", self.rounds, ROUNDS.0, ROUNDS.1));
        }
        if !self.groups.iter().all(|seats| within(*seats, GROUP)) || self.groups.iter().sum::<usize>() != self.seats {
            return Err(format!("groups have {} to {} seats, and all seats are in one", GROUP.0, GROUP.1));
        }
        if self.games.is_empty()
            || self.games.len() > 20
            || self.games.iter().any(|game| game.len() != self.groups.len())
        {
            return Err("each game says what each group is given".to_owned());
        }
        if self.talk_seconds > 3600
            || self.code.is_empty()
            || !self.code.bytes().all(|letter| letter.is_ascii_uppercase())
        {
            return Err("the code is made of letters A to Z, and nobody talks longer than an hour".to_owned());
        }
        Ok(self)
    }

    /// The seats of a group.
    pub fn seats_of(&self, group: usize) -> Range<usize> {
        let first = self.groups.iter().take(group).sum();
        first..first + self.groups.get(group).copied().unwrap_or(0)
    }

    /// The group of a seat, and its number within it.
    pub fn group_of(&self, seat: usize) -> Option<(usize, usize)> {
        let mut own = seat;
        for (group, seats) in self.groups.iter().enumerate() {
            match own.checked_sub(*seats) {
                None => return Some((group, own)),
                Some(rest) => own = rest,
            }
        }
        None
    }

    /// The group of each seat and its number within it, seat by seat.
    pub fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        self.groups.iter().enumerate().flat_map(|(group, seats)| (0..*seats).map(move |own| (group, own)))
    }
}

/// Groups of about six, none smaller than four or larger than eight, as even as can be.
fn groups(seats: usize) -> Vec<usize> {
    let count = ((seats + 3) / 6).clamp(1, 60).min((seats / GROUP.0).max(1));
    (0..count).map(|group| seats / count + usize::from(group < seats % count)).collect()
}

/// The letter of a group: A to Z, then AA and so on.
pub fn letter(group: usize) -> String {
    let of = |number: usize| char::from(b'A' + (number % 26) as u8);
    if group < 26 { of(group).to_string() } else { format!("{}{}", of(group / 26 - 1), of(group)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_falls_into_groups_of_four_to_eight() {
        for seats in SEATS.0..=SEATS.1 {
            let settings = Settings::new("MEAD", seats, 10, Plan::Contrast, 1).expect("a class of any size");
            assert_eq!(settings.groups.iter().sum::<usize>(), seats);
            assert_eq!(settings.group_of(seats - 1).map(|(group, _)| group), Some(settings.groups.len() - 1));
            assert_eq!(settings.group_of(seats), None);
        }
        assert_eq!(Settings::new("MEAD", 30, 10, Plan::Contrast, 1).expect("thirty").groups, [6; 5]);
        assert_eq!(Settings::new("MEAD", 9, 10, Plan::Contrast, 1).expect("nine").groups, [5, 4]);
        assert!(Settings::new("MEAD", 3, 10, Plan::Contrast, 1).is_err());
        assert!(Settings::new("mead", 30, 10, Plan::Contrast, 1).is_err());
    }
}
