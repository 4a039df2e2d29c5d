//! The steady state of a pool: the stock at which it comes to rest if the effort on it stays what it is.
//!
//! It is found from the law of the step itself, so that it is where a long run would end: from the stock at hand the path
//! is followed up or down to the first stock at which growth equals use. A pool with a tipping point therefore has the
//! steady state of the side on which it stands. Closer pairs of steady states than a part in [`STRIDES`] of the way are
//! passed over.

use super::{ActsOn, Growth, Pool};
use crate::lanes::{LANES, Lanes, keep_lanes_together, select};

/// Parts into which the way up or down is cut to find where it ends.
const STRIDES: u32 = 32;
/// Halvings of that part: 2⁻²⁴ of it is left, and a straight line through it does the rest.
const HALVINGS: u32 = 24;

/// Stocks at which the most effort that a pool can bear is looked for. Where it is greatest at a stock in between, that is missed by less
/// than a part in ten thousand; where it rises up to an empty pool, by a part in so many.
const STOCKS: usize = 256;
/// Multiple of all that can be claimed up to which the most effort that a pool can bear is looked for.
const FURTHEST: f64 = 16.0;

/// Multiple of its capacity up to which a pool is followed that loses nothing by itself.
const BOUNDLESS: f64 = 1e6;

impl Pool {
    /// The stock at which the pool comes to rest under `effort`, from the stock `from`, in the pool's unit. Money allotted
    /// anew in each step has no such state, and is given back as it is.
    #[inline(never)]
    pub fn steady_stock(&self, effort: Lanes, from: Lanes) -> Lanes {
        if !self.renews_itself() {
            return from;
        }
        let rises = self.net_growth(effort, from).at_least(Lanes::ZERO);
        let end = select(rises, from.max(Lanes::all(self.ceiling())), Lanes::all(self.floor()));
        let (mut near, mut far, mut open) = (from, from, Lanes::ONE);
        for stride in 1..=STRIDES {
            let next = from + (end - from) * (f64::from(stride) / f64::from(STRIDES));
            let goes_on = self.net_growth(effort, next).at_least(Lanes::ZERO).number().equals(rises.number());
            let searching = open.greater(Lanes::ZERO);
            if !searching.any() {
                break;
            }
            far = select(searching, next, far);
            near = select(searching & goes_on, next, near);
            open = select(goes_on, open, Lanes::ZERO);
            keep_lanes_together();
        }
        for _ in 0..HALVINGS {
            let middle = (near + far) * 0.5;
            let goes_on = self.net_growth(effort, middle).at_least(Lanes::ZERO).number().equals(rises.number());
            near = select(goes_on, middle, near);
            far = select(goes_on, far, middle);
            keep_lanes_together();
        }
        let (at_near, at_far) = (self.net_growth(effort, near), self.net_growth(effort, far));
        let crossing = (at_near * at_far).at_most(Lanes::ZERO) & (at_near - at_far).abs().greater(Lanes::ZERO);
        let share = at_near / select(crossing, at_near - at_far, Lanes::ONE);
        select(crossing, near + (far - near) * share, near)
    }

    /// Share of what `effort` claims that a pool with this stock can give.
    #[inline(always)]
    pub fn grants(&self, effort: Lanes, stock: Lanes) -> Lanes {
        self.share_granted(effort, stock, stock)
    }

    /// Share of what `effort` claims of a pool with this stock, if so much of it may leave.
    #[inline(always)]
    pub(super) fn share_granted(&self, effort: Lanes, stock: Lanes, available: Lanes) -> Lanes {
        let claimed = effort * self.loss_per_effort(self.yield_per_effort(effort, stock), stock).max(Lanes::ZERO);
        (available / claimed.max(f64::MIN_POSITIVE)).min(Lanes::ONE)
    }

