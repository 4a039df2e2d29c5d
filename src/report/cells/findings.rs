//! What a sweep found, in sentences that can be read aloud.

use super::super::failed;
use crate::experiment::cells::Cells;
use crate::experiment::failures::FailedRuns;
use crate::experiment::field::Field;
use crate::experiment::sweep::{Comparison, Design, Sweep};
use crate::experiment::vary::Parameter;
use crate::scenario::Scenario;
use crate::statistics::{Interval, rank_correlation};

use super::super::phrase::{Numerals, capitalised, count, counted, list};
use super::{tipping, words};

/// The range of every outcome, what each parameter does to it, where chances tip, and what to be careful about.
pub(super) fn findings(scenario: &Scenario, sweep: &Sweep) -> Vec<String> {
    if sweep.field.runs == 0 {
        return vec!["No run was done in every cell, so there is nothing to report.".to_owned()];
    }
    let time = &scenario.file.time.unit;
    let mut sentences = failed(&sweep.field, &sweep.cells);
    for outcome in 0..sweep.outcomes.len() {
        sentences.extend(range(sweep, outcome, time));
        for comparison in 0..sweep.comparisons().len() {
            sentences.extend(effect(sweep, comparison, outcome, time));
        }
        sentences.extend(tendencies(sweep, outcome));
        sentences.extend(tipping::sentences(sweep, outcome));
    }
    sentences.extend(chosen(&sweep.cells));
    sentences.extend(cautions(&sweep.field));
    sentences
}

/// "Over 40 cells, need met lies between 61% at price 2 and 90% at price 0.5."
fn range(sweep: &Sweep, outcome: usize, time: &str) -> Option<String> {
    let (lowest, highest) = extremes(sweep, outcome)?;
    let told = &sweep.outcomes[outcome];
    let level = |cell: usize| {
        let (mean, interval) = sweep.estimate(cell, outcome).unwrap_or((f64::NAN, None));
        words::estimate(told, time, mean, (interval, sweep.field.level))
    };
    let at = |cell: usize| words::cell(&sweep.cells.parameters, &sweep.cells.points[cell]);
    let subject = capitalised(&words::outcome(told));
    let cells = counted(sweep.cells.points.len() as u64, "cell");
    if level(lowest) == level(highest) {
        return Some(format!("{subject} is {} in every one of {cells}.", level(lowest)));
    }
    Some(format!(
        "Over {cells}, {} lies between {} at {} and {} at {}.",
        words::outcome(told),
        level(lowest),
        at(lowest),
        level(highest),
        at(highest)
    ))
}

/// What the chart of an outcome shows, in a short sentence: where a chance tips, or else its range.
pub(super) fn headline(scenario: &Scenario, sweep: &Sweep, outcome: usize) -> String {
    let told = &sweep.outcomes[outcome];
    let subject = capitalised(&words::outcome(told));
    if let Some(found) = tipping::headline(sweep, outcome) {
        return found;
    }
    let Some((lowest, highest)) = extremes(sweep, outcome) else { return "No run has a value to show".to_owned() };
    let level = |cell: usize| {
        let (mean, interval) = sweep.estimate(cell, outcome).unwrap_or((f64::NAN, None));
        Numerals::new(told.measure.unit, &scenario.file.time.unit, mean, interval).level(mean)
    };
    match (level(lowest), level(highest)) {
        (low, high) if low == high => format!("{subject} is {low} in every cell"),
        (low, high) => format!("{subject} lies between {low} and {high}"),
    }
}

/// The cells with the lowest and the highest mean.
fn extremes(sweep: &Sweep, outcome: usize) -> Option<(usize, usize)> {
    let found: Vec<(usize, f64)> =
        (0..sweep.cells.points.len()).filter_map(|cell| Some((cell, sweep.estimate(cell, outcome)?.0))).collect();
    let lowest = found.iter().min_by(|a, b| a.1.total_cmp(&b.1))?.0;
    let highest = found.iter().max_by(|a, b| a.1.total_cmp(&b.1))?.0;
    Some((lowest, highest))
}

/// What a parameter does between its ends, in a grid.
fn effect(sweep: &Sweep, comparison: usize, outcome: usize, time: &str) -> Option<String> {
    let (difference, interval) = sweep.effect(comparison, outcome)?;
    let told = &sweep.outcomes[outcome];
    let Comparison { parameter, from, to } = *sweep.comparisons().get(comparison)?;
    let varied = &sweep.cells.parameters[parameter];
    let numerals = Numerals::new(told.measure.unit, time, difference, Some(interval));
    let others = if sweep.cells.parameters.len() > 1 { ", averaged over the other values" } else { "" };
    let opening = format!("With {} at {} instead of {}", varied.name, words::at(varied, to), words::at(varied, from));
    let subject = words::outcome(told);
    if interval.contains(0.0) {
        let (low, high) = (numerals.signed(interval.low), numerals.signed(interval.high));
        let unit = if numerals.level(0.0).ends_with('%') { " points" } else { "" };
        return Some(format!(
            "{opening}, {subject} shows no clear difference{others} ({} interval {low} to {high}{unit}){}.",
            sweep.field.level,
            settled(difference, interval, sweep.field.runs)
        ));
    }
    let way = if difference > 0.0 { "higher" } else { "lower" };
    let mut ends = [interval.low.abs(), interval.high.abs()];
    ends.sort_by(f64::total_cmp);
    // Where every run differs alike, Student's interval has no width although a further run might differ.
    let doubt = if interval.width() > 0.0 {
        format!(
            ", run by run ({} interval {} to {})",
            sweep.field.level,
            numerals.bare(ends[0]),
            numerals.bare(ends[1])
        )
    } else {
        ", in every run".to_owned()
    };
    Some(format!("{opening}, {subject} is {} {way}{others}{doubt}.", numerals.size(difference.abs())))
}

