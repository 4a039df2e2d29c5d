//! The answer of an experiment, as short as a person can read it: what was measured, a table, findings, and a verdict.
//!
//! ```text
//! Study → facts → table | findings | verdict → terminal (`screen`), page, report.json
//! ```
//!
//! Everything is made of facts (`fact`): a measure of a design against the first one, how sure it is, and what it means.

mod changes;
pub(super) mod cloud;
mod compared;
mod dots;
mod fact;
mod findings;
mod grid;
mod kinds;
mod names;
mod numbers;
mod plane;
mod reached;
mod screen;
mod single;
#[cfg(test)]
mod tests;
pub(super) mod title;
mod topics;
mod verdict;
mod view;

pub use changes::{Bar, Changes};
pub use cloud::Cloud;
pub use compared::INTERVAL;
pub use dots::{Dots, DotsRow};
pub use fact::Judged;
pub(super) use fact::{FEWEST, Fact, matters};
pub use grid::{Cell, Column, Grid, sign};
pub(super) use names::Names;
pub(super) use numbers::{Style, counted_in_words};
pub use plane::{Dot, Plane};
pub use screen::{Screen, plain};
pub(super) use topics::unit_of_money;
pub use verdict::{Line, Verdict};
pub(super) use verdict::{too_few, too_many_failures};

use serde::{Deserialize, Serialize};

use super::failed;
use super::study::Study;
use view::View;

/// What an experiment answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// What was compared: "Isle of Wight: fortress or place-based".
    pub title: String,
    /// How it was measured: "10 years, 500 paired runs".
    pub measured: String,
    /// The table for 80 columns.
    pub narrow: Grid,
    /// The table for 120 columns: changes with their intervals in place of levels.
    pub wide: Grid,
    /// What stands under the table: what its marks mean, and what it leaves out.
    pub notes: Vec<String>,
    /// The findings, that which weighs most first.
    pub findings: Vec<String>,
    /// What follows.
    pub verdict: Verdict,
    /// What is traded for what, with three designs or more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plane: Option<Plane>,
    /// How paired runs differ in two measures at once, with two designs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud: Option<Cloud>,
    /// What changes for each kind of provider, with two designs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
    /// What something comes to at every point of an ensemble.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dots: Option<Dots>,
}

impl Answer {
    /// What is found and what follows, as sentences for programs and for a page without the rest.
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = self.findings.clone();
        match &self.verdict {
            Verdict::Given(lines) => sentences.extend(lines.iter().map(|line| format!("{}: {}", line.head, line.text))),
            Verdict::Withheld(why) => sentences.push(why.clone()),
        }
        sentences
    }
}

/// The answer of an ensemble.
pub fn answer(study: &Study) -> Answer {
    let view = View::of(study);
    let title = names::title(study, &view.names);
    let measured = view.measured();
    let mut answer = Answer { title, measured, ..Answer::default() };
    answer.findings = failed::sentences(&study.failed());
    if study.ensemble.runs == 0 || study.lacks_an_arm() {
        answer.verdict = verdict::withheld(&view).unwrap_or_default();
        return answer;
    }
    (answer.narrow, answer.wide) = view.grids();
    answer.notes = view.notes();
    answer.plane = plane::plane(&view);
    answer.changes = changes::changes(&view);
    answer.verdict = verdict::verdict(&view);
    answer.findings.extend(findings::findings(&view));
    answer
}
