//! Sharing by need: what each would do if the plans of all were shared out by the need that has come up.

use crate::lanes::{Lanes, select};
use crate::setup::{Kind, Setup};
use crate::utility::ratio;

/// The need of all providers, against which one's own is weighed.
pub(super) struct Demand {
    need: Lanes,
    plan: Lanes,
}

impl Demand {
    #[inline(always)]
    pub(super) fn of_all(setup: &Setup, needs: impl Iterator<Item = Lanes>) -> Self {
        let (mut need, mut plan) = (Lanes::ZERO, Lanes::ZERO);
        for (provider, own) in setup.providers.iter().zip(needs) {
            let kind = setup.kind(provider);
            if kind.need.is_some() {
                need += own * provider.size;
                plan += Lanes::all(kind.plan * provider.size);
            }
        }
        Self { need, plan }
    }

    /// One's level if the plans of all who have need were shared out by need; one's plan where one has none, or nobody has.
    #[inline(always)]
    pub(super) fn share(&self, kind: &Kind, own: Lanes) -> Lanes {
        let plan = Lanes::all(kind.plan);
        if kind.need.is_none() {
            return plan;
        }
        let none = self.need.at_most(Lanes::ZERO);
        select(none, plan, own * ratio(self.plan, self.need))
    }
}
