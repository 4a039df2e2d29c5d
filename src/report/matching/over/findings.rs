//! What was found, in sentences.

use super::{Account, sign};
use crate::experiment::matching::{Difference, Region, Turn};
use crate::model::measure::Measure;
use crate::report::phrase::{Numerals, capitalised, count, counted, list, quoted, significant};

/// Numbers that are told by name.
const NAMED: usize = 3;

/// A number is worth measuring if at least this share of the doubt would go.
const WORTH: f64 = 0.05;

/// What was found: how often each arm is higher and lower, what decides, and what to measure next.
pub fn findings(account: &Account) -> Vec<String> {
    let mut findings = Vec::new();
    let told = account.told();
    for arm in account.others() {
        for measure in &told {
            findings.push(often(account, arm, *measure));
            if *measure == told[0] && !is_the_same(account.difference(arm, *measure)) {
                findings.extend(decides(account, arm, *measure));
                findings.push(next(account, arm, *measure));
            }
        }
    }
    findings.extend(caveats(account));
    findings
}

/// How a measure's numbers are written.
pub(super) fn numerals<'a>(account: &'a Account, measure: &Measure, value: f64) -> Numerals<'a> {
    let unit = account.arms.first().map_or("step", |arm| arm.file.time.unit.as_str());
    Numerals::new(measure.unit, unit, value, None)
}

/// "in 56 of 100 points that the evidence leaves open".
fn often(account: &Account, arm: usize, measure: usize) -> String {
    let (found, about) = (account.difference(arm, measure), account.measure(measure));
    let written = numerals(account, about, found.interval[0].abs().max(found.interval[1].abs()));
    let points = counted(found.points as u64, "point");
    if is_the_same(found) {
        return format!(
            "{}: the same under {} and {} in all {points} that the evidence leaves open.",
            capitalised(&about.label),
            quoted(&account.names[arm]),
            quoted(&account.names[0])
        );
    }
    let luck = match found.unclear {
        0 => String::new(),
        unclear => format!(", and luck leaves {} open", count(unclear as u64)),
    };
    let better = match sign(about) {
        Some(true) => " (higher is better)",
        Some(false) => " (lower is better)",
        None => "",
    };
    format!(
        "{} under {} against {}: {} is higher in {} of {points} that the evidence leaves open, lower in {}{luck}{better}. On average \
         {}; in nine tenths of them {} to {}, and luck makes {} of either.",
        summary(found, about),
        quoted(&account.names[arm]),
        quoted(&account.names[0]),
        about.label,
        count(found.higher as u64),
        count(found.lower as u64),
        written.signed(found.mean),
        written.signed(found.interval[0]),
        written.signed(found.interval[1]),
        written.size(found.luck),
    )
}

/// Whether a measure comes to the same in every run at every point.
fn is_the_same(found: &Difference) -> bool {
    found.points > 0 && found.mean == 0.0 && found.luck == 0.0 && found.higher + found.lower == 0
}

/// "More need met in most", "less …", "it depends".
fn summary(found: &Difference, about: &Measure) -> String {
    let label = capitalised(&about.label);
    let (higher, lower) = (found.higher as f64 / found.points as f64, found.lower as f64 / found.points as f64);
    if higher > 0.9 {
        format!("{label}: surely more")
    } else if lower > 0.9 {
        format!("{label}: surely less")
    } else if higher > 2.0 * lower && higher > 0.5 {
        format!("{label}: mostly more")
    } else if lower > 2.0 * higher && lower > 0.5 {
        format!("{label}: mostly less")
    } else if found.unclear as f64 > 0.5 * found.points as f64 {
        format!("{label}: no telling it from luck in most points")
    } else {
        format!("{label}: it depends; neither surely more nor less")
    }
}

