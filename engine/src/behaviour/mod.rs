//! Behaviour: how a provider chooses its effort and its share of upstream work.
//!
//! To add a behaviour: one new file here and its lines in [`Behaviour`] and in the stages `decide` and `learn`.

mod best_response;
mod conditional;
mod fixed;
mod imitator;
mod learner;
mod played;

pub use best_response::{BestResponse, Foresight};
pub use conditional::Conditional;
pub use fixed::Constant;
pub use imitator::{Comparison, Imitator, Peers};
pub use learner::{Learner, Lesson, Unplayed};
pub use played::{GameUnit, Played, Turn};

use crate::english::{Time, number, percent};
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a provider chooses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Behaviour {
    /// Always the same: the textbook fortress or steward.
    Fixed(Constant),
    /// What pays best against the others' last efforts, now or in the steady state; its fixed point is the Cournot–Nash
    /// equilibrium.
    BestResponse(BestResponse),
    /// Learns from what its actions earned, and would have earned, and chooses with a logit.
    Learner(Learner),
    /// Copies a better-off peer.
    Imitator(Imitator),
    /// Does as it believes others do, with a bias.
    Conditional(Conditional),
    /// What people did, step by step, as it was written down: a game's log, a laboratory's data.
    Played(Played),
}

impl Behaviour {
    /// How a provider with that plan chooses, in a clause of plain English behind "It" or "Each".
    pub fn describe(&self, plan: f64, time: &Time) -> String {
        match self {
            Self::Fixed(form) => form.describe(plan),
            Self::BestResponse(form) => form.describe(),
            Self::Learner(form) => form.describe(time),
            Self::Imitator(form) => form.describe(time),
            Self::Conditional(form) => form.describe(time),
            Self::Played(form) => form.describe(plan, time),
        }
    }
}

/// A level as a share of level 1 where the plan is near that, as a number where levels count something, such as tokens.
pub fn level(level: f64, plan: f64) -> String {
    if (0.1..=4.0).contains(&plan) { percent(level) } else { number(level) }
}

/// One choice open to a provider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Action {
    /// Level of effort, in multiples of the provider's size.
    pub level: f64,
    /// Share of the effort spent on upstream work.
    pub upstream: f64,
    /// Share of its need that it refers to others.
    pub refers: f64,
}

/// The action that a provider takes in each run.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// Its position in the list of the kind.
    pub position: Lanes,
    /// Its level of effort.
    pub level: Lanes,
    /// Its share of upstream work.
    pub upstream: Lanes,
}

/// The most actions a provider may choose among.
pub const MOST_ACTIONS: usize = 128;
