//! What has been claimed is noted, and once a year fixed sums are set anew. Formulas: [`crate::commissioner`].

use crate::lanes::{Lanes, keep_lanes_together, select};
use crate::place::{Claimed, Place};
use crate::pool::PoolState;
use crate::setup::{Commissioned, Round, Setup};
use crate::step::{Couple, Moment};
use crate::world::World;

/// Commissioners note what they are asked for, and set sums anew when a year is over.
pub(super) struct Commission;

impl Couple for Commission {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, step, .. } = *moment;
        let World { pools, place, .. } = world;
        for of in &setup.derived.commissioned {
            note(setup, place, of);
            if let Ok(round) = of.rounds.binary_search_by_key(&(step + 1), |round| round.first) {
                set_anew(setup, place, &pools[of.pool], of, &of.rounds[round]);
            }
        }
    }
}

/// Adds up what each kind has claimed, and what rules have cost.
#[inline(always)]
fn note(setup: &Setup, place: &mut Place, of: &Commissioned) {
    for index in &of.kinds {
        let (kind, common) = (&setup.kinds[*index], &place.kinds[*index]);
        let one = common.contract.unwrap_or(Lanes::ONE) * (common.price_index * kind.total_size);
        let one = common.spread.map_or(one, |spread| one * spread.income);
        let payment = kind.payment_in(common.regime);
        let fixed = payment.map_or(Lanes::ZERO, |payment| payment.fixed(common.claims, kind.plan, one));
        let claimed = &mut place.claimed[*index];
        claimed.fixed += fixed;
        claimed.by_unit += common.claims - fixed;
        keep_lanes_together();
    }
    place.ruled[of.pool] += place.spent_on_rules[of.pool];
}

/// Sets the fixed sums of a year anew, all reckoned by the step.
#[inline(never)]
fn set_anew(setup: &Setup, place: &mut Place, pool: &PoolState, of: &Commissioned, round: &Round) {
    let Some(commissioner) = setup.pools[of.pool].part.commissioner() else { return };
    let carried = pool.stock - pool.supply * round.at_first - pool.owed;
    let mut left = pool.supply * round.allotted + carried * (1.0 / round.steps);
    left -= place.ruled[of.pool] * (1.0 / round.before);
    let mut sums = Lanes::ZERO;
    for (index, terms) in of.kinds.iter().zip(&round.terms) {
        let claimed = &place.claimed[*index];
        left -= claimed.by_unit * (terms.prices / round.before) + terms.planned;
        if terms.has_sum {
            let contract = place.kinds[*index].contract.unwrap_or(Lanes::ONE);
            let before = claimed.fixed * (1.0 / round.before);
            sums += select(before.greater(Lanes::ZERO), before, contract * terms.begins);
        }
        keep_lanes_together();
    }
    let share = commissioner.share(left, sums);
    for (index, terms) in of.kinds.iter().zip(&round.terms) {
        place.claimed[*index] = Claimed::NOTHING;
        let common = &mut place.kinds[*index];
        let contract = common.contract.unwrap_or(Lanes::ONE);
        let renewed = select(sums.greater(Lanes::ZERO), commissioner.renewed(contract, share, terms.growth), contract);
        if terms.has_sum {
            common.contract = Some(renewed);
        }
        keep_lanes_together();
    }
    place.ruled[of.pool] = Lanes::ZERO;
}
