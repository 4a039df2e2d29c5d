//! Welfare of a step: what the care, or the yield, is worth to the public, less what the effort and the rules cost.
//!
//! Payments, fines and levies only move money from one to another and do not count; what peers spend on fining each other, and
//! their fines, are lost. Need that upstream work prevents counts
//! as met, as it does where members vote: otherwise a place would be the better off the more people fall ill in it. What
//! users from outside take counts for nothing: the public is that of the place.

use crate::lanes::{Lanes, keep_lanes_together};
use crate::payoff::ratio;
use crate::place::{Common, Place};
use crate::setup::Setup;
use crate::simd::Work;
use crate::upstream::MOST_RELIEF;

/// The welfare of a step that has just ended, in the scenario's unit of money.
#[derive(Clone, Copy)]
pub(crate) struct Welfare<'a> {
    pub(crate) setup: &'a Setup,
    pub(crate) place: &'a Place,
}

impl Work for Welfare<'_> {
    type Output = Lanes;

    #[inline(always)]
    fn run(self) -> Lanes {
        let Self { setup, place } = self;
        let mut total = -place.governance - place.peer_sanctions;
        for spent in &place.spent_on_rules {
            total -= *spent;
        }
        for (kind, common) in setup.kinds.iter().zip(&place.kinds) {
            let flows = &common.output;
            let good = match &kind.need {
                Some(_) => flows.met + flows.need_new * prevented_per_need(common),
                None => flows.delivered,
            };
            total += good * kind.worth - flows.cost;
            if setup.derived.refers {
                total += common.referred_worth * ratio(flows.met, flows.need);
            }
            keep_lanes_together();
        }
        total
    }
}

/// Need that upstream work prevented in this step, per unit of new need that came up all the same.
#[inline(always)]
fn prevented_per_need(common: &Common) -> Lanes {
    let relief = common.relieved.min(MOST_RELIEF);
    relief / (1.0 - relief)
}
