//! What each has decided to refer leaves its need; the other kind has it in the next step.

use super::choose::bound_referral;
use crate::lanes::keep_lanes_together;
use crate::step::{At, Walk};
use crate::world::{Columns, Scratch};

/// Need is referred.
pub(super) struct Refer;

impl Walk for Refer {
    #[inline(always)]
    fn begin(_: &mut Columns) {}

    #[inline(always)]
    fn block(at: &At<'_>, own: &mut Columns, _: &mut Scratch) {
        let Columns { conduct, needs: Some(needs), referred: Some(referred), .. } = own else { return };
        let (binds, common) = (at.setup.derived.binds_referral, &at.place.kinds[at.index]);
        for row in at.rows.clone() {
            referred[row] = needs[row].need * bound_referral(binds, common, at.kind.refers(conduct[row].position));
            needs[row].need -= referred[row];
            keep_lanes_together();
        }
    }
}
