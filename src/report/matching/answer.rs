//! What a match prints at its end, and what stands first on its page: what is left, which numbers it narrows, and what pulls apart.

use super::findings::{binding, caveats, excluded, held_out, left, narrowed, nearest, pairs_apart};
use super::{Account, Narrowed};
use crate::report::answer::{Answer, Cell, Column, Grid, Line, Verdict};
use crate::report::phrase::{capitalised, count, counted, list, significant};

/// Rows on a screen of 24 lines that leave room for findings and the verdict, and on a wide one.
const ROWS: usize = 8;
const ROWS_WIDE: usize = 14;
/// A number of which more than this is left open is as open as before.
const OPEN: f64 = 0.75;
/// Names in a row of the verdict.
const NAMED: usize = 3;

/// The answer.
pub fn answer(account: &Account) -> Answer {
    let mut findings: Vec<String> =
        account.exclusions.iter().skip(1).take(NAMED).map(|set| excluded(account, set)).collect();
    findings.extend(binding(account));
    findings.extend(pairs_apart(account));
    findings.extend(held_out(account));
    findings.extend(caveats(account));
    Answer {
        title: account.problem.file.title.clone(),
        measured: measured(account),
        narrow: grid(account, ROWS),
        wide: grid(account, ROWS_WIDE),
        findings,
        verdict: Verdict::Given(if account.left() == 0 { none_left(account) } else { some_left(account) }),
        ..Answer::default()
    }
}

/// "1,024 points tried in 4 waves, seed 1"
fn measured(account: &Account) -> String {
    let (points, waves) = (account.search.points.len() as u64, account.search.waves.len() as u64);
    let seed = account.problem.file.method.seed;
    format!("{} tried in {}, seed {seed}", counted(points, "point"), counted(waves, "wave"))
}

fn none_left(account: &Account) -> Vec<Line> {
    let first = account.exclusions.first();
    let excludes = first.map_or_else(
        || "no set of targets by itself: no point of any wave meets them all.".to_owned(),
        |set| excluded(account, set),
    );
    let nearest = nearest(account).unwrap_or_else(|| "no point could be run.".to_owned());
    vec![Line::new("Left", left(account)), Line::new("Excludes", excludes), Line::new("Nearest", nearest)]
}

fn some_left(account: &Account) -> Vec<Line> {
    let narrowed = narrowed(account).unwrap_or_else(|| "nothing: no number is open.".to_owned());
    vec![Line::new("Left", some(account)), Line::new("Narrowed", narrowed), Line::new("Open", open(account))]
}

/// "12% of what was held possible: 211 of 1,024 points that were tried agree with all 4 targets at once."
fn some(account: &Account) -> String {
    let targets = account.problem.aims.iter().filter(|aim| aim.is_matched).count() as u64;
    let rank = u64::from(account.problem.file.method.rank);
    let all = match targets {
        1 => "the target".to_owned(),
        _ if rank > 1 => {
            format!("{} of {} at once", count(targets.saturating_sub(rank - 1).max(1)), counted(targets, "target"))
        }
        _ => format!("all {} at once", counted(targets, "target")),
    };
    format!(
        "{}% of what was held possible: {} of {} that were tried agree with {all}.",
        significant(100.0 * account.search.left.0),
        count(account.left() as u64),
        counted(account.search.points.len() as u64, "point")
    )
}

/// Numbers that are as open as before, and how one learns which of them matters.
fn open(account: &Account) -> String {
    let numbers = account.numbers();
    let mut open: Vec<&Narrowed> = numbers.iter().filter(|number| number.left_open > OPEN).collect();
    open.sort_by(|one, other| other.left_open.total_cmp(&one.left_open));
    if open.is_empty() {
        return "no number is as open as before; how much what is left still decides, `compare --ensemble` says."
            .to_owned();
    }
    let names: Vec<String> = open.iter().take(NAMED).map(|number| number.name.clone()).collect();
    let names = if open.len() > NAMED { format!("such as {}", list(&names)) } else { list(&names) };
    let verb = if open.len() == 1 { "is" } else { "are" };
    format!(
        "{} of {} {verb} about as open as before ({names}). Which of them decide, `compare A B --ensemble` says.",
        count(open.len() as u64),
        counted(numbers.len() as u64, "open number")
    )
}

/// A row an open number, those first that are narrowed most.
fn grid(account: &Account, most: usize) -> Grid {
    let head = |first: &str, second: &str| [first.to_owned(), second.to_owned()];
    let mut numbers = account.numbers();
    numbers.sort_by(|one, other| one.left_open.total_cmp(&other.left_open));
    let row = |number: &Narrowed| {
        let unit = if number.unit.is_empty() { String::new() } else { format!(", {}", number.unit) };
        let [low, median, high] = number.after.map(significant);
        let [from, to] = number.before.map(significant);
        vec![
            Cell::plain(capitalised(&format!("{}{unit}", number.name))),
            Cell::plain(format!("{from} to {to}")),
            Cell::plain(median),
            Cell::plain(format!("{low} to {high}")),
            Cell::plain(format!("{:.0}%", 100.0 * number.left_open.min(1.0))),
        ]
    };
    Grid {
        caption: String::new(),
        columns: vec![
            Column::words(0),
            Column::number(head("held", "possible"), 1),
            Column::number(head("", "median"), 0),
            Column::number(head("9 in 10 of", "what is left"), 0),
            Column::number(head("left", "open"), 0),
        ],
        rows: numbers.iter().take(most).map(row).collect(),
    }
}