/// The most runs of a cell that are worth naming.
const MOST_RUNS: f64 = 1e5;

/// How many runs would make a difference clear if it stays what it is: its interval narrows with their square root.
fn settled(difference: f64, interval: Interval, runs: u64) -> String {
    let half = interval.width() / 2.0;
    let needed = runs as f64 * (half / difference.abs()).powi(2);
    if half <= 0.0 || difference == 0.0 || !needed.is_finite() {
        return String::new();
    }
    if needed > MOST_RUNS {
        return format!(
            "; if there is one, it would take more than {} runs of each cell to see it",
            count(MOST_RUNS as u64)
        );
    }
    // To two figures: more would be more than is known.
    let power = 10_f64.powf((needed.log10().floor() - 1.0).max(0.0));
    let runs = ((needed / power).ceil() * power) as u64;
    format!("; if it stays as large, {} of each cell would make it clear", counted(runs, "run"))
}

/// Which parameters an outcome rises and falls with, where cells are spread over ranges.
fn tendencies(sweep: &Sweep, outcome: usize) -> Option<String> {
    if sweep.design == Design::Grid {
        return None;
    }
    let means: Vec<f64> = (0..sweep.cells.points.len())
        .map(|cell| sweep.estimate(cell, outcome).map_or(f64::NAN, |found| found.0))
        .collect();
    let correlation = |(number, parameter): (usize, &Parameter)| {
        // Levels have no order, so that nothing rises or falls along them.
        if parameter.is_levels() {
            return None;
        }
        let values: Vec<f64> = sweep.cells.points.iter().map(|point| point[number]).collect();
        Some((rank_correlation(&values, &means)?, parameter.name.clone()))
    };
    let mut found: Vec<(f64, String)> = sweep.cells.parameters.iter().enumerate().filter_map(correlation).collect();
    found.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let parts: Vec<String> =
        found.iter().take(TENDENCIES).map(|(correlation, name)| format!("{name} ({})", signed(*correlation))).collect();
    (!parts.is_empty()).then(|| {
        format!(
            "{} goes most steadily with {} (rank correlation over the cells; 1 rises all along, −1 falls).",
            capitalised(&words::outcome(&sweep.outcomes[outcome])),
            list(&parts)
        )
    })
}

/// "+0.42", "−0.10", "0.00"
fn signed(correlation: f64) -> String {
    let text = format!("{correlation:+.2}");
    if text.ends_with("0.00") { "0.00".to_owned() } else { text.replace('-', "−") }
}

/// Parameters whose tendency is told.
pub(super) const TENDENCIES: usize = 5;

/// Fewer runs than this are too few for the ends of the intervals to be trusted.
const FEW_RUNS: u64 = 30;

/// Which combinations were left out, and which shares were scaled.
pub(super) fn chosen(cells: &Cells) -> Vec<String> {
    let mut sentences = Vec::new();
    if cells.left_out > 0 {
        sentences.push(format!(
            "{} of {} combinations were left out, as they do not meet {}.",
            count(cells.left_out as u64),
            count((cells.left_out + cells.points.len()) as u64),
            list(&cells.conditions)
        ));
    }
    if cells.left_out == 0 && !cells.conditions.is_empty() {
        sentences.push(format!("Every cell meets {}.", list(&cells.conditions)));
    }
    if !cells.scaled.is_empty() {
        let places = list(&cells.scaled);
        sentences.push(format!("The other shares of {places} were scaled so that all of them add up to 1."));
    }
    sentences
}

/// What is told of runs that failed.
pub(super) fn failed(field: &Field, cells: &Cells) -> Vec<String> {
    let failed: Vec<FailedRuns> = field.first_failed(cells).into_iter().collect();
    failed::sentences(&failed)
}

/// What to be careful about.
pub(super) fn cautions(field: &Field) -> Vec<String> {
    let mut cautions = Vec::new();
    if field.interrupted {
        let runs = counted(field.runs, "run");
        cautions.push(format!("Caution: the experiment was stopped early; every cell has {runs}."));
    }
    if field.runs < FEW_RUNS {
        cautions.push(format!(
            "Caution: {} of each cell are few. Intervals are wide; use at least {FEW_RUNS}.",
            counted(field.runs, "run")
        ));
    }
    cautions.push(format!(
        "All {} cells met the same luck, run by run, so differences between cells are surer than the interval of each.",
        count(field.cells.len() as u64)
    ));
    cautions
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half the interval is twice the difference, so that four times the runs bring its end to zero.
    #[test]
    fn four_times_the_runs_halve_an_interval() {
        let interval = Interval { low: -1.0, high: 3.0 };
        assert_eq!(settled(1.0, interval, 100), "; if it stays as large, 400 runs of each cell would make it clear");
        assert!(settled(1e-6, interval, 100).contains("more than 100,000 runs"));
        assert_eq!(settled(0.0, interval, 100), "");
    }
}
