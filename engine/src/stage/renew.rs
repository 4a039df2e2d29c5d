//! The step ends: money is shared out, contracts stand or fall, pools regrow.

use super::books::prime_in_force;
use crate::behaviour::Behaviour;
use crate::lanes::{Lanes, keep_lanes_together};
use crate::step::{Couple, Moment};
use crate::world::World;

/// Fines are shared out and governance is paid for by size; contracts and experience are brought up to date.
pub(super) struct Close;

/// Pools regrow.
pub(super) struct Renew;

impl Couple for Close {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, step, .. } = *moment;
        let World { kinds, place, .. } = &mut *world;
        let (mut fines, mut disputes) = (Lanes::ZERO, Lanes::ZERO);
        for (common, own) in place.kinds.iter_mut().zip(&mut *kinds) {
            common.money = own.settled.join();
            fines += common.money.fines;
            disputes += common.money.disputes;
            keep_lanes_together();
        }
        (place.fines, place.disputes) = (fines, disputes);
        place.dividend = (fines - place.governance) * (1.0 / setup.derived.total_size);
        place.dividends += place.dividend;
        for (kind, own) in setup.kinds.iter().zip(&mut *kinds) {
            for (segment, chooser) in kind.segments.iter().zip(&mut own.choosers) {
                if let Behaviour::Learner(learner) = &segment.behaviour {
                    chooser.experience = learner.experience(chooser.experience);
                }
            }
        }
        if let Some(holder) = prime_in_force(setup, place) {
            let own = &kinds[holder];
            let margin = own.rows.of(0, |row| own.margin(row)) + place.dividend;
            place.books.contract.close(margin * setup.kinds[holder].size, step);
        }
    }
}

impl Couple for Renew {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, step, .. } = *moment;
        for (pool, state) in setup.pools.iter().zip(&mut world.pools) {
            pool.part.regrow(state, step);
            keep_lanes_together();
        }
    }
}
