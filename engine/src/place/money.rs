//! Money that goes beyond one provider: what is pooled, the books of the place and the contract of a prime; and those who keep to
//! the norm, against whom the others are held.

use crate::lanes::{Lanes, select};

/// What stands for a step that has not come.
const NEVER: Lanes = Lanes::all(-1.0);

/// What members pool of their results, per unit of the members' size.
#[derive(Clone, Copy, Debug)]
pub struct Pooling {
    /// Share of its result that a full member pools.
    pub share: Lanes,
    /// The members' mean result in the last step.
    pub result: Lanes,
    /// The result that the payer expects: to break even, until a contract is renewed.
    pub expected: Lanes,
    /// Sum of results since the contract began.
    pub achieved: Lanes,
    /// Sum of the members' sizes, so far as they sit at the table.
    pub size: Lanes,
    /// Number of members, so far as they sit at the table.
    pub members: Lanes,
    /// Money that the members have handed to the payer in this step, negative if they received it.
    pub returned: Lanes,
}

/// What a kind has claimed out of a pool since a commissioner last set fixed sums anew, in money.
#[derive(Clone, Copy, Debug)]
pub struct Claimed {
    /// As a fixed sum.
    pub fixed: Lanes,
    /// In any other way.
    pub by_unit: Lanes,
}

/// Those who were seen to keep to the norm in a step.
#[derive(Clone, Copy, Debug)]
pub struct Keepers {
    /// How many they are.
    pub count: Lanes,
    /// Sum of their utilities, each per unit of its size.
    pub utility: Lanes,
}

/// What all providers together spend and earn in a step, in money, and the contract of the prime.
#[derive(Clone, Copy, Debug)]
pub struct Books {
    /// Cost of effort.
    pub spending: Lanes,
    /// Income before any bonus.
    pub income: Lanes,
    /// Yield delivered, in units of yield.
    pub delivered: Lanes,
    /// The contract of the prime.
    pub contract: Contract,
}

/// How the contract of a prime stands, in money.
#[derive(Clone, Copy, Debug)]
pub struct Contract {
    /// What the holder pays the others in this step.
    pub paid: Lanes,
    /// What is left of its reserve, with the margins since the contract began.
    pub reserve: Lanes,
    /// One where the contract has failed.
    pub failed: Lanes,
    /// Step at whose end it failed; negative where it has not.
    pub failed_at: Lanes,
    /// Prices of the fallback against those at the start of the contract.
    pub fallback_index: f64,
}

impl Pooling {
    /// Before the first step.
    pub(crate) const NONE: Self = Self {
        share: Lanes::ZERO,
        result: Lanes::ZERO,
        expected: Lanes::ZERO,
        achieved: Lanes::ZERO,
        size: Lanes::ONE,
        members: Lanes::ONE,
        returned: Lanes::ZERO,
    };
}

impl Claimed {
    /// Nothing, which is how a year begins.
    pub(crate) const NOTHING: Self = Self { fixed: Lanes::ZERO, by_unit: Lanes::ZERO };
}

impl Keepers {
    /// Nobody, which is how a run begins.
    pub const NONE: Self = Self { count: Lanes::ZERO, utility: Lanes::ZERO };
}

impl Books {
    /// Before the first step, with that reserve of the prime.
    pub(crate) fn begin(reserve: f64) -> Self {
        Self {
            spending: Lanes::ZERO,
            income: Lanes::ZERO,
            delivered: Lanes::ZERO,
            contract: Contract {
                paid: Lanes::ZERO,
                reserve: Lanes::all(reserve),
                failed: Lanes::ZERO,
                failed_at: NEVER,
                fallback_index: 1.0,
            },
        }
    }
}

impl Contract {
    /// The margin of the holder goes to its reserve; where that is gone the contract fails, for good.
    #[inline(always)]
    pub(crate) fn close(&mut self, margin: Lanes, step: u32) {
        let stands = self.failed.at_most(Lanes::ZERO);
        self.reserve = select(stands, self.reserve + margin, self.reserve);
        let fails = stands & self.reserve.less(Lanes::ZERO);
        self.failed = select(fails, Lanes::ONE, self.failed);
        self.failed_at = select(fails, Lanes::all(f64::from(step)), self.failed_at);
    }
}
