//! Purse: cash, an overdraft, debt to suppliers and a lender, so that money binds what a provider can do.
//!
//! *Mechanism*. All sums are per unit of size, in the money of the first step; a month is a twelfth of a year's planned cost, index 1.
//!
//! ```text
//! cash        ← cash + received − cost + lent + owed − repaid          never below −overdraft
//! counted     ← counted + (received − counted)/(1 + smoothing)         income as it was paid, never as it was claimed
//! limit       = max(0, counted) + max(0, cash + overdraft)/max(1, steps a year)
//! promised    = min(share · max(0, cost of plan − limit), cap · planned cost · reach)
//! reach       = allotment / planned cost of all who are paid out of it, at most 1; 1 where pay comes from outside
//! ε solves      (fixed + per_effort ε + convex ε²) · cost index = limit + promised;  0 if fixed cost alone is more (what scarcity
//!               adds is not foreseen: it is spent, and lowers the limit of the next step)
//! lent        = min(promised, what is missing to −overdraft)
//! owed        = what is then still missing: debt to suppliers, which is repaid before cash rises above −overdraft
//! fixed cost  ← fixed cost + (fixed · effort/plan − fixed cost) · (1 − 2^(−1/half-life))
//! pound       = clip(exp(−pull · (cash − debt − reserve)/month), 0.3, 3)
//! ```
//!
//! The overdraft is spread over a year, a twelfth a month, so that a provider slows before it stops. A provider whose own limit is below
//! the cost of its plan is under special measures. Assumed: reserve half a month (0 to 2; a search over targets left 28 of 0 to 60 days),
//! overdraft 2.8 months (0.4 to 4.8), cap 0.13 (0.02 to 0.2), pull 0.85 (0 to 1.5), half-life 2 years. Source of the form: soft budget
//! constraints, Kornai, Maskin & Roland 2003; what trusts owed and were lent, National Audit Office 2016.

use crate::english::{Time, counted, percent};
use crate::lanes::{Lanes, select};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a provider holds, how far it may go below nought, and who helps it out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Purse {
    /// Cash before the first step, in months of planned cost.
    #[schemars(range(min = 0.0, max = 1e4))]
    pub reserve: f64,
    /// How far cash may fall below nought, in months of planned cost.
    #[schemars(range(min = 0.0, max = 1e4))]
    pub overdraft: f64,
    /// Mean age in months of the income that it counts on; 0 counts on what the last step brought.
    #[schemars(range(min = 0.0, max = 1e4))]
    pub smoothing: f64,
    /// By how much a pound is worth less for each month of planned cost that it holds more than at the start, as a rate; at 0 it is
    /// always worth one.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub pull: f64,
    /// Years after which half of its fixed cost has followed its effort; without it, fixed cost stays what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = crate::limits::LEAST, max = 1e4))]
    pub fixed_half_life: Option<f64>,
    /// A lender who pays part of what its own money does not, and does not ask for it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lender: Option<Lender>,
}

/// A lender, such as the national level. What it pays counts to what care costs the payer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lender {
    /// Share that it covers of what is missing to the cost of the plan.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: f64,
    /// The most that it pays in a step, as a share of planned cost, so far as the allotment of its payer reaches: it scales with that.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub cap: f64,
}

/// A purse with what it means for a kind, worked out once. Sums are per unit of size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Till {
    purse: Purse,
    /// Cost of a unit of effort, whatever is done, and of effort squared, at the prices of the first step.
    costs: (f64, f64, f64),
    plan: f64,
    /// Cost of the plan in a step at the prices of the first step.
    planned: f64,
    /// Planned cost of a month.
    month: f64,
    /// Share of the headroom that may be spent in a step.
    spread: f64,
    /// Weight of the last step in the income that is counted on.
    newest: f64,
    /// Share by which fixed cost follows effort in a step.
    follows: f64,
    /// Share of planned cost that its payer has been allotted.
    reach: f64,
    /// The most that a lender pays in a step.
    lends: f64,
}

