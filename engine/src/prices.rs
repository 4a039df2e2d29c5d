//! Prices and costs over time: they change by the year and are the same in every run, so they are worked out once a scenario.

use super::payment::Payment;
use super::setup::Kind;
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

impl Prices {
    /// The prices of a kind in each step.
    pub fn over_time(kind: &Kind, steps: u32, steps_per_year: f64) -> Arc<[Self]> {
        (0..steps).map(|step| Self::at(kind, step, steps_per_year)).collect()
    }

    fn at(kind: &Kind, step: u32, steps_per_year: f64) -> Self {
        let years_since = |start: u32| f64::from(step - start) / steps_per_year;
        let regime = kind.then.iter().take_while(|regime| regime.at <= step).count();
        let began = regime.checked_sub(1).map_or(0, |later| kind.then[later].at);
        let years = years_since(began);
        let payment = kind.payment_in(regime);
        let fallback = payment.and_then(Payment::as_prime).map(|prime| prime.fallback.change_per_year());
        Self {
            regime,
            paid: payment.map_or(1.0, |payment| after(payment.change_per_year(), years)),
            fallback: fallback.map_or(1.0, |change| after(change, years)),
            cost: after(kind.cost.change_per_year, years_since(0)),
        }
    }
}

/// What 1 has become after so many years of change.
fn after(change_per_year: f64, years: f64) -> f64 {
    libm::pow(1.0 + change_per_year, years)
}
