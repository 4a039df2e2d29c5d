//! From numbers to places on the page, and round ticks.

use super::super::cells::words;
use super::super::figure::{Axis, AxisScale, Format};
use super::numerals::Numerals;

/// Numbers further from zero than this are taken as missing: no measure of ours is that large.
const LARGEST: f64 = 1e100;
/// A span this small beside the numbers themselves cannot be told from none.
const SMALLEST_SPAN: f64 = 1e-9;

/// Whether a number can be drawn.
pub(super) fn drawable(value: f64) -> bool {
    value.abs() <= LARGEST
}

/// A straight map from a range of numbers to a range of points on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
    start: f64,
    end: f64,
}

impl Scale {
    pub(super) fn new((low, high): (f64, f64), start: f64, end: f64) -> Self {
        Self { low, high, start, end }
    }

    /// Where a number stands; one outside the range stands at its edge.
    pub(super) fn at(&self, value: f64) -> f64 {
        let part = (value - self.low) / (self.high - self.low);
        self.start + part.clamp(0.0, 1.0) * (self.end - self.start)
    }
}

/// Smallest and largest drawable number.
pub(super) fn extent(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    values.into_iter().filter(|value| drawable(*value)).fold(None, |so_far, value| match so_far {
        None => Some((value, value)),
        Some((low, high)) => Some((low.min(value), high.max(value))),
    })
}

/// A range a scale can use: its ends in order and apart.
pub(super) fn apart((low, high): (f64, f64)) -> (f64, f64) {
    let (low, high) = (low.min(high), low.max(high));
    let size = low.abs().max(high.abs());
    if size < 1.0 / LARGEST {
        return (0.0, 1.0);
    }
    if high - low > SMALLEST_SPAN * size {
        return (low, high);
    }
    (low - size / 2.0, high + size / 2.0)
}

