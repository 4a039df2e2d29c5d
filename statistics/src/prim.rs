//! Patient rule induction (PRIM): the box of inputs in which cases of interest are densest.
//!
//! Friedman & Fisher 1999, *Bump hunting in high-dimensional data*, Statistics and Computing 9: from the box of all cases a
//! small part is peeled off, again and again, where that raises the density of cases of interest most; then parts are pasted
//! back where that raises it further. Every box on the way is kept: early ones cover many cases of interest, late ones are
//! dense, and which to take is for people to say. Coverage, density and quasi-p-values are those of Bryant & Lempert 2010,
//! *Thinking inside the box*, Technological Forecasting and Social Change 77.
//!
//! A peel is judged by the gain in density over the number of cases given up, and limits lie half-way between cases, both as
//! in the EMA Workbench (Kwakkel 2017), whose boxes these are on the same cases.

mod candidates;
mod significance;

use super::interval::Interval;
use candidates::{pastes, peels};

/// What is known of every case along one dimension.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// A number for each case.
    Numbers(Vec<f64>),
    /// A category for each case, counted from 0.
    Categories(Vec<usize>),
}

/// What a box admits along one dimension.
#[derive(Clone, Debug, PartialEq)]
pub enum Limits {
    /// Numbers between these ends or on them.
    Between(Interval),
    /// These categories, ascending.
    Among(Vec<usize>),
}

/// How patiently boxes are made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patience {
    /// Share of the cases in a box that a peel takes off along numbers, above 0 and below one half.
    pub peel: f64,
    /// Share of the cases beside a box that a paste adds, likewise.
    pub paste: f64,
    /// Share of all cases that a box keeps at least.
    pub least_mass: f64,
}

impl Default for Patience {
    /// A twentieth each, as is usual.
    fn default() -> Self {
        Self { peel: 0.05, paste: 0.05, least_mass: 0.05 }
    }
}

/// A box.
#[derive(Clone, Debug, PartialEq)]
pub struct PrimBox {
    /// One a dimension, in the order of the columns.
    pub limits: Vec<Limits>,
    /// Whether a dimension is limited at all.
    pub restricted: Vec<bool>,
    /// Cases in the box.
    pub cases: usize,
    /// Cases of interest in it.
    pub of_interest: usize,
    /// Share of all cases of interest that are in the box.
    pub coverage: f64,
    /// Share of the cases in the box that are of interest.
    pub density: f64,
    /// Share of all cases that are in the box.
    pub mass: f64,
    /// One a dimension: how likely so many cases of interest would be in the box by chance if the density were that of the box
    /// without its lower and without its upper limit; of categories only the first. `None` where there is no such limit.
    pub quasi_p: Vec<[Option<f64>; 2]>,
}

/// The boxes from the first, which holds all cases, to the last, the densest.
///
/// Of peels that do as well the one that limits fewer dimensions is taken, then the earlier column, upper ends first. `None`
/// without columns or cases, for columns of different length or with a number that is not finite, and where no case is of
/// interest or all are.
pub fn prim(columns: &[Column], interest: &[bool], patience: Patience) -> Option<Vec<PrimBox>> {
    let total = interest.iter().filter(|interest| **interest).count();
    if columns.is_empty()
        || total == 0
        || total == interest.len()
        || !columns.iter().all(|column| fits(column, interest))
    {
        return None;
    }
    let cases = Cases { columns, interest, total, whole: columns.iter().map(whole).collect(), patience };
    let mut region = Region { limits: cases.whole.clone(), inside: (0..interest.len()).collect() };
    let mut boxes = vec![cases.described(&region)];
    for (candidates, grows) in [(peels as Candidates, false), (pastes as Candidates, true)] {
        while let Some(next) = cases.best(&region, candidates(&cases, &region), grows) {
            region = next;
            boxes.push(cases.described(&region));
        }
    }
    Some(boxes)
}

/// The box that tells cases of interest from others best: that whose share of all cases of interest is furthest ahead of its
/// share of all other cases (Youden 1950, *Index for rating diagnostic tests*), the earliest of several.
///
/// Unlike a mean of coverage and density this does not choose ever wider boxes where most cases are of interest.
pub fn telling(boxes: &[PrimBox]) -> Option<&PrimBox> {
    let whole = boxes.first()?;
    let others = (whole.cases - whole.of_interest) as f64;
    let lead = |found: &PrimBox| found.coverage - (found.cases - found.of_interest) as f64 / others.max(1.0);
    boxes.iter().rev().max_by(|a, b| lead(a).total_cmp(&lead(b)))
}

type Candidates = fn(&Cases, &Region) -> Vec<Region>;

fn fits(column: &Column, interest: &[bool]) -> bool {
    match column {
        Column::Numbers(numbers) => numbers.len() == interest.len() && numbers.iter().all(|number| number.is_finite()),
        Column::Categories(categories) => categories.len() == interest.len(),
    }
}

/// The limits that hold all cases.
fn whole(column: &Column) -> Limits {
    match column {
        Column::Numbers(numbers) => Limits::Between(Interval {
            low: numbers.iter().copied().fold(f64::INFINITY, f64::min),
            high: numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        }),
        Column::Categories(categories) => {
            let mut all = categories.clone();
            all.sort_unstable();
            all.dedup();
            Limits::Among(all)
        }
    }
}

/// All cases.
struct Cases<'a> {
    columns: &'a [Column],
    interest: &'a [bool],
    /// Cases of interest.
    total: usize,
    /// Limits that hold all of them.
    whole: Vec<Limits>,
    patience: Patience,
}

/// A box with the cases in it, ascending.
#[derive(Clone)]
struct Region {
    limits: Vec<Limits>,
    inside: Vec<usize>,
}

