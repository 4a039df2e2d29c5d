//! The stage in which best responders settle, in turn, on what they will do in the next step.

use super::appraising::{Itself, appraise};
use super::behaviour::{Behaviour, BestResponse, Foresight};
use super::lanes::{Lanes, select};
use super::setup::Setup;
use super::step::{Moment, nearest};
use super::utility::Prospect;
use super::world::{ProviderState, World};

/// Best responders settle in turn, after the learners have taken note of what all did in this step.
#[inline(always)]
pub(super) fn respond(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, .. } = *moment;
    if !setup.responds {
        return;
    }
    for index in 0..setup.providers.len() {
        if let Behaviour::BestResponse(form) = &setup.providers[index].behaviour {
            let mut worth = std::mem::take(&mut world.room.worth);
            match form.foresight {
                Foresight::Myopic => appraise(setup, world, index, &mut worth, &Itself),
                Foresight::SteadyState => foresee(setup, world, index, &mut worth),
            }
            world.room.worth = worth;
            settle_on_best(setup, world, form, index);
        }
    }
}

/// Works out what each action would be worth in the steady state that it leads to, the others doing what they did.
#[inline(always)]
fn foresee(setup: &Setup, world: &World, index: usize, worth: &mut [Lanes]) {
    let state = &world.providers[index];
    let actions = &setup.kind(&setup.providers[index]).actions;
    for (action, worth) in actions.iter().zip(worth) {
        *worth = worth_of(setup, world, state, index, Lanes::all(action.level), Lanes::all(action.upstream));
    }
}

/// What a choice would be worth to a best responder, as far as it looks.
#[inline(never)]
fn worth_of(setup: &Setup, world: &World, state: &ProviderState, index: usize, level: Lanes, upstream: Lanes) -> Lanes {
    let provider = &setup.providers[index];
    let mut prospect = Prospect::now(setup, world, provider, state);
    let (level, upstream) = state.bind(setup, level, upstream);
    let change = level - state.level;
    let looks_ahead =
        matches!(&provider.behaviour, Behaviour::BestResponse(form) if form.foresight == Foresight::SteadyState);
    let yields = if looks_ahead {
        prospect.steady_yield(setup, world, change)
    } else {
        prospect.crowded_yield(setup, world, change)
    };
    prospect.worth(level, &prospect.work(level, upstream, yields)).utility
}

/// Settles on the best action for the next step, and lets those who come after see what it will be once it is bound.
#[inline(always)]
fn settle_on_best(setup: &Setup, world: &mut World, form: &BestResponse, index: usize) {
    let provider = &setup.providers[index];
    let kind = setup.kind(provider);
    let worth = &world.room.worth[..kind.actions.len()];
    let choice = BestResponse::choose(worth);
    let (mut level, upstream) = kind.action(choice);
    if form.between {
        level = between(setup, world, index, choice, (level, upstream));
    }
    world.aims[index] = level;
    let state = &mut world.providers[index];
    state.choice = if form.between { nearest(kind, level) } else { choice };
    let (level, _) = state.bind(setup, level, upstream);
    let change = (level - state.level) * provider.size;
    for (effort, uses) in world.room.efforts.iter_mut().zip(&kind.uses) {
        *effort += change * *uses;
    }
}

/// The best level between the neighbours of the best one in the list; that one itself if nothing beats it.
#[inline(never)]
fn between(setup: &Setup, world: &World, index: usize, choice: Lanes, (level, upstream): (Lanes, Lanes)) -> Lanes {
    let kind = setup.kind(&setup.providers[index]);
    let state = &world.providers[index];
    let (mut low, mut high) = (Lanes::all(kind.levels.0), Lanes::all(kind.levels.1));
    for action in &kind.actions {
        let other = Lanes::all(action.level);
        low = select(other.less(level), low.max(other), low);
        high = select(other.greater(level), high.min(other), high);
    }
    let worth = |level: Lanes| worth_of(setup, world, state, index, level, upstream);
    let peak = BestResponse::peak(low, high, worth);
    let listed = Lanes::from_fn(|lane| world.room.worth[choice.lane(lane) as usize].lane(lane));
    select(worth(peak).greater(listed), peak, level)
}
