//! The place as a planner has it: one provider stands for all of its kind, need is what is expected, no rule is in force,
//! and everybody is bound to the plan. Shocks at a fixed step strike; those with a chance do not.

use crate::behaviour::{Behaviour, Constant};
use crate::dice::Dice;
use crate::lanes::{LANES, Lanes};
use crate::rule::{RuleSet, Rules};
use crate::setup::{Provider, Setup};
use crate::simd::{self, InstructionSet};
use crate::step::Moment;
use crate::welfare::Welfare;
use crate::world::World;

/// The place as a planner has it.
pub(super) struct Planned {
    pub(super) setup: Setup,
    /// The highest level that anybody of each kind can choose.
    pub(super) most: Vec<f64>,
    /// The highest share of upstream work that anybody of each kind can choose.
    pub(super) most_upstream: Vec<f64>,
    instructions: InstructionSet,
}

/// Sixteen constant plans side by side, one a lane.
pub(super) struct Course {
    /// Level of each kind.
    pub(super) levels: Vec<Lanes>,
    /// Share of upstream work of each kind.
    pub(super) upstream: Vec<Lanes>,
}

impl Planned {
    pub(super) fn new(setup: &Setup, instructions: InstructionSet) -> Self {
        let (most, most_upstream) = (0..setup.kinds.len()).map(|kind| choices(setup, kind)).unzip();
        let mut planned = Self { setup: merged(setup), most, most_upstream, instructions };
        for (provider, most) in planned.setup.providers.iter_mut().zip(&planned.most) {
            provider.behaviour = Behaviour::Fixed(Constant { level: *most, upstream: 0.0 });
        }
        planned
    }

    /// The mean welfare of a step under each plan, the mean stock of the main pool at the end of a step, and the world that it
    /// ends in. `begin` may change the first world.
    pub(super) fn pursue(&self, course: &Course, begin: impl FnOnce(&mut World)) -> (Lanes, Lanes, World) {
        let Self { setup, instructions, .. } = self;
        let dice = Dice::new(0, [0; LANES]);
        let mut world = World::begin(setup);
        for ((state, level), upstream) in world.providers.iter_mut().zip(&course.levels).zip(&course.upstream) {
            state.agreed = *level;
            state.agreed_upstream = *upstream;
            state.bound = Lanes::ONE;
        }
        begin(&mut world);
        let (mut welfare, mut stock) = (Lanes::ZERO, Lanes::ZERO);
        for step in 0..setup.steps {
            Moment { setup, dice: &dice, step, instructions: *instructions }.pass(&mut world);
            welfare += simd::run_on(*instructions, Welfare { setup, world: &world });
            stock += world.pools[setup.main_pool].stock;
        }
        let per_step = 1.0 / f64::from(setup.steps);
        (welfare * per_step, stock * per_step, world)
    }
}

/// The highest level and the highest share of upstream work that anybody of a kind can choose.
fn choices(setup: &Setup, position: usize) -> (f64, f64) {
    let kind = &setup.kinds[position];
    let upstream = kind.actions.iter().fold(0.0, |most: f64, action| most.max(action.upstream));
    setup.providers[kind.members.clone()].iter().fold((kind.levels.1.max(kind.plan), upstream), |most, provider| {
        match &provider.behaviour {
            Behaviour::Fixed(constant) => (most.0.max(constant.level), most.1.max(constant.upstream)),
            _ => most,
        }
    })
}

/// The scenario with one provider a kind and without rules, chance and learning. Where all of a kind do the same, one that
/// is as large as all of them does to the pools, the need and the costs just what they do.
fn merged(setup: &Setup) -> Setup {
    let mut merged = Setup { benchmark: None, ..setup.clone() };
    merged.rules = Rules::new(RuleSet::default(), &[], &[], 0.0);
    merged.shocks.retain(|shock| shock.part.at().is_some());
    merged.society.trust_gain = 0.0;
    merged.society.trust_loss = 0.0;
    merged.society.resentment = 0.0;
    (merged.responds, merged.imitates, merged.has_conditional) = (false, false, false);
    merged.rules.bind = true;
    let outside = setup.claimants[setup.providers.len()];
    merged.claimants = setup.kinds.iter().map(|kind| setup.claimants[kind.members.start]).chain([outside]).collect();
    merged.by_priority = (0..merged.claimants.len()).collect();
    merged.by_priority.sort_by_key(|position| merged.claimants[*position].priority);
    merged.providers.clear();
    for (position, kind) in merged.kinds.iter_mut().enumerate() {
        kind.members = position..position + 1;
        if let Some(need) = &mut kind.need {
            need.noise = 0.0;
        }
        merged.providers.push(Provider {
            kind: position,
            size: kind.total_size,
            behaviour: Behaviour::Fixed(Constant { level: kind.plan, upstream: 0.0 }),
            attractions: 0,
        });
    }
    merged
}
