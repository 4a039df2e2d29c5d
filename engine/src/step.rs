//! One step of the place as a list of stages, for what rides in the lanes.
//!
//! A *walk* goes through all providers, kind by kind and block by block (a few rows, which stay in the first cache), and within a
//! block part by part. What lies between two walks *couples* the providers: it works on sums, once a step. There is one walk more
//! than there are couplings that a setup has use for, and stages with nothing to do are not in the list.

use crate::dice::Dice;
use crate::place::Place;
use crate::pool::PoolState;
use crate::setup::{Kind, Setup};
use crate::simd::{self, InstructionSet, Work};
use crate::world::{Columns, Scratch, World};
use std::marker::PhantomData;
use std::ops::Range;

/// One step at a time: what it is about, and the instructions it is computed with.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// The scenario.
    pub setup: &'a Setup,
    /// The step, counted from 0.
    pub step: u32,
    /// The instruction set to use. It changes no bit of the result.
    pub instructions: InstructionSet,
}

/// One stage of the step.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    /// Its name.
    pub name: &'static str,
    /// What it does to the world.
    pub perform: fn(&Moment<'_>, &mut World),
}

impl Moment<'_> {
    /// One step, in the stages that the setup has use for ([`stages`](crate::stage::stages)).
    pub fn pass(&self, stages: &[Stage], world: &mut World) {
        for stage in stages {
            (stage.perform)(self, world);
        }
    }

    /// The same under a rule of one's own: it is called after each stage, with the name of that stage, and may change what all share.
    pub(crate) fn pass_under(&self, rule: OwnRule<'_>, stages: &[Stage], world: &mut World) {
        for stage in stages {
            (stage.perform)(self, world);
            rule(self, stage.name, &mut world.place);
        }
    }
}

/// A rule written outside the engine: what it does after each stage of a step, which it is told by name, to what all share besides
/// the pools. It sees sixteen runs side by side, or one of them in all lanes, and treats each lane by itself. Lists keep their lengths.
pub type OwnRule<'a> = &'a mut dyn FnMut(&Moment<'_>, &'static str, &mut Place);

/// What is done on a walk to each block of rows.
pub(crate) trait Walk: 'static {
    /// Before the first block of a kind.
    fn begin(own: &mut Columns);
    /// A block.
    fn block(at: &At<'_>, own: &mut Columns, scratch: &mut Scratch);
}

/// Where a walk is. What it may change are the columns of the kind; all else it only reads.
pub(crate) struct At<'a> {
    pub(crate) setup: &'a Setup,
    pub(crate) step: u32,
    pub(crate) dice: &'a Dice,
    pub(crate) place: &'a Place,
    pub(crate) pools: &'a [PoolState],
    pub(crate) kind: &'a Kind,
    /// Position of the kind.
    pub(crate) index: usize,
    pub(crate) block: usize,
    pub(crate) rows: Range<usize>,
}

/// What couples providers: it works on sums, and goes through rows only where few setups ask for it.
pub(crate) trait Couple: 'static {
    /// Does so.
    fn couple(moment: &Moment<'_>, world: &mut World);
}

/// A stage that walks.
pub(crate) const fn walk<W: Walk>(name: &'static str) -> Stage {
    Stage {
        name,
        perform: |moment, world| simd::run_part(moment.instructions, Walking::<W>(moment, world, PhantomData)),
    }
}

/// A stage that couples.
pub(crate) const fn couple<C: Couple>(name: &'static str) -> Stage {
    Stage {
        name,
        perform: |moment, world| simd::run_part(moment.instructions, Coupling::<C>(moment, world, PhantomData)),
    }
}

struct Walking<'a, W>(&'a Moment<'a>, &'a mut World, PhantomData<W>);

impl<W: Walk> Work for Walking<'_, W> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self(&Moment { setup, step, .. }, world, _) = self;
        let World { kinds, pools, place, dice, scratch, .. } = world;
        for (index, (kind, own)) in setup.kinds.iter().zip(kinds).enumerate() {
            W::begin(own);
            for block in 0..own.rows.blocks() {
                let rows = own.rows.block(block);
                W::block(&At { setup, step, dice, place, pools, kind, index, block, rows }, own, scratch);
            }
        }
    }
}

struct Coupling<'a, C>(&'a Moment<'a>, &'a mut World, PhantomData<C>);

impl<C: Couple> Work for Coupling<'_, C> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        C::couple(self.0, self.1);
    }
}
