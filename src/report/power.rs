//! Numbers too large or too small to be written out, as powers of ten.

/// From this size on a number is written as a power of ten.
pub(super) const LARGE: f64 = 1e13;
/// From this size on a percentage is.
pub(super) const LARGE_PERCENT: f64 = 1e7;
/// Below this size a number is, unless it is zero.
const SMALL: f64 = 1e-9;

/// "−1.5×10⁹⁹", with so many digits at most; `None` of a number that can be written out.
pub(super) fn of_ten(value: f64, digits: usize) -> Option<String> {
    let size = value.abs();
    let is_plain = !size.is_finite() || size == 0.0 || (SMALL..LARGE).contains(&size);
    (!is_plain).then(|| written(value, digits))
}

/// The same of a percentage or a number of points, however small.
pub(super) fn of_percent(percent: f64, digits: usize) -> Option<String> {
    (percent.is_finite() && percent.abs() >= LARGE_PERCENT).then(|| written(percent, digits))
}

fn written(value: f64, digits: usize) -> String {
    let text = format!("{:.*e}", digits.saturating_sub(1), value.abs());
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    let digits = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
    let sign = if value < 0.0 { "−" } else { "" };
    format!("{sign}{digits}×10{}", raised(power))
}

/// A whole number in raised digits.
pub(super) fn raised(power: &str) -> String {
    power
        .chars()
        .map(|digit| match digit {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4' => '⁴',
            '5' => '⁵',
            '6' => '⁶',
            '7' => '⁷',
            '8' => '⁸',
            '9' => '⁹',
            _ => '⁰',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_fill_the_page_is_a_power_of_ten() {
        let written = |value| of_ten(value, 3).unwrap();
        assert_eq!([1e99, -1.234e13, 2e-10].map(written), ["1×10⁹⁹", "−1.23×10¹³", "2×10⁻¹⁰"]);
        assert_eq!(of_percent(-2.5e7, 3), Some("−2.5×10⁷".to_owned()));
    }

    #[test]
    fn what_can_be_written_out_is_left_alone() {
        let plain = [0.0, 9e12, -0.25, 1e-9, f64::NAN, f64::INFINITY];
        assert!(plain.iter().all(|value| of_ten(*value, 3).is_none()));
        assert!([0.0, 9e6, 1e-12, f64::INFINITY].iter().all(|percent| of_percent(*percent, 3).is_none()));
    }
}