/// What a difference depends on.
fn decides(account: &Account, arm: usize, measure: usize) -> Vec<String> {
    let found = account.difference(arm, measure);
    let deciding = found.deciding();
    let key = quoted(&account.names[arm]);
    if deciding.is_empty() {
        return vec![format!("Of what is open, no number by itself decides how much {key} differs in it.")];
    }
    let words = |number: &usize| {
        let rank = found.numbers[*number].rank;
        let direction = if rank > 0.0 { "more" } else { "less" };
        format!("{} (the more of it, the {direction}; rank correlation {})", account.number(*number), significant(rank))
    };
    let names: Vec<String> = deciding.iter().take(NAMED).map(words).collect();
    let mut findings = vec![format!("What decides it for {key}: {}.", list(&names))];
    let turning = deciding.iter().find_map(|number| Some((*number, found.numbers[*number].turn?)));
    findings.extend(turning.map(|(number, turn)| turned(account, number, turn)));
    findings.extend(found.region.as_ref().map(|region| conditions(account, region)));
    findings
}

fn turned(account: &Account, number: usize, turn: Turn) -> String {
    let unit = match account.kept.numbers[number].unit.as_str() {
        "" => String::new(),
        unit => format!(" {unit}"),
    };
    let of = |[all, some]: [usize; 2]| format!("{} of {}", count(some as u64), counted(all as u64, "point"));
    format!(
        "The sign turns where {} is about {}{unit}: above it the difference is above 0 in {}, below it in {}.",
        account.number(number),
        significant(turn.at),
        of(turn.above),
        of(turn.below)
    )
}

fn conditions(account: &Account, region: &Region) -> String {
    let words = |(number, [low, high]): &(usize, [Option<f64>; 2])| {
        let name = account.number(*number);
        match (low, high) {
            (Some(low), Some(high)) => format!("{name} from {} to {}", significant(*low), significant(*high)),
            (Some(low), None) => format!("{name} at least {}", significant(*low)),
            (_, Some(high)) => format!("{name} at most {}", significant(*high)),
            (None, None) => name,
        }
    };
    let all: Vec<String> = region.limits.iter().map(words).collect();
    format!(
        "Surely more is found above all with {}: there in {} of {}.",
        list(&all),
        count(region.higher as u64),
        counted(region.points as u64, "point")
    )
}

/// What to measure next.
fn next(account: &Account, arm: usize, measure: usize) -> String {
    let found = account.difference(arm, measure);
    let by_sign = found.sign_is_open();
    let share = |number: usize| {
        let influence = found.numbers[number];
        if by_sign { influence.sign_of_knowing } else { influence.value_of_knowing }
    };
    let names: Vec<String> = found
        .to_measure()
        .into_iter()
        .take(NAMED)
        .filter(|number| share(*number) >= WORTH)
        .map(|number| format!("{} ({:.0}%)", account.number(number), 100.0 * share(number)))
        .collect();
    let doubt = if by_sign { "whether it is more or less" } else { "how much it is" };
    let key = quoted(&account.names[arm]);
    if names.is_empty() {
        format!("To measure next for {key}: no number by itself would take a twentieth of the doubt about {doubt}.")
    } else {
        format!(
            "To measure next for {key}: {}; so much of the doubt about {doubt} would go if it were known.",
            list(&names)
        )
    }
}

fn caveats(account: &Account) -> Vec<String> {
    let over = account.over;
    let mut caveats = Vec::new();
    if over.impossible > 0 {
        caveats.push(format!(
            "{} of the ensemble are impossible in some design and left out.",
            capitalised(&counted(over.impossible as u64, "point"))
        ));
    }
    if over.failed > 0 {
        caveats.push(format!(
            "{} failed, as numbers left the range that can be computed, and are left out.",
            counted(over.failed, "run")
        ));
    }
    if over.points.len() < 30 {
        caveats.push(
            "With fewer than 30 points shares of them are rough, and what decides can hardly be told.".to_owned(),
        );
    }
    if over.interrupted {
        caveats.push(format!("Stopped after {} of {} points.", over.points.len(), account.kept.points.len()));
    }
    caveats
}
