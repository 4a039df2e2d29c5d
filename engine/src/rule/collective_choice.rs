//! Collective choice: members decide together on a total, its sharing and on upstream work. King's Fund principle 4, Ostrom 3.
//!
//! *Mechanism*: every so many steps each member works out which of the options on the table would be best for itself if
//! all were bound by it, from the stock that it sees and with the pool's law, as far ahead as its patience reaches, as when it is alone
//! ([`crate::setup::Outlooks`]), or over a horizon ([`crate::setup::Forecast`]). The median
//! voter's total and upstream share, and the sharing with most votes, are put to the vote against what stands; the decision
//! rule says how much support they need. What is decided allots each its level; the *ceded share* of each member's excess is
//! prevented, or where the agreement `obliges` the ceded share of what it falls short by is made up as well, so far as others than
//! itself had a say in it; the rest is a matter for norms and fines. *Fails by* being a talking shop (ceded 0), by gridlock (unanimity),
//! by capture (votes by size). *Placebos* bind and fine alike, but members have no say in what is decided: what governing is worth is what it
//! brings beyond the better of them. Source: Ostrom 1990, ch. 3; Ham & Alderwick 2015; median voter: Black 1948.

use super::{Clock, InForce, Price, Rule, Shifts, Terms};
use crate::english::{Time, capital, percent, words};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Members decide together how much is used and by whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CollectiveChoice {
    /// How strongly the rule acts: 0 is off, 1 is in full force.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub strength: f64,
    /// What it costs.
    pub cost: Price,
    /// Pays the cost and leaves the mechanism off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub placebo: bool,
    /// The step with which it begins, counted from 0; before it the rule is not there.
    #[serde(default, skip_serializing_if = "super::is_first")]
    #[schemars(range(min = 0, max = 100_000))]
    pub from: u32,
    /// The step with which it is there no more; without it, it lasts to the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100_000))]
    pub until: Option<u32>,
    /// Steps between decisions.
    #[schemars(range(min = 1, max = 100_000))]
    pub interval: u32,
    /// The step of the first meeting, counted from 0.
    #[serde(default, skip_serializing_if = "super::is_first")]
    #[schemars(range(min = 0, max = 100_000))]
    pub first: u32,
    /// How much support a change needs.
    pub decision: Decision,
    /// How members' votes are weighted.
    pub votes: Votes,
    /// Share of the votes held by the public, who want as much need met (or yield) as can be had.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub public_seats: f64,
    /// Share of its excess over what was decided that each member has ceded the right to. 0 is a talking shop.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub ceded: f64,
    /// Whether what was decided obliges from both sides: of what a member falls short by as well as of its excess the ceded share is made
    /// good, so far as others than itself have the votes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub obliges: bool,
    /// Totals on the table, in multiples of the sum of all plans.
    #[schemars(length(min = 1, max = 64), inner(range(min = 0.0, max = 100.0)))]
    pub totals: Vec<f64>,
    /// Shares of upstream work on the table.
    #[schemars(length(min = 1, max = 16), inner(range(min = 0.0, max = 1.0)))]
    pub upstream: Vec<f64>,
    /// Ways of sharing the total on the table.
    #[schemars(length(min = 1, max = 2))]
    pub sharing: Vec<Sharing>,
    /// Shifts between kinds that are put to a second ballot, once the total is known; without it nothing moves between kinds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shifts: Option<Shifts>,
    /// Steps that members look ahead where nobody has patience; without it this step only. Where `society.patience` is given, that says how
    /// far they look, alone and in a meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 1200))]
    pub horizon: Option<u32>,
}

/// How much support a change needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Decision {
    /// At least half of the votes.
    Majority {},
    /// At least the given share of the votes.
    Supermajority {
        /// Share of the votes needed.
        #[schemars(range(min = 0.5, max = 1.0))]
        share: f64,
    },
    /// All votes: everybody has a veto.
    Unanimity {},
    /// One member decides alone. It needs a seat at the table: where the rule that gives it one is taken away, nothing is decided.
    OneDecider {
        /// Kind of provider that decides (the first of its kind).
        kind: String,
    },
    /// A placebo: what is decided is drawn by lot from what is on the table, each option with the same chance, at each meeting anew.
    Lot {},
    /// A placebo: all are held to what they did on average over the last year.
    AsWeAre {},
    /// A placebo: an outsider decides alone, what would be best for the public, from the same sight of the pool as members have.
    Outsider {},
}

impl Decision {
    /// Whether members say what is decided.
    pub fn is_by_members(&self) -> bool {
        match self {
            Self::Majority {} | Self::Supermajority { .. } | Self::Unanimity {} | Self::OneDecider { .. } => true,
            Self::Lot {} | Self::AsWeAre {} | Self::Outsider {} => false,
        }
    }

