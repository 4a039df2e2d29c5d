//! Allocation: a sum of money for each step, as a place's budget is.
//!
//! What is left over may be carried on up to a limit and lapses beyond it; what is overspent, up to the overdraft,
//! is recovered from later allocations, a part of the debt each step.

use super::Pool;
use crate::commissioner::Commissioner;
use crate::english::{Time, amount, percent};
use crate::lanes::{Lanes, select};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A sum for each step. The pool's capacity and start say what there is in the first step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allocation {
    /// Sum allotted for each step at the start of the run, in the pool's unit; or one value a step.
    pub amount: Allotted,
    /// Growth of the sum per step, as a share, on top of the amount: 0.001 is about 1.2% a year of months.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub growth_per_step: f64,
    /// The most that may be carried over to the next step, in the pool's unit.
    #[schemars(range(min = 0.0, max = 1e12))]
    pub carry_over: f64,
    /// The most that may be owed at any time, in the pool's unit: what is still owed cannot be overspent again.
    #[schemars(range(min = 0.0, max = 1e12))]
    pub overdraft: f64,
    /// Share of what is owed that is taken back from each later allocation.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub recovery: f64,
    /// Who sets fixed sums that are paid out of it anew each year; without it, they go by their price index alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commissioner: Option<Commissioner>,
}

/// A sum that is allotted: a number, or a list with one value a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Allotted {
    /// The same for every step, but for its growth.
    Number(#[schemars(range(min = 0.0, max = 1e12))] f64),
    /// One value a step. The last goes on beyond the end of the list.
    List(#[schemars(length(min = 1), inner(range(min = 0.0, max = 1e12)))] Vec<f64>),
}

impl Allotted {
    /// What it is in a step, before it grows.
    pub fn at(&self, step: u32) -> f64 {
        match self {
            Self::Number(sum) => *sum,
            Self::List(sums) => sums.get(step as usize).or(sums.last()).copied().unwrap_or(0.0),
        }
    }
}

impl Allocation {
    /// The sum for the next step, given what is `left` of this one (negative: overspent). Updates what is owed.
    #[inline(always)]
    pub fn next(&self, left: Lanes, owed: &mut Lanes, supply: Lanes, step: u32) -> Lanes {
        let overspent = select(left.less(Lanes::ZERO), -left, Lanes::ZERO);
        let carried = left.max(Lanes::ZERO).min(Lanes::all(self.carry_over));
        let amount = supply * self.amount_at(step + 1);
        let debt = *owed + overspent;
        let recovered = (debt * self.recovery).min(amount);
        *owed = debt - recovered;
        amount + carried - recovered
    }

    /// The sum allotted for a step before anything is carried over, cut or recovered.
    pub fn amount_at(&self, step: u32) -> f64 {
        self.amount.at(step) * libm::pow(1.0 + self.growth_per_step, f64::from(step))
    }

    pub(super) fn describe(&self, pool: &Pool, time: &Time) -> String {
        let change = match self.growth_per_step {
            0.0 => String::new(),
            rise if rise > 0.0 => format!(", {} more each time", percent(rise)),
            fall => format!(", {} less each time", percent(-fall)),
        };
        let [saved, overspent] = [self.carry_over, self.overdraft].map(|sum| amount(sum, &pool.unit));
        let sum = match &self.amount {
            Allotted::Number(sum) => amount(*sum, &pool.unit),
            Allotted::List(sums) => {
                let ends =
                    [sums.iter().copied().fold(f64::INFINITY, f64::min), sums.iter().copied().fold(0.0, f64::max)];
                let [least, most] = ends.map(|sum| amount(sum, &pool.unit));
                format!("a sum of its own, from {least} to {most},")
            }
        };
        format!(
            "Each {} {sum} is allotted{change}; up to {saved} may be carried over and up to {overspent} overspent, of which {} is taken back from each later allotment.",
            time.one(),
            percent(self.recovery)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAW: Allocation = Allocation {
        amount: Allotted::Number(100.0),
        growth_per_step: 0.0,
        carry_over: 5.0,
        overdraft: 20.0,
        recovery: 0.5,
        commissioner: None,
    };

    fn next(left: f64, owed: f64) -> (f64, f64) {
        next_of(&LAW, left, owed, 0)
    }

    fn next_of(law: &Allocation, left: f64, owed: f64, step: u32) -> (f64, f64) {
        let mut debt = Lanes::all(owed);
        let sum = law.next(Lanes::all(left), &mut debt, Lanes::ONE, step);
        (sum.lane(0), debt.lane(0))
    }

    #[test]
    fn savings_are_carried_over_up_to_the_limit() {
        assert_eq!(next(3.0, 0.0), (103.0, 0.0));
        assert_eq!(next(50.0, 0.0), (105.0, 0.0));
    }

    #[test]
    fn an_overspend_is_taken_back_from_later_sums_until_it_is_paid() {
        // 20 overspent: 10 recovered now, 10 still owed; then 5 and 5.
        assert_eq!(next(-20.0, 0.0), (90.0, 10.0));
        assert_eq!(next(0.0, 10.0), (95.0, 5.0));
    }

    #[test]
    fn a_list_allots_each_step_its_own_sum_which_grows_as_one_sum_does() {
        let law = Allocation { amount: Allotted::List(vec![100.0, 80.0, 120.0]), growth_per_step: 0.5, ..LAW };
        // 80 · 1.5 for step 1 and 3 carried over; 120 · 1.5² for step 2; the last goes on for step 3.
        assert_eq!(next_of(&law, 3.0, 0.0, 0), (123.0, 0.0));
        assert_eq!(next_of(&law, 0.0, 0.0, 1), (270.0, 0.0));
        assert_eq!(law.amount_at(3).to_bits(), (120.0_f64 * 3.375).to_bits());
    }
}
