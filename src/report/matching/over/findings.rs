//! What was found, in sentences.

use super::{Account, rules, sign, written};
use crate::experiment::matching::{Difference, Region, Sort, Turn};
use crate::model::measure::Measure;
use crate::report::phrase::{Numerals, capitalised, count, counted, list, quoted, significant};

/// Numbers that are told by name.
const NAMED: usize = 3;

/// A number is worth measuring if at least this share of the doubt would go.
const WORTH: f64 = 0.05;

/// What was found: how often each arm is higher and lower, or what one comes to; what decides, and what to measure next.
pub fn findings(account: &Account) -> Vec<String> {
    let mut findings = match account.over.sort {
        Sort::Designs => designs(account),
        Sort::Written => written::findings(account),
        Sort::Rules(_) => rules::findings(account),
    };
    findings.extend(caveats(account));
    findings
}

fn designs(account: &Account) -> Vec<String> {
    let mut findings = Vec::new();
    let told = account.told();
    for arm in account.others() {
        for measure in &told {
            findings.push(often(account, arm, *measure));
            if *measure == told[0] && !is_the_same(account.difference(arm, *measure)) {
                let words = Words::of_design(&account.names[arm]);
                findings.extend(decides(account, arm, *measure, &words));
                findings.push(next(account, arm, *measure, &words));
            }
        }
    }
    findings
}

/// How sentences about what decides begin.
pub(super) struct Words {
    /// "What decides it for “A”".
    pub(super) what: String,
    /// "how much “A” differs in it".
    pub(super) how_much: String,
    /// "To measure next for “A”".
    pub(super) next: String,
    /// What a sign that turns says, with what is above 0 on either side.
    pub(super) turns: [String; 2],
    /// Whether the sign is what is in doubt.
    pub(super) has_sign: bool,
}

impl Words {
    pub(super) fn of_design(name: &str) -> Self {
        let key = quoted(name);
        Self {
            what: format!("What decides it for {key}"),
            how_much: format!("how much {key} differs in it"),
            next: format!("To measure next for {key}"),
            turns: ["The sign turns".to_owned(), "the difference is above 0".to_owned()],
            has_sign: true,
        }
    }
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
    let (luck, better) = (left_to_luck(found), which_is_better(about));
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

/// ", the same in 40, and luck leaves 3 open".
pub(super) fn left_to_luck(found: &Difference) -> String {
    let same = if found.same == 0 { String::new() } else { format!(", the same in {}", count(found.same as u64)) };
    match found.unclear {
        0 => same,
        unclear => format!("{same}, and luck leaves {} open", count(unclear as u64)),
    }
}

/// " (higher is better)".
pub(super) fn which_is_better(about: &Measure) -> &'static str {
    match sign(about) {
        Some(true) => " (higher is better)",
        Some(false) => " (lower is better)",
        None => "",
    }
}

/// Whether a measure comes to the same in every run at every point.
pub(super) fn is_the_same(found: &Difference) -> bool {
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
    } else if found.same as f64 > 0.5 * found.points as f64 {
        format!("{label}: the same in most points")
    } else if found.unclear as f64 > 0.5 * found.points as f64 {
        format!("{label}: no clear difference in most points")
    } else {
        format!("{label}: it depends; neither surely more nor less")
    }
}

/// What a difference depends on.
pub(super) fn decides(account: &Account, arm: usize, measure: usize, words: &Words) -> Vec<String> {
    let found = account.difference(arm, measure);
    let deciding = found.deciding();
    if deciding.is_empty() {
        return vec![format!("Of what is open, no number by itself decides {}.", words.how_much)];
    }
    let told = |number: &usize| {
        let rank = found.numbers[*number].rank;
        let direction = if rank > 0.0 { "more" } else { "less" };
        format!("{} (the more of it, the {direction}; rank correlation {})", account.number(*number), significant(rank))
    };
    let names: Vec<String> = deciding.iter().take(NAMED).map(told).collect();
    let mut findings = vec![format!("{}: {}.", words.what, list(&names))];
    let turning = deciding.iter().find_map(|number| Some((*number, found.numbers[*number].turn?)));
    findings.extend(turning.map(|(number, turn)| turned(account, number, turn, words)));
    findings.extend(found.region.as_ref().map(|region| conditions(account, region)));
    findings
}

pub(super) fn turned(account: &Account, number: usize, turn: Turn, words: &Words) -> String {
    let unit = match account.kept.numbers[number].unit.as_str() {
        "" => String::new(),
        unit => format!(" {unit}"),
    };
    let of = |[all, some]: [usize; 2]| format!("{} of {}", count(some as u64), counted(all as u64, "point"));
    let [turns, above] = &words.turns;
    format!(
        "{turns} where {} is about {}{unit}: above it {above} in {}, below it in {}.",
        account.number(number),
        significant(turn.at),
        of(turn.above),
        of(turn.below)
    )
}

pub(super) fn conditions(account: &Account, region: &Region) -> String {
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
pub(super) fn next(account: &Account, arm: usize, measure: usize, words: &Words) -> String {
    let found = account.difference(arm, measure);
    let by_sign = words.has_sign && found.sign_is_open();
    let share = |number: usize| {
        let influence = found.numbers[number];
        if by_sign { influence.sign_of_knowing } else { influence.value_of_knowing }
    };
    let mut order: Vec<usize> = (0..found.numbers.len()).collect();
    order.sort_by(|one, other| share(*other).total_cmp(&share(*one)));
    let names: Vec<String> = order
        .into_iter()
        .take(NAMED)
        .filter(|number| share(*number) >= WORTH)
        .map(|number| format!("{} ({:.0}%)", account.number(number), 100.0 * share(number)))
        .collect();
    let doubt = if by_sign { "whether it is more or less" } else { "how much it is" };
    let next = &words.next;
    if names.is_empty() {
        format!("{next}: no number by itself would take a twentieth of the doubt about {doubt}.")
    } else {
        format!("{next}: {}; so much of the doubt about {doubt} would go if it were known.", list(&names))
    }
}

pub(super) fn caveats(account: &Account) -> Vec<String> {
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