    /// Whether it can shift anything between kinds: not where all are held to what they do.
    pub(crate) fn may_shift(&self) -> bool {
        !matches!(self, Self::AsWeAre {})
    }

    /// Whether anybody weighs what is on the table.
    pub(crate) fn is_weighed(&self) -> bool {
        !matches!(self, Self::Lot {} | Self::AsWeAre {})
    }
}

/// How members' votes are weighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Votes {
    /// One each.
    Equal,
    /// In proportion to size.
    BySize,
}

/// How the total is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// In proportion to plans.
    Plan,
    /// In proportion to need.
    Need,
}

/// One option on the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OptionOnTable {
    /// Position of the total among those on the table.
    pub(crate) level: usize,
    pub(crate) total: f64,
    pub(crate) upstream: f64,
    pub(crate) sharing: Sharing,
}

impl InForce<'_, CollectiveChoice> {
    /// Whether members meet in a step: the first time when the rule begins or at its first meeting, whichever comes later.
    pub(crate) fn meets(&self, step: u32) -> bool {
        let rule = self.rule;
        let since = step.checked_sub(rule.first.max(rule.from)).filter(|_| self.age(step).is_some());
        since.is_some_and(|since| since.is_multiple_of(rule.interval))
    }
}

impl Votes {
    /// Votes of one member of this size that sits at the table.
    pub(crate) fn of(self, size: f64) -> f64 {
        match self {
            Self::Equal => 1.0,
            Self::BySize => size,
        }
    }
}

impl CollectiveChoice {
    /// Options on the table: every total with every upstream share and every sharing.
    pub(crate) fn options(&self) -> impl Iterator<Item = OptionOnTable> + '_ {
        self.sharing.iter().flat_map(move |sharing| {
            self.upstream.iter().flat_map(move |upstream| {
                self.totals.iter().enumerate().map(move |(level, total)| OptionOnTable {
                    level,
                    total: *total,
                    upstream: *upstream,
                    sharing: *sharing,
                })
            })
        })
    }

    /// Whether a total may be shared by need.
    pub(crate) fn shares_by_need(&self) -> bool {
        self.sharing.contains(&Sharing::Need)
    }

    /// Who has how many votes, in plain English; nothing where nobody votes.
    fn votes(&self) -> Option<String> {
        if matches!(self.decision, Decision::OneDecider { .. }) || !self.decision.is_by_members() {
            return None;
        }
        let votes = match self.votes {
            Votes::Equal => "one vote each",
            Votes::BySize => "votes by their size",
        };
        Some(match self.public_seats {
            0.0 => format!("Members have {votes}."),
            public => format!("Members have {votes}; the public holds {} of all votes.", percent(public)),
        })
    }
}

impl Rule for CollectiveChoice {
    fn terms(&self) -> Terms<'_> {
        Terms {
            strength: self.strength,
            placebo: self.placebo,
            cost: &self.cost,
            clock: Clock { from: self.from, until: self.until },
        }
    }
    fn principle(&self) -> &'static str {
        "King's Fund 4, Ostrom 3"
    }
    fn binds(&self) -> bool {
        true
    }
    fn describe(&self, time: &Time) -> Vec<String> {
        let when = capital(&time.every(self.interval));
        let how = match &self.decision {
            Decision::Majority {} => "members decide together, by majority".to_owned(),
            Decision::Supermajority { share } => {
                format!("members decide together, with at least {} of the votes", percent(*share))
            }
            Decision::Unanimity {} => "members decide together, unanimously: each has a veto".to_owned(),
            Decision::OneDecider { kind } => format!("one member decides for all, alone: {}", words(kind)),
            Decision::Lot {} => "what all are held to is drawn by lot from what is on the table".to_owned(),
            Decision::AsWeAre {} => "all are held to what they did on average over the last year".to_owned(),
            Decision::Outsider {} => "an outsider decides for all, by what is best for the public".to_owned(),
        };
        let ceded = match self.ceded {
            0.0 => "Nobody is bound by what is decided.".to_owned(),
            share if self.obliges => format!(
                "Each has ceded {} of the way from what it wants to what is decided, up and down, so far as others than itself have the votes.",
                percent(share)
            ),
            1.0 => "Nobody can exceed what is decided.".to_owned(),
            share => format!("Each has ceded the right to {} of any excess over what is decided.", percent(share)),
        };
        let shifts = self.shifts.as_ref().filter(|_| self.decision.may_shift()).map(Shifts::describe);
        let first =
            (self.first > 0).then(|| format!("The first decision comes after {}.", time.count(f64::from(self.first))));
        [format!("{when} {how}.")].into_iter().chain(first).chain(self.votes()).chain([ceded]).chain(shifts).collect()
    }
}