    /// Change of the stock in a step in which all exert `effort`, in the pool's unit.
    #[inline(always)]
    fn net_growth(&self, effort: Lanes, stock: Lanes) -> Lanes {
        let loss = self.loss_per_effort(self.yield_per_effort(effort, stock), stock).max(Lanes::ZERO);
        let drawn = (effort * loss).min(stock);
        let grows = self.growing(stock, stock - drawn);
        let growth = match &self.growth {
            Growth::Logistic(law) => law.growth(grows, self.capacity),
            Growth::Depensated(law) => law.growth(grows, self.capacity),
            Growth::Inflow(law) => law.growth(grows, self.capacity, Lanes::ONE),
            Growth::Allocation(_) | Growth::Fixed(_) => Lanes::ZERO,
        };
        growth - drawn
    }

    /// The most effort that the pool can bear for good: the greatest whose use some stock makes good in every step. Looked for up to
    /// `upto` times 16, at 256 stocks; nought for a pool that does not renew itself.
    pub fn bears(&self, upto: f64) -> f64 {
        if !self.renews_itself() {
            return 0.0;
        }
        let (floor, full) = (self.floor(), self.full());
        let mut most: f64 = 0.0;
        for first in (0..STOCKS).step_by(LANES) {
            let stock = Lanes::from_fn(|lane| floor + (full - floor) * (first + lane + 1) as f64 / STOCKS as f64);
            let (mut borne, mut beyond) = (Lanes::ZERO, Lanes::all(upto * FURTHEST));
            for _ in 0..HALVINGS {
                let middle = (borne + beyond) * 0.5;
                let loss = self.loss_per_effort(self.yield_per_effort(middle, stock), stock).max(Lanes::ZERO);
                let lasts = self.net_growth(middle, stock).at_least(Lanes::ZERO) & (middle * loss).at_most(stock);
                borne = select(lasts, middle, borne);
                beyond = select(lasts, beyond, middle);
            }
            for lane in 0..LANES {
                most = most.max(borne.lane(lane));
            }
        }
        most
    }

    /// A stock above which no pool rests. Where what is left grows, the stock before the draw may be higher by what grows in a step.
    pub(super) fn ceiling(&self) -> f64 {
        let usual = self.usual_ceiling();
        if self.growth_acts_on != Some(ActsOn::Left) {
            return usual;
        }
        usual
            + match &self.growth {
                // r x (1 − x) is r/4 at most; r x (1 − x)(x/a − 1) at most r/a times 4/27, that of x² (1 − x).
                Growth::Logistic(law) => law.rate * self.capacity / 4.0,
                Growth::Depensated(law) => law.rate / law.threshold * self.capacity * 4.0 / 27.0,
                Growth::Inflow(law) => law.amount,
                Growth::Allocation(_) | Growth::Fixed(_) => 0.0,
            }
    }

