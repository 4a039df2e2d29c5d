//! What all members of a kind have in common, and their sums.

use crate::lanes::Lanes;
use crate::rows::{Total, totals};
use crate::spread::Factors;

/// What all members of a kind have in common in a step. Quantities of care and money are per unit of size.
#[derive(Clone, Copy, Debug)]
pub struct Common {
    /// Yield of a unit of effort.
    pub yields: Lanes,
    /// Yield of a unit of effort as it can be known before anybody chooses, where some need is urgent.
    pub promised: Lanes,
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
    /// Share of need that is to be referred at least, as agreed.
    pub agreed_referral: Lanes,
    /// Units of care shifted to another kind by agreement for which money follows.
    pub shifted: Lanes,
    /// Money that followed care to each of them in this step, less what went with a shift.
    pub moved: Lanes,
    /// Factor by which need is multiplied in this step.
    pub surge: Lanes,
    /// Share of new need that upstream work prevents in this step.
    pub relieved: Lanes,
    /// Need that other kinds let fall on each of them in the last step.
    pub received: Lanes,
    /// Need that other kinds have let fall on each of them for the next step.
    pub arriving: Lanes,
    /// Worth to the public, beyond that of need of their own, of what was referred to them, if all of it is met.
    pub referred_worth: Lanes,
    /// The same of what has been referred to them for the next step.
    pub arriving_worth: Lanes,
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
    /// What they hold and were lent together.
    pub banked: Banked,
    /// Position of the payment in force.
    pub regime: usize,
    /// Prices against those at the start of the payment in force.
    pub price_index: f64,
    /// Costs against those of the first step.
    pub cost_index: f64,
    /// Factor by which scarcity multiplies what varies with effort of their cost.
    pub dear: Lanes,
    /// How the place differs from others this year, where places do.
    pub spread: Option<Factors>,
    /// By how many times a commissioner has set its fixed sums anew, where one does.
    pub contract: Option<Lanes>,
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
        /// Need to be met, waiting need included, and what is referred not.
        need,
        /// New need.
        need_new,
        /// Need not met.
        unmet,
        /// Need referred to others.
        referred,
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

totals! {
    /// Sums over all members of a kind of what they hold at the end of a step, in money.
    pub struct Banked {
        /// Cash, below nought where it is overdrawn.
        cash,
        /// Owed to suppliers.
        debt,
        /// Paid by the lender in this step.
        lent,
        /// How many of them are under special measures.
        pinched,
    }
}

impl Common {
    /// Before the first step, for a kind with this plan.
    pub(crate) fn begin(plan: f64) -> Self {
        Self {
            yields: Lanes::ONE,
            promised: Lanes::ONE,
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
            agreed_referral: Lanes::ZERO,
            shifted: Lanes::ZERO,
            moved: Lanes::ZERO,
            surge: Lanes::ONE,
            relieved: Lanes::ZERO,
            received: Lanes::ZERO,
            arriving: Lanes::ZERO,
            referred_worth: Lanes::ZERO,
            arriving_worth: Lanes::ZERO,
            effort: Lanes::ZERO,
            breaches: Lanes::ZERO,
            claims: Lanes::ZERO,
            output: Output::NONE,
            money: Money::NONE,
            banked: Banked::NONE,
            regime: 0,
            price_index: 1.0,
            cost_index: 1.0,
            dear: Lanes::ONE,
            spread: None,
            contract: None,
        }
    }
}
