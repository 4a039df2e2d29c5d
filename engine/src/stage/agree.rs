//! What each provider is allotted in this step, and how much of an excess it has ceded the right to.

use crate::demand::Demand;
use crate::dice::Purpose;
use crate::lanes::{Lanes, keep_lanes_together, select};
use crate::place::Place;
use crate::rule::{CollectiveChoice, InForce, blend};
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
            common.agreed_upstream = Lanes::ZERO;
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
            allot(setup, world, &rule);
            let undone = setup.rules.dedicated_team().map_or(Lanes::ONE, |team| team.undone());
            world.place.carried *= 1.0 - undone * setup.society.fading;
        }
    }
}

/// What has been decided and is in force allots each member its level.
#[inline(always)]
fn allot(setup: &Setup, world: &mut World, rule: &InForce<'_, CollectiveChoice>) {
    let World { kinds, place, .. } = world;
    let in_force = place.standing * place.carried;
    let made = select(place.decided.at_least(Lanes::ZERO), in_force, Lanes::ZERO) * rule.strength();
    let demand = rule.rule.shares_by_need().then(|| Demand::of_all(setup, kinds));
    for (index, (kind, own)) in setup.kinds.iter().zip(kinds).enumerate() {
        let (total, binding) = quota(setup, place, index);
        let Place { kinds: common, decision, counted, .. } = &mut *place;
        let common = &mut common[index];
        let made = made * common.inside;
        if let Some((demand, (allotted, needs))) = demand.as_ref().zip(own.allotted.as_mut().zip(own.needs.as_ref())) {
            for (agreed, needs) in allotted.iter_mut().zip(needs) {
                let share = blend(Lanes::all(kind.plan), demand.share(kind, needs.new), decision.by_need);
                *agreed = blend(common.agreed, share * total, made);
                keep_lanes_together();
            }
        }
        common.agreed = blend(common.agreed, total * kind.plan, made);
        common.bound = blend(common.bound, Lanes::all(rule.rule.ceded), made * *counted * binding);
        common.agreed_upstream = blend(common.agreed_upstream, decision.upstream, made);
        common.force = blend(common.force, Lanes::ONE, made);
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
