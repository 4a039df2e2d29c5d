//! Commissioner: once a year the fixed sums of those who are paid out of a pool of money are set anew, by what is left for them.
//!
//! *Mechanism*. Money that nobody claims does not vanish, and what is overspent comes from somewhere: whoever earns more by the unit
//! takes it from the others’ contracts. At the start of each year, once one has passed,
//!
//! ```text
//! left   = (allotment of the coming year + carried over − owed) − claims by the unit − spent on rules
//! share  = clip(left / fixed sums of the last year, least, most)
//! f      ← f · [(1 − κ) + κ · share / (1 + g)]              fixed sum of a kind = f · what its payment says
//! ```
//!
//! κ = `passes_on`; g is what the kind’s own payment makes of its fixed sum over the year, so that the sum itself is multiplied by
//! (1 − κ)(1 + g) + κ · share: at κ = 0 it goes by its price index alone (f stays 1), at κ = 1 by the money alone. Of years that are
//! not of one length all is reckoned a step. *Fixed sums* are a block, a sum per head (with what hangs on outcomes), the base of a gain
//! share, the planned part of a blend and the endowment of a public good; all else that is claimed is *by the unit*. A prime contract
//! is not set anew, and its budget is a claim. Prices by the unit are national and stand.
//!
//! *Assumed*: claims by the unit are expected to be those of the year that ended, at the prices of the coming one (those of the plan
//! where a tariff begins), whether or not all was paid; rules are expected to cost what they cost; a cut that is on is expected to
//! last. What the pool lets lapse is gone: it is passed on from the next year, not handed out after the event. *Fails by* doing nothing
//! where all are paid by the unit, and by cutting those who hold down cost for one who does not.
//!
//! Ranges: `passes_on` 0 to 1, swept; `least` 0.9 (0.8 to 1), `most` 1.06 (1 to 1.1), the most that allocations moved by in a year
//! (*assumed*). Source of the form: *assumed*; that fixed sums paid for overspending by the unit: Ham & Alderwick 2015.

use crate::english::percent;
use crate::lanes::{Lanes, select};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whoever sets the fixed sums of those who are paid out of a pool of money anew each year, by what is left for them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commissioner {
    /// Share of what is left or missing that is passed on: at 0 fixed sums go by their price index alone, at 1 by the money alone.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub passes_on: f64,
    /// The least that a year’s fixed sums may be, as a share of the last year’s.
    #[schemars(range(min = 0.1, max = 1.0))]
    pub least: f64,
    /// The most that a year’s fixed sums may be, as a share of the last year’s.
    #[schemars(range(min = 1.0, max = 10.0))]
    pub most: f64,
}

impl Commissioner {
    /// The year’s fixed sums as a share of the last year’s, given what is left for them and what they were.
    #[inline(always)]
    pub(crate) fn share(&self, left: Lanes, fixed: Lanes) -> Lanes {
        let some = fixed.greater(Lanes::ZERO);
        let share = left / select(some, fixed, Lanes::ONE);
        select(some, share, Lanes::ONE).max(Lanes::all(self.least)).min(Lanes::all(self.most))
    }

    /// The factor of a kind’s fixed sums after a round, given that share and by how many times its payment moves them over the year.
    #[inline(always)]
    pub(crate) fn renewed(&self, factor: Lanes, share: Lanes, growth: f64) -> Lanes {
        factor * (share * (self.passes_on / growth) + (1.0 - self.passes_on))
    }

    /// What it does, in a sentence of plain English.
    pub fn describe(&self) -> String {
        let Self { passes_on, least, most } = *self;
        let rest = if passes_on < 1.0 { ", and the rest its price index" } else { "" };
        format!(
            "Once a year fixed sums paid out of it are set anew: {} of each follows the money that is left once rules and care by the unit are paid for as in the last year, from {} to {} of that year’s sum{rest}.",
            percent(passes_on),
            percent(least),
            percent(most)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commissioner(passes_on: f64) -> Commissioner {
        Commissioner { passes_on, least: 0.9, most: 1.06 }
    }

    fn share(left: f64, fixed: f64) -> f64 {
        commissioner(1.0).share(Lanes::all(left), Lanes::all(fixed)).lane(3)
    }

    #[test]
    fn what_is_left_is_shared_out_within_limits() {
        // 96 left for sums of 100: 0.96. 80 left: no less than 0.9. 130 left: no more than 1.06. Nothing to share it among: as it was.
        for (left, fixed, wanted) in [(96.0, 100.0, 0.96), (80.0, 100.0, 0.9), (130.0, 100.0, 1.06), (130.0, 0.0, 1.0)]
        {
            assert!((share(left, fixed) - wanted).abs() < 1e-12, "{left} of {fixed}");
        }
    }

    #[test]
    fn sums_follow_the_money_so_far_as_it_is_passed_on() {
        // Prices fall by 2% and 96% of the last sums are left for this year’s: at κ = 1 the factor is 0.96/0.98 of what it was, so that
        // the sum is 0.96 of it; at ½ the factor is 0.5 + 0.5 · 0.96/0.98, the sum 0.97; at 0 it is what it was, bit for bit.
        let factor = |passes_on: f64| commissioner(passes_on).renewed(Lanes::all(1.1), Lanes::all(0.96), 0.98).lane(7);
        assert!((factor(1.0) * 0.98 - 1.1 * 0.96).abs() < 1e-12);
        assert!((factor(0.5) * 0.98 - 1.1 * 0.97).abs() < 1e-12);
        assert_eq!(factor(0.0).to_bits(), 1.1_f64.to_bits());
    }
}
