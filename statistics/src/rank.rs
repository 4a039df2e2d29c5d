//! How steadily one number rises or falls with another.

/// Spearman's rank correlation: 1 where one list rises with the other all along, −1 where it falls. Equal numbers share their
/// middle rank.
///
/// `None` for lists of different length, fewer than two pairs, a number that is NaN, or a list in which nothing differs.
pub fn rank_correlation(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() || x.len() < 2 || x.iter().chain(y).any(|value| value.is_nan()) {
        return None;
    }
    let (x, y) = (ranks(x), ranks(y));
    let middle = (x.len() - 1) as f64 / 2.0;
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(&y) {
        let (x, y) = (x - middle, y - middle);
        xx += x * x;
        yy += y * y;
        xy += x * y;
    }
    (xx > 0.0 && yy > 0.0).then(|| xy / (xx * yy).sqrt())
}

/// The rank of each value, from 0.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut rank = 0;
    for ties in order.chunk_by(|a, b| values[*a].total_cmp(&values[*b]).is_eq()) {
        let middle = rank as f64 + (ties.len() - 1) as f64 / 2.0;
        for position in ties {
            ranks[*position] = middle;
        }
        rank += ties.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ranks 0 1 2 3 against 0 2 1 3: 1 − 6 · 2 / (4 · 15) = 0.8.
    #[test]
    fn the_correlation_is_that_of_the_ranks() {
        let found = rank_correlation(&[1.0, 10.0, 100.0, 1000.0], &[-5.0, 2.0, 1.0, 9.0]).unwrap();
        assert!((found - 0.8).abs() < 1e-12, "{found}");
    }

    #[test]
    fn equal_numbers_share_a_rank_and_a_constant_has_no_correlation() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0]), [1.5, 0.0, 1.5]);
        assert_eq!(rank_correlation(&[1.0, 2.0], &[4.0, 4.0]), None);
        assert_eq!(rank_correlation(&[1.0, f64::NAN], &[4.0, 5.0]), None);
    }
}
