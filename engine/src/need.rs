//! Need: what the people of a place need of a kind of provider, and what happens to it where it is not met.

use crate::lanes::Lanes;
use crate::substitute::Substitute;
use std::sync::Arc;

/// Need that falls to a kind, per unit of size and step.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// Expected need in each step: level, trend, season, or a column of data.
    pub expected: Arc<[f64]>,
    /// Standard deviation of each provider's need around the expected, as a share of it.
    pub noise: f64,
    /// Share of a deviation from the expected that is still there a step later.
    pub persistence: f64,
    /// Share of unmet need that waits.
    pub waits: f64,
    /// Unmet need that falls on other kinds.
    pub spills: Vec<Spill>,
    /// Share of activity beyond need that can be charged for all the same.
    pub induced: f64,
    /// How strongly upstream work lowers this need, against 1 for the most.
    pub relief: f64,
    /// Share of it that cannot wait and moves what is done in a step.
    pub urgent: f64,
    /// What of it another kind may meet.
    pub substitute: Option<Substitute>,
}

/// Unmet need that falls on another kind of provider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spill {
    /// Position of the kind it falls on.
    pub to: usize,
    /// Share of the unmet need.
    pub share: f64,
    /// Units of the other kind's need that one unit becomes.
    pub becomes: f64,
}

/// The need of one provider, per unit of its size.
#[derive(Clone, Copy, Debug)]
pub struct Needs {
    /// New need of this step, before what has been waiting.
    pub new: Lanes,
    /// Need to be met in this step: new, received from others, and what has been waiting; once it has been decided, less what is referred.
    pub need: Lanes,
    /// Need that was not met in the step that was last delivered: it waits, falls on others or is lost.
    pub unmet: Lanes,
}

impl Needs {
    /// None before the first step.
    pub(crate) const NONE: Self = Self { new: Lanes::ZERO, need: Lanes::ZERO, unmet: Lanes::ZERO };
}

impl Need {
    /// Expected need in a step.
    #[inline(always)]
    pub(crate) fn expected_in(&self, step: u32) -> f64 {
        self.expected.get(step as usize).copied().unwrap_or(0.0)
    }

    /// Mean of what is expected in the first year.
    pub(crate) fn expected_at_first(&self, steps_per_year: f64) -> f64 {
        let steps = (steps_per_year as usize).clamp(1, self.expected.len().max(1));
        self.expected.iter().take(steps).sum::<f64>() / steps as f64
    }

    /// Share of unmet need that falls on any other kind.
    #[inline(always)]
    pub fn spilled(&self) -> f64 {
        self.spills.iter().map(|spill| spill.share).sum()
    }

    /// Share of unmet need that is lost: neither waits nor falls on others.
    #[inline(always)]
    pub fn lost(&self) -> f64 {
        let gone = 1.0 - (self.waits + self.spilled());
        if gone > 0.0 { gone } else { 0.0 }
    }

    /// The deviation from the expected in a step, in standard deviations, given that of the step before and a standard normal
    /// draw: an autoregressive process that is stationary from the first step on, since what is new in a step has the weight
    /// √(1 − persistence²). Without persistence it is the draw, to the bit.
    #[inline(always)]
    pub(crate) fn deviation(&self, before: Lanes, luck: Lanes, step: u32) -> Lanes {
        let innovation = libm::sqrt(1.0 - self.persistence * self.persistence);
        if step == 0 { luck } else { before * self.persistence + luck * innovation }
    }

    /// New need comes up and meets what others have let fall and what has been waiting. `expected` is what is expected in this
    /// step, and `deviation` how far chance is from it.
    #[inline(always)]
    pub(crate) fn arise(&self, own: &mut Needs, expected: Lanes, deviation: Lanes, received: Lanes) {
        own.new = (expected * (deviation * self.noise + 1.0)).max(Lanes::ZERO);
        own.need = own.new + received + own.unmet * self.waits;
    }
}
