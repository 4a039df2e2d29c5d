//! One step of the place, for sixteen runs at once, as a list of stages.

use super::behaviour::Behaviour;
use super::dice::{Dice, Stream};
use super::drawing;
use super::lanes::{Lanes, keep_lanes_together, select};
use super::learning;
use super::paying;
use super::responding;
use super::rule;
use super::setup::{self, Kind, Setup};
use super::shock;
use super::simd::{self, InstructionSet, Work};
use super::utility::{Prospect, ratio};
use super::world::{Place, World};
use std::marker::PhantomData;

/// One step at a time: what it is about, what chance it meets, and the instructions it is computed with.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// The scenario.
    pub setup: &'a Setup,
    /// The chance of the runs.
    pub dice: &'a Dice,
    /// The step, counted from 0.
    pub step: u32,
    /// The instruction set to use. It changes no bit of the result.
    pub instructions: InstructionSet,
}

/// The stages of a step, in order: the table of contents of the model.
pub const STAGES: [Stage; 18] = [
    Stage { name: "roll", perform: vectorized::<Roll> },
    Stage { name: "strike", perform: shock::strike },
    Stage { name: "need", perform: vectorized::<Need> },
    Stage { name: "inform", perform: vectorized::<Inform> },
    Stage { name: "agree", perform: vectorized::<Agree> },
    Stage { name: "charge", perform: vectorized::<Charge> },
    Stage { name: "decide", perform: vectorized::<Decide> },
    Stage { name: "draw", perform: vectorized::<Draw> },
    Stage { name: "deliver", perform: vectorized::<Deliver> },
    Stage { name: "pay", perform: vectorized::<Pay> },
    Stage { name: "inspect", perform: vectorized::<Inspect> },
    Stage { name: "settle", perform: vectorized::<Settle> },
    Stage { name: "reinforce", perform: vectorized::<Reinforce> },
    Stage { name: "respond", perform: vectorized::<Respond> },
    Stage { name: "imitate", perform: learning::imitate },
    Stage { name: "trust", perform: vectorized::<Trust> },
    Stage { name: "observe", perform: vectorized::<Observe> },
    Stage { name: "renew", perform: vectorized::<Renew> },
];

/// One stage of the step.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    /// Its name, the same as that of the function that does it.
    pub name: &'static str,
    /// What it does to the world.
    pub perform: fn(&Moment<'_>, &mut World),
}

impl Moment<'_> {
    /// One step.
    pub fn pass(&self, world: &mut World) {
        for stage in STAGES {
            (stage.perform)(self, world);
        }
    }
}

/// Performs a function of the step with the instruction set of the moment.
fn vectorized<F: Function>(moment: &Moment<'_>, world: &mut World) {
    simd::run_on(moment.instructions, Performance { moment, world, function: PhantomData::<F> });
}

/// A function of the step that is compiled for each instruction set, on its own: the compiler would take minutes over one
/// large one.
trait Function {
    fn perform(moment: &Moment<'_>, world: &mut World);
}

/// Names the functions that are inlined into the stages.
macro_rules! functions {
    ($($name:ident: $function:path;)*) => {$(
        struct $name;
        impl Function for $name {
            #[inline(always)]
            fn perform(moment: &Moment<'_>, world: &mut World) {
                $function(moment, world);
            }
        }
    )*};
}

functions! {
    Roll: roll;
    Need: need;
    Inform: rule::inform;
    Agree: rule::agree;
    Charge: rule::charge;
    Decide: decide;
    Draw: drawing::draw;
    Deliver: deliver;
    Pay: paying::pay;
    Inspect: rule::inspect;
    Settle: paying::settle;
    Reinforce: learning::reinforce;
    Respond: responding::respond;
    Trust: learning::trust;
    Observe: learning::observe;
    Renew: renew;
}

struct Performance<'a, F> {
    moment: &'a Moment<'a>,
    world: &'a mut World,
    function: PhantomData<F>,
}

impl<F: Function> Work for Performance<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        F::perform(self.moment, self.world);
    }
}

/// Draws the chance that every provider needs in this step, all in one place so that the generator is compiled once.
#[inline(always)]
fn roll(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, dice, step, .. } = *moment;
    let draws = world.room.draws.chunks_exact_mut(setup.providers.len());
    for (stream, draws) in setup.streams.iter().zip(draws) {
        dice.fill(*stream, step, draws);
    }
}

/// New need comes up, less what upstream work prevents, and meets what others have let fall and what has been waiting.
#[inline(always)]
fn need(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, step, .. } = *moment;
    let World { providers, place, room, .. } = world;
    reprice(setup, place, step);
    if !setup.has_need {
        return;
    }
    let relief = setup.upstream.map_or(Lanes::ZERO, |upstream| upstream.relief(place.upstream));
    place.relief = relief;
    for ((provider, state), draw) in setup.providers.iter().zip(providers).zip(room.draws(setup, Stream::Need)) {
        let Some(need) = &setup.kind(provider).need else { continue };
        let expected = place.surge[provider.kind] * (1.0 - relief * need.relief) * expected(need, step);
        state.deviation = need.deviation(state.deviation, draw.standard_normal_quantile(), step);
        state.need_new = (expected * (state.deviation * need.noise + 1.0)).max(Lanes::ZERO);
        state.need_received = state.arriving;
        state.need = state.need_new + state.need_received + state.unmet * need.waits;
        state.arriving = Lanes::ZERO;
    }
}

