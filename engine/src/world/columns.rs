//! The columns of a kind.

use crate::dice::{Kept, Luck};
use crate::lanes::{LANES, Lanes, keep_lanes_together};
use crate::need::Needs;
use crate::place::{Banked, Money, Output};
use crate::purse::Held;
use crate::reviews::Plan;
use crate::rows::{Parts, Rows, totals};
use crate::rule::{Offender, Peers};
use crate::setup::Kind;
use crate::spread::Deviations;
use crate::urgent::Urgent;

/// The columns of a kind: one a part, with a small struct a row.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    pub(crate) rows: Rows,
    pub(crate) luck: Luck,
    pub(crate) kept: KeptDraws,
    /// What each does.
    pub(crate) conduct: Vec<Conduct>,
    /// The plan that each goes by, where what is done in a step need not be what was chosen in it.
    pub(crate) plans: Option<Vec<Plan>>,
    /// What of the need of each is urgent, where any is.
    pub(crate) urgent: Option<Vec<Urgent>>,
    /// Share of it meant for upstream work, where anybody may do any.
    pub(crate) upstream: Option<Vec<Lanes>>,
    /// One a segment.
    pub(crate) choosers: Vec<Chooser>,
    pub(crate) needs: Option<Vec<Needs>>,
    /// Need that each refers in this step, where another kind may meet any of it.
    pub(crate) referred: Option<Vec<Lanes>>,
    /// How far each one's need is from the expected by chance, in standard deviations, where that lasts.
    pub(crate) deviations: Option<Vec<Lanes>>,
    /// How the place deviates from others in what the kind is paid, needs and costs, where places differ.
    pub(crate) spread: Option<Deviations>,
    /// Level allotted to each, where a total may be shared by need.
    pub(crate) allotted: Option<Vec<Lanes>>,
    /// What each delivered, where payments look at the books.
    pub(crate) yields: Option<Vec<Lanes>>,
    pub(crate) accounts: Option<Vec<Account>>,
    /// What each holds and may spend, where money binds.
    pub(crate) purses: Option<Vec<Held>>,
    /// What pooled finance brought each in this step, less what it gave up.
    pub(crate) settlements: Option<Vec<Lanes>>,
    pub(crate) offenders: Option<Vec<Offender>>,
    /// How far each is in dispute with the others, 0 to 1.
    pub(crate) disputes: Option<Vec<Lanes>>,
    pub(crate) peers: Option<Vec<Peers>>,
    /// Trust in the others, 0 to 1, where it moves.
    pub(crate) trust: Option<Vec<Lanes>>,
    /// Need met and need that has arisen so far, over all steps.
    pub(crate) need_so_far: Option<Vec<NeedSoFar>>,
    /// Margins so far, over all steps, but for what all receive alike.
    pub(crate) margins: Option<Vec<Lanes>>,
    /// Utility of the step, where anybody learns from it or others look at it.
    pub(crate) utility: Option<Vec<Lanes>>,
    pub(crate) claimed: Parts<Claimed>,
    pub(crate) delivered: Parts<Output>,
    pub(crate) settled: Parts<Money>,
    pub(crate) banked: Option<Parts<Banked>>,
}

/// What one provider does in a step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conduct {
    /// Level of effort claimed.
    pub(crate) level: Lanes,
    /// Position of the action taken.
    pub(crate) position: Lanes,
}

/// What one provider earns and spends in a step, per unit of its size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account {
    /// Income, with any bonus.
    pub(crate) income: Lanes,
    /// Cost of effort.
    pub(crate) cost: Lanes,
    /// Income that the payer could not pay.
    pub(crate) unpaid: Lanes,
    /// Bonus.
    pub(crate) bonus: Lanes,
}

/// Need of one provider over all steps so far, per unit of its size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NeedSoFar {
    /// Met.
    pub(crate) met: Lanes,
    /// New, or received from others.
    pub(crate) arisen: Lanes,
}

