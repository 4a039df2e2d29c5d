//! Upstream work: prevention, hand-offs, freeing a neighbour's bed. It builds a stock that lowers need everywhere, and so brings
//! something back to whoever builds it.

use crate::lanes::Lanes;

/// Upstream work and what its stock does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Upstream {
    /// Stock built by a place that spends all its planned effort of one step on upstream work.
    pub productivity: f64,
    /// Share of the stock lost per step.
    pub decay: f64,
    /// The most by which it lowers need, as a share.
    pub most: f64,
    /// Stock at which half of that is reached.
    pub half: f64,
}

impl Upstream {
    /// Share by which a stock of upstream work lowers need.
    #[inline(always)]
    pub fn relief(&self, stock: Lanes) -> Lanes {
        stock * self.most / (stock + self.half)
    }

    /// Need prevented, as a share of it, by one more unit of stock.
    #[inline(always)]
    pub fn marginal_relief(&self, stock: Lanes) -> Lanes {
        let sum = stock + self.half;
        Lanes::all(self.most * self.half) / (sum * sum)
    }

    /// Stock built by a unit of effort, over all steps in which it is there, in a place whose providers have this size together:
    /// 1/decay of what is built, or with a discount δ, from the next step on, δ/(1 − δ(1 − decay)).
    #[inline(always)]
    pub(crate) fn built(&self, total_size: f64, discount: Option<f64>) -> f64 {
        let decay = self.decay.max(1e-6);
        let life = discount.map_or(1.0 / decay, |discount| discount / (1.0 - discount * (1.0 - decay)));
        self.productivity / total_size * life
    }
}
