//! Shared vision: a common idea of what all will do. King's Fund principle 3, Ostrom 2A.
//!
//! *Mechanism*: gives members a first belief, that all will keep to their share, and a precision of it, counted in steps of
//! full sight. What is seen of the others weighs against it, step by step, as in Bayesian updating: after n steps of full sight
//! the vision's weight is precision/(precision + n). It moves what a provider feels it owes to the others, and what a
//! conditional cooperator expects of them. *Fails by* wearing off against evidence. Source: Ham & Alderwick 2015,
//! principle 3; McGinnis 2013.

use super::{Clock, InForce, Price, Rule, Terms};
use crate::english::{Time, percent};
use crate::lanes::Lanes;
use crate::place::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A first belief in what all will do, that holds against evidence for a while.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SharedVision {
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
    /// Steps of full sight that weigh as much as the vision.
    #[schemars(range(min = 0.0, max = 1e6))]
    pub precision: f64,
    /// The step in which it is first shared, counted from 0.
    #[serde(default, skip_serializing_if = "super::is_first")]
    #[schemars(range(min = 0, max = 100_000))]
    pub first: u32,
    /// How members share it anew; without it they never do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewed: Option<Renewal>,
}

/// How members share their vision anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Renewal {
    /// Steps between two such talks.
    #[schemars(range(min = 1, max = 100_000))]
    pub every: u32,
    /// Share of what they have seen of each other that a talk puts behind them, so that it no longer weighs against the vision.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub talked_over: f64,
}

impl InForce<'_, SharedVision> {
    #[inline(always)]
    pub(crate) fn inform(&self, place: &mut Place, step: u32) {
        let Some(age) = step.checked_sub(self.rule.first.max(self.rule.from)) else { return };
        if age == 0 {
            place.talked_over = place.evidence; // what was seen before there was a vision does not weigh against it
        } else if let Some(Renewal { every, talked_over }) = self.rule.renewed
            && age.is_multiple_of(every)
            && self.age(step).is_some()
        {
            place.talked_over += (place.evidence - place.talked_over) * talked_over;
        }
        let precision = self.strength() * self.rule.precision;
        let evidence = place.evidence - place.talked_over;
        place.vision = precision / (precision + evidence).max(Lanes::all(f64::MIN_POSITIVE));
    }
}

impl Rule for SharedVision {
    fn terms(&self) -> Terms<'_> {
        Terms {
            strength: self.strength,
            placebo: self.placebo,
            cost: &self.cost,
            clock: Clock { from: self.from, until: self.until },
        }
    }
    fn principle(&self) -> &'static str {
        "King's Fund 3, Ostrom 2A"
    }
    fn describe(&self, time: &Time) -> Vec<String> {
        let who = match self.first {
            0 => "All share".to_owned(),
            first => format!("After {} all share", time.count(f64::from(first))),
        };
        let mut sentences = vec![
            format!("{who} a vision of what each will do."),
            format!(
                "It wears off as they see what the others do: it weighs as much as {} in which everything is seen.",
                time.count(self.precision)
            ),
        ];
        if let Some(talk) = &self.renewed {
            let (every, behind) = (time.every(talk.every), percent(talk.talked_over));
            sentences.push(format!("They renew it {every} and put {behind} of what they have seen behind them."));
        }
        sentences
    }
}