    /// The stock above which nothing grows.
    fn usual_ceiling(&self) -> f64 {
        match &self.growth {
            Growth::Inflow(law) if law.loss > 0.0 => self.capacity * libm::sqrt(law.amount / law.loss).max(1.0),
            Growth::Inflow(_) => self.capacity * BOUNDLESS,
            _ => self.capacity,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use crate::production::{CobbDouglas, Production, Saturating, Schaefer};

    fn pool(growth: Growth, loses: Loss, production: Production) -> Pool {
        Pool {
            unit: "units".to_owned(),
            capacity: 200.0,
            start: 1.0,
            growth,
            growth_acts_on: None,
            production: Some(production),
            loses,
            rationing: Rationing::Proportional {},
            collapse: 0.0,
            refuge: 0.0,
        }
    }

    fn schaefer(catchability: f64) -> Production {
        Production::Schaefer(Schaefer { catchability })
    }

    fn steady(pool: &Pool, effort: f64, from: f64) -> f64 {
        pool.steady_stock(Lanes::all(effort), Lanes::all(from)).lane(5)
    }

    #[test]
    fn a_fished_logistic_pool_rests_where_the_textbook_says_from_either_side() {
        // x = K (1 − qE/r) = 200 (1 − 0.01·12/0.3) = 120; nothing is left once qE > r.
        let pool = pool(Growth::Logistic(Logistic { rate: 0.3 }), Loss::Yield(1.0), schaefer(0.01));
        assert!((steady(&pool, 12.0, 5.0) - 120.0).abs() < 1e-9);
        assert!((steady(&pool, 12.0, 200.0) - 120.0).abs() < 1e-9);
        assert!((steady(&pool, 0.0, 60.0) - 200.0).abs() < 1e-9);
        assert!(steady(&pool, 40.0, 150.0) < 1e-9);
    }

    #[test]
    fn water_rests_where_inflow_meets_loss_and_use() {
        // 50 − 50 (R/200)² − 0.483 R = 0: R = (−0.483 + √(0.483² + 4·50·50/200²)) / (2·50/200²) = 84.876.
        let growth = Growth::Inflow(Inflow { amount: 50.0, loss: 50.0 });
        let form = CobbDouglas { scale: 10.0, effort: 0.6, stock: 0.2 };
        let pool = pool(growth, Loss::Effort(1.0), Production::CobbDouglas(form));
        let wanted = (-0.483 + libm::sqrt(0.483 * 0.483 + 0.25)) / 0.0025;
        assert!((steady(&pool, 0.483, 10.0) - wanted).abs() < 1e-8);
        assert!((steady(&pool, 0.483, 199.0) - wanted).abs() < 1e-8);
    }

    #[test]
    fn a_pool_of_which_the_rest_grows_rests_where_the_rest_grows_by_the_catch() {
        // A share h = qE is caught and S = R (1 − h) left: r S (1 − S/K) = h R gives S = K (1 − h/((1 − h) r)).
        let law = Growth::Logistic(Logistic { rate: 0.8 });
        let mut pool = pool(law, Loss::Yield(1.0), schaefer(0.01));
        pool.growth_acts_on = Some(ActsOn::Left);
        let left = 200.0 * (1.0 - 0.2 / (0.8 * 0.8));
        assert!((steady(&pool, 20.0, 10.0) - left / 0.8).abs() < 1e-8);
        assert!((steady(&pool, 20.0, 200.0) - left / 0.8).abs() < 1e-8);
        // A fast one stands above its capacity before the draw: h = 0.5 and r = 4 leave 150 of 300.
        pool.growth = Growth::Logistic(Logistic { rate: 4.0 });
        assert!((steady(&pool, 50.0, 10.0) - 300.0).abs() < 1e-8);
    }

    #[test]
    fn a_pool_with_a_tipping_point_rests_on_the_side_on_which_it_stands() {
        // r R (1 − R/K)(R/A − 1) with A = 40: without use 40 is the point from which it falls to nothing or fills up.
        let growth = Growth::Depensated(Depensated { rate: 0.3, threshold: 0.2 });
        let pool = pool(growth, Loss::Yield(1.0), schaefer(0.01));
        assert!((steady(&pool, 0.0, 41.0) - 200.0).abs() < 1e-9);
        assert!(steady(&pool, 0.0, 39.0) < 1e-9);
    }

    #[test]
    fn the_most_that_a_pool_bears_is_found_by_hand() {
        // r K (1 − x)(x + h)/(v (1 + h)) is greatest at x = (1 − h)/2 = 0.4: 0.05 · 200 · 0.6 · 0.6/(0.015 · 1.2) = 200.
        let saturating = Production::Saturating(Saturating { half: 0.2 });
        let staff = pool(Growth::Logistic(Logistic { rate: 0.05 }), Loss::Yield(0.015), saturating);
        assert!((staff.bears(180.0) - 200.0).abs() < 0.02, "{}", staff.bears(180.0));
        // r (1 − x)/q, up to 0.5/0.01 = 50 in an empty pool.
        let sea = pool(Growth::Logistic(Logistic { rate: 0.5 }), Loss::Yield(1.0), schaefer(0.01));
        assert!((sea.bears(40.0) - 50.0).abs() < 0.25, "{}", sea.bears(40.0));
        // What does not renew itself bears nothing for good.
        assert_eq!(
            pool(Growth::Fixed(Fixed {}), Loss::Yield(1.0), schaefer(0.01)).bears(40.0).to_bits(),
            0.0_f64.to_bits()
        );
    }
}
