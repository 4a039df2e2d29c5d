//! Sharing by need: what each would do if the plans of all were shared out by the need that has come up.

use crate::lanes::{Lanes, select};
use crate::payoff::ratio;
use crate::setup::{Kind, Setup};
use crate::world::Columns;

/// The need of all providers, against which one's own is weighed.
pub(crate) struct Demand {
    /// Planned effort for a unit of need.
    plan_per_need: Lanes,
    none: bool,
    need: Lanes,
}

impl Demand {
    #[inline(always)]
    pub(crate) fn of_all(setup: &Setup, kinds: &[Columns]) -> Self {
        let (mut need, mut plan) = (Lanes::ZERO, 0.0);
        for (kind, own) in setup.kinds.iter().zip(kinds) {
            if let Some(needs) = &own.needs {
                need += own.sum(kind.size, |row| needs[row].new);
                plan += kind.plan * kind.total_size;
            }
        }
        Self { plan_per_need: ratio(Lanes::all(plan), need), none: plan <= 0.0, need }
    }

    /// One's level if the plans of all who have need were shared out by need; one's plan where one has none, or nobody has.
    #[inline(always)]
    pub(crate) fn share(&self, kind: &Kind, own: Lanes) -> Lanes {
        let plan = Lanes::all(kind.plan);
        if kind.need.is_none() || self.none {
            return plan;
        }
        select(self.need.at_most(Lanes::ZERO), plan, own * self.plan_per_need)
    }
}
