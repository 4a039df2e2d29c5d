//! Leadership: people who give their time to the system and not to their own house. King's Fund principle 5.
//!
//! *Mechanism*: while a leader is in post, what members know of the pool and of each other is exacter and newer, so that
//! proposals are better and lessons are learnt sooner; the leaders' own houses miss their time. *Fails by* lost momentum:
//! leaders leave, the more so the more providers are in deficit, agreements lapse with them, and a successor takes time.
//! Trust chief executives stay three years in the median (King's Fund & NHS Providers 2018). Source: Ham & Alderwick 2015,
//! principle 5.

use super::{Clock, InForce, Price, Rule, Terms};
use crate::english::{Time, percent};
use crate::lanes::{Lanes, select};
use crate::place::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// People who give their time to the system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leadership {
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
    /// Share of all working time that leaders give to the system while they are in post.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub time: f64,
    /// Share by which they lessen the error and the age of what members know.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub clarity: f64,
    /// Chance per step that the leader leaves where nobody is in deficit.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub turnover: f64,
    /// What is added to that chance where all providers are in deficit.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub turnover_in_deficit: f64,
    /// Steps until a successor is in post.
    #[schemars(range(min = 0, max = 100_000))]
    pub handover: u32,
}

impl InForce<'_, Leadership> {
    /// Leaders stay or go, given the share of providers in deficit and a uniform draw, and what is known follows.
    pub(crate) fn inform(&self, place: &mut Place, in_deficit: Lanes, draw: Lanes) {
        let (rule, strength) = (self.rule, self.strength());
        let chance = strength * (in_deficit * rule.turnover_in_deficit + rule.turnover);
        let in_post = place.vacancy.at_most(Lanes::ZERO);
        let leaves = in_post & draw.less(chance);
        place.lapse(leaves);
        place.vacancy = (place.vacancy - 1.0).max(Lanes::ZERO);
        place.vacancy = select(leaves, Lanes::all(f64::from(rule.handover)), place.vacancy);
        let leads = strength * place.vacancy.at_most(Lanes::ZERO).number();
        let dimmed = 1.0 - leads * rule.clarity;
        place.noise *= dimmed;
        place.lag *= dimmed;
        place.attention_led = leads * rule.time;
    }
}

impl Rule for Leadership {
    fn terms(&self) -> Terms<'_> {
        Terms {
            strength: self.strength,
            placebo: self.placebo,
            cost: &self.cost,
            clock: Clock { from: self.from, until: self.until },
        }
    }
    fn principle(&self) -> &'static str {
        "King's Fund 5"
    }
    fn describe(&self, time: &Time) -> Vec<String> {
        let successor = match self.handover {
            0 => "a successor is there at once".to_owned(),
            handover => format!("it takes {} until a successor is there", time.count(f64::from(handover))),
        };
        vec![
            format!(
                "Leaders give {} of all working time to the system, which makes what members know {} more exact and more recent.",
                percent(self.time),
                percent(self.clarity)
            ),
            format!(
                "Each {} a leader leaves with a chance of {} ({} where all are in deficit); what was agreed then lapses, and {successor}.",
                time.one(),
                percent(self.turnover),
                percent((self.turnover + self.turnover_in_deficit).min(1.0))
            ),
        ]
    }
}
