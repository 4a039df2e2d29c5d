//! Figures of a list of numbers that is held as a whole.

/// The arithmetic mean; NaN of nothing.
pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The standard deviation with n − 1 below the line; 0 of fewer than two.
pub(super) fn sample_deviation(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    sample_variance(values).sqrt()
}

/// The variance with n − 1 below the line; NaN of fewer than two.
pub(super) fn sample_variance(values: &[f64]) -> f64 {
    let centre = mean(values);
    let squares: f64 = values.iter().map(|value| (value - centre) * (value - centre)).sum();
    squares / (values.len() as f64 - 1.0)
}

/// The value below which a share of `probability` of ascending `values` lies, as R's type 7; NaN of nothing.
pub fn quantile(values: &[f64], probability: f64) -> f64 {
    let Some(last) = values.len().checked_sub(1) else { return f64::NAN };
    let position = probability.clamp(0.0, 1.0) * last as f64;
    let below = position as usize;
    let above = (below + 1).min(last);
    values[below] + (position - below as f64) * (values[above] - values[below])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean 5, squared deviations 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, so variance 32/7.
    #[test]
    fn figures_are_those_reckoned_by_hand() {
        let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        assert!((mean(&values) - 5.0).abs() < 1e-15);
        assert!((sample_variance(&values) - 32.0 / 7.0).abs() < 1e-15);
        assert!((quantile(&values, 0.25) - 4.0).abs() < 1e-15);
        assert!((quantile(&values, 0.9) - 7.6).abs() < 1e-12);
    }
}
