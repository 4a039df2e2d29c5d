//! Rules: the institutions of a place, each a switch with a strength, a cost and a placebo.
//!
//! A rule changes only information, payoffs, feasible actions, decision rights, costs or clocks. It never writes to need,
//! delivered care, stock, trust or an outcome. At strength 0 and cost 0 a run is bit for bit the run without the rule.
//!
//! To add a rule: one new file here, its lines in [`RuleSet`], [`RuleName`] and `RuleSet::get`, and a line in the stage
//! where it acts.

mod ballot;
mod boundary;
mod collective_choice;
mod forecast;
mod graduated_sanctions;
mod measures;
mod meeting;
mod ostracism;
mod quota;

pub use boundary::Boundary;
pub use collective_choice::{CollectiveChoice, Decision, Sharing, Votes};
pub use forecast::Forecast;
pub use graduated_sanctions::GraduatedSanctions;
pub use measures::{Audience, Measures};
pub use ostracism::{Keepers, Ostracism, Shunning};
pub use quota::Quota;

use super::lanes::{Lanes, keep_lanes_together};
use super::step::Moment;
use super::world::World;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The rules of a place. Those left out do not exist there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// Clear boundaries: who may use the pool, and whose activity counts (King's Fund 1, Ostrom 1B).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boundary: Option<Boundary>,
    /// One set of measures: what members see of the pool and of each other (King's Fund 10, Ostrom 4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measures: Option<Measures>,
    /// A limit set from outside, from imperfect knowledge, and not revised (the state as the alternative).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<Quota>,
    /// Members decide together how much is used and by whom (King's Fund 4, Ostrom 3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collective_choice: Option<CollectiveChoice>,
    /// Fines that rise with repeated offences (King's Fund 6, Ostrom 5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub graduated_sanctions: Option<GraduatedSanctions>,
    /// Those above the norm are shunned, the more the more keep to it (Tavoni, Schlüter & Levin 2012).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ostracism: Option<Ostracism>,
}

/// The names of the rules, in the order in which they act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleName {
    /// See [`Boundary`].
    Boundary,
    /// See [`Measures`].
    Measures,
    /// See [`Quota`].
    Quota,
    /// See [`CollectiveChoice`].
    CollectiveChoice,
    /// See [`GraduatedSanctions`].
    GraduatedSanctions,
    /// See [`Ostracism`].
    Ostracism,
}

impl RuleName {
    /// Every rule there is.
    pub const ALL: [Self; 6] = [
        Self::Boundary,
        Self::Measures,
        Self::Quota,
        Self::CollectiveChoice,
        Self::GraduatedSanctions,
        Self::Ostracism,
    ];

    /// The key of the rule in a scenario file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Boundary => "boundary",
            Self::Measures => "measures",
            Self::Quota => "quota",
            Self::CollectiveChoice => "collective_choice",
            Self::GraduatedSanctions => "graduated_sanctions",
            Self::Ostracism => "ostracism",
        }
    }
}

/// What every rule can say of itself.
pub trait Rule {
    /// The terms on which it is in force.
    fn terms(&self) -> Terms<'_>;
    /// The principles it stands for.
    fn principle(&self) -> &'static str;
    /// One sentence of plain English for whoever lives under it.
    fn describe(&self) -> String;
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
    /// Share of all working time that goes into it and not into care.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub attention: f64,
    /// Name of the pool that pays; without it the members pay, in proportion to their size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
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

/// The rules in force, with their switches.
#[derive(Clone, Debug)]
pub struct Rules {
    /// What the scenario says of each.
    pub set: RuleSet,
    /// One a rule, in the order of [`RuleName::ALL`].
    pub switches: Vec<Switch>,
    /// What the members can foresee, where they decide together.
    pub forecast: Option<Forecast>,
}

impl RuleSet {
    /// The rule of that name, if it is there.
    pub fn get(&self, name: RuleName) -> Option<&dyn Rule> {
        fn some<R: Rule>(rule: Option<&R>) -> Option<&dyn Rule> {
            rule.map(|rule| rule as &dyn Rule)
        }
        match name {
            RuleName::Boundary => some(self.boundary.as_ref()),
            RuleName::Measures => some(self.measures.as_ref()),
            RuleName::Quota => some(self.quota.as_ref()),
            RuleName::CollectiveChoice => some(self.collective_choice.as_ref()),
            RuleName::GraduatedSanctions => some(self.graduated_sanctions.as_ref()),
            RuleName::Ostracism => some(self.ostracism.as_ref()),
        }
    }

