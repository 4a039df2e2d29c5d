//! Collective choice: members decide together on a total, its sharing and on upstream work. King's Fund principle 4, Ostrom 3.
//!
//! *Mechanism*: every so many steps each member works out which of the options on the table would be best for itself if
//! all were bound by it, from the stock that it sees and with the pool's law over a horizon ([`super::Forecast`]). The median
//! voter's total and upstream share, and the sharing with most votes, are put to the vote against what stands; the decision
//! rule says how much support they need. What is decided allots each its level; the *ceded share* of each member's excess is
//! prevented, the rest is a matter for norms and fines. *Fails by* being a talking shop (ceded 0), by gridlock (unanimity),
//! by capture (votes by size). Source: Ostrom 1990, ch. 3; Ham & Alderwick 2015; median voter: Black 1948.

use super::ballot::{favourite, support, weighted_median};
use super::meeting::{Meeting, Valuation};
use super::nested_groups::NestedGroups;
use super::{Price, Rule, RuleName, Terms, blend};
use crate::model::dice::Stream;
use crate::model::lanes::{LANES, Lanes, select};
use crate::model::measure::{percent, words};
use crate::model::setup::{Kind, Setup};
use crate::model::simd;
use crate::model::step::Moment;
use crate::model::utility::ratio;
use crate::model::world::{Pending, World};
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
    /// Totals on the table, in multiples of the sum of all plans.
    #[schemars(length(min = 1, max = 64), inner(range(min = 0.0, max = 100.0)))]
    pub totals: Vec<f64>,
    /// Shares of upstream work on the table.
    #[schemars(length(min = 1, max = 16), inner(range(min = 0.0, max = 1.0)))]
    pub upstream: Vec<f64>,
    /// Ways of sharing the total on the table.
    #[schemars(length(min = 1, max = 2))]
    pub sharing: Vec<Sharing>,
    /// Steps that members look ahead.
    #[schemars(range(min = 1, max = 1200))]
    pub horizon: u32,
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
    /// One member decides alone.
    OneDecider {
        /// Kind of provider that decides (the first of its kind).
        kind: String,
    },
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
#[derive(Clone, Copy)]
pub(super) struct OptionOnTable {
    /// Position of the total among those on the table.
    pub(super) level: usize,
    pub(super) total: f64,
    pub(super) upstream: f64,
    pub(super) sharing: Sharing,
}

impl CollectiveChoice {
    /// Options on the table: every total with every upstream share and every sharing.
    fn options(&self) -> impl Iterator<Item = OptionOnTable> + '_ {
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

    /// What has been decided and is in force allots each member its level.
    #[inline(always)]
    pub(super) fn agree(&self, setup: &Setup, world: &mut World, strength: Lanes) {
        let rules = &setup.rules;
        let World { providers, place, .. } = world;
        let in_force = place.standing * place.carried;
        let made = select(place.decided.at_least(Lanes::ZERO), in_force, Lanes::ZERO) * strength;
        let grouped = rules.strength(RuleName::NestedGroups);
        let need = Demand::of_all(setup, providers.iter().map(|state| state.need_new));
        for (provider, state) in setup.providers.iter().zip(providers.iter_mut()) {
            let plan = Lanes::all(setup.kind(provider).plan);
            let by_need = need.share(setup.kind(provider), state.need_new);
            let share = blend(plan, by_need, place.decision.by_need);
            let made = made * place.inside[provider.kind];
            let (total, binding) = NestedGroups::quota(rules, place, provider.kind, grouped);
            state.agreed = blend(state.agreed, share * total, made);
            state.bound = blend(state.bound, Lanes::all(self.ceded), made * place.counted * binding);
            state.agreed_upstream = blend(state.agreed_upstream, place.decision.upstream, made);
        }
        for (force, inside) in place.force.iter_mut().zip(&place.inside) {
            *force = blend(*force, Lanes::ONE, made * *inside);
        }
    }

