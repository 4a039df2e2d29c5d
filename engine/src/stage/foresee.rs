//! What all foresee of the pools, from what they know of the stocks.

use crate::step::{Couple, Moment};
use crate::world::World;

/// The outlook of each pool is read out for the stock that it is known to have.
pub(super) struct Foresee;

impl Couple for Foresee {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Some(outlooks) = &moment.setup.derived.outlooks else { return };
        let place = &mut world.place;
        for (pool, (seen, prospects)) in place.seen.iter().zip(&mut place.prospects).enumerate() {
            outlooks.read(pool, *seen, prospects);
        }
    }
}
