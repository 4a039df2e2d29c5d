//! What is told of a scenario held against the targets of a match: a line for its report, and a table by target.

use super::findings::observed_words;
use crate::experiment::matching::{Aim, Held, Problem};
use crate::model::measure::words;
use crate::report::phrase::{count, counted, list, quoted, significant};
use crate::report::table::{Entry, Table};

/// Targets and numbers that are told by name.
const NAMED: usize = 3;

/// In a line: by how many targets it is ruled out, and by which most.
pub fn line(problem: &Problem, held: &Held) -> String {
    let cutoff = problem.file.method.cutoff;
    let begin = format!("Held against the evidence of {}:", quoted(&problem.file.title));
    if held.targets.is_empty() {
        return format!("{begin} a run failed with what the scenario says, which counts as ruled out.");
    }
    let mut missed: Vec<(&Aim, f64)> = matched(problem, held).filter(|(_, off)| *off > cutoff).collect();
    missed.sort_by(|one, other| other.1.total_cmp(&one.1));
    let all = counted(matched(problem, held).count() as u64, "target");
    if missed.is_empty() {
        return format!("{begin} it agrees with all of {all}.");
    }
    let told = |(aim, off): &(&Aim, f64)| format!("{} ({})", quoted(&aim.meaning), deviations(*off));
    let names: Vec<String> = missed.iter().take(NAMED).map(told).collect();
    let most = if missed.len() > NAMED { "most by " } else { "by " };
    let verdict = if held.is_ruled_out(cutoff) {
        "ruled out"
    } else {
        "not ruled out, as the match allows for misses, but missed"
    };
    format!("{begin} {verdict} by {} of {all}, {most}{}.", count(missed.len() as u64), list(&names))
}

/// "off by 4.2 standard deviations".
fn deviations(off: f64) -> String {
    if off.is_finite() {
        format!("off by {} standard deviations", significant(off))
    } else {
        "without a value".to_owned()
    }
}

fn matched<'a>(problem: &'a Problem, held: &'a Held) -> impl Iterator<Item = (&'a Aim, f64)> {
    let all = problem.aims.iter().zip(&held.targets);
    all.filter(|(aim, _)| aim.is_matched).map(|(aim, (_, off))| (aim, *off))
}

/// What was held against what: numbers that were taken from the scenario, and those outside of what was held possible.
pub fn notes(problem: &Problem, held: &Held) -> Vec<String> {
    let mut notes = vec![format!(
        "In every arm of the evidence {} of {} stand as the scenario says; the others stay as the arm has them. {} of each arm.",
        count(held.said as u64),
        counted(held.numbers as u64, "number"),
        counted(u64::from(held.runs), "run")
    )];
    if !held.outside.is_empty() {
        let name = |(position, value): &(usize, f64)| {
            let (name, open) = problem.file.numbers.get_index(*position)?;
            let [low, high] = open.range.map(significant);
            Some(format!("{} is {} ({low} to {high} was)", words(name), significant(*value)))
        };
        let names: Vec<String> = held.outside.iter().take(NAMED).filter_map(name).collect();
        notes.push(format!(
            "Outside of what the evidence held possible: {}: {}{}.",
            counted(held.outside.len() as u64, "number"),
            list(&names),
            if held.outside.len() > NAMED { " and others" } else { "" }
        ));
    }
    notes
}

/// A row a target, those first that rule it out by most.
pub fn table(problem: &Problem, held: &Held) -> Table {
    let cutoff = problem.file.method.cutoff;
    let mut all: Vec<(&Aim, (f64, f64), f64)> =
        problem.aims.iter().zip(&held.targets).map(|(aim, (foretold, off))| (aim, *foretold, *off)).collect();
    // What nobody has looked at comes last.
    let rank = |off: f64| if off.is_nan() { f64::NEG_INFINITY } else { off };
    all.sort_by(|one, other| rank(other.2).total_cmp(&rank(one.2)));
    let row = |(aim, (value, _), off): &(&Aim, (f64, f64), f64)| {
        let verdict = match (aim.is_matched, *off) {
            (_, off) if off.is_nan() => "not looked at",
            (true, off) if off > cutoff => "rules it out",
            (true, _) => "agrees",
            (false, off) if off > cutoff => "held out; does not agree",
            (false, _) => "held out; agrees",
        };
        let number = |value: f64| {
            if value.is_finite() { Entry::number(significant(value), value) } else { Entry::missing() }
        };
        let unit = if aim.unit.is_empty() { String::new() } else { format!(", {}", aim.unit) };
        vec![
            Entry::words(format!("{}{unit}", aim.meaning)),
            Entry::words(aim.observed.map_or_else(|| "not looked at".to_owned(), observed_words)),
            number(*value),
            number(*off),
            Entry::words(verdict),
        ]
    };
    Table {
        title: format!(
            "By how many standard deviations each target is off (more than {} rules it out)",
            significant(cutoff)
        ),
        columns: ["Target", "Observed", "Foretold", "Off by", "Verdict"].map(str::to_owned).to_vec(),
        rows: all.iter().map(row).collect(),
    }
}
