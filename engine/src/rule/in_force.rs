//! The rules of a place as a run has them: each with what it costs and how strongly it acts in each lane.

use super::{
    Boundary, Clock, CollectiveChoice, DedicatedTeam, ExternalAuthority, GraduatedSanctions, Leadership, Measures,
    Mediation, NestedGroups, Ostracism, Partners, PeerSanctions, PooledFinance, Quota, Rule, RuleName, RuleSet,
    SharedVision,
};
use crate::lanes::{Lanes, Mask, select};
use crate::society::Society;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A rule together with the strength at which it acts. Its methods are what the rule does.
#[derive(Debug)]
pub struct InForce<'a, R> {
    /// What the scenario says of it.
    pub rule: &'a R,
    /// How strongly it acts, and what it costs.
    pub switch: &'a Switch,
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
    /// When it is there.
    pub clock: Clock,
}

/// The rules of a place, with their switches. Those that are not there do not exist.
#[derive(Clone, Debug)]
pub struct Rules {
    set: RuleSet,
    /// One a rule, in the order of [`RuleName::ALL`].
    switches: Vec<Switch>,
}

impl<R> Clone for InForce<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for InForce<'_, R> {}

impl<R> InForce<'_, R> {
    /// How strongly the rule acts in each lane.
    #[inline(always)]
    pub fn strength(&self) -> Lanes {
        self.switch.strength
    }

    /// Where it acts at all.
    #[inline(always)]
    pub(crate) fn acts(&self) -> Mask {
        self.switch.strength.greater(Lanes::ZERO)
    }

    /// Steps since the rule began; nothing where its time has not come or is over.
    #[inline(always)]
    pub(crate) fn age(&self, step: u32) -> Option<u32> {
        self.switch.clock.age(step)
    }
}

impl Switch {
    /// That of a rule that is not there.
    const OFF: Self =
        Self { strength: Lanes::ZERO, money: Lanes::ZERO, attention: Lanes::ZERO, from: None, clock: Clock::ALWAYS };
}

impl Rules {
    /// The rules as they set their own switches, the same in every lane, for a place with pools of these names and providers of
    /// this total size.
    pub fn new(set: RuleSet, pools: &[&str], total_size: f64) -> Self {
        let switch = |name: RuleName| {
            set.get(name).map(Rule::terms).map_or(Switch::OFF, |Terms { strength, placebo, cost, clock }| Switch {
                strength: Lanes::all(if placebo { 0.0 } else { strength }),
                money: Lanes::all(cost.money_per_step(total_size)),
                attention: Lanes::all(cost.attention),
                from: cost.from.as_deref().and_then(|name| pools.iter().position(|pool| *pool == name)),
                clock,
            })
        };
        let switches = RuleName::ALL.into_iter().map(switch).collect();
        Self { set, switches }
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

    /// What the scenario says of each.
    pub fn set(&self) -> &RuleSet {
        &self.set
    }

    /// The switches of all rules, in the order of [`RuleName::ALL`].
    #[inline(always)]
    pub fn switches(&self) -> &[Switch] {
        &self.switches
    }

    /// The same, to be set for a step.
    #[inline(always)]
    pub(crate) fn switches_mut(&mut self) -> &mut [Switch] {
        &mut self.switches
    }

    /// Whether how strongly any of them acts may differ between the steps of a run: it begins or ends, it builds up, or a pool may
    /// fail to pay for it.
    pub(crate) fn vary(&self, society: &Society) -> bool {
        let varies = |switch: &Switch| switch.from.is_some() || switch.clock != Clock::ALWAYS;
        self.switches.iter().any(varies) || (society.build_up > 0.0 && self.set.present().next().is_some())
    }

    /// Whether any of them may take effort off what a provider wishes to exert, or add upstream work to it.
    pub fn bind(&self) -> bool {
        self.set.present().any(|(_, rule)| rule.binds())
    }

    #[inline(always)]
    fn of<'a, R>(&'a self, rule: Option<&'a R>, name: RuleName) -> Option<InForce<'a, R>> {
        rule.map(|rule| InForce { rule, switch: &self.switches[name as usize] })
    }
}

/// Each rule as it is in force, if it is there.
#[expect(missing_docs, reason = "one a rule, each documented at its struct")]
impl Rules {
    #[inline(always)]
    pub fn boundary(&self) -> Option<InForce<'_, Boundary>> {
        self.of(self.set.boundary.as_ref(), RuleName::Boundary)
    }
    #[inline(always)]
    pub fn partners(&self) -> Option<InForce<'_, Partners>> {
        self.of(self.set.partners.as_ref(), RuleName::Partners)
    }
    #[inline(always)]
    pub fn shared_vision(&self) -> Option<InForce<'_, SharedVision>> {
        self.of(self.set.shared_vision.as_ref(), RuleName::SharedVision)
    }
    #[inline(always)]
    pub fn measures(&self) -> Option<InForce<'_, Measures>> {
        self.of(self.set.measures.as_ref(), RuleName::Measures)
    }
    #[inline(always)]
    pub fn nested_groups(&self) -> Option<InForce<'_, NestedGroups>> {
        self.of(self.set.nested_groups.as_ref(), RuleName::NestedGroups)
    }
    #[inline(always)]
    pub fn leadership(&self) -> Option<InForce<'_, Leadership>> {
        self.of(self.set.leadership.as_ref(), RuleName::Leadership)
    }
    #[inline(always)]
    pub fn external_authority(&self) -> Option<InForce<'_, ExternalAuthority>> {
        self.of(self.set.external_authority.as_ref(), RuleName::ExternalAuthority)
    }
    #[inline(always)]
    pub fn quota(&self) -> Option<InForce<'_, Quota>> {
        self.of(self.set.quota.as_ref(), RuleName::Quota)
    }
    #[inline(always)]
    pub fn collective_choice(&self) -> Option<InForce<'_, CollectiveChoice>> {
        self.of(self.set.collective_choice.as_ref(), RuleName::CollectiveChoice)
    }
    #[inline(always)]
    pub fn dedicated_team(&self) -> Option<InForce<'_, DedicatedTeam>> {
        self.of(self.set.dedicated_team.as_ref(), RuleName::DedicatedTeam)
    }
    #[inline(always)]
    pub fn pooled_finance(&self) -> Option<InForce<'_, PooledFinance>> {
        self.of(self.set.pooled_finance.as_ref(), RuleName::PooledFinance)
    }
    #[inline(always)]
    pub fn graduated_sanctions(&self) -> Option<InForce<'_, GraduatedSanctions>> {
        self.of(self.set.graduated_sanctions.as_ref(), RuleName::GraduatedSanctions)
    }
    #[inline(always)]
    pub fn mediation(&self) -> Option<InForce<'_, Mediation>> {
        self.of(self.set.mediation.as_ref(), RuleName::Mediation)
    }
    #[inline(always)]
    pub fn ostracism(&self) -> Option<InForce<'_, Ostracism>> {
        self.of(self.set.ostracism.as_ref(), RuleName::Ostracism)
    }
    #[inline(always)]
    pub fn peer_sanctions(&self) -> Option<InForce<'_, PeerSanctions>> {
        self.of(self.set.peer_sanctions.as_ref(), RuleName::PeerSanctions)
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
    /// When it is there.
    pub clock: Clock,
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
