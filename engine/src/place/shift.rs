//! A shift between kinds as it was decided. What it means: [`crate::rule::Shifts`].

use crate::lanes::{Lanes, Mask, select};

/// A shift as it was decided; nothing where it is of no size.
#[derive(Clone, Copy, Debug)]
pub struct Shift {
    /// Position of the kind that gives.
    pub from: Lanes,
    /// Position of the kind that takes.
    pub to: Lanes,
    /// Share of what the giver does.
    pub size: Lanes,
}

impl Shift {
    /// None.
    pub const NONE: Self = Self { from: Lanes::all(-1.0), to: Lanes::all(-1.0), size: Lanes::ZERO };

    /// Another one where that has come into force.
    #[inline(always)]
    pub(crate) fn or(&self, arrives: Mask, other: &Self) -> Self {
        Self {
            from: select(arrives, other.from, self.from),
            to: select(arrives, other.to, self.to),
            size: select(arrives, other.size, self.size),
        }
    }
}
