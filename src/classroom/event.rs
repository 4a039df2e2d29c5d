//! What happens in a room: what was asked for, what came of it, and why not.

use super::game::{Choice, is_nought};
use super::settings::Settings;
use super::treatment::Rule;
use serde::{Deserialize, Serialize};

/// Which round is meant, so that what comes too late is not taken for the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The game, 0 for practice.
    pub game: usize,
    /// The round, counted from 0.
    pub round: usize,
}

/// Who asks: the teacher, or whoever holds the key of a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who<'a> {
    /// The teacher.
    Teacher,
    /// A pupil with this key, which is a digest of the token that its page holds.
    Pupil(&'a str),
}

/// What can be asked of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A seat, under this name.
    Join(String),
    /// The page of the seat is gone.
    Leave,
    /// It is back.
    Return,
    /// This level, prevention and referral.
    Choose(When, Choice),
    /// This rule and this limit.
    Vote(usize, Rule, u8),
    /// The seat is free again.
    Free(usize),
    /// On to what comes next.
    Next,
    /// The round, or the vote, is closed.
    Close,
    /// The round that was closed last is open again.
    Undo,
    /// Names are shown, or not.
    Names(bool),
    /// That screen of the debrief.
    Screen(usize),
}

/// What happened, as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// A class was set up. It is the first line of every log.
    Opened(Settings),
    /// Somebody took a seat.
    Joined {
        /// The seat, counted from 0.
        seat: usize,
        /// The name that was given.
        name: String,
        /// Digest of the token of its page.
        key: String,
    },
    /// The page of a seat is gone; a computer herder goes on.
    Left {
        /// The seat.
        seat: usize,
    },
    /// It is back.
    Returned {
        /// The seat.
        seat: usize,
    },
    /// A seat chose.
    Chose {
        /// The seat.
        seat: usize,
        /// The game, 0 for practice.
        game: usize,
        /// The round, counted from 0.
        round: usize,
        /// Position of the level: on the meadow the number of cows.
        #[serde(alias = "cows")]
        level: u8,
        /// Position of the share of prevention.
        #[serde(default, skip_serializing_if = "is_nought")]
        upstream: u8,
        /// Position of the share referred.
        #[serde(default, skip_serializing_if = "is_nought")]
        refers: u8,
    },
    /// A seat voted.
    Voted {
        /// The seat.
        seat: usize,
        /// The game.
        game: usize,
        /// The rule.
        rule: Rule,
        /// The limit.
        limit: u8,
    },
    /// The teacher took a seat away from whoever had it, for the next to come.
    Freed {
        /// The seat.
        seat: usize,
    },
    /// The teacher went on.
    Next {},
    /// The teacher closed the round or the vote.
    Closed {},
    /// The teacher opened the last round again.
    Undone {},
    /// The teacher shows names, or hides them.
    Names {
        /// Whether they are shown.
        shown: bool,
    },
    /// The teacher shows a screen of the debrief.
    Screen {
        /// Which, counted from 0.
        screen: usize,
    },
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// When it happened, in milliseconds of a clock that the room does not have.
    pub at: u64,
    /// What.
    pub event: Event,
}

/// Why something that was asked for is not done, in words for whoever asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl Refusal {
    pub(super) fn of(words: &str) -> Self {
        Self(words.to_owned())
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}
