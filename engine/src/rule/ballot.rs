//! Counting votes: pure functions of weights and preferences.

/// The value at which half of the weight lies on either side: the median voter's (Black 1948). Zero weights do not count;
/// `ballots` are (value, weight) and are sorted here.
pub(crate) fn weighted_median(ballots: &mut [(f64, f64)]) -> f64 {
    ballots.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let total: f64 = ballots.iter().map(|ballot| ballot.1).sum();
    let mut below = 0.0;
    for (value, weight) in ballots.iter() {
        below += weight;
        if below >= total * 0.5 {
            return *value;
        }
    }
    ballots.last().map_or(0.0, |ballot| ballot.0)
}

/// The position of the highest value; of equal ones the first.
pub(crate) fn favourite(values: impl Iterator<Item = f64>) -> usize {
    let mut best = (0, f64::MIN);
    for (index, value) in values.enumerate() {
        if value > best.1 {
            best = (index, value);
        }
    }
    best.0
}

/// Share of the weight for which `proposed` is at least as good as `present`. Ballots are (proposed, present, weight).
pub(crate) fn support(ballots: impl Iterator<Item = (f64, f64, f64)>) -> f64 {
    let (mut yes, mut all) = (0.0, 0.0);
    for (proposed, present, weight) in ballots {
        all += weight;
        if proposed >= present {
            yes += weight;
        }
    }
    if all > 0.0 { yes / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "positions and averages of round numbers are exact")]

    use super::*;

    #[test]
    fn the_median_voter_decides_by_weight() {
        assert_eq!(weighted_median(&mut [(3.0, 1.0), (1.0, 1.0), (2.0, 1.0)]), 2.0);
        assert_eq!(weighted_median(&mut [(3.0, 5.0), (1.0, 1.0), (2.0, 1.0)]), 3.0);
    }

    #[test]
    fn support_counts_the_weight_of_those_who_do_not_lose() {
        let ballots = [(2.0, 1.0, 1.0), (1.0, 2.0, 3.0), (1.0, 1.0, 1.0)];
        assert!((support(ballots.into_iter()) - 0.4).abs() < 1e-12);
    }

    #[test]
    fn of_equal_favourites_the_first_is_taken() {
        assert_eq!(favourite([1.0, 4.0, 4.0].into_iter()), 1);
    }
}
