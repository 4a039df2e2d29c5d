//! What a stock of upstream work does: it lowers need everywhere, and so brings something back to whoever builds it.

use super::lanes::Lanes;
use super::setup::{Kind, Setup, Upstream};

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
}

/// What a unit of a provider's upstream effort brings back to itself in need met over the life of what it built,
/// per unit of effort: its own patients' share of a good that everybody enjoys. `margin` is the need prevented by one more unit
/// of the stock.
#[inline(always)]
pub fn returned(setup: &Setup, kind: &Kind, size: f64, margin: Lanes, need: Lanes) -> Lanes {
    let (Some(upstream), Some(own)) = (&setup.upstream, &kind.need) else { return Lanes::ZERO };
    let built = upstream.productivity * size / (setup.total_size * upstream.decay.max(1e-6));
    margin * need * (built * own.relief)
}
