//! External authority: the national level above the place. Ostrom 7 is its absence: the right to organise.
//!
//! *Mechanism*: now and then it overrides for a time what the place agreed, reorganises from the top, and holds each
//! organisation to a target of its own. *Fails by* eroding what was agreed: overridden agreements hold in part, those
//! reorganised lapse, and whoever answers for its own target reaches for the pool to meet it. Source: Ostrom 1990, ch. 3;
//! Ham & Alderwick 2015 on national levers.

use super::{Clock, InForce, Price, Rule, Terms};
use crate::english::{Time, percent};
use crate::lanes::{Lanes, Mask, select};
use crate::place::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the national level does to the place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExternalAuthority {
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
    /// How often it overrides what the place agreed.
    pub overrides: Intervention,
    /// How often it reorganises; what was agreed lapses, and working time is lost.
    pub reorganises: Intervention,
    /// The target that each organisation answers for alone.
    pub target: Target,
}

/// Something that the national level does now and then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Intervention {
    /// Chance in each step in which it is not under way.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub chance: f64,
    /// For how many steps.
    #[schemars(range(min = 1, max = 100_000))]
    pub length: u32,
    /// Share of the agreement that is overridden, or of the working time that is taken.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: f64,
}

/// What each organisation answers for alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Share of its own need that it has to meet.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub need_met: f64,
    /// Utility lost per unit of need that is missing to the target.
    #[schemars(range(min = 0.0, max = 1e6))]
    pub pressure: f64,
}

impl InForce<'_, ExternalAuthority> {
    /// Overrides and reorganises, given a uniform draw for each.
    pub(crate) fn inform(&self, place: &mut Place, [overrides, reorganises]: [Lanes; 2]) {
        let (rule, strength) = (self.rule, self.strength());
        begin(&rule.overrides, &mut place.override_left, overrides, strength);
        let disturbed = begin(&rule.reorganises, &mut place.reorganisation_left, reorganises, strength);
        place.lapse(disturbed);
        // Its strength is in how often they begin, and not once more in what each does; what it began ends with it.
        let acts = self.acts().number();
        place.standing *= 1.0 - acts * pass(&mut place.override_left) * rule.overrides.share;
        place.lost_attention += acts * pass(&mut place.reorganisation_left) * rule.reorganises.share;
        place.pressure = strength * rule.target.pressure;
    }
}

impl Target {
    /// Need that is missing to the target, given the need and what is met of it.
    #[inline(always)]
    pub(crate) fn shortfall(&self, need: Lanes, met: Lanes) -> Lanes {
        (need * self.need_met - met).max(Lanes::ZERO)
    }
}

/// Whether an intervention begins in this step; if so, how long it lasts.
fn begin(intervention: &Intervention, left: &mut Lanes, draw: Lanes, strength: Lanes) -> Mask {
    let begins = left.at_most(Lanes::ZERO) & draw.less(strength * intervention.chance);
    *left = select(begins, Lanes::all(f64::from(intervention.length)), *left);
    begins
}

/// One where an intervention is under way in this step, of which it takes one off.
fn pass(left: &mut Lanes) -> Lanes {
    let active = left.greater(Lanes::ZERO).number();
    *left = (*left - 1.0).max(Lanes::ZERO);
    active
}

impl Rule for ExternalAuthority {
    fn terms(&self) -> Terms<'_> {
        Terms {
            strength: self.strength,
            placebo: self.placebo,
            cost: &self.cost,
            clock: Clock { from: self.from, until: self.until },
        }
    }
    fn principle(&self) -> &'static str {
        "against Ostrom 7"
    }
    fn describe(&self, time: &Time) -> Vec<String> {
        let mut sentences = vec!["The national level stands above the place.".to_owned()];
        let mut now_and_then = |act: &Intervention, what: String| {
            if act.chance > 0.0 {
                let (one, length) = (time.one(), time.count(f64::from(act.length)));
                sentences.push(format!("Each {one}, with a chance of {}, {what} for {length}.", percent(act.chance)));
            }
        };
        let overridden = percent(self.overrides.share);
        now_and_then(&self.overrides, format!("it overrides {overridden} of what was agreed"));
        let lost = percent(self.reorganises.share);
        now_and_then(
            &self.reorganises,
            format!("it reorganises the place: what was agreed lapses, and {lost} of all working time is lost"),
        );
        if self.target.pressure > 0.0 {
            let target = percent(self.target.need_met);
            sentences.push(format!("Each provider answers alone for meeting {target} of its own need."));
        }
        sentences
    }
}
