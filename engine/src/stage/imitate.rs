//! Imitators look at a peer and copy it, or try something at random.

use crate::behaviour::{Behaviour, Imitator, Peers};
use crate::dice::Purpose;
use crate::lanes::{LANES, Lanes, select};
use crate::setup::Setup;
use crate::step::{Couple, Moment};
use crate::world::World;

/// Imitators imitate. Each run's peer differs, so that a good part of this is a plain loop.
pub(super) struct Imitate;

impl Couple for Imitate {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, .. } = *moment;
        remember(world);
        let mut first = 0;
        for (index, kind) in setup.kinds.iter().enumerate() {
            for part in &kind.segments {
                if let Behaviour::Imitator(imitator) = &part.behaviour {
                    for member in part.members.clone() {
                        imitate(moment, world, imitator, (index, first, member));
                    }
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
            let utility = own.rows.of(member, |row| own.utility.at(row));
            if let Some(before) = all.next() {
                *before = (position, utility);
            }
        }
    }
}

/// One imitator, given its kind, the number of the first of that kind among all providers, and its own within the kind.
#[inline(never)]
fn imitate(moment: &Moment<'_>, world: &mut World, imitator: &Imitator, (index, first, member): (usize, usize, usize)) {
    let Moment { setup, step, .. } = *moment;
    let World { kinds, dice, scratch, .. } = world;
    let own = &mut kinds[index];
    let draw = |purpose: Purpose| dice.uniform(&own.luck, purpose, step, member);
    let reviews = draw(Purpose::Revision).less(Lanes::all(imitator.rate));
    // Draws have addresses, so that one nobody needs can be left out without moving another.
    let tries = match imitator.mutation {
        0.0 => Lanes::ZERO.less(Lanes::ZERO),
        chance => draw(Purpose::Mutation).less(Lanes::all(chance)),
    };
    if !(reviews.any() || tries.any()) {
        return;
    }
    let pick = draw(Purpose::Peer);
    let (position, utility) = scratch.before[first + member];
    let (mut copied, mut theirs) = (position, utility);
    for lane in 0..LANES {
        let peer = peer_of(setup, imitator, (index, first, member), pick.lane(lane));
        copied.set_lane(lane, scratch.before[peer].0.lane(lane));
        theirs.set_lane(lane, scratch.before[peer].1.lane(lane));
    }
    let adopts = reviews & imitator.copies(utility, theirs, draw(Purpose::Copy));
    let choice = select(adopts, copied, position);
    let last = (setup.kinds[index].actions.len() - 1) as f64;
    let random = Lanes::from_fn(|lane| f64::from((pick.lane(lane) * (last + 1.0)) as u32).min(last));
    let row = own.rows.row(member);
    let taken = select(tries, random, choice.min(Lanes::all(last)));
    own.rows.put(member, &mut own.conduct[row].position, taken);
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
