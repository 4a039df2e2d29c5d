//! Shocks strike: what happens to a place from outside.

use crate::dice::Purpose;
use crate::lanes::{Lanes, Mask, select};
use crate::shock::When;
use crate::step::{Couple, Moment};
use crate::world::World;

/// Lets the shocks of this step strike.
pub(super) struct Strike;

impl Couple for Strike {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, step, .. } = *moment;
        let World { pools, place, dice, shock_luck, .. } = world;
        for kind in &mut place.kinds {
            kind.surge = Lanes::ONE;
        }
        place.standing = Lanes::ONE;
        place.lost_attention = Lanes::ZERO;
        for pool in &mut *pools {
            pool.supply = Lanes::ONE;
        }
        for (index, (shock, luck)) in setup.shocks.iter().zip(shock_luck).enumerate() {
            let (when, length) = shock.part.timing();
            let starts = match when {
                When::At(at) => Mask::all_of(*at == step),
                When::Chance(chance) => dice.uniform(luck, Purpose::Shock, step, 0).less(Lanes::all(*chance)),
            };
            let left = place.shock_left[index];
            let begins = (left.at_most(Lanes::ZERO) & starts).number();
            let left = select(begins.greater(Lanes::ZERO), Lanes::all(f64::from(length)), left);
            let active = left.greater(Lanes::ZERO).number();
            place.shock_left[index] = (left - 1.0).max(Lanes::ZERO);
            let kinds = setup.kinds.iter().map(|kind| kind.name.as_str());
            let pools_of = setup.pools.iter().map(|pool| pool.name.as_str()).zip(pools.iter_mut());
            shock.part.strike(kinds, pools_of, place, begins, active);
        }
    }
}
