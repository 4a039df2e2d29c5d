//! Care nearer home: part of the need of a kind that another may meet, often with less effort, if it is referred there.
//!
//! Of its need n a provider refers a share φ = `share` · r, r from the grid `refer`; the other kind has it in the next step, in units
//! of its own,
//!
//! ```text
//! nᵢ ← (1 − φ) nᵢ,      nⱼ of the next step += cost · φ nᵢ
//! ```
//!
//! shared among its providers by size. Nothing is said of whether that pays: with capacity to spare a unit referred saves whoever
//! refers it the cost of treating it and loses what it would have been paid for it; with a queue the bed is filled and paid all
//! the same. In its own eyes a unit referred counts as met so far as the other kind meets its need, μ, and so far as it cares for those
//! out of sight, `care`:
//!
//! ```text
//! with capacity to spare: C′/y′ − marginal income − motivation · (1 − care · μ);    with a queue: motivation · care · μ
//! ```
//!
//! Money goes along where the payer says so (`payoff::Following`): of what whoever refers is paid for a unit of care the share
//! `follows` goes with it to whoever treats it, and the share `keeps` it goes on being paid.
//!
//! Ranges: `share` 0.03 to 0.3, `cost` 0.5 to 1 (held open: what the evidence says of both conflicts); `worth` and `care` are *assumed*.

use crate::lanes::{Lanes, select};

/// Part of a need that another kind may meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Substitute {
    /// Position of the kind that may meet it.
    pub by: usize,
    /// The most of the need that can be met there, as a share.
    pub share: f64,
    /// Units of the other kind's need that one unit becomes.
    pub cost: f64,
    /// Worth to the public of a unit met there, against one met here.
    pub worth: f64,
    /// How much a unit met there counts for whoever referred it, against one met here.
    pub care: f64,
    /// Share of what whoever refers is paid for a unit that follows it.
    pub follows: f64,
    /// Share of what it is paid for a unit that it goes on being paid.
    pub keeps: f64,
    /// What may be referred of what can be met there, in ascending order.
    pub refer: Vec<f64>,
}

impl Substitute {
    /// Shares of need that may be referred, in ascending order.
    pub(crate) fn shares(&self) -> impl Iterator<Item = f64> {
        self.refer.iter().map(|part| part * self.share)
    }

    /// What a unit referred counts for whoever referred it, where the other kind met so much of so much need.
    #[inline(always)]
    pub(crate) fn counts(&self, met: Lanes, need: Lanes) -> Lanes {
        let none = need.at_most(Lanes::ZERO);
        select(none, Lanes::ONE, met / select(none, Lanes::ONE, need)) * self.care
    }

    /// Worth to the public of a unit that was referred and is met, beyond what its units are worth as those of the other kind, where a
    /// unit is worth so much to it here and there.
    pub(crate) fn gain(&self, own: f64, of_the_other: f64) -> f64 {
        self.worth * own - self.cost * of_the_other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of 13% that can be met elsewhere, half may be referred: 6.5%. Where 3 of 4 units are met there, each counts 0.75 · 0.8 = 0.6.
    /// A unit worth 1.5 here that becomes 0.73 units, each worth 1.5, is worth 0.405 more than those.
    #[test]
    fn a_part_of_need_may_be_referred_and_counts_so_far_as_it_is_met() {
        let form = Substitute {
            by: 1,
            share: 0.13,
            cost: 0.73,
            worth: 1.0,
            care: 0.8,
            follows: 0.0,
            keeps: 0.0,
            refer: vec![0.0, 0.5, 1.0],
        };
        assert_eq!(form.shares().collect::<Vec<f64>>(), [0.0, 0.065, 0.13]);
        assert!((form.counts(Lanes::all(3.0), Lanes::all(4.0)).lane(0) - 0.6).abs() < 1e-12);
        assert!((form.counts(Lanes::ZERO, Lanes::ZERO).lane(0) - 0.8).abs() < 1e-12);
        assert!((form.gain(1.5, 1.5) - 0.405).abs() < 1e-12);
    }
}
