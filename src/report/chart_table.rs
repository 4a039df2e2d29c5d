//! The numbers of a chart as a table, for those who read rather than see it.

mod fitted;
mod more;
mod robustness;

use super::cells::words;
use super::figure::{Axis, AxisScale, Body, Dots, Fan, Figure, Format, Survival, Tone};
use super::phrase::{grouped, is_nothing};
use super::power;
use super::table::{Entry, Table};

/// What is drawn in a figure. Long curves are thinned evenly, and the title says so.
pub(super) fn table(figure: &Figure) -> Table {
    match &figure.body {
        Body::Fan(fan) => of_fan(fan),
        Body::Survival(survival) => of_survival(survival),
        Body::Dots(dots) => of_dots(dots),
        Body::Bars(bars) => more::of_bars(bars),
        Body::Matrix(matrix) => more::of_matrix(matrix),
        Body::Plane(plane) => more::of_plane(plane),
        Body::Points(points) => more::of_points(points),
        Body::Heat(heat) => more::of_heat(heat),
        Body::Effects(effects) => more::of_effects(effects),
        Body::Agreement(agreement) => fitted::of_agreement(agreement),
        Body::Posteriors(posteriors) => fitted::of_posteriors(posteriors),
        Body::Tiles(tiles) => robustness::of_tiles(tiles),
        Body::Spreads(spreads) => robustness::of_spreads(spreads),
        Body::Ranges(ranges) => robustness::of_ranges(ranges),
        Body::Strips(strips) => robustness::of_strips(strips),
    }
}

/// Rows of a curve in a table; more are thinned.
const MOST_ROWS: usize = 13;

/// The points of a curve that a table shows: evenly spread, the first and the last among them.
fn shown(points: usize) -> Vec<usize> {
    let last = points.saturating_sub(1);
    let stride = last.div_ceil(MOST_ROWS - 1).max(1);
    (0..points).filter(|point| (last - point).is_multiple_of(stride) || *point == 0).collect()
}

fn of_fan(fan: &Fan) -> Table {
    let written = Written::of(&fan.y, fan.series.iter().flat_map(|series| series.median.iter().copied()));
    let bands = fan.series.first().map_or(&[][..], |series| &series.bands);
    let mut columns = vec!["Arm".to_owned(), fan.x.title.clone(), "Median".to_owned()];
    for band in bands {
        let percent = band.share * 100.0;
        columns.extend([format!("{percent:.0}% of runs from"), "to".to_owned()]);
    }
    let mut rows = Vec::new();
    for series in &fan.series {
        for (position, point) in shown(series.x.len()).into_iter().enumerate() {
            let at = |values: &[f64]| written.entry(values.get(point).copied());
            let mut row = first_columns(&series.label, position, series.x[point], &fan.x);
            row.push(at(&series.median));
            row.extend(series.bands.iter().flat_map(|band| [at(&band.low), at(&band.high)]));
            rows.push(row);
        }
    }
    Table { title: thinned(&fan.y.title, fan.series.iter().map(|series| series.x.len())), columns, rows }
}

fn of_survival(survival: &Survival) -> Table {
    let written = Written { format: Format::Percent, decimals: 1 };
    let columns = ["Arm", &survival.x.title, "Share of runs", &format!("{} interval from", survival.confidence), "to"];
    let mut rows = Vec::new();
    for curve in &survival.curves {
        for (position, point) in shown(curve.x.len()).into_iter().enumerate() {
            let mut row = first_columns(&curve.label, position, curve.x[point], &survival.x);
            let values = [&curve.share, &curve.low, &curve.high];
            row.extend(values.map(|values| written.entry(values.get(point).copied())));
            rows.push(row);
        }
    }
    Table {
        title: thinned(&survival.y_title, survival.curves.iter().map(|curve| curve.x.len())),
        columns: columns.map(str::to_owned).to_vec(),
        rows,
    }
}

