//! The rules of a place as a run has them: what each costs, how strongly it acts in each lane, whom it names.

use super::{Forecast, Rule, RuleName, RuleSet};
use crate::lanes::{Lanes, Mask, select};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The rules in force, with their switches.
#[derive(Clone, Debug)]
pub struct Rules {
    /// What the scenario says of each.
    pub set: RuleSet,
    /// One a rule, in the order of [`RuleName::ALL`].
    pub switches: Vec<Switch>,
    /// What the members can foresee, where they decide together.
    pub forecast: Option<Forecast>,
    /// Whether each kind is among the partners that the rule of that name lists.
    pub partners: Vec<bool>,
    /// Positions of the kinds in each nested group.
    pub groups: Vec<Vec<usize>>,
    /// Whether any of them may take effort off what a provider wishes to exert.
    pub bind: bool,
}

impl Rules {
    /// The switches as the rules themselves set them, the same in every lane, for a scenario with pools and kinds of these
    /// names and providers of this total size.
    pub fn new(set: RuleSet, pools: &[&str], kinds: &[&str], total_size: f64) -> Self {
        let pool = |name: &str| pools.iter().position(|pool| *pool == name);
        let switch = |name: RuleName| match set.get(name).map(Rule::terms) {
            Some(Terms { strength, placebo, cost }) => Switch {
                strength: Lanes::all(if placebo { 0.0 } else { strength }),
                money: Lanes::all(cost.money_per_step(total_size)),
                attention: Lanes::all(cost.attention),
                from: cost.from.as_deref().and_then(&pool),
            },
            None => Switch { strength: Lanes::ZERO, money: Lanes::ZERO, attention: Lanes::ZERO, from: None },
        };
        let switches = RuleName::ALL.into_iter().map(switch).collect();
        let listed = |names: &[String], kind: &str| names.iter().any(|name| name == kind);
        let partners = match &set.partners {
            Some(rule) => kinds.iter().map(|kind| listed(&rule.kinds, kind)).collect(),
            None => Vec::new(),
        };
        let members = |names: &[String]| (0..kinds.len()).filter(|index| listed(names, kinds[*index])).collect();
        let groups = match &set.nested_groups {
            Some(rule) => rule.groups.values().map(|group| members(&group.kinds)).collect(),
            None => Vec::new(),
        };
        let bind = set.quota.is_some() || set.collective_choice.is_some();
        Self { set, switches, forecast: None, partners, groups, bind }
    }

    /// The same rules, each in force only in the lanes that `keep` names for it. In the others it neither acts nor costs: such
    /// a run is bit for bit that of the scenario without the rule.
    #[must_use]
    pub fn only(&self, keep: impl Fn(RuleName) -> Mask) -> Self {
        let mut rules = self.clone();
        for (name, switch) in RuleName::ALL.into_iter().zip(&mut rules.switches) {
            let kept = keep(name);
            for value in [&mut switch.strength, &mut switch.money, &mut switch.attention] {
                *value = select(kept, *value, Lanes::ZERO);
            }
        }
        rules
    }

    /// How strongly a rule acts in each lane.
    #[inline(always)]
    pub fn strength(&self, name: RuleName) -> Lanes {
        self.switches[name as usize].strength
    }

    /// The nested groups to which a kind belongs.
    #[inline(always)]
    pub fn groups_of(&self, kind: usize) -> impl Iterator<Item = &Vec<usize>> {
        self.groups.iter().filter(move |kinds| kinds.contains(&kind))
    }
}

/// The terms on which a rule is in force.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// How strongly it acts, 0 to 1.
    pub strength: f64,
    /// Whether its cost is paid while its mechanism is off.
    pub placebo: bool,
    /// What it costs.
    pub cost: &'a Price,
}

/// What a rule costs in every step in which it is there, whatever its strength.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Money per step, in the scenario's unit of money.
    #[schemars(range(min = 0.0, max = 1e12))]
    pub money: f64,
    /// Money per step on top of it, as a share of the size of all providers, so that larger places pay more.
    #[serde(default, skip_serializing_if = "is_nothing")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: f64,
    /// Share of all working time that goes into it and not into care.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub attention: f64,
    /// Name of the pool that pays; without it the members pay, in proportion to their size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

impl Price {
    /// Money per step in a place whose providers have this size together, in the scenario's unit of money.
    pub fn money_per_step(&self, total_size: f64) -> f64 {
        self.money + self.share * total_size
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
fn is_nothing(value: &f64) -> bool {
    *value == 0.0
}

/// A rule's switch, one value a run, so that runs with and without it can ride side by side.
#[derive(Clone, Copy, Debug)]
pub struct Switch {
    /// How strongly it acts; 0 for a placebo.
    pub strength: Lanes,
    /// Money per step.
    pub money: Lanes,
    /// Share of working time.
    pub attention: Lanes,
    /// Position of the pool that pays; `None`: the members.
    pub from: Option<usize>,
}
