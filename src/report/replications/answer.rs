//! The answer of `replicate`: how many published values ours agree with, and which they do not.

use super::{Replicated, shown, tolerance};
use crate::experiment::replicate::{Check, Status};
use crate::report::answer::{Answer, Cell, Column, Grid, Line, Verdict};
use crate::report::phrase::{capitalised, count, counted, list};

/// The answer: of one result a row a value, of several a row a result.
pub(super) fn answer(all: &[Replicated]) -> Answer {
    let judged = all.iter().map(|one| judged(one).len()).sum::<usize>() as u64;
    let (title, measured) = match all {
        [only] => (only.replication.title.to_owned(), format!("{}, {judged} judged", only.replication.source)),
        many => {
            let results = counted(many.len() as u64, "published result");
            (format!("{} and ours", capitalised(&results)), counted(judged, "value"))
        }
    };
    let (narrow, wide) = (table(all, NARROW), table(all, WIDE));
    let is_short = narrow.columns.first().is_some_and(|column| column.head[1] == VALUE);
    let notes = if is_short { Vec::new() } else { vec!["(every value: --all)".to_owned()] };
    let verdict = if judged == 0 {
        Verdict::none("no value here is judged: each is told beside the published one. --all shows them")
    } else {
        Verdict::Given(lines(all))
    };
    Answer { title, measured, narrow, wide, notes, findings: findings(all), verdict, ..Answer::default() }
}

/// Columns of a terminal that the two tables are made for, and rows that leave room for a verdict.
const NARROW: usize = 80;
const WIDE: usize = 118;
const MOST_ROWS: usize = 12;
/// The head of the column that says what a value is.
const VALUE: &str = "value";

/// The values of one result where they find room, otherwise a row a result.
fn table(all: &[Replicated], width: usize) -> Grid {
    let values = match all {
        [only] => Some(values(only)),
        _ => None,
    };
    let fits = |grid: &Grid| grid.rows.len() <= MOST_ROWS && grid.fitted(width).width() <= width;
    values.filter(fits).unwrap_or_else(|| results(all))
}

fn judged<'a>(one: &Replicated<'a>) -> Vec<&'a Check> {
    one.reproduction.checks.iter().filter(|check| check.is_judged()).collect()
}

/// A row a result.
fn results(all: &[Replicated]) -> Grid {
    let column = |head: &str| Column::number([String::new(), head.to_owned()], 0);
    let columns = vec![Column::words(0), Column::headed("what", 1), column("values"), column("within")];
    let row = |one: &Replicated| {
        let checks = judged(one);
        let passed = checks.iter().filter(|check| check.passes()).count();
        vec![
            Cell::plain(one.replication.name),
            Cell::plain(one.replication.source),
            Cell::plain(checks.len().to_string()),
            Cell::plain(passed.to_string()),
        ]
    };
    Grid { caption: String::new(), columns, rows: all.iter().map(row).collect() }
}

/// A row a value that is judged.
fn values(one: &Replicated) -> Grid {
    let column = |head: &str| Column::number([String::new(), head.to_owned()], 0);
    let mut columns = vec![Column::headed(VALUE, 0), column("ours"), column("published")];
    columns.extend([Column::headed("tolerance", 1), Column::headed("", 0)]);
    let row = |check: &&Check| {
        vec![
            Cell::plain(check.what.as_str()),
            Cell::plain(shown(check.ours, check.unit)),
            Cell::plain(shown(check.published, check.unit)),
            Cell::plain(tolerance(check)),
            Cell::plain(if check.passes() { "within" } else { "OUT" }),
        ]
    };
    Grid { caption: String::new(), columns, rows: judged(one).iter().map(row).collect() }
}

/// Values out of tolerance, then what to bear in mind.
fn findings(all: &[Replicated]) -> Vec<String> {
    let several = all.len() > 1;
    let mut findings = Vec::new();
    for one in all {
        let of = if several { format!("{}: ", one.replication.name) } else { String::new() };
        for check in judged(one).into_iter().filter(|check| !check.passes()) {
            findings.push(capitalised(&format!(
                "{of}{} is {} here and {} as published ({}).",
                check.what,
                shown(check.ours, check.unit),
                shown(check.published, check.unit),
                tolerance(check)
            )));
        }
    }
    for one in all {
        let of = if several { format!("{}: ", one.replication.name) } else { String::new() };
        findings.extend(one.replication.caveats.iter().map(|caveat| capitalised(&format!("{of}{caveat}"))));
    }
    findings
}

fn lines(all: &[Replicated]) -> Vec<Line> {
    let (agreed, differs): (Vec<&Replicated>, Vec<&Replicated>) = all.iter().partition(|one| one.reproduction.passes());
    let names =
        |some: &[&Replicated]| list(&some.iter().map(|one| one.replication.name.to_owned()).collect::<Vec<_>>());
    let values: usize = all.iter().map(|one| judged(one).len()).sum();
    let passed: usize = all.iter().flat_map(judged).filter(|check| check.passes()).count();
    let within = if passed == values {
        format!("all {} lie within their tolerance of what was published.", counted(values as u64, "value"))
    } else {
        format!("{passed} of {} lie within their tolerance of what was published.", counted(values as u64, "value"))
    };
    let differ = match (differs.as_slice(), agreed.is_empty()) {
        ([], _) => "nothing that is judged.".to_owned(),
        (_, true) if all.len() == 1 => {
            format!("NOT reproduced: {} out of tolerance.", counted((values - passed) as u64, "value"))
        }
        (some, _) => format!("NOT reproduced: {}.", names(some)),
    };
    let recalled = all.iter().flat_map(judged).filter(|check| check.status == Status::Recalled).count();
    let depends = match recalled {
        0 => "on no recalled number: each published value was read or derived anew.".to_owned(),
        some => format!(
            "{} of the published values are recalled and not checked against the paper.",
            capitalised(&count(some as u64))
        ),
    };
    vec![Line::new("Same", within), Line::new("Differs", differ), Line::new("Depends", depends)]
}
