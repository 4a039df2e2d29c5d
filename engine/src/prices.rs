//! Prices and costs over time: they change by the year and are the same in every run, so they are worked out once a scenario.

use crate::payment::{Payment, Regime};
use std::sync::Arc;

/// The payment of a kind in one step, and what prices and costs have come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prices {
    /// Position of the payment in force: 0 is the first, n the nth of those that take over later.
    pub regime: usize,
    /// Prices against those at the start of the payment in force.
    pub paid: f64,
    /// Prices of what a failed prime contract falls back on, against those at the start of the contract; 1 without one.
    pub fallback: f64,
    /// Costs against those of the first step.
    pub cost: f64,
}

/// How a kind is paid over time, and how its costs move.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Course<'a> {
    /// How it is paid in the first step.
    pub(crate) first: Option<&'a Payment>,
    /// How it is paid from later steps on, in order.
    pub(crate) then: &'a [Regime],
    /// Change of all costs a year, as a share.
    pub(crate) cost_change: f64,
    /// Steps in a year.
    pub(crate) steps_per_year: f64,
}

impl Course<'_> {
    /// The prices in each step.
    pub(crate) fn prices(&self, steps: u32) -> Arc<[Prices]> {
        (0..steps).map(|step| self.at(step)).collect()
    }

    /// The payment at a position.
    pub(crate) fn payment(&self, regime: usize) -> Option<&Payment> {
        match regime.checked_sub(1) {
            None => self.first,
            Some(later) => self.then.get(later).map(|regime| &regime.payment),
        }
    }

    /// The prices in a step, which may lie after the end of a run.
    pub(crate) fn at(&self, step: u32) -> Prices {
        let years_since = |start: u32| f64::from(step - start) / self.steps_per_year;
        let regime = self.then.iter().take_while(|regime| regime.at <= step).count();
        let began = regime.checked_sub(1).map_or(0, |later| self.then[later].at);
        let years = years_since(began);
        let payment = self.payment(regime);
        let fallback = payment.and_then(Payment::as_prime).map(|prime| prime.fallback.change_per_year());
        Prices {
            regime,
            paid: payment.map_or(1.0, |payment| after(payment.change_per_year(), years)),
            fallback: fallback.map_or(1.0, |change| after(change, years)),
            cost: after(self.cost_change, years_since(0)),
        }
    }
}

/// What 1 has become after so many years of change.
fn after(change_per_year: f64, years: f64) -> f64 {
    libm::pow(1.0 + change_per_year, years)
}
