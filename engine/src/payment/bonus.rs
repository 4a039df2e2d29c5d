//! Bonus for meeting a target: paid from outside on top of any payment, if one's own balance, or the place's, is good enough.
//!
//! *Mechanism*: a target for the single organisation rewards what mends its own books, whatever that does to the others; the
//! same money on the balance of the place does not. Sustainability and Transformation Fund 2016/17: £1.8bn, 70% of it for
//! meeting one's own control total, all or nothing, 30% for waiting times; paid by the quarter, here by the step.

use super::{Activity, Outcome};
use crate::english::{Time, number, percent};
use crate::lanes::{Lanes, select};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A sum on top of any payment for meeting a target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bonus {
    /// Sum a step per unit of size if all of it is earned.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub amount: f64,
    /// Whose balance counts.
    pub balance: Outcome,
    /// The least balance for which the sum is paid: income less cost of effort, before any bonus, fine or levy, as a share of
    /// income.
    #[schemars(range(min = -10.0, max = 1.0))]
    pub target: f64,
    /// A part of the sum that goes by need met instead; without it all goes by the balance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need_met: Option<NeedMet>,
}

/// The part of a bonus that goes by need met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedMet {
    /// Share of the bonus.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: f64,
    /// Whose need counts.
    pub of: Outcome,
    /// Share of need met at which the part is paid in full; below it, in proportion.
    #[schemars(range(min = crate::limits::LEAST, max = 1.0))]
    pub target: f64,
}

impl Bonus {
    /// Whose share of need met counts, if any does.
    #[inline(always)]
    pub(crate) fn outcome(&self) -> Option<Outcome> {
        self.need_met.as_ref().map(|part| part.of)
    }

    /// Amount × ((1 − share) · [balance ≥ target] + share · min(1, need met/target)), given one's income before it.
    #[inline(always)]
    pub(crate) fn earned(&self, activity: &Activity<'_>, income: Lanes) -> Lanes {
        let (income, cost) = match self.balance {
            Outcome::Own => (income, activity.cost),
            Outcome::Place => (activity.ledger.income + income, activity.ledger.spending + activity.cost),
        };
        let reached = (income - cost).at_least(income * self.target);
        let balance = select(reached, Lanes::ONE, Lanes::ZERO);
        let Some(part) = &self.need_met else { return balance * self.amount };
        let cared = (activity.need_met(part.of) * (1.0 / part.target)).min(Lanes::ONE);
        (balance * (1.0 - part.share) + cared * part.share) * self.amount
    }

    /// One clause of plain English.
    pub fn describe(&self, time: &Time) -> String {
        let whose = match self.balance {
            Outcome::Own => "its own balance",
            Outcome::Place => "the balance of the whole place",
        };
        let need_met = self.need_met.as_ref().map_or_else(String::new, |part| {
            let whose = match part.of {
                Outcome::Own => "its own need",
                Outcome::Place => "the need of the whole place",
            };
            let (share, target) = (percent(part.share), percent(part.target));
            format!("; {share} of it goes instead by how much of {whose} is met, in full from {target} on")
        });
        format!(
            "a bonus of {} {} per unit of size if {whose} is at least {} of income{need_met}",
            number(self.amount),
            time.per(),
            percent(self.target)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::activity;
    use super::*;
    use crate::payment::Ledger;

    const OWN: Bonus = Bonus { amount: 0.02, balance: Outcome::Own, target: 0.1, need_met: None };

    fn earned(bonus: &Bonus, income: f64, cost: f64, others: (f64, f64)) -> f64 {
        let ledger = Ledger { income: Lanes::all(others.0), spending: Lanes::all(others.1), ..Ledger::CLOSED };
        let activity = Activity { cost: Lanes::all(cost), ledger: &ledger, ..activity(0.0, 0.45, 0.9) };
        bonus.earned(&activity, Lanes::all(income)).lane(0)
    }

    #[test]
    fn it_is_paid_in_full_or_not_at_all_on_ones_own_balance() {
        // 10% of 1.25 is 0.125.
        assert!((earned(&OWN, 1.25, 1.125, (0.0, 9.0)) - 0.02).abs() < 1e-12);
        assert!(earned(&OWN, 1.25, 1.126, (9.0, 0.0)).abs() < 1e-12);
    }

    #[test]
    fn on_the_balance_of_the_place_the_others_count() {
        let place = Bonus { balance: Outcome::Place, ..OWN };
        // Own: 1 for 1.5; with the others 4 for 3.5.
        assert!((earned(&place, 1.0, 1.5, (3.0, 2.0)) - 0.02).abs() < 1e-12);
        assert!(earned(&place, 1.0, 1.5, (3.0, 2.2)).abs() < 1e-12);
    }

    #[test]
    fn a_part_may_go_by_need_met() {
        // Balance missed: 30% for 0.45 of 0.9 of need: 0.02 · 0.3 · 0.5.
        let part = NeedMet { share: 0.3, of: Outcome::Own, target: 0.9 };
        let bonus = Bonus { need_met: Some(part), ..OWN };
        assert!((earned(&bonus, 1.0, 2.0, (0.0, 0.0)) - 0.003).abs() < 1e-12);
        assert!((earned(&bonus, 1.0, 0.5, (0.0, 0.0)) - 0.017).abs() < 1e-12);
    }
}
