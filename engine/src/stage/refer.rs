//! What each has decided to refer leaves its need; the other kind has it in the next step.

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
        for row in at.rows.clone() {
            referred[row] = needs[row].need * at.kind.refers(conduct[row].position);
            needs[row].need -= referred[row];
            keep_lanes_together();
        }
    }
}
