//! Blended payment: a fixed sum for planned activity and a part of the price both ways, as in England from 2019/20
//! (20% of the tariff for emergency care above or below plan).

use super::Activity;
use crate::english::{number, percent, yearly};
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A fixed sum for the plan, and a part of the price for each unit above or below it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Blended {
    /// Price of a unit of activity at the start.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub price: f64,
    /// Share of the price paid for each unit above the plan and taken back for each unit below it.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub variable: f64,
    /// Change of the price a year, as a share.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub change_per_year: f64,
}

impl Blended {
    /// Price × (plan + variable × (activity − plan)).
    #[inline(always)]
    pub(super) fn income(&self, activity: &Activity<'_>, price_index: f64) -> Lanes {
        (activity.plan + (activity.billed() - activity.plan) * self.variable) * (self.price * price_index)
    }

    pub(super) fn describe(&self) -> String {
        format!(
            "a price of {} for each unit planned, and {} of it more or less for each unit above or below the plan{}",
            number(self.price),
            percent(self.variable),
            yearly(self.change_per_year)
        )
    }

    pub(super) fn brief() -> &'static str {
        "a fixed sum for the plan, and a part of the price for what is above or below it"
    }
}

#[cfg(test)]
mod tests {
    use super::super::activity;
    use super::*;

    #[test]
    fn a_fifth_of_the_price_moves_with_activity_both_ways() {
        let form = Blended { price: 1.0, variable: 0.2, change_per_year: 0.0 };
        assert!((form.income(&activity(1.5, 0.0, 0.0), 1.0).lane(0) - 1.1).abs() < 1e-12);
        assert!((form.income(&activity(0.5, 0.0, 0.0), 1.0).lane(0) - 0.9).abs() < 1e-12);
    }
}
