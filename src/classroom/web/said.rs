//! What a page may send.

use crate::classroom::event::{Ask, When};
use crate::classroom::game::Choice;
use crate::classroom::treatment::Rule;
use serde::Deserialize;

/// A message of a page.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Said {
    Hello { r#as: Role, token: Option<String> },
    Join { code: String, name: String },
    Choose { game: usize, round: usize, choice: Choice },
    Vote { game: usize, rule: Rule, limit: u8 },
    Free { seat: usize },
    Next {},
    Close {},
    Undo {},
    Names { shown: bool },
    Screen { screen: usize },
}

/// What a page is.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    Pupil,
    Teacher,
    Projector,
}

impl Said {
    /// What is asked of the room; nothing where a page says who it is.
    pub(super) fn ask(self) -> Option<Ask> {
        Some(match self {
            Self::Choose { game, round, choice } => Ask::Choose(When { game, round }, choice),
            Self::Vote { game, rule, limit } => Ask::Vote(game, rule, limit),
            Self::Free { seat } => Ask::Free(seat),
            Self::Next {} => Ask::Next,
            Self::Close {} => Ask::Close,
            Self::Undo {} => Ask::Undo,
            Self::Names { shown } => Ask::Names(shown),
            Self::Screen { screen } => Ask::Screen(screen),
            Self::Hello { .. } | Self::Join { .. } => return None,
        })
    }
}
