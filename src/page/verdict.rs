//! What a setting comes to, in a headline and three lines: made from its numbers, at every setting anew.

mod commons;
mod depends;
mod place;
mod placebo;

use super::cast::Cast;
use super::pairs::Pairs;
use crate::experiment::recording::Recording;
use serde::Serialize;

/// A headline and three lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// What happens, in a sentence.
    pub head: String,
    /// The three lines.
    pub lines: [Line; 3],
}

/// A line of a verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it is about: "Better".
    pub lead: &'static str,
    /// What is said.
    pub text: String,
}

/// The verdict on a setting.
pub(super) fn of(cast: &Cast, recording: &Recording, pairs: &Pairs, point: usize) -> Verdict {
    let has_need = recording.arms[recording.reference].setup.has_need();
    let depends = Line { lead: "It depends on", text: depends::told(cast, recording, point) };
    let (head, first, second) = if has_need {
        place::told(cast, recording, pairs, point)
    } else {
        commons::told(cast, recording, pairs, point)
    };
    Verdict { head, lines: [first, second, depends] }
}