/// What the members of a segment remember of their choices.
#[derive(Clone, Debug)]
pub(crate) struct Chooser {
    /// Attractions of learners, one an action, row by row.
    pub(crate) attractions: Vec<Lanes>,
    /// Weight of the experience of learners, the same for all.
    pub(crate) experience: f64,
    /// Levels that best responders have settled on for the next step.
    pub(crate) aims: Vec<Lanes>,
    /// Level of the others, in multiples of their plans, that conditional cooperators believe in.
    pub(crate) beliefs: Vec<Lanes>,
}

/// What has been drawn for the next steps, by purpose.
#[derive(Clone, Debug)]
pub(crate) struct KeptDraws {
    pub(crate) need: Kept,
    pub(crate) choice: Kept,
    pub(crate) audit: Kept,
    pub(crate) trust: Kept,
    pub(crate) review: Kept,
    /// Whether to look, whether to try something at random, at whom to look, whether to copy.
    pub(crate) imitation: [Kept; 4],
}

totals! {
    /// Sums of the walk on which effort is chosen.
    pub(crate) struct Claimed {
        /// Effort claimed, in units of effort.
        effort,
        /// Number of those in breach of their share.
        breaches,
    }
}

impl Columns {
    /// The plan that a row goes by: what it is held to, whatever urgent need adds in this step.
    #[inline(always)]
    pub(crate) fn planned(&self, row: usize) -> Lanes {
        self.plans.as_ref().map_or(self.conduct[row].level, |plans| plans[row].held)
    }

    /// What a row would do in this step under a plan.
    #[inline(always)]
    pub(crate) fn effort(&self, kind: &Kind, row: usize, plan: Lanes) -> Lanes {
        self.urgent.as_ref().map_or(plan, |urgent| urgent[row].effort(plan, kind.levels.1))
    }

    /// What a row had to meet in this step before it referred any of it.
    #[inline(always)]
    pub(crate) fn need_before_referral(&self, row: usize) -> Lanes {
        let need = self.needs.as_ref().map_or(Lanes::ZERO, |needs| needs[row].need);
        self.referred.as_ref().map_or(need, |referred| need + referred[row])
    }

    /// What the step was worth to a row; nought where nobody asks.
    #[inline(always)]
    pub(crate) fn gained(&self, row: usize) -> Lanes {
        self.utility.as_ref().map_or(Lanes::ZERO, |utility| utility[row])
    }

    /// The most effort that a row can pay for, where money binds.
    #[inline(always)]
    pub(crate) fn most(&self, row: usize) -> Option<Lanes> {
        self.purses.as_ref().map(|purses| purses[row].most)
    }

    /// Takes so much off what the step was worth to a row.
    #[inline(always)]
    pub(crate) fn lose(&mut self, row: usize, loss: Lanes) {
        if let Some(utility) = &mut self.utility {
            utility[row] -= loss;
        }
    }

    /// The sum of a number of each row, times `weight`, in the one defined order: for what is seldom summed.
    #[inline(always)]
    pub(crate) fn sum(&self, weight: f64, of: impl Fn(usize) -> Lanes) -> Lanes {
        let mut parts = [Lanes::ZERO; LANES];
        for block in 0..self.rows.blocks() {
            let mut part = parts[self.rows.part(block)];
            for row in self.rows.block(block) {
                part += of(row) * self.rows.weight(row, weight);
                keep_lanes_together();
            }
            parts[self.rows.part(block)] = part;
        }
        self.rows.join(parts)
    }

    /// Income less cost, fines and what peers did, with what pooling brought: the margin of the step that was last settled, but
    /// for what all receive alike of the fines or pay alike for governance.
    #[inline(always)]
    pub(crate) fn margin(&self, row: usize) -> Lanes {
        let mut margin = match &self.accounts {
            Some(accounts) => accounts[row].income - accounts[row].cost,
            None => Lanes::ZERO,
        };
        if let Some(offenders) = &self.offenders {
            margin -= offenders[row].fine;
        }
        if let Some(settlements) = &self.settlements {
            margin += settlements[row];
        }
        if let Some(peers) = &self.peers {
            margin -= peers[row].fine + peers[row].spending;
        }
        margin
    }
}
