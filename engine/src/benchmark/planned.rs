//! The place as a planner has it: one provider stands for all of its kind, need is what is expected, no rule is in force,
//! and everybody is bound to the plan. Shocks at a fixed step strike; those with a chance do not.

use super::{Benchmark, Plan, ShadowPrice};
use crate::behaviour::{Behaviour, Constant, Played};
use crate::lanes::{LANES, Lanes};
use crate::rows::Packing;
use crate::rule::{RuleSet, Rules};
use crate::setup::{Kind, Segment, Setup};
use crate::simd::{self, InstructionSet};
use crate::stage::stages;
use crate::step::{Moment, Stage};
use crate::welfare::Welfare;
use crate::world::World;

/// The place as a planner has it. Two are equal if a planner would do the same in both: they may differ in rules, in how providers choose, and
/// in how many providers share a kind's work.
#[derive(Clone, Debug)]
pub struct Planned {
    pub(super) setup: Setup,
    stages: Vec<Stage>,
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
    /// The place of a setup, to be reckoned with this instruction set, which changes no bit of what comes out.
    pub fn new(setup: &Setup, instructions: InstructionSet) -> Self {
        let (most, most_upstream) = setup.kinds.iter().map(choices).unzip();
        let setup = merged(setup);
        let stages = stages(&setup);
        Self { setup, stages, most, most_upstream, instructions }
    }

    /// Finds the plan and the prices. It takes the time of a few dozen to a few hundred runs.
    pub fn benchmark(&self) -> Benchmark {
        Benchmark { plan: Plan::best(self), shadow: ShadowPrice::of(self) }
    }

    /// The mean welfare of a step under each plan from step `from` on, the mean stock of the main pool at the end of such a step, and
    /// the world that it ends in. `begin` may change the first world.
    pub(super) fn pursue(&self, course: &Course, from: u32, begin: impl FnOnce(&mut World)) -> (Lanes, Lanes, World) {
        let Self { setup, stages, instructions, .. } = self;
        let mut world = World::begin(setup, 0, &Packing::Runs([0; LANES]));
        for ((common, level), upstream) in world.place.kinds.iter_mut().zip(&course.levels).zip(&course.upstream) {
            common.agreed = *level;
            common.agreed_upstream = *upstream;
            common.bound = Lanes::ONE;
        }
        begin(&mut world);
        let (mut welfare, mut stock) = (Lanes::ZERO, Lanes::ZERO);
        for step in 0..setup.steps {
            Moment { setup, step, instructions: *instructions }.pass(stages, &mut world);
            if step >= from {
                welfare += simd::run_on(*instructions, Welfare { setup, place: &world.place });
                stock += world.pools[setup.main_pool()].stock;
            }
        }
        let per_step = 1.0 / f64::from(setup.steps - from);
        (welfare * per_step, stock * per_step, world)
    }
}

impl PartialEq for Planned {
    fn eq(&self, other: &Self) -> bool {
        let reach = |planned: &Self| (planned.most.clone(), planned.most_upstream.clone());
        reach(self) == reach(other) && self.setup.parts() == other.setup.parts()
    }
}

/// The highest level and the highest share of upstream work that anybody of a kind can choose.
fn choices(kind: &Kind) -> (f64, f64) {
    let upstream = kind.actions.iter().fold(0.0, |most: f64, action| most.max(action.upstream));
    kind.segments.iter().fold((kind.levels.1.max(kind.plan), upstream), |most, segment| {
        let fixed = match &segment.behaviour {
            Behaviour::Fixed(constant) => (constant.level, constant.upstream),
            _ => (0.0, 0.0),
        };
        let played = segment.played.as_ref().map_or((0.0, 0.0), Played::most);
        (most.0.max(fixed.0).max(played.0), most.1.max(fixed.1).max(played.1))
    })
}

/// The scenario with one provider a kind, bound to the plan, and without rules, chance and learning. Where all of a kind do the
/// same, one that is as large as all of them does to the pools, the need and the costs just what they do.
fn merged(setup: &Setup) -> Setup {
    let mut merged = Setup { benchmark: None, ..setup.clone() };
    merged.rules = Rules::new(RuleSet::default(), &[], 0.0);
    merged.shocks.retain(|shock| shock.part.at().is_some());
    merged.society.trust_gain = 0.0;
    merged.society.trust_loss = 0.0;
    merged.society.resentment = 0.0;
    merged.society.grievance = 0.0;
    for kind in &mut merged.kinds {
        let (level, _) = choices(kind);
        kind.count = 1;
        kind.size = kind.total_size;
        kind.reviews = None;
        kind.segments = vec![Segment::of(&Behaviour::Fixed(Constant { level, upstream: 0.0 }), 0..1)];
        if let Some(need) = &mut kind.need {
            need.noise = 0.0;
        }
    }
    let derived = &mut merged.derived;
    derived.providers = merged.kinds.len();
    (derived.learns, derived.responds, derived.imitates, derived.has_conditional) = (false, false, false, false);
    (derived.outlooks, derived.ahead) = (None, None);
    (derived.options, derived.groups, derived.partners) = (Vec::new(), Vec::new(), Vec::new());
    derived.bind = true;
    derived.works_upstream = merged.upstream.is_some();
    merged
}
