//! Welfare of a step: what the care, or the yield, is worth to the public, less what the effort and the rules cost.
//!
//! Payments, fines and levies only move money from one to another and do not count; what peers spend on fining each other, and
//! their fines, are lost. Need that upstream work prevents counts
//! as met, as it does where members vote: otherwise a place would be the better off the more people fall ill in it. What
//! users from outside take counts for nothing: the public is that of the place.

use super::lanes::{Lanes, keep_lanes_together};
use super::setup::{Kind, Setup};
use super::simd::Work;
use super::world::{Place, World};

/// The welfare of a step that has just ended, in the scenario's unit of money.
#[derive(Clone, Copy)]
pub(super) struct Welfare<'a> {
    pub(super) setup: &'a Setup,
    pub(super) world: &'a World,
}

impl Work for Welfare<'_> {
    type Output = Lanes;

    #[inline(always)]
    fn run(self) -> Lanes {
        let Self { setup, world } = self;
        let place = &world.place;
        let mut total = -place.governance - place.peer_sanctions;
        for spent in &place.spent_on_rules {
            total -= *spent;
        }
        for kind in &setup.kinds {
            let prevented = prevented_per_need(place, kind);
            for index in kind.members.clone() {
                let state = &world.providers[index];
                let good = if kind.need.is_some() { state.met + state.need_new * prevented } else { state.delivered };
                total += (good * kind.worth - state.cost) * setup.providers[index].size;
                keep_lanes_together();
            }
        }
        total
    }
}

/// Relief beyond which no more counts as prevented: need that is prevented altogether leaves nothing to reckon from.
const MOST_RELIEF: f64 = 0.99;

/// Need that upstream work prevented in this step, per unit of new need that came up all the same.
#[inline(always)]
fn prevented_per_need(place: &Place, kind: &Kind) -> Lanes {
    let own = kind.need.as_ref().map_or(0.0, |need| need.relief);
    let relief = (place.relief * own).min(MOST_RELIEF);
    relief / (1.0 - relief)
}