/// The range widened to the round numbers around it.
pub(super) fn rounded(range: (f64, f64), most: usize) -> (f64, f64) {
    let (low, high) = apart(range);
    let step = step_of(high - low, most);
    ((low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step)
}

/// Distance between ticks: 1, 2, 2.5 or 5 times a power of ten, so that at most `most` steps span the range.
fn step_of(span: f64, most: usize) -> f64 {
    let least = span / most.max(1) as f64;
    let power = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= least * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

/// The multiples of a step within a range.
fn multiples(low: f64, high: f64, step: f64) -> Vec<f64> {
    let first = (low / step - 1e-6).ceil() as i64;
    let last = (high / step + 1e-6).floor() as i64;
    (first..=last).take(20).map(|count| count as f64 * step).collect()
}

/// Round numbers within a range and how to write them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ticks {
    pub(super) values: Vec<f64>,
    step: f64,
    numerals: Numerals,
    /// Their words, where they are no multiples of a step.
    names: Vec<String>,
    is_named: bool,
}

impl Ticks {
    /// At most `most` steps, and more only where they would leave fewer than two ticks.
    pub(super) fn new(range: (f64, f64), most: usize, format: Format) -> Self {
        let (low, high) = apart(range);
        let mut step = step_of(high - low, most);
        let mut values = multiples(low, high, step);
        if values.len() < 2 {
            step = step_of(high - low, 2 * most);
            values = multiples(low, high, step);
        }
        let numerals = Numerals::new(format, low.abs().max(high.abs()), step);
        Self { values, step, numerals, names: Vec::new(), is_named: false }
    }

    /// Those of an axis whose range is that of its places: multiples of a step, powers of ten, or names.
    pub(super) fn along(axis: &Axis, range: (f64, f64), most: usize) -> Self {
        let plain = Self::new(range, most, axis.format);
        match &axis.scale {
            AxisScale::Even => plain,
            AxisScale::Log => {
                let values = magnitudes(range, most);
                let names = values.iter().map(|place| words::value(round(10_f64.powf(*place)))).collect();
                Self { values, names, ..plain }
            }
            AxisScale::Names(names) => {
                let values =
                    (0..names.len()).map(|name| name as f64).filter(|place| (range.0..=range.1).contains(place));
                // What has no name is not on the axis.
                let values: Vec<f64> = values.filter(|place| !names[*place as usize].is_empty()).collect();
                let names = values.iter().map(|place| names[*place as usize].clone()).collect();
                Self { values, names, is_named: true, ..plain }
            }
        }
    }

    /// Whether its words are names, each of which is to stand in its own place.
    pub(super) fn has_names(&self) -> bool {
        self.is_named
    }

    /// The words of every tick, in order.
    pub(super) fn labels(&self) -> Vec<String> {
        if !self.names.is_empty() {
            return self.names.clone();
        }
        self.values.iter().map(|value| self.numerals.write(*value)).collect()
    }

    /// A way of writing numbers that lie between the ticks.
    pub(super) fn finer(&self) -> Numerals {
        self.numerals.finer(self.step)
    }
}

/// Places of round numbers on an axis of orders of magnitude: powers of ten; where those are fewer than three 2 and 5 times them;
/// and where even these are fewer than two, as between 0.6 and 0.9, multiples of a step.
fn magnitudes((low, high): (f64, f64), most: usize) -> Vec<f64> {
    let within = |place: &f64| (low - 1e-9..=high + 1e-9).contains(place);
    let powers: Vec<f64> = (low.floor() as i32..=high.ceil() as i32).map(f64::from).collect();
    let whole: Vec<f64> = powers.iter().copied().filter(within).collect();
    if whole.len() >= 3 {
        let stride = whole.len().div_ceil(most.max(1) + 1);
        return whole.into_iter().step_by(stride).collect();
    }
    let finer = powers.iter().flat_map(|power| [1.0, 2.0, 5.0].map(|factor: f64| power + factor.log10()));
    let finer: Vec<f64> = finer.filter(within).collect();
    if finer.len() >= 2 {
        return finer;
    }
    let ends = (10_f64.powf(low), 10_f64.powf(high));
    Ticks::new(ends, most, Format::Number).values.into_iter().filter(|value| *value > 0.0).map(f64::log10).collect()
}

/// Without what a power has rounded.
fn round(value: f64) -> f64 {
    format!("{value:.6e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_of_magnitude_and_names_have_ticks_of_their_own() {
        let log = Axis { scale: AxisScale::Log, ..Axis::number("") };
        assert_eq!(Ticks::along(&log, (-1.0, 3.0), 5).labels(), ["0.1", "1", "10", "100", "1000"]);
        assert_eq!(Ticks::along(&log, (0.0, 1.0), 5).labels(), ["1", "2", "5", "10"]);
        let narrow = (0.6_f64.log10(), 0.9_f64.log10());
        assert_eq!(Ticks::along(&log, narrow, 5).labels(), ["0.6", "0.7", "0.8", "0.9"]);
        let names = Axis { scale: AxisScale::Names(vec!["a".into(), "b".into()]), ..Axis::number("") };
        assert_eq!(Ticks::along(&names, (-0.5, 1.5), 5).labels(), ["a", "b"]);
        let one_is_gone =
            Axis { scale: AxisScale::Names(vec!["a".into(), String::new(), "c".into()]), ..Axis::number("") };
        assert_eq!(Ticks::along(&one_is_gone, (-0.5, 2.5), 5).labels(), ["a", "c"]);
    }

    #[test]
    fn years_have_no_comma() {
        assert_eq!(labels(2015.0, 2025.0, Format::Year), ["2016", "2018", "2020", "2022", "2024"]);
    }

    fn labels(low: f64, high: f64, format: Format) -> Vec<String> {
        Ticks::new((low, high), 5, format).labels()
    }

    #[test]
    fn ticks_are_round_and_written_for_readers() {
        assert_eq!(labels(0.0, 1.0, Format::Percent), ["0%", "20%", "40%", "60%", "80%", "100%"]);
        assert_eq!(labels(-0.08, 0.11, Format::Points), ["−5", "0", "5", "10"]);
        assert_eq!(labels(0.0, 12_000.0, Format::Number), ["0", "2,500", "5,000", "7,500", "10,000"]);
        assert_eq!(labels(0.0, 2.5e6, Format::Number), ["0", "0.5m", "1.0m", "1.5m", "2.0m", "2.5m"]);
        assert_eq!(labels(0.0, 4e-6, Format::Number), ["0", "1×10⁻⁶", "2×10⁻⁶", "3×10⁻⁶", "4×10⁻⁶"]);
        assert_eq!(labels(0.0, 0.02, Format::Number), ["0.000", "0.005", "0.010", "0.015", "0.020"]);
    }

    #[test]
    fn there_are_two_to_seven_ticks_on_any_rounded_range() {
        for range in [(0.0, 1.0), (3.0, 3.0), (0.0, 0.0), (-1e99, 1e99), (1e15, 1e15 + 1.0), (-7.3, 0.2), (0.0, 1e-200)]
        {
            let count = Ticks::new(rounded(range, 5), 6, Format::Number).values.len();
            assert!((2..=7).contains(&count), "{range:?}: {count}");
        }
    }

    #[test]
    fn a_rounded_range_holds_the_range() {
        assert_eq!(rounded((0.0, 9.1), 5), (0.0, 10.0));
        assert_eq!(rounded((-3.0, 9.1), 5), (-5.0, 10.0));
    }

    #[test]
    fn a_number_outside_the_range_stands_at_the_edge() {
        let scale = Scale::new((0.0, 10.0), 100.0, 200.0);
        for (value, place) in [(-5.0, 100.0), (2.5, 125.0), (99.0, 200.0)] {
            assert!((scale.at(value) - place).abs() < 1e-9);
        }
    }
}
