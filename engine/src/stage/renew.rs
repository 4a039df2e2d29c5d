//! The step ends: money is shared out, contracts stand or fall, pools regrow.

use super::books::prime_in_force;
use crate::behaviour::Behaviour;
use crate::lanes::{Lanes, keep_lanes_together};
use crate::step::{Couple, Moment};
use crate::world::World;

/// Fines are shared out and governance is paid for by size; contracts stand or fall.
pub(super) struct Share;

/// What all have earned and felt is summed up, and experience grows.
pub(super) struct Close;

/// Pools regrow.
pub(super) struct Renew;

impl Couple for Share {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, step, .. } = *moment;
        let World { kinds, place, .. } = world;
        let mut fines = Lanes::ZERO;
        for own in &mut *kinds {
            fines += own.settled.join().fines;
            keep_lanes_together();
        }
        place.fines = fines;
        place.dividend = (fines - place.governance) * (1.0 / setup.derived.total_size);
        place.dividends += place.dividend;
        if let Some(holder) = prime_in_force(setup, place) {
            let own = &kinds[holder];
            let margin = own.rows.of(0, |row| own.margin(row)) + place.dividend;
            place.books.contract.close(margin * setup.kinds[holder].size, step);
        }
    }
}

impl Couple for Close {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, step, .. } = *moment;
        let World { kinds, place, .. } = world;
        // What is foreseen at first takes the place of the experience that learners begin with.
        let gathers = !setup.is_before_foresight(step);
        let mut disputes = Lanes::ZERO;
        for ((kind, common), own) in setup.kinds.iter().zip(&mut place.kinds).zip(kinds) {
            common.money = own.settled.join();
            disputes += common.money.disputes;
            if let Some(banked) = &mut own.banked {
                common.banked = banked.join();
            }
            for (segment, chooser) in kind.segments.iter().zip(&mut own.choosers) {
                if let Behaviour::Learner(learner) = &segment.behaviour
                    && gathers
                {
                    chooser.experience = learner.experience(chooser.experience);
                }
            }
            keep_lanes_together();
        }
        place.disputes = disputes;
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
