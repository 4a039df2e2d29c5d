//! Nested groups: localities or issues within the place, with quotas and monitors of their own. King's Fund principle 9,
//! Ostrom 8.
//!
//! *Mechanism*: members of a group are checked by its monitor as well and see each other more clearly, and their trust goes
//! by what they see near at hand; each group takes its own median member's total as the quota of its members, which takes
//! as long as its own table needs to decide. Whoever belongs to several goes by their mean. *Fails by* fragments that
//! contradict each other (the further apart their quotas, the less of them binds) and by members whose time is divided
//! among memberships. Source: Ostrom 1990, ch. 3; Ostrom 2010 on polycentricity; Ham & Alderwick 2015, principle 9.

use super::{Clock, InForce, Price, Rule, Terms, blend};
use crate::english::{Time, listed, percent, words};
use crate::lanes::{Lanes, Mask, select};
use crate::place::{GroupQuota, Place};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Groups within the place, with quotas and monitors of their own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NestedGroups {
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
    /// The groups by name, each with its kinds of provider. A kind may belong to several, or to none.
    #[schemars(extend("minProperties" = 1, "maxProperties" = 16))]
    pub groups: IndexMap<String, Group>,
    /// Chance per step of being checked by the monitor of a group to which one belongs.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub coverage: f64,
    /// Share by which near signals are less in error than those across the place.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub clarity: f64,
    /// Share of its own working time that each membership beyond the first takes of whoever holds it.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub attention_each: f64,
}

/// A group within the place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Kinds of provider that belong to it.
    #[schemars(length(min = 1))]
    pub kinds: Vec<String>,
}

impl InForce<'_, NestedGroups> {
    /// How the time of each kind's members is divided, and how often they are checked, given the number of their memberships.
    #[inline(always)]
    pub(crate) fn inform(&self, place: &mut Place, memberships: impl Iterator<Item = usize>) {
        let (rule, strength) = (self.rule, self.strength());
        for (kind, memberships) in place.kinds.iter_mut().zip(memberships) {
            let further = memberships.saturating_sub(1) as f64;
            kind.attention_divided = strength * (rule.attention_each * further);
            let each = strength * rule.coverage * place.counted * kind.inside;
            let mut unseen = Lanes::ONE;
            for _ in 0..memberships {
                unseen *= 1.0 - each;
            }
            kind.checked += (1.0 - kind.checked) * (1.0 - unseen);
        }
    }

    /// Error of what members of a group see of the others, given that across the place.
    #[inline(always)]
    pub(crate) fn error(&self, across: Lanes) -> Lanes {
        across * (1.0 - self.strength() * self.rule.clarity)
    }

    /// What those see of breaches who see `near` at hand.
    #[inline(always)]
    pub(crate) fn seen(&self, across: Lanes, near: Lanes) -> Lanes {
        blend(across, near, self.strength())
    }

    /// The total that holds for a kind, and the share of it that still binds where groups contradict each other, given the quotas of
    /// the groups to which it belongs; nothing where it belongs to none.
    #[inline(always)]
    pub(crate) fn quota(&self, whole: Lanes, quotas: impl Iterator<Item = Lanes>) -> Option<(Lanes, Lanes)> {
        let (mut sum, mut least, mut most) = (Lanes::ZERO, Lanes::all(f64::MAX), Lanes::ZERO);
        let mut groups = 0.0;
        for quota in quotas {
            sum += quota;
            least = least.min(quota);
            most = most.max(quota);
            groups += 1.0;
        }
        if groups == 0.0 {
            return None;
        }
        let discord = (most - least) / most.max(Lanes::all(f64::MIN_POSITIVE));
        Some((blend(whole, sum * (1.0 / groups), self.strength()), 1.0 - self.strength() * discord))
    }
}

impl GroupQuota {
    /// A group decides on its median member's total, where it has no decision on its way and `meets`.
    pub(crate) fn decide(&mut self, total: Lanes, due: Lanes, meets: Mask) {
        let free = meets & self.pending.less(Lanes::ZERO);
        self.pending = select(free, total, self.pending);
        self.due = select(free, due, self.due);
    }
}

impl Rule for NestedGroups {
    fn terms(&self) -> Terms<'_> {
        Terms {
            strength: self.strength,
            placebo: self.placebo,
            cost: &self.cost,
            clock: Clock { from: self.from, until: self.until },
        }
    }
    fn principle(&self) -> &'static str {
        "King's Fund 9, Ostrom 8"
    }
    fn describe(&self, time: &Time) -> Vec<String> {
        let groups: Vec<String> =
            self.groups.iter().map(|(name, group)| format!("{} ({})", words(name), listed(&group.kinds))).collect();
        let mut sentences = vec![
            format!(
                "Within the place there are groups, each with a quota and a monitor of its own: {}.",
                groups.join("; ")
            ),
            format!(
                "A group's monitor checks each member with a chance of {} each {}.",
                percent(self.coverage),
                time.one()
            ),
        ];
        if self.clarity > 0.0 {
            sentences.push(format!("What is near is seen with {} less error.", percent(self.clarity)));
        }
        if self.attention_each > 0.0 {
            sentences.push(format!(
                "Each membership beyond the first takes {} of a member's working time.",
                percent(self.attention_each)
            ));
        }
        sentences
    }
}