fn of_dots(dots: &Dots) -> Table {
    let columns = ["Panel", "Row", "Value", "Low", "High", "Meaning"];
    let mut rows = Vec::new();
    for panel in &dots.panels {
        let written =
            Written::of_clear(&panel.axis, panel.rows.iter().map(|row| (row.value, row.tone != Tone::Unclear)));
        for (position, row) in panel.rows.iter().enumerate() {
            let unit = if position == 0 { format!("{}: {}", panel.title, panel.axis.title) } else { String::new() };
            rows.push(vec![
                Entry::words(unit),
                Entry::words(&row.label),
                written.entry(Some(row.value)),
                written.entry(Some(row.low)),
                written.entry(Some(row.high)),
                Entry::words(meaning(row.tone)),
            ]);
        }
    }
    Table { title: "Differences with their intervals".to_owned(), columns: columns.map(str::to_owned).to_vec(), rows }
}

fn meaning(tone: Tone) -> &'static str {
    match tone {
        Tone::Better => "better",
        Tone::Worse => "worse",
        Tone::Unclear => "unclear",
    }
}

/// The arm, in its first row only, and the place on the x axis.
fn first_columns(label: &str, position: usize, x: f64, axis: &Axis) -> Vec<Entry> {
    let label = if position == 0 { label } else { "" };
    vec![Entry::words(label), Written { format: axis.format, decimals: 0 }.entry(Some(x))]
}

/// The title, and whether the longest curve is shown in full.
fn thinned(title: &str, lengths: impl Iterator<Item = usize>) -> String {
    let longest = lengths.max().unwrap_or(0);
    if shown(longest).len() < longest {
        format!("{title}, at some of the {longest} points drawn")
    } else {
        title.to_owned()
    }
}

/// Digits of numbers too large to be written out.
const DIGITS: usize = 4;

/// How the numbers of a column are written.
#[derive(Clone, Copy)]
struct Written {
    format: Format,
    decimals: usize,
}

impl Written {
    /// For the numbers of an axis: shares to a tenth of a per cent, others to three figures or so of the largest.
    fn of(axis: &Axis, values: impl Iterator<Item = f64>) -> Self {
        let largest = values.filter(|value| value.is_finite()).fold(0.0, |most: f64, value| most.max(value.abs()));
        let decimals = match axis.format {
            Format::Percent | Format::Points => 1,
            Format::Year => 0,
            Format::Number if largest >= 1000.0 || largest == 0.0 => 0,
            Format::Number => (2.0 - largest.log10().floor()).clamp(0.0, 6.0) as usize,
        };
        Self { format: axis.format, decimals }
    }

    /// The same, to a digit more where a clear number would read as nothing beside a large one. `numbers` are values, each with
    /// whether it is clear.
    fn of_clear(axis: &Axis, numbers: impl Iterator<Item = (f64, bool)> + Clone) -> Self {
        let plain = Self::of(axis, numbers.clone().map(|(value, _)| value));
        let mut clear = numbers.filter(|(value, clear)| *clear && value.is_finite());
        let is_lost = clear.any(|(value, _)| is_nothing(&plain.digits(value)));
        if is_lost { Self { decimals: plain.decimals + 1, ..plain } } else { plain }
    }

    fn digits(self, value: f64) -> String {
        let scaled = if self.is_of_hundred() { value * 100.0 } else { value };
        format!("{:.*}", self.decimals, scaled.abs())
    }

    fn is_of_hundred(self) -> bool {
        matches!(self.format, Format::Percent | Format::Points)
    }

    /// A place on an axis: a number, or the name that stands there.
    fn at(self, axis: &Axis, value: Option<f64>) -> Entry {
        match (&axis.scale, value) {
            (AxisScale::Names(names), Some(place)) => {
                Entry::words(names.get(place as usize).map_or("", String::as_str))
            }
            (AxisScale::Log, Some(value)) => Entry::number(words::value(value), value),
            (_, value) => self.entry(value),
        }
    }

