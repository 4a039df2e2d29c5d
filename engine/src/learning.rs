//! The stages in which all learn: providers take note of what their actions earned and of what they saw of the others.

use super::appraising::appraise;
use super::behaviour::{Behaviour, Conditional, Imitator, Peers};
use super::dice::Stream;
use super::lanes::{LANES, Lanes, keep_lanes_together, select};
use super::rule::NestedGroups;
use super::setup::Setup;
use super::step::Moment;
use super::utility::Prospect;
use super::world::World;

/// Learners move their attractions with what was experienced.
#[inline(always)]
pub(super) fn reinforce(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, .. } = *moment;
    let mut attractions = std::mem::take(&mut world.attractions);
    for (index, provider) in setup.providers.iter().enumerate() {
        let Behaviour::Learner(learner) = &provider.behaviour else { continue };
        let state = &world.providers[index];
        let (earned, lesson) = (state.utility, learner.lesson(state.choice, state.experience));
        let own = &mut attractions[provider.attractions..][..setup.kind(provider).actions.len()];
        if learner.foregone > 0.0 || learner.anticipates {
            appraise(setup, world, index, own, &lesson);
        } else {
            let mut position = 0.0;
            for attraction in own {
                *attraction = lesson.learnt(position, *attraction, earned);
                position += 1.0;
                keep_lanes_together();
            }
        }
        world.providers[index].experience = lesson.experience;
    }
    world.attractions = attractions;
}

/// Works out what each action is worth to a learner that is about to choose: what it has learnt of it, less what it will cost
/// in conscience and in fines as things stand now.
#[inline(always)]
pub(super) fn weigh(setup: &Setup, world: &mut World, index: usize) {
    let provider = &setup.providers[index];
    let state = &world.providers[index];
    let prospect = Prospect::now(setup, world, provider, state);
    let mut room = std::mem::take(&mut world.room.weighed);
    let kind = prospect.kind;
    let own = world.attractions[provider.attractions..].chunks_exact(kind.shares);
    for ((actions, attractions), weighed) in kind.by_level().zip(own).zip(room.chunks_exact_mut(kind.shares)) {
        let (_, deterred) = prospect.deterred(state.bind_level(setup, Lanes::all(actions[0].level)));
        for (attraction, weighed) in attractions.iter().zip(weighed) {
            *weighed = *attraction - deterred;
            keep_lanes_together();
        }
    }
    world.room.weighed = room;
}

/// Imitators look at a peer and copy it, or try something at random. Each run's peer differs, so this is a plain loop.
pub(super) fn imitate(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, dice, step, .. } = *moment;
    if !setup.imitates {
        return;
    }
    let before: Vec<(Lanes, Lanes)> = world.providers.iter().map(|state| (state.choice, state.utility)).collect();
    for (index, provider) in setup.providers.iter().enumerate() {
        let Behaviour::Imitator(imitator) = &provider.behaviour else { continue };
        let who = index as u32;
        let reviews = dice.uniform(Stream::Revision, step, who).less(Lanes::all(imitator.rate));
        // Draws have addresses, so that one nobody needs can be left out without moving another.
        let tries = match imitator.mutation {
            0.0 => Lanes::ZERO.less(Lanes::ZERO),
            chance => dice.uniform(Stream::Mutation, step, who).less(Lanes::all(chance)),
        };
        if !(reviews.any() || tries.any()) {
            continue;
        }
        let pick = dice.uniform(Stream::Peer, step, who);
        let mut copied = before[index].0;
        let mut theirs = before[index].1;
        for lane in 0..LANES {
            let peer = peer_of(setup, imitator, index, pick.lane(lane));
            copied.set_lane(lane, before[peer].0.lane(lane));
            theirs.set_lane(lane, before[peer].1.lane(lane));
        }
        let adopts = reviews & imitator.copies(before[index].1, theirs, dice.uniform(Stream::Copy, step, who));
        let choice = select(adopts, copied, before[index].0);
        let last = (setup.kind(provider).actions.len() - 1) as f64;
        let random = Lanes::from_fn(|lane| f64::from((pick.lane(lane) * (last + 1.0)) as u32).min(last));
        world.providers[index].choice = select(tries, random, choice.min(Lanes::all(last)));
    }
}

/// The peer that a uniform draw points to, never oneself unless one is alone.
fn peer_of(setup: &Setup, imitator: &Imitator, own: usize, pick: f64) -> usize {
    let range = match imitator.peers {
        Peers::Kind => setup.kind(&setup.providers[own]).members.clone(),
        Peers::All => 0..setup.providers.len(),
    };
    let others = range.len() - 1;
    if others == 0 {
        return own;
    }
    let position = range.start + ((pick * others as f64) as usize).min(others - 1);
    if position >= own { position + 1 } else { position }
}

/// √12: a uniform draw less one half, times this, has a standard deviation of one.
const UNIFORM_TO_UNIT_DEVIATION: f64 = 3.464_101_615_137_754_6;

/// Trust moves with the share of all providers that is seen to exceed what it was allotted, and with being fined.
#[inline(always)]
pub(super) fn trust(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, .. } = *moment;
    if !setup.society.trust_moves() {
        return;
    }
    let society = &setup.society;
    let World { providers, place, room, .. } = world;
    place.breaches.fill(Lanes::ZERO);
    let (mut breaches, mut members) = (Lanes::ZERO, Lanes::ZERO);
    for (provider, state) in setup.providers.iter().zip(providers.iter()) {
        let breach = state.excess.greater(state.agreed * society.tolerance).number();
        place.breaches[provider.kind] += breach;
        breaches += breach * place.inside[provider.kind];
        members += place.inside[provider.kind];
    }
    let across = breaches / members.max(Lanes::all(f64::MIN_POSITIVE));
    let seen = place.publicity * place.counted;
    let draws = room.draws(setup, Stream::Trust);
    for (position, kind) in setup.kinds.iter().enumerate() {
        let say = kind.norm.say(place.force[position]);
        let (share, noise) = match &setup.rules.set.nested_groups {
            Some(rule) => {
                (NestedGroups::seen(setup, &place.breaches, position, across), rule.error(setup, position, place.noise))
            }
            None => (across, place.noise),
        };
        let seen = seen * place.inside[position];
        for (state, draw) in providers[kind.members.clone()].iter_mut().zip(&draws[kind.members.clone()]) {
            let error = (*draw - 0.5) * UNIFORM_TO_UNIT_DEVIATION * noise;
            let observed = (share + error * share * (1.0 - share)).max(Lanes::ZERO);
            let trust = society.trust_after(state.trust, observed.min(Lanes::ONE), seen);
            state.trust = society.trust_after_fine(trust, state.fined, say);
            keep_lanes_together();
        }
    }
}

/// Conditional cooperators revise what they believe of the others, so far as it can be seen.
#[inline(always)]
pub(super) fn observe(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, .. } = *moment;
    if !setup.has_conditional {
        return;
    }
    let (mut level, mut plan) = (Lanes::ZERO, 0.0);
    for (provider, state) in setup.providers.iter().zip(&world.providers) {
        level += state.level * provider.size;
        plan += setup.kind(provider).plan * provider.size;
    }
    let World { providers, place, .. } = world;
    for (provider, state) in setup.providers.iter().zip(providers) {
        let Behaviour::Conditional(Conditional { belief_speed, .. }) = &provider.behaviour else { continue };
        let others = plan - setup.kind(provider).plan * provider.size;
        if others > 0.0 {
            let seen = (level - state.level * provider.size) * (1.0 / others);
            state.belief += (seen - state.belief) * place.publicity * *belief_speed;
        }
    }
}