/// What one provider holds and may spend, per unit of its size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    /// Cash; below nought where it is overdrawn.
    pub(crate) cash: Lanes,
    /// Owed to suppliers.
    pub(crate) debt: Lanes,
    /// Income of a step that it counts on.
    pub(crate) counted: Lanes,
    /// What the lender has promised for the next step.
    promised: Lanes,
    /// What the lender has paid in this step.
    pub(crate) lent: Lanes,
    /// The most effort that it can pay for.
    pub(crate) most: Lanes,
    /// Its fixed cost less that of the scenario, at the prices of the first step.
    pub(crate) overhead: Lanes,
    /// What a pound is worth to it.
    pub(crate) pound: Lanes,
    /// One where its own money does not pay for its plan, else nought.
    pub(crate) pinched: Lanes,
}

/// The least and the most that a pound is ever worth.
const POUND: (f64, f64) = (0.3, 3.0);

impl Purse {
    /// What it means for a kind with these costs (of a unit of effort, fixed, of effort squared) and this plan, of whose cost the payer
    /// has been allotted that share.
    pub(crate) fn till(self, costs: (f64, f64, f64), plan: f64, steps_per_year: f64, reach: f64) -> Till {
        let (per_effort, fixed, convex) = costs;
        let planned = (fixed + plan * (per_effort + convex * plan)).max(0.0);
        let per_month = steps_per_year / 12.0;
        Till {
            purse: self,
            costs,
            plan,
            planned,
            month: planned * per_month,
            spread: 1.0 / steps_per_year.max(1.0),
            newest: 1.0 / (1.0 + self.smoothing * per_month),
            follows: self
                .fixed_half_life
                .map_or(0.0, |years| 1.0 - libm::exp(-std::f64::consts::LN_2 / (years * steps_per_year))),
            reach,
            lends: self.lender.map_or(0.0, |lender| lender.cap * planned * reach),
        }
    }

    /// Sentences of plain English.
    pub fn describe(&self, who: &str, time: &Time) -> Vec<String> {
        let Self { reserve, overdraft, smoothing, pull, fixed_half_life, lender } = *self;
        let months = |count: f64| counted(count, "month");
        let lately =
            if smoothing > 0.0 { format!("over some {}", months(smoothing + 1.0)) } else { "at last".to_owned() };
        let mut told = vec![
            format!(
                "{who} begins with {} of planned cost in cash and may be overdrawn by {}.",
                months(reserve),
                months(overdraft)
            ),
            format!(
                "In one {} it can spend what it has been paid {lately} and its part of a year in what it could still draw; it does no more than that pays for.",
                time.one()
            ),
            "What it cannot pay even so it owes to suppliers, who are paid before it has money again.".to_owned(),
        ];
        if let Some(years) = fixed_half_life {
            told.push(format!(
                "Half of a change in its effort has reached its fixed cost after {}.",
                counted(years, "year")
            ));
        }
        if let Some(Lender { share, cap }) = lender {
            told.push(format!(
                "A lender covers {} of what its own money lacks to the cost of its plan, up to {} of that cost so far as the payer’s allotment reaches, and counts as a payer.",
                percent(share),
                percent(cap)
            ));
        }
        if pull > 0.0 {
            told.push(format!(
                "Money is worth more to it the less it has: with one more month of planned cost in hand a pound counts for {}.",
                percent(libm::exp(-pull).max(POUND.0))
            ));
        }
        told
    }
}

impl Till {
    /// Before the first step: it has been paid its planned cost of late, so far as the allotment reaches.
    pub(crate) fn begin(&self) -> Held {
        let held = Held {
            cash: Lanes::all(self.purse.reserve * self.month),
            debt: Lanes::ZERO,
            counted: Lanes::all(self.planned * self.reach),
            promised: Lanes::ZERO,
            lent: Lanes::ZERO,
            most: Lanes::ZERO,
            overhead: Lanes::ZERO,
            pound: Lanes::ONE,
            pinched: Lanes::ZERO,
        };
        self.look_ahead(held, 1.0)
    }

