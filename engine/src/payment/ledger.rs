//! The books of the place as one provider sees them, for payments that look beyond its own.

use crate::lanes::Lanes;

/// The books as one provider sees them: per unit of its size, its own part left out.
#[derive(Clone, Copy, Debug)]
pub struct Ledger {
    /// The provider's part of the size of the place.
    pub weight: f64,
    /// Units of the place's size for each unit of its kind's.
    pub stake: f64,
    /// Cost of effort of the others.
    pub spending: Lanes,
    /// Income of the others before any bonus: what they received, whatever one might have done instead.
    pub income: Lanes,
    /// Yield of the others, in units of yield.
    pub delivered: Lanes,
    /// The provider's own size.
    pub size: f64,
    /// What the holder of a prime contract pays the others.
    pub contracts: Lanes,
    /// One where that contract has failed.
    pub failed: Lanes,
    /// Prices of its fallback against those at its start.
    pub fallback_index: f64,
}

impl Ledger {
    /// The ledger of a provider to which the books mean nothing.
    pub const CLOSED: Self = Self {
        weight: 1.0,
        stake: 1.0,
        spending: Lanes::ZERO,
        income: Lanes::ZERO,
        delivered: Lanes::ZERO,
        size: 1.0,
        contracts: Lanes::ZERO,
        failed: Lanes::ZERO,
        fallback_index: 1.0,
    };
}
