//! Quantiles of the normal, Student's t and the binomial distribution.
//!
//! Own code, because a result must have the same bits on every platform: of the elementary
//! functions only those of `libm` are used, where the crates for statistics call those of the
//! platform.

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_2_PI, FRAC_PI_2, PI};

/// The number below which a standard normal variable falls with `probability`.
///
/// Hastings' approximation (Abramowitz & Stegun 1964, 26.2.23) made exact by two of Halley's steps:
/// the relative error is below 10⁻¹². Infinite at 0 and 1, NaN outside.
pub fn normal_quantile(probability: f64) -> f64 {
    if !(0.0..=1.0).contains(&probability) {
        return f64::NAN;
    }
    if probability > 0.5 {
        return -lower_normal_quantile(1.0 - probability);
    }
    lower_normal_quantile(probability)
}

/// The normal quantile for a `probability` from 0 to a half.
fn lower_normal_quantile(probability: f64) -> f64 {
    if probability <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let root = (-2.0 * libm::log(probability)).sqrt();
    let above = 2.515_517 + root * (0.802_853 + root * 0.010_328);
    let below = 1.0 + root * (1.432_788 + root * (0.189_269 + root * 0.001_308));
    let mut quantile = above / below - root;
    for _ in 0..2 {
        let excess = 0.5 * libm::erfc(-quantile * FRAC_1_SQRT_2) - probability;
        let density = libm::exp(-0.5 * quantile * quantile) / (2.0 * PI).sqrt();
        let newton = excess / density;
        quantile -= newton / (1.0 + 0.5 * quantile * newton);
    }
    quantile
}

/// Degrees of freedom up to which Student's t is computed exactly; beyond, the error of the
/// expansion in their inverse powers is below 10⁻⁹ for levels up to 99.9%.
const EXACT_FREEDOM: u64 = 200;

/// The number below which Student's t with `freedom` degrees of freedom falls with `probability`.
///
/// Up to 200 degrees the finite series of the distribution function (Abramowitz & Stegun 1964,
/// 26.7.3 and 26.7.4) solved by bisection; beyond, the expansion about the normal quantile
/// (26.7.5). Infinite at 0 and 1, NaN outside and without any freedom.
pub fn student_t_quantile(probability: f64, freedom: u64) -> f64 {
    if freedom == 0 || !(0.0..=1.0).contains(&probability) {
        return f64::NAN;
    }
    if probability <= 0.0 || probability >= 1.0 || freedom > EXACT_FREEDOM {
        return expanded_t_quantile(normal_quantile(probability), freedom);
    }
    let within = (2.0 * probability - 1.0).abs();
    let (mut low, mut high) = (0.0, FRAC_PI_2);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if central_t_probability(middle, freedom) < within {
            low = middle;
        } else {
            high = middle;
        }
    }
    let size = (freedom as f64).sqrt() * libm::tan(0.5 * (low + high));
    if probability < 0.5 { -size } else { size }
}

/// The probability that Student's t lies within ±√`freedom` · tan(`angle`).
fn central_t_probability(angle: f64, freedom: u64) -> f64 {
    let (sine, cosine) = (libm::sin(angle), libm::cos(angle));
    let odd = freedom % 2 == 1;
    let mut term = if odd { cosine } else { 1.0 };
    let mut sum = 0.0;
    let mut power = u64::from(odd);
    // The terms are in cos, cos³, ... or 1, cos², ..., up to cos to the power of freedom − 2.
    while power + 2 <= freedom {
        sum += term;
        term *= cosine * cosine * (power + 1) as f64 / (power + 2) as f64;
        power += 2;
    }
    if odd { FRAC_2_PI * (angle + sine * sum) } else { sine * sum }
}

