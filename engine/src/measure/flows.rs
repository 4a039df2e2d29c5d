//! What a kind of provider, or the whole place, does in a period: the sums that most measures are made of.

use crate::lanes::Lanes;
use crate::place::Common;
use crate::setup::{Kind, Setup};

/// Sums over a step, a year or a run, in the scenario's units: care or yield, need, and money.
#[derive(Clone, Debug)]
pub(crate) struct Flows {
    /// Effort claimed.
    pub(crate) effort: Lanes,
    /// Care, or yield, delivered.
    pub(crate) delivered: Lanes,
    /// New need.
    pub(crate) fresh: Lanes,
    /// Need that came up: new, and what came over from others, less what was referred to them.
    pub(crate) arisen: Lanes,
    /// Need met, of whatever step it came up in.
    pub(crate) met: Lanes,
    /// Need that waits at the end of the period.
    pub(crate) waiting: Lanes,
    /// Income, with any bonus.
    pub(crate) income: Lanes,
    /// Cost of effort.
    pub(crate) cost: Lanes,
    /// Income less cost, levies and fines, with what comes back of them.
    pub(crate) margin: Lanes,
    /// Income claimed that the payer could not pay.
    pub(crate) unpaid: Lanes,
    /// Bonus earned.
    pub(crate) bonus: Lanes,
    /// Paid by a lender.
    pub(crate) lent: Lanes,
    /// Steps that providers were under special measures, each counted.
    pub(crate) pinched: Lanes,
}

impl Flows {
    /// Nothing yet.
    pub(crate) const NONE: Self = Self {
        effort: Lanes::ZERO,
        delivered: Lanes::ZERO,
        fresh: Lanes::ZERO,
        arisen: Lanes::ZERO,
        met: Lanes::ZERO,
        waiting: Lanes::ZERO,
        income: Lanes::ZERO,
        cost: Lanes::ZERO,
        margin: Lanes::ZERO,
        unpaid: Lanes::ZERO,
        bonus: Lanes::ZERO,
        lent: Lanes::ZERO,
        pinched: Lanes::ZERO,
    };

    /// What all of a kind have done in a step that has just ended; each unit of size has received that dividend.
    #[inline(always)]
    pub(crate) fn of(kind: &Kind, common: &Common, dividend: Lanes) -> Self {
        let (output, money) = (&common.output, &common.money);
        let received = if kind.need.is_some() { common.received * kind.total_size } else { Lanes::ZERO };
        Self {
            effort: common.effort,
            delivered: output.delivered,
            fresh: output.need_new,
            arisen: output.need_new + received - output.referred,
            met: output.met,
            waiting: output.unmet * kind.need.as_ref().map_or(0.0, |need| need.waits),
            income: money.income,
            cost: output.cost,
            margin: money.margin + dividend * kind.total_size,
            unpaid: money.unpaid,
            bonus: money.bonus,
            lent: common.banked.lent,
            pinched: common.banked.pinched,
        }
    }

    /// Adds another kind in the same period, so far as the scenario has need and income.
    #[inline(always)]
    pub(crate) fn beside(&mut self, setup: &Setup, other: &Self) {
        self.join(setup, other);
        self.waiting += other.waiting;
    }

    /// Adds the period that comes after: sums grow, and what waits at its end is what waits then.
    #[inline(always)]
    pub(crate) fn follow(&mut self, setup: &Setup, next: &Self) {
        self.join(setup, next);
        self.waiting = next.waiting;
    }

    #[inline(always)]
    fn join(&mut self, setup: &Setup, other: &Self) {
        self.effort += other.effort;
        self.delivered += other.delivered;
        self.cost += other.cost;
        if setup.has_need() {
            self.fresh += other.fresh;
            self.arisen += other.arisen;
            self.met += other.met;
        }
        if setup.has_income() {
            self.income += other.income;
            self.margin += other.margin;
            self.unpaid += other.unpaid;
            self.bonus += other.bonus;
        }
        if setup.has_purses() {
            self.lent += other.lent;
            self.pinched += other.pinched;
        }
    }
}
