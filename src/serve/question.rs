//! What a page asks: which scenarios, with which values, at which stops of their knobs, and how many runs.

use super::limits::{LEAST_RUNS, LONGEST_NAME, MOST_ARMS, MOST_RUNS, MOST_SEED, MOST_VALUES};
use super::refusal::Refusal;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// A question.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    /// The page that asks: a newer question of the same page takes the place of an older.
    pub(super) page: String,
    /// Scenarios, of which others are held against the first; none: those that the server was started with.
    #[serde(default)]
    pub(super) arms: Vec<Asked>,
    /// JSON pointers with the values that are set there, in every arm that has such a place.
    #[serde(default)]
    pub(super) values: Vec<(String, Value)>,
    /// Names of knobs and rules with the names of the stops at which they stand.
    #[serde(default)]
    pub(super) stops: BTreeMap<String, String>,
    /// Runs of each arm.
    #[serde(default = "runs")]
    pub(super) runs: u64,
    /// Seed of all chance.
    #[serde(default = "seed")]
    pub(super) seed: u64,
    /// Whether also the settings are wanted that are one turn away.
    #[serde(default)]
    pub(super) around: bool,
}

/// A scenario.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// Its name: of one that the server was started with, or of a bundled one; of a dropped file the name that it goes by.
    pub(super) name: String,
    /// What is in a dropped file.
    pub(super) text: Option<String>,
}

fn runs() -> u64 {
    200
}

fn seed() -> u64 {
    1
}

impl Question {
    /// Reads a question and holds it to the limits.
    ///
    /// # Errors
    /// It is no question, or asks for too much.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let question: Self = serde_json::from_slice(bytes).map_err(|error| {
            Refusal::Words(StatusCode::BAD_REQUEST, format!("this is no question that a page asks: {error}"))
        })?;
        question.check()?;
        Ok(question)
    }

    fn check(&self) -> Result<(), Refusal> {
        let names =
            self.arms.iter().map(|arm| &arm.name).chain(self.stops.iter().flat_map(|(name, stop)| [name, stop]));
        let pointers = self.values.iter().map(|(pointer, _)| pointer);
        if names.chain(pointers).any(|name| name.len() > LONGEST_NAME) {
            return Err(Refusal::asked(format!("a name has more than {LONGEST_NAME} letters; shorten it")));
        }
        page(&self.page)?;
        if self.arms.len() > MOST_ARMS {
            let count = self.arms.len();
            return Err(Refusal::asked(format!(
                "{count} scenarios are asked for; {MOST_ARMS} at most stand side by side"
            )));
        }
        if self.values.len() > MOST_VALUES {
            let count = self.values.len();
            return Err(Refusal::asked(format!(
                "{count} values are set by hand; {MOST_VALUES} at most: save the scenario and change the file"
            )));
        }
        if !(LEAST_RUNS..=MOST_RUNS).contains(&self.runs) {
            return Err(Refusal::asked(format!(
                "{} runs are asked for; a page makes {LEAST_RUNS} to {MOST_RUNS} of each scenario. For more, use `commonground run`",
                self.runs
            )));
        }
        if self.seed > MOST_SEED {
            return Err(Refusal::asked(format!("the seed is too large; at most {MOST_SEED}")));
        }
        Ok(())
    }
}

/// Whether something may be the name of a page.
pub(super) fn page(name: &str) -> Result<(), Refusal> {
    let is_plain = name.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-');
    if name.is_empty() || name.len() > 64 || !is_plain {
        let words = "the name of a page has 1 to 64 letters, digits and hyphens";
        return Err(Refusal::Words(StatusCode::BAD_REQUEST, words.to_owned()));
    }
    Ok(())
}
