//! A stock of upstream work: of the place, or of a kind that prevents something of its own.

use crate::lanes::Lanes;

/// A stock of upstream work.
#[derive(Clone, Copy, Debug)]
pub struct UpstreamStock {
    /// What acts.
    pub stock: Lanes,
    /// What has been built and does not act yet.
    pub ripening: Lanes,
    /// What is built in this step.
    pub built: Lanes,
    /// How much of the most is reached in this step, as a share of need.
    pub reached: Lanes,
    /// By how much more is reached with one more unit.
    pub margin: Lanes,
    /// What is reached on the discounted mean of the steps to come if as much is built in each, where anybody has patience.
    pub ahead: Lanes,
}

impl UpstreamStock {
    /// Nothing is built yet, and the first unit reaches so much.
    pub(crate) fn begin(margin: Lanes) -> Self {
        let none = Lanes::ZERO;
        Self { stock: none, ripening: none, built: none, reached: none, margin, ahead: none }
    }
}
