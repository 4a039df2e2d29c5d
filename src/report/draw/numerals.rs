//! How numbers are written for readers: signs, thousands, per cent, millions, powers of ten.

use super::super::figure::Format;
use super::super::phrase::{grouped, is_nothing};
use super::super::power::{LARGE, LARGE_PERCENT, raised};

/// How the numbers of one axis are written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Numerals {
    /// What a number is divided by before it is written.
    unit: f64,
    suffix: Suffix,
    decimals: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Suffix {
    Plain,
    Year,
    Percent,
    Points,
    Million,
    Billion,
    Power(i32),
    /// Per cent of a share of such a size.
    PercentPower(i32),
}

impl Numerals {
    /// For numbers of up to `size`, at multiples of `step`.
    pub(super) fn new(format: Format, size: f64, step: f64) -> Self {
        let power = |size: f64| size.log10().floor() as i32;
        let (unit, suffix) = match format {
            Format::Percent | Format::Points if size >= LARGE_PERCENT / 100.0 => {
                let power = power(size * 100.0);
                let suffix = if format == Format::Percent { Suffix::PercentPower(power) } else { Suffix::Power(power) };
                (10_f64.powi(power - 2), suffix)
            }
            Format::Percent => (0.01, Suffix::Percent),
            Format::Points => (0.01, Suffix::Points),
            Format::Year => (1.0, Suffix::Year),
            Format::Number if !(1e-4..LARGE).contains(&size) => (10_f64.powi(power(size)), Suffix::Power(power(size))),
            Format::Number if size >= 1e9 => (1e9, Suffix::Billion),
            Format::Number if size >= 1e6 => (1e6, Suffix::Million),
            Format::Number => (1.0, Suffix::Plain),
        };
        Self { unit, suffix, decimals: decimals(step / unit) }
    }

    /// The same for numbers between ticks: to a tenth of the step, shares at least to a tenth of a per cent.
    pub(super) fn finer(&self, step: f64) -> Self {
        let least = usize::from(matches!(self.suffix, Suffix::Percent | Suffix::Points));
        let decimals = decimals(step / self.unit / 10.0).max(least);
        Self { decimals, ..*self }
    }

    /// A number as it stands on the page: `−1,250`, `25%`, `1.5m`, `2×10⁻⁶`.
    pub(super) fn write(&self, value: f64) -> String {
        let digits = format!("{:.*}", self.decimals, (value / self.unit).abs());
        let sign = if value < 0.0 && !is_nothing(&digits) { "−" } else { "" };
        let digits = if self.suffix == Suffix::Year { digits } else { grouped(&digits) };
        match self.suffix {
            Suffix::Million | Suffix::Billion | Suffix::Power(_) | Suffix::PercentPower(_) if value == 0.0 => {
                "0".to_owned()
            }
            Suffix::Plain | Suffix::Points | Suffix::Year => format!("{sign}{digits}"),
            Suffix::Percent => format!("{sign}{digits}%"),
            Suffix::Million => format!("{sign}{digits}m"),
            Suffix::Billion => format!("{sign}{digits}bn"),
            Suffix::Power(power) => format!("{sign}{digits}×10{}", raised(&power.to_string())),
            Suffix::PercentPower(power) => format!("{sign}{digits}×10{}%", raised(&power.to_string())),
        }
    }

    /// The same with a plus before a gain.
    pub(super) fn signed(&self, value: f64) -> String {
        let text = self.write(value);
        if value > 0.0 && !is_nothing(&text) { format!("+{text}") } else { text }
    }
}

/// Decimals it takes to write the multiples of a step.
fn decimals(step: f64) -> usize {
    let whole = |decimals: &u8| {
        let scaled = step * 10_f64.powi(i32::from(*decimals));
        (scaled - scaled.round()).abs() < 1e-6 * scaled
    };
    usize::from((0..9).find(whole).unwrap_or(9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gain_has_a_plus_and_what_rounds_to_zero_has_no_sign() {
        let numerals = Numerals::new(Format::Points, 0.1, 0.05);
        assert_eq!(numerals.signed(0.042), "+4");
        assert_eq!(numerals.signed(-0.042), "−4");
        assert_eq!(numerals.signed(-0.001), "0");
        assert_eq!(numerals.signed(0.001), "0");
    }

    #[test]
    fn shares_beyond_all_measure_are_powers_of_ten_in_per_cent() {
        let written = |format| Numerals::new(format, 5e99, 1e99).write(5e99);
        assert_eq!([Format::Percent, Format::Points].map(written), ["5×10¹⁰¹%", "5×10¹⁰¹"]);
    }
}
