//! What each provider is allotted in this step, and how much of an excess it has ceded the right to.

use super::moves::Moves;
use crate::demand::Demand;
use crate::dice::Purpose;
use crate::lanes::{Lanes, keep_lanes_together, select};
use crate::place::Place;
use crate::rule::{CollectiveChoice, Decision, InForce, blend};
use crate::setup::Setup;
use crate::step::{Couple, Moment};
use crate::world::World;

/// Rules that allot.
pub(super) struct Agree;

impl Couple for Agree {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, .. } = *moment;
        for (common, kind) in world.place.kinds.iter_mut().zip(&setup.kinds) {
            common.agreed = Lanes::all(kind.plan);
            common.bound = Lanes::ZERO;
            common.obliged = Lanes::ZERO;
            common.agreed_upstream = Lanes::ZERO;
            common.agreed_referral = Lanes::ZERO;
            common.shifted = Lanes::ZERO;
        }
        if let Some(rule) = setup.rules.quota() {
            let luck = if rule.errs() {
                world.dice.uniform(&world.luck, Purpose::Quota, 0, 0).standard_normal_quantile()
            } else {
                Lanes::ZERO
            };
            rule.agree(&mut world.place, setup.kinds.iter().map(|kind| kind.plan), luck);
        }
        if let Some(rule) = setup.rules.collective_choice() {
            world.place.take_effect();
            let made = made(&world.place, &rule);
            let moves = Moves::agreed(setup, &world.place, rule.rule);
            allot(setup, world, &rule, (made, moves.as_ref()));
            if let Some(moves) = &moves {
                moves.carry_out(setup, &mut world.place, made, rule.rule.ceded);
            }
            let undone = setup.rules.dedicated_team().map_or(Lanes::ONE, |team| team.undone());
            world.place.carried *= 1.0 - undone * setup.society.fading;
        }
    }
}

/// How far what has been decided is in force.
#[inline(always)]
fn made(place: &Place, rule: &InForce<'_, CollectiveChoice>) -> Lanes {
    let in_force = place.standing * place.carried;
    select(place.decided.at_least(Lanes::ZERO), in_force, Lanes::ZERO) * rule.strength()
}

/// What has been decided and is in force allots each member its level.
#[inline(always)]
fn allot(
    setup: &Setup,
    world: &mut World,
    rule: &InForce<'_, CollectiveChoice>,
    (made, moves): (Lanes, Option<&Moves<'_>>),
) {
    let World { kinds, place, .. } = world;
    let votes = rule.rule.obliges.then(|| own_votes(setup, place, rule.rule));
    let demand = rule.rule.shares_by_need().then(|| Demand::of_all(setup, kinds));
    for (index, (kind, own)) in setup.kinds.iter().zip(kinds).enumerate() {
        let (total, binding) = quota(setup, place, index);
        let Place { kinds: common, decision, counted, .. } = &mut *place;
        let common = &mut common[index];
        let made = made * common.inside;
        let shifted = moves.map(|moves| moves.of(setup, &decision.shift, index));
        let with_shift = |level: Lanes| shifted.map_or(level, |shifted| (level + shifted).max(Lanes::ZERO));
        if let Some((demand, (allotted, needs))) = demand.as_ref().zip(own.allotted.as_mut().zip(own.needs.as_ref())) {
            for (agreed, needs) in allotted.iter_mut().zip(needs) {
                let share = blend(Lanes::all(kind.plan), demand.share(kind, needs.new), decision.by_need);
                *agreed = blend(common.agreed, with_shift(share * total), made);
                keep_lanes_together();
            }
        }
        common.agreed = blend(common.agreed, with_shift(total * kind.plan), made);
        // Whoever decides cannot bind itself: it has ceded so far as others have a say.
        let own = votes.as_ref().map_or(Lanes::ZERO, |votes| votes.of(setup, rule.rule, index) * common.inside);
        let (ceded, holds) = (rule.rule.ceded * (1.0 - own), made * *counted * binding);
        common.bound = blend(common.bound, ceded, holds);
        if votes.is_some() {
            common.obliged = blend(common.obliged, ceded, holds);
        }
        common.agreed_upstream = blend(common.agreed_upstream, decision.upstream, made);
        common.force = blend(common.force, Lanes::ONE, made);
    }
}

/// What all votes of the members come to, where each has one or as many as its size says.
struct OwnVotes(Lanes);

#[inline(always)]
fn own_votes(setup: &Setup, place: &Place, rule: &CollectiveChoice) -> OwnVotes {
    let mut all = Lanes::ZERO;
    for (common, kind) in place.kinds.iter().zip(&setup.kinds) {
        all += common.inside * (rule.votes.of(kind.size) * kind.count as f64);
    }
    OwnVotes(all.max(f64::MIN_POSITIVE))
}

impl OwnVotes {
    /// The share of all votes that one member of a kind has if it sits at the table: all where it decides alone.
    #[inline(always)]
    fn of(&self, setup: &Setup, rule: &CollectiveChoice, index: usize) -> Lanes {
        let kind = &setup.kinds[index];
        match &rule.decision {
            Decision::OneDecider { kind: decider } => {
                Lanes::all(f64::from(u8::from(kind.name == *decider && kind.count == 1)))
            }
            _ => (1.0 - rule.public_seats) * rule.votes.of(kind.size) / self.0,
        }
    }
}

/// The total that holds for a kind, and the share of it that still binds where groups contradict each other.
#[inline(always)]
fn quota(setup: &Setup, place: &Place, kind: usize) -> (Lanes, Lanes) {
    let whole = place.decision.total;
    let nested = setup.rules.nested_groups();
    let quotas = setup.groups_of(kind).map(|(group, _)| place.group_quotas[group].total);
    nested.and_then(|rule| rule.quota(whole, quotas)).unwrap_or((whole, Lanes::ONE))
}