impl Cases<'_> {
    /// The candidate that gains most density for each case given up or taken in, if it is an improvement.
    fn best(&self, region: &Region, candidates: Vec<Region>, grows: bool) -> Option<Region> {
        let before = self.density(&region.inside);
        let mut best: Option<(f64, usize, Region)> = None;
        for candidate in candidates {
            let change = candidate.inside.len().abs_diff(region.inside.len());
            let gain = self.density(&candidate.inside) - before;
            let gain = if change > 0 { gain / change as f64 } else { 0.0 };
            let free = self.restricted(&candidate.limits).iter().filter(|restricted| !**restricted).count();
            if best.as_ref().is_none_or(|(most, freest, _)| gain > *most || gain >= *most && free > *freest) {
                best = Some((gain, free, candidate));
            }
        }
        let (gain, _, next) = best?;
        let changes =
            if grows { next.inside.len() > region.inside.len() } else { next.inside.len() < region.inside.len() };
        let mass = next.inside.len() as f64 / self.interest.len() as f64;
        (gain > 0.0 && changes && mass >= self.patience.least_mass).then_some(next)
    }

    /// Share of these cases that are of interest; 0 of none.
    fn density(&self, cases: &[usize]) -> f64 {
        if cases.is_empty() { 0.0 } else { self.count(cases) as f64 / cases.len() as f64 }
    }

    fn count(&self, cases: &[usize]) -> usize {
        cases.iter().filter(|case| self.interest[**case]).count()
    }

    fn restricted(&self, limits: &[Limits]) -> Vec<bool> {
        limits.iter().zip(&self.whole).map(|(limits, whole)| limits != whole).collect()
    }

    /// The cases within limits.
    fn within(&self, limits: &[Limits]) -> Vec<usize> {
        let restricted = self.restricted(limits);
        let held = |case: &usize| {
            let dimensions = self.columns.iter().zip(limits).zip(&restricted);
            dimensions.filter(|(_, restricted)| **restricted).all(|((column, limits), _)| limits.hold(column, *case))
        };
        (0..self.interest.len()).filter(held).collect()
    }

    fn described(&self, region: &Region) -> PrimBox {
        let (cases, of_interest) = (region.inside.len(), self.count(&region.inside));
        PrimBox {
            limits: region.limits.clone(),
            restricted: self.restricted(&region.limits),
            cases,
            of_interest,
            coverage: of_interest as f64 / self.total as f64,
            density: self.density(&region.inside),
            mass: cases as f64 / self.interest.len() as f64,
            quasi_p: significance::quasi_p(self, region),
        }
    }
}

impl Limits {
    /// Whether a case is within these limits along its column.
    fn hold(&self, column: &Column, case: usize) -> bool {
        match (self, column) {
            (Self::Between(interval), Column::Numbers(numbers)) => interval.contains(numbers[case]),
            (Self::Among(among), Column::Categories(categories)) => among.contains(&categories[case]),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers from 0 to 99; those from 60 to 79 are of interest.
    fn band() -> (Vec<Column>, Vec<bool>) {
        let numbers: Vec<f64> = (0..100).map(f64::from).collect();
        let interest = (0..100).map(|number| (60..80).contains(&number)).collect();
        (vec![Column::Numbers(numbers)], interest)
    }

    #[test]
    fn a_band_is_found_up_to_the_width_of_a_peel() {
        let (columns, interest) = band();
        let boxes = prim(&columns, &interest, Patience::default()).unwrap();
        let found = telling(&boxes).unwrap();
        let Limits::Between(interval) = &found.limits[0] else { panic!("{found:?}") };
        // At the end a twentieth of some twenty cases is one or two.
        assert!((58.0..=62.0).contains(&interval.low) && (77.0..=81.0).contains(&interval.high), "{interval:?}");
        assert!(found.coverage >= 0.9 && found.density >= 0.9, "{found:?}");
        assert!(boxes.windows(2).all(|pair| pair[1].density > pair[0].density));
    }

    /// Of four categories with 10 cases each the second and the last are of interest: one peel takes the first away, one the
    /// third.
    #[test]
    fn categories_are_peeled_one_by_one() {
        let categories: Vec<usize> = (0..40).map(|case| case / 10).collect();
        let interest: Vec<bool> = categories.iter().map(|category| [1, 3].contains(category)).collect();
        let boxes = prim(&[Column::Categories(categories)], &interest, Patience::default()).unwrap();
        let last = boxes.last().unwrap();
        assert_eq!(boxes.len(), 3);
        assert_eq!(last.limits, [Limits::Among(vec![1, 3])]);
        assert!((last.coverage - 1.0).abs() < 1e-15 && (last.density - 1.0).abs() < 1e-15);
    }

    #[test]
    fn a_dimension_that_does_not_matter_stays_free() {
        let (mut columns, interest) = band();
        columns.push(Column::Numbers((0..100).map(|case| f64::from(case * 37 % 100)).collect()));
        let boxes = prim(&columns, &interest, Patience::default()).unwrap();
        assert_eq!(telling(&boxes).unwrap().restricted, [true, false]);
    }

    #[test]
    fn there_is_no_box_of_nothing_of_everything_and_of_what_is_no_number() {
        let (columns, interest) = band();
        for case in [vec![false; 100], vec![true; 100], vec![true; 99]] {
            assert_eq!(prim(&columns, &case, Patience::default()), None);
        }
        let broken = [Column::Numbers(vec![f64::NAN; 100])];
        assert_eq!(prim(&broken, &interest, Patience::default()), None);
        assert_eq!(prim(&[], &interest, Patience::default()), None);
    }
}
