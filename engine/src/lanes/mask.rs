//! Yes or no for each of sixteen runs, and the choice between two numbers by it.

use std::hint::select_unpredictable;
use std::ops::{BitAnd, BitOr, Not};

use super::{LANES, Lanes, each_lane};

/// Yes or no for each of [`LANES`] runs: what a comparison of [`Lanes`] gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mask([bool; LANES]);

/// `yes` in the runs where the mask holds, `no` in the others. Both are computed in every run.
#[inline(always)]
pub fn select(mask: Mask, yes: impl Into<Lanes>, no: impl Into<Lanes>) -> Lanes {
    let (yes, no) = (yes.into().to_array(), no.into().to_array());
    Lanes::from_fn(|lane| select_unpredictable(mask.0[lane], yes[lane], no[lane]))
}

impl Mask {
    /// The same answer in every run.
    #[inline(always)]
    pub const fn all_of(answer: bool) -> Self {
        Self([answer; LANES])
    }

    /// Asks `answer` for each lane, from 0 to 15.
    #[inline(always)]
    pub fn from_fn(mut answer: impl FnMut(usize) -> bool) -> Self {
        Self(each_lane!(answer))
    }

    /// True if any run says yes.
    #[inline(always)]
    pub fn any(self) -> bool {
        self.0.into_iter().fold(false, |any, answer| any | answer)
    }

    /// True if every run says yes.
    #[inline(always)]
    pub fn all(self) -> bool {
        self.0.into_iter().fold(true, |all, answer| all & answer)
    }

    /// The answer of one run; `lane` counts from 0 and is taken modulo [`LANES`].
    #[inline(always)]
    pub const fn lane(self, lane: usize) -> bool {
        self.0[lane % LANES]
    }

    /// One where the answer is yes, zero where it is no.
    #[inline(always)]
    pub fn number(self) -> Lanes {
        select(self, Lanes::ONE, Lanes::ZERO)
    }
}

impl BitAnd for Mask {
    type Output = Self;

    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        Self::from_fn(|lane| self.0[lane] & other.0[lane])
    }
}

impl BitOr for Mask {
    type Output = Self;

    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        Self::from_fn(|lane| self.0[lane] | other.0[lane])
    }
}

impl Not for Mask {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        Self::from_fn(|lane| !self.0[lane])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Yes in every third lane, from lane 0.
    fn thirds() -> Mask {
        Mask::from_fn(|lane| lane % 3 == 0)
    }

    #[test]
    fn each_run_gets_the_number_its_own_answer_selects() {
        let chosen = select(thirds(), 2.0, Lanes::from_fn(|lane| lane as f64));
        let expected = [2.0, 1.0, 2.0, 2.0, 4.0, 5.0, 2.0, 7.0, 8.0, 2.0, 10.0, 11.0, 2.0, 13.0, 14.0, 2.0];
        assert_eq!(chosen, Lanes::from_array(expected));
    }

    #[test]
    fn select_passes_over_a_number_that_is_not_one() {
        assert_eq!(select(Mask::all_of(false), f64::NAN, 1.0), Lanes::ONE);
    }

    #[test]
    fn answers_combine_run_by_run() {
        let evens = Mask::from_fn(|lane| lane % 2 == 0);
        for lane in 0..LANES {
            let (third, even) = (lane % 3 == 0, lane % 2 == 0);
            assert_eq!((thirds() & evens).lane(lane), third && even);
            assert_eq!((thirds() | evens).lane(lane), third || even);
            assert_eq!((!evens).lane(lane), !even);
        }
    }

    #[test]
    fn any_and_all_ask_every_run() {
        let last_only = Mask::from_fn(|lane| lane == LANES - 1);
        assert!(last_only.any() && !last_only.all());
        assert!(Mask::all_of(true).all());
        assert!(!Mask::all_of(false).any());
    }

    #[test]
    fn yes_counts_one_and_no_counts_nothing() {
        let count: f64 = thirds().number().to_array().iter().sum();
        assert!((count - 6.0).abs() < f64::EPSILON);
    }
}
