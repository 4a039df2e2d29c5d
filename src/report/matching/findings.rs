//! What a match found, in sentences.

use super::{Account, Exclusion, Narrowed};
use crate::experiment::matching::file::Observed;
use crate::experiment::matching::{Aim, Point};
use crate::report::phrase::{capitalised, count, counted, list, percent, quoted, significant};

/// A number of which more than this is left open is not narrowed.
const OPEN: f64 = 0.75;

/// Points of one weight that are too few for ranges.
const FEW: f64 = 8.0;

/// Numbers and targets of a sort that are told by name.
const NAMED: usize = 5;

/// What was found, what is left first.
pub fn findings(account: &Account) -> Vec<String> {
    let mut findings = vec![left(account)];
    findings.extend(account.exclusions.iter().take(NAMED).map(|set| excluded(account, set)));
    findings.extend(nearest(account));
    findings.extend(narrowed(account));
    findings.extend(binding(account));
    findings.extend(pairs_apart(account));
    findings.extend(held_out(account));
    findings.extend(caveats(account));
    findings
}

pub(super) fn left(account: &Account) -> String {
    let (search, tried) = (account.search, account.search.points.len() as u64);
    let targets = account.problem.aims.iter().filter(|aim| aim.is_matched).count() as u64;
    let needed = targets.saturating_sub(u64::from(account.problem.file.method.rank) - 1).max(1);
    let all = match targets {
        1 => "the target".to_owned(),
        _ if needed < targets => format!("{needed} of {} at once", counted(targets, "target")),
        _ => format!("all {} at once", counted(targets, "target")),
    };
    if account.left() == 0 {
        return format!(
            "No point agrees with {all}: the evidence leaves nothing of {} that were tried.",
            counted(tried, "point")
        );
    }
    let (share, error) = search.left;
    format!(
        "The evidence leaves {} of {} that were tried: they agree with {all}. That is {}% (± {}) of the space of the ranges. \
         {} handed on, each counting alike.",
        counted(account.left() as u64, "point"),
        count(tried),
        significant(100.0 * share),
        significant(100.0 * error),
        are(account.kept.points.len() as u64, "point"),
    )
}

/// "1 point is", "12 points are".
fn are(number: u64, noun: &str) -> String {
    format!("{} {}", capitalised(&counted(number, noun)), if number == 1 { "is" } else { "are" })
}

pub(super) fn excluded(account: &Account, set: &Exclusion) -> String {
    let names: Vec<String> = set.targets.iter().map(|target| quoted(&account.aim(*target).meaning)).collect();
    match names.len() {
        1 => format!(
            "No point meets {}: the nearest is off by {} standard deviations.",
            names[0],
            significant(set.nearest_miss)
        ),
        number => format!(
            "{} exclude each other: no point meets {}, {}. The nearest is off by {} standard deviations from the worst of them.",
            list(&names),
            if number == 2 { "both" } else { "all of them" },
            expected(set.expected),
            significant(set.nearest_miss)
        ),
    }
}

/// How many points of the first wave were to meet a set of targets; where that is none, it says little that none does.
fn expected(points: f64) -> String {
    match points.round() as u64 {
        0 => "though of so few points none was to be expected even if one told nothing of another".to_owned(),
        some => format!("although {} of the first wave would if one told nothing of another", counted(some, "point")),
    }
}

/// Where nothing is left: how near the best point comes, and what it misses.
pub(super) fn nearest(account: &Account) -> Option<String> {
    let best: &Point = account.search.best().filter(|_| account.left() == 0)?;
    let cutoff = account.problem.file.method.cutoff;
    let mut missed: Vec<(&Aim, f64)> = account.problem.aims.iter().zip(best.implausibility.iter().copied()).collect();
    missed.retain(|(aim, off)| aim.is_matched && *off > cutoff);
    missed.sort_by(|a, b| b.1.total_cmp(&a.1));
    let names: Vec<String> = missed
        .iter()
        .take(NAMED)
        .map(|(aim, off)| format!("{} by {} standard deviations", quoted(&aim.meaning), significant(*off)))
        .collect();
    Some(format!("The best of all misses {}: {}.", counted(missed.len() as u64, "target"), list(&names)))
}

pub(super) fn narrowed(account: &Account) -> Option<String> {
    let mut numbers = account.numbers();
    numbers.sort_by(|a, b| a.left_open.total_cmp(&b.left_open));
    let all = numbers.len() as u64;
    let told: Vec<&Narrowed> = numbers.iter().filter(|number| number.left_open <= OPEN).collect();
    if numbers.is_empty() {
        return None;
    }
    if account.search.effective() < FEW {
        return Some("Too few points are left to say how far the numbers are narrowed.".to_owned());
    }
    if told.is_empty() {
        return Some(format!("None of the {} is narrowed by much.", counted(all, "open number")));
    }
    let words = |number: &&Narrowed| {
        let [low, median, high] = number.after.map(significant);
        let unit = if number.unit.is_empty() { String::new() } else { format!(" {}", number.unit) };
        format!("{} to {median}{unit} ({low} to {high})", number.name)
    };
    let names: Vec<String> = told.iter().take(NAMED).map(words).collect();
    let more = if told.len() > NAMED { ", most of all" } else { "" };
    Some(format!(
        "The evidence narrows {} of {}{}: {}.",
        count(told.len() as u64),
        counted(all, "open number"),
        more,
        list(&names)
    ))
}

