//! Money follows care: once all have been paid, what each hands on for care that it has referred or shifted goes to whoever does it.

use crate::lanes::{Lanes, keep_lanes_together};
use crate::payoff::{Following, unit};
use crate::setup::Setup;
use crate::world::World;

/// Hands on what follows, so that all that leaves one comes to another in the same step. Formulas: `payoff::Following`.
#[inline(always)]
pub(super) fn hand_on(setup: &Setup, world: &mut World) {
    if !setup.derived.money_follows {
        return;
    }
    let World { kinds, place, .. } = world;
    let mut shifted = Lanes::ZERO;
    for (kind, common) in setup.kinds.iter().zip(&place.kinds) {
        shifted += common.shifted * unit(kind, common) * kind.total_size;
        keep_lanes_together();
    }
    for (index, (kind, common)) in setup.kinds.iter().zip(&mut place.kinds).enumerate() {
        common.moved = place.decision.shift.taken(index, kind, shifted) - common.shifted * unit(kind, common);
        keep_lanes_together();
    }
    // What is referred is paid for at once, though it comes up where it went in the next step.
    for (index, (kind, own)) in setup.kinds.iter().zip(kinds.iter()).enumerate() {
        let Some((form, referred)) = kind.substitute().zip(own.referred.as_ref()) else { continue };
        if form.follows > 0.0 {
            let following = Following::of(kind, &place.kinds[index]);
            let handed = own.sum(kind.size, |row| following.referring(referred[row]).handed());
            place.kinds[form.by].moved += handed * (1.0 / setup.kinds[form.by].total_size);
        }
    }
    for (index, (kind, own)) in setup.kinds.iter().zip(kinds).enumerate() {
        let following = Following::of(kind, &place.kinds[index]);
        let Some(accounts) = &mut own.accounts else { continue };
        for (row, account) in accounts.iter_mut().enumerate() {
            let referred = own.referred.as_ref().map_or(Lanes::ZERO, |referred| referred[row]);
            account.income += following.referring(referred).money();
            keep_lanes_together();
        }
    }
}
