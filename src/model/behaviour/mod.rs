//! Behaviour: how a provider chooses its effort and its share of upstream work.
//!
//! To add a behaviour: one new file here and its lines in [`Behaviour`] and in the stages `decide` and `learn`.

mod best_response;
mod conditional;
mod fixed;
mod imitator;
mod learner;

pub use best_response::{BestResponse, Foresight};
pub use conditional::Conditional;
pub use fixed::Constant;
pub use imitator::{Comparison, Imitator, Peers};
pub use learner::{Learner, Unplayed};

use super::lanes::{Lanes, Mask, select};
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
}

/// One choice open to a provider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Action {
    /// Level of effort, in multiples of the provider's size.
    pub level: f64,
    /// Share of the effort spent on upstream work.
    pub upstream: f64,
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

impl Choice {
    /// The action at this position in every run.
    #[inline(always)]
    pub fn of(position: usize, action: Action) -> Self {
        let Action { level, upstream } = action;
        Self { position: Lanes::all(position as f64), level: Lanes::all(level), upstream: Lanes::all(upstream) }
    }

    /// The other choice in the runs where the mask holds.
    #[inline(always)]
    #[must_use]
    pub fn replaced(self, mask: Mask, by: Self) -> Self {
        Self {
            position: select(mask, by.position, self.position),
            level: select(mask, by.level, self.level),
            upstream: select(mask, by.upstream, self.upstream),
        }
    }
}

/// The most actions a provider may choose among.
pub const MOST_ACTIONS: usize = 128;
