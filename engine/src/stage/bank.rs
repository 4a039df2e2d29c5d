//! Cash at the end of a step: what was earned, spent and lent goes through the purses of those who have one.

use crate::lanes::{Lanes, keep_lanes_together};
use crate::step::{At, Walk};
use crate::world::{Columns, Scratch};

/// All take stock of their money.
pub(super) struct Bank;

impl Walk for Bank {
    #[inline(always)]
    fn begin(own: &mut Columns) {
        if let Some(banked) = &mut own.banked {
            banked.clear();
        }
    }

    #[inline(always)]
    fn block(at: &At<'_>, own: &mut Columns, _: &mut Scratch) {
        let Some(till) = &at.kind.till else { return };
        let (Some(mut purses), Some(mut banked)) = (own.purses.take(), own.banked.take()) else { return };
        let prices = &at.kind.prices;
        let next_index = prices[(at.step as usize + 1).min(prices.len() - 1)].cost;
        let granted = at.place.kinds[at.index].granted;
        let sums = banked.of(at.block);
        for row in at.rows.clone() {
            let cost = own.accounts.as_ref().map_or(Lanes::ZERO, |accounts| accounts[row].cost);
            // All that came in: income, what pooling brought and all receive alike, less fines and levies.
            let received = own.margin(row) + at.place.dividend + cost;
            let effort = own.conduct[row].level * granted;
            let held = till.close(&purses[row], received, cost, effort, next_index);
            let weight = own.rows.weight(row, at.kind.size);
            sums.cash += held.cash * weight;
            sums.debt += held.debt * weight;
            sums.lent += held.lent * weight;
            sums.pinched += held.pinched * own.rows.weight(row, 1.0);
            purses[row] = held;
            keep_lanes_together();
        }
        (own.purses, own.banked) = (Some(purses), Some(banked));
    }
}
