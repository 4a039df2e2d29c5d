//! How bad the worst is.

/// The mean of the worst `share` of some values, where low is bad: what is also called conditional value at risk or expected
/// shortfall (Rockafellar & Uryasev 2000, *Optimization of conditional value-at-risk*, Journal of Risk 2).
///
/// Each value counts as often as `weights` says. Where the share ends within a value, that value counts in part, so that the
/// result moves smoothly with the share. `None` without weight, for lists of different length, a share outside 0 to 1 (0 not
/// included) and a value that is not finite.
pub fn worst_mean(values: &[f64], weights: &[u32], share: f64) -> Option<f64> {
    let total: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
    let usable = values.len() == weights.len() && values.iter().all(|value| value.is_finite());
    if !usable || total == 0 || !(share > 0.0 && share <= 1.0) {
        return None;
    }
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let wanted = share * total as f64;
    let (mut left, mut sum) = (wanted, 0.0);
    for position in order {
        let taken = f64::from(weights[position]).min(left);
        sum += taken * values[position];
        left -= taken;
        if left <= 0.0 {
            break;
        }
    }
    Some(sum / wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLERANCE: f64 = 1e-12;

    fn worst(values: &[f64], share: f64) -> f64 {
        worst_mean(values, &vec![1; values.len()], share).unwrap()
    }

    /// Of 1 to 10 the worst fifth is 1 and 2; the worst quarter 1, 2 and half of 3, so (1 + 2 + 1.5) / 2.5.
    #[test]
    fn the_worst_part_is_that_counted_by_hand() {
        let values: Vec<f64> = (1..=10).rev().map(f64::from).collect();
        assert!((worst(&values, 0.2) - 1.5).abs() < TOLERANCE);
        assert!((worst(&values, 0.25) - 1.8).abs() < TOLERANCE);
        assert!((worst(&values, 0.05) - 1.0).abs() < TOLERANCE);
        assert!((worst(&values, 1.0) - 5.5).abs() < TOLERANCE);
    }

    #[test]
    fn a_weight_of_two_is_the_value_twice() {
        let found = worst_mean(&[3.0, 1.0, 9.0], &[1, 2, 0], 0.9).unwrap();
        assert!((found - worst(&[1.0, 1.0, 3.0], 0.9)).abs() < TOLERANCE);
    }

    #[test]
    fn nothing_has_no_worst_part() {
        assert_eq!(worst_mean(&[], &[], 0.5), None);
        assert_eq!(worst_mean(&[1.0], &[0], 0.5), None);
        assert_eq!(worst_mean(&[f64::NAN], &[1], 0.5), None);
        assert_eq!(worst_mean(&[1.0], &[1], 0.0), None);
    }
}
