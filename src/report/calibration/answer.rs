//! The answer of `calibrate`: what the data say of each unknown number, and how well the fitted model does.

use super::Account;
use super::words::{in_errors, name, value, with_unit};
use crate::experiment::calibrate::file::Purpose;
use crate::experiment::calibrate::{Errors, Estimate, Parameter};
use crate::report::answer::{Answer, Cell, Column, Grid, Line, Verdict, counted_in_words};
use crate::report::phrase::{capitalised, counted, list};

/// The answer of a calibration.
pub(super) fn answer(account: &Account) -> Answer {
    let Account { problem, fit } = account;
    let fitted = problem.of(Purpose::Fit).count() as u64;
    let left_out = problem.of(Purpose::HoldOut).count();
    let left_out = if left_out == 0 { String::new() } else { format!(" ({left_out} left out)") };
    let rounds = counted(fit.rounds.len() as u64 - 1, "round");
    let mut answer = Answer {
        title: problem.file.title.clone(),
        measured: format!("{} fitted{left_out}, {rounds}", counted(fitted, "observation")),
        narrow: grid(account, false),
        wide: grid(account, true),
        ..Answer::default()
    };
    answer.findings = findings(account);
    answer.verdict = match withheld(account) {
        Some(reason) => Verdict::none(reason),
        None => Verdict::Given(lines(account)),
    };
    answer
}

fn parameters<'a>(account: &Account<'a>) -> Vec<(&'a Parameter, Estimate)> {
    account.problem.parameters.iter().zip(account.fit.estimates(account.problem)).collect()
}

/// A row a parameter: after the data, before them, and how much they leave open.
fn grid(account: &Account, wide: bool) -> Grid {
    let head = |first: &str, second: &str| [first.to_owned(), second.to_owned()];
    let mut columns = vec![
        Column::words(0),
        Column::number(head("", "median"), 1),
        Column::number(head("", "90% interval"), 0),
        Column::number(head("held possible", "before"), 2),
        Column::number(head("of that", "left open"), 0),
        Column::number(head("", "preset"), 1),
    ];
    if wide {
        columns.push(Column::headed("unit", 3));
    }
    let row = |(parameter, estimate): (&Parameter, Estimate)| {
        let range = parameter.prior.range();
        let between = |low: f64, high: f64| format!("{} to {}", value(low), value(high));
        let mut row = vec![
            capitalised(&name(parameter)),
            value(estimate.median),
            between(estimate.interval.low, estimate.interval.high),
            between(range.from, range.to),
            format!("{:.0}%", estimate.left_open * 100.0),
            value(estimate.best),
        ];
        if wide {
            row.push(parameter.unit.clone());
        }
        row.into_iter().map(Cell::plain).collect()
    };
    let rows = parameters(account).into_iter().map(row).collect();
    Grid { caption: String::new(), columns, rows }.without_empty_columns()
}

/// How well the preset does on some of the data, beside no model at all.
fn told(errors: &Errors) -> String {
    let units: Vec<String> = errors.by_unit.iter().map(|unit| with_unit(unit.error, &unit.unit)).collect();
    let naive = errors.naive_in_errors.map_or_else(String::new, |naive| {
        let than = if errors.in_errors < naive { "better" } else { "no better" };
        format!(", {than} than the mean of the fitted data ({})", value(naive))
    });
    format!("off by {}, that is {}{naive}", list(&units), in_errors(errors.in_errors))
}

fn findings(account: &Account) -> Vec<String> {
    let Account { problem, fit } = account;
    let mut findings = Vec::new();
    if let Some(errors) = fit.errors(problem, Purpose::Fit) {
        findings.push(format!("On the fitted data the preset is {}.", told(&errors)));
    }
    for (parameter, estimate) in parameters(account) {
        let range = parameter.prior.range();
        let touched = [(estimate.at_end[0], range.from), (estimate.at_end[1], range.to)];
        for (_, end) in touched.iter().filter(|(touches, _)| *touches && estimate.is_pinned_down()) {
            findings.push(format!(
                "{} lies at the end of what was held possible, {}: the data may want values beyond it.",
                capitalised(&name(parameter)),
                value(*end)
            ));
        }
    }
    if let Some((label, off)) = worst(account) {
        findings.push(format!("The preset is furthest from {label}: {} of the datum.", in_errors(off)));
    }
    findings.extend(super::findings::caveats(account));
    findings
}

/// The observation that the preset misses most, where it misses it clearly.
fn worst(account: &Account) -> Option<(String, f64)> {
    const CLEARLY: f64 = 2.0;
    let Account { problem, fit } = account;
    let off = problem.observations.iter().zip(&fit.checked).map(|(observation, checked)| {
        (observation.label(), ((checked.value - observation.observed) / observation.error).abs())
    });
    off.max_by(|one, other| one.1.total_cmp(&other.1)).filter(|(_, off)| *off > CLEARLY)
}

fn lines(account: &Account) -> Vec<Line> {
    let all = parameters(account);
    let (pinned, open): (Vec<_>, Vec<_>) = all.iter().partition(|(_, estimate)| estimate.is_pinned_down());
    let number = |(parameter, estimate): &&(&Parameter, Estimate)| {
        let ends =
            format!("{} to {}", value(estimate.interval.low), with_unit(estimate.interval.high, &parameter.unit));
        format!("{} ({ends})", name(parameter))
    };
    let names = |some: &[&(&Parameter, Estimate)]| list(&some.iter().map(|(one, _)| name(one)).collect::<Vec<_>>());
    let outcome = match (pinned.len(), all.len()) {
        (0, 1) => "the data do not pin the number down.".to_owned(),
        (0, _) => "the data pin none of the numbers down.".to_owned(),
        (some, _) if some <= 2 => {
            format!("the data pin down {}.", list(&pinned.iter().map(number).collect::<Vec<_>>()))
        }
        (some, all) if some == all => format!("the data pin down all {} numbers.", counted_in_words(all)),
        (some, all) => format!("the data pin down {} of {all}: {}.", counted_in_words(some), names(&pinned)),
    };
    let left = match open.as_slice() {
        [] => "nothing that was asked: each interval is much narrower than what was held possible.".to_owned(),
        some => format!("{}: other data would have to say.", names(some)),
    };
    vec![Line::new("Outcome", outcome), Line::new("Open", left), Line::new("Depends", depends(account))]
}

/// Whether the fitted values foretell data that they have not seen.
fn depends(account: &Account) -> String {
    match account.fit.errors(account.problem, Purpose::HoldOut) {
        Some(errors) => format!("on data left out the preset is {}.", told(&errors)),
        None => "no data were left out, so how well this foretells other data is not known.".to_owned(),
    }
}

/// The reason why there is no verdict; `None` where there is one.
fn withheld(account: &Account) -> Option<String> {
    (!account.fit.settled).then(|| {
        "the rounds were not enough, so that the intervals are wider than the data warrant. Raise `rounds`, or `particles`, in the \
         file"
            .to_owned()
    })
}
