//! Boxes a little smaller and a little larger than a box.

use super::{Cases, Column, Interval, Limits, Region};

/// A candidate for each end of every range of numbers, upper ends first, and for each category given up.
pub(super) fn peels(cases: &Cases, region: &Region) -> Vec<Region> {
    let mut found = Vec::new();
    for (dimension, column) in cases.columns.iter().enumerate() {
        let with = |limits: Limits| {
            let keeps = |case: &&usize| limits.hold(column, **case);
            let inside = region.inside.iter().filter(keeps).copied().collect();
            Region { limits: replaced(&region.limits, dimension, limits), inside }
        };
        match (column, &region.limits[dimension]) {
            (Column::Numbers(numbers), Limits::Between(Interval { low, high })) => {
                let inside = region.inside.iter().map(|case| numbers[*case]);
                let ends = inside.collect::<Vec<f64>>();
                let upper = apart(ends.clone(), 1.0 - cases.patience.peel).unwrap_or(*high);
                let lower = apart(ends, cases.patience.peel).unwrap_or(*low);
                found.push(with(Limits::Between(Interval { low: *low, high: upper })));
                found.push(with(Limits::Between(Interval { low: lower, high: *high })));
            }
            (Column::Categories(_), Limits::Among(among)) if among.len() > 1 => {
                for given_up in among {
                    let left = among.iter().copied().filter(|category| category != given_up).collect();
                    found.push(with(Limits::Among(left)));
                }
            }
            _ => {}
        }
    }
    found
}

/// A candidate for each end of every limited range of numbers, lower ends first, and for each category outside.
pub(super) fn pastes(cases: &Cases, region: &Region) -> Vec<Region> {
    let mut found = Vec::new();
    for (dimension, (column, whole)) in cases.columns.iter().zip(&cases.whole).enumerate() {
        let mut with = |limits: Limits| {
            let limits = replaced(&region.limits, dimension, limits);
            found.push(Region { inside: cases.within(&limits), limits });
        };
        match (column, &region.limits[dimension], whole) {
            _ if region.limits[dimension] == *whole => {}
            (Column::Numbers(numbers), Limits::Between(own), Limits::Between(all)) => {
                let beside = |low: f64, high: f64| {
                    let limits = replaced(&region.limits, dimension, Limits::Between(Interval { low, high }));
                    cases.within(&limits).into_iter().map(|case| numbers[case]).collect::<Vec<f64>>()
                };
                let lower = apart(beside(all.low, own.low), 1.0 - cases.patience.paste).unwrap_or(all.low);
                let upper = apart(beside(own.high, all.high), cases.patience.paste).unwrap_or(all.high);
                with(Limits::Between(Interval { low: lower, high: own.high }));
                with(Limits::Between(Interval { low: own.low, high: upper }));
            }
            (Column::Categories(_), Limits::Among(among), Limits::Among(all)) => {
                for added in all.iter().filter(|category| !among.contains(category)) {
                    let mut more = among.clone();
                    more.push(*added);
                    more.sort_unstable();
                    with(Limits::Among(more));
                }
            }
            _ => {}
        }
    }
    found
}

fn replaced(limits: &[Limits], dimension: usize, by: Limits) -> Vec<Limits> {
    let mut limits = limits.to_vec();
    limits[dimension] = by;
    limits
}

/// A place between two different numbers with about `share` of the numbers below: half-way between the neighbours there, or
/// where these are equal, between the whole lot of equal ones and the next further in, for shares above one half further down.
/// Numbers that are all equal have no place between; then it is theirs. `None` of no number.
fn apart(mut numbers: Vec<f64>, share: f64) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    let last = numbers.len().checked_sub(1)?;
    let position = last as f64 * share;
    let (mut below, mut above) = (position.floor() as usize, position.ceil() as usize);
    let same = |below: usize, above: usize| numbers[below].total_cmp(&numbers[above]).is_eq();
    if share > 0.5 {
        while same(below, above) && below > 0 {
            below -= 1;
        }
    } else {
        while same(below, above) && above < last {
            above += 1;
        }
    }
    Some(f64::midpoint(numbers[below], numbers[above]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_half_way_between_neighbours_and_never_within_equal_numbers() {
        let close = |numbers: &[f64], share: f64, place: f64| {
            let found = apart(numbers.to_vec(), share).unwrap();
            assert!((found - place).abs() < 1e-15, "{found} for {place}");
        };
        close(&[3.0, 1.0, 2.0, 4.0], 0.05, 1.5);
        close(&[3.0, 1.0, 2.0, 4.0], 0.95, 3.5);
        close(&[1.0, 1.0, 1.0, 2.0], 0.05, 1.5);
        close(&[1.0, 2.0, 2.0, 2.0], 0.95, 1.5);
        close(&[7.0, 7.0], 0.05, 7.0);
        assert_eq!(apart(Vec::new(), 0.05), None);
    }
}
