//! Gain share: a base sum, and a part of what the whole place spends below or above its budget, as accountable care
//! organisations are paid.
//!
//! *Mechanism*: what anybody saves or overspends is felt by all who share. Medicare Shared Savings Program (42 CFR 425): up to
//! 50% of savings in Track 1+ with 30% of losses, 40 to 75% in others; nothing within 2.0 to 3.9% of the benchmark by size, and
//! beyond that from the first dollar; gains of at most 10 to 20% and losses of at most 4 to 15% of the benchmark. *Fails by*
//! being small: one's own saving comes back to it only in part.

use super::Activity;
use crate::english::{Time, number, percent, yearly};
use crate::lanes::{Lanes, select};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A base sum, and a part of what the place spends below or above its budget.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GainShare {
    /// Sum a step per unit of size, before any sharing: 1.0 pays for the planned care at its base cost.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub amount: f64,
    /// Budget of the whole place a step, per unit of the size of all providers; their cost of effort is held against it.
    #[schemars(range(min = crate::limits::LEAST, max = 1e9))]
    pub budget: f64,
    /// Part of the place's underspend that goes to this kind, all its providers together, by size.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub gain: f64,
    /// Part of the place's overspend that this kind bears. Nobody pays back more than its base sum.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub loss: f64,
    /// Share of the budget up to which a gap either way is not shared.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub corridor: f64,
    /// From where a gap wider than the corridor counts.
    pub counted_from: CountedFrom,
    /// The most that this kind may gain, as a share of the place's budget.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub gain_cap: f64,
    /// The most that this kind may lose, as a share of the place's budget.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub loss_cap: f64,
    /// Change of sum and budget a year, as a share.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub change_per_year: f64,
}

/// From where a gap wider than the corridor counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CountedFrom {
    /// From the budget: all of it, as in the Medicare Shared Savings Program ("first dollar").
    Budget,
    /// From the edge of the corridor: only what lies beyond.
    Corridor,
}

impl GainShare {
    /// Amount + min(gain · underspend, cap) − min(loss · overspend, cap), and never less than nothing.
    #[inline(always)]
    pub(super) fn income(&self, activity: &Activity<'_>, price_index: f64) -> Lanes {
        self.with_base(activity, price_index, Lanes::all(self.amount * price_index))
    }

    /// The same with another base than the amount.
    #[inline(always)]
    pub(super) fn with_base(&self, activity: &Activity<'_>, price_index: f64, base: Lanes) -> Lanes {
        let ledger = activity.ledger;
        let budget = self.budget * price_index;
        // Opaque, or the compiler works this out for every level of effort of those who are paid in other ways.
        let cost = std::hint::black_box(activity.cost);
        let under = budget - (ledger.spending + cost) * ledger.weight;
        let gain = (self.counted(under, budget) * self.gain).min(Lanes::all(self.gain_cap * budget));
        let loss = (self.counted(-under, budget) * self.loss).min(Lanes::all(self.loss_cap * budget));
        ((gain - loss) * ledger.stake + base).max(Lanes::ZERO)
    }

    /// The part of a gap that is shared.
    #[inline(always)]
    fn counted(&self, gap: Lanes, budget: f64) -> Lanes {
        let edge = Lanes::all(self.corridor * budget);
        let counted = match self.counted_from {
            CountedFrom::Budget => gap,
            CountedFrom::Corridor => gap - edge,
        };
        select(gap.greater(edge), counted, Lanes::ZERO)
    }

    pub(super) fn describe(&self, time: &Time) -> String {
        let corridor = match (self.corridor > 0.0, self.counted_from) {
            (false, _) => String::new(),
            (true, CountedFrom::Budget) => format!(" once it is more than {}", percent(self.corridor)),
            (true, CountedFrom::Corridor) => format!(" so far as it is more than {}", percent(self.corridor)),
        };
        format!(
            "{} {} per unit of size, plus {} of what the whole place spends below its budget of {} {} per unit and less {} of what it spends above it{corridor}, gaining at most {} and losing at most {} of that budget{}",
            number(self.amount),
            time.per(),
            percent(self.gain),
            number(self.budget),
            time.per(),
            percent(self.loss),
            percent(self.gain_cap),
            percent(self.loss_cap),
            yearly(self.change_per_year)
        )
    }

    pub(super) fn brief() -> &'static str {
        "a sum, and a part of what the whole place saves or overspends"
    }
}

#[cfg(test)]
mod tests {
    use super::super::activity;
    use super::*;
    use crate::payment::Ledger;

    const FORM: GainShare = GainShare {
        amount: 1.0,
        budget: 2.0,
        gain: 0.5,
        loss: 0.3,
        corridor: 0.02,
        counted_from: CountedFrom::Budget,
        gain_cap: 0.1,
        loss_cap: 0.04,
        change_per_year: 0.0,
    };

    /// Income of a kind that makes up a quarter of the place, at that spending per unit of the place's size.
    fn income(form: &GainShare, spending: f64) -> f64 {
        let cost = 1.2;
        let ledger =
            Ledger { weight: 0.125, stake: 4.0, spending: Lanes::all(spending / 0.125 - cost), ..Ledger::CLOSED };
        form.income(&Activity { cost: Lanes::all(cost), ledger: &ledger, ..activity(0.0, 0.0, 0.0) }, 1.0).lane(3)
    }

    fn check(form: &GainShare, spending: f64, expected: f64) {
        let got = income(form, spending);
        assert!((got - expected).abs() < 1e-12, "{got} is not {expected} at {spending}");
    }

    #[test]
    fn savings_and_overspends_are_shared_outside_the_corridor_from_the_first_pound() {
        // Within 2% of 2.0 nothing; 0.1 under: 0.5 · 0.1 · 4 = 0.2; 0.1 over: 0.3 · 0.1 · 4 = 0.12.
        check(&FORM, 1.97, 1.0);
        check(&FORM, 2.03, 1.0);
        check(&FORM, 1.9, 1.2);
        check(&FORM, 2.1, 0.88);
    }

    #[test]
    fn counted_from_the_corridor_only_what_lies_beyond_is_shared() {
        // (0.1 − 0.04) · 0.5 · 4 = 0.12.
        check(&GainShare { counted_from: CountedFrom::Corridor, ..FORM }, 1.9, 1.12);
    }

    #[test]
    fn caps_end_both_and_nobody_pays_back_more_than_its_base_sum() {
        // Gain at most 0.1 · 2 · 4 = 0.8, loss at most 0.04 · 2 · 4 = 0.32.
        check(&FORM, 0.5, 1.8);
        check(&FORM, 4.0, 0.68);
        check(&GainShare { loss: 1.0, loss_cap: 1.0, ..FORM }, 4.0, 0.0);
    }

    #[test]
    fn ones_own_saving_comes_back_in_part() {
        // A unit of cost less is 0.125 less spending per unit of the place; of that 0.5 · 4: 0.25.
        let form = GainShare { corridor: 0.0, gain_cap: 1.0, ..FORM };
        let at = |cost: f64| {
            let ledger = Ledger { weight: 0.125, stake: 4.0, spending: Lanes::all(10.0), ..Ledger::CLOSED };
            form.income(&Activity { cost: Lanes::all(cost), ledger: &ledger, ..activity(0.0, 0.0, 0.0) }, 1.0).lane(0)
        };
        assert!((at(1.0) - at(2.0) - 0.25).abs() < 1e-12);
    }
}
