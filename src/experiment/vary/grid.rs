//! Numbers at equal steps, or at equal factors, between two ends.

/// Evenly spaced numbers, rounded to what can be told apart on paper, so that a third of the way from 0 to 0.3 is 0.1.
pub(super) fn even(from: f64, to: f64, count: usize) -> Vec<f64> {
    let step = (to - from) / (count - 1) as f64;
    (0..count)
        .map(|position| if position + 1 == count { to } else { tidy(from + step * position as f64, step) })
        .collect()
}

/// Numbers of which each is the same multiple of the one before, to twelve digits, so that from 0.1 to 1000 in five is 0.1, 1, 10.
pub(super) fn geometric(from: f64, to: f64, count: usize) -> Vec<f64> {
    let at = |position: usize| {
        let value = from * libm::pow(to / from, position as f64 / (count - 1) as f64);
        format!("{value:.11e}").parse().unwrap_or(value)
    };
    (0..count)
        .map(|position| {
            if position == 0 {
                from
            } else if position + 1 == count {
                to
            } else {
                at(position)
            }
        })
        .collect()
}

/// The number to the twelfth digit of the step.
fn tidy(value: f64, step: f64) -> f64 {
    let places = (11.0 - libm::floor(libm::log10(step.abs()))).clamp(0.0, 20.0) as usize;
    format!("{value:.places$}").parse().unwrap_or(value)
}
