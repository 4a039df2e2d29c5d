//! How numbers are written for readers: signs, thousands, per cent, millions, powers of ten.

use super::super::figure::Format;

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
}

impl Numerals {
    /// For numbers of up to `size`, at multiples of `step`.
    pub(super) fn new(format: Format, size: f64, step: f64) -> Self {
        let (unit, suffix) = match format {
            Format::Percent => (0.01, Suffix::Percent),
            Format::Points => (0.01, Suffix::Points),
            Format::Year => (1.0, Suffix::Year),
            Format::Number if !(1e-4..1e13).contains(&size) => {
                let power = size.log10().floor() as i32;
                (10_f64.powi(power), Suffix::Power(power))
            }
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
        let sign = if value < 0.0 && digits.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) { "−" } else { "" };
        let digits = if self.suffix == Suffix::Year { digits } else { grouped(&digits) };
        match self.suffix {
            Suffix::Million | Suffix::Billion | Suffix::Power(_) if value == 0.0 => "0".to_owned(),
            Suffix::Plain | Suffix::Points | Suffix::Year => format!("{sign}{digits}"),
            Suffix::Percent => format!("{sign}{digits}%"),
            Suffix::Million => format!("{sign}{digits}m"),
            Suffix::Billion => format!("{sign}{digits}bn"),
            Suffix::Power(power) => format!("{sign}{digits}×10{}", raised(power)),
        }
    }

    /// The same with a plus before a gain.
    pub(super) fn signed(&self, value: f64) -> String {
        let text = self.write(value);
        let gain = value > 0.0 && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
        if gain { format!("+{text}") } else { text }
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

/// Digits with a comma between thousands.
fn grouped(digits: &str) -> String {
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

/// A power in raised digits.
fn raised(power: i32) -> String {
    power
        .to_string()
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
    fn a_gain_has_a_plus_and_what_rounds_to_zero_has_no_sign() {
        let numerals = Numerals::new(Format::Points, 0.1, 0.05);
        assert_eq!(numerals.signed(0.042), "+4");
        assert_eq!(numerals.signed(-0.042), "−4");
        assert_eq!(numerals.signed(-0.001), "0");
        assert_eq!(numerals.signed(0.001), "0");
    }
}