    /// The books of a step: what was received besides loans, what effort cost, and how much of it was exerted; and what can be paid for
    /// in the next step, when costs have that index.
    #[inline(always)]
    pub(crate) fn close(&self, held: &Held, received: Lanes, cost: Lanes, effort: Lanes, next_index: f64) -> Held {
        let floor = Lanes::all(-self.purse.overdraft * self.month);
        let mut next = *held;
        let cash = held.cash + received - cost;
        next.lent = (floor - cash).max(Lanes::ZERO).min(held.promised);
        let cash = cash + next.lent;
        let owed = (floor - cash).max(Lanes::ZERO);
        let above = (cash - floor).max(Lanes::ZERO);
        let repaid = held.debt.min(above);
        next.cash = floor + (above - repaid);
        next.debt = held.debt + owed - repaid;
        next.counted += (received - held.counted) * self.newest;
        if self.follows > 0.0 {
            let follows = effort * (self.costs.1 / self.plan) - self.costs.1;
            next.overhead += (follows - held.overhead) * self.follows;
        }
        self.look_ahead(next, next_index)
    }

    /// What can be paid for in the next step, and what a pound is worth.
    #[inline(always)]
    fn look_ahead(&self, mut held: Held, index: f64) -> Held {
        let counted = held.counted.max(Lanes::ZERO);
        let headroom = (held.cash + self.purse.overdraft * self.month).max(Lanes::ZERO);
        let limit = counted + headroom * self.spread;
        let missing = ((held.overhead + self.planned) * index - limit).max(Lanes::ZERO);
        held.pinched = missing.greater(Lanes::ZERO).number();
        held.promised = match &self.purse.lender {
            Some(lender) => (missing * lender.share).min(self.lends),
            None => Lanes::ZERO,
        };
        held.most = self.affordable((limit + held.promised) * (1.0 / index), held.overhead);
        if self.purse.pull > 0.0 && self.month > 0.0 {
            let more = held.cash - held.debt - self.purse.reserve * self.month;
            held.pound = (more * (-self.purse.pull / self.month)).exp().clamp(POUND.0, POUND.1);
        }
        held
    }

