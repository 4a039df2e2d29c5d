//! Imitators look at a peer and copy it, or try something at random.

use crate::behaviour::{Behaviour, Imitator, Peers};
use crate::dice::{Dice, Draws, Kept, Purpose};
use crate::lanes::{LANES, Lanes, select};
use crate::rows::BLOCK;
use crate::setup::Setup;
use crate::step::{Couple, Moment};
use crate::world::{Columns, World};
use std::ops::Range;

/// Imitators imitate. Each run's peer differs, so that a good part of this is a plain loop.
pub(super) struct Imitate;

impl Couple for Imitate {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        remember(world);
        let mut first = 0;
        for (index, kind) in moment.setup.kinds.iter().enumerate() {
            for part in &kind.segments {
                if let Behaviour::Imitator(imitator) = &part.behaviour {
                    segment(moment, world, imitator, (index, first), &part.members);
                }
            }
            first += kind.count;
        }
    }
}

/// Takes note of what all did and how they fared, before anybody changes.
#[inline(always)]
fn remember(world: &mut World) {
    let World { kinds, scratch, .. } = world;
    let mut all = scratch.before.iter_mut();
    for own in kinds {
        for member in 0..own.rows.members() {
            let position = own.rows.of(member, |row| own.conduct[row].position);
            let utility = own.rows.of(member, |row| own.gained(row));
            if let Some(before) = all.next() {
                *before = (position, utility);
            }
        }
    }
}

/// The imitators of a segment, given its kind and the number of the first of that kind among all providers.
#[inline(always)]
fn segment(
    moment: &Moment<'_>,
    world: &mut World,
    imitator: &Imitator,
    (index, first): (usize, usize),
    members: &Range<usize>,
) {
    let World { kinds, dice, scratch, .. } = world;
    let own = &mut kinds[index];
    let all = own.rows.range(members);
    for block in all.start / BLOCK..all.end.div_ceil(BLOCK) {
        let rows = own.rows.block(block);
        let drawn = draw(moment, dice, own, block);
        for row in rows.start.max(all.start)..rows.end.min(all.end) {
            imitate(
                moment.setup,
                own,
                &scratch.before,
                imitator,
                (index, first, row),
                drawn.each_ref().map(|drawn| drawn.of(row)),
            );
        }
    }
}

/// What a block of rows draws: whether each looks at a peer and whether it tries something at random, which peer, and whether it
/// copies it.
#[inline(always)]
fn draw(moment: &Moment<'_>, dice: &Dice, own: &mut Columns, block: usize) -> [Draws; 4] {
    let [revision, mutation, peer, copy] = &mut own.kept.imitation;
    let of = |purpose, kept: &mut Kept| dice.block(&own.luck, purpose, moment.step, block, kept);
    [of(Purpose::Revision, revision), of(Purpose::Mutation, mutation), of(Purpose::Peer, peer), of(Purpose::Copy, copy)]
}

/// One row of imitators, given its kind and the number of the first of that kind among all providers.
#[inline(always)]
fn imitate(
    setup: &Setup,
    own: &mut Columns,
    before: &[(Lanes, Lanes)],
    imitator: &Imitator,
    (index, first, row): (usize, usize, usize),
    [revision, mutation, peer, copy]: [Lanes; 4],
) {
    let reviews = revision.less(Lanes::all(imitator.rate));
    let tries = mutation.less(Lanes::all(imitator.mutation));
    if !(reviews.any() || tries.any()) {
        return;
    }
    let (position, utility) = (own.conduct[row].position, own.gained(row));
    let (mut copied, mut theirs) = (position, utility);
    for lane in 0..LANES {
        let Some(member) = own.rows.member(row, lane) else { continue };
        let other = peer_of(setup, imitator, (index, first, member), peer.lane(lane));
        copied.set_lane(lane, before[other].0.lane(lane));
        theirs.set_lane(lane, before[other].1.lane(lane));
    }
    let adopts = reviews & imitator.copies(utility, theirs, copy);
    let choice = select(adopts, copied, position);
    let last = (setup.kinds[index].actions.len() - 1) as f64;
    let random = Lanes::from_fn(|lane| f64::from((peer.lane(lane) * (last + 1.0)) as u32).min(last));
    own.conduct[row].position = select(tries, random, choice.min(Lanes::all(last)));
}

/// The peer that a uniform draw points to, among all providers; never oneself unless one is alone.
fn peer_of(setup: &Setup, imitator: &Imitator, (kind, first, member): (usize, usize, usize), pick: f64) -> usize {
    let (start, count) = match imitator.peers {
        Peers::Kind => (first, setup.kinds[kind].count),
        Peers::All => (0, setup.derived.providers),
    };
    let own = first + member;
    let others = count - 1;
    if others == 0 {
        return own;
    }
    let position = start + ((pick * others as f64) as usize).min(others - 1);
    if position >= own { position + 1 } else { position }
}
