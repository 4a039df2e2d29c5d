//! How unequally something is spread.

/// The Gini coefficient: 0 when all have the same, towards 1 when one has all.
///
/// Each value is an amount per head (or per unit of size), each weight the number of heads that
/// have it; with equal weights it is the plain coefficient Σ (2i − n − 1) xᵢ / (n Σ xᵢ) over
/// ascending values, which is at most 1 − 1/n. When all values are zero all are equal, and it is 0.
///
/// `None` where it has no meaning: with a negative value (a mean near zero would let it grow
/// without bound; use [`half_mean_difference`] in a unit of your own), a value or weight that is
/// not finite, a negative weight, no weight at all, or unlike numbers of values and weights.
pub fn gini(values: &[f64], weights: &[f64]) -> Option<f64> {
    gini_of(&mut pairs(values, weights)?)
}

/// The same of pairs of a value and its weight, which are sorted here: it allocates nothing, and their order changes no bit of it.
pub fn gini_of(pairs: &mut [(f64, f64)]) -> Option<f64> {
    let difference = half_difference_of(pairs)?;
    if pairs.iter().any(|(value, _)| *value < 0.0) {
        return None;
    }
    let total: f64 = pairs.iter().map(|(_, weight)| weight).sum();
    let mean = pairs.iter().map(|(value, weight)| value * weight).sum::<f64>() / total;
    Some(if mean > 0.0 { difference / mean } else { 0.0 })
}

/// Half the mean absolute difference between two heads drawn at random, in the unit of the values.
///
/// It is the Gini coefficient times the mean, and has a meaning for values below zero, such as
/// margins: divided by the mean income it compares with a Gini coefficient. `None` as for [`gini`],
/// but for negative values.
pub fn half_mean_difference(values: &[f64], weights: &[f64]) -> Option<f64> {
    half_difference_of(&mut pairs(values, weights)?)
}

/// Each value with its weight.
fn pairs(values: &[f64], weights: &[f64]) -> Option<Vec<(f64, f64)>> {
    (values.len() == weights.len()).then(|| values.iter().copied().zip(weights.iter().copied()).collect())
}

fn half_difference_of(pairs: &mut [(f64, f64)]) -> Option<f64> {
    if pairs.iter().any(|(value, weight)| !value.is_finite() || !weight.is_finite() || *weight < 0.0) {
        return None;
    }
    pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));

    // Σ over pairs of wᵢ wⱼ (xⱼ − xᵢ), for ascending x: each gap between neighbours is crossed by
    // every pair of a head below and a head above it.
    let total: f64 = pairs.iter().map(|pair| pair.1).sum();
    if total <= 0.0 {
        return None;
    }
    let mut below = 0.0;
    let mut sum = 0.0;
    for neighbours in pairs.windows(2) {
        if let [(low, weight), (high, _)] = neighbours {
            below += weight;
            sum += (high - low) * (below / total) * (1.0 - below / total);
        }
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLERANCE: f64 = 1e-12;

    fn plain(values: &[f64]) -> Option<f64> {
        gini(values, &vec![1.0; values.len()])
    }

    /// 1, 2, 3, 4: Σ (2i − 5) xᵢ = −3 − 2 + 3 + 12 = 10, over 4 · 10.
    #[test]
    fn one_to_four_have_a_coefficient_of_a_quarter() {
        assert!((plain(&[3.0, 1.0, 4.0, 2.0]).unwrap() - 0.25).abs() < TOLERANCE);
    }

    #[test]
    fn equal_values_have_none_and_one_who_has_all_the_most() {
        assert_eq!(plain(&[2.0, 2.0, 2.0]), Some(0.0));
        assert_eq!(plain(&[0.0, 0.0]), Some(0.0));
        assert!((plain(&[0.0, 0.0, 0.0, 9.0]).unwrap() - 0.75).abs() < TOLERANCE);
    }

    #[test]
    fn a_weight_of_two_is_two_heads() {
        let weighted = gini(&[1.0, 5.0], &[2.0, 1.0]).unwrap();
        assert!((weighted - plain(&[1.0, 1.0, 5.0]).unwrap()).abs() < TOLERANCE);
    }

    #[test]
    fn the_order_of_heads_does_not_matter() {
        let forth = gini(&[0.3, 0.1, 0.3, 0.7], &[1.0, 2.0, 0.1, 0.7]);
        let back = gini(&[0.3, 0.7, 0.1, 0.3], &[0.1, 0.7, 2.0, 1.0]);
        assert_eq!(forth.unwrap().to_bits(), back.unwrap().to_bits());
    }

    /// −1 and 3: two heads drawn with replacement differ by 4 half of the time, so the mean is 2
    /// and its half 1.
    #[test]
    fn values_below_zero_have_a_difference_but_no_coefficient() {
        assert_eq!(half_mean_difference(&[3.0, -1.0], &[1.0, 1.0]), Some(1.0));
        assert_eq!(plain(&[3.0, -1.0]), None);
    }

    #[test]
    fn what_has_no_meaning_has_no_coefficient() {
        assert_eq!(plain(&[]), None);
        assert_eq!(plain(&[1.0, f64::NAN]), None);
        assert_eq!(gini(&[1.0, 2.0], &[1.0]), None);
        assert_eq!(gini(&[1.0, 2.0], &[1.0, -0.5]), None);
        assert_eq!(gini(&[1.0, 2.0], &[0.0, 0.0]), None);
    }
}
