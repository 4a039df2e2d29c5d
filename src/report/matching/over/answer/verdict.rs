//! The verdict: what holds whatever the open numbers are, what does not, and which number decides.

use super::super::findings::numerals;
use super::super::{Account, rules, sets};
use super::{Seen, all, doubt};
use crate::experiment::matching::Sort;
use crate::report::answer::Line;
use crate::report::phrase::{count, counted, quoted, significant, subject};

/// Facts in a row, at most.
const TOLD: usize = 2;

pub(super) fn lines(account: &Account) -> Vec<Line> {
    let decides = Line::new("Decides", decides(account));
    match account.over.sort {
        Sort::Designs => vec![Line::new("Robust", robust(account)), Line::new("Open", open(account)), decides],
        Sort::Written => vec![Line::new("Outcome", outcome(account)), Line::new("Differs", differs(account)), decides],
        Sort::Rules(_) => {
            let best = sets::best(account);
            let first = best.map_or_else(|| Line::new("Open", open(account)), |best| Line::new("Best", best));
            vec![first, Line::new("Robust", robust(account)), decides]
        }
    }
}

/// "in 93 of 100 points that the evidence leaves open", of the first that is told; then "in 81".
fn points(some: usize, seen: Seen, is_first: bool) -> String {
    let of = counted(seen.found.points as u64, "point");
    let some = count(some as u64);
    if is_first { format!("in {some} of {of} that the evidence leaves open") } else { format!("in {some}") }
}

/// "need met with sword", "what sanctions add to need met".
fn what(account: &Account, seen: Seen) -> String {
    let (subject, name) = (subject(account.measure(seen.measure)), &account.names[seen.arm]);
    match account.over.sort {
        Sort::Designs => format!("{subject} with {name}"),
        Sort::Written => subject,
        Sort::Rules(_) => format!("what {} to {subject}", adds(account, seen.arm)),
    }
}

/// "measures adds", "all rules together add".
fn adds(account: &Account, arm: usize) -> String {
    let is_all = arm + 1 == account.keys.len();
    let name = &account.names[arm];
    if is_all { format!("{name} add") } else { format!("{} adds", quoted(name)) }
}

fn robust(account: &Account) -> String {
    let mut robust: Vec<Seen> = all(account).into_iter().filter(Seen::is_robust).collect();
    let most = |seen: &Seen| seen.found.higher.max(seen.found.lower);
    // What is told of the first measure comes first, as the reader asked for it.
    robust.sort_by(|one, other| one.measure.cmp(&other.measure).then(most(other).cmp(&most(one))));
    if robust.is_empty() {
        return "nothing: no difference goes one way in four of five points.".to_owned();
    }
    let told = |(position, seen): (usize, &Seen)| {
        let is_higher = seen.found.higher > seen.found.lower;
        let points = points(most(seen), *seen, position == 0);
        let subject = subject(account.measure(seen.measure));
        if let Sort::Rules(_) = account.over.sort {
            let name = rules::called(account, seen.arm);
            let words = match (seen.arm + 1 == account.keys.len(), is_higher) {
                (true, true) => "add to",
                (true, false) => "take from",
                (false, true) => "adds to",
                (false, false) => "takes from",
            };
            return format!("{name} {words} {subject} {points}");
        }
        let way = if is_higher { "higher" } else { "lower" };
        format!("{subject} is {way} with {} {points}", account.names[seen.arm])
    };
    robust.iter().take(TOLD).enumerate().map(told).collect::<Vec<_>>().join("; ") + "."
}

fn open(account: &Account) -> String {
    let all = all(account);
    let mut open: Vec<&Seen> = all.iter().filter(|seen| seen.is_open()).collect();
    open.sort_by_key(|seen| (seen.measure, std::cmp::Reverse(seen.found.higher.min(seen.found.lower))));
    if let Some(seen) = open.first() {
        return format!(
            "{}: higher {}, lower in {}.",
            what(account, **seen),
            points(seen.found.higher, **seen, true),
            count(seen.found.lower as u64)
        );
    }
    match all.iter().find(|seen| !seen.is_robust()) {
        Some(seen) if seen.found.unclear > 0 => format!(
            "{}: luck leaves {} open; higher in {}, lower in {}.",
            what(account, *seen),
            points(seen.found.unclear, *seen, true).trim_start_matches("in "),
            count(seen.found.higher as u64),
            count(seen.found.lower as u64)
        ),
        _ => "which way it goes is open nowhere; by how much, the table says.".to_owned(),
    }
}

/// Between what the first two measures lie.
fn outcome(account: &Account) -> String {
    let told = |(position, measure): (usize, usize)| {
        let (about, levels) = (account.measure(measure), account.levels(1, measure));
        let numerals = numerals(account, about, levels.interval[0].abs().max(levels.interval[1].abs()));
        let [low, high] = [numerals.short(levels.interval[0]), numerals.level(levels.interval[1])];
        let at = if position == 0 {
            format!(
                " in 9 of 10 of {} that the evidence leaves open",
                counted(account.over.points.len() as u64, "point")
            )
        } else {
            String::new()
        };
        let subject = subject(about);
        if low == high || numerals.level(levels.interval[0]) == high {
            format!("{subject} is {high}{at}")
        } else {
            format!("{subject} is {low} to {high}{at}")
        }
    };
    account.told().into_iter().take(TOLD).enumerate().map(told).collect::<Vec<_>>().join("; ") + "."
}

/// How the first measure stands to the scenario as it is written.
fn differs(account: &Account) -> String {
    let Some(seen) = all(account).into_iter().next() else {
        return "from the scenario as written, nowhere.".to_owned();
    };
    let written = account.levels(0, seen.measure).mean;
    let numerals = numerals(account, account.measure(seen.measure), written.abs());
    format!(
        "from the scenario as it is written ({} {}): higher in {} of {}, lower in {}.",
        subject(account.measure(seen.measure)),
        numerals.level(written),
        count(seen.found.higher as u64),
        counted(seen.found.points as u64, "point"),
        count(seen.found.lower as u64)
    )
}

/// The number that decides what is in doubt, and where it turns.
fn decides(account: &Account) -> String {
    let Some(seen) = doubt(account) else { return "no number that is open.".to_owned() };
    let what = what(account, seen);
    let deciding = seen.found.deciding();
    let Some(number) = deciding.first().copied() else {
        return format!("no open number by itself decides {what}.");
    };
    let influence = seen.found.numbers[number];
    let name = account.number(number);
    match influence.turn {
        Some(turn) if account.over.sort != Sort::Written => {
            let share = |[all, some]: [usize; 2]| format!("{} of {}", count(some as u64), count(all as u64));
            let unit = match account.kept.numbers[number].unit.as_str() {
                "" => String::new(),
                unit => format!(" {unit}"),
            };
            format!(
                "{name}: above {}{unit} {} in {} points, below it in {}. Measure that next.",
                significant(turn.at),
                if let Sort::Rules(_) = account.over.sort {
                    adds(account, seen.arm)
                } else {
                    format!("{what} is higher")
                },
                share(turn.above),
                share(turn.below)
            )
        }
        _ => {
            let way = if influence.rank > 0.0 { "the higher" } else { "the lower" };
            format!(
                "{name}: the more of it, {way} {what} (rank correlation {}). Measure that next.",
                significant(influence.rank)
            )
        }
    }
}