/// Prices and costs of this step, under the payment in force.
#[inline(always)]
fn reprice(setup: &Setup, place: &mut Place, step: u32) {
    for (index, kind) in setup.kinds.iter().enumerate() {
        let prices = kind.prices[step as usize];
        place.regime[index] = prices.regime;
        place.price_index[index] = prices.paid;
        place.cost_index[index] = prices.cost;
        if setup.prime.is_some_and(|holder| setup.providers[holder].kind == index) {
            place.books.contract.fallback_index = prices.fallback;
        }
    }
}

#[inline(always)]
fn expected(need: &setup::Need, step: u32) -> f64 {
    need.expected.get(step as usize).copied().unwrap_or(0.0)
}

/// Each provider chooses its effort and its share of upstream work; what it has ceded is taken off.
#[inline(always)]
fn decide(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, .. } = *moment;
    for (index, provider) in setup.providers.iter().enumerate() {
        let kind = setup.kind(provider);
        let (level, upstream) = match &provider.behaviour {
            Behaviour::Fixed(constant) => (Lanes::all(constant.level), Lanes::all(constant.upstream)),
            Behaviour::Learner(learner) => {
                if learner.anticipates {
                    learning::weigh(setup, world, index);
                }
                let own = provider.attractions..provider.attractions + kind.actions.len();
                let draw = world.room.draws(setup, Stream::Choice)[index];
                let World { attractions, room, .. } = &mut *world;
                let weighed = if learner.anticipates { &room.weighed[..kind.actions.len()] } else { &attractions[own] };
                let choice = learner.choose(&kind.actions, weighed, draw, &mut room.sums);
                world.providers[index].choice = choice.position;
                (choice.level, choice.upstream)
            }
            Behaviour::BestResponse(_) => (world.aims[index], kind.action(world.providers[index].choice).1),
            Behaviour::Imitator(_) => kind.action(world.providers[index].choice),
            Behaviour::Conditional(conditional) => {
                let state = &world.providers[index];
                let as_agreed = ratio(state.agreed, Lanes::all(kind.plan));
                let expected = rule::blend(state.belief, as_agreed, world.place.vision);
                let mut wanted = conditional.wants(expected) * kind.plan;
                if conditional.gives_way.is_some() {
                    wanted = conditional.give_way(wanted, &Prospect::now(setup, world, provider, state));
                }
                let level = wanted.max(Lanes::all(kind.levels.0)).min(Lanes::all(kind.levels.1));
                world.providers[index].choice = nearest(kind, level);
                (level, Lanes::all(kind.actions[0].upstream))
            }
        };
        let (level, upstream) = world.providers[index].bind(setup, level, upstream);
        let state = &mut world.providers[index];
        state.level = level;
        state.upstream = upstream;
    }
}

/// The position of the action whose level is nearest, for imitators to copy; of equally near ones the first.
#[inline(always)]
pub(super) fn nearest(kind: &Kind, level: Lanes) -> Lanes {
    let (mut choice, mut least) = (Lanes::ZERO, Lanes::all(f64::MAX));
    for (position, action) in kind.actions.iter().enumerate() {
        let distance = (level - action.level).abs();
        let nearer = distance.less(least);
        least = select(nearer, distance, least);
        choice = select(nearer, Lanes::all(position as f64), choice);
        keep_lanes_together();
    }
    choice
}

/// Effort becomes care: need is met, waits, falls on others or is lost; upstream work builds up.
#[inline(always)]
fn deliver(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, .. } = *moment;
    let (mut met, mut need, mut built) = (Lanes::ZERO, Lanes::ZERO, Lanes::ZERO);
    for (index, provider) in setup.providers.iter().enumerate() {
        let state = &world.providers[index];
        let prospect = Prospect::plain(setup, world, provider, state);
        let work = prospect.work(state.level, state.upstream, prospect.yield_per_effort);
        let state = &mut world.providers[index];
        state.delivered = work.delivered;
        state.met = work.met;
        state.excess = (state.level - state.agreed).max(Lanes::ZERO);
        built += work.effort * state.upstream * provider.size;
        if let Some(own) = &setup.kind(provider).need {
            met += work.met * provider.size;
            need += state.need * provider.size;
            state.unmet = state.need - work.met;
            spill(setup, world, index, own);
        }
    }
    world.place.met = met;
    world.place.need = need;
    if let Some(upstream) = &setup.upstream {
        let added = built * (upstream.productivity / setup.total_size);
        world.place.upstream = world.place.upstream * (1.0 - upstream.decay) + added;
        world.place.upstream_margin = upstream.marginal_relief(world.place.upstream);
    }
}

/// Unmet need falls on others, where it arrives in the next step.
#[inline(always)]
fn spill(setup: &Setup, world: &mut World, index: usize, need: &setup::Need) {
    let (unmet, from) = (world.providers[index].unmet, setup.providers[index].size);
    for spill in &need.spills {
        let each = unmet * spill.share * (from * spill.becomes / setup.kinds[spill.to].total_size);
        for receiver in setup.kinds[spill.to].members.clone() {
            world.providers[receiver].arriving += each;
            keep_lanes_together();
        }
    }
}

/// The step ends: pools regrow.
#[inline(always)]
fn renew(moment: &Moment<'_>, world: &mut World) {
    let Moment { setup, step, .. } = *moment;
    for (pool, state) in setup.pools.iter().zip(&mut world.pools) {
        pool.part.regrow(state, step);
    }
}
