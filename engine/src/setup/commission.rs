//! The rounds of a commissioner: when fixed sums are set anew, and what is known of them beforehand, worked out once. Formulas:
//! [`crate::commissioner`].

use super::Parts;
use crate::pool::Growth;
use crate::prices::Course;
use std::ops::Range;

/// A pool whose fixed sums are set anew.
#[derive(Clone, Debug)]
pub(crate) struct Commissioned {
    /// Position of the pool.
    pub(crate) pool: usize,
    /// Positions of the kinds that are paid out of it.
    pub(crate) kinds: Vec<usize>,
    /// Its rounds, in order.
    pub(crate) rounds: Vec<Round>,
}

/// A year, or as much time as passes from one step with which a year begins to the next such step.
#[derive(Clone, Debug)]
pub(crate) struct Round {
    /// Its first step.
    pub(crate) first: u32,
    /// Number of its steps.
    pub(crate) steps: f64,
    /// Number of steps of the round before it.
    pub(crate) before: f64,
    /// Allotted in it, in a step on average, before anything is cut.
    pub(crate) allotted: f64,
    /// Allotted in its first step.
    pub(crate) at_first: f64,
    /// What is known of each kind, in the order of `kinds`.
    pub(crate) terms: Vec<Terms>,
}

/// What is known beforehand of how a kind is paid in a round, against the round before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Terms {
    /// By how many times its payment moves its fixed sum.
    pub(crate) growth: f64,
    /// By how many times its prices by the unit move.
    pub(crate) prices: f64,
    /// Its fixed sum in a step where it had none before, in money.
    pub(crate) begins: f64,
    /// What it will claim by the unit in a step if it does as planned, where it was not paid so before, in money.
    pub(crate) planned: f64,
    /// Whether it has a fixed sum at all.
    pub(crate) has_sum: bool,
}

impl Commissioned {
    /// All of a scenario.
    pub(super) fn all(parts: &Parts) -> Vec<Self> {
        let pools = parts.pools.iter().enumerate();
        pools.filter(|(_, pool)| pool.part.commissioner().is_some()).map(|(pool, _)| Self::of(parts, pool)).collect()
    }

    fn of(parts: &Parts, pool: usize) -> Self {
        let paid = parts.kinds.iter().enumerate();
        let paid = paid.filter(|(_, kind)| kind.paid_from == Some(pool));
        let kinds: Vec<usize> = paid.map(|(index, _)| index).collect();
        let years = Years { steps_per_year: parts.steps_per_year };
        let mut rounds = Vec::new();
        let mut last = 0..years.next(0);
        while last.end < parts.steps {
            let coming = last.end..years.next(last.end);
            rounds.push(Round::of(parts, pool, &kinds, &last, &coming));
            last = coming;
        }
        Self { pool, kinds, rounds }
    }
}

/// How steps fall into years.
struct Years {
    steps_per_year: f64,
}

impl Years {
    /// The first step after that one with which a year begins.
    fn next(&self, step: u32) -> u32 {
        let year = |step: u32| libm::floor(f64::from(step) / self.steps_per_year);
        let next = (libm::ceil((year(step) + 1.0) * self.steps_per_year) as u32).max(step.saturating_add(1));
        // Rounding may leave it in the year before.
        if year(next) > year(step) { next } else { next.saturating_add(1) }
    }
}

impl Round {
    fn of(parts: &Parts, pool: usize, kinds: &[usize], last: &Range<u32>, coming: &Range<u32>) -> Self {
        let allotted = |step: u32| match &parts.pools[pool].part.growth {
            Growth::Allocation(law) => law.amount_at(step),
            _ => 0.0,
        };
        Self {
            first: coming.start,
            steps: coming.len() as f64,
            before: last.len() as f64,
            allotted: mean(coming, allotted),
            at_first: allotted(coming.start),
            terms: kinds.iter().map(|kind| Terms::of(parts, *kind, last, coming)).collect(),
        }
    }
}