    /// One meeting, now and then, and therefore kept out of the step's own code: every option is weighed by every member, and
    /// the votes are counted in every lane. While one decision is on its way no other is made.
    #[inline(never)]
    pub(super) fn meet(&self, moment: &Moment<'_>, world: &mut World, strength: Lanes) {
        let Moment { setup, dice, step, instructions } = *moment;
        // Where the rule is off in every run, nobody needs to meet.
        let meets = step.checked_sub(self.first).is_some_and(|age| age.is_multiple_of(self.interval));
        if !meets || !strength.greater(Lanes::ZERO).any() {
            return;
        }
        let Some(forecast) = &setup.rules.forecast else { return };
        let error = dice.uniform(Stream::Vote, step, 0).standard_normal_quantile() * world.place.noise;
        let options: Vec<OptionOnTable> = self.options().collect();
        let values = simd::run_on(instructions, Meeting { setup, world, options: &options, forecast, error });
        let due = delay(setup, world);
        let under_way = world.place.pending.option.at_least(Lanes::ZERO).number();
        for lane in 0..LANES {
            if under_way.lane(lane) > 0.0 {
                continue; // or where meetings come faster than decisions take effect, none ever would
            }
            if let Some(index) = self.count(setup, world, &options, &values, lane) {
                let Pending { option: pending, decision, due: left } = &mut world.place.pending;
                let option = options[index];
                decision.total.set_lane(lane, option.total);
                decision.upstream.set_lane(lane, option.upstream);
                decision.by_need.set_lane(lane, if option.sharing == Sharing::Need { 1.0 } else { 0.0 });
                pending.set_lane(lane, index as f64);
                left.set_lane(lane, due.lane(lane));
            }
        }
        let favourite = |member: usize, lane: usize| options[values.favourite(member, lane)].total;
        NestedGroups::set_quotas(setup, &mut world.place, &favourite);
    }

    /// The votes of one lane: the option that is carried against what stands, if any.
    #[expect(clippy::float_cmp, reason = "medians are taken from the options themselves, to the bit")]
    fn count(
        &self,
        setup: &Setup,
        world: &World,
        options: &[OptionOnTable],
        values: &Valuation,
        lane: usize,
    ) -> Option<usize> {
        let voters = setup.providers.len();
        let best = |voter: usize| values.favourite(voter, lane);
        if let Decision::OneDecider { kind } = &self.decision {
            let decider = setup.providers.iter().position(|provider| setup.kind(provider).name == *kind)?;
            return Some(best(decider));
        }
        let members = setup.providers.iter().map(|provider| {
            let seat = world.place.inside[provider.kind].lane(lane);
            match self.votes {
                Votes::Equal => seat,
                Votes::BySize => seat * provider.size,
            }
        });
        let total: f64 = members.clone().sum();
        if total <= 0.0 {
            return None; // nobody is at the table
        }
        let weights: Vec<f64> =
            members.map(|weight| weight / total * (1.0 - self.public_seats)).chain([self.public_seats]).collect();
        let favourites: Vec<usize> = (0..=voters).map(best).collect();
        let median = |of: &dyn Fn(&OptionOnTable) -> f64| {
            let mut ballots: Vec<(f64, f64)> =
                favourites.iter().zip(&weights).map(|(index, weight)| (of(&options[*index]), *weight)).collect();
            weighted_median(&mut ballots)
        };
        let (total, upstream) = (median(&|option| option.total), median(&|option| option.upstream));
        let by_need = median(&|option| if option.sharing == Sharing::Need { 1.0 } else { 0.0 }) > 0.5;
        let proposed = options.iter().position(|option| {
            option.total == total && option.upstream == upstream && (option.sharing == Sharing::Need) == by_need
        })?;
        let present = standing_option(setup, world, options, lane);
        let ballots = weights
            .iter()
            .enumerate()
            .map(|(voter, weight)| (values.worth(voter, proposed, lane), values.worth(voter, present, lane), *weight));
        (support(ballots) >= self.threshold()).then_some(proposed)
    }

    /// Who has how many votes, in plain English; nothing where nobody votes.
    fn votes(&self) -> String {
        if matches!(self.decision, Decision::OneDecider { .. }) {
            return String::new();
        }
        let votes = match self.votes {
            Votes::Equal => "one vote each",
            Votes::BySize => "votes by their size",
        };
        match self.public_seats {
            0.0 => format!(" Members have {votes}."),
            public => format!(" Members have {votes}; {} of all votes are the public's.", percent(public)),
        }
    }

