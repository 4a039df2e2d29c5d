//! Nested groups: localities or issues within the place, with quotas and monitors of their own. King's Fund principle 9,
//! Ostrom 8.
//!
//! *Mechanism*: members of a group are checked by its monitor as well and see each other more clearly, and their trust goes
//! by what they see near at hand; each group takes its own median member's total as the quota of its members, which takes
//! as long as its own table needs to decide. Whoever belongs to several goes by their mean. *Fails by* fragments that
//! contradict each other (the further apart their quotas, the less of them binds) and by members whose time is divided
//! among memberships. Source: Ostrom 1990, ch. 3; Ostrom 2010 on polycentricity; Ham & Alderwick 2015, principle 9.

use super::ballot::weighted_median;
use super::partners::delay;
use super::{Price, Rule, Rules, Terms, blend};
use crate::english::{Time, listed, percent, words};
use crate::lanes::{Lanes, select};
use crate::setup::Setup;
use crate::world::Place;
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

impl NestedGroups {
    #[inline(always)]
    pub(super) fn inform(&self, setup: &Setup, place: &mut Place, strength: Lanes) {
        for index in 0..setup.kinds.len() {
            let memberships = setup.rules.groups_of(index).count();
            let further = memberships.saturating_sub(1) as f64;
            place.attention_divided[index] = strength * (self.attention_each * further);
            let each = strength * self.coverage * place.counted * place.inside[index];
            let mut unseen = Lanes::ONE;
            for _ in 0..memberships {
                unseen *= 1.0 - each;
            }
            let checked = &mut place.checked[index];
            *checked += (1.0 - *checked) * (1.0 - unseen);
        }
    }

    /// Error of what a kind's providers see of the others: less where they belong to a group.
    #[inline(always)]
    pub(crate) fn error(&self, setup: &Setup, kind: usize, across: Lanes) -> Lanes {
        match setup.rules.groups_of(kind).next() {
            Some(_) => across * (1.0 - setup.rules.strength(super::RuleName::NestedGroups) * self.clarity),
            None => across,
        }
    }

    /// What a kind's providers see of breaches: near at hand where they belong to a group. `breaches` has one sum a kind.
    #[inline(always)]
    pub(crate) fn seen(setup: &Setup, breaches: &[Lanes], kind: usize, across: Lanes) -> Lanes {
        let (mut near, mut groups) = (Lanes::ZERO, 0.0);
        for group in setup.rules.groups_of(kind) {
            let (mut sum, mut members) = (Lanes::ZERO, 0.0);
            for other in group {
                sum += breaches[*other];
                members += setup.kinds[*other].members.len() as f64;
            }
            near += sum * (1.0 / members);
            groups += 1.0;
        }
        if groups == 0.0 {
            return across;
        }
        blend(across, near * (1.0 / groups), setup.rules.strength(super::RuleName::NestedGroups))
    }

    /// What each group decides at a meeting: its median member's total as its quota, in every lane in which it has no decision
    /// on its way. Whoever does not sit at the table has no vote in its group either. `favourite` gives a provider's favourite
    /// total in a lane.
    pub(super) fn decide(setup: &Setup, place: &mut Place, favourite: &dyn Fn(usize, usize) -> f64) {
        for (position, kinds) in setup.rules.groups.iter().enumerate() {
            let due = delay(setup, place, kinds.iter().copied());
            let Place { group_quotas, inside, .. } = &mut *place;
            let decided = Lanes::from_fn(|lane| {
                let members =
                    kinds.iter().flat_map(|kind| setup.kinds[*kind].members.clone().map(move |one| (one, *kind)));
                let ballots = members.map(|(member, kind)| (favourite(member, lane), inside[kind].lane(lane)));
                weighted_median(&mut ballots.collect::<Vec<(f64, f64)>>())
            });
            let quota = &mut group_quotas[position];
            let free = quota.pending.less(Lanes::ZERO);
            quota.pending = select(free, decided, quota.pending);
            quota.due = select(free, due, quota.due);
        }
    }

    /// The total that holds for a kind, and the share of it that still binds where groups contradict each other.
    #[inline(always)]
    pub(super) fn quota(rules: &Rules, place: &Place, kind: usize, strength: Lanes) -> (Lanes, Lanes) {
        let whole = place.decision.total;
        let (mut sum, mut least, mut most) = (Lanes::ZERO, Lanes::all(f64::MAX), Lanes::ZERO);
        let mut groups = 0.0;
        for (quota, kinds) in place.group_quotas.iter().zip(&rules.groups) {
            if kinds.contains(&kind) {
                sum += quota.total;
                least = least.min(quota.total);
                most = most.max(quota.total);
                groups += 1.0;
            }
        }
        if groups == 0.0 {
            return (whole, Lanes::ONE);
        }
        let discord = (most - least) / most.max(Lanes::all(f64::MIN_POSITIVE));
        (blend(whole, sum * (1.0 / groups), strength), 1.0 - strength * discord)
    }
}

impl Rule for NestedGroups {
    fn terms(&self) -> Terms<'_> {
        Terms { strength: self.strength, placebo: self.placebo, cost: &self.cost }
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
