//! Capitation: a sum per head by need, a part of it tied to outcomes of the provider itself or of the place, as the
//! Alternative Quality Contract did with up to 10% of its budget (Song et al. 2012).

use super::Activity;
use crate::english::{Time, number, percent, yearly};
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A sum per head by need, part of it tied to the share of need that is met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Capitation {
    /// Sum a step per unit of size (the provider's share of the need-weighted budget): 1.0 pays for planned care at base cost.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub amount: f64,
    /// Share of the sum that depends on outcomes.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub outcome_share: f64,
    /// Whose outcome counts.
    pub outcome: Outcome,
    /// Share of need met at which the outcome part is paid in full.
    #[schemars(range(min = crate::limits::LEAST, max = 1.0))]
    pub target: f64,
    /// Change of the sum a year, as a share.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub change_per_year: f64,
}

/// Whose outcome a payment looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Share of the provider's own need that is met.
    Own,
    /// Share of the whole place's need that is met.
    Place,
}

impl Capitation {
    /// Amount × (1 − share + share × outcome/target), the outcome counted up to its target.
    #[inline(always)]
    pub(super) fn income(&self, activity: &Activity<'_>, price_index: f64) -> Lanes {
        let reached = (activity.need_met(self.outcome) * (1.0 / self.target)).min(Lanes::ONE);
        (reached * self.outcome_share + (1.0 - self.outcome_share)) * (self.amount * price_index)
    }

    pub(super) fn describe(&self, time: &Time) -> String {
        let whose = match self.outcome {
            Outcome::Own => "its own need",
            Outcome::Place => "the need of the whole place",
        };
        let by_outcome = match self.outcome_share {
            0.0 => String::new(),
            share => {
                let (share, target) = (percent(share), percent(self.target));
                format!(", {share} of it in proportion to how much of {whose} is met, in full from {target} on")
            }
        };
        format!(
            "{} {} per unit of size by need{by_outcome}{}",
            number(self.amount),
            time.per(),
            yearly(self.change_per_year)
        )
    }

    pub(super) fn brief(&self) -> &'static str {
        if self.outcome_share > 0.0 {
            "a sum per head by need, a part of it by outcomes"
        } else {
            "a sum per head by need"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::activity;
    use super::*;

    #[test]
    fn the_outcome_part_is_paid_up_to_the_target() {
        let mut form =
            Capitation { amount: 1.0, outcome_share: 0.1, outcome: Outcome::Place, target: 0.9, change_per_year: 0.0 };
        let income = |form: &Capitation| form.income(&activity(0.0, 0.9, 0.45), 1.0).lane(0);
        assert!((income(&form) - 0.95).abs() < 1e-12);
        form.outcome = Outcome::Own;
        assert!((income(&form) - 1.0).abs() < 1e-12);
    }
}