    fn threshold(&self) -> f64 {
        /// So that rounding in a sum of weights does not deny a change that all support.
        const ROUNDING: f64 = 1e-9;
        match self.decision {
            Decision::Majority {} | Decision::OneDecider { .. } => 0.5 - ROUNDING,
            Decision::Supermajority { share } => share - ROUNDING,
            Decision::Unanimity {} => 1.0 - ROUNDING,
        }
    }
}

/// Steps from a decision until it takes effect: the more, the more sit at the table, and the less, the more of the work a team
/// does.
fn delay(setup: &Setup, world: &World) -> Lanes {
    let rules = &setup.rules;
    let Some(partners) = &rules.set.partners else { return Lanes::ZERO };
    let delay = partners.delay(setup, &world.place, rules.strength(RuleName::Partners));
    match &rules.set.dedicated_team {
        Some(team) => delay * team.undone(rules.strength(RuleName::DedicatedTeam)),
        None => delay,
    }
}

/// What stands: the option decided last, or before that the one nearest to what all do now.
fn standing_option(setup: &Setup, world: &World, options: &[OptionOnTable], lane: usize) -> usize {
    let decided = world.place.decided.lane(lane);
    if decided >= 0.0 {
        return decided as usize;
    }
    let (mut level, mut plan) = (0.0, 0.0);
    for (provider, state) in setup.providers.iter().zip(&world.providers) {
        level += state.level.lane(lane) * provider.size;
        plan += setup.kind(provider).plan * provider.size;
    }
    let now = if plan > 0.0 { level / plan } else { 0.0 };
    favourite(options.iter().map(|option| -libm::fabs(option.total - now) - option.upstream))
}

/// The need of all providers, against which one's own is weighed.
pub(super) struct Demand {
    need: Lanes,
    plan: Lanes,
}

impl Demand {
    #[inline(always)]
    pub(super) fn of_all(setup: &Setup, needs: impl Iterator<Item = Lanes>) -> Self {
        let (mut need, mut plan) = (Lanes::ZERO, Lanes::ZERO);
        for (provider, own) in setup.providers.iter().zip(needs) {
            let kind = setup.kind(provider);
            if kind.need.is_some() {
                need += own * provider.size;
                plan += Lanes::all(kind.plan * provider.size);
            }
        }
        Self { need, plan }
    }

    /// One's level if the plans of all who have need were shared out by need; one's plan where one has none, or nobody has.
    #[inline(always)]
    pub(super) fn share(&self, kind: &Kind, own: Lanes) -> Lanes {
        let plan = Lanes::all(kind.plan);
        if kind.need.is_none() {
            return plan;
        }
        let none = self.need.at_most(Lanes::ZERO);
        select(none, plan, own * ratio(self.plan, self.need))
    }
}

impl Rule for CollectiveChoice {
    fn terms(&self) -> Terms<'_> {
        Terms { strength: self.strength, placebo: self.placebo, cost: &self.cost }
    }
    fn principle(&self) -> &'static str {
        "King's Fund 4, Ostrom 3"
    }
    fn describe(&self) -> String {
        let when =
            if self.interval == 1 { "In every step".to_owned() } else { format!("Every {} steps", self.interval) };
        let how = match &self.decision {
            Decision::Majority {} => "members decide together, by majority".to_owned(),
            Decision::Supermajority { share } => {
                format!("members decide together, with at least {} of the votes", percent(*share))
            }
            Decision::Unanimity {} => "members decide together, unanimously: each has a veto".to_owned(),
            Decision::OneDecider { kind } => format!("one member decides for all, alone: {}", words(kind)),
        };
        let ceded = match self.ceded {
            0.0 => "Nobody is bound by what is decided".to_owned(),
            1.0 => "Nobody can exceed what is decided".to_owned(),
            share => format!("Of any excess over what is decided each has ceded the right to {}", percent(share)),
        };
        format!("{when} {how}.{} {ceded}.", self.votes())
    }
}