    /// The effort whose cost comes to so much, at the prices of the first step: the root of `convex ε² + per_effort ε` = what fixed cost
    /// leaves.
    #[inline(always)]
    fn affordable(&self, money: Lanes, overhead: Lanes) -> Lanes {
        let (per_effort, fixed, convex) = self.costs;
        let left = (money - overhead - fixed).max(Lanes::ZERO);
        let steep = (left * (4.0 * convex) + per_effort * per_effort).sqrt() + per_effort;
        let free = steep.at_most(Lanes::all(f64::MIN_POSITIVE));
        select(free, Lanes::all(f64::MAX), left * 2.0 / select(free, Lanes::ONE, steep))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PURSE: Purse =
        Purse { reserve: 0.5, overdraft: 2.0, smoothing: 3.0, pull: 0.8, fixed_half_life: None, lender: None };

    const COSTS: (f64, f64, f64) = (0.4, 0.45, 0.15);

    /// Months; cost 0.4 e + 0.45 + 0.15 e², so that the plan of 1 costs 1.
    fn till(purse: Purse, reach: f64) -> Till {
        purse.till(COSTS, 1.0, 12.0, reach)
    }

    fn near(got: Lanes, wanted: f64) {
        assert!((got.lane(3) - wanted).abs() < 1e-9, "{} is not {wanted}", got.lane(3));
    }

    fn pass(till: &Till, held: &Held, received: f64, cost: f64, effort: f64) -> Held {
        till.close(held, Lanes::all(received), Lanes::all(cost), Lanes::all(effort), 1.0)
    }

    #[test]
    fn what_can_be_spent_is_smoothed_income_and_a_twelfth_of_the_headroom() {
        // Limit 1 + 2.5/12 = 1.208333; 0.15 ε² + 0.4 ε = 0.758333, ε = (−0.4 + √(0.16 + 0.455))/0.3 = 1.280725.
        near(till(PURSE, 1.0).begin().most, (-0.4 + (0.16_f64 + 0.6 * (0.55 + 2.5 / 12.0)).sqrt()) / 0.3);
        // Nothing is paid: limit 2.5/12 = 0.208 is less than the fixed cost of 0.45.
        near(till(PURSE, 0.0).begin().most, 0.0);
        // By the quarter a month is a third of a step, and a quarter of the headroom can be spent in one: limit 1 + 2.5/3/4.
        let quarters = PURSE.till(COSTS, 1.0, 4.0, 1.0).begin();
        near(quarters.cash, 1.0 / 6.0);
        near(quarters.most, (-0.4 + (0.16_f64 + 0.6 * (0.55 + 2.5 / 12.0)).sqrt()) / 0.3);
    }

    #[test]
    fn income_is_counted_as_it_was_paid_and_slowly() {
        let till = till(PURSE, 1.0);
        let held = pass(&till, &till.begin(), 0.6, 1.0, 1.0);
        // 0.5 + 0.6 − 1 = 0.1; 1 + (0.6 − 1)/4 = 0.9.
        near(held.cash, 0.1);
        near(held.counted, 0.9);
        near(held.lent, 0.0);
        // 0.9 + 2.1/12 = 1.075 is still more than the plan costs.
        near(held.pinched, 0.0);
    }

    #[test]
    fn what_cannot_be_paid_is_owed_and_comes_first_when_money_comes() {
        let till = till(PURSE, 1.0);
        let spent = pass(&till, &till.begin(), 0.0, 3.0, 1.0);
        // 0.5 − 3 = −2.5: overdrawn by 2, and 0.5 is owed to suppliers.
        near(spent.cash, -2.0);
        near(spent.debt, 0.5);
        near(spent.pinched, 1.0);
        let better = pass(&till, &spent, 1.2, 0.5, 0.1);
        // 0.7 more: 0.5 to suppliers and 0.2 to cash.
        near(better.debt, 0.0);
        near(better.cash, -1.8);
    }

    #[test]
    fn a_lender_pays_part_of_what_is_missing_up_to_its_cap() {
        let lender = |share, cap| Some(Lender { share, cap });
        let empty = |lender| Purse { reserve: 0.0, overdraft: 0.0, lender, ..PURSE };
        // It counts on 0.8, the plan costs 1: half of 0.2 is promised, and 0.9 pays for ε = (−0.4 + √(0.16 + 0.6 · 0.45))/0.3.
        let half = till(empty(lender(0.5, 1.0)), 0.8);
        let held = half.begin();
        near(held.most, (-0.4 + (0.16_f64 + 0.27).sqrt()) / 0.3);
        near(pass(&half, &held, 0.8, 0.9, 0.85).lent, 0.1);
        // No more than a tenth of what was allotted, 0.8; the rest of a deficit is owed.
        let capped = till(empty(lender(1.0, 0.1)), 0.8);
        let held = pass(&capped, &capped.begin(), 0.8, 1.0, 1.0);
        near(held.lent, 0.08);
        near(held.debt, 0.12);
        // Where nothing is paid nothing is lent.
        near(till(empty(lender(1.0, 0.1)), 0.0).begin().promised, 0.0);
    }

    #[test]
    fn a_pound_is_worth_more_to_one_who_has_none() {
        let till = till(PURSE, 1.0);
        let held = till.begin();
        near(held.pound, 1.0);
        // A month less: e^0.8; three months less: no more than 3; ten more: no less than 0.3.
        near(pass(&till, &held, 0.0, 1.0, 1.0).pound, 0.8_f64.exp());
        near(pass(&till, &held, 0.0, 3.0, 1.0).pound, 3.0);
        near(pass(&till, &held, 10.0, 0.0, 0.0).pound, 0.3);
        let never = Purse { pull: 0.0, ..PURSE }.till(COSTS, 1.0, 12.0, 1.0);
        near(pass(&never, &never.begin(), 0.0, 3.0, 1.0).pound, 1.0);
    }

    #[test]
    fn fixed_cost_follows_effort_with_its_half_life() {
        let till = till(Purse { fixed_half_life: Some(2.0), ..PURSE }, 1.0);
        let mut held = till.begin();
        for _ in 0..24 {
            held = pass(&till, &held, 1.0, 1.0, 0.6);
        }
        // Half of the way from 0.45 to 0.27 after two years.
        near(held.overhead, -0.09);
    }

    #[test]
    fn effort_that_costs_nothing_can_always_be_paid_for() {
        let free = PURSE.till((0.0, 0.0, 0.0), 1.0, 12.0, 1.0).begin();
        assert!(free.most.lane(0) >= 1e300);
    }
}
