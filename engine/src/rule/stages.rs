//! The stages of a step in which rules act, in their order: what is known, what is allotted, what it costs, who is checked.

use super::{Partners, RuleName, mediation};
use crate::lanes::{Lanes, Mask, keep_lanes_together};
use crate::setup::Setup;
use crate::step::Moment;
use crate::world::{Place, World};

/// What members know and who may use the pool in this step.
#[inline(always)]
pub(crate) fn inform(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, step, .. } = *moment;
    let rules = &setup.rules;
    begin(setup, &mut world.place);
    if let Some(rule) = &rules.set.boundary {
        rule.inform(&mut world.place, rules.strength(RuleName::Boundary));
    }
    if rules.set.partners.is_some() {
        Partners::inform(rules, &mut world.place, rules.strength(RuleName::Partners));
    }
    if let Some(rule) = &rules.set.pooled_finance {
        rule.inform(setup, &mut world.place, rules.strength(RuleName::PooledFinance));
    }
    if let Some(rule) = &rules.set.shared_vision {
        rule.inform(step, &mut world.place, rules.strength(RuleName::SharedVision));
    }
    if let Some(rule) = &rules.set.measures {
        rule.inform(&mut world.place, rules.strength(RuleName::Measures));
    }
    if let Some(rule) = &rules.set.graduated_sanctions {
        rule.inform(&mut world.place, rules.strength(RuleName::GraduatedSanctions));
    }
    let place = &mut world.place;
    let checked = place.coverage * place.counted;
    place.evidence += place.publicity * place.counted;
    for (own, inside) in place.checked.iter_mut().zip(&place.inside) {
        *own = checked * *inside;
    }
    if let Some(rule) = &rules.set.nested_groups {
        rule.inform(setup, place, rules.strength(RuleName::NestedGroups));
    }
    if let Some(rule) = &rules.set.leadership {
        rule.inform(moment, world, rules.strength(RuleName::Leadership));
    }
    if let Some(rule) = &rules.set.external_authority {
        rule.inform(moment, &mut world.place, rules.strength(RuleName::ExternalAuthority));
    }
    for (seen, pool) in world.place.seen.iter_mut().zip(&world.pools) {
        *seen += (pool.stock - *seen) / (1.0 + world.place.lag);
        keep_lanes_together();
    }
}

/// How things stand before any rule has acted.
#[inline(always)]
fn begin(setup: &Setup, place: &mut Place) {
    let society = &setup.society;
    place.coverage = Lanes::all(society.coverage);
    place.publicity = place.coverage;
    place.noise = Lanes::all(society.noise);
    place.lag = Lanes::all(society.lag);
    place.hidden = Lanes::ZERO;
    place.fine = Lanes::ZERO;
    place.rise = Lanes::ZERO;
    place.vision = Lanes::ZERO;
    place.attention_led = Lanes::ZERO;
    place.attention_divided.fill(Lanes::ZERO);
    place.pressure = Lanes::ZERO;
    place.force.fill(Lanes::ONE);
    for (inside, kind) in place.inside.iter_mut().zip(&setup.kinds) {
        *inside = Mask::all_of(kind.partner).number();
    }
    place.outside_inside = place.outside;
    place.counted = Lanes::all(setup.outside.map_or(1.0, |outside| 1.0 - outside.crossing));
}

/// What each provider is allotted in this step, and how much of an excess it has ceded the right to.
#[inline(always)]
pub(crate) fn agree(moment: &Moment<'_>, world: &mut World) {
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
    let Some(rule) = &rules.set.collective_choice else { return };
    rule.meet(moment, world, rules.strength(RuleName::CollectiveChoice));
    world.place.take_effect();
    let undone = match &rules.set.dedicated_team {
        Some(rule) => rule.undone(rules.strength(RuleName::DedicatedTeam)),
        None => Lanes::ONE,
    };
    rule.agree(setup, world, rules.strength(RuleName::CollectiveChoice));
    world.place.carried *= 1.0 - undone * setup.society.fading;
}

/// What the rules cost in this step: attention at once, money through [`World::place`].
#[inline(always)]
pub(crate) fn charge(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, step, .. } = *moment;
    let rules = &setup.rules;
    let fees = match &rules.set.mediation {
        Some(rule) => rule.fee(world, rules.strength(RuleName::Mediation)),
        None => Lanes::ZERO,
    };
    let place = &mut world.place;
    let mut attention = place.lost_attention + place.attention_led;
    place.governance = fees;
    place.spent_on_rules.fill(Lanes::ZERO);
    for switch in &rules.switches {
        attention += switch.attention;
        spend(place, switch.from, switch.money);
    }
    if let Some(rule) = &rules.set.dedicated_team {
        let switch = &rules.switches[RuleName::DedicatedTeam as usize];
        let (money, time) = rule.growth(switch, setup.years(step));
        attention += time;
        spend(place, switch.from, money);
    }
    for (left, divided) in place.attention.iter_mut().zip(&place.attention_divided) {
        *left = (1.0 - (attention + *divided)).max(Lanes::ZERO);
    }
}

/// Money for a rule, out of a pool or from the members.
#[inline(always)]
fn spend(place: &mut Place, from: Option<usize>, money: Lanes) {
    match from {
        Some(pool) => place.spent_on_rules[pool] += money,
        None => place.governance += money,
    }
}

/// Members pool their results, where a rule says so.
#[inline(always)]
pub(crate) fn pool_results(moment: &Moment<'_>, world: &mut World) {
    let rules = &moment.setup.rules;
    if let Some(rule) = &rules.set.pooled_finance {
        rule.settle(moment, world);
    }
}

/// Checks what providers do, fines those seen to exceed their share, and lets them remember it; whoever was fined or rationed
/// takes it amiss.
#[inline(always)]
pub(crate) fn inspect(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, .. } = *moment;
    let rules = &setup.rules;
    world.place.fines = Lanes::ZERO;
    if let Some(rule) = &rules.set.graduated_sanctions {
        rule.inspect(setup, world, rules.strength(RuleName::GraduatedSanctions));
    }
    if setup.society.grievance > 0.0 {
        let alone = Lanes::all(setup.society.settling);
        let settling = match &rules.set.mediation {
            Some(rule) => rule.settling(alone, rules.strength(RuleName::Mediation)),
            None => alone,
        };
        mediation::dispute(setup, world, settling);
    }
    if let Some(rule) = &rules.set.ostracism {
        rule.inspect(setup, world, rules.strength(RuleName::Ostracism));
    }
    if let Some(rule) = &rules.set.peer_sanctions {
        rule.inspect(setup, world, rules.strength(RuleName::PeerSanctions));
    }
}
