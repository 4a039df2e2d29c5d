//! Reviews of plans, and how far a plan can move: a provider does not begin anew in every step.
//!
//! In each step its plan L is reviewed with a chance q. At a review a target T is chosen from the whole list, as its behaviour would
//! have chosen, and the plan moves towards it by at most m: L ← L + clip(T − L, −m, m). Between reviews the plan stands. What binds a
//! provider (an agreement, a quota) acts on its plan in every step, without waiting for a review, but cannot move it by more than m a step
//! either. The share of upstream work is that of the target, from the review on.
//!
//! A menu of neighbours in place of the whole list would make a random walk of it: two levels that are close are worth about the same,
//! and a choice between them is a coin toss.
//!
//! Ranges: q from once a year to every month, m from 1 to 8% of size (*assumed*; matched to English places, about 0.27 and 0.03).

use crate::english::{Time, number, percent};
use crate::lanes::{Lanes, Mask, select};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// When plans are reviewed, and how far they can move.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reviews {
    /// Chance that a provider reviews its plan in a step: 1 reviews it in every step.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub chance: f64,
    /// The most by which a plan can change in a step, in multiples of size.
    #[schemars(range(min = 0.0, max = 1e6))]
    pub most_change: f64,
}

/// The plan of one provider, per unit of its size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// What it has settled on by itself.
    pub(crate) own: Lanes,
    /// What it goes by: that, so far as it is not bound to something else.
    pub(crate) held: Lanes,
}

impl Reviews {
    /// When and how far, in a sentence.
    pub fn describe(&self, who: &str, time: &Time) -> String {
        let when = match self.chance {
            1.0 => time.every(1),
            chance => format!("with a chance of {} {}", percent(chance), time.per()),
        };
        let most = number(self.most_change);
        format!("{who} reviews its plan {when}; a plan moves by at most {most} of size {}.", time.per())
    }

    /// A plan on its way to a target, one step further.
    #[inline(always)]
    pub(crate) fn towards(&self, plan: Lanes, target: Lanes) -> Lanes {
        let (way, most) = (target - plan, Lanes::all(self.most_change));
        let step = way.min(most).max(-most);
        select(step.equals(way), target, plan + step)
    }

    /// A plan after a step in which it may have been reviewed.
    #[inline(always)]
    pub(crate) fn after(&self, plan: Lanes, target: Lanes, reviewed: Mask) -> Lanes {
        select(reviewed, self.towards(plan, target), plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_moves_by_no_more_than_it_can_and_only_when_it_is_reviewed() {
        let reviews = Reviews { chance: 0.5, most_change: 0.03 };
        let after = |target: f64, reviewed: bool| {
            reviews.after(Lanes::all(0.9), Lanes::all(target), Mask::all_of(reviewed)).lane(5)
        };
        assert!((after(1.2, true) - 0.93).abs() < 1e-12);
        assert!((after(0.7, true) - 0.87).abs() < 1e-12);
        assert_eq!(after(0.91, true).to_bits(), 0.91_f64.to_bits());
        assert_eq!(after(1.2, false).to_bits(), 0.9_f64.to_bits());
    }
}