/// What rules most out.
pub(super) fn binding(account: &Account) -> Option<String> {
    let told: Vec<String> = account
        .ruled_out
        .iter()
        .take(3)
        .filter(|out| out.points > 0)
        .map(|out| {
            let share = percent(out.points as u64, out.of as u64);
            format!("{} ({share} of the first wave)", quoted(&account.aim(out.target).meaning))
        })
        .collect();
    (!told.is_empty()).then(|| format!("Most is ruled out by {}.", list(&told)))
}

/// Pairs that fewer points meet than would if one told nothing of the other, where points are left or larger sets are told.
pub(super) fn pairs_apart(account: &Account) -> Option<String> {
    let apart = account.apart();
    let worst = apart.first()?;
    let [one, other] = worst.targets.map(|target| quoted(&account.aim(target).meaning));
    Some(format!(
        "{} of targets {} apart: fewer points of the first wave meet both than would if one told nothing of the other, and by more than chance. \
         Furthest apart are {one} and {other}: {} both, {} were to be expected.",
        capitalised(&counted(apart.len() as u64, "pair")),
        if apart.len() == 1 { "pulls" } else { "pull" },
        if worst.met == 1 { "1 point meets".to_owned() } else { format!("{} points meet", count(worst.met as u64)) },
        significant(worst.expected)
    ))
}

/// What is foretold of targets held out: one by one where nobody has looked, and where it does not agree.
pub(super) fn held_out(account: &Account) -> Vec<String> {
    let (mut told, mut agree, mut looked) = (Vec::new(), 0, 0);
    let mut apart = Vec::new();
    for (position, aim) in account.problem.aims.iter().enumerate().filter(|(_, aim)| !aim.is_matched) {
        let [low, median, high] = account.foretold(position);
        if !median.is_finite() {
            continue;
        }
        let foretold = format!(
            "{} {} ({} to {} at nine tenths of the points)",
            significant(median),
            aim.unit,
            significant(low),
            significant(high)
        );
        let Some(observed) = aim.observed else {
            told.push(format!(
                "Held out, {} is foretold to be {foretold}; nobody has looked yet.",
                quoted(&aim.meaning)
            ));
            continue;
        };
        looked += 1;
        // Nine tenths of a normal distribution are 3.29 standard deviations wide.
        if aim.implausibility((median, (high - low) / 3.29)) <= account.problem.file.method.cutoff {
            agree += 1;
        } else {
            let name = quoted(&aim.meaning);
            apart.push(format!("{name} does not: foretold {foretold}, observed: {}", observed_words(observed)));
        }
    }
    if looked > 0 {
        let all = counted(looked, "target");
        let rest = if apart.is_empty() { String::new() } else { format!("; {}", apart.join("; ")) };
        told.push(format!(
            "Of {all} held out and looked at afterwards, {} with what was foretold{rest}.",
            agrees(agree)
        ));
    }
    told
}

/// "1 agrees", "3 agree".
fn agrees(number: u64) -> String {
    if number == 1 { "1 agrees".to_owned() } else { format!("{} agree", count(number)) }
}

/// "about 3", "2 or more", "between 1 and 2".
pub(super) fn observed_words(observed: Observed) -> String {
    match observed {
        Observed::About(at) => format!("about {}", significant(at)),
        Observed::AtLeast(at) => format!("{} or more", significant(at)),
        Observed::AtMost(at) => format!("{} or less", significant(at)),
        Observed::Between([from, to]) => format!("between {} and {}", significant(from), significant(to)),
    }
}

pub(super) fn caveats(account: &Account) -> Vec<String> {
    let search = account.search;
    let mut caveats = Vec::new();
    let effective = search.effective();
    if account.left() > 0 && effective < 50.0 {
        caveats.push(format!(
            "The points that are left tell as much as {} of one weight: intervals over them are rough. Raise `wave` or `waves`.",
            significant(effective)
        ));
    }
    let impossible = search.points.iter().filter(|point| point.foretold.is_none() && !point.failed).count() as u64;
    if impossible > 0 {
        caveats.push(format!(
            "{} are impossible in some arm, and count as ruled out.",
            capitalised(&counted(impossible, "point"))
        ));
    }
    let failed = search.points.iter().filter(|point| point.failed).count() as u64;
    if failed > 0 {
        caveats.push(format!(
            "At {} some run failed, as numbers left the range that can be computed. They count as ruled out.",
            counted(failed, "point")
        ));
    }
    if account.problem.file.method.rank > 1 {
        caveats.push(format!(
            "A point may miss {} by any distance (`rank`).",
            counted(u64::from(account.problem.file.method.rank) - 1, "target")
        ));
    }
    caveats
}
