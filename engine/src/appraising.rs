//! What each action open to a provider would have been worth in a step, the others doing what they did.

use super::behaviour::{Behaviour, Lesson};
use super::lanes::{Lanes, keep_lanes_together};
use super::setup::{Kind, Setup};
use super::utility::{Division, Prospect};
use super::world::{ProviderState, World};

/// What is kept of an action's worth. A trait, since a closure would not be inlined into the vector code.
pub(super) trait Keep {
    /// The number to keep for the action at a position, given the number kept before.
    fn keep(&self, position: f32, before: Lanes, worth: Lanes) -> Lanes;
}

/// The worth itself.
pub(super) struct Itself;

impl Keep for Itself {
    #[inline(always)]
    fn keep(&self, _: f32, _: Lanes, worth: Lanes) -> Lanes {
        worth
    }
}

impl Keep for Lesson {
    #[inline(always)]
    fn keep(&self, position: f32, before: Lanes, worth: Lanes) -> Lanes {
        self.learnt(position, before, worth)
    }
}

/// Works out what each action of a provider would have been worth, and keeps of it what it is told to, one number an action.
/// Where users crowd each other, one's own effect on the yield counts.
#[inline(always)]
pub(super) fn appraise(setup: &Setup, world: &mut World, index: usize, kept: &mut [Lanes], keep: &impl Keep) {
    let provider = &setup.providers[index];
    let mut divisions = std::mem::take(&mut world.room.divisions);
    let state = &world.providers[index];
    let anticipates = matches!(&provider.behaviour, Behaviour::Learner(learner) if learner.anticipates);
    // Each in a branch of its own, so that the compiler leaves out of the first all that is not plain.
    if Prospect::is_plain(setup, setup.kind(provider)) && !anticipates {
        let prospect = Prospect::plain(setup, world, provider, state);
        appraise_all(setup, world, state, &prospect, &mut divisions, kept, keep);
    } else {
        let mut prospect = Prospect::now(setup, world, provider, state);
        if anticipates {
            prospect.undeterred();
        }
        appraise_all(setup, world, state, &prospect, &mut divisions, kept, keep);
    }
    world.room.divisions = divisions;
}

/// The same level by level, since much hangs on the level alone. `divisions` is room to work in, one a share of upstream work.
#[inline(always)]
fn appraise_all(
    setup: &Setup,
    world: &World,
    state: &ProviderState,
    prospect: &Prospect<'_>,
    divisions: &mut [Division],
    kept: &mut [Lanes],
    keep: &impl Keep,
) {
    let Kind { actions, shares, .. } = prospect.kind;
    let per_need = prospect.per_need();
    for (action, division) in actions.iter().zip(&mut divisions[..*shares]) {
        *division = prospect.division(state.bind_upstream(setup, Lanes::all(action.upstream)));
    }
    let mut position = 0.0;
    for (actions, kept) in prospect.kind.by_level().zip(kept.chunks_exact_mut(*shares)) {
        let level = state.bind_level(setup, Lanes::all(actions[0].level));
        let yields = prospect.crowded_yield(setup, world, level - state.level);
        let charge = prospect.charge(level);
        for (division, kept) in divisions.iter().zip(kept) {
            let worth = prospect.worth_at(&charge, &prospect.divided(level, division, yields), per_need);
            *kept = keep.keep(position, *kept, worth.utility);
            position += 1.0;
            keep_lanes_together();
        }
    }
}
