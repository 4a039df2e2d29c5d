//! Measures: one small set of figures on the pool and on each other. King's Fund principle 10, Ostrom 4.
//!
//! *Mechanism*: raises the chance that what a provider does is seen, and makes what is known of the pool exacter and newer.
//! If all see the figures, they move trust and beliefs; if only the monitor does, they serve sanctions alone.
//! *Fails by* gaming (a part of any excess moves out of the measured figures as coverage rises) and by itself: to see others
//! take more without being able to talk about it can speed depletion. Source: Ostrom 1990, ch. 3; Ham & Alderwick 2015.

use super::{Clock, InForce, Price, Rule, Terms, blend};
use crate::english::{Time, list, percent};
use crate::lanes::Lanes;
use crate::place::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One set of measures: what members see of the pool and of each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measures {
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
    /// Chance per step that what a provider does is checked and seen.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub coverage: f64,
    /// Standard error of what is seen, as a share.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub noise: f64,
    /// Mean age of the figures in steps.
    #[schemars(range(min = 0.0, max = 1000.0))]
    pub lag: f64,
    /// Share of an excess that is kept out of the figures at full coverage.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub gaming: f64,
    /// Who gets to see the figures.
    pub audience: Audience,
}

/// Who gets to see the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// All members and the public.
    Public,
    /// Whoever monitors, and nobody else.
    Monitor,
}

impl InForce<'_, Measures> {
    #[inline(always)]
    pub(crate) fn inform(&self, place: &mut Place) {
        let (rule, strength) = (self.rule, self.strength());
        place.coverage = blend(place.coverage, Lanes::all(rule.coverage), strength);
        place.noise = blend(place.noise, Lanes::all(rule.noise), strength);
        place.lag = blend(place.lag, Lanes::all(rule.lag), strength);
        place.hidden = strength * (rule.gaming * rule.coverage);
        if rule.audience == Audience::Public {
            place.publicity = blend(place.publicity, Lanes::all(rule.coverage), strength);
        }
    }
}

impl Rule for Measures {
    fn terms(&self) -> Terms<'_> {
        Terms {
            strength: self.strength,
            placebo: self.placebo,
            cost: &self.cost,
            clock: Clock { from: self.from, until: self.until },
        }
    }
    fn principle(&self) -> &'static str {
        "King's Fund 10, Ostrom 4"
    }
    fn describe(&self, time: &Time) -> Vec<String> {
        let audience = match self.audience {
            Audience::Public => "All members and the public see",
            Audience::Monitor => "Only the monitor sees",
        };
        let error = (self.noise > 0.0).then(|| format!("typically off by {}", percent(self.noise)));
        let age = (self.lag > 0.0).then(|| format!("{} old", time.count(self.lag)));
        let faults: Vec<String> = error.into_iter().chain(age).collect();
        let faults = if faults.is_empty() { String::new() } else { format!(", which are {}", list(&faults)) };
        let mut sentences = vec![
            format!("A provider is checked with a chance of {} each {}.", percent(self.coverage), time.one()),
            format!("{audience} the figures{faults}."),
        ];
        let hidden = self.gaming * self.coverage;
        if hidden > 0.0 {
            sentences.push(format!("Of any excess {} is kept out of them.", percent(hidden)));
        }
        sentences
    }
}
