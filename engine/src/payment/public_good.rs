//! Public good: a sum for oneself, and a return from what all deliver together, whoever delivered it.
//!
//! *Mechanism*: what a provider gives comes back to everybody, so that giving pays the place and not the giver wherever the
//! return is less than what a unit costs and more than that cost over the number of heads: the voluntary contribution game
//! of the laboratory (Isaac & Walker 1988, *Quarterly Journal of Economics* 103; Fehr & Gächter 2000), with the endowment as
//! `amount`, effort as contributions and a cost of one for each. *Fails by* free riding.

use super::Activity;
use crate::english::{Time, number, yearly};
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A sum for oneself, and a return from what all deliver together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicGood {
    /// Sum a step per unit of size, whatever is delivered: the endowment.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub amount: f64,
    /// What a unit delivered by anybody in the place brings to each unit of size: the return per head.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub per_head: f64,
    /// Change of both a year, as a share.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub change_per_year: f64,
}

impl PublicGood {
    /// Amount + return per head × what all deliver.
    #[inline(always)]
    pub(super) fn income(&self, activity: &Activity<'_>, price_index: f64) -> Lanes {
        let ledger = activity.ledger;
        let delivered = ledger.delivered + activity.delivered * ledger.size;
        (delivered * self.per_head + self.amount) * price_index
    }

    pub(super) fn describe(&self, time: &Time) -> String {
        format!(
            "{} {} per unit of size, plus {} per unit of size for each unit that anybody in the place delivers{}",
            number(self.amount),
            time.per(),
            number(self.per_head),
            yearly(self.change_per_year)
        )
    }

    pub(super) fn brief() -> &'static str {
        "a sum, and a return to all from what anybody delivers"
    }
}

#[cfg(test)]
mod tests {
    use super::super::activity;
    use super::*;
    use crate::payment::Ledger;

    #[test]
    fn a_unit_given_comes_back_to_each_whoever_gave_it() {
        let form = PublicGood { amount: 20.0, per_head: 0.4, change_per_year: 0.0 };
        let ledger = Ledger { delivered: Lanes::all(30.0), size: 2.0, ..Ledger::CLOSED };
        let activity = Activity { ledger: &ledger, delivered: Lanes::all(5.0), ..activity(0.0, 0.0, 0.0) };
        // 20 + 0.4 (30 + 2 · 5)
        assert!((form.income(&activity, 1.0).lane(4) - 36.0).abs() < 1e-12);
    }
}
