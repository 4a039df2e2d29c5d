//! The count of the second ballot, one run at a time: the shifts with most favour, one by one against none.

use super::second;
use super::vote::{Vote, each_member, seat_of};
use crate::dice::Purpose;
use crate::lanes::{LANES, Lanes, Mask};
use crate::place::Shift;
use crate::rule::ballot::{favourite, support};
use crate::rule::{CollectiveChoice, Decision, InForce, PUT_TO_THE_VOTE};
use crate::setup::{Setup, ShiftOnTable};
use crate::world::{Count, Valuation, World};

/// The shift that is decided in each lane, where there is a second ballot. Where the first has decided nothing, a shift that is not the one
/// that holds already is decided along with what stands.
pub(super) fn shift_ballot(
    setup: &Setup,
    world: &mut World,
    rule: &InForce<'_, CollectiveChoice>,
    (step, closed): (u32, &Mask),
    chosen: &mut Lanes,
    (values, room): (&mut Valuation, &mut Count),
) -> Option<Shift> {
    if setup.derived.shifts.is_empty() {
        return None;
    }
    let mut stands = *chosen;
    for lane in (0..LANES).filter(|lane| chosen.lane(*lane) < 0.0) {
        let vote = Vote { rule: rule.rule, setup, world, values, lane };
        stands.set_lane(lane, vote.standing_option() as f64);
    }
    if rule.rule.decision.is_weighed() {
        second::weigh(setup, world, &stands, values);
    }
    let lot = shift_lot(setup, world, rule.rule, step);
    let mut shifts = Shift::NONE;
    for lane in (0..LANES).filter(|lane| !closed.lane(*lane)) {
        let vote = Vote { rule: rule.rule, setup, world, values, lane };
        let shift = vote.shift(&lot, room).map(|position| setup.derived.shifts[position]);
        if chosen.lane(lane) < 0.0 && !vote.is_another(shift) {
            continue;
        }
        chosen.set_lane(lane, stands.lane(lane));
        if let Some(shift) = shift {
            shifts.from.set_lane(lane, shift.from as f64);
            shifts.to.set_lane(lane, shift.to as f64);
            shifts.size.set_lane(lane, shift.size);
        }
    }
    Some(shifts)
}

/// The shift, or none, that the lot falls on, where what is decided is left to it.
fn shift_lot(setup: &Setup, world: &mut World, rule: &CollectiveChoice, step: u32) -> Lanes {
    if rule.decision != (Decision::Lot {}) {
        return Lanes::ZERO;
    }
    let count = setup.derived.shifts.len() as f64 + 1.0;
    let drawn = world.dice.uniform(&world.luck, Purpose::Lot, step, 1);
    Lanes::from_fn(|lane| (drawn.lane(lane) * count).floor().min(count - 1.0))
}

impl Vote<'_> {
    /// Position of the shift that is decided, if any, given the number that the lot falls on.
    fn shift(&self, lot: &Lanes, room: &mut Count) -> Option<usize> {
        let none_or = |position: usize| position.checked_sub(1);
        match &self.rule.decision {
            Decision::Majority {} | Decision::Supermajority { .. } | Decision::Unanimity {} => self.shift_carried(room),
            Decision::OneDecider { kind } => {
                let seat = self.decider(kind)?;
                none_or(self.favourite_shift(Some(seat)))
            }
            Decision::Outsider {} => none_or(self.favourite_shift(None)),
            Decision::Lot {} => none_or(lot.lane(self.lane) as usize).filter(|shift| {
                let ShiftOnTable { from, to, .. } = self.setup.derived.shifts[*shift];
                [from, to].iter().all(|kind| self.world.place.kinds[*kind].inside.lane(self.lane) > 0.0)
            }),
            Decision::AsWeAre {} => None,
        }
    }

    /// The first of the three shifts with most favour that is carried against none.
    fn shift_carried(&self, room: &mut Count) -> Option<usize> {
        if !self.register(room) {
            return None;
        }
        let Count { weights, ballots, favour, .. } = room;
        favour.clear();
        favour.resize(self.setup.derived.shifts.len() + 1, 0.0);
        let mut voter = 0;
        each_member(self.setup, self.world, |index, first, member| {
            favour[self.favourite_shift(Some((index, first, member)))] += weights[voter];
            voter += 1;
        });
        favour[self.favourite_shift(None)] += weights[voter];
        for _ in 0..PUT_TO_THE_VOTE {
            let position = 1 + favourite(favour[1..].iter().copied());
            if favour[position] <= 0.0 {
                return None;
            }
            favour[position] = 0.0;
            ballots.clear();
            each_member(self.setup, self.world, |index, first, member| {
                let worth = |position: usize| self.shift_worth(Some((index, first, member)), position);
                ballots.push((worth(position), worth(0)));
            });
            ballots.push((self.shift_worth(None, position), self.shift_worth(None, 0)));
            let all = ballots.iter().zip(&*weights).map(|((shifted, none), weight)| (*shifted, *none, *weight));
            if support(all) >= self.threshold() {
                return Some(position - 1);
            }
        }
        None
    }

    /// What a shift, or none, is worth to a member, or to the public.
    fn shift_worth(&self, voter: Option<(usize, usize, usize)>, position: usize) -> f64 {
        let second = &self.values.second;
        match voter {
            Some((index, first, member)) => {
                seat_of(self.world, (index, member), self.lane, |row| second.worth(first + row, position))
            }
            None => second.public[position].lane(self.lane),
        }
    }

    /// The shift, or none, that a member or the public favours.
    fn favourite_shift(&self, voter: Option<(usize, usize, usize)>) -> usize {
        favourite((0..self.values.second.outlooks.len()).map(|position| self.shift_worth(voter, position)))
    }

    /// Whether a shift is another than the one that holds.
    fn is_another(&self, shift: Option<ShiftOnTable>) -> bool {
        let (place, lane) = (&self.world.place, self.lane);
        let Shift { from, to, size } = &place.decision.shift;
        let holds = if place.decided.lane(lane) < 0.0 { 0.0 } else { size.lane(lane) };
        match shift {
            None => holds > 0.0,
            Some(shift) => (from.lane(lane), to.lane(lane), holds) != (shift.from as f64, shift.to as f64, shift.size),
        }
    }
}
