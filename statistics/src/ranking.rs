//! Who ranks first, and how sure that is: figures of rivals reckoned again from resampled cases (Efron's bootstrap).

use super::interval::{Interval, upper_probability};
use super::summary::quantile;
use super::uniform::Uniform;

/// How rivals stand by one figure of which more is better.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// Of each rival the share of resamples in which it ranks first. Those that share the first place share the resample.
    pub first: Vec<f64>,
    /// For each rival and each other the share of resamples in which it is ahead; one half of those in which they are level. A
    /// rival is level with itself.
    pub ahead: Vec<Vec<f64>>,
}

/// For each resample how often each of so many cases is drawn; cases that belong together, such as those of one point of a
/// design, must be one case here.
pub fn resamples(cases: usize, count: usize, seed: u64) -> Vec<Vec<u32>> {
    let mut uniform = Uniform::new(seed);
    let draw = |_| {
        let mut drawn = vec![0; cases];
        (0..cases).for_each(|_| drawn[uniform.below(cases)] += 1);
        drawn
    };
    (0..count).map(draw).collect()
}

/// How rivals stand, from the figure of each in each resample; `None` without resamples or where a figure is NaN.
pub fn ranking(figures: &[Vec<f64>]) -> Option<Ranking> {
    let rivals = figures.first()?.len();
    if figures.iter().any(|row| row.len() != rivals || row.iter().any(|figure| figure.is_nan())) {
        return None;
    }
    let part = 1.0 / figures.len() as f64;
    let (mut first, mut ahead) = (vec![0.0; rivals], vec![vec![0.0; rivals]; rivals]);
    for row in figures {
        let best = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let leaders: Vec<usize> = (0..rivals).filter(|rival| row[*rival] >= best).collect();
        for rival in &leaders {
            first[*rival] += part / leaders.len() as f64;
        }
        for (one, counts) in ahead.iter_mut().enumerate() {
            for (other, count) in counts.iter_mut().enumerate() {
                *count += match row[one].total_cmp(&row[other]) {
                    std::cmp::Ordering::Greater => part,
                    std::cmp::Ordering::Equal => part / 2.0,
                    std::cmp::Ordering::Less => 0.0,
                };
            }
        }
    }
    Some(Ranking { first, ahead })
}

/// The percentile interval of one rival's figure at a confidence `level` such as 0.95; `None` without resamples.
pub fn percentile_interval(figures: impl Iterator<Item = f64>, level: f64) -> Option<Interval> {
    let mut sorted: Vec<f64> = figures.collect();
    sorted.sort_by(f64::total_cmp);
    let upper = upper_probability(level);
    (!sorted.is_empty()).then(|| Interval { low: quantile(&sorted, 1.0 - upper), high: quantile(&sorted, upper) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLERANCE: f64 = 1e-12;

    fn close(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < TOLERANCE), "{found:?} for {expected:?}");
    }

    /// Three rivals in four resamples: the first leads in two, shares the lead in one; the second leads in one.
    #[test]
    fn shares_of_first_places_and_of_pairs_are_those_counted_by_hand() {
        let figures = [[3.0, 1.0, 2.0], [3.0, 2.0, 1.0], [2.0, 2.0, 1.0], [1.0, 3.0, 1.0]].map(|row| row.to_vec());
        let found = ranking(&figures).unwrap();
        close(&found.first, &[0.625, 0.375, 0.0]);
        close(&found.ahead[0], &[0.5, 0.625, 0.875]);
        close(&found.ahead[1], &[0.375, 0.5, 0.75]);
        close(&found.ahead[2], &[0.125, 0.25, 0.5]);
    }

    #[test]
    fn every_resample_draws_as_many_cases_as_there_are() {
        let drawn = resamples(7, 30, 1);
        assert!(drawn.iter().all(|row| row.iter().sum::<u32>() == 7));
        assert_eq!(drawn, resamples(7, 30, 1));
        assert_ne!(drawn, resamples(7, 30, 2));
    }

    #[test]
    fn nothing_has_no_ranking() {
        assert_eq!(ranking(&[]), None);
        assert_eq!(ranking(&[vec![1.0, f64::NAN]]), None);
        assert_eq!(percentile_interval(std::iter::empty(), 0.95), None);
    }
}