/// Student's t quantile from the normal quantile `z` of the same probability, for many degrees of
/// freedom.
fn expanded_t_quantile(z: f64, freedom: u64) -> f64 {
    if z.is_infinite() {
        return z;
    }
    let square = z * z;
    let first = z * (square + 1.0) / 4.0;
    let second = z * ((5.0 * square + 16.0) * square + 3.0) / 96.0;
    let third = z * (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0;
    let fourth = z * ((((79.0 * square + 776.0) * square + 1482.0) * square - 1920.0) * square - 945.0) / 92_160.0;
    let inverse = 1.0 / freedom as f64;
    z + inverse * (first + inverse * (second + inverse * (third + inverse * fourth)))
}

/// The smallest number of successes in `trials` that is not exceeded with at least `probability`,
/// when each trial succeeds with the chance `success`.
///
/// The weights of the distribution are summed outwards from its mode as far as a double precision
/// number sees them, so the work grows with the square root of `trials`.
pub fn binomial_quantile(probability: f64, trials: u64, success: f64) -> u64 {
    if success.is_nan() || success <= 0.0 || probability <= 0.0 {
        return 0;
    }
    if success >= 1.0 || probability >= 1.0 {
        return trials;
    }
    let odds = success / (1.0 - success);
    let mode = (((trials as f64 + 1.0) * success) as u64).min(trials);

    // Downwards from the mode, whose weight is 1; then turned round to run upwards.
    let mut weights = vec![1.0];
    let (mut first, mut weight) = (mode, 1.0);
    while first > 0 && weight > NEGLIGIBLE {
        weight *= first as f64 / ((trials - first + 1) as f64 * odds);
        weights.push(weight);
        first -= 1;
    }
    weights.reverse();
    let (mut last, mut weight) = (mode, 1.0);
    while last < trials && weight > NEGLIGIBLE {
        weight *= (trials - last) as f64 * odds / (last + 1) as f64;
        weights.push(weight);
        last += 1;
    }

    let target = probability * weights.iter().sum::<f64>();
    let mut below = 0.0;
    for (successes, weight) in (first..).zip(&weights) {
        below += weight;
        if below >= target {
            return successes;
        }
    }
    last
}

/// A weight, against 1 at the mode, that no longer counts.
const NEGLIGIBLE: f64 = 1e-20;

#[cfg(test)]
mod tests {
    use super::*;

    /// Tables of the normal distribution, to ten digits.
    #[test]
    fn normal_quantiles_are_those_of_the_tables() {
        let table = [
            (0.5, 0.0),
            (0.9, 1.281_551_565_5),
            (0.95, 1.644_853_627_0),
            (0.975, 1.959_963_984_5),
            (0.995, 2.575_829_303_5),
            (0.9995, 3.290_526_731_5),
            (0.000_001, -4.753_424_308_8),
        ];
        for (probability, expected) in table {
            let found = normal_quantile(probability);
            assert!((found - expected).abs() < 1e-10, "{probability}: {found} instead of {expected}");
        }
    }

    /// Tables of Student's t, to seven digits and more; the degrees of freedom on both sides of the
    /// expansion.
    #[test]
    fn student_t_quantiles_are_those_of_the_tables() {
        let table = [
            (0.975, 1, 12.706_204_736),
            (0.975, 2, 4.302_652_730),
            (0.975, 5, 2.570_581_836),
            (0.975, 10, 2.228_138_852),
            (0.975, 30, 2.042_272_456),
            (0.975, 100, 1.983_971_519),
            (0.975, 200, 1.971_896_224),
            (0.975, 1000, 1.962_339_081),
            (0.995, 1, 63.656_741_163),
            (0.995, 2, 9.924_843_201),
            (0.995, 5, 4.032_142_984),
            (0.995, 10, 3.169_272_673),
            (0.995, 30, 2.749_995_654),
            (0.995, 1000, 2.580_754_698),
            (0.05, 10, -1.812_461_123),
        ];
        for (probability, freedom, expected) in table {
            let found = student_t_quantile(probability, freedom);
            assert!((found - expected).abs() < 1e-8, "{freedom} degrees: {found} instead of {expected}");
        }
    }

    #[test]
    fn the_expansion_meets_the_exact_series() {
        let freedom = EXACT_FREEDOM;
        for probability in [0.6, 0.9, 0.975, 0.9995] {
            let exact = student_t_quantile(probability, freedom);
            let expanded = expanded_t_quantile(normal_quantile(probability), freedom);
            assert!((exact - expanded).abs() < 1e-9, "{probability}: {exact} against {expanded}");
        }
    }

    #[test]
    fn what_is_no_probability_has_no_quantile() {
        assert!(normal_quantile(-0.1).is_nan() && normal_quantile(f64::NAN).is_nan());
        assert!(student_t_quantile(1.1, 5).is_nan() && student_t_quantile(0.9, 0).is_nan());
        assert!(student_t_quantile(0.0, 5) == f64::NEG_INFINITY && normal_quantile(1.0) == f64::INFINITY);
    }

    /// P(X ≤ 1) = 11/1024, P(X ≤ 2) = 56/1024 = 0.0547, P(X ≤ 4) = 386/1024, P(X ≤ 5) = 638/1024.
    #[test]
    fn ten_fair_coins_have_the_quantiles_counted_by_hand() {
        assert_eq!(binomial_quantile(0.0107, 10, 0.5), 1);
        assert_eq!(binomial_quantile(0.025, 10, 0.5), 2);
        assert_eq!(binomial_quantile(0.055, 10, 0.5), 3);
        assert_eq!(binomial_quantile(0.5, 10, 0.5), 5);
        assert_eq!(binomial_quantile(0.975, 10, 0.5), 8);
    }

    #[test]
    fn many_trials_have_the_quantiles_of_the_normal_distribution() {
        let (trials, success) = (1_000_000, 0.2);
        let found = binomial_quantile(0.975, trials, success) as f64;
        let expected = 200_000.0 + 1.959_964 * 400.0;
        assert!((found - expected).abs() < 2.0, "{found} instead of {expected}");
    }

    #[test]
    fn certain_and_impossible_successes_leave_no_doubt() {
        assert_eq!(binomial_quantile(0.5, 7, 0.0), 0);
        assert_eq!(binomial_quantile(0.5, 7, 1.0), 7);
        assert_eq!(binomial_quantile(0.5, 0, 0.3), 0);
    }
}