    /// The rules that are there, with their names.
    pub fn present(&self) -> impl Iterator<Item = (RuleName, &dyn Rule)> {
        RuleName::ALL.into_iter().filter_map(|name| self.get(name).map(|rule| (name, rule)))
    }
}

impl Rules {
    /// The switches as the rules themselves set them, the same in every lane. `pool` finds a pool's position by its name.
    pub fn new(set: RuleSet, pool: impl Fn(&str) -> Option<usize>) -> Self {
        let switch = |name: RuleName| match set.get(name).map(Rule::terms) {
            Some(Terms { strength, placebo, cost }) => Switch {
                strength: Lanes::all(if placebo { 0.0 } else { strength }),
                money: Lanes::all(cost.money),
                attention: Lanes::all(cost.attention),
                from: cost.from.as_deref().and_then(&pool),
            },
            None => Switch { strength: Lanes::ZERO, money: Lanes::ZERO, attention: Lanes::ZERO, from: None },
        };
        let switches = RuleName::ALL.into_iter().map(switch).collect();
        Self { set, switches, forecast: None }
    }

    /// How strongly a rule acts in each lane.
    #[inline(always)]
    pub fn strength(&self, name: RuleName) -> Lanes {
        self.switches[name as usize].strength
    }
}

/// `from` at strength 0, `to` at strength 1. Exactly `from` at 0, so that a rule that is off is absent.
#[inline(always)]
pub(super) fn blend(from: Lanes, to: Lanes, strength: Lanes) -> Lanes {
    from * (1.0 - strength) + to * strength
}

/// What members know and who may use the pool in this step.
#[inline(always)]
pub(super) fn inform(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, .. } = *moment;
    let society = &setup.society;
    let place = &mut world.place;
    place.coverage = Lanes::all(society.coverage);
    place.publicity = place.coverage;
    place.noise = Lanes::all(society.noise);
    place.lag = Lanes::all(society.lag);
    place.hidden = Lanes::ZERO;
    place.fine = Lanes::ZERO;
    place.rise = Lanes::ZERO;
    place.force = Lanes::ONE;
    place.outside_inside = place.outside;
    place.counted = Lanes::all(setup.outside.map_or(1.0, |outside| 1.0 - outside.crossing));
    let rules = &setup.rules;
    if let Some(rule) = &rules.set.boundary {
        rule.inform(place, rules.strength(RuleName::Boundary));
    }
    if let Some(rule) = &rules.set.measures {
        rule.inform(place, rules.strength(RuleName::Measures));
    }
    if let Some(rule) = &rules.set.graduated_sanctions {
        rule.inform(place, rules.strength(RuleName::GraduatedSanctions));
    }
    for (seen, pool) in place.seen.iter_mut().zip(&world.pools) {
        *seen += (pool.stock - *seen) / (1.0 + place.lag);
        keep_lanes_together();
    }
}

/// What each provider is allotted in this step, and how much of an excess it has ceded the right to.
#[inline(always)]
pub(super) fn agree(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, dice, .. } = *moment;
    let rules = &setup.rules;
    if rules.set.quota.is_none() && rules.set.collective_choice.is_none() {
        return; // all are allotted their plan for good
    }
    for (provider, state) in setup.providers.iter().zip(&mut world.providers) {
        state.agreed = Lanes::all(setup.kind(provider).plan);
        state.bound = Lanes::ZERO;
        state.agreed_upstream = Lanes::ZERO;
        keep_lanes_together();
    }
    if let Some(rule) = &rules.set.quota {
        rule.agree(setup, world, dice, rules.strength(RuleName::Quota));
    }
    if let Some(rule) = &rules.set.collective_choice {
        rule.agree(moment, world, rules.strength(RuleName::CollectiveChoice));
    }
}

/// What the rules cost in this step: attention at once, money through [`World::place`].
#[inline(always)]
pub(super) fn charge(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, .. } = *moment;
    let place = &mut world.place;
    let mut attention = place.lost_attention;
    place.governance = Lanes::ZERO;
    place.spent_on_rules.fill(Lanes::ZERO);
    for switch in &setup.rules.switches {
        attention += switch.attention;
        match switch.from {
            Some(pool) => place.spent_on_rules[pool] += switch.money,
            None => place.governance += switch.money,
        }
    }
    place.attention = (1.0 - attention).max(Lanes::ZERO);
}

/// Checks what providers do, fines those seen to exceed their share, and lets them remember it.
#[inline(always)]
pub(super) fn inspect(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, .. } = *moment;
    world.place.fines = Lanes::ZERO;
    if let Some(rule) = &setup.rules.set.graduated_sanctions {
        rule.inspect(setup, world, setup.rules.strength(RuleName::GraduatedSanctions));
    }
    if let Some(rule) = &setup.rules.set.ostracism {
        rule.inspect(setup, world, setup.rules.strength(RuleName::Ostracism));
    }
}