impl Terms {
    fn of(parts: &Parts, kind: usize, last: &Range<u32>, coming: &Range<u32>) -> Self {
        let kind = &parts.kinds[kind];
        let course = kind.course(parts.steps_per_year);
        let (last, coming) = (Rates::over(&course, kind.plan, last), Rates::over(&course, kind.plan, coming));
        Self {
            growth: if last.fixed > 0.0 && coming.fixed > 0.0 { coming.fixed / last.fixed } else { 1.0 },
            prices: if last.price > 0.0 { coming.price / last.price } else { 0.0 },
            begins: if last.fixed > 0.0 { 0.0 } else { coming.fixed * kind.total_size },
            planned: if last.price > 0.0 { 0.0 } else { coming.planned * kind.total_size },
            has_sum: coming.fixed > 0.0,
        }
    }
}

/// What a kind is paid in a step at its prices, per unit of size.
struct Rates {
    fixed: f64,
    price: f64,
    planned: f64,
}

impl Rates {
    /// The means over steps.
    fn over(course: &Course<'_>, plan: f64, steps: &Range<u32>) -> Self {
        let mean = |of: fn(&Self) -> f64| mean(steps, |step| of(&Self::at(course, plan, step)));
        Self {
            fixed: mean(|rates| rates.fixed),
            price: mean(|rates| rates.price),
            planned: mean(|rates| rates.planned),
        }
    }

    fn at(course: &Course<'_>, plan: f64, step: u32) -> Self {
        let prices = course.at(step);
        let Some(payment) = course.payment(prices.regime) else { return Self { fixed: 0.0, price: 0.0, planned: 0.0 } };
        let (fixed, price) = payment.rates(plan);
        let planned = if fixed > 0.0 { 0.0 } else { payment.per_unit(plan) * plan };
        Self { fixed: fixed * prices.paid, price: price * prices.paid, planned: planned * prices.paid }
    }
}

/// The mean over steps.
fn mean(steps: &Range<u32>, of: impl Fn(u32) -> f64) -> f64 {
    steps.clone().map(of).sum::<f64>() / steps.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payment::Payment;
    use serde_json::{from_value, json};

    #[test]
    fn years_begin_with_the_first_step_that_lies_in_them() {
        let begin = |steps_per_year: f64| {
            let years = Years { steps_per_year };
            let mut steps = vec![0];
            (0..4).for_each(|_| steps.push(years.next(steps[steps.len() - 1])));
            steps
        };
        assert_eq!(begin(12.0), [0, 12, 24, 36, 48]);
        // A year of one step and a half: steps 2, 3, 5 and 6 are the first at or after 1.5, 3, 4.5 and 6. Of many years a step: each.
        assert_eq!(begin(1.5), [0, 2, 3, 5, 6]);
        assert_eq!(begin(0.1), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn rates_over_a_year_move_as_prices_do() {
        let payment = |value| -> Payment { from_value(value).expect("a payment") };
        let block = payment(json!({ "block": { "amount": 1.5, "change_per_year": -0.02 } }));
        let blend = payment(json!({ "blended": { "price": 2, "variable": 0.25, "change_per_year": 0.03 } }));
        let over = |payment: &Payment, steps: Range<u32>| {
            let course = Course { first: Some(payment), then: &[], cost_change: 0.0, steps_per_year: 12.0 };
            Rates::over(&course, 0.8, &steps)
        };
        // A blend of 2 is 2 · 0.8 for the plan and 2 · 0.25 for the unit; in the first step at prices of 1.
        let first = over(&blend, 0..1);
        assert!((first.fixed - 1.6).abs() < 1e-12 && (first.price - 0.5).abs() < 1e-12 && first.planned == 0.0);
        for (payment, change) in [(&block, 0.98), (&blend, 1.03)] {
            let (last, coming) = (over(payment, 0..12), over(payment, 12..24));
            assert!((coming.fixed / last.fixed - change).abs() < 1e-12, "{change}");
        }
    }
}
