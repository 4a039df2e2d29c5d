//! Shifts between the kinds of a setup: which are on the table, and what each means for those whom it concerns. Formulas:
//! [`crate::rule::Shifts`].

use super::Kind;
use crate::lanes::{Lanes, select};
use crate::place::Shift;
use crate::rule::Shifts;

/// A shift on the table: positions of the kinds, and the share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ShiftOnTable {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) size: f64,
}

/// What a shift means for the kind that gives it, per unit of its size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given {
    /// Effort given up, at the plan's total.
    pub(crate) effort: Lanes,
    /// Units of the other kind's effort that a unit becomes there.
    pub(crate) becomes: Lanes,
    /// Share of its need that goes along.
    pub(crate) refers: Lanes,
    /// Share of the money that follows.
    pub(crate) follows: Lanes,
}

impl Shifts {
    /// All shifts between these kinds for which whoever takes has room: by giver, taker and size.
    pub(crate) fn options(&self, kinds: &[Kind]) -> Vec<ShiftOnTable> {
        let all = 0..kinds.len();
        let pairs = all.clone().flat_map(|from| all.clone().map(move |to| (from, to))).filter(|(from, to)| from != to);
        let shifts =
            pairs.flat_map(|(from, to)| self.sizes.iter().map(move |size| ShiftOnTable { from, to, size: *size }));
        shifts.filter(|shift| shift.has_room(kinds)).collect()
    }
}

impl ShiftOnTable {
    /// Whether whoever takes could do it on top of its plan, within the levels that it may choose from.
    fn has_room(&self, kinds: &[Kind]) -> bool {
        /// So that rounding does not deny what just fits.
        const ROUNDING: f64 = 1e-9;
        let (from, to) = (&kinds[self.from], &kinds[self.to]);
        let becomes = from.substitute().filter(|form| form.by == self.to).map_or(1.0, |form| form.cost);
        let level = to.plan + self.size * from.plan * becomes * from.total_size / to.total_size;
        level <= to.levels.1 + ROUNDING
    }

    /// The same in every lane.
    pub(crate) fn in_all_lanes(self) -> Shift {
        Shift { from: Lanes::all(self.from as f64), to: Lanes::all(self.to as f64), size: Lanes::all(self.size) }
    }
}

impl Shift {
    /// What it takes from the kind at a position under a total.
    #[inline(always)]
    pub(crate) fn given(&self, rule: &Shifts, index: usize, kind: &Kind, total: Lanes) -> Given {
        let gives = self.from.equals(Lanes::all(index as f64));
        let effort = select(gives, self.size * total * kind.plan, Lanes::ZERO);
        let (mut becomes, mut refers, mut follows) = (Lanes::ONE, Lanes::ZERO, Lanes::all(rule.follows));
        if let Some(form) = kind.substitute() {
            let there = gives & self.to.equals(Lanes::all(form.by as f64));
            becomes = select(there, Lanes::all(form.cost), becomes);
            refers = select(there, self.size.min(Lanes::all(form.share)), refers);
            follows = select(there, Lanes::all((rule.follows - form.follows).max(0.0)), follows);
        }
        Given { effort, becomes, refers, follows }
    }

    /// Such a part of what is moved as comes to each unit of size of the kind at a position.
    #[inline(always)]
    pub(crate) fn taken(&self, index: usize, kind: &Kind, moved: Lanes) -> Lanes {
        let takes = self.to.equals(Lanes::all(index as f64));
        select(takes, moved * (1.0 / kind.total_size), Lanes::ZERO)
    }
}
