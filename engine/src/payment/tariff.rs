//! Tariff: payment by results, with a marginal rate above a baseline and a yearly efficiency deflator.
//!
//! England paid 30% and later 70% of the tariff for emergency admissions above the baseline, and asked for 3.8% efficiency
//! in 2015/16 (sources in `scenarios/data/place-parameters.csv`).

use super::Activity;
use crate::english::{number, percent, yearly};
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A price for each unit of activity, lower above a baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// Price of a unit of activity at the start.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub price: f64,
    /// Baseline above which the marginal rate applies, in multiples of the plan.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub baseline: f64,
    /// Share of the price paid for activity above the baseline.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub marginal_rate: f64,
    /// Change of the price a year, as a share: −0.038 for a deflator of 3.8%.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub change_per_year: f64,
}

impl Tariff {
    /// Price × (activity up to the baseline + marginal rate × activity above it).
    #[inline(always)]
    pub(super) fn income(&self, activity: &Activity<'_>, price_index: f64) -> Lanes {
        let baseline = Lanes::all(self.baseline * activity.plan);
        let billed = activity.billed();
        let above = (billed - baseline).max(Lanes::ZERO);
        (billed - above * (1.0 - self.marginal_rate)) * (self.price * price_index)
    }

    pub(super) fn describe(&self) -> String {
        let rate = if self.marginal_rate < 1.0 {
            format!(", {} of it above {} of the plan", percent(self.marginal_rate), percent(self.baseline))
        } else {
            String::new()
        };
        format!("a price of {} for each unit of activity{rate}{}", number(self.price), yearly(self.change_per_year))
    }

    pub(super) fn brief() -> &'static str {
        "a price for each unit of activity"
    }
}

#[cfg(test)]
mod tests {
    use super::super::activity;
    use super::*;

    #[test]
    fn activity_above_the_baseline_earns_the_marginal_rate_only() {
        let form = Tariff { price: 2.0, baseline: 1.0, marginal_rate: 0.3, change_per_year: 0.0 };
        assert!((form.income(&activity(0.5, 0.0, 0.0), 1.0).lane(0) - 1.0).abs() < 1e-12);
        // 2 · (1 + 0.3 · 0.5) = 2.3, at 90% of the first year's price.
        assert!((form.income(&activity(1.5, 0.0, 0.0), 0.9).lane(0) - 2.07).abs() < 1e-12);
    }
}
