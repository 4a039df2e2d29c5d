//! What all members of a kind have in common, and their sums.

use crate::lanes::Lanes;
use crate::rows::{Total, totals};
use crate::spread::Factors;

/// What all members of a kind have in common in a step. Quantities of care and money are per unit of size.
#[derive(Clone, Copy, Debug)]
pub struct Common {
    /// Yield of a unit of effort.
    pub yields: Lanes,
    /// Share of their claims that the pools grant.
    pub granted: Lanes,
    /// Share of their income that the payer can pay.
    pub funded: Lanes,
    /// Share of working time left for care.
    pub attention: Lanes,
    /// Share of working time lost between memberships of groups.
    pub attention_divided: Lanes,
    /// How far they sit at the table, 0 to 1.
    pub inside: Lanes,
    /// Chance that what one does is checked.
    pub checked: Lanes,
    /// Share of the norm's full force that what is allotted has.
    pub force: Lanes,
    /// Level allotted: their plan, a quota or what was agreed; where it is shared by need, each has its own.
    pub agreed: Lanes,
    /// Share of an excess over it that is prevented, or that they have ceded the right to.
    pub bound: Lanes,
    /// Share of what is missing to it that they have agreed to make up.
    pub obliged: Lanes,
    /// Upstream share allotted.
    pub agreed_upstream: Lanes,
    /// Factor by which need is multiplied in this step.
    pub surge: Lanes,
    /// Need that other kinds let fall on each of them in the last step.
    pub received: Lanes,
    /// Need that other kinds have let fall on each of them for the next step.
    pub arriving: Lanes,
    /// Effort claimed by all of them together, in units of effort.
    pub effort: Lanes,
    /// How many of them were in breach of their share in this step.
    pub breaches: Lanes,
    /// What they claim from their payer together, in money.
    pub claims: Lanes,
    /// What they delivered and needed together.
    pub output: Output,
    /// What they earned together.
    pub money: Money,
    /// Position of the payment in force.
    pub regime: usize,
    /// Prices against those at the start of the payment in force.
    pub price_index: f64,
    /// Costs against those of the first step.
    pub cost_index: f64,
    /// How the place differs from others this year, where places do.
    pub spread: Option<Factors>,
}

/// What effort comes to, per unit of size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work {
    /// Effort exerted.
    pub(crate) effort: Lanes,
    /// Yield delivered.
    pub(crate) delivered: Lanes,
    /// Need met.
    pub(crate) met: Lanes,
}

totals! {
    /// Sums over all members of a kind of what their effort came to in a step, in units of care and money.
    pub struct Output {
        /// Yield delivered.
        delivered,
        /// Need met.
        met,
        /// Need to be met, waiting need included.
        need,
        /// New need.
        need_new,
        /// Need not met.
        unmet,
        /// Effort spent on upstream work.
        built,
        /// Claims on the payer.
        claims,
        /// Cost of effort.
        cost,
    }
}

totals! {
    /// Sums over all members of a kind of what they had earned and felt when a step was settled.
    pub struct Money {
        /// Income, with any bonus.
        income,
        /// Income that the payer could not pay.
        unpaid,
        /// Bonus.
        bonus,
        /// Margins, but for what all providers receive alike.
        margin,
        /// Fines.
        fines,
        /// How far they are in dispute, each counted as one.
        disputes,
        /// Trust, each counted as one.
        trust,
    }
}

impl Common {
    /// Before the first step, for a kind with this plan.
    pub(crate) fn begin(plan: f64) -> Self {
        Self {
            yields: Lanes::ONE,
            granted: Lanes::ONE,
            funded: Lanes::ONE,
            attention: Lanes::ONE,
            attention_divided: Lanes::ZERO,
            inside: Lanes::ONE,
            checked: Lanes::ZERO,
            force: Lanes::ONE,
            agreed: Lanes::all(plan),
            bound: Lanes::ZERO,
            obliged: Lanes::ZERO,
            agreed_upstream: Lanes::ZERO,
            surge: Lanes::ONE,
            received: Lanes::ZERO,
            arriving: Lanes::ZERO,
            effort: Lanes::ZERO,
            breaches: Lanes::ZERO,
            claims: Lanes::ZERO,
            output: Output::NONE,
            money: Money::NONE,
            regime: 0,
            price_index: 1.0,
            cost_index: 1.0,
            spread: None,
        }
    }
}