    fn entry(self, value: Option<f64>) -> Entry {
        let Some(value) = value.filter(|value| value.is_finite()) else { return Entry::missing() };
        let suffix = if self.format == Format::Percent { "%" } else { "" };
        let large =
            if self.is_of_hundred() { power::of_percent(value * 100.0, DIGITS) } else { power::of_ten(value, DIGITS) };
        if let Some(text) = large.filter(|_| value.abs() > 1.0) {
            return Entry::number(text + suffix, value);
        }
        let digits = self.digits(value);
        let sign = match self.format {
            _ if is_nothing(&digits) => "",
            _ if value < 0.0 => "−",
            Format::Points => "+",
            _ => "",
        };
        let digits = if self.format == Format::Year { digits } else { grouped(&digits) };
        Entry::number(format!("{sign}{digits}{suffix}"), value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Level;
    use crate::report::figure::{Band, FanSeries, Heat, HeatPanel};

    fn text(axis: &Axis, value: f64) -> String {
        Written::of(axis, [value].into_iter()).entry(Some(value)).text
    }

    #[test]
    fn numbers_are_written_as_on_the_chart() {
        assert_eq!(text(&Axis::percent(""), 0.588), "58.8%");
        assert_eq!(text(&Axis::points(""), 0.053), "+5.3");
        assert_eq!(text(&Axis::points(""), -0.000_1), "0.0");
        assert_eq!(text(&Axis::number(""), -12_345.6), "−12,346");
        assert_eq!(text(&Axis::number(""), 0.012_34), "0.0123");
        assert_eq!(text(&Axis::number(""), f64::NAN), "–");
    }

    #[test]
    fn a_clear_number_does_not_read_as_nothing_beside_a_large_one() {
        let written = |clear: bool| {
            let numbers = [(0.052, true), (-0.000_4, clear)];
            Written::of_clear(&Axis::points(""), numbers.into_iter()).entry(Some(-0.000_4)).text
        };
        assert_eq!((written(true).as_str(), written(false).as_str()), ("−0.04", "0.0"));
    }

    #[test]
    fn a_heat_map_has_a_row_for_each_cell_and_no_column_of_panels_where_there_is_but_one() {
        let numbers = vec![vec![0.1, 0.9]];
        let panel =
            HeatPanel { title: String::new(), mean: numbers.clone(), low: numbers.clone(), high: numbers.clone() };
        let heat = Heat {
            x: Axis::number("Price"),
            y: Axis::number("Trust"),
            value: Axis::percent("Collapsed (%)"),
            columns: vec![0.5, 1.0],
            rows: vec![0.2],
            panels: vec![panel],
            is_chance: true,
            confidence: Level::USUAL,
        };
        let table = more::of_heat(&heat);
        assert_eq!(table.columns, ["Price", "Trust", "Value", "Low", "High"]);
        let texts: Vec<Vec<&str>> =
            table.rows.iter().map(|row| row.iter().map(|entry| entry.text.as_str()).collect()).collect();
        assert_eq!(texts, [["0.50", "0.200", "10.0%", "10.0%", "10.0%"], ["1.00", "0.200", "90.0%", "90.0%", "90.0%"]]);
    }

    #[test]
    fn a_long_curve_keeps_its_first_and_last_point_and_the_title_says_that_it_is_thinned() {
        let x: Vec<f64> = (0..=120).map(f64::from).collect();
        let band = Band { share: 0.9, low: vec![0.1; 121], high: vec![0.9; 121] };
        let series = FanSeries { label: "A".to_owned(), median: vec![0.5; 121], x, bands: vec![band] };
        let fan =
            Fan { x: Axis::number("Month"), y: Axis::percent("Stock (%)"), series: vec![series], guides: Vec::new() };
        let table = of_fan(&fan);
        assert_eq!(table.title, "Stock (%), at some of the 121 points drawn");
        let months: Vec<&str> = table.rows.iter().map(|row| row[1].text.as_str()).collect();
        assert_eq!((months.len(), months[0], months[1], months[12]), (13, "0", "10", "120"));
        assert_eq!(table.columns, ["Arm", "Month", "Median", "90% of runs from", "to"]);
    }
}
