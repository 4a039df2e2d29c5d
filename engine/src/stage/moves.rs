//! What an agreed shift moves from one kind to another in this step: effort allotted, need that is to be referred, and money. Formulas:
//! [`crate::rule::Shifts`].

use crate::lanes::{Lanes, keep_lanes_together, select};
use crate::place::Place;
use crate::place::Shift;
use crate::rule::{CollectiveChoice, Shifts};
use crate::setup::Setup;

/// A shift that has been decided, in units of effort; nought in lanes where there is none.
pub(super) struct Moves<'a> {
    rule: &'a Shifts,
    /// Total that has been decided.
    total: Lanes,
    /// Effort that whoever takes is allotted on top.
    taken: Lanes,
    /// Seats of both at the table.
    seats: Lanes,
}

impl<'a> Moves<'a> {
    /// What has been decided, where there is a second ballot.
    #[inline(always)]
    pub(super) fn agreed(setup: &Setup, place: &Place, rule: &'a CollectiveChoice) -> Option<Self> {
        let shifts = rule.shifts.as_ref().filter(|_| !setup.derived.shifts.is_empty())?;
        let decision = &place.decision;
        let (mut taken, mut giver, mut other) = (Lanes::ZERO, Lanes::ZERO, Lanes::ZERO);
        for (index, (kind, common)) in setup.kinds.iter().zip(&place.kinds).enumerate() {
            let part = decision.shift.given(shifts, index, kind, decision.total);
            taken += part.effort * part.becomes * kind.total_size;
            let position = Lanes::all(index as f64);
            giver = select(decision.shift.from.equals(position), common.inside, giver);
            other = select(decision.shift.to.equals(position), common.inside, other);
            keep_lanes_together();
        }
        Some(Self { rule: shifts, total: decision.total, taken, seats: giver * other })
    }

    /// Level that the shift adds to what a kind is allotted, or takes from it.
    #[inline(always)]
    pub(super) fn of(&self, setup: &Setup, shift: &Shift, index: usize) -> Lanes {
        let kind = &setup.kinds[index];
        shift.taken(index, kind, self.taken) - shift.given(self.rule, index, kind, self.total).effort
    }

    /// Need that is to be referred, and the care for which money follows: so far as the agreement is in force, money so far as anything has
    /// been ceded.
    #[inline(always)]
    pub(super) fn carry_out(&self, setup: &Setup, place: &mut Place, made: Lanes, ceded: f64) {
        let made = made * self.seats;
        for (index, kind) in setup.kinds.iter().enumerate() {
            let given = place.decision.shift.given(self.rule, index, kind, self.total);
            let common = &mut place.kinds[index];
            common.agreed_referral = given.refers * made;
            common.shifted = given.effort * given.follows * (made * ceded);
            keep_lanes_together();
        }
    }
}
