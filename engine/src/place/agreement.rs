//! What has been decided: for the whole place and in nested groups, in force or on its way.

use super::{Place, Shift};
use crate::lanes::{Lanes, Mask, select};

/// What members have decided together.
#[derive(Clone, Copy, Debug)]
pub struct Decision {
    /// Total, in multiples of the sum of all plans.
    pub total: Lanes,
    /// Share of effort to be spent on upstream work.
    pub upstream: Lanes,
    /// One if the total is shared by need, nought if by plan.
    pub by_need: Lanes,
    /// What is shifted from one kind to another.
    pub shift: Shift,
}

/// A decision that is not yet in force.
#[derive(Clone, Copy, Debug)]
pub struct Pending {
    /// Position of the option; negative if nothing is pending.
    pub option: Lanes,
    /// The decision itself.
    pub decision: Decision,
    /// Steps until it is in force.
    pub due: Lanes,
}

/// What a nested group has decided for its members.
#[derive(Clone, Copy, Debug)]
pub struct GroupQuota {
    /// Total in force, in multiples of its members' plans; 1 before there is one.
    pub total: Lanes,
    /// Total that is not yet in force; negative if nothing is pending.
    pub pending: Lanes,
    /// Steps until it is.
    pub due: Lanes,
}

/// What stands for a decision where there is none.
pub(crate) const NOTHING: Lanes = Lanes::all(-1.0);

impl Decision {
    /// All as planned.
    pub(crate) const AS_PLANNED: Self =
        Self { total: Lanes::ONE, upstream: Lanes::ZERO, by_need: Lanes::ZERO, shift: Shift::NONE };
}

impl Pending {
    /// Nothing is on its way.
    pub(crate) const NONE: Self = Self { option: NOTHING, decision: Decision::AS_PLANNED, due: Lanes::ZERO };
}

impl GroupQuota {
    /// None before a group has decided.
    pub(crate) const NONE: Self = Self { total: Lanes::ONE, pending: NOTHING, due: Lanes::ZERO };

    #[inline(always)]
    fn take_effect(&mut self) {
        let arrives = self.pending.at_least(Lanes::ZERO) & self.due.at_most(Lanes::ZERO);
        self.total = select(arrives, self.pending, self.total);
        self.pending = select(arrives, NOTHING, self.pending);
        self.due -= 1.0;
    }
}

impl Place {
    /// What was decided comes into force when it is due.
    #[inline(always)]
    pub(crate) fn take_effect(&mut self) {
        let Pending { option, decision, due } = &mut self.pending;
        let arrives = option.at_least(Lanes::ZERO) & due.at_most(Lanes::ZERO);
        self.decided = select(arrives, *option, self.decided);
        self.decision.total = select(arrives, decision.total, self.decision.total);
        self.decision.upstream = select(arrives, decision.upstream, self.decision.upstream);
        self.decision.by_need = select(arrives, decision.by_need, self.decision.by_need);
        self.decision.shift = self.decision.shift.or(arrives, &decision.shift);
        self.carried = select(arrives, Lanes::ONE, self.carried);
        *option = select(arrives, NOTHING, *option);
        *due -= 1.0;
        for quota in &mut self.group_quotas {
            quota.take_effect();
        }
    }

    /// Goes on with the mean of what all do, over a year, given this step's upstream work and what part of a year a step is.
    #[inline(always)]
    pub(crate) fn note_usual(&mut self, upstream: Lanes, step: f64) {
        let Some(usual) = &mut self.usual else { return };
        let weight = step.min(1.0);
        let share = upstream / self.level.max(f64::MIN_POSITIVE);
        usual.total += (self.level - usual.total) * weight;
        usual.upstream += (share - usual.upstream) * weight;
    }

    /// What was decided lapses, and so does what was about to come into force.
    pub(crate) fn lapse(&mut self, lapses: Mask) {
        self.decided = select(lapses, NOTHING, self.decided);
        self.pending.option = select(lapses, NOTHING, self.pending.option);
        for quota in &mut self.group_quotas {
            quota.pending = select(lapses, NOTHING, quota.pending);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Shape;

    #[test]
    fn what_all_usually_do_is_a_mean_over_a_year() {
        let mut place = Place::begin(Shape {
            plans: &[1.0],
            stocks: &[1.0],
            groups: 0,
            shocks: 0,
            outside: 0.0,
            upstream: Vec::new(),
            reserve: 0.0,
            first_belief: 1.0,
            first_level: 1.0,
            held_to_usual: true,
            prospects: Vec::new(),
        });
        // A quarter of the way from 1 to 2, and from no upstream work to half a unit in two: 1 + 0.25 and 0.25 of a quarter.
        place.level = Lanes::all(2.0);
        place.note_usual(Lanes::all(0.5), 0.25);
        let usual = place.usual.expect("all are held to it");
        assert_eq!((usual.total.lane(7), usual.upstream.lane(7)), (1.25, 0.0625));
        // Of a step that is longer than a year, what is done in it.
        place.note_usual(Lanes::ZERO, 3.0);
        let usual = place.usual.expect("all are held to it");
        assert_eq!((usual.total.lane(7), usual.upstream.lane(7)), (2.0, 0.0));
    }
}
